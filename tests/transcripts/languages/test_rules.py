"""The rules of languages: each file whole and of the right kinds, and a wrong one refused in words."""

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.languages import OTHER, RULES, rules_of
from asdelivered.transcripts.languages.rules import Currency, LanguageRules, Regnal
from asdelivered.transcripts.languages.rules_file import read_rules
from asdelivered.transcripts.word_lists import read_toml

FOLDER = Path(__file__).resolve().parents[3] / "transcripts" / "languages"
TABLES = ("signs", "units", "fixed", "abbreviations")


def test_a_file_a_language() -> None:
    assert sorted(RULES) == ["de", "en", "es", "fr", "it", "nl", "pl", "pt"]
    assert sorted(RULES) == sorted(path.stem for path in FOLDER.glob("??.toml"))
    assert len(RULES) == 8
    assert "sv" not in RULES
    assert rules_of("sv") is OTHER is rules_of("")
    assert rules_of("de") is RULES["de"] is rules_of("de")


@pytest.mark.parametrize("code", sorted(RULES))
def test_nothing_in_a_file_is_lost(code: str) -> None:
    rules, written = RULES[code], read_toml(FOLDER / f"{code}.toml")
    assert written.keys() <= {field.name for field in fields(LanguageRules)}
    for name, value in written.items():
        read = getattr(rules, name)
        if isinstance(value, dict):
            assert list(map(str, read)) == list(value), name
        elif isinstance(read, frozenset):
            assert read == set(value.split()), name
        else:
            assert read != getattr(OTHER, name) or name in ("decimal_mark", "question", "answer"), name


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_language_is_whole(code: str) -> None:
    """What the spoken form of any text needs: no language may come without it."""
    rules = RULES[code]
    assert rules.decimal_mark in (".", ",")
    assert len(rules.months) == 12 == len(set(rules.months))
    assert all(
        (
            rules.decimal_word,
            rules.percent,
            rules.range_word,
            rules.dot_word,
            rules.slash,
            rules.number_sign,
            rules.minus,
        )
    )
    assert {"$", "€", "£", "usd", "eur"} <= rules.currencies.keys()
    assert all(getattr(rules, name) for name in (*TABLES, "magnitudes", "acronym_words", "ordinal_endings"))


@pytest.mark.parametrize("code", sorted(RULES))
def test_what_is_looked_up_is_in_lower_case(code: str) -> None:
    rules = RULES[code]
    keys = {key for name in TABLES for key in getattr(rules, name)} | rules.currencies.keys()
    words = rules.acronym_words | rules.joined_prefixes | rules.counted | rules.centuries | rules.clock_after
    assert [text for text in sorted(keys | words) if text != text.lower()] == []
    said = [way for name in TABLES for ways in getattr(rules, name).values() for way in ways]
    assert said
    assert [way for way in said if not way or any(word != word.lower() for word in way)] == []


def test_values_of_each_kind(tmp_path: Path) -> None:
    rules = read(
        tmp_path,
        """
        decimal_mark = ","
        blank_groups = true
        articles = "a an"
        number_sign = ["u", "s"]
        percent = ["per cent", "percent"]
        slash = ["", "slash"]
        ordinal_cases = [{ "e" = "en" }, { "e" = "er", "i" = "ir" }]
        regnal = "ordinal to ten"
        fractions.2 = ["half", "halves"]
        number_stems.20 = "dwudziesto"
        number_cases."one" = ["a"]
        agreement."a" = "o"
        units."km" = "kilometre"
        currencies."$" = { one = "dollar", many = "u s dollars" }
        """,
    )
    assert (rules.decimal_mark, rules.blank_groups, rules.articles) == (",", True, {"a", "an"})
    assert rules.number_sign == ("u", "s")
    assert rules.percent == (("per", "cent"), ("percent",))
    assert rules.slash == ((), ("slash",))
    assert rules.ordinal_cases == ({"e": "en"}, {"e": "er", "i": "ir"})
    assert rules.regnal is Regnal.TO_TEN
    assert (rules.fractions, rules.number_stems) == ({2: ("half", "halves")}, {20: "dwudziesto"})
    assert (rules.number_cases, rules.agreement) == ({"one": ("a",)}, {"a": "o"})
    assert rules.units == {"km": (("kilometre",),)}
    assert rules.currencies == {"$": Currency("dollar", "u s dollars")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('unitz = "km"', "a language has no field 'unitz': it has question, answer, decimal_mark"),
        ("decimal_word = 1", "decimal_word: 1 must be a text in quotation marks."),
        ('blank_groups = "yes"', "blank_groups: 'yes' must be true or false."),
        ('months = "may"', "months: 'may' must be a list of texts, in square brackets."),
        ('months = ["may", 6]', "months: 6 must be a text in quotation marks."),
        ('articles = ["a", "an"]', "articles: ['a', 'an'] must be a text in quotation marks."),
        ('units = "km"', "units: 'km' must be a table"),
        ("units.km = 1", "units: 1 must be a text in quotation marks."),
        ('fractions.2 = ["half"]', "fractions: ['half'] must be two texts."),
        ('fractions.half = ["half", "halves"]', "fractions: 'half' must be a whole number."),
        ('regnal = "none"', "regnal: 'none' is not a valid Regnal."),
        ('ordinal_cases = { "e" = "en" }', "ordinal_cases: {'e': 'en'} must be a list of tables"),
        (
            'currencies."$" = { one = "dollar" }',
            "currencies: {'one': 'dollar'} must be a table with one, many",
        ),
        (
            'currencies."$" = { one = "a", many = "b", plural = "c" }',
            "must be a table with one, many, cents, few",
        ),
        ("decimal_word = \n", "is not TOML: Invalid value (at line 1, column 16)."),
    ],
)
def test_a_wrong_file_is_refused_in_words(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TranscriptError) as error:
        read(tmp_path, text)
    assert str(tmp_path / "xx.toml") in str(error.value)
    assert message in str(error.value)


WORD = st.text(st.characters(categories=["L", "Nd", "P", "S"]), min_size=1, max_size=8)


@given(
    st.dictionaries(
        WORD, st.lists(st.lists(WORD, min_size=1, max_size=3), min_size=1, max_size=3), max_size=5
    )
)
def test_tables_come_back_as_written(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, list[list[str]]]
) -> None:
    rows = [
        f"{quoted(key)} = [{', '.join(quoted(' '.join(words)) for words in ways)}]"
        for key, ways in table.items()
    ]
    rules = read(tmp_path_factory.mktemp("rules"), "\n".join(["[fixed]", *rows]))
    assert rules.fixed == {key: tuple(map(tuple, ways)) for key, ways in table.items()}


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def read(folder: Path, text: str) -> LanguageRules:
    path = folder / "xx.toml"
    path.write_text(text, "utf-8")
    return read_rules(path)
