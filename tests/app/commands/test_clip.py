"""`asdelivered clip` on the bundled example, with times from the truth."""

import csv
import json
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import opentimelineio as otio
import pysrt
import pytest
from truth_alignment import truth_alignment
from typer.testing import CliRunner

from asdelivered.align.document.alignment import Sound, SoundKind
from asdelivered.align.document.alignment_json import load, save
from asdelivered.app.main import app
from asdelivered.base.span import TimeSpan
from asdelivered.media.recording import open_recording

PIER = "we will rebuild the north pier, higher and wider than before"
COST = "It will cost $24 million over three years"
ROAD = "The road stays open on weekdays from 6 in the morning"
UNSPOKEN = "We can be proud of them"


@pytest.fixture(scope="module")
def movie(sound: Path, tmp_path_factory) -> Path:
    """The example's sound under a picture of 25 frames a second, from 10:00:00:00."""
    path = tmp_path_factory.mktemp("movie") / "harbour.mp4"
    run_ffmpeg(
        *("-f", "lavfi", "-i", "testsrc=s=320x180:r=25:d=143", "-i", sound, "-shortest"),
        *("-pix_fmt", "yuv420p", "-preset", "ultrafast", "-codec:a", "aac", "-timecode", "10:00:00:00", path),
    )
    return path


def run_ffmpeg(*arguments: object) -> None:
    import subprocess

    import imageio_ffmpeg

    program = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run([program, "-v", "error", "-y", *map(str, arguments)], check=True)


