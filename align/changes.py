"""What changed since an earlier alignment, and the parts of the recording that it concerns.

A line changed that is new, reads differently, has a pin that the earlier alignment does not keep, or no longer has one;
with it change its neighbours, and so do those of a line that is gone. A part reaches on both sides to the next line
that surely stands where it stands: one that is pinned, or that was heard without a doubt.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Alignment, Status
from asdelivered.align.document.pins import Fixed
from asdelivered.align.lines import summed_up
from asdelivered.align.script import Script
from asdelivered.base.span import TimeSpan

SURE = 0.9
"""Confidence of a line beyond which no change is thought to reach."""
CONTEXT = 30_000
"""Milliseconds about a part that are listened to, too, to get used to the room and the voices."""
PINNED = 1.0
"""The confidence of words that are pinned, and of no others."""


@dataclass(frozen=True)
class Part:
    """Lines [first, last), which are somewhere in `span` and nowhere else."""

    first: int
    last: int
    span: TimeSpan


def kept_lines(
    before: Alignment, script: Script, fixed: Fixed, anew: Collection[str]
) -> list[AlignedLine | None]:
    """Return for each line of `script` what `before` has of it; None where it changed, or its id is in `anew`."""
    kept: list[AlignedLine | None] = [None] * len(script.lines)
    changed: set[int] = set()
    texts = [line.text for _, line in script.lines]
    for edit in Indel.opcodes([line.text for line in before.lines], texts):
        if edit.tag == "equal":
            same = before.lines[edit.src_start : edit.src_end]
            for number, found in enumerate(same, start=edit.dest_start):
                turn, source = script.lines[number]
                kept[number] = replace(found, id=source.id, turn=turn.id, speaker=turn.speaker)
        else:
            changed.update(range(edit.dest_start - 1, edit.dest_end + 1))
    tokens: list[list[int]] = [[] for _ in script.lines]
    for at, token in enumerate(script.tokens):
        tokens[token.line].append(at)
    opened, closed = _pinned_edges(script, fixed)
    for number, line in enumerate(kept):
        if line is None:
            continue
        kept[number] = pinned = _as_pinned(line, number, tokens[number], script, fixed)
        if pinned is None or line.id in anew:
            changed.add(number)
            if number - 1 not in closed:
                changed.add(number - 1)
            if number + 1 not in opened:
                changed.add(number + 1)
    return [None if number in changed else line for number, line in enumerate(kept)]


def parts_to_align(
    lines: Sequence[AlignedLine | None], script: Script, fixed: Fixed, duration: int
) -> list[Part]:
    """Return the parts in which the lines that are None are to be sought, in a recording of `duration` milliseconds.

    Parts so near each other that each lies in the other's context are one.
    """
    opened, closed = _pinned_edges(script, fixed)
    pinned = _moments(script, fixed)
    parts: list[Part] = []
    for number, line in enumerate(lines):
        if line is not None or (parts and number < parts[-1].last):
            continue
        first, last = number, number + 1
        while first > 0 and not _stands(lines[first - 1], first - 1 in closed):
            first -= 1
        while last < len(lines) and not _stands(lines[last], last in opened):
            last += 1
        # A pin may have been put beyond what stood next to it.
        moments = [moment for at in range(first, last) for moment in pinned.get(at, [])]
        while first > 0 and _end(lines[first - 1]) > min(moments, default=duration):
            first -= 1
        while last < len(lines) and _start(lines[last], duration) < max(moments, default=0):
            last += 1
        since = max((_end(line) for line in lines[:first]), default=0)
        until = min((_start(line, duration) for line in lines[last:]), default=duration)
        part = Part(first, last, TimeSpan(since, max(since, until)))
        if parts and part.span.start - parts[-1].span.end < CONTEXT:
            before = parts.pop()
            part = Part(before.first, last, TimeSpan(before.span.start, part.span.end))
        parts.append(part)
    return parts


def _as_pinned(
    line: AlignedLine, number: int, tokens: Sequence[int], script: Script, fixed: Fixed
) -> AlignedLine | None:
    """Return the line as one that keeps its pins; None where it stands elsewhere, or was pinned and is no more."""
    if number in fixed.unspoken:
        return line if line.span is None else None
    words: list[AlignedWord] = []
    for token, word in zip(tokens, line.words, strict=True):
        start, end = fixed.starts.get(token), fixed.ends.get(token)
        if start is None and end is None:
            if word.confidence == PINNED:
                return None
            words.append(word)
            continue
        if word.span is None or start not in (None, word.span.start) or end not in (None, word.span.end):
            return None
        words.append(replace(word, status=Status.MATCHED, confidence=PINNED))
    if tuple(words) == line.words:
        return line
    sounding = [
        word for word, token in zip(words, tokens, strict=True) if script.tokens[token].pronunciations
    ]
    return summed_up(replace(line, words=tuple(words)), sounding)


def _pinned_edges(script: Script, fixed: Fixed) -> tuple[set[int], set[int]]:
    """The lines whose first sounding word has a pinned start, and those whose last one has a pinned end."""
    sounding: dict[int, list[int]] = {}
    for at, token in enumerate(script.tokens):
        if token.pronunciations:
            sounding.setdefault(token.line, []).append(at)
    return (
        {line for line, tokens in sounding.items() if tokens[0] in fixed.starts},
        {line for line, tokens in sounding.items() if tokens[-1] in fixed.ends},
    )


def _moments(script: Script, fixed: Fixed) -> dict[int, list[int]]:
    """The pinned milliseconds of each line that has any."""
    moments: dict[int, list[int]] = {}
    for times in (fixed.starts, fixed.ends):
        for token, moment in times.items():
            moments.setdefault(script.tokens[token].line, []).append(moment)
    return moments


def _stands(line: AlignedLine | None, pinned: bool) -> bool:
    """Whether a part may end beside the line, which may be `pinned` at that side."""
    if line is None or line.span is None:
        return False
    return pinned or (line.status is Status.MATCHED and (line.confidence or 0.0) >= SURE)


def _end(line: AlignedLine | None) -> int:
    return line.span.end if line and line.span else 0


def _start(line: AlignedLine | None, duration: int) -> int:
    return line.span.start if line and line.span else duration
