"""The Alignment as a document: its lines and words, its JSON, pins, quotes and excerpts."""
