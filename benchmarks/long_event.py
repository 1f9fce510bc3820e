"""An event of any length for the review: invented text with times, lines to check, and the example's sound repeated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
from archive_events import make_event

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    RecordingSource,
    Sound,
    SoundKind,
    Status,
    without_times,
)
from asdelivered.align.document.alignment_json import save
from asdelivered.base.files import sha256_of
from asdelivered.base.span import TimeSpan
from asdelivered.media.recording import open_recording

SOUND = Path(__file__).resolve().parent.parent / "examples" / "harbour.opus"


def make_long_event(folder: Path, hours: float, words: int) -> Path:
    """Write an alignment of at least `words` words over `hours`, and its recording next to it; return its path.

    Every 50th line was not spoken, every 40th is interpolated, and every 30th is followed by other speech or sound.
    """
    recording = repeat_sound(folder / "long.opus", hours)
    duration = open_recording(recording).duration
    alignment, _ = make_event(1, words)
    lines = tuple(_stretched(alignment.lines, duration / alignment.recording.duration))
    pauses = [
        TimeSpan(before.span.end, after.span.start)
        for before, after in zip(lines[::30], lines[1::30], strict=False)
        if before.span and after.span and before.span.end < after.span.start
    ]
    made = replace(
        alignment,
        transcript=replace(alignment.transcript, title="A long day"),
        recording=RecordingSource(recording.name, sha256_of(recording), duration),
        lines=lines,
        untranscribed=tuple(pauses[::2]),
        sounds=tuple(
            Sound((SoundKind.MUSIC, SoundKind.APPLAUSE)[number % 2], span)
            for number, span in enumerate(pauses[1::2])
        ),
    )
    path = folder / "long.alignment.json"
    save(made, path)
    return path


def repeat_sound(path: Path, hours: float) -> Path:
    """Write the example's packets again and again, until the recording lasts `hours`."""
    with av.open(str(path), "w") as output:
        stream = None
        begun = 0
        while begun < 3600 * hours * 48_000:
            with av.open(str(SOUND)) as source:
                sound = source.streams.audio[0]
                stream = stream or output.add_stream_from_template(sound)
                end = begun
                for packet in source.demux(sound):
                    if packet.pts is None or packet.time_base is None:
                        continue
                    packet.pts = packet.dts = packet.pts + begun
                    end = packet.pts + (packet.duration or 960)
                    packet.stream = stream
                    output.mux(packet)
                begun = end
    return path


def _stretched(lines: tuple[AlignedLine, ...], by: float) -> Iterator[AlignedLine]:
    def stretched(span: TimeSpan | None) -> TimeSpan | None:
        return span and TimeSpan(round(span.start * by), round(span.end * by))

    for number, line in enumerate(lines):
        words = tuple(replace(word, span=stretched(word.span)) for word in line.words)
        own = replace(line, span=stretched(line.span), words=words)
        if number % 50 == 7:
            own = without_times(own)
        elif number % 40 == 11:
            own = replace(own, status=Status.INTERPOLATED, words=tuple(map(_guessed, words)))
        yield own


def _guessed(word: AlignedWord) -> AlignedWord:
    return replace(word, status=Status.INTERPOLATED, confidence=0.3)
