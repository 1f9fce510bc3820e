"""A process for one job: monitored, limited, and never outliving the process that started it.

It leads a process group of its own, so that its workers end with it. It holds the read end of a pipe whose write end is
here: when this process dies, for whatever reason, the pipe closes, and the group kills itself.
"""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

import psutil

INTERVAL = 0.1
"""Seconds between two measurements of a process; a peak in between is missed."""


@dataclass(frozen=True)
class Limits:
    """The most that a job may take: seconds, and bytes of memory in all its processes together; None: no limit."""

    seconds: float | None = None
    memory: int | None = None


@dataclass(frozen=True)
class ProcessResult:
    """How a process ended: its exit code (negative: a signal), its cost, and the limit that it broke, as a sentence.

    `seconds` are wall-clock time, `cpu` seconds of processor time. `memory` is the peak of all its processes together,
    in bytes, where a page that several share counts once (PSS); in `rss` it counts for each.
    """

    code: int
    seconds: float
    cpu: float
    memory: int
    rss: int
    broken_limit: str | None = None


def run_process(
    program: str,
    arguments: Sequence[str],
    log: BinaryIO,
    limits: Limits,
    stopped: Callable[[], bool] = lambda: False,
) -> ProcessResult:
    """Run a program with its output in `log`; kill it when it breaks a limit or `stopped` returns True.

    `program` is the name of a Python module, which is run with these arguments. It ends when this process does.

    Raises OSError where it cannot be started.
    """
    reading, writing = os.pipe()
    try:
        command = [sys.executable, "-m", "asdelivered.batch.process", str(reading), program, *arguments]
        return run_command(command, log, limits, stopped, (reading,))
    finally:
        os.close(reading)
        os.close(writing)


def run_command(
    command: Sequence[str],
    log: BinaryIO,
    limits: Limits = Limits(),
    stopped: Callable[[], bool] = lambda: False,
    pass_fds: Sequence[int] = (),
) -> ProcessResult:
    """Run a command as `run_process` does, in a process group of its own; kill what is left of the group at the end."""
    began = time.monotonic()
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=pass_fds, start_new_session=True
    )
    memory = rss = 0
    broken_limit = None
    try:
        process = psutil.Process(child.pid)
        # Only wait4 reports what the process and those it waited for have used, and only once.
        while (ended := os.wait4(child.pid, os.WNOHANG))[0] == 0:
            now = _memory(process)
            memory, rss = max(memory, now[0]), max(rss, now[1])
            if limits.memory is not None and memory > limits.memory:
                broken_limit = f"it took more than {limits.memory / 2**20:.0f} MiB of memory"
            elif limits.seconds is not None and time.monotonic() - began > limits.seconds:
                broken_limit = f"it took longer than {limits.seconds:g} s"
            if broken_limit is not None or stopped():
                _kill(child.pid)
                ended = os.wait4(child.pid, 0)
                break
            time.sleep(INTERVAL)
        child.returncode = os.waitstatus_to_exitcode(ended[1])
    finally:
        _kill(child.pid)
    cpu = ended[2].ru_utime + ended[2].ru_stime
    return ProcessResult(child.returncode, time.monotonic() - began, cpu, memory, rss, broken_limit)


def _memory(process: psutil.Process) -> tuple[int, int]:
    """Return the PSS and the RSS of a process and its descendants, in bytes; a process that has just ended has none."""
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


def _kill(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _end_with(pipe: int) -> None:
    """Kill this process's group when the other end of the pipe is closed."""
    while os.read(pipe, 1):
        pass
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=_end_with, args=(int(sys.argv[1]),), daemon=True).start()
    module = sys.argv[2]
    sys.argv = [module, *sys.argv[3:]]
    runpy.run_module(module, run_name="__main__")
