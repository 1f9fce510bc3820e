"""The same jobs on a Dask cluster: a scheduler and two workers, each a process of its own on this machine."""

import os
import signal
import socket
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from distributed import Client
from excerpts import make_excerpts

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import load
from asdelivered.batch.cluster import dask as dask_runner
from asdelivered.batch.jobs import read_jobs
from asdelivered.batch.outcome import State

from .conftest import ENVIRONMENT, MakeSettings, journal, results, write_jobs
from .test_batch import start, wait_until

JOBS = 30
COMMAND = Path(sysconfig.get_path("scripts")) / "asdelivered"
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "harbour.truth.json"


def dask(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *arguments]
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def answers(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    own = ("--host", "127.0.0.1", "--no-dashboard")
    scheduler = dask("scheduler", *own, "--port", str(port))
    wait_until(lambda: answers(port))
    places = ("--no-nanny", "--nthreads", "1", "--local-directory", str(tmp_path))
    workers = [dask("worker", address, *own, *places, "--name", f"worker{number}") for number in range(2)]
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def test_a_worker_that_is_killed_costs_its_job_alone(cluster, web: str, tmp_path: Path) -> None:
    address, workers = cluster
    table = write_jobs(tmp_path / "in", ["broken" if at == 3 else f"text {at}" for at in range(JOBS)], web)
    here, there = tmp_path / "here", tmp_path / "there"
    batch = start(table, there, address)
    wait_until(lambda: len([*there.glob("job*")]) >= JOBS // 3)
    os.kill(workers[0].pid, signal.SIGKILL)
    assert batch.wait(timeout=120) == 0
    assert start(table, here).wait() == 0
    assert results(there) == results(here)
    assert len(results(there)) == 2 * (JOBS - 1)
    ended = journal(there)
    names = [line["name"] for line in ended]
    assert len(names) == len({*names})
    # One that the worker had done, and could not tell of any more, is found done and not done again.
    assert len({f"job{at:03}" for at in range(JOBS)} - {*names}) <= 1
    assert {line["reason"] for line in ended if line["state"] == "failed"} == {f"{web}job003.txt is broken"}
    assert (there / "job001" / "log.txt").is_file()
    alignment = load(there / "job001" / "job001.alignment.json")
    assert (alignment.transcript.path, alignment.recording.path) == (f"{web}job001.txt", f"{web}job001.wav")


def test_an_outcome_that_is_lost_with_its_worker_is_asked_for_again(
    cluster, settings: MakeSettings, tmp_path: Path
) -> None:
    address, workers = cluster
    jobs = read_jobs(str(write_jobs(tmp_path / "in", ["one", "two", "three", "four", "five", "six"])))
    out = tmp_path / "out"
    out.mkdir()
    outcomes = dask_runner(address, print)(jobs, settings(program="stand_in"))
    first = next(outcomes)
    wait_until(lambda: len([*out.glob("*/job.json")]) == len(jobs))
    os.kill(workers[1].pid, signal.SIGSTOP)  # so that what is lost stays lost for a while
    os.kill(workers[0].pid, signal.SIGKILL)
    client: Any = Client(address, set_as_default=False)
    with client:
        wait_until(lambda: len(client.nthreads()) == 1)
    threading.Timer(1, os.kill, (workers[1].pid, signal.SIGCONT)).start()
    states = [outcome.state for outcome in (first, *outcomes)]
    assert len(states) == len(jobs)
    assert {*states} == {State.DONE, State.KEPT}


def alignments(out: Path) -> dict[str, Alignment]:
    """The alignments in the folder of a batch, but for when they were made."""
    return {path.name: replace(load(path), created="") for path in out.glob("[!.]*/*.alignment.json")}


def test_real_alignments_are_those_made_here(cluster, tmp_path: Path) -> None:
    address, workers = cluster
    make_excerpts([EXAMPLE], tmp_path / "in", [4.0] * 4)
    here, there = tmp_path / "here", tmp_path / "there"
    batch = [COMMAND, "batch", tmp_path / "in" / "jobs.csv", "--quiet"]
    afar = subprocess.Popen([*batch, "-o", there, "--on", f"dask:{address}"])
    wait_until(lambda: alignments(there))
    os.kill(workers[0].pid, signal.SIGKILL)
    assert afar.wait(timeout=120) == 0
    assert subprocess.run([*batch, "-o", here], check=False, timeout=120).returncode == 0
    assert len(alignments(here)) == 4
    assert alignments(there) == alignments(here)
