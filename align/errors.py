"""Errors of the align package."""

from asdelivered.base.errors import AsdeliveredError


class AlignError(AsdeliveredError):
    """A transcript could not be aligned, or an alignment could not be read. The message says what to do."""
