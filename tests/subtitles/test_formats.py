"""What is written is what other programs read: pysrt, webvtt-py, FFmpeg."""

import html
import io
from collections.abc import Callable
from pathlib import Path

import av
import av.logging
import pysrt
import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.document_json import load
from asdelivered.media.span import TimeSpan
from asdelivered.subtitles.cues import Cue, cues
from asdelivered.subtitles.formats import WRITERS
from asdelivered.subtitles.formats.srt import to_srt
from asdelivered.subtitles.formats.vtt import to_vtt

GOLDENS = Path(__file__).parent / "goldens"

Row = tuple[int, int, str]
"""Start and end in milliseconds, and the text, its lines joined with a line feed."""


def rows(made: tuple[Cue, ...]) -> list[Row]:
    return [(cue.span.start, cue.span.end, "\n".join(cue.lines)) for cue in made]


def read_with_pysrt(data: bytes) -> list[Row]:
    items = pysrt.SubRipFile()
    items.read(io.StringIO(data.decode()).readlines(), error_handling=pysrt.SubRipFile.ERROR_RAISE)
    return [(item.start.ordinal, item.end.ordinal, item.text) for item in items]


def read_with_webvtt(data: bytes) -> list[Row]:
    return [
        (
            caption.start_time.in_milliseconds(),
            caption.end_time.in_milliseconds(),
            html.unescape(caption.text),
        )
        for caption in webvtt.from_buffer(io.BytesIO(data))
    ]


def read_with_ffmpeg(data: bytes) -> list[Row]:
    """Read with the demuxer that FFmpeg picks, and fail on any message of it."""
    found = []
    before = av.logging.get_level()
    av.logging.set_level(av.logging.INFO)
    try:
        with av.logging.Capture(local=False) as messages, av.open(io.BytesIO(data)) as container:
            for packet in container.demux(subtitles=0):
                for subtitle in packet.decode():
                    assert packet.pts is not None
                    assert packet.duration is not None
                    found.append((packet.pts, packet.pts + packet.duration, subtitle.dialogue.decode()))
    finally:
        av.logging.set_level(before)
    assert messages == []
    return found


CHARACTERS = st.characters(categories=["L", "N", "P", "S"]) | st.sampled_from("&<>-–\"'’ü漢")
WORD = st.text(CHARACTERS, min_size=1, max_size=12) | st.sampled_from(
    ["-->", "&lt;", "2024", "WEBVTT", "NOTE"]
)
LINE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
SPEAKER = st.none() | st.text(CHARACTERS | st.sampled_from(" \n\t"), max_size=12) | LINE


@st.composite
def captions(draw: st.DrawFn) -> tuple[Cue, ...]:
    clock = draw(st.integers(0, 50 * 3_600_000))
    made = []
    for _ in range(draw(st.integers(1, 4))):
        start = clock + draw(st.integers(0, 9_000))
        clock = start + draw(st.integers(1, 9_000))
        lines = draw(st.lists(LINE, min_size=1, max_size=2).map(tuple))
        made.append(Cue(TimeSpan(start, clock), draw(SPEAKER), lines))
    return tuple(made)


@given(captions())
def test_pysrt_reads_what_srt_holds(made: tuple[Cue, ...]) -> None:
    assert read_with_pysrt(to_srt(made)) == rows(made)


@given(captions())
def test_webvtt_py_reads_what_vtt_holds(made: tuple[Cue, ...]) -> None:
    data = to_vtt(made)
    assert read_with_webvtt(data) == rows(made)
    voices = [html.unescape(caption.voice or "") for caption in webvtt.from_buffer(io.BytesIO(data))]
    assert voices == [" ".join((cue.speaker or "").split()) for cue in made]


@given(captions())
def test_ffmpeg_reads_what_vtt_holds(made: tuple[Cue, ...]) -> None:
    found = read_with_ffmpeg(to_vtt(made))
    assert [row[:2] for row in found] == [row[:2] for row in rows(made)]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("srt", read_with_pysrt),
        ("srt", read_with_ffmpeg),
        ("vtt", read_with_webvtt),
        ("vtt", read_with_ffmpeg),
    ],
)
def test_the_sample_comes_back_from_every_reader(name: str, read: Callable[[bytes], list[Row]]) -> None:
    made = cues(load(GOLDENS / "sample.alignment.json"))
    assert len(made) >= 6
    assert read(WRITERS[name](made)) == rows(made)


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_the_sample_is_written_as_before(name: str) -> None:
    """After a change that is meant: python tests/subtitles/make_goldens.py, and read what changed."""
    made = cues(load(GOLDENS / "sample.alignment.json"))
    assert WRITERS[name](made).decode() == (GOLDENS / f"sample.{name}").read_bytes().decode()


def test_every_golden_has_a_writer() -> None:
    names = {path.suffix[1:] for path in GOLDENS.iterdir() if not path.name.endswith(".alignment.json")}
    assert names == set(WRITERS)


def test_hours_beyond_a_day_are_written_out() -> None:
    made = (Cue(TimeSpan(359_998_000, 359_999_999), "A", ("Late.",)),)
    assert b"\n99:59:58,000 --> 99:59:59,999\n" in to_srt(made)
    assert b"\n99:59:58.000 --> 99:59:59.999\n" in to_vtt(made)


def test_a_speaker_cannot_break_out_of_the_voice_tag() -> None:
    made = (Cue(TimeSpan(0, 1000), "A>B\n\n00:00:05.000 --> 00:00:06.000\nC", ("Hello",)),)
    (caption,) = webvtt.from_buffer(io.BytesIO(to_vtt(made)))
    assert caption.text == "Hello"
    assert to_vtt(made).count(b"-->") == 1
