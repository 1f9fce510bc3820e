"""Errors of the align package."""


class AlignError(Exception):
    """A transcript could not be aligned, or an alignment not be read. The message says what to do."""
