"""Quotes to clips: found, cut in the pauses around them, listed for editors, and rendered."""
