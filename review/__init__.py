"""The review: edits, their journal, and the page in one person's browser with its server on this machine."""
