"""The gaps that an engine leaves, given to the next one: text without times, where somebody says something.

Nothing is believed of the next engine that would not be of the first: the same forced alignment places the words, and
the same judge tells whether they were said. What no engine explains has no time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.chunks import chunks
from asdelivered.align.acoustic.features import FRAME_SHIFT, LOUDNESS, frame_at
from asdelivered.align.acoustic.frame_spans import mask_of, runs_of
from asdelivered.align.anchors import anchor
from asdelivered.align.document.alignment import AlignedLine
from asdelivered.align.document.pins import NOTHING_FIXED, Fixed
from asdelivered.align.engines.engine import Chunk, Engine, Task
from asdelivered.align.engines.several import Fallback
from asdelivered.align.errors import AlignError
from asdelivered.align.heard_word import HeardWord
from asdelivered.align.lines import write_lines
from asdelivered.align.placement import Located, Part, locate
from asdelivered.align.recognition import Listened
from asdelivered.align.script import Script
from asdelivered.align.untranscribed import untranscribed
from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import Recording

_LEAST_WORDS = 4
"""Words in a row without a time from which on they are a gap."""
_PHONE = 80
"""Milliseconds that a phone takes, about."""
_LEAST_SAID = 0.5
"""Of the time that the words of a gap would take, how much unexplained speech there must be."""


@dataclass(frozen=True)
class Gap:
    """Tokens [first, last) without a time, and where they would be: `span`."""

    first: int
    last: int
    span: TimeSpan


def fill(
    first: str,
    fallbacks: Sequence[Fallback],
    task: Task,
    recording: Recording,
    listened: Listened,
    located: Located,
    lines: tuple[AlignedLine, ...],
    fixed: Fixed,
    observer: Observer,
) -> tuple[tuple[AlignedLine, ...], tuple[tuple[int, int], ...]]:
    """Return `lines`, of the engine named `first`, with what `fallbacks` find in their gaps.

    The other value is the frames [start, end) of sound that is still unexplained.

    A line that an engine filled has its name. An engine that can't be made or can't hear is passed over.
    """
    loudness = listened.frames[:, LOUDNESS]
    for fallback in fallbacks:
        speech = untranscribed(located.garbage, listened.speech, lines, loudness)
        gaps = find_gaps(task.script, lines, speech, fixed, recording.duration)
        if not gaps:
            break
        try:
            found = _located_in(fallback.make(), gaps, task, recording, listened, located, observer)
        except AlignError as error:
            observer.noted(f"the engine {fallback.name} fills no gaps: {error}")
            continue
        written = write_lines(task.script, found, fixed, loudness)
        within, beside = _concerned(task.script, lines, gaps)
        new = tuple(
            _filled(old, line, first, fallback.name)
            if number in within
            else _beside(old, line)
            if number in beside
            else old
            for number, (old, line) in enumerate(zip(lines, written, strict=True))
        )
        if new != lines:
            located, lines = found, new
    return lines, located.garbage


def find_gaps(
    script: Script, lines: Sequence[AlignedLine], speech: Sequence[TimeSpan], fixed: Fixed, duration: int
) -> list[Gap]:
    """Return where four words or more in a row have no time though there is `speech` of about their length."""
    words = [lines[token.line].words[token.word] for token in script.tokens]
    gaps = []
    begin, since = 0, 0
    for at in range(len(words) + 1):
        span = words[at].span if at < len(words) else TimeSpan(duration, duration)
        if span is None:
            continue
        missing = [
            token
            for token in script.tokens[begin:at]
            if token.pronunciations and token.line not in fixed.unspoken
        ]
        wanted = sum(len(word) for token in missing for word in token.pronunciations[0]) * _PHONE
        said = sum(max(0, min(span.start, one.end) - max(since, one.start)) for one in speech)
        if len(missing) >= _LEAST_WORDS and said >= _LEAST_SAID * wanted:
            gaps.append(Gap(begin, at, TimeSpan(since, span.start)))
        begin, since = at + 1, span.end
    return gaps


def _located_in(
    engine: Engine,
    gaps: Sequence[Gap],
    task: Task,
    recording: Recording,
    listened: Listened,
    located: Located,
    observer: Observer,
) -> Located:
    """Return `located` with the tokens of the gaps where `engine` has them."""
    tokens, anchored = list(located.tokens), list(located.anchored)
    garbage = mask_of(located.garbage, len(listened.frames))
    sounds = _sounds(recording, gaps) if engine.wants_samples else [np.empty(0, np.int16)] * len(gaps)
    observer.started(f"filling gaps with {engine.name}", sum(gap.span.duration for gap in gaps) / 1000)
    done = 0
    for gap, samples in zip(gaps, sounds, strict=True):
        part = Part(frame_at(gap.span.start), frame_at(gap.span.end), located.adaptation)
        script = replace(task.script, tokens=task.script.tokens[gap.first : gap.last])
        heard = _hear(engine, replace(task, script=script, cuts=()), part, listened, samples)
        runs = anchor([word for token in script.tokens for word in token.spoken], [one.word for one in heard])
        inside = replace(listened, heard=tuple(heard), runs=tuple(runs), rough=engine.rough)
        found = locate(task.pool, script, inside, NOTHING_FIXED, Observer(), part)
        tokens[gap.first : gap.last], anchored[gap.first : gap.last] = found.tokens, found.anchored
        garbage[part.start : part.end] = False
        garbage |= mask_of(found.garbage, len(garbage))
        done += gap.span.duration
        observer.advanced(f"filling gaps with {engine.name}", done / 1000)
    observer.finished(f"filling gaps with {engine.name}")
    return replace(located, tokens=tuple(tokens), anchored=tuple(anchored), garbage=runs_of(garbage))


def _hear(
    engine: Engine, task: Task, part: Part, listened: Listened, samples: NDArray[np.int16]
) -> list[HeardWord]:
    """Return the words that `engine` hears in a part, whose `samples` are given, on the clock of the recording."""
    pieces: list[Chunk] = []
    start = part.start
    for frames in chunks([listened.frames[part.start : part.end]]):
        first = (start - part.start) * FRAME_SHIFT
        pieces.append(Chunk(start, frames, samples[first : first + len(frames) * FRAME_SHIFT]))
        start += len(frames)
    return [
        HeardWord(word.word, word.start + piece.start, word.end + piece.start)
        for piece, words in zip(pieces, engine.hear(task, pieces, False), strict=True)
        for word in words
    ]


def _sounds(recording: Recording, gaps: Sequence[Gap]) -> list[NDArray[np.int16]]:
    """Return the sound of each gap, 16 kHz mono, from one decoding of the recording."""
    edges = [(frame_at(gap.span.start) * FRAME_SHIFT, frame_at(gap.span.end) * FRAME_SHIFT) for gap in gaps]
    pieces: list[list[NDArray[np.int16]]] = [[np.empty(0, np.int16)] for _ in gaps]
    begin = 0
    for block in decode_speech(recording):
        for piece, (start, end) in zip(pieces, edges, strict=True):
            if start < begin + len(block) and end > begin:
                piece.append(block[max(0, start - begin) : end - begin].copy())
        begin += len(block)
    return [np.concatenate(piece) for piece in pieces]


def _concerned(
    script: Script, lines: Sequence[AlignedLine], gaps: Sequence[Gap]
) -> tuple[set[int], set[int]]:
    """Return the numbers of the lines that have words in gaps, and of those that have a time next to these."""
    within: set[int] = set()
    beside: set[int] = set()
    for gap in gaps:
        inside = range(script.tokens[gap.first].line, script.tokens[gap.last - 1].line + 1)
        within.update(inside)
        before = (at for at in range(inside[0] - 1, -1, -1) if lines[at].span)
        after = (at for at in range(inside[-1] + 1, len(lines)) if lines[at].span)
        beside.update(at for one in (before, after) if (at := next(one, None)) is not None)
    return within, beside - within


def _filled(old: AlignedLine, new: AlignedLine, first: str, engine: str) -> AlignedLine:
    """Return the new line where more of it has a time, with the names of the engines that gave it."""
    if _timed(new) <= _timed(old):
        return old
    if old.span is None:
        return replace(new, engine=engine)
    return replace(new, engine=f"{old.engine or first},{engine}")


def _beside(old: AlignedLine, new: AlignedLine) -> AlignedLine:
    """Return the line next to a gap, which may have to end earlier now, as long as its words are the same."""
    return replace(new, engine=old.engine) if _timed(new) == _timed(old) else old


def _timed(line: AlignedLine) -> int:
    return sum(word.span is not None for word in line.words)
