"""Errors of the transcripts package."""


class TranscriptError(Exception):
    """A transcript could not be read. The message says what, where and what to do."""
