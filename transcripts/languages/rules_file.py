"""Read the rules of a language from its TOML file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.languages.rules import Alternatives, Currency, LanguageRules, Regnal
from asdelivered.transcripts.word_lists import read_toml, word_set

T = TypeVar("T")


def read_rules(path: Path) -> LanguageRules:
    """Return the rules in the TOML file of a language; a field that it leaves out keeps its default.

    Raises TranscriptError where the file is not TOML, has a field that `LanguageRules` lacks, or a value of another
    kind than the field takes. The message names the file and the field.
    """
    types = get_type_hints(LanguageRules)
    values: dict[str, Any] = {}
    for name, value in read_toml(path).items():
        if name not in types:
            raise TranscriptError(f"{path}: a language has no field {name!r}: it has {', '.join(types)}.")
        try:
            values[name] = _READERS[types[name]](value)
        except (TypeError, ValueError) as error:
            raise TranscriptError(f"{path}: {name}: {error}.") from error
    return LanguageRules(**values)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} must be a text in quotation marks")
    return value


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} must be true or false")
    return value


def _words(value: object) -> frozenset[str]:
    return word_set(_text(value))


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} must be a list of texts, in square brackets")
    return tuple(map(_text, value))


def _two_texts(value: object) -> tuple[str, str]:
    texts = _texts(value)
    if len(texts) != 2:
        raise ValueError(f"{value!r} must be two texts")
    return texts[0], texts[1]


def _ways(value: object) -> Alternatives:
    """One way to say something, or a list of them, likeliest first; each with blanks between its words."""
    texts = _texts(value) if isinstance(value, list) else (_text(value),)
    return tuple(tuple(text.split()) for text in texts)


def _table(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f'{value!r} must be a table: lines such as "key" = "value"')
    return value


def _by_text(read: Callable[[object], T]) -> Callable[[object], Mapping[str, T]]:
    return lambda value: {key: read(item) for key, item in _table(value).items()}


def _by_number(read: Callable[[object], T]) -> Callable[[object], Mapping[int, T]]:
    return lambda value: {_number(key): read(item) for key, item in _table(value).items()}


def _number(key: str) -> int:
    if not key.isdecimal():
        raise ValueError(f"{key!r} must be a whole number")
    return int(key)


def _cases(value: object) -> tuple[Mapping[str, str], ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} must be a list of tables, in square brackets")
    return tuple(map(_by_text(_text), value))


def _currency(value: object) -> Currency:
    known = {field.name: field for field in fields(Currency)}
    words = {key: _text(word) for key, word in _table(value).items()}
    missing = [name for name, field in known.items() if field.default is MISSING and name not in words]
    if missing or words.keys() - known.keys():
        raise ValueError(f"{value!r} must be a table with {', '.join(known)}; the last two may be left out")
    return Currency(**words)


_READERS: Mapping[Any, Callable[[object], Any]] = {
    str: _text,
    bool: _switch,
    Regnal: lambda value: Regnal(_text(value)),
    frozenset[str]: _words,
    tuple[str, ...]: _texts,
    Alternatives: _ways,
    Mapping[str, Alternatives]: _by_text(_ways),
    Mapping[str, Currency]: _by_text(_currency),
    Mapping[str, str]: _by_text(_text),
    Mapping[str, tuple[str, ...]]: _by_text(_texts),
    Mapping[int, str]: _by_number(_text),
    Mapping[int, tuple[str, str]]: _by_number(_two_texts),
    tuple[Mapping[str, str], ...]: _cases,
}
"""For each type of a field, the function that reads its value."""
