"""Errors of the transcripts package."""

from asdelivered.base.errors import AsdeliveredError


class TranscriptError(AsdeliveredError):
    """A transcript could not be read. The message says what is wrong, where, and what to do."""
