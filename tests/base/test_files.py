"""A file is written whole or not at all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from asdelivered.base.files import write_whole


def test_writes_and_replaces(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    write_whole(target, b"old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_permissions_follow_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_the_longest_name_is_no_obstacle(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 255)
    write_whole(target, b"whole")
    assert target.read_bytes() == b"whole"


def test_missing_folder_and_folder_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "nowhere" / "a", b"x")
    (tmp_path / "taken").mkdir()
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path / "taken", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


# A process of its own, because limits and signals are a process's. The limit on a file's size stops the write
# in its middle, as a full disk does.
LIMITED = """
import resource, signal, sys
from pathlib import Path
from asdelivered.base.files import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_whole(Path(sys.argv[1]), bytes(1_000_000))
except OSError as error:
    print(error.strerror)
"""

SLOW = """
import sys
from pathlib import Path
from asdelivered.base.files import write_whole
print("writing", flush=True)
while True:
    write_whole(Path(sys.argv[1]), bytes(50_000_000))
"""


def test_a_write_stopped_in_its_middle_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", LIMITED, target], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "File too large"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_ctrl_c_leaves_a_whole_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(bytes(50_000_000))
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, target], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    deadline = time.monotonic() + 240
    while not list(tmp_path.glob(".*.part")) and time.monotonic() < deadline:
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    _, messages = process.communicate(timeout=30)
    assert "KeyboardInterrupt" in messages
    assert list(tmp_path.iterdir()) == [target]
    assert target.stat().st_size == 50_000_000


def test_an_error_names_the_file_and_not_the_temporary_one(tmp_path: Path) -> None:
    program = LIMITED.replace("error.strerror", "error.filename, error.filename2")
    target = tmp_path / "cuts.edl"
    done = subprocess.run([sys.executable, "-c", program, target], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{target} None"
    with pytest.raises(OSError, match="No such file") as error:
        write_whole(tmp_path / "nowhere" / "a", b"x")
    assert error.value.filename == str(tmp_path / "nowhere" / "a")
