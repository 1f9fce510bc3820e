"""What is built and installed is whole: the wheel, made from the sdist, runs in an environment of its own."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from uv import find_uv_bin

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES = ("transcripts", "media", "align", "subtitles", "archive", "app", "examples")


def uv(*arguments: str) -> str:
    environment = {
        **os.environ,
        "UV_PROJECT_ENVIRONMENT": str(REPOSITORY / ".venv"),
        "UV_LINK_MODE": "hardlink",
    }
    run = subprocess.run(
        [find_uv_bin(), *arguments],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the unpacked sdist, so that a file missing from either is missed here."""
    folder = tmp_path_factory.mktemp("dist")
    uv("build", "--quiet", "--out-dir", str(folder), str(REPOSITORY))
    assert len(list(folder.glob("*.tar.gz"))) == 1
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The locked versions of all that the program depends on, as a list for pip."""
    file = tmp_path_factory.mktemp("locked") / "locked.txt"
    options = ("--frozen", "--no-dev", "--no-emit-project", "--no-hashes", "--no-annotate", "--no-header")
    uv("export", "--quiet", *options, "--output-file", str(file))
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, locked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, in a fresh environment with the wheel and the locked versions of what it depends on."""
    environment = tmp_path_factory.mktemp("fresh") / "environment"
    uv("venv", "--quiet", "--python", sys.executable, str(environment))
    target = ("--python", str(environment / "bin" / "python"))
    uv("pip", "install", "--quiet", *target, "--constraint", str(locked), str(wheel))
    return environment / "bin" / "asdelivered"


def run(command: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([command, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def test_wheel_holds_every_source_file(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"asdelivered/{file.relative_to(REPOSITORY).as_posix()}"
        for folder in SOURCES
        for pattern in ("*.py", "*.pyi", "py.typed", "*.json", "*.opus", "*.toml", "*.txt")
        for file in (REPOSITORY / folder).rglob(pattern)
    }
    assert len(wanted) > 30
    assert wanted - held == set()


def test_installed_command_explains_itself(installed: Path, tmp_path: Path) -> None:
    shown = run(installed, "--help", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "align" in shown.stdout


def test_installed_command_finds_its_parts(installed: Path, tmp_path: Path) -> None:
    report = run(installed, "doctor", cwd=tmp_path)
    assert report.returncode == 0, report.stdout + report.stderr
    assert "sphinx" in report.stdout


def test_licences_of_all_dependencies_are_told(locked: Path) -> None:
    names = {line.partition("==")[0] for line in locked.read_text().splitlines()}
    told = (REPOSITORY / "THIRD_PARTY.md").read_text().lower().replace(" runtime", "runtime")
    assert len(names) > 30
    assert sorted(name for name in names if name not in told) == []
