"""Saved web pages: the blocks that a browser shows, and which of them are the text."""

from asdelivered.transcripts.formats.html.page import read, read_html

__all__ = ["read", "read_html"]
