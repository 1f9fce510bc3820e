"""Stopped in the middle: no file, no process, no traceback stays behind."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

SOON = 10
"""Seconds in which a stopped program is gone, on a busy machine."""


def processes_of(session: int) -> list[str]:
    """The command lines of the processes of a session that still run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # Name (in brackets), state, parent, group, session: proc(5).
            state, _, _, number, *_ = (folder / "stat").read_text().rpartition(") ")[2].split()
            if int(number) == session and state != "Z":
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:  # it ended meanwhile
            continue
    return found


def assert_gone(session: int, deadline: float) -> None:
    """The helper that multiprocessing keeps beside the workers ends just after the program, not before it."""
    while (left := processes_of(session)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert left == []


def wait_for(words: str, process: subprocess.Popen[str]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if words in line:
            return
    pytest.fail(f"the program ended before it said {words!r}")


Kill = Callable[[int, int], None]


@pytest.mark.parametrize(
    ("moment", "kill", "number"),
    [
        # A terminal sends Ctrl-C to the whole group; `timeout` and `docker stop` send SIGTERM to the one process.
        pytest.param("listening: 0:", os.killpg, signal.SIGINT, id="Ctrl-C while the workers start"),
        pytest.param("listening: 25 %", os.killpg, signal.SIGINT, id="Ctrl-C while they hear"),
        pytest.param("aligning: 0:", os.killpg, signal.SIGINT, id="Ctrl-C while they align"),
        pytest.param("listening: 25 %", os.kill, signal.SIGTERM, id="SIGTERM"),
    ],
)
def test_a_stopped_run_leaves_nothing_behind(
    moment: str, kill: Kill, number: int, program: Path, page: Path, sound: Path, tmp_path: Path
):
    folder, temporary = tmp_path / "out" / "here", tmp_path / "temporary"
    temporary.mkdir()
    process = subprocess.Popen(
        [program, "align", page, sound, "-o", folder, "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    try:
        wait_for(moment, process)
        assert [path.name[:13] for path in folder.iterdir()] == [".asdelivered-"]
        kill(process.pid, number)
        began = time.monotonic()
        stdout, stderr = process.communicate(timeout=600)
        took = time.monotonic() - began
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 130
    assert stdout == ""
    assert stderr.splitlines()[-1] == "asdelivered: stopped; no files were written"
    assert "Traceback" not in stderr
    assert took < SOON
    assert list(tmp_path.iterdir()) == [temporary]
    assert list(temporary.iterdir()) == []
    assert_gone(process.pid, began + SOON)


def test_a_stopped_run_keeps_the_files_of_an_earlier_one(program, page, sound, tmp_path):
    names = {"harbour.alignment.json", "harbour.srt", "harbour.vtt"}
    for name in names:
        (tmp_path / name).write_text("earlier")
    process = subprocess.Popen(
        [program, "align", page, sound, "-o", tmp_path, "--jobs", "2"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        wait_for("listening: 25 %", process)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=600)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 130
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == dict.fromkeys(names, "earlier")
