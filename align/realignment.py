"""Only what changed since an earlier alignment, aligned again; every other line keeps the times it had."""

from __future__ import annotations

import wave
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from asdelivered.align.aligner import Found, align, check_names, check_within, find, now, tell_lost
from asdelivered.align.changes import CONTEXT, Part, kept_lines, parts_to_align
from asdelivered.align.document.alignment import AlignedLine, Alignment, Sound, SoundKind, source_of, timed_by
from asdelivered.align.document.pins import Fixed, Pin, fix
from asdelivered.align.engines import make_engine
from asdelivered.align.engines.engine import Engine, EngineOptions
from asdelivered.align.engines.several import Several, both, info_of
from asdelivered.align.errors import AlignError
from asdelivered.align.script import Script, write_script
from asdelivered.base.files import sha256_of
from asdelivered.base.processes import processes
from asdelivered.base.progress import Observer
from asdelivered.base.scratch import scratch_folder
from asdelivered.base.span import TimeSpan
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.recording import Recording, open_recording
from asdelivered.transcripts.model import Transcript

_LONGEST = 3_600_000
"""Milliseconds of a part from which on the whole recording might as well be aligned."""


def align_again(
    before: Alignment,
    transcript: Transcript,
    recording: Recording,
    pins: Sequence[Pin],
    jobs: int,
    observer: Observer,
    engine: Engine | Several | None = None,
    anew: Collection[str] = (),
) -> Alignment:
    """Return `before` brought up to date with `transcript` and `pins`: only the stretches that changed are computed.

    The lines whose ids are in `anew` are sought again whatever they were, such as one whose pin was taken back. Where
    more than half of the recording is concerned, all of it is aligned. Where `engine` is another one than that of
    `before`, each line has the name of its own.

    Raises what `align` raises, and AlignError where `before` is of another recording.
    """
    check_names(transcript, recording)
    if sha256_of(recording.path) != before.recording.sha256:
        raise AlignError(f"the earlier alignment is not one of {recording.path}: align without it")
    used = engine or make_engine("sphinx", EngineOptions())
    script = write_script(transcript)
    fixed = fix(pins, script)
    check_within(fixed, recording)
    lines = kept_lines(before, script, fixed, anew)
    parts = parts_to_align(lines, script, fixed, recording.duration)
    lengths = [part.span.duration for part in parts]
    if sum(lengths) > recording.duration / 2 or max(lengths, default=0) > _LONGEST:
        return align(transcript, recording, jobs, observer, used, pins)
    tell_lost(fixed, transcript, observer)
    work = _Work(transcript, script, fixed, recording, used, observer)
    untranscribed = list(before.untranscribed)
    sounds = {kind: [one.span for one in before.sounds if one.kind is kind] for kind in SoundKind}
    info = before.engine
    if parts:
        with processes(jobs) as pool:
            found = [_find(work, part, lines, pool) for part in parts]
        info = both(before.engine, info_of(used))
        if info.name != before.engine.name:
            lines = [line and timed_by(line, before.engine.name) for line in lines]
        if info.name != used.name:
            found = [
                replace(some, lines=tuple(timed_by(line, used.name) for line in some.lines)) for some in found
            ]
        for part, some in zip(parts, found, strict=True):
            lines[part.first : part.last] = some.lines
            untranscribed = _replaced(untranscribed, part.span, some.untranscribed)
            for kind in SoundKind:
                sounds[kind] = _replaced(
                    sounds[kind], part.span, [one.span for one in some.sounds if one.kind is kind]
                )
    return replace(
        before,
        transcript=source_of(transcript),
        recording=replace(before.recording, path=str(recording.path)),
        engine=info,
        lines=tuple(line for line in lines if line is not None),
        untranscribed=tuple(untranscribed),
        sounds=tuple(
            sorted(
                (Sound(kind, span) for kind in SoundKind for span in sounds[kind]), key=lambda one: one.span
            )
        ),
        created=now(),
    )


@dataclass(frozen=True)
class _Work:
    transcript: Transcript
    script: Script
    fixed: Fixed
    recording: Recording
    engine: Engine | Several
    observer: Observer


