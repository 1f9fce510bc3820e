from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from asdelivered.base.span import TimeSpan
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.burn_in import BurnedInCaption
from asdelivered.media.rendering.encoding import CaptionedClip, Rendering, soundtrack
from asdelivered.media.rendering.formats import FORMATS, media_format
from asdelivered.media.rendering.picture import can_copy
from asdelivered.media.rendering.plain import render_plainly
from asdelivered.media.rendering.proof import Part, prove
from asdelivered.media.rendering.render import render_clip, render_reel
from asdelivered.media.timecode import FrameRate

MP4 = Rendering(media_format("mp4"))
NTSC = Fraction(30_000, 1001)
PICTURES = [name for name, known in FORMATS.items() if known.picture]
SOUNDS = [name for name, known in FORMATS.items() if not known.picture]


def packets(path: Path) -> list[bytes]:
    """The picture of a movie as it is stored, in the order of the file."""
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


@pytest.mark.parametrize("extension", PICTURES)
@pytest.mark.parametrize("name", ["pal", "ntsc"])
def test_every_frame_and_the_sound_are_those_of_the_source(
    extension, name, cut, numbers_of, delay_of, tmp_path, request
):
    source = request.getfixturevalue(name)
    target = tmp_path / f"clip.{extension}"
    clip = cut(source, 203, 271)
    render_clip(source, CaptionedClip(clip), target, Rendering(media_format(extension)))
    assert numbers_of(target) == list(range(203, 271))
    assert abs(delay_of(target, source, clip.start, clip.end)) < 0.005
    with av.open(str(target)) as container:
        first = next(container.decode(video=0))
        assert first.time == 0
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize(
    ("name", "fps", "arguments"),
    [
        ("long_gop.ts", Fraction(25), ("-g", "250", "-codec:a", "aac")),
        ("broadcast.ts", Fraction(25), ("-codec:v", "mpeg2video", "-g", "12", "-bf", "2", "-codec:a", "mp2")),
        ("camera.m2ts", NTSC, ("-g", "60", "-codec:a", "ac3")),
        (
            "camera.mxf",
            NTSC,
            ("-codec:v", "mpeg2video", "-q:v", "2", "-codec:a", "pcm_s16le", "-ar", "48000"),
        ),
        ("fragments.mp4", NTSC, ("-g", "50", "-movflags", "frag_keyframe+empty_moov")),
        ("stream.flv", Fraction(25), ("-g", "50", "-codec:a", "aac", "-ar", "44100")),
    ],
)
def test_the_first_picture_is_the_wanted_one_wherever_the_seek_ends(
    name, fps, arguments, movies, cut, numbers_of, delay_of, tmp_path
):
    source = movies.make(name, fps, 30, *arguments)
    for first in (0, 1, 7, 183, 184, 299, 510, 640):
        clip = cut(source, first, first + 20)
        target = tmp_path / f"{first}.mp4"
        render_clip(source, CaptionedClip(clip), target, Rendering(media_format("mp4")))
        assert numbers_of(target) == list(range(first, first + 20))
        assert abs(delay_of(target, source, clip.start, clip.end)) < 0.005


@pytest.mark.parametrize("extension", PICTURES)
def test_a_picture_of_odd_size_loses_one_row_and_one_column(extension, movies, cut, tmp_path):
    odd = ("-vf", "crop=127:95:0:0:exact=1,format=yuv444p", "-pix_fmt", "yuv444p", "-codec:a", "flac")
    source = movies.make("odd.mkv", Fraction(25), 10, *odd)
    assert source.size == (127, 95)
    target = tmp_path / f"a.{extension}"
    render_clip(source, CaptionedClip(cut(source, 101, 131)), target, Rendering(media_format(extension)))
    with av.open(str(target)) as container:
        frames = list(container.decode(video=0))
    assert {(frame.width, frame.height) for frame in frames} == {(126, 94)}
    assert len(frames) == 30


