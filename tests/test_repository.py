"""The house in order: style, types, one-way imports, a complete list of packages, documents that are true."""

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import asdelivered
from asdelivered.app.jobs.dependencies import dependencies

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES = sorted(link.name for link in (REPOSITORY / "src" / "asdelivered").iterdir() if link.is_symlink())
FOLDERS = (*SOURCES, "src", "tests", "benchmarks", "docs", "scripts", ".ci")
WRITTEN_BY_HAND = {".py", ".md", ".toml", ".yaml", ".json", ""}
MOST_MODULES = 22
TOOLS = Path(sysconfig.get_path("scripts"))


def hand_written_files() -> list[Path]:
    """The repository's own files, without what tools leave and without test data."""
    inside = [file for folder in FOLDERS for file in (REPOSITORY / folder).rglob("*") if file.is_file()]
    beside = [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("*.toml"), *REPOSITORY.glob("*.yaml")]
    return sorted(
        file
        for file in (*inside, *beside)
        if file.suffix in WRITTEN_BY_HAND and not left_by_a_tool(file.relative_to(REPOSITORY).parent)
    )


def left_by_a_tool(folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in folder.parts if part != ".ci")
    return hidden or not {"__pycache__", "goldens"}.isdisjoint(folder.parts)


def run_tool(*command: str, cwd: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    # Where a copy is looked at, the copy's own packages come first.
    environment = {**os.environ} if cwd == REPOSITORY else {**os.environ, "PYTHONPATH": str(cwd / "src")}
    return subprocess.run(
        [sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


IMPORT_LINTER = (str(TOOLS / "lint-imports"), "--no-cache", "--no-logo")


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("-m", "ruff", "check"), id="ruff-check"),
        pytest.param(("-m", "ruff", "format", "--check"), id="ruff-format"),
        pytest.param(("-m", "mypy"), id="mypy"),
        pytest.param(IMPORT_LINTER, id="imports"),
        pytest.param(("-m", "basedpyright", "--level", "error"), id="pyright"),
    ],
)
def test_linters_find_nothing(command: tuple[str, ...]) -> None:
    run = run_tool(*command)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("subtitles/errors.py", "from asdelivered import app"),
        ("align/errors.py", "import asdelivered.subtitles.errors"),
        ("media/errors.py", "from asdelivered.transcripts import model"),
        ("transcripts/errors.py", "from asdelivered.media.timecode import FrameRate"),
        ("transcripts/languages/rules.py", "from asdelivered.transcripts.structure import titles"),
        ("base/errors.py", "from asdelivered.transcripts import model"),
        ("clips/errors.py", "from asdelivered.review import session"),
        ("archive/errors.py", "from asdelivered.clips import plan"),
        ("app/jobs/counting.py", "from asdelivered.app.console import text"),
        ("align/acoustic/cmn.py", "from asdelivered.align import recognition"),
        ("align/document/sources.py", "from asdelivered.align import script"),
        ("align/engines/sphinx.py", "from asdelivered.align import anchors"),
        ("align/segments.py", "from asdelivered.align import placement"),
    ],
)
def test_import_the_wrong_way_is_found(tmp_path: Path, module: str, line: str) -> None:
    found = findings_with(tmp_path, module, line)
    assert f"asdelivered.{module.removesuffix('.py').replace('/', '.')} ->" in found


def test_a_circle_is_found(tmp_path: Path) -> None:
    line = "from asdelivered.transcripts.structure import heading"
    assert "- .dates -> .heading" in findings_with(tmp_path, "transcripts/structure/dates.py", line)


def findings_with(folder: Path, module: str, line: str) -> str:
    """What the linter finds in a copy of the packages with one more line in a module."""
    for name in SOURCES:
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copytree(REPOSITORY / "src", folder / "src", symlinks=True)
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    with (folder / module).open("a") as file:
        file.write(f"\n{line}\n")
    run = run_tool(*IMPORT_LINTER, cwd=folder)
    assert run.returncode == 1
    return run.stdout


