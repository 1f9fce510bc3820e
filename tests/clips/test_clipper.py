"""Clips from Python: `clip` from a file and from an Alignment, its options, its report, and its example."""

import doctest
import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import imageio_ffmpeg
import pysrt
import pytest

import asdelivered.clips
from asdelivered.align import AlignError, Alignment
from asdelivered.clips import (
    ClipError,
    EditOptions,
    QuoteRequest,
    RenderOptions,
    clip,
    clipper,
    read_quotes,
)
from asdelivered.media import MediaError, links, open_recording
from asdelivered.media.cutlists import FORMATS
from asdelivered.media.cutlists.errors import CutListError
from asdelivered.media.timecode import FrameRate
from asdelivered.subtitles import SubtitleError, find_style
from asdelivered.subtitles.style import Kind

AGAIN = "we can do it again"
PIER = "we will rebuild the north pier, higher and wider than before"
UNSPOKEN = "We can be proud of them"


@pytest.mark.parametrize("module", [clipper, links])
def test_the_examples_in_docstrings_hold(module, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(harbour.parent)
    result = doctest.testmod(module)
    assert result.attempted > 1
    assert result.failed == 0


def test_every_public_name_is_there() -> None:
    names = dir(asdelivered.clips)
    assert {"clip", "read_quotes", "EditOptions", "RenderOptions", "ClipError"} <= set(names)
    assert all(hasattr(asdelivered.clips, name) for name in names)


def test_lists_and_clips_of_a_file(harbour: Path) -> None:
    folder, edl = harbour.parent / "clips", harbour.parent / "cuts.edl"
    report = clip(harbour, [AGAIN, PIER], lists=[edl, str(harbour.parent / "cuts.csv")], folder=folder)
    assert report.failures == ()
    assert report.lists == (edl, harbour.parent / "cuts.csv")
    assert "001  HARBOUR" in edl.read_text()
    assert sorted(report.files) == sorted(folder.glob("[!.]*"))
    for one, rendered in zip(report.clips, report.rendered, strict=True):
        sound, captions = rendered.files
        assert one.clip.file == sound.absolute()
        assert open_recording(sound).duration == pytest.approx(float(one.clip.duration) * 1000, abs=30)
        assert " ".join(pysrt.open(str(captions)).text.split()) == one.clip.text


def test_an_alignment_in_memory_needs_no_file(
    harbour: Path, alignment: Alignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_file = clip(harbour, [AGAIN]).clips
    sound = harbour.parent / "harbour.opus"
    assert clip(alignment, [AGAIN], recording=sound).clips == from_file
    monkeypatch.chdir(harbour.parent)  # from there its recording's path leads to the recording
    assert clip(alignment, [AGAIN]).clips == from_file
    monkeypatch.chdir("/")
    with pytest.raises(MediaError, match="there is no file"):
        clip(alignment, [AGAIN])


def test_the_options_of_an_edit(harbour: Path) -> None:
    plain = clip(harbour, [AGAIN, PIER]).clips
    ordered = clip(harbour, [AGAIN, PIER], edit=EditOptions(by_time=True)).clips
    assert {one.clip for one in ordered} == {one.clip for one in plain}
    assert ordered[0].clip.start < ordered[1].clip.start
    wide = clip(harbour, [AGAIN], edit=EditOptions(handles=500)).clips[0].clip
    assert float(plain[0].clip.start - wide.start) == pytest.approx(0.5, abs=0.01)
    joined = clip(harbour, [PIER, f"First, {PIER}"], edit=EditOptions(merge=True)).clips
    assert [one.clip.text for one in joined] == [f"First, {PIER}."]
    target = harbour.parent / "cuts.edl"
    edit = EditOptions(rate=FrameRate(Fraction(30)), timecode="10:00:00:00", title="Harbour")
    clip(harbour, [AGAIN], lists=[target], edit=edit)
    assert target.read_text().startswith("TITLE: Harbour")
    assert " 10:01:" in target.read_text()


def test_a_reel_is_one_file(harbour: Path) -> None:
    folder = harbour.parent / "reel"
    report = clip(harbour, [PIER, AGAIN], folder=folder, render=RenderOptions(reel=True, format="m4a"))
    assert report.files == (folder / "reel.m4a", folder / "reel.srt")
    assert report.to_json()["reel"] == [str(path) for path in report.files]
    length = sum(float(one.clip.duration) for one in report.clips)
    assert open_recording(folder / "reel.m4a").duration == pytest.approx(length * 1000, abs=60)


def test_quotes_of_a_file_keep_their_names_and_places(harbour: Path) -> None:
    table = harbour.parent / "quotes.csv"
    table.write_text(f'quote,name\n"{PIER}",The pier\n{UNSPOKEN},\n')
    report = clip(harbour, [*read_quotes(table), QuoteRequest(AGAIN, "the editor"), "no such words at all"])
    assert report.clips[0].clip.name == "The pier"
    assert [(one.request.where, one.reason) for one in report.failures] == [
        (f"{table}, line 3", "it stands in the transcript, but was not spoken in the recording"),
        ("quote 4", "nothing like it stands in the transcript"),
    ]


def test_nothing_is_replaced_unasked(harbour: Path) -> None:
    target = harbour.parent / "cuts.edl"
    target.write_text("mine")
    with pytest.raises(ClipError, match="is there already"):
        clip(harbour, [AGAIN], lists=[target])
    assert target.read_text() == "mine"
    clip(harbour, [AGAIN], lists=[target], overwrite=True)
    assert target.read_text() != "mine"
    with pytest.raises(ClipError, match="would be replaced"):
        clip(harbour, [AGAIN], lists=[harbour], overwrite=True)


def test_another_recording_is_refused_unless_it_is_named(harbour: Path) -> None:
    sound = harbour.parent / "harbour.opus"
    sound.write_bytes(sound.read_bytes() + b"\0")
    folder = harbour.parent / "clips"
    with pytest.raises(ClipError, match="is not the recording that was aligned"):
        clip(harbour, [AGAIN], folder=folder)
    assert not folder.exists()
    report = clip(harbour, [AGAIN], recording=sound)
    assert len(report.clips) == 1
    assert "its SHA-256 differs" in report.remarks[0]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"lists": ["cuts.unknown"]}, CutListError),
        ({"folder": "out", "render": RenderOptions(format="exe")}, MediaError),
        ({"folder": "out", "render": RenderOptions(burn_in=True)}, MediaError),
        ({"folder": "out", "render": RenderOptions(captions=("exe",))}, SubtitleError),
        ({"folder": "out", "render": RenderOptions(style="none of that name")}, SubtitleError),
        ({"recording": "nowhere.opus"}, MediaError),
        ({"edit": EditOptions(timecode="25:00:00:00")}, ClipError),
    ],
)
def test_what_can_t_be_made_is_refused_before_any_file_is_written(
    harbour: Path, options, error, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(harbour.parent)
    before = sorted(harbour.parent.rglob("*"))
    with pytest.raises(error):
        clip(harbour, [AGAIN], **options)
    assert sorted(harbour.parent.rglob("*")) == before


def test_a_missing_alignment_is_an_error_of_align(tmp_path: Path) -> None:
    with pytest.raises(AlignError):
        clip(tmp_path / "nothing.alignment.json", [AGAIN])


def test_a_style_of_one_s_own(harbour: Path) -> None:
    netflix = find_style("netflix")
    narrow = tuple(
        replace(rule, limit=Fraction(24)) if rule.kind is Kind.LINE_LENGTH else rule for rule in netflix.rules
    )
    render = RenderOptions(style=replace(netflix, rules=narrow))
    _, captions = clip(harbour, [PIER], folder=harbour.parent / "out", render=render).files
    lines = [line for cue in pysrt.open(str(captions)) for line in cue.text.splitlines()]
    assert len(lines) > 2
    assert max(map(len, lines)) <= 24


def test_another_timecode_than_the_recordings_is_told(harbour: Path) -> None:
    assert clip(harbour, [AGAIN], edit=EditOptions(timecode="10:00:00:00")).remarks == ()
    movie = harbour.parent / "movie.mov"
    picture = ("-f", "lavfi", "-i", "testsrc2=r=25:s=64x64:d=144")
    arguments = (
        *picture,
        "-i",
        harbour.parent / "harbour.opus",
        "-timecode",
        "10:00:00:00",
        "-shortest",
        movie,
    )
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *arguments], check=True)
    told = clip(harbour, [AGAIN], recording=movie, edit=EditOptions(timecode="10:00:02:05")).remarks[-1]
    assert "says that it starts at 10:00:00:00" in told
    assert "10:00:02:05, as --timecode says, 2.200 s later" in told
    assert len(clip(harbour, [AGAIN], recording=movie, edit=EditOptions(timecode="10:00:00:00")).remarks) == 2


