"""Tiers of annotations, as ELAN and EXMARaLDA have them: what one speaker says, in rows that do not overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Alignment

Annotation = tuple[int, int, str]
"""Start and end in milliseconds, and text."""

_NOBODY = "speech"


@dataclass(frozen=True)
class SpeakerTiers:
    """What a speaker says; None: nobody is named. `name` is unique in the alignment."""

    name: str
    speaker: str | None
    lines: tuple[Annotation, ...]
    words: tuple[Annotation, ...]


def speaker_tiers(alignment: Alignment) -> Iterator[SpeakerTiers]:
    """Yield the tiers of each speaker: the lines and words that have a time.

    A word of a timed line that has no time itself ("–") stands with the word before it, or else the one after it.
    """
    lines: dict[str | None, list[AlignedLine]] = {}
    for line in alignment.lines:
        lines.setdefault(line.speaker, []).append(line)
    taken: set[str] = set()
    for speaker, own in lines.items():
        name = speaker or _NOBODY
        while name in taken:
            name = f"{name} 2"
        taken.add(name)
        yield SpeakerTiers(
            name,
            speaker,
            _apart([(line.span.start, line.span.end, line.text) for line in own if line.span]),
            _apart([row for line in own for row in _timed(line.words)]),
        )


def _timed(words: Sequence[AlignedWord]) -> Iterator[Annotation]:
    waiting: list[str] = []
    row: Annotation | None = None
    for word in words:
        if word.span is not None:
            if row is not None:
                yield row
            row = (word.span.start, word.span.end, " ".join((*waiting, word.text)))
            waiting = []
        elif row is not None:
            row = (row[0], row[1], f"{row[2]} {word.text}")
        else:
            waiting.append(word.text)
    if row is not None:
        yield row


def _apart(rows: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """Return the annotations in the order of their times; where two overlap, the later one begins later."""
    apart: list[Annotation] = []
    for start, end, text in sorted(rows, key=lambda row: row[:2]):
        start = max(start, apart[-1][1]) if apart else start
        apart.append((start, max(end, start + 1), text))
    return tuple(apart)
