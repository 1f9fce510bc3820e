"""SRT and ASS through ffmpeg into an MP4 and a Matroska file and back: the same cues, times and text."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest
from make_goldens import sample

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.read import read_captions
from asdelivered.subtitles.write import write_captions


def ffmpeg(*arguments: str | Path) -> None:
    done = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "warning", "-nostdin", "-y", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


@pytest.fixture
def made() -> Captions:
    captions = sample("srt")
    # Text that is mov_text's and SRT's own trouble is in test_formats; here are times, lines and letters.
    plain = tuple(cue for cue in captions.cues if not set("<>&") & set(cue.text))
    end = plain[-1].span.end
    more = (Cue(TimeSpan(end + 500, end + 2000), "B", ("Zwölf – „Kühe“,", "漢字 {und} mehr")),)
    return Captions((*plain, *more))


@pytest.mark.parametrize("name", ["srt", "ass"])
@pytest.mark.parametrize(("container", "codec"), [("mp4", "mov_text"), ("mkv", "copy")])
def test_through_a_container_and_back(
    name: str, container: str, codec: str, made: Captions, tmp_path: Path
) -> None:
    first, video, back = tmp_path / f"a.{name}", tmp_path / f"a.{container}", tmp_path / f"b.{name}"
    write_captions(made, first, name)
    ffmpeg(
        "-f", "lavfi", "-i", "color=s=64x64:r=10:d=40", "-i", first, "-c:v", "libx264", "-c:s", codec, video
    )  # fmt: skip
    ffmpeg("-i", video, "-map", "0:s:0", back)
    again, _ = read_captions(back)
    assert [cue.lines for cue in again.cues] == [cue.lines for cue in made.cues]
    # ASS counts hundredths; ffmpeg rounds to its containers' ticks.
    allowed = 10 if name == "ass" else 1
    for cue, other in zip(made.cues, again.cues, strict=True):
        assert abs(cue.span.start - other.span.start) <= allowed
        assert abs(cue.span.end - other.span.end) <= allowed


def test_libass_draws_what_ass_holds(tmp_path: Path) -> None:
    """The burned-in caption changes the picture while it stands, and not after."""
    write_captions(Captions((Cue(TimeSpan(0, 1000), None, ("Hello", "there")),)), tmp_path / "a.ass", "ass")
    frames = []
    for time in ("0.5", "1.5"):
        out = tmp_path / f"{time}.gray"
        ffmpeg(
            "-f", "lavfi", "-i", "color=black:s=320x180:r=10:d=2", "-vf", f"ass={tmp_path / 'a.ass'}",
            "-ss", time, "-frames:v", "1", "-pix_fmt", "gray", "-f", "rawvideo", out,
        )  # fmt: skip
        frames.append(max(out.read_bytes()[-320 * 90 :]))
    assert frames[0] > 200 > 50 > frames[1]
