"""`asdelivered batch` as users run it, with the real aligner."""

import json
import os
import socket
from pathlib import Path

import pytest

from asdelivered.align.document.alignment_json import load


@pytest.fixture
def jobs(excerpt: Path, page: Path, tmp_path: Path) -> Path:
    """An event of half a minute, and one whose recording is none; in a folder with an odd name."""
    folder = tmp_path / 'it\'s a "folder"'
    folder.mkdir()
    for name in ("good", "bad"):
        (folder / f"{name}.txt").write_bytes(page.read_bytes())
    os.link(excerpt, folder / "good.flac")
    (folder / "bad.flac").write_bytes(b"noise")
    return folder


def test_a_folder_is_aligned_and_the_archive_takes_it(jobs: Path, tmp_path: Path, command) -> None:
    out = tmp_path / "out"
    run = command("batch", jobs, "-o", out, "--jobs", "2", "--json")
    assert run.returncode == 1
    report = json.loads(run.stdout)
    assert (report["done"], report["failed"], report["jobs"]) == (1, 1, 2)
    outcomes = {outcome["name"]: outcome for outcome in report["outcomes"]}
    assert str(jobs / "bad.flac") in outcomes["bad"]["reason"]
    assert outcomes["good"]["memory"] > 2**26
    assert "Traceback" not in run.stderr
    assert "bad: " in run.stderr
    alignment = load(out / "good" / "good.alignment.json")
    assert sum(line.span is not None for line in alignment.lines) >= 5
    assert "bad.flac" in (out / "report.html").read_text()
    again = command("batch", jobs, "-o", out)
    assert "1 done before, 1 failed" in again.stdout
    added = command("archive", "add", tmp_path / "events.db", out)
    assert added.returncode == 0
    found = command("find", "rebuild the north pier higher and wider", tmp_path / "events.db")
    assert "good/good" in found.stdout


def test_wrong_use(command, tmp_path: Path) -> None:
    assert command("batch", tmp_path, "--on", "moon").returncode == 2
    nothing = command("batch", tmp_path / "gone.csv")
    assert (nothing.returncode, "no such file" in nothing.stderr) == (1, True)


def test_no_scheduler_there(command, page: Path, sound: Path, tmp_path: Path) -> None:
    table = tmp_path / "jobs.csv"
    table.write_text(f"transcript,recording\n{page},{sound}\n")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
        run = command("batch", table, "-o", tmp_path / "out", "--on", f"dask:{address}")
    assert run.returncode == 1
    assert f"{address}: no Dask scheduler answers there" in run.stderr
    assert "Traceback" not in run.stderr
