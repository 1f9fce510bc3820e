"""One job's process: watched, limited, and never outliving whoever started it.

The process leads a group of its own, so that its workers end with it. It holds the reading end of a pipe whose other
end is here: when this process dies, however it dies, the pipe closes, and the group kills itself.
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
"""Seconds between two looks at a process: what it takes in between goes unseen."""


@dataclass(frozen=True)
class Limits:
    """What a job may take: seconds, and bytes of memory of all its processes together; None: whatever it wants."""

    seconds: float | None = None
    memory: int | None = None


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code (negative: the signal), its cost, and the limit that it broke, if any.

    `seconds` are on the clock, `cpu` on the cores. `memory` is the peak of all its processes together in bytes, where
    a page that several share counts once (PSS); in `rss` it counts for each.
    """

    code: int
    seconds: float
    cpu: float
    memory: int
    rss: int
    broke: str | None = None


def run_process(
    program: str,
    arguments: Sequence[str],
    log: BinaryIO,
    limits: Limits,
    stopped: Callable[[], bool] = lambda: False,
) -> Ended:
    """Run a program to its end, all that it says into `log`; kill it at a limit or if `stopped`.

    `program` is the name of a Python module that is run with these arguments. It ends with this process.

    Raises OSError where it can't be started.
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
) -> Ended:
    """Run a command in a group of its own, as `run_process`; whoever of the group is left in the end is killed."""
    began = time.monotonic()
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=pass_fds, start_new_session=True
    )
    memory = rss = 0
    broke = None
    try:
        process = psutil.Process(child.pid)
        # wait4 alone tells what the process and those it waited for have used, and only once.
        while (ended := os.wait4(child.pid, os.WNOHANG))[0] == 0:
            now = _memory(process)
            memory, rss = max(memory, now[0]), max(rss, now[1])
            if limits.memory is not None and memory > limits.memory:
                broke = f"it took more than {limits.memory / 2**20:.0f} MiB of memory"
            elif limits.seconds is not None and time.monotonic() - began > limits.seconds:
                broke = f"it took longer than {limits.seconds:g} s"
            if broke is not None or stopped():
                _kill(child.pid)
                ended = os.wait4(child.pid, 0)
                break
            time.sleep(INTERVAL)
        child.returncode = os.waitstatus_to_exitcode(ended[1])
    finally:
        _kill(child.pid)
    cpu = ended[2].ru_utime + ended[2].ru_stime
    return Ended(child.returncode, time.monotonic() - began, cpu, memory, rss, broke)


def _memory(process: psutil.Process) -> tuple[int, int]:
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


def _kill(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _end_with(pipe: int) -> None:
    """Kill this process' group when the other end of the pipe is closed."""
    while os.read(pipe, 1):
        pass
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=_end_with, args=(int(sys.argv[1]),), daemon=True).start()
    module = sys.argv[2]
    sys.argv = [module, *sys.argv[3:]]
    runpy.run_module(module, run_name="__main__")
