"""Errors of the subtitles package."""


class SubtitleError(Exception):
    """Captions could not be made, read or written. The message says what, where and what to do."""
