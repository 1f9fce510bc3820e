"""Errors of the media package."""


class MediaError(Exception):
    """A recording could not be read or written. The message says what, where and what to do."""
