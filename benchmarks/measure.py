"""Run a command, and measure the time and memory that it and all its children use. Linux only."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asdelivered.batch.process import run_command

_TOLD = 4000


class CommandError(Exception):
    """The command failed; the message has its exit code and the end of its output."""


@dataclass(frozen=True)
class Times:
    """Wall-clock and processor seconds."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Cost:
    """Wall-clock and processor seconds; bytes at the peak of all processes together.

    `peak` is the sum of their PSS, which counts a shared page once; `peak_rss` is the sum of their RSS, which counts
    it for each process.
    """

    wall: float
    cpu: float
    peak: int
    peak_rss: int


def measure(command: Sequence[str], log: Path) -> Cost:
    """Run `command` to its end, with its output in the file `log`. Raises CommandError if it fails."""
    with log.open("wb") as output:
        ended = run_command(command, output)
    _check(ended.code, command, log)
    return Cost(ended.seconds, ended.cpu, ended.memory, ended.rss)


def timed(command: Sequence[str], log: Path) -> Times:
    """Do the same without a look at the memory: to count shared pages holds up the processes that have them."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with log.open("wb") as output:
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    _check(ended.returncode, command, log)
    return Times(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _check(code: int, command: Sequence[str], log: Path) -> None:
    if code != 0:
        told = log.read_text(errors="replace")[-_TOLD:].strip()
        raise CommandError(f"{Path(command[0]).name} ended with exit code {code}:\n{told}")
