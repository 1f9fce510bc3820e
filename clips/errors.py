"""Errors of the clips package."""

from asdelivered.base.errors import AsdeliveredError


class ClipError(AsdeliveredError):
    """A clip could not be made. The message says what, where and what to do."""