def _silenced(recording: Path, start: float, end: float) -> Path:
    """Write a copy of a recording in which nothing is heard for some seconds."""
    copy = recording.with_name("copy.opus")
    silence = f"volume=0:enable='between(t,{start},{end})'"
    program = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", recording, "-af", silence, copy]
    subprocess.run(program, check=True)
    return copy


def test_a_clip_that_was_refused_is_in_no_list(harbour: Path) -> None:
    lost = clip(harbour, [PIER]).clips[0].clip
    copy = _silenced(harbour.parent / "harbour.opus", float(lost.start), float(lost.end))
    folder = harbour.parent / "made"
    lists = [folder / f"cuts{known.ending}" for known in FORMATS if known.ending != ".youtube.txt"]
    report = clip(harbour, [PIER, AGAIN], lists=lists, folder=folder, recording=copy)
    assert [one.request.where for one in report.failures] == ["rendering"]
    assert [bool(one.files) for one in report.rendered] == [False, True]
    assert "clips that could not be made, and are in no list: 1" in report.remarks
    assert report.to_json()["remarks"] == list(report.remarks)
    assert report.lists == tuple(lists)
    for path in lists:
        data = path.read_bytes().replace(b"\0", b"").lower()  # Avid's names have two bytes for each letter
        assert b"north" not in data, path
        if path.name not in ("cuts.mlt", "cuts.vegas.txt"):  # which name the recording alone
            assert b"again" in data, path
    alone = [harbour.parent / "cuts.mlt", harbour.parent / "cuts.vegas.txt"]
    clip(harbour, [AGAIN], lists=alone, recording=copy)
    assert [path.read_bytes() for path in alone] == [(folder / path.name).read_bytes() for path in alone]


@pytest.mark.parametrize("reel", [False, True])
def test_a_list_of_nothing_is_not_written(harbour: Path, reel: bool) -> None:
    lost = clip(harbour, [PIER]).clips[0].clip
    copy = _silenced(harbour.parent / "harbour.opus", float(lost.start), float(lost.end))
    folder, edl = harbour.parent / "made", harbour.parent / "cuts.edl"
    report = clip(
        harbour, [PIER], lists=[edl], folder=folder, recording=copy, render=RenderOptions(reel=reel)
    )
    assert report.failures
    assert report.lists == ()
    assert not edl.exists()
    assert "clips that could not be made, and are in no list: 1" in report.remarks
