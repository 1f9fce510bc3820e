"""Run a command, and measure the time and the memory that it and all its children take. Linux only."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

INTERVAL = 0.1
"""Seconds between two looks at the processes: what is allocated and freed between them goes unseen."""

_TOLD = 4000


class CommandError(Exception):
    """The command failed; the message has its exit code and the end of what it printed."""


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock and on the cores; bytes at the peak of all processes together.

    `peak` is the sum of their PSS, in which a page that several share counts once; `peak_rss` is the sum of
    their RSS, in which it counts for each.
    """

    wall: float
    cpu: float
    peak: int
    peak_rss: int


def measure(command: Sequence[str], log: Path) -> Cost:
    """Run `command` to its end, its output to the file `log`. Raises CommandError: it failed."""
    peak = peak_rss = 0
    with log.open("wb") as output:
        started = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            process = psutil.Process(child.pid)
            # wait4 alone tells what the child and those it waited for have used, and only once.
            while (ended := os.wait4(child.pid, os.WNOHANG))[0] == 0:
                pss, rss = memory(process)
                peak, peak_rss = max(peak, pss), max(peak_rss, rss)
                time.sleep(INTERVAL)
            wall = time.perf_counter() - started
            child.returncode = os.waitstatus_to_exitcode(ended[1])
        finally:
            if child.returncode is None:
                child.terminate()
                child.wait()
    if child.returncode != 0:
        told = log.read_text(errors="replace")[-_TOLD:].strip()
        raise CommandError(f"{Path(command[0]).name} ended with exit code {child.returncode}:\n{told}")
    return Cost(wall, ended[2].ru_utime + ended[2].ru_stime, peak, peak_rss)


def memory(process: psutil.Process) -> tuple[int, int]:
    """Return the PSS and the RSS of a process and all below it, in bytes; those that have just ended have none."""
    pss = rss = 0
    processes = [process]
    with suppress(psutil.NoSuchProcess):
        processes += process.children(recursive=True)
    for one in processes:
        with suppress(psutil.NoSuchProcess):
            used = one.memory_full_info()
            pss += used.pss
            rss += used.rss
    return pss, rss
