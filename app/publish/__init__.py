"""The page of an event to publish: one file that needs nothing else but the recording."""