@pytest.fixture(scope="module")
def of_sound(page: Path, sound: Path, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "harbour.alignment.json"
    save(truth_alignment(page.with_suffix(".truth.json"), sound, page), path)
    return path


@pytest.fixture(scope="module")
def of_movie(page: Path, movie: Path, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("movie") / "harbour.alignment.json"
    save(truth_alignment(page.with_suffix(".truth.json"), movie, page), path)
    return path


def clip(*arguments: str | Path):
    return CliRunner().invoke(app, ["clip", *map(str, arguments)])


def made(*arguments: str | Path) -> dict:
    run = clip(*arguments, "--json")
    assert run.exit_code == 0, run.stderr
    return json.loads(run.stdout)


def names(folder: Path) -> list[str]:
    """All but the record of what the program wrote."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".asdelivered.json")


def test_a_cut_list_and_the_clips_in_the_given_order(of_movie, tmp_path):
    edl, out = tmp_path / "lists" / "cuts.edl", tmp_path / "out"
    report = made(
        of_movie, "--quote", ROAD, "--quote", PIER, "--to", edl, "--render", out, "--captions", "srt,vtt"
    )
    assert [one["text"].split()[1] for one in report["clips"]] == ["road", "will"]
    assert report["lists"] == [str(edl)]
    assert report["failed"] == []
    files = [Path(path) for one in report["clips"] for path in one["files"]]
    assert sorted(path.name for path in files) == names(out)
    assert [path.suffix for path in files] == [".mp4", ".srt", ".vtt"] * 2
    timeline = otio.adapters.read_from_file(str(edl), rate=25)
    for one, span in zip(
        report["clips"], [clip.source_range for clip in timeline.find_clips()], strict=False
    ):
        assert span.start_time.value == 10 * 3600 * 25 + round(one["start"] * 25)
        recording = open_recording(Path(one["files"][0]))
        assert recording.timecode == otio.opentime.to_timecode(span.start_time)
        assert recording.duration == round(one["end"] * 1000) - round(one["start"] * 1000)


def test_words_are_whole_and_captions_are_on_the_clip_s_clock(of_movie, page, tmp_path):
    report = made(of_movie, "--quote", COST, "--render", tmp_path)
    one = report["clips"][0]
    truth = json.loads(page.with_suffix(".truth.json").read_text("utf-8"))["lines"][12]
    assert one["start"] <= truth["start"] - 0.03
    assert one["end"] >= truth["end"] + 0.03
    captions = pysrt.open(one["files"][1])
    assert " ".join(caption.text for caption in captions).split() == truth["text"].split()
    assert captions[0].start.ordinal == pytest.approx((truth["start"] - one["start"]) * 1000, abs=90)
    assert captions[-1].end.ordinal <= round((one["end"] - one["start"]) * 1000)


def test_clips_by_time_and_with_handles(of_sound, tmp_path):
    target = tmp_path / "cuts.csv"
    plain = made(of_sound, "--quote", ROAD, "--quote", PIER, "--to", target, "--order", "time")
    assert [one["text"].split()[1] for one in plain["clips"]] == ["will", "road"]
    rows = list(csv.DictReader(target.read_text().splitlines()))
    assert [float(row["start"]) for row in rows] == [one["start"] for one in plain["clips"]]
    wide = made(of_sound, "--quote", PIER, "--to", target, "--handles", "2.5", "--force")["clips"][0]
    assert plain["clips"][0]["start"] - wide["start"] == pytest.approx(2.5, abs=0.01)
    assert wide["end"] - plain["clips"][0]["end"] == pytest.approx(2.5, abs=0.01)


def test_overlapping_clips_become_one_on_request(of_sound, tmp_path):
    quotes = ("--quote", ROAD, "--quote", f"First, {PIER}", "--quote", f"{PIER}. {COST}")
    target = tmp_path / "cuts.json"
    report = made(of_sound, *quotes, "--to", target, "--merge")
    assert len(report["clips"]) == 2
    assert report["clips"][1]["text"] == f"First, {PIER}. {COST}."
    assert len(made(of_sound, *quotes, "--to", target, "--force")["clips"]) == 3


def test_what_a_person_should_look_at_is_told(of_sound, tmp_path):
    quotes = (
        "--quote",
        "stays open on weekdays",
        "--quote",
        "Thank you",
        "--quote",
        f"{COST} and a half of that",
    )
    report = made(of_sound, *quotes, "--to", tmp_path / "cuts.edl")
    middle, often, differing = (" / ".join(one["notes"]) for one in report["clips"])
    assert "begins in the middle of a sentence" in middle
    assert "ends in the middle of a sentence" in middle
    assert "the same words were said" in often
    assert "the words differ" in differing
    edl = (tmp_path / "cuts.edl").read_text()
    assert "* COMMENT: begins in the middle of a sentence" in edl


def test_low_confidence_is_told(of_sound, tmp_path):
    alignment = load(of_sound)
    lines = [
        replace(
            line, words=tuple(replace(word, confidence=0.3 if word.span else None) for word in line.words)
        )
        for line in alignment.lines
    ]
    unsure = tmp_path / "unsure.alignment.json"
    save(replace(alignment, lines=tuple(lines)), unsure)
    report = made(unsure, "--quote", COST, "--to", tmp_path / "cuts.edl")
    assert report["clips"][0]["notes"] == [
        "the time of its first or last word is uncertain (confidence 0.30)"
    ]


def test_applause_that_the_aligner_heard_over_an_edge_is_told(of_sound, tmp_path):
    alignment = load(of_sound)
    line = next(line.span for line in alignment.lines if line.text.startswith(COST))
    assert line is not None
    applause = Sound(SoundKind.APPLAUSE, TimeSpan(line.end - 500, line.end + 3000))
    heard = tmp_path / "heard.alignment.json"
    save(replace(alignment, sounds=(applause,)), heard)
    report = made(heard, "--quote", COST, "--to", tmp_path / "cuts.edl")
    assert report["clips"][0]["notes"] == ["applause or other noise runs over its end"]


def test_two_speakers_at_once_and_speech_that_the_text_lacks_are_told(of_sound, tmp_path):
    alignment = load(of_sound)
    lines = list(alignment.lines)
    place = next(number for number, line in enumerate(lines) if line.text.startswith(COST))
    words = lines[place].words[:1]
    lines[place + 1] = replace(
        lines[place], id="other", speaker="Somebody else", text=words[0].text, words=words
    )
    other = tmp_path / "other.alignment.json"
    span = lines[place].span
    assert span is not None
    extra = TimeSpan(span.start + 200, span.start + 900)
    save(replace(alignment, lines=tuple(lines), untranscribed=(extra,)), other)
    notes = made(other, "--quote", COST, "--to", tmp_path / "cuts.edl")["clips"][0]["notes"]
    assert "somebody else speaks at the same time" in notes
    assert "something is said in it that the transcript lacks" in notes


def test_every_list_at_once(of_movie, tmp_path):
    from asdelivered.media.cutlists import FORMATS

    targets = [tmp_path / f"cuts{known.ending}" for known in FORMATS]
    quotes = [argument for quote in (PIER, ROAD, COST) for argument in ("--quote", quote)]
    made(of_movie, *quotes, *(argument for target in targets for argument in ("--to", target)))
    assert names(tmp_path) == sorted(target.name for target in targets)


def test_a_reel(of_movie, tmp_path):
    report = made(of_movie, "--quote", ROAD, "--quote", COST, "--render", tmp_path, "--reel", "--poster")
    assert names(tmp_path) == ["reel.jpg", "reel.mp4", "reel.srt"]
    seconds = sum(one["end"] - one["start"] for one in report["clips"])
    assert open_recording(tmp_path / "reel.mp4").duration == pytest.approx(seconds * 1000, abs=2)
    captions = pysrt.open(str(tmp_path / "reel.srt"))
    assert "It will cost" in captions[-1].text + captions[-2].text
    assert captions[-1].end.ordinal <= seconds * 1000
    assert captions[0].start.ordinal < 200


@pytest.mark.parametrize(
    ("options", "files"),
    [
        ([], [".opus", ".srt"]),
        (["--format", "mp3", "--captions", "none", "--loudness", "-23"], [".mp3"]),
        (["--audiogram", "--poster"], [".jpg", ".mp4", ".srt"]),
        (["--poster", "--format", "wav", "--fade", "0"], [".jpg", ".srt", ".wav"]),
    ],
)
def test_clips_of_sound_alone(options, files, of_sound, tmp_path):
    report = made(of_sound, "--quote", "Three storms in five weeks", "--render", tmp_path, *options)
    assert sorted(Path(name).suffix for name in names(tmp_path)) == files
    one = report["clips"][0]
    media = open_recording(Path(one["files"][0]))
    assert media.duration == pytest.approx((one["end"] - one["start"]) * 1000, abs=45)
    assert (media.video is not None) == ("--audiogram" in options)


def test_captions_in_the_picture_for_telephones(of_movie, tmp_path):
    plain, drawn = tmp_path / "plain", tmp_path / "drawn"
    made(of_movie, "--quote", "Three storms in five weeks", "--render", plain, "--vertical")
    report = made(
        of_movie, "--quote", "Three storms in five weeks", "--render", drawn, "--vertical", "--burn-in"
    )
    pictures = []
    for folder in (plain, drawn):
        (path,) = folder.glob("*.mp4")
        with av.open(str(path)) as container:
            pictures.append(list(container.decode(video=0))[20].to_ndarray(format="gray").astype(int))
    assert pictures[0].shape == (1920, 1080)
    changed = abs(pictures[0] - pictures[1]) > 60
    assert changed[1200:].sum() > 3000
    assert changed[:900].sum() < 200
    assert report["clips"][0]["files"][0].endswith(".mp4")


QUOTES = {
    "quotes.txt": f"{COST}\n\n“{ROAD}”\n",
    "quotes.csv": f'speaker,Quote,name\nReed,"{COST}",The cost\nReed,{ROAD},\n',
    "semicolon.csv": f"Zitat;Name\n{COST};The cost\n{ROAD};\n",
    "column.csv": f"{COST}\n{ROAD}\n",
    "quotes.md": f"# Notes\n\n> {COST[:12]}\n> **{COST[13:]}**\n> — Anna Reed\n\nSome text.\n\n> [{ROAD}](x)\n",
}


@pytest.mark.parametrize("name", QUOTES)
def test_quotes_from_a_file(name, of_sound, tmp_path):
    path = tmp_path / name
    path.write_text(QUOTES[name], "utf-8-sig")
    report = made(of_sound, "--quotes", path, "--to", tmp_path / "cuts.edl")
    assert [one["text"] for one in report["clips"]] == [f"{COST}.", f"{ROAD}."]
    if "name" in QUOTES[name].casefold():
        assert report["clips"][0]["name"] == "The cost"


def test_one_bad_row_in_a_hundred(of_sound, page, tmp_path):
    """99 clips are made, the row is told by its place, and the command ends with 1."""
    lines = json.loads(page.with_suffix(".truth.json").read_text("utf-8"))["lines"]
    spoken = [line["text"] for line in lines if line["spoken"] and len(line["text"].split()) > 5]
    quotes = [spoken[number % len(spoken)] for number in range(100)]
    quotes[41] = "purple zebras juggle violins on Tuesday"
    path = tmp_path / "quotes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["quote"], *([quote] for quote in quotes)])
    out = tmp_path / "out"
    run = clip(of_sound, "--quotes", path, "--to", out / "cuts.json", "--json")
    assert run.exit_code == 1
    report = json.loads(run.stdout)
    assert len(report["clips"]) == 99
    assert report["failed"] == [
        {
            "quote": quotes[41],
            "where": f"{path}, line 43",
            "reason": "nothing like it stands in the transcript",
        }
    ]
    assert "line 43" in run.stderr
    assert "99 clips made, 1 failure" in run.stderr
    assert len(json.loads((out / "cuts.json").read_text())["clips"]) == 99


@pytest.mark.parametrize(
    ("quote", "reason"),
    [(UNSPOKEN, "but was not spoken in the recording"), ("purple zebras juggle violins", "nothing like it")],
)
def test_quotes_that_have_no_clip(quote, reason, of_sound, tmp_path):
    run = clip(of_sound, "--quote", quote, "--to", tmp_path / "cuts.edl", "--render", tmp_path / "out")
    assert run.exit_code == 1
    assert reason in run.stderr
    assert "0 clips made, 1 failure" in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_empty_row_is_a_bad_one(of_sound, tmp_path):
    path = tmp_path / "quotes.csv"
    path.write_text(f"quote,name\n{COST},a\n,b\n")
    run = clip(of_sound, "--quotes", path, "--to", tmp_path / "cuts.edl")
    assert run.exit_code == 1
    assert "line 3: there is no quote in this row" in run.stderr


@pytest.fixture
def moved(of_sound, sound, tmp_path) -> tuple[Path, Path]:
    """An alignment whose recording is not where it says, and the recording."""
    alignment = load(of_sound)
    path = tmp_path / "alignments" / "harbour.alignment.json"
    path.parent.mkdir()
    save(replace(alignment, recording=replace(alignment.recording, path="somewhere/harbour.opus")), path)
    elsewhere = tmp_path / "elsewhere.opus"
    shutil.copy(sound, elsewhere)
    return path, elsewhere


def test_a_recording_that_was_moved(moved, sound, tmp_path):
    path, elsewhere = moved
    run = clip(path, "--quote", COST, "--to", tmp_path / "cuts.edl")
    assert run.exit_code == 1
    assert "the recording is not at somewhere/harbour.opus any more" in run.stderr
    assert "--recording" in run.stderr
    assert made(path, "--quote", COST, "--to", tmp_path / "a.edl", "--recording", elsewhere)["remarks"] == []
    shutil.copy(sound, path.parent / "harbour.opus")  # beside the alignment it is found
    assert made(path, "--quote", COST, "--to", tmp_path / "b.edl")["clips"]


def test_a_recording_that_was_changed(moved, tmp_path):
    path, elsewhere = moved
    beside = path.parent / "harbour.opus"
    run_ffmpeg("-i", elsewhere, "-t", "100", "-codec:a", "libopus", beside)
    run = clip(path, "--quote", COST, "--to", tmp_path / "cuts.edl", "--render", tmp_path / "out")
    assert run.exit_code == 1
    assert "is not the recording that was aligned: it is 4" in run.stderr
    assert not (tmp_path / "cuts.edl").exists()
    assert not (tmp_path / "out").exists()
    relinked = made(path, "--quote", COST, "--to", tmp_path / "cuts.edl", "--recording", beside)
    assert "the clips are right only if this recording runs as that one" in relinked["remarks"]
    late = clip(path, "--quote", "Nobody's taxes go up", "--to", tmp_path / "late.edl", "--recording", beside)
    assert late.exit_code == 1
    assert "the recording ends at 0:01:40" in late.stderr


def test_nothing_is_replaced_without_force(of_sound, tmp_path):
    arguments = (of_sound, "--quote", COST, "--to", tmp_path / "cuts.edl", "--render", tmp_path / "out")
    made(*arguments)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    run = clip(*arguments)
    assert run.exit_code == 1
    assert "is there already: --force replaces it" in run.stderr
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")} == before
    made(*arguments, "--force")
    assert set(tmp_path.rglob("*.*")) == set(before)
    (tmp_path / "cuts.edl").unlink()
    run = clip(*arguments)
    assert "out" in run.stderr.splitlines()[-1]
    assert not (tmp_path / "cuts.edl").exists()


def test_the_recording_and_the_alignment_are_never_replaced(of_sound, sound, tmp_path):
    recording = shutil.copy(sound, tmp_path / "recording.txt")
    alignment = shutil.copy(of_sound, tmp_path / "alignment.json")
    before = recording.read_bytes(), alignment.read_bytes()
    for target in (recording, alignment):
        run = clip(alignment, "--quote", COST, "--recording", recording, "--to", target, "--force")
        assert run.exit_code == 1
        assert f"{target} would be replaced, and it is needed" in run.stderr
    assert (recording.read_bytes(), alignment.read_bytes()) == before


def test_names_that_try_to_leave_the_folder(of_sound, tmp_path):
    alignment = load(of_sound)
    hostile = [replace(line, speaker="../../../etc/\x1b[31mpasswd\n/x") for line in alignment.lines]
    path = tmp_path / "hostile.alignment.json"
    save(replace(alignment, lines=tuple(hostile)), path)
    quotes = tmp_path / "quotes.csv"
    quotes.write_text(f"quote,name\n{COST},../../outside\n{PIER},/tmp/outside\n")
    out = tmp_path / "a" / "b" / "out"
    report = made(path, "--quotes", quotes, "--to", out / "cuts.fcpxml", "--render", out)
    files = [Path(file) for one in report["clips"] for file in one["files"]]
    assert len(files) == 4
    assert all(file.parent == out and file.is_file() for file in files)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a", "hostile.alignment.json", "quotes.csv"]
    assert names(out) == sorted([*(file.name for file in files), "cuts.fcpxml"])
    run = clip(path, "--quotes", quotes, "--to", tmp_path / "x.edl")
    assert "\x1b" not in run.stdout + run.stderr


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--burn-in"], "has no picture to draw captions into"),
        (["--vertical"], "has no picture to crop"),
        (["--format", "mp4"], "has no picture"),
        (["--format", "wma"], "can't be written as 'wma': choose one of mp4"),
        (["--format", "m4a", "--audiogram"], "m4a is a format of sound"),
        (["--captions", "doc"], "'doc' is not a format of captions"),
        (["--style", "nowhere"], "nowhere"),
        (["--recording", "nowhere.opus"], "there is no file nowhere.opus"),
        (["--quotes", "nowhere.txt"], "nowhere.txt cannot be read"),
        (["--timecode", "10:00:00"], "'10:00:00' is no timecode"),
        (["--to", "cuts.doc"], "'cuts.doc' names no format of cut-lists"),
        (["--to", "cuts.youtube.txt"], "YouTube shows chapters only where there are 3 or more"),
    ],
)
def test_what_cannot_be_made_is_told_before_anything_is(options, words, of_sound, tmp_path):
    run = clip(of_sound, "--quote", COST, "--render", tmp_path / "out", *options)
    assert run.exit_code == 1
    assert words in run.stderr
    assert run.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_an_encoder_that_this_ffmpeg_lacks(command, of_sound, tmp_path):
    """The FFmpeg in use is another one, which a person may set: here one that shows no encoder of MP3."""
    import imageio_ffmpeg

    program = tmp_path / "ffmpeg"
    program.write_text(f"#!/bin/sh\n'{imageio_ffmpeg.get_ffmpeg_exe()}' \"$@\" | grep -v mp3\n")
    program.chmod(0o755)
    out = tmp_path / "out"
    run = command(
        *("clip", of_sound, "--quote", COST, "--render", out, "--format", "mp3"),
        IMAGEIO_FFMPEG_EXE=str(program),
    )
    assert run.returncode == 1
    assert "the FFmpeg in use can't encode mp3, for it lacks libmp3lame" in run.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--quote", COST],
        ["--to", "cuts.edl"],
        ["--quote", COST, "--to", "cuts.edl", "--reel"],
        ["--quote", COST, "--render", "out", "--reel", "--audiogram"],
        ["--quote", COST, "--to", "cuts.edl", "--rate", "25df"],
        ["--quote", COST, "--to", "cuts.edl", "--rate", "fast"],
        ["--quote", COST, "--to", "cuts.edl", "--handles", "-1"],
        ["--quote", COST, "--to", "cuts.edl", "--order", "random"],
    ],
)
def test_wrong_use(options, of_sound):
    run = clip(of_sound, *options)
    assert run.exit_code == 2
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"\n \n", "has no quotes"),
        ("empty.csv", b"", "has no quotes"),
        ("none.md", b"# No quotes here\n", "has no block quotes"),
        ("columns.csv", b"speaker,words\nA,b\n", "has no column of quotes"),
        ("zip.txt", b"PK\x03\x04\0\0", "is not text"),
        ("huge.txt", b"x" * (5 * 2**20 + 1), "is larger than 5 MB"),
    ],
)
def test_files_that_are_no_quotes(name, data, words, of_sound, tmp_path):
    path = tmp_path / name
    path.write_bytes(data)
    run = clip(of_sound, "--quotes", path, "--to", tmp_path / "cuts.edl")
    assert run.exit_code == 1
    assert words in run.stderr
    assert names(tmp_path) == [name]


def test_a_clip_without_a_file_does_not_count_as_made(of_movie, movie, tmp_path):
    stream = tmp_path / "harbour.mpg"
    run_ffmpeg("-i", movie, "-c:v", "mpeg2video", "-c:a", "mp2", stream)
    for options in ([], ["--reel"]):
        run = clip(of_movie, "--quote", COST, "--recording", stream, "--render", tmp_path / "out", *options)
        assert run.exit_code == 1
        assert "is a program stream" in run.stderr
        assert "0 clips made, 1 failure" in run.stderr


def test_another_rate_and_timecode(of_sound, tmp_path):
    target = tmp_path / "cuts.edl"
    made(of_sound, "--quote", COST, "--to", target, "--rate", "29.97df", "--timecode", "01:00:00;00")
    assert "FCM: DROP FRAME" in target.read_text()
    assert " 01:00:52;" in target.read_text()


def test_the_formats_are_listed():
    run = clip("--list")
    assert run.exit_code == 0
    assert ".mpv.edl" in run.stdout
    assert "webm" in run.stdout


def test_a_clip_of_the_real_aligner_s_output_holds_its_words(command, page, excerpt, tmp_path):
    run = command("align", page, excerpt, "-o", tmp_path, "--jobs", "1")
    assert run.returncode == 0, run.stderr
    quote = "The old north pier lost almost 40% of its stone"
    report = made(tmp_path / "harbour.alignment.json", "--quote", quote, "--to", tmp_path / "cuts.csv")
    truth = json.loads(page.with_suffix(".truth.json").read_text("utf-8"))["lines"]
    line = next(line for line in truth if line["text"].startswith("The old north pier"))
    others = [word for other in truth if other is not line for word in words_of(other)]
    one = report["clips"][0]
    assert one["start"] <= line["start"] - 0.03
    assert one["end"] >= line["end"] + 0.03
    assert not [word for word in others if one["start"] < (word[1] + word[2]) / 2 < one["end"]]
    assert Fraction(one["end"]) - Fraction(one["start"]) < line["end"] - line["start"] + 1


def words_of(line: dict) -> list[list]:
    return [word for sentence in line["sentences"] for word in sentence["words"] if word[1] is not None]
