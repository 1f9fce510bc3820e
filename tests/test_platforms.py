"""The program is no system's own: what one machine can show of that."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES = sorted(link.name for link in (REPOSITORY / "src" / "asdelivered").iterdir() if link.is_symlink())
PLACES = {"base/system.py", "base/process_tree.py", "base/locks.py"}
"""Where the program may ask which system this is."""
OF_A_SYSTEM = re.compile(
    r"sys\.platform|os\.name\b|platform\.system|\bfcntl\b|\bmsvcrt\b|killpg|SIGKILL|sched_getaffinity|pthread_sigmask"
    r"|geteuid|getuid|O_DIRECTORY|\bos\.fork|os\.wait4|start_new_session|pass_fds|\"/dev/|\"/proc/|\"/tmp"
    r"|import (pwd|grp|resource|termios)\b|get_context\(\"fork|os\.link\("
)


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_system_is_asked_for_in_few_places() -> None:
    found = {
        file.relative_to(REPOSITORY).as_posix()
        for folder in SOURCES
        for file in (REPOSITORY / folder).rglob("*.py")
        if OF_A_SYSTEM.search(file.read_text("utf-8"))
    }
    assert found <= PLACES
    assert found >= {"base/system.py", "base/process_tree.py"}


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_types_hold_on_other_systems(system: str) -> None:
    checked = run("-m", "mypy", "--platform", system, "--cache-dir", f".mypy_cache/{system}")
    assert checked.returncode == 0, checked.stdout


def test_locks_hold_without_fcntl(tmp_path: Path) -> None:
    """Windows has none, and some Pythons lack it; the library then locks in another way."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['fcntl'] = None\n")
    paths = os.pathsep.join([str(tmp_path), str(REPOSITORY / "src"), os.environ.get("PYTHONPATH", "")])
    tests = ("tests/base/test_locks.py", "tests/base/test_scratch.py", "tests/review/test_journal.py")
    shown = run("-m", "pytest", "-q", "-p", "no:cacheprovider", *tests, PYTHONPATH=paths)
    assert shown.returncode == 0, shown.stdout
    assert " passed" in shown.stdout
    without = run("-c", "import fcntl", PYTHONPATH=paths)
    assert "ModuleNotFoundError" in without.stderr


def test_every_text_file_is_opened_with_its_encoding(tmp_path: Path) -> None:
    """The default is the code page of the country on Windows."""
    page = tmp_path / "page.txt"
    page.write_text("ADA LOVELACE: We can do it again.\n\nGood morning.\n", "utf-8")
    strict = ("-X", "warn_default_encoding", "-m", "asdelivered")
    for command in (("transcript", str(page)), ("config",), ("status", str(tmp_path)), ("archive", "--help")):
        shown = run(*strict, *command)
        assert shown.returncode == 0, shown.stderr
        told = [line for line in shown.stderr.splitlines() if "EncodingWarning" in line]
        assert [line for line in told if "site-packages" not in line] == []  # libraries are not ours to mend
    checked = run("-m", "ruff", "check", "--preview", "--select", "PLW1514", *SOURCES, "scripts")
    assert checked.returncode == 0, checked.stdout


def test_every_system_and_python_installs_from_wheels_but_for_what_is_named() -> None:
    """By uv.lock, so without a network; `scripts/platforms.py` prints the table."""
    spec = importlib.util.spec_from_file_location("platforms", REPOSITORY / "scripts" / "platforms.py")
    assert spec is not None
    assert spec.loader is not None
    platforms = importlib.util.module_from_spec(spec)
    sys.modules["platforms"] = platforms  # a dataclass looks its module up
    spec.loader.exec_module(platforms)
    lock = platforms.read_lock()
    for system in platforms.SYSTEMS:
        for python in platforms.PYTHONS:
            found = platforms.installation(lock, system, python, ("whisper", "clips"))
            assert found.packages > 50
            # PocketSphinx has no wheel for 3.12 on this processor; on 3.14 it does not come by default.
            lacks = (system.name, python) == ("Linux aarch64", (3, 12))
            assert found.compiled == (("pocketsphinx",) if lacks else ())
