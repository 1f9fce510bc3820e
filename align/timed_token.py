"""A token with what is believed of it, on the way to the document."""

from __future__ import annotations

from dataclasses import dataclass

from asdelivered.align.document.alignment import Status
from asdelivered.align.script import ScriptToken
from asdelivered.base.span import TimeSpan


@dataclass(frozen=True)
class Timed:
    """A token of the script; `span` and `confidence` (0 to 1) are None together."""

    token: ScriptToken
    status: Status
    span: TimeSpan | None
    confidence: float | None


def unspoken(token: ScriptToken) -> Timed:
    """Return the token as one that nobody said."""
    return Timed(token, Status.UNSPOKEN, None, None)
