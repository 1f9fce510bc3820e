"""A rendered clip is compared with its recording, and one that is something else is told apart."""

from fractions import Fraction
from pathlib import Path

import pytest

from asdelivered.base.span import TimeSpan
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.burn_in import BurnedInCaption
from asdelivered.media.rendering.encoding import CaptionedClip, Rendering
from asdelivered.media.rendering.formats import FORMATS, media_format
from asdelivered.media.rendering.picture import ends_within
from asdelivered.media.rendering.proof import Part, prove
from asdelivered.media.rendering.render import render_clip, render_reel

MP4 = Rendering(media_format("mp4"))
CAPTION = (BurnedInCaption(TimeSpan(0, 2000), ("A caption", "of two lines")),)


@pytest.mark.parametrize("extension", FORMATS)
def test_a_good_clip_is_proved_in_every_format(extension, pal, cut, tmp_path):
    target = tmp_path / f"clip.{extension}"
    clip = cut(pal, 203, 271)
    form = media_format(extension)
    render_clip(pal, CaptionedClip(clip), target, Rendering(form))
    words = (TimeSpan(8200, 8600), TimeSpan(9000, 9400))
    (proof,) = prove(pal, [Part(clip, words)], target, has_picture=form.picture is not None)
    assert proof.frame == (203 if form.picture else None)
    assert proof.offset == pytest.approx(0, abs=1)
    assert proof.match is not None
    assert proof.match > 0.6
    assert (proof.sounding, proof.words) == (2, 2)


@pytest.mark.parametrize(
    ("rendering", "captions"),
    [
        (Rendering(media_format("mp4"), vertical=True), ()),
        (MP4, CAPTION),
        (Rendering(MP4.format, fade=500), ()),
    ],
    ids=["vertical", "captions", "long fade"],
)
def test_cropped_and_captioned_clips_are_proved_too(rendering, captions, pal, cut, tmp_path):
    target = tmp_path / "clip.mp4"
    clip = cut(pal, 203, 271)
    render_clip(pal, CaptionedClip(clip, captions), target, rendering)
    (proof,) = prove(pal, [Part(clip)], target, has_picture=True, is_drawn_on=bool(captions))
    assert (proof.frame, proof.offset) == (203, pytest.approx(0, abs=1))


@pytest.mark.parametrize("off", [-2, -1, 1, 2, 100])
@pytest.mark.parametrize("drawn", [False, True])
def test_a_clip_of_other_frames_is_refused(off, drawn, pal, cut, tmp_path, ffmpeg):
    other, wanted = cut(pal, 203 + off, 271 + off), cut(pal, 203, 271)
    render_clip(pal, CaptionedClip(other), tmp_path / "other.mp4", MP4)
    render_clip(pal, CaptionedClip(wanted), tmp_path / "wanted.mp4", MP4)
    mixed = tmp_path / "mixed.mp4"  # the picture of one, the sound of the other
    inputs = ("-i", tmp_path / "other.mp4", "-i", tmp_path / "wanted.mp4")
    ffmpeg(*inputs, "-map", "0:v", "-map", "1:a", "-codec", "copy", mixed)
    if drawn and off == 100:
        return  # nothing tells a picture that is covered from one of another time, far away
    with pytest.raises(MediaError, match=r"mixed.mp4|8.12 s"):
        prove(pal, [Part(wanted)], mixed, has_picture=True, is_drawn_on=drawn)


@pytest.mark.parametrize("late", [-0.1, 0.02, 0.1])
def test_a_clip_whose_sound_is_off_is_refused(late, pal, tmp_path):
    target = tmp_path / "clip.wav"
    start, end, off = Fraction(8), Fraction(12), Fraction(round(late * 1000), 1000)
    render_clip(pal, CaptionedClip(Clip("a", start - off, end - off)), target, Rendering(media_format("wav")))
    with pytest.raises(MediaError, match="ms late" if late > 0 else "ms early"):
        prove(pal, [Part(Clip("a", start, end))], target, has_picture=False)


def test_opposite_channels_are_compared_each_with_its_own(ffmpeg, tmp_path):
    """One channel is the negative of the other, and coding makes now this one louder, now that one."""
    tone = ("-f", "lavfi", "-i", "sine=150:duration=9,volume='0.2+0.2*sin(t*3)':eval=frame")
    path, made = tmp_path / "opposite.wav", tmp_path / "a.wav"
    ffmpeg(*tone, "-af", "pan=stereo|c0=0.98*c0|c1=-1*c0", path)
    ffmpeg(*tone, "-af", "pan=stereo|c0=c0|c1=-0.98*c0", "-ss", "3", "-t", "2", made)
    source = as_edit_source(open_recording(path))
    (proof,) = prove(source, [Part(Clip("a", Fraction(3), Fraction(5)))], made, has_picture=False)
    assert proof.offset == pytest.approx(0, abs=0.1)
    assert proof.match is not None
    assert proof.match > 0.99


def test_a_clip_of_another_place_is_refused(pal, tmp_path):
    target = tmp_path / "clip.wav"
    render_clip(
        pal, CaptionedClip(Clip("a", Fraction(3), Fraction(5))), target, Rendering(media_format("wav"))
    )
    with pytest.raises(MediaError, match="is not the recording's"):
        prove(pal, [Part(Clip("a", Fraction(20), Fraction(22)))], target, has_picture=False)


