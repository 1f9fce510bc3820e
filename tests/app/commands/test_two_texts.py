"""Floor and interpretation aligned by one command: each text with the sound that it fits."""

import json
from pathlib import Path

import numpy as np
import pytest

from asdelivered.align.document.alignment_json import load
from asdelivered.media.sound import SoundChoice


@pytest.fixture(scope="module")
def texts(floor_and_interpreter, tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("texts")
    paths = folder / "floor.txt", folder / "interpreted.txt"
    for path, (text, _) in zip(paths, floor_and_interpreter, strict=True):
        path.write_text(text, "utf-8")
    return paths


@pytest.fixture(scope="module")
def movie(floor_and_interpreter, write_tracks, make_track, tmp_path_factory) -> Path:
    """The interpreter first, as tracks with tags."""
    (_, floor), (_, interpreter) = floor_and_interpreter
    tracks = [make_track(interpreter[:, None], "deu"), make_track(floor[:, None], "eng")]
    return write_tracks(tmp_path_factory.mktemp("movie") / "event.mp4", tracks, True)


def test_each_text_has_its_track_and_its_files(command, texts, movie, tmp_path):
    floor, interpreted = texts
    run = command("align", floor, movie, "--also", interpreted, "-o", tmp_path, "--jobs", "2", "--json")
    assert run.returncode == 0, run.stderr
    first, second = json.loads(run.stdout)["texts"]
    assert [first["transcript"], second["transcript"]] == [str(floor), str(interpreted)]
    assert [first["sound"], second["sound"]] == ["2", "1"]
    assert first["sound_reason"].startswith("of the words heard in samples of it, ")
    for text, summary, number in ((floor, first, 2), (interpreted, second, 1)):
        assert summary["lines_timed"] == summary["lines"] > 5
        sound = load(tmp_path / f"{text.stem}.alignment.json").recording.sound
        assert sound is not None
        assert sound.track == number
        assert (tmp_path / f"{text.stem}.vtt").stat().st_size > 100
        assert f"{text}: track {number} " in " ".join(run.stderr.split())
    # By itself each is made again of the same sound.
    made = json.loads((tmp_path / ".asdelivered.json").read_text("utf-8"))["files"]
    assert made["interpreted.alignment.json"]["command"][-2:] == ["--sound", "1"]


def test_left_and_right_are_told_in_the_summary(
    command, texts, floor_and_interpreter, write_tracks, make_track, tmp_path
):
    channels = np.stack([samples for _, samples in floor_and_interpreter], axis=1)
    recording = write_tracks(tmp_path / "event.mkv", [make_track(channels)], False)
    run = command("align", texts[1], recording, "--also", texts[0], "-o", tmp_path / "out", COLUMNS="200")
    assert run.returncode == 0, run.stderr
    assert f"{texts[1]}:\n" in run.stdout
    assert f"{texts[0]}:\n" in run.stdout
    assert "the right channel of track 1: of the words heard in samples of it" in run.stdout
    assert load(tmp_path / "out" / "floor.alignment.json").recording.sound == SoundChoice(1, 1)
    assert load(tmp_path / "out" / "interpreted.alignment.json").recording.sound == SoundChoice(1, 2)


def test_what_is_done_is_kept_where_another_text_fails(command, texts, movie, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(
        "Giraffes sleep while standing.\n\nViolins are made of maple and of spruce.\n" * 3, "utf-8"
    )
    out = tmp_path / "out"
    run = command("align", texts[0], movie, "--also", other, "-o", out, "--json")
    assert run.returncode == 1
    assert f"{other}: next to nothing of" in " ".join(run.stderr.split())
    done, failed = json.loads(run.stdout)["texts"]
    assert done["lines_timed"] == done["lines"]
    assert failed["transcript"] == str(other)
    assert "next to nothing" in failed["error"]
    assert sorted(path.name for path in out.glob("[!.]*")) == [
        "floor.alignment.json",
        "floor.srt",
        "floor.vtt",
    ]


def test_what_can_be_known_before_is_told_before_the_work(command, texts, movie, tmp_path):
    again = tmp_path / "floor.html"
    again.write_text("<p>Another text of that name.</p>", "utf-8")
    out = tmp_path / "out"
    for also, said in (
        (tmp_path / "missing.txt", "There is no transcript at"),
        (again, "would both be written as floor.srt: rename one of them"),
        ("-", "the transcript alone can come from standard input"),
    ):
        run = command("align", texts[0], movie, "--also", also, "-o", out)
        assert run.returncode == 1
        assert said in " ".join(run.stderr.split())
        assert not out.exists()
