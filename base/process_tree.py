"""A process with all its descendants: started, measured and killed together, on each system in its own way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import BinaryIO

import psutil


def start_tree(command: Sequence[str], log: BinaryIO) -> subprocess.Popen[bytes]:
    """Start a command that `kill_tree` ends with all its descendants; its output goes to `log`.

    Its input is a pipe, which the system closes when this process ends, however it ends. Raises OSError.
    """
    if sys.platform == "win32":
        own_group = subprocess.CREATE_NEW_PROCESS_GROUP
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=log, stderr=log, creationflags=own_group
        )
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True)


def end_with_starter() -> None:
    """Kill this process and its descendants when the process that started it ends: when its input closes.

    The program that runs here is given an empty input.
    """
    pipe = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)

    def wait() -> None:
        while os.read(pipe, 1):
            pass
        kill_tree(os.getpid())

    threading.Thread(target=wait, daemon=True).start()


def kill_tree(leader: int) -> None:
    """Kill a process that `start_tree` started, and its descendants.

    On Linux and macOS they are a process group, so those whose parents have ended are killed as well.
    """
    if sys.platform == "win32":
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(leader)
            for one in [*process.children(recursive=True), process]:
                with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                    one.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)


def ended(child: subprocess.Popen[bytes], wait: bool = False) -> tuple[int, float | None] | None:
    """Return the exit code of a child (negative: a signal), or None if it still runs; `wait` waits for its end.

    The second value is the processor time that it and its descendants took, in seconds; None on Windows, which does
    not tell afterwards (use `measured`). A child's code is returned once.
    """
    if sys.platform == "win32":
        code = child.wait() if wait else child.poll()
        return None if code is None else (code, None)
    # Only wait4 reports what the process and those it waited for have used.
    pid, status, used = os.wait4(child.pid, 0 if wait else os.WNOHANG)
    if pid == 0:
        return None
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, used.ru_utime + used.ru_stime


def measured(leader: int) -> tuple[int, int, float]:
    """Return the memory of a process and its descendants, PSS and RSS in bytes, and their processor time in seconds.

    A process that has just ended counts nothing. Where the system has no PSS (a page that several share counts once),
    it is the memory that each has alone.
    """
    pss = rss = 0
    cpu = 0.0
    processes = []
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(leader)
        processes = [process, *process.children(recursive=True)]
    for one in processes:
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            used = one.memory_full_info()
            pss += getattr(used, "pss", used.uss)
            rss += used.rss
            times = one.cpu_times()
            cpu += times.user + times.system
    return pss, rss, cpu
