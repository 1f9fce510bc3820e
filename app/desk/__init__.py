"""The desk: a library of events in the browser, from page and recording to captions, clips and a published page."""
