"""What changed since an earlier alignment, and which parts of the recording have to be aligned again.

A line has changed if it is new, reads differently, has a pin that the earlier alignment does not keep, or has lost one.
Its neighbours change with it, and so do those of a deleted line. A changed part reaches on both sides to the next line
whose place is certain: one that is pinned, or that matched with high confidence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Alignment, Status
from asdelivered.align.lines import summarised
from asdelivered.align.pinning import ResolvedPins
from asdelivered.align.script import Script
from asdelivered.base.span import TimeSpan

SURE = 0.9
"""No change reaches beyond a matched line with this confidence."""
CONTEXT = 30_000
"""Milliseconds around a changed part that are recognised with it, to adapt to the room and the voices."""
PINNED = 1.0
"""The confidence of pinned words, and of no others."""


@dataclass(frozen=True)
class ChangedPart:
    """Lines [first, last), all of which lie in `span`."""

    first: int
    last: int
    span: TimeSpan


def kept_lines(
    before: Alignment, script: Script, pins: ResolvedPins, anew: Collection[str]
) -> list[AlignedLine | None]:
    """Return each line of `script` as `before` has it; None where it changed, or its id is in `anew`."""
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
    opened, closed = _pinned_edges(script, pins)
    for number, line in enumerate(kept):
        if line is None:
            continue
        kept[number] = pinned = _as_pinned(line, number, tokens[number], script, pins)
        if pinned is None or line.id in anew:
            changed.add(number)
            if number - 1 not in closed:
                changed.add(number - 1)
            if number + 1 not in opened:
                changed.add(number + 1)
    return [None if number in changed else line for number, line in enumerate(kept)]


def parts_to_align(
    lines: Sequence[AlignedLine | None], script: Script, pins: ResolvedPins, duration: int
) -> list[ChangedPart]:
    """Return the parts that hold the lines that are None, in a recording of `duration` milliseconds.

    Parts that lie within each other's context are joined.
    """
    opened, closed = _pinned_edges(script, pins)
    pinned = _moments(script, pins)
    parts: list[ChangedPart] = []
    for number, line in enumerate(lines):
        if line is not None or (parts and number < parts[-1].last):
            continue
        first, last = number, number + 1
        while first > 0 and not _stands(lines[first - 1], first - 1 in closed):
            first -= 1
        while last < len(lines) and not _stands(lines[last], last in opened):
            last += 1
        # A pin may lie beyond the old time of a neighbouring line.
        moments = [moment for at in range(first, last) for moment in pinned.get(at, [])]
        while first > 0 and _end(lines[first - 1]) > min(moments, default=duration):
            first -= 1
        while last < len(lines) and _start(lines[last], duration) < max(moments, default=0):
            last += 1
        since = max((_end(line) for line in lines[:first]), default=0)
        until = min((_start(line, duration) for line in lines[last:]), default=duration)
        part = ChangedPart(first, last, TimeSpan(since, max(since, until)))
        if parts and part.span.start - parts[-1].span.end < CONTEXT:
            before = parts.pop()
            part = ChangedPart(before.first, last, TimeSpan(before.span.start, part.span.end))
        parts.append(part)
    return parts


def _as_pinned(
    line: AlignedLine, number: int, tokens: Sequence[int], script: Script, pins: ResolvedPins
) -> AlignedLine | None:
    """Return the line with its pins kept; None where it is not where they are, or has lost a pin."""
    if number in pins.unspoken:
        return line if line.span is None else None
    words: list[AlignedWord] = []
    parts: list[list[int]] = [[] for _ in line.words]
    for token in tokens:
        parts[script.tokens[token].word].append(token)
    for own, word in zip(parts, line.words, strict=True):
        start, end = pins.starts.get(own[0]), pins.ends.get(own[-1])
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
        word
        for own, word in zip(parts, words, strict=True)
        if any(script.tokens[token].pronunciations for token in own)
    ]
    return summarised(replace(line, words=tuple(words)), sounding)


def _pinned_edges(script: Script, pins: ResolvedPins) -> tuple[set[int], set[int]]:
    """Return the lines whose first sounding word has a pinned start, and those whose last has a pinned end."""
    sounding: dict[int, list[int]] = {}
    for at, token in enumerate(script.tokens):
        if token.pronunciations:
            sounding.setdefault(token.line, []).append(at)
    return (
        {line for line, tokens in sounding.items() if tokens[0] in pins.starts},
        {line for line, tokens in sounding.items() if tokens[-1] in pins.ends},
    )


def _moments(script: Script, pins: ResolvedPins) -> dict[int, list[int]]:
    """Return the pinned milliseconds of each line that has any."""
    moments: dict[int, list[int]] = {}
    for times in (pins.starts, pins.ends):
        for token, moment in times.items():
            moments.setdefault(script.tokens[token].line, []).append(moment)
    return moments


def _stands(line: AlignedLine | None, pinned: bool) -> bool:
    """Tell whether a part may end beside the line, which may be `pinned` at that side."""
    if line is None or line.span is None:
        return False
    return pinned or (line.status is Status.MATCHED and (line.confidence or 0.0) >= SURE)


def _end(line: AlignedLine | None) -> int:
    return line.span.end if line and line.span else 0


def _start(line: AlignedLine | None, duration: int) -> int:
    return line.span.start if line and line.span else duration
