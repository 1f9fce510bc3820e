"""Errors of the clips package."""

from asdelivered.base.errors import AsdeliveredError


class ClipError(AsdeliveredError):
    """A clip can't be made. The message says what, where and what to do."""
