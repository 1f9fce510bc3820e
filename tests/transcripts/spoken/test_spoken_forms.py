"""What official texts hold in figures, signs and short forms, in eight languages, and how it is read out.

Each language has a table in spoken_forms/, written by hand: `phrase = words` where these words must come first,
`phrase ~ words` where they must be among those offered.
"""

from pathlib import Path

import pytest

from asdelivered.transcripts.languages import RULES
from asdelivered.transcripts.spoken.lines import speak

TABLES = Path(__file__).parent / "spoken_forms"


def rows(language: str) -> list[tuple[str, str, str]]:
    """The phrase, "=" or "~", and the words of each row."""
    found = []
    for row in (TABLES / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        mark = "=" if " = " in row else "~"
        phrase, _, words = row.rpartition(f" {mark} ")
        found.append((phrase, mark, words))
    return found


def offers(phrase: str, language: str, words: str) -> bool:
    """Tell whether one alternative of each token, one after the other, gives the words."""
    left = {words}
    for token in speak(phrase.split(), language):
        ways = {" ".join(form) for form in token.spoken} or {""}
        left = {
            rest[len(way) :].lstrip()
            for rest in left
            for way in ways
            if not way or f"{rest} ".startswith(f"{way} ")
        }
    return "" in left


def test_every_language_has_a_table() -> None:
    assert {file.stem for file in TABLES.iterdir()} == set(RULES)
    assert all(len(rows(language)) > 50 for language in RULES)


@pytest.mark.parametrize(
    ("language", "phrase", "mark", "words"),
    [(language, *row) for language in sorted(RULES) for row in rows(language)],
)
def test_a_phrase_is_read_out(language: str, phrase: str, mark: str, words: str) -> None:
    assert offers(phrase, language, words), speak(phrase.split(), language)
    if mark == "=":
        first = [" ".join(token.spoken[0]) for token in speak(phrase.split(), language) if token.spoken]
        assert " ".join(first) == words
