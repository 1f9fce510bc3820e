"""Errors of the batch package."""

from asdelivered.base.errors import AsdeliveredError


class BatchError(AsdeliveredError):
    """A batch could not be run. The message says what, where and what to do."""


class JobError(Exception):
    """A job failed; the message is the reason. `transient`: another attempt may succeed."""

    def __init__(self, reason: str, transient: bool = False) -> None:
        super().__init__(reason, transient)
        self.reason = reason
        self.transient = transient

    def __str__(self) -> str:
        return self.reason
