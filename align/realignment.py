"""Realignment: only what changed since an earlier alignment is aligned again; every other line keeps its times."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from asdelivered.align.aligner import align_prepared, timestamp
from asdelivered.align.changes import CONTEXT, ChangedPart, kept_lines, parts_to_align
from asdelivered.align.document.alignment import (
    AlignedLine,
    Alignment,
    Sound,
    SoundKind,
    source_of,
    speakers_channels,
    timed_by,
)
from asdelivered.align.document.pins import Pin
from asdelivered.align.engines import make_engine
from asdelivered.align.engines.engine import Engine, EngineOptions
from asdelivered.align.engines.group import EngineGroup, info_of, merged_info
from asdelivered.align.errors import AlignError
from asdelivered.align.job import Job
from asdelivered.align.lines import settle, write_lines
from asdelivered.align.pinning import check_order, resolve_pins
from asdelivered.align.pipeline import AlignedText, align_text
from asdelivered.align.preparation import Prepared, prepare
from asdelivered.align.script import write_script
from asdelivered.align.values.recording_part import RecordingPart
from asdelivered.align.values.timed_token import unspoken
from asdelivered.base.files import sha256_of
from asdelivered.base.processes import processes
from asdelivered.base.progress import Observer
from asdelivered.base.scratch import scratch_folder
from asdelivered.base.span import TimeSpan
from asdelivered.media.recording import Recording
from asdelivered.media.sound import has, hearing
from asdelivered.transcripts.model import Transcript

_LONGEST = 3_600_000
"""Milliseconds. Where a part is longer, the whole recording is aligned."""


def align_again(
    before: Alignment,
    transcript: Transcript,
    recording: Recording,
    pins: Sequence[Pin],
    jobs: int,
    observer: Observer,
    *,
    engine: Engine | EngineGroup | None = None,
    anew: Collection[str] = (),
) -> Alignment:
    """Return `before` brought up to date with `transcript` and `pins`; only the parts that changed are aligned.

    Lines whose ids are in `anew` are aligned again in any case, such as one whose pin was taken back. Where the parts
    add up to more than half of the recording, or where each speaker has a channel, all of it is aligned.
    What is heard is the sound of `before`. If `engine` is not the one of `before`, each line names its own.

    Raises what `align` raises, and AlignError where `before` is an alignment of another recording.
    """
    if before.recording.sound is not None and has(recording, before.recording.sound):
        recording = hearing(recording, before.recording.sound)
    prepared = prepare(transcript, recording, pins, observer)
    if sha256_of(recording.path) != before.recording.sha256:
        raise AlignError(f"the earlier alignment is not one of {recording.path}: align without it")
    engine = engine or make_engine("sphinx", EngineOptions())
    if channels := speakers_channels(before):
        with processes(jobs) as pool:
            return align_prepared(prepared, engine, pool, observer, channels)
    check_order(prepared.pins, prepared.script)
    kept = kept_lines(before, prepared.script, prepared.pins, anew)
    parts = parts_to_align(kept, prepared.script, prepared.pins, recording.duration)
    lengths = [part.span.duration for part in parts]
    if sum(lengths) > recording.duration / 2 or max(lengths, default=0) > _LONGEST:
        with processes(jobs) as pool:
            return align_prepared(prepared, engine, pool, observer)
    updated = replace(
        before,
        transcript=source_of(transcript),
        recording=replace(before.recording, path=str(recording.path)),
        created=timestamp(),
    )
    texts: list[AlignedText] = []
    if parts:
        with processes(jobs) as pool:
            realigner = _Realigner(prepared, engine, pool, observer)
            texts = [realigner.align(part, kept) for part in parts]
        info = merged_info(before.engine, info_of(engine))
        if info.name != before.engine.name:
            kept = [line and timed_by(line, before.engine.name) for line in kept]
        if info.name != engine.name:
            texts = [_named(text, engine.name) for text in texts]
        updated = replace(updated, engine=info)
    merged = _merged(updated, kept, parts, texts)
    return replace(merged, lines=settle(merged.lines, prepared.script))


@dataclass(frozen=True)
class _Realigner:
    """Aligns parts of a prepared transcript and recording."""

    prepared: Prepared
    engine: Engine | EngineGroup
    pool: Executor
    observer: Observer

    def align(self, part: ChangedPart, kept: Sequence[AlignedLine | None]) -> AlignedText:
        """Align a part, with the lines around it for context; what is returned is on the recording's clock."""
        transcript, recording = self.prepared.transcript, self.prepared.recording
        first, last, span = _with_context(part, kept, recording.duration)
        ids = {line.id for _, line in self.prepared.script.lines[first:last]}
        script = write_script(_excerpt(transcript, ids))
        pins = resolve_pins(_pins_within(self.prepared, part, range(first, last), span.start), script)
        sound = RecordingPart(recording, span)
        with scratch_folder() as folder:
            job = Job(script, transcript.language, pins, sound, self.pool, folder, self.observer)
            text = align_text(self.engine, job)
        # Where next to nothing was recognised, the part keeps its lines, but none has a time.
        lines = text.lines or write_lines(script, [unspoken(token) for token in script.tokens], {})
        return AlignedText(
            tuple(_later(line, span.start) for line in lines[part.first - first : part.last - first]),
            tuple(extra.later(span.start) for extra in text.untranscribed),
            tuple(replace(one, span=one.span.later(span.start)) for one in text.sounds),
            tuple(replace(one, span=one.span.later(span.start)) for one in text.drafts),
        )


