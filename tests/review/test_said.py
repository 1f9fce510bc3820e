"""What the program itself says, in the languages of the pages: each sentence is one that the program says."""

import ast
import errno
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.checking.check import check
from asdelivered.subtitles.cues import PLAYER
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style import Kind
from asdelivered.subtitles.style_file import named_style, style_names

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = ("align", "app", "base", "clips", "media", "review", "subtitles", "transcripts")
RULES = {*(kind.value for kind in Kind), "overlap", "empty"}
PLACE = re.compile(r"\{(\w+)\}")
ENTRY = re.compile(r'^  "(?P<english>.+?)": \{ (?P<shown>.+) \},$', re.MULTILINE)
SHOWN = re.compile(r'(?P<language>\w\w): "(?P<text>[^"]+)"')


@cache
def sentences() -> dict[str, dict[str, str]]:
    script = (REPOSITORY / "review" / "page" / "said.js").read_text("utf-8")
    return {
        found["english"]: {one["language"]: one["text"] for one in SHOWN.finditer(found["shown"])}
        for found in ENTRY.finditer(script)
    }


def pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(".+?".join(map(re.escape, PLACE.sub("\0", sentence).split("\0"))), re.DOTALL)


def words(text: str) -> int:
    return len(re.findall(r"\w{2,}", text))


@cache
def literals() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """The texts in the program's source, with the number of their words; what a text is filled with may be anything."""

    def found() -> Iterator[str]:
        for package in PACKAGES:
            for path in (REPOSITORY / package).rglob("*.py"):
                for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                    if isinstance(node, ast.JoinedStr):
                        parts = (
                            str(one.value) if isinstance(one, ast.Constant) else "\0" for one in node.values
                        )
                        yield "".join(parts)
                    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                        yield node.value

    return tuple(
        (words(text), re.compile(".+?".join(map(re.escape, text.split("\0"))), re.DOTALL))
        for text in {*found()}
        if words(text) >= 2
    )


def test_the_script_is_read_whole() -> None:
    script = (REPOSITORY / "review" / "page" / "said.js").read_text("utf-8")
    entries = script.partition("export const SAID = {\n")[2].partition("\n};")[0].splitlines()
    assert len(sentences()) == sum(not line.lstrip().startswith("//") for line in entries) > 40


OF_RULES = [sentence for sentence in sentences() if sentence.partition(":")[0] in RULES]
"""What a caption breaks."""


@pytest.mark.parametrize("sentence", sorted({*sentences()} - {*OF_RULES}))
def test_each_sentence_is_said_by_the_program(sentence: str) -> None:
    filled = PLACE.sub("x", sentence)
    assert filled.endswith(os.strerror(errno.ENOSPC)) or any(
        count > words(filled) / 2 and one.fullmatch(filled) for count, one in literals()
    )


@pytest.mark.parametrize(("sentence", "shown"), sentences().items())
def test_each_sentence_is_there_in_all_languages_with_its_values(
    sentence: str, shown: dict[str, str]
) -> None:
    assert {"de", "fr"} <= {*shown} <= {"en", "de", "fr"}
    for text in shown.values():
        assert {*PLACE.findall(text)} <= {*PLACE.findall(sentence)}
        assert not re.search(r"(?<![\w}])-{1,2}[a-z]", text), "the pages have no such choices"
    assert "en" in shown or not re.search(r"(?<![\w}])-{1,2}[a-z]", sentence)


lines = st.text(alphabet="abc .,-あ", max_size=60)
times = st.integers(0, 9000)


@given(
    st.lists(st.tuples(times, times, st.lists(lines, min_size=1, max_size=4), times), max_size=6), st.data()
)
def test_whatever_a_caption_breaks_is_there(cues: list[tuple[int, int, list[str], int]], data: Any) -> None:
    style = named_style(data.draw(st.sampled_from(style_names())))
    made = [
        Cue(TimeSpan(min(first, last), max(first, last) + 1), None, tuple(text))
        for first, last, text, _ in cues
    ]
    spoken = [TimeSpan(said, said + 500) for *_, said in cues]
    patterns = [pattern(sentence) for sentence in OF_RULES]
    for found in check(made, style, PLAYER, spoken, "en", verbatim=True):
        assert any(one.fullmatch(found.message) for one in patterns), found.message
