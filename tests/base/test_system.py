"""What differs between systems, as far as one system can show it."""

import io
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from asdelivered.base import system


def refusing(times: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Make renaming fail so many times, as Windows does while another program has the file open."""
    calls: list[int] = []
    rename = Path.replace

    def replace(self: Path, target: Path) -> Path:
        calls.append(1)
        if len(calls) <= times:
            raise PermissionError(13, "The process cannot access the file")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    return calls


def test_windows_waits_for_a_file_that_is_open_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").write_text("new")
    (tmp_path / "old").write_text("old")
    calls = refusing(2, monkeypatch)
    monkeypatch.setattr(system, "_PAUSE", 0.001)
    monkeypatch.setattr(sys, "platform", "win32")
    system.replace_file(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "new"
    assert len(calls) == 3


def test_other_systems_do_not_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new").write_text("new")
    calls = refusing(9, monkeypatch)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(PermissionError):
        system.replace_file(tmp_path / "new", tmp_path / "old")
    assert len(calls) == 1


@pytest.mark.parametrize("links", [True, False])
def test_a_new_name_never_replaces_a_file(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")  # as a stick with exFAT does

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "made").write_text("new")
    system.rename_to_new(tmp_path / "made", tmp_path / "name")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"name": "new"}
    (tmp_path / "made").write_text("newer")
    with pytest.raises(FileExistsError):
        system.rename_to_new(tmp_path / "made", tmp_path / "name")
    assert (tmp_path / "name").read_text() == "new"


def test_cores_are_counted_without_an_affinity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert system.cores() == 6


@pytest.mark.parametrize(("on", "written"), [("win32", "„é“".encode()), ("linux", b"?\xe9?")])
def test_output_into_a_file_is_utf_8_on_windows_and_no_letter_stops_the_program(
    on: str, written: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="latin-1"))
    monkeypatch.setattr(sys, "platform", on)
    system.set_up_console()
    print("„é“", end="", flush=True)
    assert raw.getvalue() == written


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries give it back by themselves")
def test_memory_freed_between_what_lives_on_goes_back_to_the_system() -> None:
    process = psutil.Process()
    pieces = [bytes(2000) for _ in range(50_000)]
    del pieces[::2], pieces[::2], pieces[::2], pieces[::2], pieces[::2], pieces[::2]
    freed = process.memory_info().rss
    system.give_back_memory()
    assert freed - process.memory_info().rss > 40_000_000
    assert all(piece == bytes(2000) for piece in pieces)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_amid_an_import_that_swallows_it_is_not_lost(number: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "swallows.py").write_text(
        f"import signal\ntry:\n    signal.raise_signal({int(number)})\nexcept BaseException:\n    pass\n"
    )
    program = """
import time
from asdelivered.base.system import stop_on_signals
stop_on_signals()
try:
    import swallows
    print("imported", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    print("stopped")
"""
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=50
    )
    assert (run.stdout, run.stderr) == ("imported\nstopped\n", "")


def test_ctrl_c_stays_ignored_where_a_shell_ignored_it() -> None:
    program = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
from asdelivered.base.system import stop_on_signals
stop_on_signals()
signal.raise_signal(signal.SIGINT)
print("runs")
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=50)
    assert (run.stdout, run.stderr) == ("runs\n", "")
