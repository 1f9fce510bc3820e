"""What is heard beside lines: echoes, clicks, applause, and pauses that are not quiet."""
