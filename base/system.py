"""What differs between Linux, macOS and Windows in files, signals and consoles.

Trees of processes are in base/process_tree.py, locks in base/locks.py, names of files in base/names.py.

No other module asks what system this is. A type checker reads each branch as that system does (`mypy --platform`).
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from types import FrameType

BINARY = getattr(os, "O_BINARY", 0)
"""For `os.open`: Windows would change line ends."""
_PATIENCE = 2.0
"""Seconds that a file which another program has open, a virus scanner for one, is waited for on Windows."""
_PAUSE = 0.05
_NICER = 5
"""Niceness of a process that is less urgent: of a core it gets a third of what another one gets."""


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def is_mine(path: Path) -> bool:
    """Return whether a file or folder is this user's; on Windows, where a profile is a user's own, always True."""
    if sys.platform == "win32":
        return True
    return path.stat().st_uid == os.geteuid()


def has_freedesktop_menu() -> bool:
    """Return whether the menu of applications is one by the rules of freedesktop.org."""
    return sys.platform not in ("darwin", "win32")


def replace_file(source: Path, target: Path) -> None:
    """Rename `source` to `target`, and replace what is there. Raises OSError.

    Windows refuses while another program has `target` open, which it mostly has for a moment only.
    """
    until = time.monotonic() + (_PATIENCE if sys.platform == "win32" else 0.0)
    while True:
        try:
            source.replace(target)
            return
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(_PAUSE)


def rename_to_new(source: Path, target: Path) -> None:
    """Rename `source` to `target`, and replace nothing. Raises FileExistsError, and other OSError.

    Sticks and cards have no hard links: there, an empty file takes the name first, for a moment.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        target.open("xb").close()
        try:
            replace_file(source, target)
        except OSError:
            target.unlink()
            raise
    else:
        source.unlink()


def flush_folder(folder: Path) -> None:
    """Make sure that a folder lists a new file even after a power failure; Windows does that by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def let_others_go_first() -> None:
    """Make this process less urgent than one that did not call this; Windows keeps all alike."""
    if sys.platform != "win32":
        os.nice(_NICER)


def give_back_memory() -> None:
    """Give the system all memory that this process has freed.

    The C library of most Linuxes keeps what lies between objects that live on; other systems' libraries give it back
    by themselves.
    """
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def set_up_console() -> None:
    """Make this process's output readable anywhere.

    A terminal that is not UTF-8 shows question marks in place of typographic quotes, not a traceback. What goes into a
    file or another program is UTF-8: Windows would take the code page of the country.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if sys.platform == "win32" and not stream.isatty():
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="replace")


def stop_on_signals() -> None:
    """Let Ctrl-C and SIGTERM (`timeout`, `docker stop`) raise KeyboardInterrupt, but never amid an import.

    A module that Cython has compiled swallows what is raised while it is imported, and the program would go on.
    Ctrl-C stays ignored where it is: a shell starts what runs in the background so.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    while frame is not None:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            _thread.start_new_thread(_stop_later, (number,))
            return
        frame = frame.f_back
    raise KeyboardInterrupt


def _stop_later(number: int) -> None:
    time.sleep(_PAUSE)
    if sys.platform == "win32":
        _thread.interrupt_main(signal.Signals(number))
    else:  # a real signal, which also ends a wait of the main thread
        signal.pthread_kill(threading.main_thread().ident or 0, number)


@contextmanager
def not_stopped() -> Iterator[None]:
    """Ignore Ctrl-C and SIGTERM within the block; for the main thread, which alone gets signals."""
    handlers = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


@contextmanager
def children_ignore_ctrl_c() -> Iterator[None]:
    """Start processes in the block that never get a Ctrl-C, not even while their interpreter starts."""
    if sys.platform == "win32":
        import ctypes

        ignore = ctypes.windll.kernel32.SetConsoleCtrlHandler  # inherited by the processes that are started
        ignore(None, True)
        try:
            yield
        finally:
            ignore(None, False)
    else:
        from multiprocessing import resource_tracker

        # Multiprocessing starts it with the first worker, and it would lift the block for the others.
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
