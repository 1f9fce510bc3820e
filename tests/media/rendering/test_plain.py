"""Clips without FFmpeg's program: the same frames and the same sound."""

import av
import pytest

from asdelivered.base.extras import Extra, MissingExtraError
from asdelivered.base.span import TimeSpan
from asdelivered.media.rendering import ffmpeg, render
from asdelivered.media.rendering.burn_in import BurnedInCaption
from asdelivered.media.rendering.encoding import CaptionedClip, Rendering
from asdelivered.media.rendering.formats import FORMATS
from asdelivered.media.rendering.render import render_clip, render_reel


@pytest.fixture(autouse=True)
def _without_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ffmpeg, "find_ffmpeg", lambda: None)
    monkeypatch.setattr(render, "find_ffmpeg", lambda: None)


@pytest.mark.parametrize("extension", ["mp4", "mov", "mkv", "webm"])
@pytest.mark.parametrize("name", ["pal", "ntsc"])
def test_every_frame_and_the_sound_are_those_of_the_source(
    extension, name, cut, numbers_of, delay_of, tmp_path, request
):
    source = request.getfixturevalue(name)
    target = tmp_path / f"clip.{extension}"
    clip = cut(source, 203, 271)
    render_clip(source, CaptionedClip(clip), target, Rendering(FORMATS[extension]))
    assert numbers_of(target) == list(range(203, 271))
    assert abs(delay_of(target, source, clip.start, clip.end)) < 0.005
    with av.open(str(target)) as container:
        assert next(container.decode(video=0)).time == 0
        assert container.metadata.get("title", container.metadata.get("TITLE")) == clip.name
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_clip_at_each_end_of_a_recording_is_whole(pal, cut, numbers_of, tmp_path):
    for first, last in ((0, 9), (pal.frames - 9, pal.frames)):
        target = tmp_path / f"{first}.mp4"
        render_clip(pal, CaptionedClip(cut(pal, first, last)), target, Rendering(FORMATS["mp4"]))
        assert numbers_of(target) == list(range(first, last))


@pytest.mark.parametrize(
    "extension", [name for name, known in FORMATS.items() if not known.picture and name != "ogg"]
)
def test_sound_alone_in_every_format(extension, pal, cut, delay_of, tmp_path):
    target = tmp_path / f"clip.{extension}"
    clip = cut(pal, 203, 271)
    render_clip(pal, CaptionedClip(clip), target, Rendering(FORMATS[extension]))
    assert abs(delay_of(target, pal, clip.start, clip.end)) < 0.03


def test_what_needs_the_program_says_how_to_get_it(pal, cut, tmp_path):
    clip = CaptionedClip(cut(pal, 203, 271))
    drawn = CaptionedClip(clip.clip, (BurnedInCaption(TimeSpan(0, 500), ("now",)),))
    mp4 = Rendering(FORMATS["mp4"])
    target = tmp_path / "clip.mp4"
    for make in (
        lambda: render_clip(pal, drawn, target, mp4),
        lambda: render_clip(pal, clip, target, Rendering(FORMATS["mp4"], vertical=True)),
        lambda: render_clip(pal, clip, target, Rendering(FORMATS["mp4"], loudness=-23)),
        lambda: render_reel(pal, [clip, clip], target, mp4),
    ):
        with pytest.raises(MissingExtraError, match=r'"asdelivered\[clips\]"') as error:
            make()
        assert error.value.extra is Extra.CLIPS
    assert list(tmp_path.iterdir()) == []
