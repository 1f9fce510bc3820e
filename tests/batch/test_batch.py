"""A batch: what fails, what is kept, what is retried; killed in the middle, and started again."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import fsspec
import psutil
import pytest

from asdelivered.align.document.alignment_json import load
from asdelivered.batch.batch import run_batch
from asdelivered.batch.errors import BatchError
from asdelivered.batch.jobs import Job, read_jobs
from asdelivered.batch.outcome import State
from asdelivered.batch.process import Limits
from asdelivered.batch.report import write_report
from asdelivered.batch.runners import local

from .conftest import ENVIRONMENT, HERE, MakeSettings, journal, results, write_jobs

JOBS, BROKEN, KILLS = 80, 4, 5


def run(table: Path, settings, workers: int = 2):
    return run_batch(read_jobs(str(table)), settings, local(workers))


def test_each_has_its_own_outcome(settings: MakeSettings, tmp_path: Path) -> None:
    table = write_jobs(tmp_path / "in", ["good", "broken", "slow", "hog", "crash", "bug", "good"])
    limited = settings(Limits(seconds=3, memory=200 << 20))
    (tmp_path / "in" / "job006.wav").unlink()
    result = run(table, limited, 7)
    reasons = [outcome.reason for outcome in result.outcomes]
    assert reasons[0] is None
    assert reasons[1] == f"{tmp_path}/in/job001.txt is broken"
    assert reasons[2] == "it took longer than 3 s"
    assert reasons[3] == "it took more than 200 MiB of memory"
    assert reasons[4] == "the program ended with signal 9: it said nothing"
    assert reasons[5] == "the program ended with exit code 1: RuntimeError: a bug"
    assert reasons[6] == f"{tmp_path}/in/job006.wav: there is no such file"
    assert [outcome.attempts for outcome in result.outcomes] == [1, 1, 1, 1, 2, 2, 1]
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == ["failed", "job000", "journal.jsonl"]
    assert "Traceback" in (out / "failed" / "job005.log.txt").read_text()
    page = write_report(result, out)[1].read_text()
    assert "RuntimeError: a bug" in page
    assert "1 done" in page


def test_what_is_done_is_kept_until_something_changes(settings: MakeSettings, tmp_path: Path) -> None:
    table = write_jobs(tmp_path / "in", ["one", "two", "three"])
    states = lambda result: [outcome.state.value for outcome in result.outcomes]  # noqa: E731
    assert states(run(table, settings())) == ["done"] * 3
    assert states(run(table, settings())) == ["kept"] * 3
    (tmp_path / "in" / "job001.txt").write_text("two, changed")
    (tmp_path / "out" / "job002" / "job002.srt").unlink()
    assert states(run(table, settings())) == ["kept", "done", "done"]
    assert (tmp_path / "out" / "job001" / "job001.srt").read_text() == "two, changed"
    newer = settings()
    newer = newer.__class__(**{**vars(newer), "version": "2"})
    assert states(run(table, newer)) == ["done"] * 3
    other = newer.__class__(**{**vars(newer), "options": ("--engine", "other")})
    assert states(run(table, other)) == ["done"] * 3
    assert len(journal(tmp_path / "out")) == 3 + 2 + 3 + 3


def test_remote_inputs_are_fetched_once(settings: MakeSettings, tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/events/a b.txt", b"a text")
    memory.pipe("/events/a b.wav", b"a sound")
    job = Job("a", "memory:///events/a b.txt", "memory:///events/a b.wav")
    gone = Job("gone", "memory:///events/no.txt", "memory:///events/a b.wav")
    result = run_batch([job, gone], settings(), local(1))
    assert [outcome.state.value for outcome in result.outcomes] == ["done", "failed"]
    assert load(tmp_path / "out" / "a" / "a b.alignment.json").recording.path == job.recording
    assert result.outcomes[1].reason == "memory:///events/no.txt: it cannot be fetched: there is no such file"
    assert [path.name for path in (tmp_path / "out").glob(".asd*")] == []
    assert run_batch([job], settings(), local(1)).outcomes[0].state is State.KEPT
    memory.pipe("/events/a b.wav", b"another sound")
    assert run_batch([job], settings(), local(1)).outcomes[0].state is State.DONE


def test_two_batches_do_not_share_a_folder(settings: MakeSettings, tmp_path: Path) -> None:
    table = write_jobs(tmp_path / "in", ["slow"])
    process = start(table, tmp_path / "out")
    try:
        wait_until(lambda: any((tmp_path / "out").glob(".asdelivered-*")))
        with pytest.raises(BatchError, match="another batch"):
            run(table, settings())
    finally:
        process.kill()
        process.wait()


def test_a_folder_that_is_a_file(settings: MakeSettings, tmp_path: Path) -> None:
    table = write_jobs(tmp_path / "in", ["good"])
    (tmp_path / "out").write_text("a file")
    with pytest.raises(BatchError, match="is a file: give a folder"):
        run(table, settings())
    assert (tmp_path / "out").read_text() == "a file"


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    """Root may write everywhere; without that right it is as any other user of its own files."""
    table = write_jobs(tmp_path / "in", ["good"])
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o555)
    command = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", sys.executable]
    try:
        refused = subprocess.run(
            [*command, HERE / "driver.py", table, out, "local"],
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
        )
    finally:
        out.chmod(0o755)
    if "setpriv" in refused.stderr:
        pytest.skip(f"rights can't be dropped here: {refused.stderr.strip()}")
    assert f"{out}: the results cannot be written there: Permission denied" in refused.stderr
    assert [*out.iterdir()] == []


def test_a_folder_that_is_full(settings: MakeSettings, tmp_path: Path) -> None:
    """A file system of 1100 KiB, where the machine lets one be made."""
    table = write_jobs(tmp_path / "in", ["good " * 200_000, "good"])
    out = tmp_path / "out"
    out.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1100k", "none", out], capture_output=True
    ).returncode:
        pytest.skip("a small file system can't be mounted here")
    try:
        result = run(table, settings(), 1)
        assert result.outcomes[0].state is State.FAILED
        assert "No space left" in (result.outcomes[0].reason or "")
        assert result.outcomes[1].state is State.DONE
    finally:
        subprocess.run(["umount", out], check=True)


def start(table: Path, out: Path, where: str = "local") -> subprocess.Popen[bytes]:
    command = [sys.executable, HERE / "driver.py", table, out, where]
    return subprocess.Popen(command, env=ENVIRONMENT, start_new_session=True)


def is_running(out: Path) -> bool:
    """Tell whether a process still works for this folder."""
    return any(str(out) in " ".join(one.info["cmdline"] or []) for one in psutil.process_iter(["cmdline"]))


def wait_until(true) -> None:
    deadline = time.monotonic() + 240
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_killed_five_times_and_started_again(tmp_path: Path) -> None:
    texts = [f"text {number}" for number in range(JOBS)]
    broken = random.Random(1).sample(range(JOBS), BROKEN)
    for number in broken:
        texts[number] = "broken"
    table = write_jobs(tmp_path / "in", texts)
    undisturbed, out = tmp_path / "undisturbed", tmp_path / "out"
    assert start(table, undisturbed).wait() == 0
    seed = random.randrange(10**9)
    print("seeded by", seed)
    dice = random.Random(seed)
    done = 0
    for _ in range(KILLS):
        process = start(table, out)
        goal = min(done + dice.randint(4, 12), JOBS - BROKEN)  # a fast machine may be done with all before
        wait_until(lambda goal=goal: out.is_dir() and len([*out.glob("job*")]) >= goal)
        time.sleep(dice.random() * 0.2)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        done = len([*out.glob("job*")])
    wait_until(
        lambda: (
            not any(
                str(out) in " ".join(one.info["cmdline"] or []) for one in psutil.process_iter(["cmdline"])
            )
        )
    )
    assert start(table, out).wait() == 0
    assert results(out) == results(undisturbed)
    assert len(results(out)) == 2 * (JOBS - BROKEN)
    assert [*out.glob(".asdelivered-*")] == []
    ended = journal(out)
    finished = [line["name"] for line in ended if line["state"] == "done"]
    # What was moved to its place just before the kill is done and not in the journal; nothing is in it twice.
    assert len(finished) == len(set(finished)) >= JOBS - BROKEN - KILLS * 2
    reasons = {line["name"]: line["reason"] for line in ended if line["state"] == "failed"}
    assert reasons == {f"job{number:03}": f"{tmp_path}/in/job{number:03}.txt is broken" for number in broken}
