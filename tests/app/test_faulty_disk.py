"""A full disk, and a read-only one: every command that writes says so in a sentence, and changes nothing."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from truth_alignment import truth_alignment
from typer.core import TyperGroup
from typer.testing import CliRunner

from asdelivered.align.document.alignment_json import save
from asdelivered.app.main import app
from asdelivered.app.settings import commands_of

from . import faulty_disk
from .faulty_disk import ELSEWHERE, READING, WRITING

REASONS = {
    "full": ("No space left on device", "the disk is full"),
    "read-only": ("Read-only file system", "cannot be written to"),
}


@pytest.fixture(scope="module")
def inputs(page: Path, sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of an event, its captions, an archive, and lists of jobs."""
    folder = tmp_path_factory.mktemp("inputs") / "in"
    folder.mkdir()
    for file in (page, sound):
        shutil.copy(file, folder)
    save(
        truth_alignment(page.with_suffix(".truth.json"), folder / sound.name, folder / page.name),
        folder / "harbour.alignment.json",
    )
    (folder / "jobs.csv").write_text("transcript,recording,name\nharbour.txt,harbour.opus,one\n")
    (folder / "none.csv").write_text("transcript,recording,name\nno.txt,no.opus,one\n")
    for line in (
        f"captions {folder}/harbour.alignment.json --format srt -o {folder}",
        f"archive add {folder}/events.db {folder}/harbour.alignment.json",
    ):
        assert CliRunner().invoke(app, line.split()).exit_code == 0
    return folder


@pytest.fixture(scope="module", params=["full", "read-only"])
def ended(request: pytest.FixtureRequest, inputs: Path, tmp_path_factory: pytest.TempPathFactory):
    """How each command ended on a disk with this fault, by its line and whether it was the first."""
    folder = tmp_path_factory.mktemp("faulty")
    (folder / "in").symlink_to(inputs)
    start = ["unshare", "-rm", sys.executable]
    try:
        tried = subprocess.run(
            ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True, text=True
        )
    except FileNotFoundError:
        pytest.skip("unshare is not installed, so that no small disk can be made")
    if tried.returncode:
        pytest.skip(f"no small disk can be made here: {tried.stderr.strip()}")
    run = subprocess.run(
        [*start, faulty_disk.__file__, request.param, folder], capture_output=True, text=True, timeout=500
    )
    assert run.returncode == 0, run.stderr
    return request.param, [json.loads(line) for line in run.stdout.splitlines()]


def test_every_command_is_tried() -> None:
    tried = {case.command for case in (*WRITING, *READING)}
    there = {
        " ".join(path)
        for path, command in commands_of(typer.main.get_command(app))
        if not isinstance(command, TyperGroup)
    }
    assert there == tried | ELSEWHERE.keys()


@pytest.mark.parametrize(
    "number", range(len(WRITING)), ids=[f"{n}-{case.command}" for n, case in enumerate(WRITING)]
)
def test_a_command_that_writes_says_why_it_cannot(ended, number: int) -> None:
    fault, results = ended
    one = results[number]
    assert "Traceback" not in one["err"], one
    assert one["code"] == 1, one
    (said,) = [line for line in one["err"].splitlines() if line.startswith("asdelivered: ")]
    assert any(reason in said for reason in REASONS[fault]), said
    assert one["changed"] == []


@pytest.mark.parametrize(
    "number", range(len(READING)), ids=[f"{n}-{case.command}" for n, case in enumerate(READING)]
)
def test_a_command_that_reads_works(ended, number: int) -> None:
    one = ended[1][len(WRITING) + number]
    assert one["code"] == (1 if one["line"].startswith("check") else 0), one
    assert "asdelivered: " not in one["err"]
    assert one["changed"] == []
