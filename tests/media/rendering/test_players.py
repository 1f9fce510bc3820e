"""Lists for players, opened by the players: FFmpeg's concat and metadata, and mpv without a screen."""

import shutil
import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from asdelivered.media.cutlists.errors import CutListError
from asdelivered.media.cutlists.ffconcat import to_concat
from asdelivered.media.cutlists.ffmetadata import to_ffmetadata
from asdelivered.media.cutlists.m3u import to_m3u
from asdelivered.media.cutlists.mlt import limit_of_mlt, to_mlt
from asdelivered.media.cutlists.mpv import to_mpv
from asdelivered.media.edit import CutList
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.encoding import CaptionedClip, Rendering
from asdelivered.media.rendering.formats import media_format
from asdelivered.media.rendering.render import render_clip
from asdelivered.media.sound import SoundChoice, hearing

SPANS = [(503, 533), (10, 71), (420, 480)]
NAMES = ["one, two = three", "it's “so”; # 4 %5%", "back \\"]


@pytest.fixture(params=["pal", "ntsc"])
def cuts(request, cut) -> CutList:
    source = request.getfixturevalue(request.param)
    clips = tuple(cut(source, *span, name=name) for span, name in zip(SPANS, NAMES, strict=True))
    return CutList("A title; = # \\", source, clips)


@pytest.fixture
def rendered(cuts: CutList, tmp_path: Path) -> CutList:
    """The same list, its clips rendered to files with awkward names."""
    clips = []
    for number, clip in enumerate(cuts.clips):
        target = tmp_path / f"it's {number} #.mkv"
        render_clip(cuts.source, CaptionedClip(clip), target, Rendering(media_format("mkv")))
        clips.append(replace(clip, file=target))
    return replace(cuts, clips=tuple(clips))


def expected() -> list[int]:
    return [number for span in SPANS for number in range(*span)]


def test_ffmpeg_joins_the_rendered_clips_exactly(rendered, ffmpeg, numbers_of, tmp_path):
    script = tmp_path / "cuts.ffconcat"
    script.write_bytes(to_concat(rendered))
    joined = tmp_path / "joined.mkv"
    ffmpeg("-f", "concat", "-safe", "0", "-i", script, "-map", "0:v", "-codec", "copy", joined)
    assert numbers_of(joined) == expected()


def test_ffmpeg_opens_parts_of_the_recording_as_well_as_it_can(cuts, ffmpeg, numbers_of, tmp_path):
    """Its own limit, which the script and the docs tell of: edges lie anywhere up to the keyframe before."""
    script = tmp_path / "cuts.ffconcat"
    script.write_bytes(to_concat(cuts))
    assert b"# FFmpeg cuts these parts near keyframes" in script.read_bytes()
    joined = tmp_path / "joined.mkv"
    ffmpeg("-f", "concat", "-safe", "0", "-i", script, "-map", "0:v", "-codec:v", "libx264", joined)
    shown = numbers_of(joined)
    for first, last in SPANS:
        assert len(set(range(first, last)) & set(shown)) > 0.8 * (last - first)


def test_ffmpeg_reads_the_chapters(cuts, ffmpeg, tmp_path):
    metadata, target = tmp_path / "cuts.ffmetadata", tmp_path / "with.mkv"
    metadata.write_bytes(to_ffmetadata(cuts))
    ffmpeg(
        "-i",
        cuts.source.path,
        "-i",
        metadata,
        "-map_metadata",
        "1",
        "-map_chapters",
        "1",
        "-codec",
        "copy",
        target,
    )
    with av.open(str(target)) as container:
        assert container.metadata["title"].strip() == cuts.title
        chapters = container.chapters()
    in_time = sorted(cuts.clips, key=lambda clip: clip.start)
    assert [chapter["metadata"]["title"].strip() for chapter in chapters] == [clip.name for clip in in_time]
    for chapter, clip in zip(chapters, in_time, strict=True):
        tick = chapter["time_base"]
        assert tick is not None
        assert abs(chapter["start"] * tick - clip.start) <= 0.001
        assert abs(chapter["end"] * tick - clip.end) <= 0.001


def mpv(folder: Path, *arguments: object) -> list[int]:
    """Let mpv play something without a screen, into a file of raw pictures; return their numbers."""
    program = shutil.which("mpv")
    if program is None:
        pytest.skip("mpv is not installed")
    target = folder / "played.yuv"
    output = [
        "--of=rawvideo",
        "--ovc=rawvideo",
        f"--o={target}",
        "--no-audio",
        "--no-config",
        "--vf=format=gray",
    ]
    subprocess.run([program, *output, *map(str, arguments)], check=True, capture_output=True, timeout=120)
    pictures = np.frombuffer(target.read_bytes(), dtype=np.uint8).reshape(-1, 96, 128)
    return [number_in(picture) for picture in pictures]


