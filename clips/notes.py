"""What a person should check before using a clip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from asdelivered.align.document.alignment import Sound
from asdelivered.align.document.quotes import Quote
from asdelivered.transcripts.quoting.differences import Difference, DifferenceKind

if TYPE_CHECKING:
    from asdelivered.media.cut_points import CutPoint

LOW_CONFIDENCE = 0.6
"""Below this confidence, a person should listen."""
MOST_DIFFERENCES = 3
"""Differences between a quote and what was said that are told one by one."""
SAME_WORDS = 0.9
"""Below this score, the words are not those that were asked for."""


def notes_on(
    quote: Quote, edges: tuple[CutPoint, CutPoint], occurrences: int, sounds: Sequence[Sound]
) -> Iterator[str]:
    """Yield what to check in the clip of a quote, a few words each.

    `edges` are its in-point and out-point, `occurrences` how often the same words were said, `sounds` the applause and
    music of the event.
    """
    first, last = edges
    if quote.score < SAME_WORDS:
        yield f"the words differ from those that were asked for (score {quote.score:.2f})"
    told = [one for one in quote.differences if one.kind is not DifferenceKind.OMITTED]
    for one in told[:MOST_DIFFERENCES]:
        yield _difference(one)
    if occurrences > 1:
        yield f"the same words were said {occurrences} times, this is the first"
    if not quote.begins_sentence:
        yield "begins in the middle of a sentence"
    if not quote.ends_sentence:
        yield "ends in the middle of a sentence"
    if first.tight:
        yield "no pause before its first word"
    if last.tight:
        yield "no pause after its last word"
    if first.applause or _is_within(first, sounds):
        yield "applause or other noise runs over its start"
    if last.applause or _is_within(last, sounds):
        yield "applause or other noise runs over its end"
    if quote.overlapped:
        yield "somebody else speaks at the same time"
    if quote.interrupted:
        yield "something is said in it that the transcript lacks"
    if quote.unheard:
        yield f"{quote.unheard} of its words were not heard"
    if quote.edge_confidence is not None and quote.edge_confidence < LOW_CONFIDENCE:
        yield f"the time of its first or last word is uncertain (confidence {quote.edge_confidence:.2f})"
    elif quote.confidence is not None and quote.confidence < LOW_CONFIDENCE:
        yield f"low confidence ({quote.confidence:.2f})"


def _difference(one: Difference) -> str:
    if one.kind is DifferenceKind.CHANGED:
        return f"“{one.quoted}” was asked for, “{one.said}” was said"
    if one.kind is DifferenceKind.NOT_SAID:
        return f"“{one.quoted}” was asked for, and not said"
    return f"“{one.said}” was said, and not asked for"


def _is_within(point: CutPoint, sounds: Sequence[Sound]) -> bool:
    return any(sound.span.start < point.time * 1000 < sound.span.end for sound in sounds)
