"""Captions inside a recording: one more track, with its language, beside picture and sound that stay as they are."""

from hashlib import sha256
from pathlib import Path

import av
import pytest

from asdelivered.app.jobs.convert import ConvertRequest, Track, convert_file
from asdelivered.base.span import TimeSpan
from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.ffmpeg import find_ffmpeg
from asdelivered.subtitles.embedding import embed, format_inside, language_tag
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Captions, Cue

pytestmark = pytest.mark.skipif(find_ffmpeg() is None, reason="FFmpeg's program is missing")

CAPTIONS = Captions(
    (
        Cue(TimeSpan(100, 200), None, ("Guten Morgen", "& willkommen.")),
        Cue(TimeSpan(300, 450), None, ("Gut.",), marked=("<i>Gut.</i>",)),
    ),
    "de-AT",
)


def packets_of(path: Path) -> dict[str, list[str]]:
    """The payloads of the packets of each kind of stream."""
    found: dict[str, list[str]] = {}
    with av.open(str(path)) as container:
        for packet in container.demux():
            if packet.size:
                found.setdefault(packet.stream.type, []).append(sha256(bytes(packet)).hexdigest())
    return found


def tracks_of(path: Path) -> list[tuple[str, str | None, bool]]:
    with av.open(str(path)) as container:
        return [
            (
                stream.codec_context.name,
                stream.language,
                bool(stream.disposition & stream.disposition.default),
            )
            for stream in container.streams.subtitles
        ]


def shown(path: Path) -> list[tuple[int, bytes]]:
    """The captions of the first track, with their times in milliseconds; pauses, which MP4 has too, left out."""
    with av.open(str(path)) as container:
        return [
            (round(float(packet.pts * packet.time_base) * 1000), bytes(packet))
            for packet in container.demux(container.streams.subtitles[0])
            if packet.pts is not None and packet.size > 2
        ]


@pytest.mark.parametrize(
    ("ending", "format", "codec"),
    [(".mp4", None, "mov_text"), (".mkv", None, "srt"), (".mkv", "ass", "ssa"), (".mkv", "vtt", "webvtt")],
)
def test_the_captions_are_one_more_track(
    ending: str, format: str | None, codec: str, pictures: Path, tmp_path: Path
) -> None:
    target = tmp_path / f"with{ending}"
    before = packets_of(pictures)
    made = embed(CAPTIONS, pictures, target, format)
    assert (made.tracks, made.left_out) == (1, ())
    [(name, language, default)] = tracks_of(target)
    assert name in (codec, codec.replace("ssa", "ass"), codec.replace("srt", "subrip"))
    assert (language, default) == ("deu", True)
    assert packets_of(target)["video"] == before["video"]
    assert [time for time, _ in shown(target)] == [100, 300]
    assert b"Guten Morgen" in shown(target)[0][1]


def test_a_second_language_leaves_the_first_as_it_is(pictures: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.mp4", tmp_path / "two.mp4"
    embed(CAPTIONS, pictures, one)
    made = embed(Captions(CAPTIONS.cues, "fr"), one, two)
    assert made.tracks == 2
    assert tracks_of(two) == [("mov_text", "deu", True), ("mov_text", "fra", False)]
    assert shown(two) == shown(one)


def test_what_holds_no_captions_is_refused(pictures: Path, tmp_path: Path) -> None:
    with pytest.raises(SubtitleError, match="captions go into recordings"):
        format_inside(Path("a.avi"))
    with pytest.raises(SubtitleError, match="as srt alone"):
        format_inside(Path("a.mp4"), "ass")
    with pytest.raises(MediaError, match="cannot be read"):
        embed(CAPTIONS, tmp_path / "none.mp4", tmp_path / "out.mp4")
    with pytest.raises(SubtitleError, match="cannot be copied into"):
        embed(CAPTIONS, pictures, tmp_path / "out.webm")


@pytest.mark.parametrize(
    ("language", "tag"),
    [("de", "deu"), ("zh-Hant", "zho"), ("EN_us", "eng"), ("haw", "haw"), ("", "und"), ("xx", "und")],
)
def test_languages_have_tags_of_three_letters(language: str, tag: str) -> None:
    assert language_tag(language) == tag


def test_convert_makes_a_copy_with_the_captions(pictures: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.vtt"
    source.write_text("WEBVTT\n\n00:00.100 --> 00:00.200\n<v Anna>Hello.</v>\n")
    before = pictures.read_bytes()
    made = convert_file(
        ConvertRequest(source, tmp_path / "out.mkv", shift=50, track=Track(pictures, "en", False))
    )
    assert made.remarks() == ["lost: its track cannot hold the speaker's name (1 caption)"]
    [(_, language, default)] = tracks_of(tmp_path / "out.mkv")
    assert (language, default) == ("eng", False)
    assert shown(tmp_path / "out.mkv")[0][0] == 150
    assert pictures.read_bytes() == before
