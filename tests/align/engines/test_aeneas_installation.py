"""What building aeneas finds on a machine; the building itself needs a way to PyPI, and a minute."""

import os
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import pytest

import asdelivered
from asdelivered.align.engines.aeneas_installation import installer
from asdelivered.align.errors import AlignError


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A Python with neither pip nor uv beside it; the program's modules come to it by `modules`."""
    if find_spec("pip") is not None:
        pytest.skip("the program's environment has pip")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "bare"], check=True)
    return tmp_path / "bare" / "bin" / "python"


def modules(home: Path) -> dict[str, str]:
    """The environment of a process that finds the program's modules, no program on the PATH, and another home."""
    places = (str(Path(asdelivered.__file__).parents[1]), sysconfig.get_path("purelib"))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), "PATH": str(home), "HOME": str(home)}


def test_without_pip_and_uv_the_command_says_so_and_installs_nothing(bare: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    run = subprocess.run(
        [bare, "-m", "asdelivered", "doctor", "--install", "aeneas"],
        capture_output=True,
        text=True,
        check=False,
        env={**modules(home), "TMPDIR": str(home)},
    )
    assert run.returncode == 1
    last = run.stderr.strip().splitlines()[-1]
    assert "neither pip nor uv" in last or "headers of this Python are missing" in last
    assert run.stdout == ""
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("place", ["bare/bin", "home/.local/bin"])
def test_uv_is_found_beside_this_python_and_where_users_have_it(
    bare: Path, tmp_path: Path, place: str
) -> None:
    uv = tmp_path / place / "uv"
    uv.parent.mkdir(parents=True, exist_ok=True)
    uv.write_text("#!/bin/sh\n")
    uv.chmod(0o755)
    code = "from asdelivered.align.engines.aeneas_installation import installer; print(installer()[0])"
    run = subprocess.run(
        [bare, "-c", code], capture_output=True, text=True, check=True, env=modules(tmp_path / "home")
    )
    assert run.stdout.strip() == str(uv)


@pytest.mark.parametrize(("compiler", "there"), [("sh -c", True), ("'/no where/cc' -O2", False)])
def test_a_compiler_is_the_one_that_is_named(compiler: str, there: bool) -> None:
    code = "from asdelivered.align.engines.aeneas_installation import has_compiler; print(has_compiler())"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "CC": compiler},
    )
    assert run.stdout.strip() == str(there)


def test_nothing_is_taken_from_a_cache() -> None:
    try:
        command = installer()
    except AlignError as error:
        pytest.skip(str(error))
    assert any(part in ("--no-cache", "--no-cache-dir") for part in command)
