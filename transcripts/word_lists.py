"""Lists of words that lie in a TOML file beside the module that uses them, so that a linguist can edit them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from asdelivered.transcripts.errors import TranscriptError


def read_word_lists(module: str) -> Mapping[str, frozenset[str]]:
    """Return the lists of the TOML file beside a module, by name; `module` is its `__file__`.

    A list is a text of words with blanks between them, or a table of such texts, which count as one list.
    Raises TranscriptError where the file is not TOML or a list is neither.
    """
    path = Path(module).with_suffix(".toml")
    return {name: _words(value, name, path) for name, value in read_toml(path).items()}


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file of the package holds. Raises TranscriptError, which names the file and the line."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TranscriptError(f"{path} is not TOML: {error}.") from error


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, which has blanks between them."""
    return frozenset(text.split())


def _words(value: object, name: str, path: Path) -> frozenset[str]:
    texts = value.values() if isinstance(value, dict) else [value]
    words: set[str] = set()
    for text in texts:
        if not isinstance(text, str):
            raise TranscriptError(
                f"{path}: {name} must be words in quotation marks, or a table of such texts, not {text!r}."
            )
        words |= word_set(text)
    return frozenset(words)
