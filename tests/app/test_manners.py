"""The manners of a command line: quiet, verbose, colours, completion, a fast start."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import typer.main

from asdelivered.app.main import COMMANDS, app

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
ALIGNMENT = Path(__file__).parent.parent / "subtitles" / "goldens" / "sample.alignment.json"
HEAVY = {
    "numpy",
    "av",
    "onnxruntime",
    "pocketsphinx",
    "rich",
    "platformdirs",
    "jsonschema_rs",
    "json",
    "logging",
    "pydantic",
    "tomllib",
    "ttconv",
}


def on_a_terminal(*command: str | Path, **environment: str) -> str:
    """Run a command on a terminal of its own; return what it shows there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", **environment},
    ):
        os.close(theirs)
        shown = b""
        try:
            while data := os.read(ours, 65536):
                shown += data
        except OSError:  # Linux says so where the other end is closed
            pass
    os.close(ours)
    return shown.decode()


def test_version(command) -> None:
    shown = command("--version")
    assert (shown.returncode, shown.stdout) == (0, f"asdelivered {version('asdelivered')}\n")


def test_quiet_leaves_results_and_errors(command, tmp_path: Path) -> None:
    loud = command("captions", ALIGNMENT, "-o", tmp_path)
    quiet = command("captions", ALIGNMENT, "-o", tmp_path, "--quiet")
    assert quiet.stdout == loud.stdout != ""
    assert quiet.stderr == ""
    failed = command("--quiet", "captions", tmp_path / "nowhere.json")
    assert failed.returncode == 1
    assert "nowhere.json" in failed.stderr


def test_verbose_tells_what_lies_behind_an_error(command, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    short = command("captions", tmp_path / "broken.json")
    long = command("captions", tmp_path / "broken.json", "-v")
    assert long.stderr.startswith(short.stderr)
    assert "because of JSONDecodeError" in long.stderr


@pytest.mark.parametrize("arguments", [("doctor",), ("captions", "nowhere.json"), ("align",), ("--help",)])
def test_nothing_is_coloured_in_a_pipe(command, arguments: tuple[str, ...]) -> None:
    shown = command(*arguments)
    assert not COLOUR.search(shown.stdout + shown.stderr)


def test_colours_on_a_terminal_are_off_where_they_are_not_wanted(program: Path) -> None:
    coloured = on_a_terminal(program, "doctor")
    plain = on_a_terminal(program, "doctor", NO_COLOR="1")
    assert re.search(r"\x1b\[", coloured)
    assert not re.search(r"\x1b\[(?:[0-9;]*;)?[34][0-9]", plain)


def test_a_hint_is_given_once_and_only_to_a_person(program: Path, tmp_path: Path) -> None:
    script = "from asdelivered.app.console.hints import suggest; suggest('test', 'Next: this')"
    state = {"XDG_STATE_HOME": str(tmp_path)}
    piped = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **state},
        capture_output=True,
        text=True,
        check=True,
    )
    assert piped.stderr == ""
    assert "Next: this" in on_a_terminal(sys.executable, "-c", script, **state)
    assert on_a_terminal(sys.executable, "-c", script, **state) == ""


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        (["asdelivered", "ali"], ["align"]),
        (["asdelivered", "align", "--eng"], ["--engine"]),
        (["asdelivered", "align", "--engine", "sph"], ["sphinx"]),
        (["asdelivered", "align", "--device", "cu"], ["cuda"]),
        (["asdelivered", "captions", "--style", "bb"], ["bbc"]),
        (["asdelivered", "check", "--sty"], ["--style"]),
    ],
)
def test_bash_completes(program: Path, typed: list[str], completed: list[str]) -> None:
    words = " ".join(typed)
    script = f"""
PATH={program.parent}:$PATH
eval "$(_ASDELIVERED_COMPLETE=source_bash asdelivered)"
COMP_WORDS=({words}); COMP_CWORD={len(typed) - 1}; COMP_LINE='{words}'; COMP_POINT={len(words)}
complete -p asdelivered >/dev/null
_asdelivered_completion asdelivered
printf '%s\n' "${{COMPREPLY[@]}}"
"""
    run = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == completed


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_complete(program: Path, shell: str) -> None:
    environment = {
        **os.environ,
        "_TYPER_COMPLETE_ARGS": "asdelivered ali",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    answer = subprocess.run(
        [program],
        env=environment | {"_ASDELIVERED_COMPLETE": f"complete_{shell}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "align" in answer.stdout
    script = subprocess.run(
        [program],
        env={**os.environ, "_ASDELIVERED_COMPLETE": f"source_{shell}"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert f"complete_{shell}" in script
    if shutil.which(shell):
        checked = subprocess.run([shell, "-n"], input=script, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["align", "--help"]])
def test_the_program_starts_without_what_only_some_commands_need(arguments: list[str]) -> None:
    script = "import sys, asdelivered.app.main as main\n"
    script += f"try: main.app({arguments!r})\n"
    script += "finally: print(*sorted(sys.modules), file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    loaded = set(run.stderr.split())
    where_settings_are = {"platformdirs"} if len(arguments) > 1 else set()
    assert loaded & HEAVY <= where_settings_are
    built = {name.split(".")[3] for name in loaded if name.startswith("asdelivered.app.commands.")}
    others = {one.name for one in COMMANDS} - set(arguments)
    assert built & others == set()


def test_the_list_says_of_each_command_what_its_help_says() -> None:
    group: Any = typer.main.get_command(app)
    commands = group.commands
    assert list(commands) == [one.name for one in COMMANDS]
    for one in COMMANDS:
        assert one.in_short(200) == commands[one.name].get_short_help_str(200)
        assert (commands[one.name].epilog or None) == one.example


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (
            ["find", "harbour"],
            {
                "av",
                "docx",
                "filelock",
                "markdown_it",
                "pydantic",
                "pypdfium2",
                "selectolax",
                "sqlite3",
                "ttconv",
            },
        ),
        (
            ["captions", "-o", "captions"],
            {
                *("av", "budoux", "chardet", "docx", "markdown_it", "num2words", "onnxruntime"),
                *("pydantic", "pypdfium2", "pysubs2", "selectolax", "ttconv", "wcwidth"),
            },
        ),
    ],
)
def test_a_command_loads_what_it_uses(arguments: list[str], unneeded: set[str], tmp_path: Path) -> None:
    command, *rest = arguments
    script = "import sys, json, asdelivered.app.main as main\n"
    script += f"try: main.app({[command, *rest, str(ALIGNMENT)]!r})\n"
    script += "finally: print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    loaded = set(json.loads(run.stderr.splitlines()[-1]))
    assert loaded & unneeded == set()
    assert "numpy" in loaded


def test_the_demo_says_where_it_cannot_write(command, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    told = command("demo", "-o", tmp_path / "taken")
    assert (told.returncode, told.stdout) == (1, "")
    assert "taken cannot be written to" in told.stderr
    assert told.stderr.count("\n") == 1