def test_a_program_stream_is_refused_rather_than_cut_some_frames_off(movies, cut, tmp_path):
    coded = ("-codec:v", "mpeg2video", "-g", "12", "-bf", "2", "-codec:a", "mp2")
    source = movies.make("disc.mpg", Fraction(25), 30, *coded)
    with pytest.raises(MediaError, match="convert it to MP4"):
        render_clip(
            source,
            CaptionedClip(cut(source, 510, 530)),
            tmp_path / "a.mp4",
            Rendering(media_format("mp4")),
        )
    assert list(tmp_path.iterdir()) == []


def test_a_stall_that_the_header_hides_keeps_picture_and_sound_together(
    movies, cut, numbers_of, delay_of, tmp_path
):
    stalled = ("-vf", "select='not(between(n,250,349))'", "-fps_mode", "vfr", "-g", "50")
    source = movies.make("stall.mkv", Fraction(25), 30, *stalled, "-codec:a", "flac")
    for first in (200, 240, 300, 345):
        clip = cut(source, first, first + 40)
        target = tmp_path / f"{first}.mp4"
        render_clip(source, CaptionedClip(clip), target, Rendering(media_format("mp4")))
        shown = [at if at not in range(250, 350) else 249 for at in range(first, first + 40)]
        assert numbers_of(target) == shown
        assert abs(delay_of(target, source, clip.start, clip.end)) < 0.005


@pytest.mark.parametrize("extension", SOUNDS)
def test_sound_alone_is_exact_too(extension, pal, delay_of, tmp_path):
    target = tmp_path / f"clip.{extension}"
    clip = Clip("a clip", Fraction(70_001, 10_000), Fraction(93_217, 10_000))
    render_clip(pal, CaptionedClip(clip), target, Rendering(media_format(extension)))
    assert abs(delay_of(target, pal, clip.start, clip.end)) < 0.005
    made = open_recording(target)
    assert made.video is None
    assert made.duration == pytest.approx(float(clip.duration) * 1000, abs=10)


@pytest.mark.parametrize("extension", ["mp4", "mov", "mkv"])
def test_the_picture_is_copied_where_the_cut_allows(extension, pal, cut, numbers_of, delay_of, tmp_path):
    target = tmp_path / f"clip.{extension}"
    last = next(last for last in range(180, 200) if can_copy(pal, 100, last))
    clip = cut(pal, 100, last)
    render_clip(pal, CaptionedClip(clip), target, Rendering(media_format(extension)))
    assert numbers_of(target) == list(range(100, last))
    assert abs(delay_of(target, pal, clip.start, clip.end)) < 0.005
    if extension != "mkv":  # where each packet is stored in another form
        assert set(packets(target)) <= set(packets(pal.path))


def test_it_is_encoded_where_a_copy_would_not_be_right(pal, cut, numbers_of, tmp_path):
    """Copies end only where no frame needs a later one, and begin at keyframes; every other cut is encoded."""
    target = tmp_path / "clip.mp4"
    copied = {last: can_copy(pal, 100, last) for last in range(140, 160)}
    assert set(copied.values()) == {True, False}
    assert copied[150]
    assert not can_copy(pal, 101, 150)
    assert not can_copy(pal, 740, 760)
    for last in copied:
        render_clip(pal, CaptionedClip(cut(pal, 100, last)), target, MP4)
        assert numbers_of(target) == list(range(100, last))


def test_a_varying_rate_becomes_a_steady_one(pal, ffmpeg, cut, numbers_of, delay_of, tmp_path):
    """Every third frame is gone; in its place the one before is shown longer."""
    path = tmp_path / "varying.mp4"
    ffmpeg("-i", pal.path, "-vf", "select=mod(n\\,3)", "-fps_mode", "vfr", "-codec:a", "copy", path)
    source = as_edit_source(open_recording(path))
    assert source.rate == FrameRate(Fraction(25))
    target = tmp_path / "clip.mp4"
    clip = cut(source, 300, 361)
    render_clip(source, CaptionedClip(clip), target, MP4)
    made = numbers_of(target)
    assert len(made) == 61
    assert all(abs(number - expected) <= 1 for number, expected in zip(made, range(300, 361), strict=True))
    assert abs(delay_of(target, source, clip.start, clip.end)) < 0.005