def _find(work: _Work, part: Part, lines: Sequence[AlignedLine | None], pool: Executor) -> Found:
    """Find the lines of a part; what comes back is on the clock of the recording, and of the part alone."""
    first, last, heard = _with_context(part, lines, work.recording.duration)
    script = write_script(_excerpt(work.transcript, {line.id for _, line in work.script.lines[first:last]}))
    pins = _pins_of(work, part, first, last, heard.start)
    with scratch_folder() as folder:
        sound = folder / "part.wav"
        _write_sound(work.recording, heard, sound)
        found = find(
            script,
            work.transcript.language,
            open_recording(sound),
            pool,
            work.observer,
            work.engine,
            fix(pins, script),
        )
    return Found(
        tuple(_later(line, heard.start) for line in found.lines[part.first - first : part.last - first]),
        tuple(span.later(heard.start) for span in found.untranscribed),
        tuple(replace(sound, span=sound.span.later(heard.start)) for sound in found.sounds),
    )


def _with_context(
    part: Part, lines: Sequence[AlignedLine | None], duration: int
) -> tuple[int, int, TimeSpan]:
    """Return the lines [first, last) that are sought along with a part, and what of the recording holds them all."""
    since, until = max(0, part.span.start - CONTEXT), min(duration, part.span.end + CONTEXT)
    timed = [(at, line.span) for at, line in enumerate(lines) if line is not None and line.span is not None]
    before = [(at, span) for at, span in timed if at < part.first]
    after = [(at, span) for at, span in timed if at >= part.last]
    first = min((at for at, span in before if span.start >= since), default=part.first)
    last = max((at + 1 for at, span in after if span.end <= until), default=part.last)
    start = max((span.end for at, span in before if at < first), default=0)
    end = min((span.start for at, span in after if at >= last), default=duration)
    return first, last, TimeSpan(max(since, start), min(until, end))


def _excerpt(transcript: Transcript, lines: Collection[str]) -> Transcript:
    """Return the transcript with nothing but the lines of these ids."""
    turns = (
        replace(turn, lines=tuple(line for line in turn.lines if line.id in lines))
        for turn in transcript.turns
    )
    return replace(transcript, turns=tuple(turn for turn in turns if turn.lines))


def _pins_of(work: _Work, part: Part, first: int, last: int, zero: int) -> list[Pin]:
    """Return what is fixed in lines [first, last), and that the part begins and ends where it does, from `zero` on."""
    names = [line.id for _, line in work.script.lines]
    pins = [Pin(names[line], unspoken=True) for line in work.fixed.unspoken if first <= line < last]
    for at, token in enumerate(work.script.tokens):
        start, end = work.fixed.starts.get(at), work.fixed.ends.get(at)
        if first <= token.line < last and (start is not None or end is not None):
            start, end = (None if time is None else time - zero for time in (start, end))
            pins.append(Pin(names[token.line], word=token.word + 1, start=start, end=end))
    if first < part.first:
        pins.append(Pin(names[part.first - 1], end=part.span.start - zero))
    if part.last < last:
        pins.append(Pin(names[part.last], start=part.span.end - zero))
    return pins


def _write_sound(recording: Recording, span: TimeSpan, path: Path) -> None:
    """Write a part of the recording's sound, as it is, to a WAV file."""
    with open_audio(recording) as reader, wave.open(str(path), "wb") as file:
        file.setnchannels(reader.channels)
        file.setsampwidth(2)
        file.setframerate(reader.sample_rate)
        for piece in reader.stream(Fraction(span.start, 1000), Fraction(span.end, 1000)):
            file.writeframes((piece >> 16).astype("<i2").tobytes())


def _later(line: AlignedLine, by: int) -> AlignedLine:
    words = tuple(
        replace(word, span=word.span.later(by)) if word.span is not None else word for word in line.words
    )
    return replace(line, words=words, span=line.span.later(by) if line.span is not None else None)


def _replaced(old: Iterable[TimeSpan], within: TimeSpan, new: Iterable[TimeSpan]) -> list[TimeSpan]:
    """Return `old` outside of `within` and `new` inside, in order; those that touch are one."""
    pieces = [TimeSpan(span.start, min(span.end, within.start)) for span in old if span.start < within.start]
    pieces += [TimeSpan(max(span.start, within.end), span.end) for span in old if span.end > within.end]
    pieces += [
        TimeSpan(max(span.start, within.start), min(span.end, within.end))
        for span in new
        if span.overlap(within)
    ]
    joined: list[TimeSpan] = []
    for span in sorted(pieces):
        if joined and joined[-1].end == span.start:
            joined[-1] = TimeSpan(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
