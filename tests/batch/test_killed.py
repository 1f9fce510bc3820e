"""A batch that is killed at random moments, in folders that people work in as well."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from asdelivered.align.document.alignment_json import load
from asdelivered.base.delivery import LEFTOVER

from .conftest import ENVIRONMENT, HERE, OWN_RECORDS, write_jobs

JOBS = 6
EDITED, STRANGERS = "job001", "job002"
"""A job whose captions a person has changed, and one with another program's alignment in its folder."""
NOT_BROKEN_OFF = 0.8
"""Seconds in which a kill may come: about as long as the whole batch takes."""


def start(table: Path, out: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, HERE / "driver.py", table, out, "local"],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def finish(process: subprocess.Popen[str], out: Path) -> None:
    """Wait for a batch, and until its jobs have noticed that it is gone."""
    process.wait()
    assert process.stdout is not None
    process.stdout.close()
    deadline = time.monotonic() + 240
    while any(str(out) in " ".join(one.info["cmdline"] or []) for one in psutil.process_iter(["cmdline"])):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def texts(number: int) -> list[str]:
    """Texts of jobs that differ in every run, so that all jobs are done again."""
    return [f"text {job} of run {number} " * 2000 for job in range(JOBS)]


def put_persons_files(out: Path) -> dict[Path, bytes]:
    """Put what people make into a batch's folders; return it."""
    (out / EDITED / f"{EDITED}.srt").write_text("mended by hand")
    (out / STRANGERS).mkdir()
    (out / STRANGERS / f"{STRANGERS}.alignment.json").write_text('{"another": "program\'s"}')
    (out / "notes.txt").write_text("mine")
    for job in ("job000", EDITED):
        for name in (f"{job}.pins.json", f"{job}.review.jsonl", "notes.txt", f"{job}.de.srt", ".0ab.part"):
            (out / job / name).write_text(f"{job} {name}")
    known = [*out.glob("job*/*.pins.json"), *out.glob("job*/*.review.jsonl"), *out.rglob("notes.txt")]
    known += [*out.glob("job*/*.de.srt"), *out.glob("job*/.0ab.part")]
    known += [out / EDITED / f"{EDITED}.srt", out / STRANGERS / f"{STRANGERS}.alignment.json"]
    return {path: path.read_bytes() for path in known}


def check_whole(out: Path, runs: range, persons: dict[Path, bytes]) -> None:
    """Everything has the whole text of some run, and what people made is as it was."""
    assert {path: path.read_bytes() for path in persons} == persons
    possible = {text for number in runs for text in texts(number)}
    for path in {*out.glob("job*/job???.srt"), *out.glob("job*/job???.alignment.json")} - persons.keys():
        text = path.read_text() if path.suffix == ".srt" else load(path).transcript.title
        assert text in possible


def test_killed_at_any_moment_and_started_again(tmp_path: Path, kills: int) -> None:
    seed = random.randrange(10**9)
    print("seeded by", seed)
    dice = random.Random(seed)
    out = tmp_path / "out"
    first = start(write_jobs(tmp_path / "in", [texts(0)[0], texts(0)[1]]), out)
    finish(first, out)
    assert first.returncode == 0
    persons = put_persons_files(out)
    for number in range(1, kills + 1):
        table = write_jobs(tmp_path / "in", texts(number))
        process = start(table, out)
        time.sleep(dice.random() * NOT_BROKEN_OFF)
        process.send_signal(signal.SIGKILL)
        finish(process, out)
        check_whole(out, range(number + 1), persons)
        if number % 3 and number < kills:
            continue
        again = start(table, out)
        finish(again, out)
        assert again.returncode == 0
        check_whole(out, range(number + 1), persons)
        for job, text in enumerate(texts(number)):
            name = f"job{job:03}"
            if name not in (EDITED, STRANGERS):
                assert (out / name / f"{name}.srt").read_text() == text
        assert not [path for path in unexpected(out) if path not in persons]


def unexpected(out: Path) -> list[Path]:
    """What is neither a result nor a record: all but the temporary files that a later delivery removes."""
    records = (".lock", "journal.jsonl", *OWN_RECORDS)
    results = tuple(
        f"job{job:03}{ending}" for job in range(JOBS) for ending in (".srt", ".alignment.json", ".log.txt")
    )
    return [
        path
        for path in out.rglob("*")
        if path.name not in records + results
        and not LEFTOVER.fullmatch(path.name)
        and not (path.is_dir() and path.name.startswith(("job", "failed")))
    ]
