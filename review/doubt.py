"""How doubtful a line is, and why: what a person should check first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from asdelivered.align.document.alignment import AlignedLine, Settled, Status, without_label
from asdelivered.review.edits import is_sounding
from asdelivered.review.remarks import Remark

WORTH_A_LOOK = 0.25
"""A line with this doubt or more is in the queue."""
UNSURE = 0.9
"""Below this confidence, a line is doubtful."""
ODD = 1.8
"""Speech that is faster or slower than the speaker's usual rate by this factor is odd."""
_FEW = 12
"""Letters that a line needs for its rate to mean something."""
_OWN = 5
"""Lines that a speaker needs to have a usual rate."""


@dataclass(frozen=True)
class Doubt:
    """How doubtful a line is: `size` from 0 (not at all) to 1; `remarks` say why, the gravest first."""

    size: float
    remarks: tuple[Remark, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, a few words each."""
        return tuple(one.text for one in self.remarks)


OUTSIDE = Doubt(0.2, (Remark("outside the recording", "doubt_outside"),))
"""Of a line that is said before the recording begins, or after its end: nobody can check it."""


@dataclass(frozen=True)
class Rates:
    """Usual letters per second, of each speaker and of all."""

    of_speaker: dict[str | None, float]
    of_all: float

    def usual(self, speaker: str | None) -> float:
        """Return the usual rate of a speaker."""
        return self.of_speaker.get(speaker, self.of_all)


def usual_rates(lines: Iterable[AlignedLine]) -> Rates:
    """Measure how fast each speaker usually speaks: the median over their lines."""
    found: dict[str | None, list[float]] = {}
    for line in lines:
        rate = _rate(line)
        if rate is not None:
            found.setdefault(line.speaker, []).append(rate)
    everyone = [rate for rates in found.values() for rate in rates]
    return Rates(
        {speaker: median(rates) for speaker, rates in found.items() if len(rates) >= _OWN},
        median(everyone) if everyone else 15.0,
    )


def doubt_of(line: AlignedLine, rates: Rates) -> Doubt:
    """Return how doubtful a line is. Doubts of several kinds add up, to 1 at most."""
    sounding = [word for word in without_label(line).words if is_sounding(word)]
    if not sounding or line.settled is Settled.UNSPOKEN:
        return Doubt(0.0, ())
    found: list[tuple[float, Remark]] = []
    if line.status is Status.UNSPOKEN:
        found.append((0.95, Remark("not heard", "doubt_unheard")))
    elif line.status is Status.INTERPOLATED:
        found.append((0.9, Remark("time only guessed from its neighbours", "doubt_guessed")))
    elif line.confidence is not None and line.confidence < UNSURE:
        share = round(line.confidence, 2)
        unsure = Remark(f"low confidence, {share:.2f}", "doubt_unsure", {"confidence": share})
        found.append((1 - line.confidence, unsure))
    if line.span is not None:
        unheard = sum(word.span is None for word in sounding)
        if unheard:
            text = f"{unheard} of {len(sounding)} words not heard"
            remark = Remark(text, "doubt_words", {"unheard": unheard, "words": len(sounding)})
            found.append((min(0.8, 0.2 + unheard / len(sounding)), remark))
        found += _oddness(line, rates)
    left = math.prod(1 - size for size, _ in found)
    return Doubt(
        round(1 - left, 3),
        tuple(remark for _, remark in sorted(found, key=lambda one: (-one[0], one[1].text))),
    )


def _oddness(line: AlignedLine, rates: Rates) -> Sequence[tuple[float, Remark]]:
    rate, usual = _rate(line), rates.usual(line.speaker)
    if rate is None or 1 / ODD < rate / usual < ODD:
        return ()
    what = "fast" if rate > usual else "slow"
    size = min(0.9, 0.3 * abs(math.log2(rate / usual)))
    text = f"oddly {what}: {rate:.0f} letters a second, usual {usual:.0f}"
    return ((size, Remark(text, f"doubt_{what}", {"rate": round(rate), "usual": round(usual)})),)


def _rate(line: AlignedLine) -> float | None:
    """Return letters per second, over the words that have a time; None where there are too few.

    Words with digits are left out: "2014" is four characters, but many more when spoken.
    """
    timed = [word for word in line.words if word.span is not None and not any(map(str.isdigit, word.text))]
    letters = sum(sum(map(str.isalnum, word.text)) for word in timed)
    milliseconds = sum(word.span.duration for word in timed if word.span)
    return 1000 * letters / milliseconds if letters >= _FEW and milliseconds else None
