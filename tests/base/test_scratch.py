"""Scratch folders: gone at the end, and after a killed process at the next call."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from asdelivered.base import scratch
from asdelivered.base.locks import Lock, try_lock
from asdelivered.base.scratch import HIDDEN, LOCK, scratch_folder

HOLDING = """
import sys, time
from pathlib import Path
from asdelivered.base.scratch import scratch_folder
with scratch_folder(Path(sys.argv[1])) as folder:
    (folder / "file").write_text("x")
    print(folder, flush=True)
    time.sleep(600)
"""


def test_it_is_gone_at_the_end_whatever_happens(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as folder:
        (folder / "below").mkdir()
        (folder / "below" / "file").write_text("x")
        assert folder.parent == tmp_path
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RuntimeError), scratch_folder(tmp_path):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_the_lock_goes_last_so_that_what_a_kill_leaves_is_known_as_abandoned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release, left = Lock.release, []

    def watched(lock: Lock) -> None:
        left.append([path.name for path in folder.iterdir()])
        release(lock)

    monkeypatch.setattr(Lock, "release", watched)
    with scratch_folder(tmp_path) as folder:
        (folder / "below").mkdir()
        (folder / "below" / "file").write_text("x")
        (folder / "link").symlink_to(tmp_path)
    assert left == [[LOCK]]
    assert list(tmp_path.iterdir()) == []


def test_without_a_parent_it_is_among_the_temporary_files() -> None:
    with scratch_folder() as folder:
        assert folder.name.startswith("asdelivered-scratch-")
        assert folder.is_dir()
    assert not folder.exists()


def test_one_of_a_process_that_was_killed_goes_and_one_in_use_stays(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", HOLDING, tmp_path], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    try:
        folders = []
        for process in processes:
            assert process.stdout is not None
            folders.append(Path(process.stdout.readline().strip()))
        processes[0].send_signal(signal.SIGKILL)
        processes[0].wait()
        assert folders[0].is_dir()
        with scratch_folder(tmp_path) as mine:
            assert sorted(tmp_path.iterdir()) == sorted([folders[1], mine])
        assert (folders[1] / "file").read_text() == "x"
    finally:
        for process in processes:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


def test_one_whose_process_was_killed_before_it_was_locked_goes(tmp_path: Path) -> None:
    (tmp_path / f"{HIDDEN}empty").mkdir()
    (tmp_path / f"{HIDDEN}full").mkdir()
    (tmp_path / f"{HIDDEN}full" / "file").write_text("x")
    with scratch_folder(tmp_path) as mine:
        assert sorted(tmp_path.iterdir()) == sorted([mine, tmp_path / f"{HIDDEN}full"])


@pytest.mark.parametrize("error", [None, FileExistsError, FileNotFoundError])
def test_one_that_another_process_takes_for_abandoned_while_it_is_made_is_made_again(
    error: type[OSError] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock makes the folder again, or finds it gone: to make one that is there, and then is not, is an error."""

    def taken(path: Path) -> Lock | None:
        path.parent.rmdir()
        monkeypatch.undo()
        if error:
            raise error(path)
        return try_lock(path)

    monkeypatch.setattr(scratch, "try_lock", taken)
    with scratch_folder(tmp_path) as folder:
        assert [path.name for path in folder.iterdir()] == [LOCK]
        assert not folder.stat().st_mode & 0o077
    assert list(tmp_path.iterdir()) == []


def test_where_there_are_no_locks_it_stays_while_it_is_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_locks(path: Path) -> Lock | None:
        raise OSError(path)

    monkeypatch.setattr(scratch, "try_lock", without_locks)
    with scratch_folder(tmp_path) as folder, scratch_folder(tmp_path) as another:
        assert sorted(tmp_path.iterdir()) == sorted([folder, another])
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / f"{HIDDEN}link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / f"{HIDDEN}file").write_text("mine")
    names = {path.name for path in tmp_path.iterdir()}
    with scratch_folder(tmp_path):
        pass
    assert {path.name for path in tmp_path.iterdir()} == names


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"), scratch_folder(tmp_path / "nowhere"):
        pass
    if os.geteuid():
        tmp_path.chmod(0o555)
        with pytest.raises(PermissionError), scratch_folder(tmp_path):
            pass
