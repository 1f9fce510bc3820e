"""Errors of the review package."""

from asdelivered.base.errors import AsdeliveredError


class ReviewError(AsdeliveredError):
    """A review could not be opened, kept or gone on with. The message says what, where and what to do."""
