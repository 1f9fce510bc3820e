"""Drafts of the speech that the text lacks, among the captions: marked, so that nobody takes them for the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from asdelivered.align.document.alignment import Draft
from asdelivered.subtitles.cueing.segmentation import Block, segment
from asdelivered.subtitles.cueing.units import Unit, units_of
from asdelivered.subtitles.cueing.utterances import SpokenWord, Utterance
from asdelivered.subtitles.editing.own_words import OwnWords
from asdelivered.subtitles.style import Style

OPENS, CLOSES = "[? ", "]"
"""What stands before and after the words of each caption that is a draft."""
OWN = "["
"""What stands before words that a person wrote."""


def with_drafts(
    said: Sequence[Utterance], drafts: Sequence[Draft], whole: Sequence[tuple[int, int]] = ()
) -> list[Utterance | Draft]:
    """Return utterances and drafts in order of time; an utterance is cut where a draft lies between its words.

    Not so between words of the ranges `whole`, by number: a draft there comes after them.
    """
    waiting = [draft for draft in sorted(drafts, key=lambda draft: draft.span) if draft.text.split()]
    found: list[Utterance | Draft] = []
    for utterance in said:
        first = 0
        for at, word in enumerate(utterance.words):
            if any(begin < word.numbers[0] < end for begin, end in whole):
                continue
            while waiting and waiting[0].span.start <= word.start and not word.glued:
                if at > first:
                    found.append(replace(utterance, words=utterance.words[first:at]))
                    first = at
                found.append(waiting.pop(0))
        found.append(replace(utterance, words=utterance.words[first:]))
    return [*found, *waiting]


def draft_blocks(draft: Draft, following: int | None, language: str, style: Style) -> list[Block]:
    """Return the blocks of a draft, each marked as one; its words share its time by their lengths.

    `following` is when the next words begin, in milliseconds; `language` is an ISO 639-1 code.
    """
    units = units_of([draft.text])
    sizes = [0, *accumulate(len(unit.text) + 1 for unit in units)]
    moments = [draft.span.start + draft.span.duration * size // sizes[-1] for size in sizes]
    words = tuple(map(_word, units, pairwise(moments)))
    narrower = style.narrowed(style.max_line_length - len(OPENS + CLOSES))
    blocks = segment(Utterance(None, "", words), following, "", language, narrower)
    opens = OWN if isinstance(draft, OwnWords) else OPENS
    return [replace(block, lines=_marked(block.lines, opens), words=(), onsets=()) for block in blocks]


def _word(unit: Unit, times: tuple[int, int]) -> SpokenWord:
    return SpokenWord(unit.text, *times, glued=unit.glued)


def _marked(lines: Sequence[str], opens: str) -> tuple[str, ...]:
    first, *others = lines
    *others, last = [f"{opens}{first}", *others]
    return (*others, f"{last}{CLOSES}")
