"""What the program itself says, in the languages of the pages: each sentence is one that the program says."""

import ast
import errno
import os
import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.review import clip_list
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


def constants(tree: ast.Module) -> dict[str, str]:
    """The texts that a module has given a name."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def text_of(node: ast.AST, named: dict[str, str]) -> str | None:
    """The text that an expression is, with "\0" for all that it is filled with; None if it is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        return named.get(node.id)
    if isinstance(node, ast.FormattedValue):
        return (isinstance(node.value, ast.Name) and named.get(node.value.id)) or "\0"
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(one, named) or "" for one in node.values)
    return None


@cache
def literals() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """The texts in the program's source, with the number of their words; what a text is filled with may be anything."""

    def found() -> Iterator[str]:
        for package in PACKAGES:
            for path in (REPOSITORY / package).rglob("*.py"):
                tree = ast.parse(path.read_text("utf-8"))
                named = constants(tree)
                for node in ast.walk(tree):
                    if isinstance(node, ast.JoinedStr | ast.Constant) and (text := text_of(node, named)):
                        yield text

    return tuple(
        (words(text), re.compile(".+?".join(map(re.escape, text.split("\0"))), re.DOTALL))
        for text in {*found()}
        if words(text) >= 2
    )


OF_CLIPS = (
    "clips/[cmnpl]*.py",
    "review/clip_list.py",
    "media/edit_source.py",
    "media/cutlists/**/*.py",
    "media/rendering/*.py",
)
"""Where something is said of clips and lists."""
NOT_FOR_THE_PAGES = frozenset(
    [
        "_other_timecode",
        "_lines",
        "_by_time",
        "_chosen",
        "verify",
        "check_free",
        "_rendering",
        "_check_picture",
        *("render_audiogram", "media_format", "format_of", "ratio_size", "read_brand"),
        *("_share", "_colours", "_end_card", "_logo"),
    ]
)
"""Functions that raise for a choice of the commands that the pages don't have, such as --nth or --brand."""


OF_PAGES = ("review/*.py", "app/desk/*.py", "media/decode.py")
"""Where else a sentence comes from that a person meets in the pages."""
OF_PROGRAMS = frozenset(
    [
        *(
            "former_edits",
            "_check_head",
            "__init__",
            "state",
            "word_numbers",
            "menu_entry",
            "install_menu_entry",
        ),
        *(
            "change",
            "_made",
            "reel_file",
            "clips_of_event",
            "diagnosis",
            "fetch",
            "add_reel",
            "_export",
            "preview",
        ),
        *("piece_of", "_page", "_pieces", "_pieces_within", "_check_frame", "_check_order", "speaker_lines"),
    ]
)
"""Functions whose sentences only another program or a person in a terminal meets; the last two have several each."""


def said_there(places: Sequence[str], left_out: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each sentence of at least four words that is raised, yielded or returned there, with the function that does."""
    for path in sorted(path for where in places for path in REPOSITORY.glob(where)):
        tree = ast.parse(path.read_text("utf-8"))
        named = constants(tree)
        functions = (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
        for function in functions:
            for node in ast.walk(function):
                value = node.value if isinstance(node, ast.Yield | ast.Return) else None
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                    value = node.exc.args[0]
                text = text_of(value, named) if value is not None else None
                is_sentence = text is not None and words(text) >= 4 and re.search(r"[a-z]{2} [a-z]", text)
                if text and is_sentence and function.name not in left_out:
                    yield f"{path.stem}.{function.name}", text


def said_of_clips() -> Iterator[tuple[str, str]]:
    """Each sentence about clips and lists."""
    yield from said_there(OF_CLIPS, NOT_FOR_THE_PAGES)
    for name, text in vars(clip_list).items():
        if (
            isinstance(text, str) and name.isupper() and name != "NO_TIME"
        ):  # which has a place in the catalogue
            yield f"clip_list.{name}", text


@pytest.mark.parametrize("text", sorted({text for _, text in said_there(OF_PAGES, OF_PROGRAMS)}))
def test_whatever_a_person_meets_is_there(text: str) -> None:
    test_whatever_is_said_of_clips_is_there(text)


@pytest.mark.parametrize("text", sorted({text for _, text in said_of_clips()}))
def test_whatever_is_said_of_clips_is_there(text: str) -> None:
    filled = text.replace("\0", "x")
    assert any(pattern(sentence).fullmatch(filled) for sentence in sentences()), filled


def test_much_is_said_of_clips() -> None:
    assert len({*said_of_clips()}) > 40


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
