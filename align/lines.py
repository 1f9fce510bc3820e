"""Say what was found, line by line and word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import EDGE_MS, FRAME_MS, moment_of
from asdelivered.align.acoustic.forced_alignment import Placed
from asdelivered.align.confidence import confidences, least_fit, was_spoken
from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Status
from asdelivered.align.document.pins import Fixed
from asdelivered.align.line_edges import LINE_DIP, WORD_DIP, share_pauses, widen
from asdelivered.align.pinning import keep_fixed
from asdelivered.align.placement import Located
from asdelivered.align.room import levels_of
from asdelivered.align.script import Script, ScriptToken
from asdelivered.align.timed_token import Timed, unspoken
from asdelivered.base.span import TimeSpan
from asdelivered.transcripts.model import TokenKind

Floats = NDArray[np.float32]

_SHORT_PHRASE = 4
_LEAST_UNKNOWN = 100
"""Milliseconds between its neighbours that something inaudible must have."""
_LEAST_FRAMES = 3
"""Frames that a word left out between two neighbours must have, to be taken for spoken."""
_MOST_GUESSED = 3
"""Words in a row that may be taken for spoken though none of them was found."""
_TOUCHING = 60
"""Milliseconds of silence that there may be between a word and sound that may be its neighbour."""
_LONGEST_GUESS = 2000
_GUESSED = 0.3
"""The most confidence of a time that only follows from the neighbours'."""


def write_lines(script: Script, located: Located, fixed: Fixed, loudness: Floats) -> tuple[AlignedLine, ...]:
    """Return the aligned lines of the script, whose tokens are `located`; `loudness` (frames,) is in dB.

    What is `fixed` is where it is said to be, to the millisecond.
    """
    tokens = list(located.tokens)
    least = least_fit(tokens)
    for start, end in _phrases(script.tokens):
        if any(at in fixed.starts or at in fixed.ends for at in range(start, end)):
            continue
        phrase = [tokens[at] for at in range(start, end) if script.tokens[at].pronunciations]
        if not was_spoken(phrase, least):
            tokens[start:end] = [None] * (end - start)
    timed = [
        Timed(token, Status.MATCHED, _span(placed), confidence) if placed else unspoken(token)
        for token, placed, confidence in zip(
            script.tokens, tokens, confidences(tokens, located.anchored), strict=True
        )
    ]
    _interpolate(timed, located.garbage)
    spans = _widen_lines(timed, located.garbage, loudness)
    if fixed.cuts:
        keep_fixed(timed, spans, fixed)
    by_line: list[list[Timed]] = [[] for _ in script.lines]
    for entry in timed:
        by_line[entry.token.line].append(entry)
    return tuple(_line(script, number, entries, spans.get(number)) for number, entries in enumerate(by_line))


def _span(placed: Placed) -> TimeSpan:
    return TimeSpan(moment_of(placed.start), moment_of(placed.end))


def _phrases(tokens: Sequence[ScriptToken]) -> Iterator[tuple[int, int]]:
    """Yield [start, end) of each phrase: a line, or a sentence of it, of four words or more where there are."""
    start = 0
    for at, token in enumerate(tokens):
        last_of_line = at + 1 == len(tokens) or tokens[at + 1].line != token.line
        if last_of_line or (token.ends_phrase and at + 1 - start >= _SHORT_PHRASE):
            yield start, at + 1
            start = at + 1


def _interpolate(timed: list[Timed], garbage: Sequence[tuple[int, int]]) -> None:
    """Give words that were not found the time between their neighbours, where sound there is otherwise unexplained.

    What was [inaudible] gets all of that time; of a few words in a row each gets a share by its phones.
    """
    start = 0
    while start < len(timed):
        if timed[start].span is not None:
            start += 1
            continue
        end = start
        while end < len(timed) and timed[end].span is None:
            end += 1
        if start > 0 and end < len(timed):
            _fill(timed, start, end, garbage)
        start = end


