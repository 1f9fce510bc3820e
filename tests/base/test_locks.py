"""Locks: one holder at a time, gone with it, and nothing left in the folder."""

import subprocess
import sys
import threading
from pathlib import Path

from asdelivered.base.locks import try_lock

HOLDING = """
import sys, time
from pathlib import Path
from asdelivered.base.locks import try_lock
lock = try_lock(Path(sys.argv[1]))
print(lock is not None, flush=True)
time.sleep(600)
"""


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    first = try_lock(path)
    assert first is not None
    assert try_lock(path) is None
    # A review is closed by another thread than the one that opened it.
    thread = threading.Thread(target=first.release)
    thread.start()
    thread.join()
    first.release()
    assert list(tmp_path.iterdir()) == []
    second = try_lock(path)
    assert second is not None
    second.release()


def test_it_ends_with_a_process_that_is_killed(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    with subprocess.Popen([sys.executable, "-c", HOLDING, path], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert try_lock(path) is None
        other.kill()
        other.wait()
    mine = try_lock(path)
    assert mine is not None
    mine.release()