@pytest.mark.parametrize("first", [100, 101, 733])
def test_of_twice_as_many_pictures_every_second_one_is_shown(first, movies, cut, numbers_of, tmp_path):
    source = movies.make("fast.mp4", Fraction(120), 15, "-g", "240")
    assert source.rate.fps == 60
    for name, render in (("a.mp4", render_clip), ("b.mp4", _render_plainly)):
        render(source, CaptionedClip(cut(source, first, first + 12)), tmp_path / name, MP4)
        assert numbers_of(tmp_path / name) == [2 * (first + at) for at in range(12)]
        prove(source, [Part(cut(source, first, first + 12))], tmp_path / name, has_picture=True)


def _render_plainly(source, captioned, target, rendering):
    track = soundtrack(source, [captioned], rendering, target.parent)
    render_plainly(source, captioned, track, rendering, target)


def test_a_picture_that_begins_late_is_cut_by_its_own_frames(
    movies, ffmpeg, cut, numbers_of, delay_of, tmp_path, pal
):
    path = tmp_path / "late.mp4"
    ffmpeg(
        "-i",
        pal.path,
        "-itsoffset",
        "1.28",
        "-i",
        pal.path,
        "-map",
        "0:a",
        "-map",
        "1:v",
        "-codec",
        "copy",
        path,
    )
    source = as_edit_source(open_recording(path))
    assert source.start == Fraction(128, 100)
    target = tmp_path / "clip.mp4"
    clip = cut(source, 203, 253)
    render_clip(source, CaptionedClip(clip), target, MP4)
    assert numbers_of(target) == list(range(203, 253))
    assert abs(delay_of(target, source, clip.start, clip.end)) < 0.005


@pytest.mark.parametrize("extension", ["mp4", "webm", "mov"])
def test_a_reel_is_its_clips_one_directly_after_the_other(
    extension, ntsc, cut, numbers_of, delay_of, tmp_path
):
    spans = [(500, 533), (10, 71), (300, 301), (420, 480)]
    parts = [CaptionedClip(cut(ntsc, *span)) for span in spans]
    target = tmp_path / f"reel.{extension}"
    render_reel(ntsc, parts, target, Rendering(media_format(extension)))
    assert numbers_of(target) == [number for span in spans for number in range(*span)]
    at = Fraction(0)
    for part in parts:
        if part.clip.duration > Fraction(1, 2):
            assert abs(delay_of(target, ntsc, part.clip.start, part.clip.end, at)) < 0.005
        at += part.clip.duration
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_reel_of_sound(ntsc, delay_of, tmp_path):
    clips = [Clip("b", Fraction(20), Fraction(41, 2)), Clip("a", Fraction(3), Fraction(5))]
    target = tmp_path / "reel.flac"
    render_reel(
        ntsc, [CaptionedClip(clip) for clip in clips], target, Rendering(media_format("flac"), fade=0)
    )
    assert open_recording(target).duration == 2500
    assert delay_of(target, ntsc, Fraction(3), Fraction(5), Fraction(1, 2)) == 0