def _fill(timed: list[Timed], start: int, end: int, garbage: Sequence[tuple[int, int]]) -> None:
    """Fill in what is missing in [start, end), between two timed tokens."""
    before, after = timed[start - 1], timed[end]
    unknown = [at for at in range(start, end) if timed[at].token.kind is TokenKind.UNKNOWN]
    words = [at for at in range(start, end) if timed[at].token.pronunciations]
    lines = {timed[at].token.line for at in (unknown or words)}
    # All of it must be of one line, and that line's other words must be known to have been spoken.
    if before.span is None or after.span is None or len(lines) != 1:
        return
    if not lines & {before.token.line, after.token.line}:
        return
    if unknown:
        # Something was said there, nobody knows what: words beside it that were not found stay without a time.
        missing, sizes, needed = unknown, [1] * len(unknown), _LEAST_UNKNOWN * len(unknown)
        since, to = before.span.end, after.span.start
    else:
        missing, sizes = words, [_size(timed[at].token) for at in words]
        needed = _LEAST_FRAMES * FRAME_MS * sum(sizes)
        if len(words) > _MOST_GUESSED:
            return
        since, to = _unexplained(before, after, lines.pop(), garbage)
    if to - since < needed:
        return
    edges = [since + (to - since) * sum(sizes[:count]) // sum(sizes) for count in range(len(sizes) + 1)]
    sure = min(before.confidence or 0.0, after.confidence or 0.0, _GUESSED)
    for number, at in enumerate(missing):
        span = TimeSpan(edges[number], edges[number + 1])
        timed[at] = Timed(timed[at].token, Status.INTERPOLATED, span, sure)


def _unexplained(
    before: Timed, after: Timed, line: int, garbage: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """Return the milliseconds [start, end) of the sound between two tokens that may be words of `line`.

    Inside the line that is all the time between them, if half of it is unexplained sound; at the line's start or end
    it is the unexplained sound that touches the line. Where there is none, start and end are the same.
    """
    assert before.span is not None
    assert after.span is not None
    since, to = before.span.end, after.span.start
    sounds = [
        (max(since, moment_of(start)), min(to, moment_of(end)))
        for start, end in garbage
        if moment_of(start) < to and moment_of(end) > since
    ]
    if before.token.line == after.token.line:
        return (
            (since, to) if sum(end - start for start, end in sounds) >= (to - since) / 2 else (since, since)
        )
    for start, end in sounds:
        touching = to - end if after.token.line == line else start - since
        if touching <= _TOUCHING and end - start <= _LONGEST_GUESS:
            return start, end
    return since, since


def _widen_lines(
    timed: list[Timed], garbage: Sequence[tuple[int, int]], loudness: Floats
) -> dict[int, TimeSpan]:
    """Return the span of each line, from its first breath to where its sound ends.

    The line's first and last word reach as far as their own sound does.
    """
    found: dict[int, list[int]] = {}
    for at, entry in enumerate(timed):
        if entry.span:
            found.setdefault(entry.token.line, []).append(at)
    inner = [_frames(timed[places[0]], timed[places[-1]]) for places in found.values()]
    levels = levels_of(loudness, inner, garbage)
    words = widen(inner, garbage, levels, WORD_DIP)
    for places, before, after in zip(found.values(), inner, words, strict=True):
        first = timed[places[0]]
        if first.span and after[0] < before[0]:
            timed[places[0]] = replace(first, span=TimeSpan(moment_of(after[0]), first.span.end))
        last = timed[places[-1]]
        if last.span and after[1] > before[1]:
            timed[places[-1]] = replace(last, span=TimeSpan(last.span.start, moment_of(after[1])))
    spans = {}
    lines = share_pauses(widen(words, garbage, levels, LINE_DIP), garbage, levels)
    for (line, places), (start, end) in zip(found.items(), lines, strict=True):
        first, last = timed[places[0]], timed[places[-1]]
        assert first.span is not None
        assert last.span is not None
        spans[line] = TimeSpan(min(first.span.start, moment_of(start)), max(last.span.end, moment_of(end)))
    return spans


def _frames(first: Timed, last: Timed) -> tuple[int, int]:
    """The frames [start, end) from the start of one timed token to the end of another."""
    assert first.span is not None
    assert last.span is not None
    return max(0, first.span.start - EDGE_MS) // FRAME_MS, (last.span.end - EDGE_MS) // FRAME_MS


def _size(token: ScriptToken) -> int:
    """How many phones the token has."""
    return sum(len(word) for word in token.pronunciations[0])


def _line(script: Script, number: int, entries: Sequence[Timed], span: TimeSpan | None) -> AlignedLine:
    turn, line = script.lines[number]
    words = tuple(
        AlignedWord(source.text, entry.status, entry.span, entry.confidence)
        for source, entry in zip(line.tokens, entries, strict=True)
    )
    sounding = [entry for entry in entries if entry.token.pronunciations]
    sure = [entry.confidence for entry in sounding if entry.confidence is not None]
    return AlignedLine(
        id=line.id,
        turn=turn.id,
        speaker=turn.speaker,
        text=line.text,
        status=_status([entry.status for entry in sounding]) if span else Status.UNSPOKEN,
        span=span,
        # A word that was not found counts as one of no confidence.
        confidence=(sum(sure) / max(1, len(sounding))) if span else None,
        words=words,
    )


def summed_up(line: AlignedLine, sounding: Sequence[AlignedWord]) -> AlignedLine:
    """Return a line that has a time with the status and the confidence that follow from its `sounding` words."""
    return replace(
        line,
        status=_status([word.status for word in sounding]),
        confidence=sum(word.confidence or 0.0 for word in sounding) / max(1, len(sounding)),
    )


def _status(words: Sequence[Status]) -> Status:
    """Return the status of a line that has a time, whose sounding words have these."""
    found = sum(status is Status.MATCHED for status in words)
    if found == 0:
        return Status.INTERPOLATED
    return Status.MATCHED if found == len(words) else Status.PARTIAL
