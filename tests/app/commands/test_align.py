"""The main job on the bundled example, as a user runs it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pysrt
import pytest
import webvtt

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import load
from asdelivered.base.clocks import shortened

HOSTILE = "[red]Nobody “ever” said[/nope] a word of this long remark \x1b[31mabout giraffes and violins."


@pytest.fixture(scope="module")
def example(command, page: Path, sound: Path, tmp_path_factory) -> tuple[Path, dict[str, Any]]:
    """The folder with the files made from the example, and the summary."""
    folder = tmp_path_factory.mktemp("example") / "made" / "here"
    timeline = folder.parent.parent / "timeline.json"
    run = command("align", page, sound, "-o", folder, "--jobs", "2", "--json", "--profile", timeline)
    assert run.returncode == 0, run.stderr
    return folder, json.loads(run.stdout)


@pytest.fixture(scope="module")
def alignment(example) -> Alignment:
    return load(example[0] / "harbour.alignment.json")


@pytest.fixture(scope="module")
def truth(page: Path) -> list[dict[str, Any]]:
    return json.loads(page.with_suffix(".truth.json").read_text("utf-8"))["lines"]


def test_exactly_the_three_files_are_there(example):
    folder, summary = example
    assert sorted(path.name for path in folder.iterdir()) == [
        ".asdelivered.json",
        "harbour.alignment.json",
        "harbour.srt",
        "harbour.vtt",
    ]
    assert sorted(summary["files"].values()) == sorted(map(str, folder.glob("[!.]*")))


def test_the_timeline_shows_what_each_process_did(example):
    trace = json.loads((example[0].parent.parent / "timeline.json").read_text())["traceEvents"]
    names = {event["pid"]: event["args"]["name"] for event in trace if event["ph"] == "M"}
    assert sorted(names.values()) == ["main", "worker 1", "worker 2"]
    done = {(names[event["pid"]][:6], event["name"]) for event in trace if event["ph"] == "X"}
    assert done >= {("main", "decoding"), ("main", "speech detector"), ("main", "adaptation")}
    assert done >= {("worker", "hearing"), ("worker", "scores of senones"), ("worker", "search")}
    assert ("main", "hearing") not in done


def test_every_line_of_the_page_is_there_with_its_text(alignment, truth):
    assert [line.text for line in alignment.lines] == [line["text"] for line in truth]
    assert [line.speaker for line in alignment.lines] == [line["speaker"] for line in truth]


def test_spoken_lines_start_where_they_are_heard_and_the_others_nowhere(alignment, truth):
    for line, true in zip(alignment.lines, truth, strict=True):
        if true["spoken"]:
            assert line.span is not None, line.text
            assert abs(line.span.start / 1000 - true["start"]) <= 0.2, line.text
            assert abs(line.span.end / 1000 - true["end"]) <= 0.2, line.text
        else:
            assert line.span is None, line.text
            assert all(word.span is None for word in line.words), line.text


def test_captions_load_and_hold_the_timed_text_in_order(example, alignment):
    said = [word.text for line in alignment.lines if line.span for word in line.words]
    srt = pysrt.open(example[0] / "harbour.srt", error_handling=pysrt.ERROR_RAISE)
    vtt = webvtt.read(example[0] / "harbour.vtt")
    assert " ".join(cue.text for cue in srt).split() == said
    assert " ".join(cue.text for cue in vtt).split() == said
    assert {cue.voice for cue in vtt} == {line.speaker for line in alignment.lines}


def test_the_summary_counts_what_the_alignment_says(example, alignment, truth):
    _, summary = example
    unspoken = [line["text"] for line in truth if not line["spoken"]]
    assert [line["text"] for line in summary["lines_without_times"]] == unspoken
    assert summary["lines_outside_the_recording"] == []
    assert summary["lines_timed"] == summary["lines"] - len(unspoken) == len(truth) - len(unspoken)
    stretches = [(span.start / 1000, span.end / 1000) for span in alignment.untranscribed]
    assert [(span["start"], span["end"]) for span in summary["untranscribed"]] == stretches
    assert summary["untranscribed_seconds"] == pytest.approx(sum(end - start for start, end in stretches))
    speed = summary["recording_seconds"] / summary["wall_seconds"]
    assert summary["audio_seconds_per_wall_second"] == pytest.approx(speed, rel=0.01)


def test_the_table_shows_hostile_text_as_text_on_any_terminal(command, page, excerpt, tmp_path):
    lines = page.read_text("utf-8").splitlines(keepends=True)
    end = next(number for number, line in enumerate(lines) if line.startswith("But we did not"))
    transcript = tmp_path / "[bold]x.txt"
    transcript.write_text("".join(lines[:end]) + HOSTILE + "\n", "utf-8")
    folder = tmp_path / "out"
    run = command("align", transcript, excerpt, "-o", folder, PYTHONIOENCODING="ascii")
    assert run.returncode == 0, run.stderr
    assert "Lines timed            | 6 of 7" in run.stdout
    assert "  [red]Nobody ?ever? said[/nope] a word of this long remark ?[31mabout" in run.stdout
    assert "\x1b" not in run.stdout + run.stderr
    assert (
        f"  {folder}/[bold]x.alignment.json\n  {folder}/[bold]x.srt\n  {folder}/[bold]x.vtt\n" in run.stdout
    )
    assert "Speech not in the text:\n  0:00:0" in run.stdout
    assert "listening: done" in run.stderr
    assert "aligning: done" in run.stderr


def test_what_an_excerpt_cuts_off_is_counted_by_itself(command, page, excerpt, truth, tmp_path):
    run = command("align", page, excerpt, "-o", tmp_path)
    assert run.returncode == 0, run.stderr
    alignment = load(tmp_path / "harbour.alignment.json")
    timed = [number for number, line in enumerate(alignment.lines) if line.span]
    cut = len(truth) - timed[-1] - 1
    assert cut > 15
    assert f"Of these, cut off      │ {cut}, before the recording begins or after its end" in run.stdout
    first = truth[timed[-1] + 1]["text"]
    assert f"\n  {shortened(first, 72)} (and {cut - 1} more that are cut off)\n" in run.stdout


def test_the_same_inputs_give_the_same_bytes_whatever_the_jobs(command, page, excerpt, tmp_path):
    files = []
    for jobs in ("1", "3"):
        folder = tmp_path / jobs
        run = command("align", page, excerpt, "-o", folder, "--jobs", jobs, SOURCE_DATE_EPOCH="1700000000")
        assert run.returncode == 0, run.stderr
        files.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert files[0] == files[1]


def test_what_was_heard_is_kept_in_the_users_cache_unless_told_otherwise(command, page, excerpt, tmp_path):
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "ASDELIVERED_ALIGN_CACHE": "1"}
    run = command("align", page, excerpt, "-o", tmp_path / "a", "--no-cache", **environment)
    assert run.returncode == 0, run.stderr
    assert not (tmp_path / "cache").exists()
    run = command("align", page, excerpt, "-o", tmp_path / "b", **environment)
    assert run.returncode == 0, run.stderr
    assert len(list((tmp_path / "cache" / "asdelivered" / "heard").iterdir())) == 1


def test_strict_fails_where_too_much_is_unexplained_and_the_files_are_there(command, page, excerpt, tmp_path):
    # Of the page's lines the excerpt has only the first few.
    run = command("align", page, excerpt, "-o", tmp_path / "out", "--strict")
    assert run.returncode == 1
    assert "of the text was not heard" in run.stderr
    assert "Traceback" not in run.stderr
    assert len(list((tmp_path / "out").glob("[!.]*"))) == 3
    assert (
        command("align", page, excerpt, "-o", tmp_path / "out", "--strict", "--allow", "100").returncode == 0
    )


def test_pins_are_kept_and_one_that_is_no_pin_is_told(command, page, excerpt, alignment, tmp_path):
    line = next(line for line in alignment.lines if line.span)
    assert line.span is not None
    pins = tmp_path / "pins.json"
    pins.write_text(json.dumps({line.id: line.span.start / 1000 + 0.123}))
    run = command("align", page, excerpt, "-o", tmp_path / "out", "--pins", pins)
    assert run.returncode == 0, run.stderr
    pinned = next(
        other for other in load(tmp_path / "out" / "harbour.alignment.json").lines if other.id == line.id
    )
    assert pinned.span is not None
    assert pinned.span.start == line.span.start + 123
    # What was written before is brought up to date in its place.
    pins.write_text(json.dumps({line.id: line.span.start / 1000 + 0.1}))
    earlier = tmp_path / "out" / "harbour.alignment.json"
    run = command("align", page, excerpt, "-o", tmp_path / "out", "--pins", pins, "--since", earlier)
    assert run.returncode == 0, run.stderr
    pinned = next(other for other in load(earlier).lines if other.id == line.id)
    assert pinned.span is not None
    assert pinned.span.start == line.span.start + 100
    pins.write_text('{"L0001": "soon"}')
    run = command("align", page, excerpt, "-o", tmp_path / "none", "--pins", pins)
    assert (run.returncode, "Traceback" in run.stderr, (tmp_path / "none").exists()) == (1, False, False)
    assert "not a pins file at /pins/0/start" in run.stderr


def test_what_follows_is_done_from_any_folder(
    command, page: Path, excerpt: Path, tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    shutil.copy(page, "talk.txt")
    shutil.copy(excerpt, "talk.flac")
    assert command("align", "talk.txt", "talk.flac", "-o", "event").returncode == 0
    document = tmp_path / "event" / "talk.alignment.json"
    assert json.loads(document.read_text())["recording"]["path"] == "../talk.flac"
    for folder in (tmp_path, document.parent, "/"):
        monkeypatch.chdir(folder)
        found = command("find", "last winter was hard on this harbour", document)
        assert f"{tmp_path / 'talk.flac'}#t=" in found.stdout
        clips = tmp_path / "cuts.edl"
        made = command(
            "clip", document, "--quote", "last winter was hard on this harbour", "--to", clips, "--force"
        )
        assert made.returncode == 0, made.stderr
