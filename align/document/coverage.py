"""Coverage: how much of the text, and of the speech, an alignment leaves unexplained; and what a recording cuts off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from asdelivered.align.document.alignment import (
    AlignedLine,
    Alignment,
    Settled,
    Status,
    is_missing,
    without_label,
)

_LEAST_ROOM = 0.2
"""Share of the time that lines take to say that a recording must have, for them to be looked for there."""


@dataclass(frozen=True)
class Account:
    """Shares from 0 to 1.

    text: the words of the transcript that were not found in the recording.
    speech: the speaking time that the transcript lacks.
    """

    text: float
    speech: float

    @property
    def unexplained(self) -> float:
        """The greater of the two."""
        return max(self.text, self.speech)


def account(alignment: Alignment) -> Account:
    """Return how much an alignment leaves unexplained.

    Tokens without a sound, such as dashes, do not count, nor does what the recording showed to be no speech.
    """
    said = missing = spoken = 0
    for line in alignment.lines:
        if line.settled is Settled.UNSPOKEN:
            continue
        for word in without_label(line).words:
            if word.span is not None:
                said += 1
                spoken += word.span.duration
            elif any(map(str.isalnum, word.text)) and word.status is Status.UNSPOKEN:
                missing += 1
    lacking = sum(span.duration for span in alignment.untranscribed)
    return Account(missing / max(1, said + missing), lacking / max(1, spoken + lacking))


def outside(lines: Sequence[AlignedLine], duration: int) -> frozenset[str]:
    """Return the ids of the lines that are said before a recording of `duration` milliseconds begins, or after its end.

    Those are the lines at either end of the text that have no time, if what the recording has before its first line, or
    after its last, is less than a fifth of what they take at the pace of the others.
    """
    timed = [line for line in lines if line.span]
    spans = [line.span for line in timed if line.span]
    if not spans:
        return frozenset()
    pace = sum(span.duration for span in spans) / max(1, sum(len(line.text) for line in timed))
    found: set[str] = set()
    for order, room in (
        (lines, min(span.start for span in spans)),
        ([*reversed(lines)], duration - max(span.end for span in spans)),
    ):
        cut = [line for line in takewhile(lambda line: line.span is None, order) if is_missing(line)]
        if room < _LEAST_ROOM * pace * sum(len(line.text) for line in cut):
            found.update(line.id for line in cut)
    return frozenset(found)
