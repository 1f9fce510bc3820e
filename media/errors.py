"""Errors of the media package."""

from asdelivered.base.errors import AsdeliveredError


class MediaError(AsdeliveredError):
    """A recording could not be read or written. The message says what, where and what to do."""
