"""Audiograms, covers and stills, looked at pixel by pixel."""

from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest

from asdelivered.base.span import TimeSpan
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.audiogram import BRIGHT, COUNT, DIM, HEIGHT, render_audiogram, render_cover
from asdelivered.media.rendering.burn_in import BurnedInCaption
from asdelivered.media.rendering.encoding import CaptionedClip, Rendering
from asdelivered.media.rendering.formats import media_format
from asdelivered.media.rendering.soundtrack import BYTES, Soundtrack
from asdelivered.media.rendering.still import render_still
from asdelivered.media.rendering.waveform import BAR, draw_bars, loudness_levels

MP4 = Rendering(media_format("mp4"))


@pytest.fixture
def loud_then_soft(make):
    """Ten seconds of noise, the second half a hundredth as loud."""
    noise = np.random.default_rng(4).normal(0, 0.2, 10 * 48_000).astype(np.float32)
    noise[5 * 48_000 :] /= 100
    return as_edit_source(open_recording(make("a.flac", noise, codec="flac")))


CAPTIONS = (
    BurnedInCaption(TimeSpan(0, 1500), ("The first words",)),
    BurnedInCaption(
        TimeSpan(1500, 3000),
        (
            "and those that follow,",
            "on two lines",
        ),
    ),
)
CLIP = Clip("a", Fraction(7, 2), Fraction(13, 2), "Rosa Balfour", "The first words and those that follow")


def near(picture: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return np.abs(picture.astype(int) - colour).max(axis=-1) < 40


@pytest.mark.parametrize(("vertical", "size"), [(False, (1080, 1080)), (True, (1080, 1920))])
def test_an_audiogram_shows_the_wave_and_how_much_of_it_was_heard(
    vertical, size, loud_then_soft, delay_of, tmp_path
):
    target = tmp_path / "audiogram.mp4"
    render_audiogram(loud_then_soft, CaptionedClip(CLIP, CAPTIONS), target, replace(MP4, vertical=vertical))
    made = open_recording(target)
    assert made.video is not None
    assert (made.video.width, made.video.height) == size
    assert made.duration == 3000
    assert abs(delay_of(target, loud_then_soft, CLIP.start, CLIP.start + 1)) < 0.005
    with av.open(str(target)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)][::3]
    heard = [near(frame, BRIGHT).sum() for frame in frames]
    waiting = [near(frame, DIM).sum() for frame in frames]
    assert len(frames) == 25
    assert heard[0] < 0.05 * waiting[0]
    assert waiting[-1] < 0.1 * heard[-1]
    assert all(np.diff(heard) > -50)
    assert all(np.diff(waiting) < 50)
    white = [np.all(frame[size[1] * 6 // 10 :] > 200, axis=-1).sum() for frame in frames]
    assert white[2] > 200  # the first caption
    assert white[18] > 1.5 * white[2]  # the second, which is longer


def test_a_cover_is_the_audiogram_half_way_through(loud_then_soft, tmp_path):
    for name in ("cover.jpg", "cover.png"):
        render_cover(loud_then_soft, CaptionedClip(CLIP, CAPTIONS), CLIP.duration / 2, tmp_path / name, MP4)
        with av.open(str(tmp_path / name)) as container:
            picture = next(container.decode(video=0)).to_ndarray(format="rgb24")
        assert picture.shape == (1080, 1080, 3)
        assert near(picture, BRIGHT).sum() > near(picture, DIM).sum() > 1000


def test_an_audiogram_needs_a_format_with_a_picture(loud_then_soft, tmp_path):
    with pytest.raises(MediaError, match="m4a has no picture"):
        render_audiogram(
            loud_then_soft, CaptionedClip(CLIP), tmp_path / "a.m4a", Rendering(media_format("m4a"))
        )


def test_a_still_is_the_frame_in_the_middle(pal, cut, numbers_of, tmp_path):
    for name in ("still.png", "still.jpg"):
        render_still(pal, cut(pal, 200, 301), tmp_path / name)
        assert numbers_of(tmp_path / name) == [250]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["still.jpg", "still.png"]


def test_a_still_needs_a_picture(loud_then_soft, tmp_path):
    with pytest.raises(MediaError, match="no picture to take a still from"):
        render_still(loud_then_soft, CLIP, tmp_path / "still.jpg")


def test_levels_are_those_of_equal_parts(tmp_path):
    samples = np.repeat([0, 2**28, 2**30, 2**30], 1000).astype("<i4")
    path = tmp_path / "sound.raw"
    path.write_bytes(samples.tobytes())
    assert path.stat().st_size == len(samples) * BYTES
    levels = loudness_levels(Soundtrack(path, 8000, 1), 4)
    assert levels[1:] == pytest.approx([0.5, 1, 1])
    assert 0 < levels[0] < 0.1


def test_bars_are_as_high_as_their_levels():
    picture = draw_bars(np.array([1.0, 0.5, 0.0]), 100, (1, 2, 3))
    assert picture.shape == (100, 3 * BAR, 4)
    assert [int((picture[:, number * BAR, 3] == 255).sum()) for number in range(3)] == [100, 50, 2]
    assert COUNT * BAR < 1080
    assert HEIGHT < 1080
