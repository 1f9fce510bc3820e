"""Styles are data: each number has its source, and a house may write its own."""

from fractions import Fraction
from pathlib import Path

import pytest

from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.style import Kind, Severity
from asdelivered.subtitles.style_file import find_style, named_style, parse_style, style_names

HOUSE = """
title = "The house's guide"
frame-rate = 25
longest-pause = 2
speakers = "label"
label = "{name}:"

[[rule]]
kind = "line-length"
limit = 40
source = "page 3"

[[rule]]
kind = "min-duration"
limit = "5/6"

[[rule]]
kind = "min-gap"
limit = 3
unit = "frames"
severity = "warning"
"""


def test_the_styles_that_come_along() -> None:
    assert {
        "netflix",
        "netflix-children",
        "bbc",
        "dcmp",
        "ard",
        "youtube",
        "podcast",
        "vertical",
        "plain",
    } == set(style_names())


@pytest.mark.parametrize("name", style_names())
def test_every_number_has_its_source(name: str) -> None:
    style = named_style(name)
    assert style.title
    assert style.rules
    assert all(rule.source for rule in style.rules)
    assert style.limit(Kind.LINE_LENGTH) is not None
    assert style.limit(Kind.LINES) is not None


@pytest.mark.parametrize(
    ("name", "kind", "limit"),
    [
        ("netflix", Kind.LINE_LENGTH, 42),
        ("netflix", Kind.LINES, 2),
        ("netflix", Kind.CHARACTERS, 20),
        ("netflix-children", Kind.CHARACTERS, 17),
        ("netflix", Kind.MIN_DURATION, Fraction(5, 6)),
        ("netflix", Kind.MAX_DURATION, 7),
        ("netflix", Kind.GAP, 2),
        ("netflix", Kind.SHORT_GAP, Fraction(1, 2)),
        ("netflix", Kind.HANG, Fraction(1, 2)),
        ("bbc", Kind.WORD_TIME, Fraction(3, 10)),
        ("bbc", Kind.WORDS, 180),
        ("bbc", Kind.SHORT_GAP, 1),
        ("bbc", Kind.EARLY, Fraction(3, 2)),
        ("bbc", Kind.HANG, Fraction(3, 2)),
        ("dcmp", Kind.LINE_LENGTH, 32),
        ("dcmp", Kind.MIN_DURATION, Fraction(4, 3)),
        ("dcmp", Kind.MAX_DURATION, 6),
        ("dcmp", Kind.WORDS, 160),
        ("ard", Kind.LINE_LENGTH, 37),
        ("vertical", Kind.LINES, 3),
    ],
)
def test_the_guides_numbers(name: str, kind: Kind, limit: Fraction) -> None:
    assert named_style(name).limit(kind) == limit


def test_a_house_style(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(HOUSE, "utf-8")
    style = find_style(str(path))
    assert (style.name, style.title, style.longest_pause) == ("house", "The house's guide", 2000)
    assert style.time(Kind.GAP) == 120
    assert style.time(Kind.GAP, Fraction(50)) == 60
    assert style.min_duration == 834
    assert style.rules[2].severity is Severity.WARNING
    assert (style.max_lines, style.max_duration) == (2, 7000)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en-GB", "Netflix, English, adult programmes"),
        ("th", "Netflix, Thai, adult programmes"),
        ("zh-Hant", "Netflix, Chinese, adult programmes"),
        ("sw", "Netflix, adult programmes"),
        ("", "Netflix, adult programmes"),
    ],
)
def test_the_title_names_the_language_whose_numbers_are_used(language: str, title: str) -> None:
    style = named_style("netflix").in_language(language)
    assert style.title == title
    assert style.in_language("de") == style


@pytest.mark.parametrize("name", style_names())
def test_a_language_with_numbers_has_a_title_where_one_has(name: str) -> None:
    style = named_style(name)
    assert {rule.language for rule in style.local_rules} - {code for code, _ in style.titles} == set()
    assert len({title for _, title in style.titles}) >= len(style.titles) - 1  # Norwegian has two codes


