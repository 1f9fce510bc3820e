"""Two speakers on channels of their own, who talk at once."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from note_taker import NoteTaker
from numpy.typing import NDArray

from asdelivered.align.aligner import align
from asdelivered.align.document.alignment import AlignedLine, Alignment, Status
from asdelivered.align.document.pins import Pin
from asdelivered.align.errors import AlignError
from asdelivered.align.realignment import align_again
from asdelivered.align.tracks.channels import HeardChannel, best_channels
from asdelivered.base.span import TimeSpan
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import Recording, open_recording
from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.read import parse_transcript

RATE = 16_000
PARTS = ((12.5, 23.8), (63.0, 74.0))
"""Seconds of the example: the left channel, and the right one."""


@pytest.fixture(scope="module")
def said(harbour_truth: dict[str, Any]) -> list[tuple[float, float, int, str]]:
    """When each line is said, on which channel, and its text, in the order in which they begin."""
    return sorted(
        (line["start"] - since, line["end"] - since, channel, line["text"])
        for channel, (since, until) in enumerate(PARTS, start=1)
        for line in harbour_truth["lines"]
        if line["spoken"] and since <= line["start"] and line["end"] <= until
    )


@pytest.fixture(scope="module")
def call(
    tmp_path_factory: pytest.TempPathFactory, harbour_sound: Recording, write_tracks: Any, make_track: Any
) -> Path:
    sound = np.concatenate(list(decode_speech(harbour_sound)))
    pieces = [sound[round(since * RATE) : round(until * RATE)] for since, until in PARTS]
    length = max(map(len, pieces))
    channels = [np.pad(piece, (0, length - len(piece))) for piece in pieces]
    path = tmp_path_factory.mktemp("call") / "call.mkv"
    written: Path = write_tracks(path, [make_track(np.stack(channels, axis=1))], False)
    return written


@pytest.fixture(scope="module")
def transcript(said: Sequence[tuple[float, float, int, str]]) -> Transcript:
    text = "".join(f"{text}\n\n" for *_, text in said)
    return parse_transcript(text, path="call.txt", sha256="0" * 64, language="en")


@pytest.fixture(scope="module")
def alignment(call: Path, transcript: Transcript) -> Alignment:
    return align(transcript, call, 2)


def test_each_line_is_found_on_its_channel(
    alignment: Alignment, said: Sequence[tuple[float, float, int, str]]
) -> None:
    assert [line.text for line in alignment.lines] == [text for *_, text in said]
    assert [line.channel for line in alignment.lines] == [channel for _, _, channel, _ in said]
    for line, (start, end, _, text) in zip(alignment.lines, said, strict=True):
        assert line.span is not None, text
        assert abs(line.span.start - 1000 * start) < 200, text
        assert abs(line.span.end - 1000 * end) < 200, text
    one, *others = (line.span for line in alignment.lines if line.span)
    assert any(one.overlap(other) > 1000 for other in others)
    assert alignment.recording.sound is None
    assert alignment.untranscribed == ()


def test_pins_may_overlap_on_two_channels_and_not_on_one(
    alignment: Alignment, call: Path, transcript: Transcript
) -> None:
    left, right = (next(line for line in alignment.lines if line.channel == channel) for channel in (1, 2))
    assert left.span is not None
    assert right.span is not None
    assert left.span.overlap(right.span)
    pins = [
        Pin(line.id, line.text, start=line.span.start, end=line.span.end)
        for line in (left, right)
        if line.span
    ]
    again = align_again(alignment, transcript, open_recording(call), pins, 2, NoteTaker())
    found = {line.id: line for line in again.lines}
    assert [(found[line.id].span, found[line.id].channel) for line in (left, right)] == [
        (left.span, 1),
        (right.span, 2),
    ]
    second = [line for line in alignment.lines if line.channel == 1][1]
    pins = [Pin(left.id, left.text, end=5_000), Pin(second.id, second.text, start=4_000)]
    with pytest.raises(AlignError, match="contradict"):
        align_again(alignment, transcript, open_recording(call), pins, 2, NoteTaker())


def line(start: int | None, confidence: float = 0.9) -> AlignedLine:
    span = None if start is None else TimeSpan(start, start + 1000)
    status = Status.UNSPOKEN if span is None else Status.MATCHED
    return AlignedLine("L1", "T1", None, "Yes.", status, span, confidence if span else None, ())


def levels(*seconds: float) -> NDArray[np.float32]:
    return np.repeat(np.array(seconds, np.float32), 100)


def test_the_louder_channel_has_a_line_that_both_microphones_pick_up() -> None:
    left = HeardChannel((line(0, 0.7), line(1000, 0.95), line(None)), levels(70, 50, 40))
    right = HeardChannel((line(0, 0.9), line(1010, 0.9), line(2000)), levels(50, 70, 70))
    assert best_channels({1: left, 2: right}) == {0: 1, 1: 2, 2: 2}


def test_the_surer_channel_has_a_line_that_is_found_at_two_places() -> None:
    left = HeardChannel((line(0, 0.7),), levels(70, 70, 70))
    right = HeardChannel((line(2000, 0.9),), levels(40, 40, 40))
    assert best_channels({1: left, 2: right}) == {0: 2}


def test_channels_that_hold_the_same_voices_are_no_speakers() -> None:
    left = HeardChannel((line(0), line(1000), line(2000)), levels(70, 70, 70))
    right = replace(left, loudness=levels(68, 72, 69))
    assert best_channels({1: left, 2: right}) == {}
