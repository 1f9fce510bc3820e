"""Matroska has no finest rate in its header: it is told from the frames."""

import subprocess
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest

from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.frame_steps import rate_of_steps
from asdelivered.media.recording import open_recording

SECONDS = 8


def filmed(path: Path, times: list[float]) -> Path:
    """A recording with frames at `times`, in seconds, and SECONDS of silence."""
    with av.open(path, "w") as container:
        picture = container.add_stream("mpeg4", rate=1000)
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        sound = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        for time in times:
            frame = av.VideoFrame.from_ndarray(np.zeros((96, 64), dtype=np.uint8), format="yuv420p")
            frame.pts, frame.time_base = round(1000 * time), Fraction(1, 1000)
            container.mux(picture.encode(frame))
        silence = av.AudioFrame.from_ndarray(np.zeros((1, SECONDS * 8000), np.int16), "s16", "mono")
        silence.sample_rate, silence.pts = 8000, 0
        container.mux([*sound.encode(silence), *sound.encode(None), *picture.encode(None)])
    return path


def in_matroska(path: Path) -> Path:
    """The same in a file whose header has no rate."""
    made = path.with_suffix(".mkv")
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", path, "-codec", "copy", made], check=True
    )
    return made


def steps(fps: Fraction, left_out: int) -> list[float]:
    """A camera's times that leaves out one in `left_out` frames."""
    count = int(fps * SECONDS)
    return [float(number / fps) for number in range(count) if not left_out or number % left_out]


NTSC = Fraction(30_000, 1001)


@pytest.mark.parametrize("fps", [Fraction(25), NTSC, Fraction(60)])
@pytest.mark.parametrize("left_out", [3, 9])
def test_a_camera_that_leaves_out_frames_is_edited_at_its_own_rate(tmp_path, fps, left_out) -> None:
    recording = open_recording(in_matroska(filmed(tmp_path / "a.mov", steps(fps, left_out))))
    assert recording.video is not None
    assert recording.video.frame_rate == pytest.approx(fps * (left_out - 1) / left_out, rel=0.01)
    assert as_edit_source(recording).rate.fps == pytest.approx(fps, rel=0.002)


@pytest.mark.parametrize("fps", [Fraction(15), Fraction(18), Fraction(48)])
def test_an_odd_rate_that_is_constant_stays(tmp_path, fps) -> None:
    recording = open_recording(in_matroska(filmed(tmp_path / "a.mov", steps(fps, 0))))
    assert as_edit_source(recording).rate.fps == pytest.approx(fps, rel=0.01)


def test_nothing_is_told_from_a_few_frames(tmp_path) -> None:
    with av.open(filmed(tmp_path / "a.mov", [0, 0.04, 0.08, 2, 4, 6])) as container:
        assert rate_of_steps(container, container.streams.video[0].index) is None
