"""A token on the clock: when it was said and how sure that is, on its way from the placement to the document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from asdelivered.align.document.alignment import Status
from asdelivered.align.script import ScriptToken
from asdelivered.base.span import TimeSpan


@dataclass(frozen=True, slots=True)
class TimedToken:
    """A token of the script; `span` and `confidence` (0 to 1) are None together."""

    token: ScriptToken
    status: Status
    span: TimeSpan | None
    confidence: float | None


def unspoken(token: ScriptToken) -> TimedToken:
    """Return the token as one that nobody said."""
    return TimedToken(token, Status.UNSPOKEN, None, None)


def timed_by_line(tokens: Iterable[TimedToken]) -> dict[int, list[int]]:
    """Return, for the number of each line with a time, the places of its timed tokens among all."""
    places: dict[int, list[int]] = {}
    for at, entry in enumerate(tokens):
        if entry.span is not None:
            places.setdefault(entry.token.line, []).append(at)
    return places
