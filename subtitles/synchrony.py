"""When the words of each cue are said, by the alignment that they come from or belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from asdelivered.align.document import Alignment
from asdelivered.media.span import TimeSpan
from asdelivered.subtitles.cue import Cue

_LETTERS = re.compile(r"[^\w]+")


def spoken_spans(cues: Sequence[Cue], alignment: Alignment) -> tuple[TimeSpan | None, ...]:
    """Return from when to when each cue's words are said; None for a cue none of whose words is in the alignment.

    Words are paired in order, by their letters alone: labels, sounds and other people's edits pair with nothing.
    """
    said = [
        (key, word.span)
        for line in alignment.lines
        for word in line.words
        if word.span is not None and (key := _key(word.text))
    ]
    shown = [
        (key, number) for number, cue in enumerate(cues) for word in cue.text.split() if (key := _key(word))
    ]
    matcher = SequenceMatcher(None, [key for key, _ in shown], [key for key, _ in said], autojunk=False)
    spans: list[list[TimeSpan]] = [[] for _ in cues]
    for ours, theirs, size in matcher.get_matching_blocks():
        for at in range(size):
            spans[shown[ours + at][1]].append(said[theirs + at][1])
    return tuple(
        TimeSpan(min(span.start for span in found), max(span.end for span in found)) if found else None
        for found in spans
    )


def _key(word: str) -> str:
    return _LETTERS.sub("", word.lower())
