"""Errors of the subtitles package."""

from asdelivered.base.errors import AsdeliveredError


class SubtitleError(AsdeliveredError):
    """Captions could not be made, read or written. The message says what, where and what to do."""
