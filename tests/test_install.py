"""What is built and installed is whole: the wheel, made from the sdist, runs in an environment of its own.

In it, in an empty folder without the repository, a newcomer's first steps are taken and a part of the tests is run. The
versions are those of the lock file. Known vulnerabilities are not looked up: that takes a data base on the network.
"""

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from uv import find_uv_bin

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES = sorted(link.name for link in (REPOSITORY / "src" / "asdelivered").iterdir() if link.is_symlink())


SMOKE = ("test_interface.py", "media/test_timecode.py", "subtitles/test_caption.py", "subtitles/goldens")
"""Tests that need nothing but pytest and the program; run against what was installed."""


def uv(*arguments: str) -> str:
    environment = {
        **os.environ,
        # Archives hold times; with this one the same files make the same bytes.
        "SOURCE_DATE_EPOCH": "1700000000",
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
def licences() -> ModuleType:
    """The script that lists the licences."""
    spec = importlib.util.spec_from_file_location("licences", REPOSITORY / "scripts" / "licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def locked(licences: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The locked versions of all that the program depends on, as a list for pip."""
    file = tmp_path_factory.mktemp("locked") / "locked.txt"
    uv(*licences.EXPORT, "--output-file", str(file))
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
        for pattern in ("*.py", "*.pyi", "*.json", "*.opus", "*.toml", "*.txt")
        for file in (REPOSITORY / folder).rglob(pattern)
    } | {"asdelivered/__init__.py", "asdelivered/__main__.py", "asdelivered/py.typed"}
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


def test_sdist_makes_the_same_wheel_again(wheel: Path, tmp_path: Path) -> None:
    (sdist,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    uv("build", "--quiet", "--wheel", "--out-dir", str(tmp_path), str(source))
    (again,) = tmp_path.glob("*.whl")
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_a_newcomer_in_an_empty_folder_gets_captions(installed: Path, tmp_path: Path) -> None:
    shown = run(installed, "demo", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "Thank you, Daniel," in shown.stdout
    made = tmp_path / "asdelivered-demo"
    assert {"harbour.alignment.json", "harbour.srt", "harbour.vtt"} <= {file.name for file in made.iterdir()}
    found = run(installed, "find", "we can do it again", "harbour.alignment.json", cwd=made)
    assert found.returncode == 0, found.stderr
    assert "0:01:21." in found.stdout


def test_without_extras_a_clip_is_rendered_and_the_rest_says_what_brings_it(
    installed: Path, tmp_path: Path
) -> None:
    python = installed.parent / "python"
    present = run(
        python, "-c", "import importlib.util as u; print(u.find_spec('imageio_ffmpeg'))", cwd=tmp_path
    )
    assert present.stdout == "None\n"
    shown = run(installed, "demo", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    made = tmp_path / "asdelivered-demo"
    quote = ("clip", "harbour.alignment.json", "--quote", "we can do it again", "--to", "cuts.edl")
    clipped = run(installed, *quote, "--render", "clips", cwd=made)
    assert clipped.returncode == 0, clipped.stderr
    assert {file.suffix for file in (made / "clips").iterdir()} >= {".opus", ".srt"}
    page = run(installed, "page", "harbour.alignment.json", "-o", "talk.html", cwd=made)
    assert page.returncode == 0, page.stderr
    refused = run(installed, *quote, "--render", "more", "--audiogram", "--force", cwd=made)
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].endswith('"asdelivered[clips]"')
    for engine in ("whisper", "ctc"):
        refused = run(
            installed, "align", "harbour.txt", "harbour.opus", "--engine", engine, "--model", ".", cwd=made
        )
        assert refused.returncode == 1
        assert refused.stderr.splitlines()[-1].endswith(f'"asdelivered[{engine}]"')


def test_a_part_of_the_tests_passes_on_what_was_installed(installed: Path, tmp_path: Path) -> None:
    python = installed.parent / "python"
    uv("pip", "install", "--quiet", "--python", str(python), "pytest", "hypothesis")
    for name in SMOKE:
        source, target = REPOSITORY / "tests" / name, tmp_path / "tests" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --import-mode=importlib\n")
    shown = run(python, "-m", "pytest", "-q", cwd=tmp_path)
    assert shown.returncode == 0, shown.stdout + shown.stderr
    where = run(python, "-c", "import asdelivered.align as a; print(a.__file__)", cwd=tmp_path).stdout
    assert where.startswith(str(installed.parent.parent))


def test_the_installation_stays_small_enough(installed: Path) -> None:
    if sys.platform != "linux" or platform.machine() != "x86_64":
        pytest.skip("wheels of other systems have other sizes")
    files = (file for file in installed.parent.parent.rglob("*") if not file.is_symlink() and file.is_file())
    size = sum(file.stat().st_size for file in files if file.suffix != ".pyc")
    assert size < 400e6


def test_the_manual_is_where_man_looks(installed: Path) -> None:
    assert (installed.parent.parent / "share" / "man" / "man1" / "asdelivered.1").is_file()


def test_licences_of_all_dependencies_are_told(locked: Path) -> None:
    names = {line.partition("==")[0] for line in locked.read_text().splitlines()}
    told = (REPOSITORY / "THIRD_PARTY.md").read_text().lower().replace(" runtime", "runtime")
    assert len(names) > 30
    assert sorted(name for name in names if name not in told) == []


def test_the_list_of_licences_is_what_the_packages_state(locked: Path, licences: ModuleType) -> None:
    text = (REPOSITORY / "THIRD_PARTY.md").read_text("utf-8")
    told = licences.known_rows(text)
    assert told == licences.rows(licences.locked(), told), "run scripts/licences.py"
