"""What building aeneas finds on a machine; the building itself needs a way to PyPI, and a minute."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from asdelivered.align.engines.aeneas_installation import installer


@pytest.mark.skipif(find_spec("pip") is not None, reason="this environment has pip")
def test_without_pip_and_uv_the_command_says_so_and_installs_nothing(program: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, program, "doctor", "--install", "aeneas"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": str(tmp_path), "TMPDIR": str(tmp_path)},
    )
    assert run.returncode == 1
    last = run.stderr.strip().splitlines()[-1]
    assert "neither pip nor uv" in last or "headers of this Python are missing" in last
    assert run.stdout == ""
    assert list(tmp_path.iterdir()) == []


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
    if find_spec("pip") is None and not any((Path(part) / "uv").exists() for part in os.get_exec_path()):
        pytest.skip("neither pip nor uv is here")
    assert any(part in ("--no-cache", "--no-cache-dir") for part in installer())
