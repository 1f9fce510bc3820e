"""Captions in another language: a translated transcript with the times of the event.

The translation has the same turns as the transcript that was aligned. Within a turn, paragraphs pair off in order where
there are equally many, else by their lengths (Gale and Church 1993, "A program for aligning sentences in
bilingual corpora"). A paragraph's words are spread over the speech of its counterpart, without the pauses, by
their length: no word of a translation was heard, so none has a confidence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    Status,
    source_of,
    turns_of,
)
from asdelivered.base.counting import counted
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.transcripts.model import Transcript

_SKIP = 4.0
"""The cost of a paragraph without a counterpart, in squared lengths of a mean paragraph."""
_MERGE = 0.15
"""The cost of two paragraphs that pair with one."""


def translated(alignment: Alignment, translation: Transcript) -> Alignment:
    """Return an alignment of the translation's lines, with the times of those that they translate.

    Its lines have the speakers of the translation. Raises SubtitleError where the numbers of turns differ (the message
    says at which turn they do).
    """
    source = [list(lines) for _, _, lines in turns_of(alignment.lines)]
    target: list[tuple[str, str | None, list[tuple[str, str]]]] = []
    for turn, line in translation.spoken_lines():
        if not target or target[-1][0] != turn.id:
            target.append((turn.id, turn.speaker, []))
        target[-1][2].append((line.id, line.text))
    if len(source) != len(target):
        raise SubtitleError(_difference(source, target, translation.path))
    lines: list[AlignedLine] = []
    for spoken, (turn_id, speaker, texts) in zip(source, target, strict=True):
        for sources, targets in _pairs([line.text for line in spoken], [text for _, text in texts]):
            lines += _placed([spoken[at] for at in sources], [texts[at] for at in targets], turn_id, speaker)
    return replace(
        alignment,
        transcript=source_of(translation),
        lines=tuple(lines),
    )


def _difference(
    source: Sequence[Sequence[AlignedLine]],
    target: Sequence[tuple[str, str | None, list[tuple[str, str]]]],
    path: str,
) -> str:
    """Return a message that says where two rows of turns begin to differ: at the first with another speaker."""
    ours, theirs = _numbered([lines[0].speaker for lines in source]), _numbered([turn[1] for turn in target])
    same = next(
        (at for at, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b),
        min(len(ours), len(theirs)),
    )
    where = f"they part at turn {same + 1}"
    if same < len(target):
        where += f", {' '.join(target[same][2][0][1].split())[:50]!r}"
    return f"{path}: the translation has {counted(len(target), 'turn')}, and the event {len(source)}: {where}"


def _numbered(speakers: Sequence[str | None]) -> list[int]:
    seen: dict[str | None, int] = {}
    return [seen.setdefault(speaker, len(seen)) for speaker in speakers]


Pair = tuple[range, range]
"""Paragraphs of the source, and their counterparts in the translation."""


def _pairs(source: Sequence[str], target: Sequence[str]) -> list[Pair]:
    """Return the pairs of paragraphs, each paragraph once, in order."""
    if len(source) == len(target):
        return [(range(at, at + 1), range(at, at + 1)) for at in range(len(source))]
    ratio = sum(map(len, source)) / max(1, sum(map(len, target)))
    ours, theirs = (
        [0, *accumulate(map(len, source))],
        [0.0, *accumulate(len(text) * ratio for text in target)],
    )
    mean = max(1.0, ours[-1] / max(len(source), len(target)))
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for a in range(len(source) + 1):
        for b in range(len(target) + 1):
            for i, j in ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 0), (0, 1)):
                before = best.get((a - i, b - j))
                if before is None:
                    continue
                difference = abs((ours[a] - ours[a - i]) - (theirs[b] - theirs[b - j])) / mean
                cost = before[0] + difference**2 + (_SKIP if not i * j else 0.0) + _MERGE * (i + j - 2)
                if (a, b) not in best or cost < best[a, b][0]:
                    best[a, b] = cost, (a - i, b - j)
    path = [(len(source), len(target))]
    while path[-1] != (0, 0):
        path.append(best[path[-1]][1])
    return _without_orphans([(range(a, c), range(b, d)) for (a, b), (c, d) in pairwise(reversed(path))])


def _without_orphans(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs; paragraphs without a counterpart join their neighbours."""
    made: list[Pair] = []
    for sources, targets in pairs:
        if made and (not sources or not made[-1][0]):
            before = made.pop()
            sources, targets = range(before[0].start, sources.stop), range(before[1].start, targets.stop)
        made.append((sources, targets))
    return made


def _placed(
    sources: Sequence[AlignedLine], targets: Sequence[tuple[str, str]], turn: str, speaker: str | None
) -> list[AlignedLine]:
    spoken = [
        word.span for line in sources if line.span is not None for word in line.words if word.span is not None
    ]
    if not spoken:
        spoken = [line.span for line in sources if line.span is not None]
    words = [text.split() for _, text in targets]
    sizes = [0, *accumulate(len(word) + 1 for line in words for word in line)]
    at = 0
    lines = []
    for (line_id, text), line in zip(targets, words, strict=True):
        placed = []
        for word in line:
            span = _stretch(spoken, sizes[at] / sizes[-1], sizes[at + 1] / sizes[-1]) if spoken else None
            status = Status.INTERPOLATED if span is not None else Status.UNSPOKEN
            placed.append(AlignedWord(word, status, span, None if span is None else 0.0))
            at += 1
        known = [word.span for word in placed if word.span is not None]
        whole = TimeSpan(known[0].start, max(known[-1].end, known[0].start)) if known else None
        status = Status.INTERPOLATED if whole is not None else Status.UNSPOKEN
        lines.append(
            AlignedLine(
                line_id, turn, speaker, text, status, whole, None if whole is None else 0.0, tuple(placed)
            )
        )
    return lines


def _stretch(spoken: Sequence[TimeSpan], first: float, last: float) -> TimeSpan:
    """Return when the part of a speech from `first` to `last` (0 to 1, without its pauses) is said."""
    lengths = [0, *accumulate(span.duration for span in spoken)]

    def moment(part: float, at_end: bool) -> int:
        reached = part * lengths[-1]
        at = min(len(spoken) - 1, max(0, bisect_right(lengths, reached) - 1))
        if at_end and at and reached <= lengths[at]:
            at -= 1
        return round(spoken[at].start + min(reached - lengths[at], spoken[at].duration))

    start = moment(first, at_end=False)
    return TimeSpan(start, max(start, moment(last, at_end=True)))
