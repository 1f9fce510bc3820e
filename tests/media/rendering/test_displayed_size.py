"""Pictures that are not stored as they are shown: clips of them look as players show the recording."""

from fractions import Fraction

import av
import numpy as np
import pytest

from asdelivered.base.span import TimeSpan
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.burn_in import BurnedInCaption
from asdelivered.media.rendering.encoding import CaptionedClip, Rendering
from asdelivered.media.rendering.formats import media_format
from asdelivered.media.rendering.picture import can_copy
from asdelivered.media.rendering.proof import Part, prove
from asdelivered.media.rendering.render import render_clip
from asdelivered.media.rendering.still import render_still

MP4 = media_format("mp4")


def _frame(path):
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        return frame, container.streams.video[0].sample_aspect_ratio


def test_wide_pixels_become_square(movies, cut, tmp_path):
    source = movies.make("anamorphic.mp4", Fraction(25), 30, "-vf", "setsar=64/45", "-g", "50")
    assert (source.size, source.pixel_aspect, source.displayed) == ((128, 96), Fraction(64, 45), (182, 96))
    clip = cut(source, 40, 50)
    render_clip(source, CaptionedClip(clip), tmp_path / "a.mp4", Rendering(MP4))
    frame, aspect = _frame(tmp_path / "a.mp4")
    assert (frame.width, frame.height, aspect or 1) == (182, 96, 1)
    render_clip(source, CaptionedClip(clip), tmp_path / "b.mp4", Rendering(MP4, vertical=True))
    # Blocks are 16 stored pixels wide; the bits of 40 are 101000, so the middle shows dark, light, dark, light.
    row = _frame(tmp_path / "b.mp4")[0].to_ndarray(format="gray")[160] > 128
    assert np.flatnonzero(np.diff(row)) == pytest.approx([85, 540, 995], abs=25)


def test_letters_are_as_wide_as_in_square_pixels(movies, cut, tmp_path):
    caption = (BurnedInCaption(TimeSpan(0, 2000), ("OOOOO",)),)
    widths = []
    for name, filters in (
        ("wide.mp4", "scale=640:360,setsar=1"),
        ("dense.mp4", "scale=450:360,setsar=64/45"),
    ):
        source = movies.make(name, Fraction(25), 4, "-vf", filters, "-g", "50")
        target = tmp_path / name
        render_clip(source, CaptionedClip(cut(source, 33, 50), caption), target, Rendering(MP4))
        lower = _frame(target)[0].to_ndarray(format="gray")[270:]
        columns = np.flatnonzero((lower > 160).any(axis=0))
        widths.append(columns[-1] - columns[0])
    assert widths[1] == pytest.approx(widths[0], rel=0.05)


def test_an_upright_picture_of_a_phone_is_upright_for_editors(pal, tmp_path, ffmpeg):
    turned = tmp_path / "turned.mp4"
    ffmpeg("-display_rotation", "90", "-i", pal.path, "-codec", "copy", turned)
    source = as_edit_source(open_recording(turned))
    assert (source.size, source.displayed) == ((96, 128), (96, 128))


def test_what_is_not_stored_as_it_is_shown_is_not_copied(pal, movies, cut, tmp_path, ffmpeg):
    turned = tmp_path / "turned.mp4"
    ffmpeg("-display_rotation", "90", "-i", pal.path, "-codec", "copy", turned)
    odd = movies.make(
        "odd.mp4",
        Fraction(25),
        8,
        "-vf",
        "crop=127:95:0:0:exact=1",
        "-pix_fmt",
        "yuv444p",
        "-g",
        "50",
        "-bf",
        "0",
    )
    for source, size in ((as_edit_source(open_recording(turned)), (96, 128)), (odd, (126, 94))):
        # The first begins and ends where a copy would be right; its neighbour does not.
        for first in (100, 101):
            render_clip(source, CaptionedClip(cut(source, first, 150)), tmp_path / "a.mp4", Rendering(MP4))
            frame, _ = _frame(tmp_path / "a.mp4")
            assert (frame.width, frame.height, frame.rotation) == (*size, 0)


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_hdr_is_toned_down_and_says_so(transfer, movies, cut, tmp_path):
    colours = f"colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc:log-level=none"
    coded = ("-codec:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params", colours)
    source = movies.make(f"{transfer}.mp4", Fraction(25), 4, *coded, "-g", "25")
    assert source.recording.video is not None
    assert source.recording.video.is_hdr
    render_clip(source, CaptionedClip(cut(source, 25, 50)), tmp_path / "a.mp4", Rendering(MP4))
    with av.open(str(tmp_path / "a.mp4")) as container:
        context = container.streams.video[0].codec_context
        frame = next(container.decode(video=0))
    assert context.name == "h264"
    assert (context.color_trc, context.color_primaries, context.colorspace) == (1, 1, 1)
    picture = frame.to_ndarray(format="gray")
    assert picture.max() - picture.min() > 100
    render_still(source, cut(source, 25, 50), tmp_path / "a.jpg")
    assert (tmp_path / "a.jpg").stat().st_size


def test_what_moves_has_no_combs_where_the_recording_is_interlaced(cut, tmp_path, ffmpeg):
    """A box that moves by 8 pixels from field to field."""
    box = "color=black:s=320x192:r=50:d=4[g];color=white:s=60x80:r=50:d=4[b];[g][b]overlay=x='mod(8*n,250)':y=50"
    fields = f"{box},interlace=scan=tff:lowpass=off"
    inputs = ("-f", "lavfi", "-i", fields, "-f", "lavfi", "-i", "sine=300:d=4")
    coded = (
        "-codec:v",
        "mpeg2video",
        "-qscale:v",
        "2",
        "-g",
        "1",
        "-flags",
        "+ilme+ildct",
        "-codec:a",
        "mp2",
    )
    ffmpeg(*inputs, *coded, tmp_path / "fields.mkv")
    source = as_edit_source(open_recording(tmp_path / "fields.mkv"))
    assert source.recording.video is not None
    assert source.recording.video.interlaced
    assert (source.rate.fps, can_copy(source, 25, 50)) == (25, False)
    for name, rendering in (("a.mp4", Rendering(MP4)), ("b.mp4", Rendering(MP4, ratio="1:1"))):
        render_clip(source, CaptionedClip(cut(source, 25, 50)), tmp_path / name, rendering)
        with av.open(str(tmp_path / name)) as container:
            pictures = [frame.to_ndarray(format="gray").astype(int) for frame in container.decode(video=0)]
        assert len(pictures) == 25
        for picture in pictures:
            inner = picture[picture.shape[0] * 60 // 192 : picture.shape[0] * 120 // 192]
            combs = np.abs(2 * inner[1:-1] - inner[:-2] - inner[2:]) > 200
            assert combs.mean() < 0.002
    (proof,) = prove(
        source, [Part(cut(source, 25, 50))], tmp_path / "a.mp4", has_picture=True, is_drawn_on=True
    )
    assert proof.frame == 25
