"""An archive of events: one SQLite file that remembers alignments, and finds a quote in all of them."""