def test_words_in_silence_are_refused(movies, cut, tmp_path):
    silenced = ("-af", "volume=0:enable='between(t,10,20)'", "-codec:a", "flac")
    source = movies.make("silenced.mkv", Fraction(25), 30, *silenced)
    target = tmp_path / "clip.mp4"
    clip = cut(source, 200, 400)
    render_clip(source, CaptionedClip(clip), target, MP4)
    said, unsaid = TimeSpan(8500, 8900), TimeSpan(12_000, 12_400)
    assert prove(source, [Part(clip, (said, unsaid))], target, has_picture=True)[0].sounding == 1
    with pytest.raises(MediaError, match="only 1 of the 3 words"):
        prove(source, [Part(clip, (said, unsaid, TimeSpan(13_000, 13_400)))], target, has_picture=True)


def test_each_clip_of_a_reel_is_proved_in_its_place(ntsc, cut, tmp_path):
    target = tmp_path / "reel.mp4"
    clips = [cut(ntsc, 500, 530), cut(ntsc, 11, 77), cut(ntsc, 300, 345)]
    render_reel(ntsc, [CaptionedClip(clip) for clip in clips], target, MP4)
    proofs = prove(ntsc, [Part(clip) for clip in clips], target, has_picture=True)
    assert [proof.frame for proof in proofs] == [500, 11, 300]
    with pytest.raises(MediaError):
        prove(ntsc, [Part(clip) for clip in reversed(clips)], target, has_picture=True)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("turned.mp4", ("-g", "50")),
        ("mirrored.mp4", ("-g", "50")),
        # As phones write it: times are off by up to a tenth of a frame.
        (
            "phone.mov",
            (
                "-vf",
                "settb=1/600,setpts='N*24+2-mod(N*3,7)'",
                "-enc_time_base",
                "1/600",
                "-g",
                "30",
                "-bf",
                "0",
            ),
        ),
        ("anamorphic.mp4", ("-vf", "setsar=64/45", "-g", "50")),
        ("long_gop.ts", ("-g", "250", "-codec:a", "aac")),
        (
            "stall.mkv",
            ("-vf", "select='not(between(n,250,349))'", "-fps_mode", "vfr", "-g", "50", "-codec:a", "flac"),
        ),
    ],
)
def test_pictures_of_odd_recordings_are_found_again(name, arguments, movies, cut, tmp_path, ffmpeg):
    source = movies.make(name, Fraction(25), 30, *arguments)
    shown = {"turned.mp4": ("-display_rotation", "90"), "mirrored.mp4": ("-display_hflip",)}.get(name)
    if shown is not None:
        ffmpeg(*shown, "-i", source.path, "-codec", "copy", tmp_path / name)
        source = _opened(tmp_path / name)
    for first in (184, 510):
        clip = cut(source, first, first + 30)
        target = tmp_path / f"{first}.mp4"
        for vertical in (False, True):
            render_clip(source, CaptionedClip(clip), target, Rendering(MP4.format, vertical=vertical))
            (proof,) = prove(source, [Part(clip)], target, has_picture=True)
            assert proof.frame == first


@pytest.mark.parametrize("pictures", [1, 200])
def test_the_last_picture_stays_where_the_sound_goes_on(pictures, pal, cut, tmp_path, numbers_of, ffmpeg):
    """A still for a podcast, or a camera that stopped."""
    short = ("-map", "0:v", "-map", "1:a", "-filter:v", f"trim=end_frame={pictures}", "-codec:a", "copy")
    ffmpeg("-i", pal.path, "-i", pal.path, *short, tmp_path / "short.mp4")
    source = _opened(tmp_path / "short.mp4")
    clip = cut(source, 510, 540)
    assert ends_within(source, 510, 540)
    render_clip(source, CaptionedClip(clip), tmp_path / "clip.mp4", MP4)
    assert numbers_of(tmp_path / "clip.mp4") == [pictures - 1] * 30
    (proof,) = prove(source, [Part(clip)], tmp_path / "clip.mp4", has_picture=True)
    assert proof.frame == 510
    assert proof.offset == pytest.approx(0, abs=1)


def test_a_picture_that_ends_with_the_sound_is_not_held(pal):
    assert not ends_within(pal, pal.frames - 30, pal.frames)
    assert not ends_within(pal, 0, 30)


def test_of_several_pictures_the_default_one_is_shown(pal, cut, tmp_path, numbers_of, ffmpeg):
    two = ("-f", "lavfi", "-i", "color=gray:s=128x96:r=25:d=30", "-i", pal.path)
    kept = ("-map", "0:v", "-map", "1:v", "-map", "1:a", "-codec:a", "copy")
    sources = []
    for number, flags in enumerate((("default", "0"), ("0", "default"))):
        marked = [argument for at, flag in enumerate(flags) for argument in (f"-disposition:v:{at}", flag)]
        ffmpeg(*two, *kept, *marked, tmp_path / f"{number}.mkv")
        sources.append(_opened(tmp_path / f"{number}.mkv"))
    assert [source.recording.video.index for source in sources] == [0, 1]
    render_clip(sources[1], CaptionedClip(cut(sources[1], 510, 540)), tmp_path / "clip.mp4", MP4)
    assert numbers_of(tmp_path / "clip.mp4") == [*range(510, 540)]


def _opened(path: Path):
    return as_edit_source(open_recording(path))