def _merged(
    before: Alignment,
    kept: Sequence[AlignedLine | None],
    parts: Sequence[ChangedPart],
    texts: Sequence[AlignedText],
) -> Alignment:
    """Return `before` with the lines that were `kept`, and with `texts` in place of `parts`."""
    lines = list(kept)
    untranscribed = list(before.untranscribed)
    sounds = {kind: [one.span for one in before.sounds if one.kind is kind] for kind in SoundKind}
    for part, text in zip(parts, texts, strict=True):
        lines[part.first : part.last] = text.lines
        untranscribed = _replaced(untranscribed, part.span, text.untranscribed)
        for kind in SoundKind:
            new = [one.span for one in text.sounds if one.kind is kind]
            sounds[kind] = _replaced(sounds[kind], part.span, new)
    in_order = sorted(
        (Sound(kind, span) for kind in SoundKind for span in sounds[kind]), key=lambda one: one.span
    )
    drafts = [*before.drafts, *(draft for text in texts for draft in text.drafts)]
    return replace(
        before,
        lines=tuple(line for line in lines if line is not None),
        untranscribed=tuple(untranscribed),
        drafts=tuple(draft for draft in drafts if draft.span in untranscribed),
        sounds=tuple(in_order),
    )


def _named(text: AlignedText, engine: str) -> AlignedText:
    """Return a text whose lines name the engine that timed them."""
    return replace(text, lines=tuple(timed_by(line, engine) for line in text.lines))


def _with_context(
    part: ChangedPart, lines: Sequence[AlignedLine | None], duration: int
) -> tuple[int, int, TimeSpan]:
    """Return the lines [first, last) that are aligned together with a part, and the span that holds them all."""
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
    """Return the transcript with only the lines of these ids."""
    turns = (
        replace(turn, lines=tuple(line for line in turn.lines if line.id in lines))
        for turn in transcript.turns
    )
    return replace(transcript, turns=tuple(turn for turn in turns if turn.lines))


def _pins_within(prepared: Prepared, part: ChangedPart, lines: range, zero: int) -> list[Pin]:
    """Return the pins of these lines, and two that keep the part's edges; times count from millisecond `zero`."""
    ids = [line.id for _, line in prepared.script.lines]
    resolved = prepared.pins
    pins = [Pin(ids[line], unspoken=True) for line in resolved.unspoken if line in lines]
    for at, token in enumerate(prepared.script.tokens):
        start, end = resolved.starts.get(at), resolved.ends.get(at)
        if token.line in lines and (start is not None or end is not None):
            start, end = (None if time is None else time - zero for time in (start, end))
            pins.append(Pin(ids[token.line], word=token.word + 1, start=start, end=end))
    if lines.start < part.first:
        pins.append(Pin(ids[part.first - 1], end=part.span.start - zero))
    if part.last < lines.stop:
        pins.append(Pin(ids[part.last], start=part.span.end - zero))
    return pins


def _later(line: AlignedLine, by: int) -> AlignedLine:
    """Return a line with all its times later `by` so many milliseconds."""
    words = tuple(
        replace(
            word,
            span=word.span.later(by),
            phrases=tuple(replace(one, span=one.span.later(by)) for one in word.phrases),
        )
        if word.span is not None
        else word
        for word in line.words
    )
    return replace(line, words=words, span=line.span.later(by) if line.span is not None else None)


def _replaced(old: Iterable[TimeSpan], within: TimeSpan, new: Iterable[TimeSpan]) -> list[TimeSpan]:
    """Return `old` outside `within` and `new` inside it, in order; spans that touch are joined."""
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
