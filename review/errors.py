"""Errors of the review package."""

from asdelivered.base.errors import AsdeliveredError


class ReviewError(AsdeliveredError):
    """A review can't be opened, saved or continued. The message says what, where and what to do."""
