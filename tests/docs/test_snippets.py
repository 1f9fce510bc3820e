"""The commands and code in the documents are run, and give what the documents show."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main
from snippets import agrees, blocks, steps

from asdelivered.align.document.pins import read_pins
from asdelivered.app.main import app
from asdelivered.app.settings import NAME, SettingsFile, read_settings

REPOSITORY = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]
RUN = [document for document in DOCUMENTS if next(steps(document), None)]
COMMAND = Path(sys.executable).parent / "asdelivered"
GROUP: Any = typer.main.get_command(app)


def name(document: Path) -> str:
    return str(document.relative_to(REPOSITORY))


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that the demo makes: the example's page and recording, its alignment and captions."""
    folder = tmp_path_factory.mktemp("event")
    subprocess.run([COMMAND, "demo", "-o", folder], capture_output=True, check=True)
    return folder


@pytest.mark.parametrize("document", RUN, ids=name)
def test_what_a_document_tells_to_run_does_what_it_says(document: Path, event: Path, tmp_path: Path) -> None:
    """In one folder, in order; the shell keeps its working folder, and each Python block is a separate program."""
    shutil.copytree(event, tmp_path, dirs_exist_ok=True)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "120",
    }
    folder = tmp_path
    for step in steps(document):
        where = f"{name(document)}:{step.line}: {step.code}"
        here = tmp_path / "folder-after"
        code = f"{step.code}\nstatus=$?; pwd > {here}; exit $status"
        command = ["bash", "-c", code] if step.language == "console" else [sys.executable, "-c", step.code]
        run = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert run.returncode == 0, f"{where}\n{run.stdout}{run.stderr}"
        assert step.output is None or agrees(run.stdout, step.output), f"{where} gave\n{run.stdout}"
        folder = Path(here.read_text().strip()) if step.language == "console" else folder


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_commands_in_a_document_are_commands(document: Path) -> None:
    """Each line that calls the program, run or not, names a command and options that exist."""
    for language, text, line in blocks(document):
        if language not in ("indented", "console", "bash", "sh"):
            continue
        for call in re.findall(r"^(?:\$ )?(asdelivered .*)$", text.replace("\\\n", " "), re.MULTILINE):
            check_call(call, f"{name(document)}:{line}")


def check_call(call: str, where: str) -> None:
    words = shlex.split(re.sub(r"\[(-[^\]]*)\]", lambda found: found[1].split("|")[0], call), comments=True)[
        1:
    ]
    command, options = GROUP, []
    while words and words[0] in getattr(command, "commands", {}):
        command = command.commands[words.pop(0)]
        options += [option for one in command.params for option in (*one.opts, *one.secondary_opts)]
    options += [option for one in GROUP.params for option in one.opts] + ["--help", "-h"]
    assert command is not GROUP or words[:1] == [] or words[0].startswith("-"), (
        f"{where}: {call}: no such command"
    )
    for word in words:
        if re.fullmatch(r"--?[a-z][a-z-]*(=.*)?", word):
            assert word.partition("=")[0] in options, f"{where}: {call}: no option {word}"
        if word in ("|", ">", "&&", ";"):
            break


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_settings_in_a_document_are_settings(document: Path, tmp_path: Path) -> None:
    for language, text, line in blocks(document):
        if language == "toml":
            assert tomllib.loads(text), f"{document}:{line}"
            if "[[" not in text:
                (tmp_path / NAME).write_text(text)
                assert read_settings(GROUP, (SettingsFile(tmp_path / NAME, own=False),))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_json_in_a_document_is_what_it_calls_itself(document: Path, tmp_path: Path) -> None:
    for language, text, _ in blocks(document):
        if language == "json" and json.loads(text).get("schema") == "asdelivered/pins":
            (tmp_path / "pins.json").write_text(text)
            assert read_pins(tmp_path / "pins.json")