def number_in(picture: np.ndarray) -> int:
    blocks = picture[:32].reshape(2, 16, 8, 16).mean(axis=(1, 3)).reshape(-1)
    return sum(1 << bit for bit, level in enumerate(blocks) if level > 128)


def test_mpv_plays_its_list_exactly(cuts, tmp_path):
    path = tmp_path / "cuts.mpv.edl"
    path.write_bytes(to_mpv(cuts))
    assert mpv(tmp_path, path) == expected()


def test_mpv_plays_a_list_of_a_file_with_an_awkward_name(pal, cut, tmp_path):
    path = tmp_path / "a, b;=%3%ü #1.mp4"
    shutil.copy(pal.path, path)
    source = replace(pal, recording=replace(pal.recording, path=path))
    edl = tmp_path / "cuts.mpv.edl"
    edl.write_bytes(to_mpv(CutList("a", source, (cut(source, 100, 150, name="x,y=%2%z"),))))
    assert mpv(tmp_path, edl) == list(range(100, 150))


def test_melt_plays_its_list_exactly(cuts, ffmpeg, numbers_of, tmp_path):
    program = shutil.which("melt")
    if program is None:
        pytest.skip("melt is not installed")
    path, target = tmp_path / "cuts.mlt", tmp_path / "played.mkv"
    path.write_bytes(to_mlt(cuts))
    output = [f"avformat:{target}", "vcodec=ffv1", "acodec=pcm_s16le", "real_time=-1"]
    subprocess.run([program, path, "-consumer", *output], check=True, capture_output=True, timeout=120)
    assert numbers_of(target) == expected()


@pytest.mark.parametrize(
    ("name", "coding"),
    [
        ("pictures.ts", ["-bf", "0", "-codec:a", "mp2"]),
        ("pictures.m2ts", ["-bf", "0", "-codec:a", "ac3"]),
        ("pictures.avi", ["-codec:v", "mpeg4", "-codec:a", "mp3"]),
    ],
)
def test_where_melt_is_inexact_the_list_says_so(movies, name, coding):
    source = movies.make(name, Fraction(25), 30, "-g", "50", *coding)
    told = limit_of_mlt(source)
    assert told is not None
    assert f"for {name} is in a format in which they can't seek exactly" in told


def test_where_melt_is_exact_nothing_is_said(pal, ntsc):
    assert limit_of_mlt(pal) is None
    assert limit_of_mlt(ntsc) is None


def test_melt_gets_no_list_of_a_joined_recording(pal, cut):
    joined = replace(pal, recording=replace(pal.recording, offsets=(0.0, 15.0)))
    with pytest.raises(CutListError, match="joined from 2 parts"):
        to_mlt(CutList("a", joined, (cut(pal, 0, 10),)))


@pytest.mark.parametrize(("track", "pitch"), [(1, 440), (2, 880)])
def test_melt_plays_the_track_that_is_heard(track, pitch, pal, cut, ffmpeg, tmp_path):
    program = shutil.which("melt")
    if program is None:
        pytest.skip("melt is not installed")
    film, edit, target = tmp_path / "film.mp4", tmp_path / "cuts.mlt", tmp_path / "played.mkv"
    tones = [word for tone in (440, 880) for word in ("-f", "lavfi", "-i", f"sine={tone}:r=48000:d=6")]
    ffmpeg(
        "-i", pal.path, *tones, "-map", "0:v", "-map", "1:a", "-map", "2:a", "-t", "6", "-c:v", "copy", film
    )
    source = as_edit_source(hearing(open_recording(film), SoundChoice(track)))
    edit.write_bytes(to_mlt(CutList("a", source, (cut(source, 50, 100),))))
    output = [f"avformat:{target}", "vcodec=ffv1", "acodec=pcm_s16le", "ar=48000", "ac=1", "real_time=-1"]
    subprocess.run([program, edit, "-consumer", *output], check=True, capture_output=True, timeout=120)
    with av.open(str(target)) as container:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    assert np.abs(np.fft.rfft(sound)).argmax() * 48_000 / len(sound) == pytest.approx(pitch, abs=5)


def test_mpv_plays_the_rendered_clips(rendered, tmp_path):
    for name, write in (("cuts.ffconcat", to_concat), ("cuts.m3u", to_m3u)):
        path = tmp_path / name
        path.write_bytes(write(rendered))
        assert mpv(tmp_path, "--demuxer-lavf-o=safe=0", path) == expected()
