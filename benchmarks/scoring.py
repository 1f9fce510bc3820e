"""Score an alignment against the exact truth of its recording.

Conventions: times are seconds, a span is (start, end), an item is a line or a word, and truth and alignment have
the same items in the same order. A share is between 0 and 1, and of **all spoken items** unless its name says
otherwise: a spoken item without a time is a miss, and still counts. Tokens without a sound of their own, such as
a dash, are not scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Span = tuple[float, float]

TOLERANCES = (0.05, 0.1, 0.2, 0.5)
"""Seconds by which an edge may be off and still count as within."""

CURVE = tuple(round(float(tolerance), 4) for tolerance in np.geomspace(0.01, 10, 61))
"""The tolerances of a curve: 10 ms to 10 s, evenly on a logarithmic scale."""

SURE = 0.9
"""From this confidence on, an item counts as sure."""

SURE_TOLERANCE = 0.1
"""Seconds by which both edges of a sure item may be off."""

_ROUNDING = 1e-9


class MismatchError(Exception):
    """The alignment and the truth have different texts. The message says where they differ."""


@dataclass(frozen=True)
class TrueItem:
    """What was said: `span` is None if the item was not spoken."""

    text: str
    span: Span | None
    soundless: bool = False


@dataclass(frozen=True)
class FoundItem:
    """What the alignment says: `span` is None if it gave no time."""

    text: str
    span: Span | None
    confidence: float | None = None


@dataclass(frozen=True)
class EdgeScore:
    """How accurate the starts, or the ends, of the spoken items are.

    `within` and `timed_within` have a share per tolerance, the second only of the spoken items that got a time. So do
    `bias` (the median error, positive if late), `p95` and `worst` (both of the absolute error), in seconds; all three
    are None if no item has a time. `curve` has the share of all spoken items within each tolerance of CURVE.
    """

    within: tuple[float, ...]
    timed_within: tuple[float, ...]
    bias: float | None
    p95: float | None
    worst: float | None
    curve: tuple[float, ...]


@dataclass(frozen=True)
class SureScore:
    """The items with a confidence of SURE or more: their `share` of the spoken, and the share `right` among them.

    An item is right if it was spoken and has both edges within SURE_TOLERANCE; `right` is None if no item is sure.
    """

    share: float
    right: float | None


@dataclass(frozen=True)
class LevelScore:
    """The score of one level, lines or words. `sure` is None if the alignment gives no confidences."""

    spoken: int
    missed: int
    unspoken: int
    ghosts: int
    starts: EdgeScore
    ends: EdgeScore
    sure: SureScore | None


@dataclass(frozen=True)
class UnscriptedScore:
    """Speech that the text lacks: `seconds` of it, and the share `found` that was reported (None if there is none).

    `false` are the seconds reported that are not such speech, `false_over_text` those among them that overlap
    lines of the text.
    """

    seconds: float
    found: float | None
    false: float
    false_over_text: float


@dataclass(frozen=True)
class Score:
    """The whole score of an alignment; a part is None if the truth has no word times, or the alignment no report."""

    lines: LevelScore
    words: LevelScore | None
    unscripted: UnscriptedScore | None


def score(truth: dict[str, Any], alignment: dict[str, Any]) -> Score:
    """Score the JSON document of an alignment against that of the truth, lines and words one to one.

    An alignment that has only lines, or no `untranscribed`, is scored as far as possible.
    Raises MismatchError if the lines or the words are not those of the truth.
    """
    lines = score_level([_true_line(line) for line in truth["lines"]], _found(alignment["lines"]))
    words = None
    if any(line["sentences"] for line in truth["lines"]) and all(
        "words" in line for line in alignment["lines"]
    ):
        true_words = [word for line in truth["lines"] for word in _true_words(line)]
        words = score_level(true_words, _found(word for line in alignment["lines"] for word in line["words"]))
    unscripted = None
    if "untranscribed" in alignment:
        unscripted = score_unscripted(
            [(start, end) for start, end, _ in truth["unscripted"]],
            [(span["start"], span["end"]) for span in alignment["untranscribed"]],
            [(line["start"], line["end"]) for line in truth["lines"] if line["spoken"]],
        )
    return Score(lines, words, unscripted)


def score_level(truth: Sequence[TrueItem], found: Sequence[FoundItem]) -> LevelScore:
    """Score items one to one. Raises MismatchError if they have different texts."""
    check_text([item.text for item in truth], [item.text for item in found])
    pairs = [(true, item) for true, item in zip(truth, found, strict=True) if not true.soundless]
    spoken = [(true.span, item) for true, item in pairs if true.span is not None]
    timed = [(span, item.span) for span, item in spoken if item.span is not None]
    unspoken = [item for true, item in pairs if true.span is None]
    return LevelScore(
        spoken=len(spoken),
        missed=len(spoken) - len(timed),
        unspoken=len(unspoken),
        ghosts=sum(item.span is not None for item in unspoken),
        starts=score_edge([there[0] - true[0] for true, there in timed], len(spoken)),
        ends=score_edge([there[1] - true[1] for true, there in timed], len(spoken)),
        sure=_score_sure(pairs, len(spoken)),
    )


def check_text(truth: Sequence[str], found: Sequence[str]) -> None:
    """Raise MismatchError if two sequences of items differ in more than white space, and say where."""
    for number, (true, there) in enumerate(zip(truth, found, strict=False), start=1):
        if true.split() != there.split():
            raise MismatchError(f"item {number} of {len(truth)} is {true!r}, but the alignment has {there!r}")
    if len(truth) != len(found):
        raise MismatchError(f"the truth has {len(truth)} items, the alignment {len(found)}")


def score_edge(errors: Sequence[float], spoken: int) -> EdgeScore:
    """Score the errors (alignment minus truth, in seconds) of the timed items among `spoken` items."""
    if not errors:
        none = (0.0,) * len(TOLERANCES)
        return EdgeScore(none, none, None, None, None, (0.0,) * len(CURVE))
    sizes = np.abs(errors)

    def hits_within(tolerances: Sequence[float]) -> list[int]:
        return [int(np.count_nonzero(sizes <= tolerance + _ROUNDING)) for tolerance in tolerances]

    hits = hits_within(TOLERANCES)
    return EdgeScore(
        within=tuple(hit / spoken for hit in hits),
        timed_within=tuple(hit / len(errors) for hit in hits),
        bias=float(np.median(errors)),
        p95=float(np.percentile(sizes, 95)),
        worst=float(sizes.max()),
        curve=tuple(round(hit / spoken, 4) for hit in hits_within(CURVE)),
    )


def stated_and_right(truth: dict[str, Any], alignment: dict[str, Any]) -> list[tuple[float, bool]]:
    """Return, for each word with a time, its confidence and whether its start is within SURE_TOLERANCE.

    A word that nobody spoke is not. The truth must have word times. Raises MismatchError if its words are others.
    """
    true = [word for line in truth["lines"] for word in _true_words(line)]
    found = _found(word for line in alignment["lines"] for word in line["words"])
    check_text([item.text for item in true], [item.text for item in found])
    return [
        (item.confidence, item_true.span is not None and _starts_near(item_true.span, item.span))
        for item_true, item in zip(true, found, strict=True)
        if item.span is not None and item.confidence is not None and not item_true.soundless
    ]


def score_unscripted(
    unscripted: Sequence[Span], reported: Sequence[Span], lines: Sequence[Span]
) -> UnscriptedScore:
    """Score, by duration, what was `reported` as speech that the text lacks; spans may overlap or touch."""
    true, there = union(unscripted), union(reported)
    hit = shared_seconds(there, true)
    return UnscriptedScore(
        seconds=_seconds(true),
        found=hit / _seconds(true) if true else None,
        false=_seconds(there) - hit,
        # It is no error to report unscripted speech within a line.
        false_over_text=shared_seconds(there, union([*lines, *true])) - hit,
    )


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the same seconds as ordered, non-empty spans that neither overlap nor touch."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def shared_seconds(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return how many seconds are in both unions of spans."""
    return sum(max(0.0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def _seconds(spans: Sequence[Span]) -> float:
    return sum(end - start for start, end in spans)


def _score_sure(pairs: Sequence[tuple[TrueItem, FoundItem]], spoken: int) -> SureScore | None:
    if not spoken or all(item.confidence is None for _, item in pairs):
        return None
    sure = [(true, item) for true, item in pairs if item.confidence is not None and item.confidence >= SURE]
    right = sum(_near(true.span, item.span) for true, item in sure)
    return SureScore(len(sure) / spoken, right / len(sure) if sure else None)


def _starts_near(true: Span, found: Span) -> bool:
    return abs(true[0] - found[0]) <= SURE_TOLERANCE + _ROUNDING


def _near(true: Span | None, found: Span | None) -> bool:
    return (
        true is not None
        and found is not None
        and all(abs(a - b) <= SURE_TOLERANCE + _ROUNDING for a, b in zip(true, found, strict=True))
    )


def _true_line(line: dict[str, Any]) -> TrueItem:
    if not line["spoken"]:
        return TrueItem(line["text"], None)
    if line["start"] is None or line["end"] is None:
        raise MismatchError(f"the truth does not say when {line['text']!r} was spoken")
    return TrueItem(line["text"], (line["start"], line["end"]))


def _true_words(line: dict[str, Any]) -> list[TrueItem]:
    if not line["spoken"]:
        return [TrueItem(word, None) for word in line["text"].split()]
    words = [word for sentence in line["sentences"] for word in sentence["words"]]
    return [
        TrueItem(text, None, soundless=True) if start is None else TrueItem(text, (start, end))
        for text, start, end in words
    ]


def _found(items: Iterable[dict[str, Any]]) -> list[FoundItem]:
    return [
        FoundItem(
            item["text"],
            None if item["start"] is None else (item["start"], item["end"]),
            item.get("confidence"),
        )
        for item in items
    ]