def test_every_package_is_found_under_src() -> None:
    packages = {folder.name for folder in REPOSITORY.iterdir() if (folder / "__init__.py").is_file()}
    assert len(packages) > 10
    links = [link for link in (REPOSITORY / "src" / "asdelivered").iterdir() if link.is_symlink()]
    assert {link.name: link.resolve() for link in links} == {name: REPOSITORY / name for name in packages}


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {file.parent for name in SOURCES for file in (REPOSITORY / name).rglob("*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_no_folder_is_a_drawer() -> None:
    """A stranger finds the room from the tree: about twenty modules side by side, no more."""
    folders = {file.parent for name in SOURCES for file in (REPOSITORY / name).rglob("*.py")}
    modules = {
        folder: [file for file in folder.glob("*.py") if file.name != "__init__.py"] for folder in folders
    }
    assert [str(folder) for folder, files in modules.items() if len(files) > MOST_MODULES] == []


def test_what_the_packages_import_comes_with_an_installation() -> None:
    """Each distribution that is imported is a dependency by name, and not brought along by another one."""
    declared = {dependency.name for dependency in dependencies()}
    brought_by = importlib.metadata.packages_distributions()
    missing = []
    for file in sorted(file for name in SOURCES for file in (REPOSITORY / name).rglob("*.py")):
        for module in imported_modules(file) - sys.stdlib_module_names - {"asdelivered"}:
            # A library of an extra need not be installed here: then its module has its own name.
            distributions = {canonicalize_name(name) for name in brought_by.get(module, [module])}
            if distributions.isdisjoint(declared):
                missing.append(f"{file.relative_to(REPOSITORY)}: {module}")
    assert missing == []


def test_the_installed_program_declares_what_the_project_does() -> None:
    """By that `doctor` and the test above go: scripts/environment installs it again after a change."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    stated = [("", line) for line in project["dependencies"]]
    stated += [(extra, line) for extra, lines in project["optional-dependencies"].items() for line in lines]
    # An extra that is made of the others brings nothing of its own.
    wanted = sorted(
        (extra, without_marker(Requirement(line)))
        for extra, line in stated
        if not line.startswith("asdelivered[")
    )
    assert wanted == sorted((one.extra, without_marker(one.requirement)) for one in dependencies())


def without_marker(requirement: Requirement) -> str:
    return str(requirement).partition(";")[0]


def imported_modules(file: Path) -> set[str]:
    """The first names of all modules that a file imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(file.read_text())))
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    taken_from = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    return {name.partition(".")[0] for name in named | taken_from if name}


def test_the_program_runs_as_a_module() -> None:
    run = run_tool("-m", "asdelivered", "--version")
    assert run.stdout == f"asdelivered {asdelivered.__version__}\n", run.stderr


def test_every_file_ends_with_one_newline() -> None:
    files = hand_written_files()
    assert len(files) > 50
    assert [
        str(file)
        for file in files
        if (text := file.read_bytes()) and (not text.endswith(b"\n") or text.endswith(b"\n\n"))
    ] == []


def test_no_file_names_a_place_on_one_machine() -> None:
    place = re.compile(r"(?<![\w.])/(?:work|root)/|\.library\b")
    this = Path(__file__).resolve()
    found = [str(file) for file in hand_written_files() if file != this and place.search(file.read_text())]
    assert found == []


def test_links_between_documents_lead_somewhere() -> None:
    links = [
        (document, target)
        for document in hand_written_files()
        if document.suffix == ".md"
        for target in re.findall(r"\]\(([^)#]+)", document.read_text())
        if not target.startswith(("http:", "https:"))
    ]
    assert links
    broken = [(d, target) for d, target in links if not (d.parent / target).exists()]
    assert [(str(d), target) for d, target in broken if not made_with_the_site(d.parent / target)] == []


def made_with_the_site(target: Path) -> bool:
    """Tell whether a page is one of those that docs/hooks.py adds; tests/docs/test_site.py looks for these."""
    place = Path(os.path.normpath(target)).relative_to(REPOSITORY / "docs").as_posix()
    return place in {f"reference/{name}.md" for name in ("alignment", "commands", "formats", "styles")} | {
        "architecture.svg"
    }


def test_commands_in_the_readme_exist() -> None:
    readme = (REPOSITORY / "README.md").read_text()
    commands = set(re.findall(r"asdelivered ([a-z]+)\b", "\n".join(code_in(readme))))
    assert {"align", "demo", "doctor"} <= commands
    for command in sorted(commands):
        run = run_tool(str(TOOLS / "asdelivered"), command, "--help")
        assert run.returncode == 0, f"{command}: {run.stderr}"
    for script in set(re.findall(r"scripts/\w+", readme)):
        assert os.access(REPOSITORY / script, os.X_OK), script


def code_in(markdown: str) -> list[str]:
    """What stands between backquotes, and what is indented as a block of code."""
    blocks = re.findall(r"^(?: {4}|\t)(.*)$|```\w*\n(.*?)```", markdown, re.MULTILINE | re.DOTALL)
    return [part for block in blocks for part in block] + re.findall(r"`([^`\n]+)`", markdown)