def test_reading_time_is_the_longest_that_a_rule_asks() -> None:
    assert named_style("netflix").reading_time(30, 5) == 1500
    assert named_style("netflix").reading_time(5, 1) == 834
    assert named_style("bbc").reading_time(30, 5, Severity.ERROR) == 1500
    assert named_style("bbc").reading_time(30, 5) == 1667


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = ", "not a style: not TOML"),
        (
            "colour = 'red'",
            "'colour' is not a setting of a style: the settings are dialogue, font, frame-rate, ",
        ),
        ("title = 3", "title must be a text"),
        ("titles = 3", "titles is a table with a title for each language"),
        ("[titles]\nde = 3", "titles is a table with a title for each language"),
        ("frame-rate = 0", "a frame rate of 0 is out of range"),
        ("frame-rate = -0.0", "a frame rate of -0.0 is out of range"),
        ("frame-rate = '1/0'", "frame-rate must be a number"),
        ("frame-rate = inf", "frame-rate must be a number"),
        ("longest-pause = 1e300", "a longest pause of 1e\\+300 s is out of range"),
        (
            "[[rule]]\nkind = 'characters-per-second'\nlimit = 1e-300",
            "rule 1: a limit of 1e-300 is out of range",
        ),
        ("[[rule]]\nkind = 'min-gap'\nlimit = 1e300", "rule 1: a limit of 1e\\+300 is out of range"),
        ("rule = 3", r"rules are tables that begin with \[\[rule\]\]"),
        ("[[rule]]\nlimit = 3", "rule 1: a rule needs a kind and a limit"),
        ("[[rule]]\nkind = 'width'\nlimit = 3", "rule 1: kind must be one of lines, line-length, "),
        ("[[rule]]\nkind = 'lines'\nlimit = 9", "rule 1: captions have 1 to 4 lines"),
        ("[[rule]]\nkind = 'line-length'\nlimit = 0", "rule 1: a limit of 0 leaves no room for line-length"),
        ("[[rule]]\nkind = 'line-length'\nlimit = 2.5", "counted in whole numbers"),
        (
            "[[rule]]\nkind = 'min-gap'\nlimit = 'two'",
            'rule 1: limit must be a number, or a fraction like "5/6"',
        ),
        ("[[rule]]\nkind = 'lines'\nlimit = 2\nunit = 'frames'", "rule 1: 'frames' is not a unit of lines"),
        ("[[rule]]\nkind = 'lines'\nlimit = 2\nwhere = 'p. 3'", "rule 1: 'where' is not part of a rule"),
        ("[[rule]]\nkind = 'lines'\nlimit = 2\nseverity = 'bad'", "severity must be one of error, warning"),
        (
            "[[rule]]\nkind = 'min-duration'\nlimit = 3\n[[rule]]\nkind = 'max-duration'\nlimit = 2",
            "no cue can keep it: min-duration is longer than max-duration",
        ),
    ],
)
def test_what_is_no_style_is_said(text: str, says: str) -> None:
    with pytest.raises(SubtitleError, match=says):
        parse_style(text, "house")


def test_unknown_styles_and_files(tmp_path: Path) -> None:
    with pytest.raises(
        SubtitleError, match=r"'nbc' is not a style: choose one of ard, bbc, .*, or name a file"
    ):
        find_style("nbc")
    with pytest.raises(SubtitleError, match="there is no such file"):
        find_style(str(tmp_path / "none.toml"))
    (tmp_path / "latin.toml").write_bytes("title = 'ü'".encode("latin-1"))
    with pytest.raises(SubtitleError, match="not text in UTF-8"):
        find_style(str(tmp_path / "latin.toml"))


def test_a_style_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.toml"
    path.write_text("title = " + "[" * 5_000)
    with pytest.raises(
        SubtitleError, match=r"deep\.toml is no style, or a damaged one: it is nested too deep"
    ):
        find_style(str(path))


def test_a_language_has_its_own_numbers() -> None:
    style = named_style("netflix")
    assert (
        style.in_language("zh-TW").max_line_length,
        style.in_language("zh-TW").limit(Kind.CHARACTERS),
    ) == (32, 18)
    assert style.in_language("de").limit(Kind.CHARACTERS) == 17
    assert style.in_language("de").max_line_length == 42
    assert style.in_language("en").rules == style.rules
    assert len(style.in_language("ja").rules) == len(style.rules)
