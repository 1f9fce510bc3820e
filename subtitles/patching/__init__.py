"""Fixed captions written into the file that is there: its times and line breaks change, every other byte stays."""
