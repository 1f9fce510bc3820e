"""Stopped in the middle: no file, no process, no traceback stays behind; killed: none after the next run."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from asdelivered.align.engines.aeneas import why_missing
from asdelivered.base.delivery import put
from asdelivered.base.scratch import HIDDEN, OPEN

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
        put(tmp_path / name, b"earlier")  # a file of the program's own
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
    assert {path.name: path.read_text() for path in tmp_path.glob("[!.]*")} == dict.fromkeys(names, "earlier")


def listening_half_way(process: subprocess.Popen[str]) -> None:
    wait_for("listening: 25 %", process)


def warping(process: subprocess.Popen[str]) -> None:
    """Wait until a worker has loaded the code of aeneas that does the work."""
    while process.poll() is None:
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, IndexError):
                of_session = os.getsid(int(folder.name)) == process.pid and int(folder.name) != process.pid
                if of_session and "cdtw" in (folder / "maps").read_text():
                    # For a moment, a process that the program starts has all that the program itself has loaded.
                    time.sleep(0.2)
                    if "cdtw" in (folder / "maps").read_text():
                        return
        time.sleep(0.01)
    pytest.fail("the program ended before it warped")


needs_aeneas = pytest.mark.skipif(bool(why_missing()), reason=why_missing() or "aeneas is here")


@pytest.mark.parametrize(
    ("engine", "moment", "keeps"),
    [
        pytest.param("sphinx", listening_half_way, True, id="sphinx-hears"),
        pytest.param("aeneas", warping, False, id="aeneas-warps", marks=needs_aeneas),
    ],
)
def test_after_a_killed_run_the_next_finds_the_same_and_clears_up(
    engine: str,
    moment: Callable[[subprocess.Popen[str]], None],
    keeps: bool,
    program: Path,
    page: Path,
    sound: Path,
    tmp_path: Path,
) -> None:
    temporary, cache, out, calm = (tmp_path / name for name in ("temporary", "cache", "out", "calm"))
    temporary.mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(temporary),
        "XDG_CACHE_HOME": str(cache),
        "ASDELIVERED_ALIGN_CACHE": "1",
        "SOURCE_DATE_EPOCH": "1800000000",
    }
    command = [program, "align", page, sound, "--jobs", "2", "--engine", engine]
    process = subprocess.Popen(
        [*command, "-o", out], stderr=subprocess.PIPE, text=True, start_new_session=True, env=environment
    )
    try:
        moment(process)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert_gone(process.pid, time.monotonic() + SOON)
    (hidden,) = out.iterdir()
    (scratch,) = temporary.iterdir()
    assert hidden.name.startswith(HIDDEN)
    assert scratch.name.startswith(OPEN)
    kept = {file.name: file.read_bytes() for file in cache.rglob("*.jsonl")}
    assert (b"".join(kept.values()).count(b'"sound"') > 0) == keeps

    run = subprocess.run([*command, "-o", out], capture_output=True, text=True, check=False, env=environment)
    assert run.returncode == 0, run.stderr
    assert list(temporary.iterdir()) == []
    for file in cache.rglob("*.jsonl"):
        # What was heard before the kill is there still, and was not heard again.
        lines = file.read_bytes()
        assert lines.startswith(kept.get(file.name, b""))
        sounds = [json.loads(line)["sound"] for line in lines.splitlines() if line]
        assert len(sounds) == len(set(sounds))
    environment["XDG_CACHE_HOME"] = str(tmp_path / "empty")
    subprocess.run([*command, "-o", calm], capture_output=True, check=True, env=environment)
    names = {"harbour.alignment.json", "harbour.srt", "harbour.vtt"}
    assert {file.name for file in out.iterdir()} == {*names, ".asdelivered.json"}
    assert all((out / name).read_bytes() == (calm / name).read_bytes() for name in names)
