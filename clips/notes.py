"""What a person should check before using a clip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from asdelivered.align.document.alignment import Sound
from asdelivered.align.document.quotes import Quote
from asdelivered.media.cut_points import CutPoint
from asdelivered.transcripts.quoting.words import comparable_words

LOW_CONFIDENCE = 0.6
"""Below this confidence, a person should listen."""
MOST_WORDS = 3
"""Words in a row that may be told as others; more are another passage."""
SAME_WORDS = 0.9
"""Below this score, the words are not those that were asked for."""


def notes_on(
    quote: Quote, edges: tuple[CutPoint, CutPoint], occurrences: int, sounds: Sequence[Sound], asked: str = ""
) -> Iterator[str]:
    """Yield what to check in the clip of a quote, a few words each.

    `asked` are the words as they were asked for, `edges` the in-point and out-point, `occurrences` how often the same
    words were said, `sounds` the applause and music of the event.
    """
    first, last = edges
    if quote.score < SAME_WORDS:
        yield f"the words differ from those that were asked for (score {quote.score:.2f})"
    if quote.score < 1:
        yield from other_words(asked, quote.text)
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


def other_words(asked: str, said: str) -> Iterator[str]:
    """Yield for each word, or few words, that somebody else put in another's mouth what was said instead."""
    wanted, spoken = asked.split(), said.split()
    plain = [[comparable_words(token) for token in tokens] for tokens in (wanted, spoken)]
    matcher = SequenceMatcher(a=[*map(tuple, plain[0])], b=[*map(tuple, plain[1])], autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        if kind == "replace" and last - first == end - begin <= MOST_WORDS:
            yield f"“{_bare(wanted[first:last])}” was asked for, “{_bare(spoken[begin:end])}” was said"


def _bare(tokens: Sequence[str]) -> str:
    return " ".join(tokens).strip(' .,;:!?…“”"„«»()[]')


def _is_within(point: CutPoint, sounds: Sequence[Sound]) -> bool:
    return any(sound.span.start < point.time * 1000 < sound.span.end for sound in sounds)
