"""How each language is spoken, as data: one TOML file a language, named by its ISO 639-1 code.

To add a language, write its file beside the others: `rules.py` describes every field, and `en.toml` uses most of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from asdelivered.transcripts.languages.rules import LanguageRules
from asdelivered.transcripts.languages.rules_file import read_rules

_FOLDER = Path(__file__).parent


class _Languages(Mapping[str, LanguageRules]):
    """The languages with rules, by code. A file is read when its language is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._files = {path.stem: path for path in sorted(folder.glob("??.toml"))}
        self._read: dict[str, LanguageRules] = {}

    def __getitem__(self, code: str) -> LanguageRules:
        if code not in self._read:
            self._read[code] = read_rules(self._files[code])
        return self._read[code]

    def __contains__(self, code: object) -> bool:
        return code in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


RULES: Mapping[str, LanguageRules] = _Languages(_FOLDER)
"""By ISO 639-1 code."""

OTHER = LanguageRules()
"""For any other language: words are said as written, numbers as num2words has them."""


@cache
def rules_of(code: str) -> LanguageRules:
    """Return the rules of a language, given by its ISO 639-1 code; `OTHER` for one without a file."""
    return RULES.get(code, OTHER)
