"""Engines found by name, among them one of another package."""

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pysrt
import pytest

from asdelivered.align.document.alignment_json import load
from asdelivered.align.engines import BUILT_IN, known_engines, make_engine
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.errors import AlignError

DOCS = Path(__file__).resolve().parents[3] / "docs"
EXAMPLES = DOCS.parent / "examples"


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(AlignError, match=r"no engine 'ear': choose from .*sphinx"):
        make_engine("ear", EngineOptions())


@pytest.mark.parametrize("name", ["sphinx"])
def test_built_in_engines_are_there(name: str) -> None:
    assert name in BUILT_IN
    engine = make_engine(name, EngineOptions())
    assert engine.name == name
    assert engine.version()
    assert engine.settings()


def test_no_engine_is_loaded_to_learn_the_names() -> None:
    program = (
        "import sys; from asdelivered.align.engines import known_engines; known_engines();"
        " print([m for m in ('pocketsphinx', 'faster_whisper', 'aeneas') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
    assert set(BUILT_IN) <= known_engines().keys()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The example of the docs, installed as a wheel is, in a folder of its own."""
    folder = tmp_path / "site"
    wheel = tmp_path / "captions-1.zip"
    with zipfile.ZipFile(wheel, "w") as file:
        file.write(DOCS / "engine_example.py", "engine_example.py")
        file.writestr("captions-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: captions\nVersion: 1\n")
        file.writestr(
            "captions-1.dist-info/entry_points.txt",
            "[asdelivered.engines]\ncaptions = engine_example:Captions\n",
        )
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def test_the_example_of_the_docs_runs(package: Path, tmp_path: Path, harbour_truth: dict[str, Any]) -> None:
    code = (DOCS / "engine_example.py").read_text(encoding="utf-8").partition('"""\n\n')[2]
    assert len(code.splitlines()) <= 30
    spoken = [line for line in harbour_truth["lines"] if line["spoken"]]
    # As those of a video site: a little late, every word of a cue of the same length.
    rough = pysrt.SubRipFile(
        pysrt.SubRipItem(number, moment(line["start"] + 0.3), moment(line["end"] + 0.3), line["text"])
        for number, line in enumerate(spoken, start=1)
    )
    rough.save(tmp_path / "rough.srt", encoding="utf-8")
    made = run(
        package,
        *("align", EXAMPLES / "harbour.txt", EXAMPLES / "harbour.opus", "-o", tmp_path),
        *("--engine", "captions", "--model", tmp_path / "rough.srt", "--jobs", "2"),
    )
    assert made.returncode == 0, made.stderr
    alignment = load(tmp_path / "harbour.alignment.json")
    assert alignment.engine.name == "captions"
    assert alignment.engine.version == "1"
    lines = zip(alignment.lines, harbour_truth["lines"], strict=True)
    near = [
        line.span and abs(line.span.start / 1000 - true["start"]) <= 0.1
        for line, true in lines
        if true["spoken"]
    ]
    assert sum(map(bool, near)) >= 0.9 * len(near)


def moment(seconds: float) -> pysrt.SubRipTime:
    return pysrt.SubRipTime(milliseconds=round(1000 * seconds))


def run(package: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = (
        f"import sys; sys.path.insert(0, {str(package)!r}); from asdelivered.app.main import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], capture_output=True, text=True, check=False
    )
