"""Quotes as people write them down: a passage of a text, mangled at random, with its true place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from asdelivered.transcripts.spoken.lines import speak

_COMMON = """
the a of and to in that is was for with not on at by this but from have been they which one all would there people
time year way day man thing life hand part place case week company system program question work government number
night point home water room mother area money story month lot right study book word business yesterday never always
quickly although because yellow bridge castle window river second
"""
WRONG_WORDS = tuple(_COMMON.split())
"""Wrong or added words are taken from here: common words, whatever the text."""
TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "«": '"', "»": '"'})
_SPOILT = ("wrong word", "missing word", "added word", "typing error")
SHORTEST_PART = 4
"""Words left on each side of a dropped middle."""


@dataclass(frozen=True)
class MangledQuote:
    """A quote, and the tokens [first, last) of the text that it stands for."""

    text: str
    first: int
    last: int
    changes: tuple[str, ...]

    @property
    def spoilt(self) -> int:
        """How many of its words were changed."""
        return sum(change in _SPOILT for change in self.changes)


def mangle(random: Random, tokens: Sequence[str], shortest: int = 8, longest: int = 30) -> MangledQuote:
    """Take `shortest` to `longest` tokens from a random place and mangle them.

    There are up to three wrong, missing or added words; the middle may be dropped, with an ellipsis or without;
    capitals and typography may be lost.
    """
    count = min(random.randint(shortest, longest), len(tokens))
    start = random.randint(0, len(tokens) - count)
    words: list[tuple[str, int | None]] = [(tokens[at], at) for at in range(start, start + count)]
    changes = []
    if count >= 3 * SHORTEST_PART and random.random() < 0.3:
        _drop_middle(random, words)
        changes.append("dropped middle")
    for _ in range(random.randint(0, 3)):
        changes.append(_spoil_word(random, words))
    text = " ".join(word for word, _ in words)
    for name, change, odds in (
        ("plain typography", lambda text: text.translate(TYPOGRAPHY), 0.5),
        ("lower case", str.lower, 0.3),
        ("upper case", str.upper, 0.15),
    ):
        if random.random() < odds:
            text = change(text)
            changes.append(name)
    places = [place for _, place in words if place is not None]
    return MangledQuote(text, places[0], places[-1] + 1, tuple(changes))


_SPELLINGS = (
    ("defence", "defense"),
    ("centre", "center"),
    ("organis", "organiz"),
    ("realis", "realiz"),
    ("recognis", "recogniz"),
    ("labour", "labor"),
    ("favour", "favor"),
    ("honour", "honor"),
    ("programme", "program"),
    ("travell", "travel"),
    ("analyse", "analyze"),
    ("dialogue", "dialog"),
)
"""British and American."""


def respell(
    random: Random, tokens: Sequence[str], shortest: int = 8, longest: int = 30
) -> MangledQuote | None:
    """Take a quote and spell some of its words in another, equally correct way.

    A long word becomes two ("war time"), two short ones become one ("wakeup"), an apostrophe is lost, and British
    spelling becomes American or vice versa. Return None if no word of the quote has another spelling.
    """
    count = min(random.randint(shortest, longest), len(tokens))
    start = random.randint(0, len(tokens) - count)
    words = list(tokens[start : start + count])
    changes = []
    for at, word in enumerate(words):
        other = word.replace("’", "").replace("'", "")
        for british, american in _SPELLINGS:
            other = other.replace(british, american) if british in other else other.replace(american, british)
        if other == word and word.isalpha() and len(word) >= 8 and random.random() < 0.3:
            cut = random.randint(3, len(word) - 3)
            other = f"{word[:cut]} {word[cut:]}"
        elif other == word and "-" in word.strip("-") and word.replace("-", "").isalpha():
            other = word.replace("-", random.choice(["", " "]))
        if other != word:
            words[at] = other
            changes.append(f"{word} as {other}")
    return MangledQuote(" ".join(words), start, start + count, tuple(changes)) if changes else None


def say_numbers(
    random: Random, tokens: Sequence[str], language: str, shortest: int = 6, longest: int = 20
) -> MangledQuote | None:
    """Take a quote with a number in figures, and write its numbers in words, as they are said.

    Return None if there is none in the passage.
    """
    count = min(random.randint(shortest, longest), len(tokens))
    start = random.randint(0, len(tokens) - count)
    passage = tokens[start : start + count]
    if not any(char.isdecimal() for token in passage for char in token):
        return None
    words = []
    changes = []
    for token in speak(passage, language):
        if token.spoken and (any(map(str.isdecimal, token.text)) or len(token.spoken[0]) > 1):
            said = " ".join(random.choice(token.spoken[:2]))
            changes.append(f"{token.text} as {said}")
            words.append(said)
        else:
            sign = token.spoken and not any(map(str.isalnum, token.text))
            words.append(" ".join(token.spoken[0]) if sign else token.text)
    return MangledQuote(" ".join(words), start, start + count, tuple(changes))


def _drop_middle(random: Random, words: list[tuple[str, int | None]]) -> None:
    first = random.randint(SHORTEST_PART, len(words) - SHORTEST_PART - 2)
    last = random.randint(first + 2, len(words) - SHORTEST_PART)
    dots = random.choice([[], [("…", None)], [("...", None)], [("[...]", None)]])
    words[first:last] = dots


def _spoil_word(random: Random, words: list[tuple[str, int | None]]) -> str:
    """Change one word that is still the text's own; a wrong word counts as the one that it replaces."""
    own = [at for at, (_, place) in enumerate(words) if place is not None]
    at = random.choice(own)
    word, place = words[at]
    kind = random.choice(_SPOILT)
    if kind == "missing word" and len(own) > SHORTEST_PART:
        del words[at]
    elif kind == "typing error" and len(word) > 4:
        letter = random.randrange(1, len(word) - 2)
        words[at] = (word[:letter] + word[letter + 1] + word[letter] + word[letter + 2 :], place)
    elif kind == "added word":
        words.insert(at + 1, (random.choice(WRONG_WORDS), None))
    else:
        words[at] = (random.choice(WRONG_WORDS), place)
    return kind
