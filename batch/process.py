"""A process for one job: monitored, limited, and never outliving the process that started it.

Its workers end with it. Its input is a pipe whose other end is here: when this process dies, for whatever reason, the
pipe closes, and the job kills itself with all its descendants.
"""

from __future__ import annotations

import runpy
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from asdelivered.base.process_tree import end_with_starter, ended, kill_tree, measured, start_tree

_INTERVAL = 0.1
"""Seconds between two looks at a process: whether it has ended, or should be stopped."""
_MEASUREMENTS = 20
_RAREST = 0.5
"""How often its memory is measured: when it runs for a twentieth longer, or for as many seconds. A peak in between is
missed. To count shared pages takes the system 6 ms an alignment, and holds up its processes: ten times a second, an
alignment on two cores took a twelfth longer."""


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
    command = [sys.executable, "-m", "asdelivered.batch.process", program, *arguments]
    return run_command(command, log, limits, stopped)


def run_command(
    command: Sequence[str],
    log: BinaryIO,
    limits: Limits = Limits(),
    stopped: Callable[[], bool] = lambda: False,
) -> ProcessResult:
    """Run a command as `run_process` does, and kill what is left of its descendants at the end."""
    began = due = time.monotonic()
    child = start_tree(command, log)
    memory = rss = 0
    cpu = 0.0
    broken_limit = None
    try:
        while (end := ended(child)) is None:
            now = time.monotonic()
            if now >= due:
                found = measured(child.pid)
                memory, rss, cpu = max(memory, found[0]), max(rss, found[1]), max(cpu, found[2])
                due = now + min(_RAREST, (now - began) / _MEASUREMENTS)
            if limits.memory is not None and memory > limits.memory:
                broken_limit = f"it took more than {limits.memory / 2**20:.0f} MiB of memory"
            elif limits.seconds is not None and now - began > limits.seconds:
                broken_limit = f"it took longer than {limits.seconds:g} s"
            if broken_limit is not None or stopped():
                kill_tree(child.pid)
                end = ended(child, wait=True)
                break
            time.sleep(_INTERVAL)
    finally:
        kill_tree(child.pid)
        if child.stdin is not None:
            child.stdin.close()
    code, exact = end if end is not None else (-1, None)
    return ProcessResult(
        code, time.monotonic() - began, cpu if exact is None else exact, memory, rss, broken_limit
    )


if __name__ == "__main__":
    end_with_starter()
    module = sys.argv[1]
    sys.argv = [module, *sys.argv[2:]]
    runpy.run_module(module, run_name="__main__")