def test_the_sound_fades_in_and_out(pal, tmp_path):
    clip = Clip("a", Fraction(2), Fraction(4))
    made = {}
    for fade in (0, 100):
        target = tmp_path / f"{fade}.flac"
        render_clip(pal, CaptionedClip(clip), target, Rendering(media_format("flac"), fade=fade))
        with open_audio(open_recording(target)) as reader:
            made[fade] = reader.read(Fraction(0), Fraction(2)).samples[:, 0].astype(float)
    rate = pal.sample_rate
    assert np.array_equal(made[0][rate // 4 : -rate // 4], made[100][rate // 4 : -rate // 4])
    tenth = rate // 10
    for here, there in (
        (made[0][:tenth], made[100][:tenth]),
        (made[0][-tenth:][::-1], made[100][-tenth:][::-1]),
    ):
        gain = np.abs(there).reshape(10, -1).sum(axis=1) / np.abs(here).reshape(10, -1).sum(axis=1)
        assert np.all(np.diff(gain) > 0)
        assert gain[0] < 0.1
        assert gain[-1] > 0.9


@pytest.mark.parametrize(("target_loudness", "gain"), [(-23, 0.5), (-14, 0.02), (-30, 3.0)])
def test_loudness_is_brought_to_what_is_asked_for(target_loudness, gain, make, make_noise, ffmpeg, tmp_path):
    path = make("quiet.flac", make_noise(20) * gain, codec="flac")
    source = as_edit_source(open_recording(path))
    target = tmp_path / "clip.wav"
    clip = Clip("a", Fraction(3), Fraction(13))
    render_clip(source, CaptionedClip(clip), target, Rendering(media_format("wav"), loudness=target_loudness))
    assert measured_loudness(target, tmp_path) == pytest.approx(target_loudness, abs=0.5)
    with open_audio(open_recording(target)) as reader:
        assert np.abs(reader.read(Fraction(0), Fraction(10)).samples).max() <= 2**31 * 10 ** (-1 / 20) * 1.001


def measured_loudness(path: Path, folder: Path) -> float:
    """By FFmpeg's loudnorm, a meter other than the one in use."""
    import json
    import subprocess

    import imageio_ffmpeg

    run = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-i", path, "-af", "loudnorm=print_format=json", "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    start = run.stderr.rindex("{")
    return float(json.loads(run.stderr[start : run.stderr.index("}", start) + 1])["input_i"])


def test_silence_stays_silence(make, tmp_path):
    path = make("silent.flac", np.zeros(48_000 * 5, dtype=np.float32), codec="flac")
    source = as_edit_source(open_recording(path))
    target = tmp_path / "clip.wav"
    render_clip(
        source,
        CaptionedClip(Clip("a", Fraction(1), Fraction(3))),
        target,
        Rendering(media_format("wav"), loudness=-23),
    )
    assert open_recording(target).duration == 2000


def test_the_middle_of_the_picture_for_telephones(pal, cut, tmp_path):
    target = tmp_path / "clip.mp4"
    render_clip(pal, CaptionedClip(cut(pal, 100, 110)), target, replace(MP4, vertical=True))
    video = open_recording(target).video
    assert video is not None
    assert (video.width, video.height) == (1080, 1920)
    with av.open(str(target)) as container:
        frame = next(container.decode(video=0)).to_ndarray(format="gray")
    # 54 of 128 columns are left, those of the blocks from the middle of the third to the middle of the sixth.
    blocks = [bool(100 >> bit & 1) for bit in range(8)]
    assert [level > 128 for level in frame[100, [30, 300, 650, 1050]]] == blocks[2:6]


def test_captions_are_drawn_into_the_picture(pal, cut, numbers_of, tmp_path):
    captions = (BurnedInCaption(TimeSpan(400, 1200), ("The words {of} a \\N quote", "on two lines – “so”")),)
    plain, drawn = tmp_path / "plain.mp4", tmp_path / "drawn.mp4"
    render_clip(pal, CaptionedClip(cut(pal, 103, 153)), plain, MP4)
    render_clip(pal, CaptionedClip(cut(pal, 103, 153), captions), drawn, MP4)
    assert numbers_of(drawn) == list(range(103, 153))
    differing = [
        np.abs(one.astype(int) - other).max() > 60
        for one, other in zip(below(plain), below(drawn), strict=True)
    ]
    assert differing == [10 <= number < 30 for number in range(50)]


def below(path: Path) -> list[np.ndarray]:
    """The lower half of each frame."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="gray")[48:] for frame in container.decode(video=0)]


def test_letters_that_no_font_has_are_an_error_and_no_file(pal, cut, tmp_path):
    captions = (BurnedInCaption(TimeSpan(0, 1000), ("\U0010fffd",)),)
    with pytest.raises(MediaError, match="no font"):
        render_clip(pal, CaptionedClip(cut(pal, 103, 113), captions), tmp_path / "clip.mp4", MP4)
    assert list(tmp_path.iterdir()) == []


def test_the_file_tells_what_it_is_and_nothing_of_the_recording(movies, cut, tmp_path):
    source = movies.make(
        "private.mp4", Fraction(25), 4, "-metadata", "location=+50.8+4.3/", "-timecode", "10:00:00:00"
    )
    target = tmp_path / "clip.mp4"
    clip = cut(source, 30, 60, name="Rosa: “We can”", speaker="Rosa Balfour", text="We can; do = it")
    render_clip(source, CaptionedClip(clip), target, MP4)
    with av.open(str(target)) as container:
        tags = dict(container.metadata)
    assert (tags["title"], tags["artist"], tags["comment"]) == (
        "Rosa: “We can”",
        "Rosa Balfour",
        "We can; do = it",
    )
    assert not {"location", "location-eng"} & set(tags)
    assert open_recording(target).timecode == "10:00:01:05"


def test_drop_frame_timecode_of_a_clip(ntsc, cut, tmp_path):
    target = tmp_path / "clip.mov"
    render_clip(ntsc, CaptionedClip(cut(ntsc, 30, 60)), target, Rendering(media_format("mov")))
    assert open_recording(target).timecode == "01:00:01;00"


def test_sound_alone_has_no_picture_to_work_on(make, make_noise, pal, cut, tmp_path):
    source = as_edit_source(open_recording(make("a.flac", make_noise(3), codec="flac")))
    clip = Clip("a", Fraction(1), Fraction(2))
    caption = (BurnedInCaption(TimeSpan(0, 1000), ("Hello",)),)
    for part, rendering in (
        (CaptionedClip(clip), MP4),
        (CaptionedClip(clip, caption), Rendering(media_format("m4a"))),
        (CaptionedClip(clip), Rendering(media_format("m4a"), vertical=True)),
    ):
        with pytest.raises(MediaError, match="has no picture"):
            render_clip(source, part, tmp_path / "clip.mp4", rendering)
    with pytest.raises(MediaError, match="m4a is a format of sound"):
        render_clip(
            pal, CaptionedClip(cut(pal, 1, 9), caption), tmp_path / "clip.m4a", Rendering(media_format("m4a"))
        )
    assert [path.name for path in tmp_path.iterdir()] == ["a.flac"]


def test_an_unknown_format_is_told_with_those_there_are():
    with pytest.raises(MediaError, match="can't be written as 'wma': choose one of mp4, mov"):
        media_format("wma")


def test_a_clip_late_in_a_long_movie_decodes_no_more_than_one_early(pal, movies, ffmpeg, cut, tmp_path):
    """An hour of a movie (benchmarks/clips.py has five); what is counted is processor time, of two in one run."""
    joined = tmp_path / "list.ffconcat"
    joined.write_text("ffconcat version 1.0\n" + f"file '{pal.path}'\n" * 120)
    long = tmp_path / "long.mp4"
    ffmpeg("-f", "concat", "-safe", "0", "-i", joined, "-codec", "copy", long)
    source = as_edit_source(open_recording(long))
    assert source.recording.duration >= 3_590_000
    spent = []
    for first in (203, source.frames - 1000):
        begin = processor_time()
        render_clip(source, CaptionedClip(cut(source, first, first + 50)), tmp_path / "clip.mp4", MP4)
        spent.append(processor_time() - begin)
    assert spent[1] < 2 * spent[0] + 0.3


def processor_time() -> float:
    """Seconds of this process and those that it has waited for."""
    import resource

    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


@pytest.mark.parametrize("extension", ["mp4", "mov", "mkv", "mp3", "m4a"])
def test_a_reel_has_a_chapter_for_each_clip(extension, pal, cut, tmp_path):
    clips = [cut(pal, 100, 125, name="One; = two"), cut(pal, 300, 350, name="Zwei")]
    target = tmp_path / f"reel.{extension}"
    render_reel(pal, [CaptionedClip(clip) for clip in clips], target, Rendering(media_format(extension)))
    with av.open(str(target)) as container:
        chapters = [
            (
                one["metadata"]["title"],
                float(one["start"] * (one["time_base"] or 0)),
                float(one["end"] * (one["time_base"] or 0)),
            )
            for one in container.chapters()
        ]
    assert [title for title, _, _ in chapters] == ["One; = two", "Zwei"]
    times = [time for _, *times in chapters for time in times]
    assert times == pytest.approx([0, 1, 1, 3], abs=0.05)
