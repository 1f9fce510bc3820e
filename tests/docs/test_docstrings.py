"""The examples in docstrings give what they show."""

import doctest
import inspect
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from asdelivered.align import align, find_quotes, load, save
from asdelivered.base.clocks import clock, exact_clock, shortened
from asdelivered.media import open_recording
from asdelivered.subtitles import caption, find_style, read_captions, write_captions
from asdelivered.transcripts import parse_transcript, read_transcript

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
CALLED_FIRST = (
    read_transcript,
    parse_transcript,
    open_recording,
    align,
    load,
    save,
    find_quotes,
    caption,
    read_captions,
    write_captions,
    find_style,
)
"""The functions that people call first: each has an example."""


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The example event with its alignment and captions, in the folder that the examples run in."""
    folder = tmp_path_factory.mktemp("event")
    for name in ("harbour.txt", "harbour.opus"):
        shutil.copy(EXAMPLES / name, folder)
    before = Path.cwd()
    os.chdir(folder)
    try:
        alignment = align("harbour.txt", "harbour.opus")
        save(alignment, "harbour.alignment.json")
        caption(alignment, "harbour.srt", style="bbc")
        yield folder
    finally:
        os.chdir(before)


@pytest.mark.parametrize(
    "function", [*CALLED_FIRST, clock, exact_clock, shortened], ids=lambda one: one.__name__
)
def test_the_example_of_a_function_gives_what_it_shows(function: Callable[..., Any], event: Path) -> None:
    (example,) = doctest.DocTestFinder(recurse=False).find(inspect.unwrap(function), function.__name__)
    assert 1 <= len(example.examples) <= 6
    report: list[str] = []
    result = doctest.DocTestRunner().run(example, out=report.append)
    assert result.failed == 0, "".join(report)
