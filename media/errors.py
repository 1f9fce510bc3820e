"""Errors of the media package."""

from asdelivered.base.errors import AsdeliveredError


class MediaError(AsdeliveredError):
    """A recording, clip or cut-list can't be read or written. The message says what, where and what to do."""
