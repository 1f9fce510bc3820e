"""Fallback: the gaps that one engine leaves are given to the next: text without times where somebody is talking.

The next engine gets no more credit than the first: the same forced alignment places the words, and the same judge
decides whether they were said. What no engine explains has no time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.chunks import cut_chunks
from asdelivered.align.acoustic.features import FRAME_MS, FRAME_SHIFT, frame_at
from asdelivered.align.acoustic.frame_spans import mask_of, spans_of
from asdelivered.align.anchors import anchor
from asdelivered.align.document.alignment import AlignedLine
from asdelivered.align.engines.engine import Chunk, Engine
from asdelivered.align.job import Job
from asdelivered.align.pinning import NO_PINS, ResolvedPins
from asdelivered.align.placement import Acoustics, Placement, place
from asdelivered.align.recognition import Recognition
from asdelivered.align.script import Script
from asdelivered.align.segments import segment
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.align.values.section import Section
from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan

_LEAST_WORDS = 4
"""This many words in a row without a time are a gap."""
_PHONE = 80
"""Milliseconds that a phone takes, roughly."""
_LEAST_SPEECH = 0.5
"""How much unexplained speech there must be for a gap, as a share of the time that its words would take."""


@dataclass(frozen=True)
class Gap:
    """Tokens [first, last) without a time, and the `span` where they would have to be."""

    first: int
    last: int
    span: TimeSpan


def find_gaps(
    script: Script,
    lines: Sequence[AlignedLine],
    speech: Sequence[TimeSpan],
    pins: ResolvedPins,
    duration: int,
) -> list[Gap]:
    """Return where four words or more in a row have no time, though there is `speech` of about their length."""
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
            if token.pronunciations and token.line not in pins.unspoken
        ]
        if len(missing) >= _LEAST_WORDS:
            needed = sum(len(word) for token in missing for word in token.pronunciations[0]) * _PHONE
            spoken = sum(max(0, min(span.start, one.end) - max(since, one.start)) for one in speech)
            if spoken >= _LEAST_SPEECH * needed:
                gaps.append(Gap(begin, at, TimeSpan(since, span.start)))
        begin, since = at + 1, span.end
    return gaps


def place_in_gaps(
    engine: Engine,
    gaps: Sequence[Gap],
    job: Job,
    recognition: Recognition,
    acoustics: Acoustics,
    placement: Placement,
) -> Placement:
    """Return `placement` with the tokens of the gaps where `engine` has them. Raises AlignError where it fails."""
    tokens, anchored = list(placement.tokens), list(placement.anchored)
    frames = len(recognition.frames)
    garbage = mask_of(placement.garbage, frames)
    # The last gap ends with the recording, a moment after the last whole frame.
    sections = [
        Section(
            0, gap.last - gap.first, *(min(frame_at(at), frames) for at in (gap.span.start, gap.span.end))
        )
        for gap in gaps
    ]
    spans = [TimeSpan(one.start * FRAME_MS, one.end * FRAME_MS) for one in sections]
    sounds = job.sound.windows(spans) if engine.wants_samples else [np.empty(0, np.int16)] * len(gaps)
    step = f"filling gaps with {engine.name}"
    job.observer.started(step, sum(gap.span.duration for gap in gaps) / 1000)
    done = 0
    for gap, section, samples in zip(gaps, sections, sounds, strict=True):
        script = replace(job.script, tokens=job.script.tokens[gap.first : gap.last])
        inner = replace(job, script=script, pins=NO_PINS, observer=Observer())
        chunks = _chunks(recognition, section, samples)
        anchors = anchor(script, _recognise(engine, inner, chunks), engine.time_error)
        found = place(inner, segment(script, anchors, [section]), anchors, acoustics)
        tokens[gap.first : gap.last], anchored[gap.first : gap.last] = found.tokens, found.anchored
        garbage[section.start : section.end] = False
        garbage |= mask_of(found.garbage, len(garbage))
        done += gap.span.duration
        job.observer.advanced(step, done / 1000)
    job.observer.finished(step)
    return Placement(tuple(tokens), tuple(anchored), spans_of(garbage))


def merge_filled(
    script: Script,
    gaps: Sequence[Gap],
    lines: Sequence[AlignedLine],
    written: Sequence[AlignedLine],
    engines: tuple[str, str],
) -> tuple[AlignedLine, ...]:
    """Return `lines`, by the first of the `engines`, with what the second one, whose lines are `written`, filled."""
    within, beside = _affected(script, lines, gaps)
    return tuple(
        _filled(old, new, engines) if number in within else _beside(old, new) if number in beside else old
        for number, (old, new) in enumerate(zip(lines, written, strict=True))
    )


def _recognise(engine: Engine, job: Job, chunks: Sequence[Chunk]) -> list[RecognisedWord]:
    """Return the words that `engine` recognises in the chunks of a gap, on the clock of the recording."""
    return [
        RecognisedWord(word.word, word.start + chunk.start, word.end + chunk.start)
        for chunk, words in zip(chunks, engine.recognise(job.recognition, chunks, False), strict=True)
        for word in words
    ]


def _chunks(recognition: Recognition, section: Section, samples: NDArray[np.int16]) -> list[Chunk]:
    """Cut a section, whose `samples` are given, into chunks."""
    chunks: list[Chunk] = []
    start = section.start
    for frames in cut_chunks([recognition.frames[section.start : section.end]]):
        first = (start - section.start) * FRAME_SHIFT
        chunks.append(Chunk(start, frames, samples[first : first + len(frames) * FRAME_SHIFT]))
        start += len(frames)
    return chunks


def _affected(script: Script, lines: Sequence[AlignedLine], gaps: Sequence[Gap]) -> tuple[set[int], set[int]]:
    """Return the numbers of the lines that have words in gaps, and of the nearest lines with a time beside these."""
    within: set[int] = set()
    beside: set[int] = set()
    for gap in gaps:
        inside = range(script.tokens[gap.first].line, script.tokens[gap.last - 1].line + 1)
        within.update(inside)
        before = (at for at in range(inside[0] - 1, -1, -1) if lines[at].span)
        after = (at for at in range(inside[-1] + 1, len(lines)) if lines[at].span)
        beside.update(at for one in (before, after) if (at := next(one, None)) is not None)
    return within, beside - within


def _filled(old: AlignedLine, new: AlignedLine, engines: tuple[str, str]) -> AlignedLine:
    """Return the new line where more of it has a time, with the names of the engines that gave it."""
    if _timed_words(new) <= _timed_words(old):
        return old
    first, second = engines
    return replace(new, engine=second if old.span is None else f"{old.engine or first},{second}")


def _beside(old: AlignedLine, new: AlignedLine) -> AlignedLine:
    """Return the line next to a gap, which may have to end earlier now, as long as its words are the same."""
    return replace(new, engine=old.engine) if _timed_words(new) == _timed_words(old) else old


def _timed_words(line: AlignedLine) -> int:
    return sum(word.span is not None for word in line.words)
