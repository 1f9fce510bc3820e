"""The speakers of a transcript: who they are, under whatever labels, and how much they say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from asdelivered.transcripts.brackets import bracket_kind
from asdelivered.transcripts.model import LineKind, TokenKind, Transcript
from asdelivered.transcripts.structure.names import has_role, is_role_only, looks_like_name, name_words
from asdelivered.transcripts.structure.titles import (
    ARTICLES,
    COURTESY,
    JOINING,
    PORTFOLIOS,
    ROLES,
    is_function,
)

_BRACKET = re.compile(r"\s*[\[(]([^\[\]()]*)[\])]")
_DASH = re.compile(r"\s+(?:--?|–|—)\s+")
_NUMBER = re.compile(r"\d+")
_LIKE = 0.8
"""Two surnames that are at least this similar are two spellings of one."""
_LONG_ENOUGH = 5
"""Letters. A shorter surname is not taken for another spelling."""


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks. `first_line` is the id of their first line; `words` counts those that are heard."""

    name: str
    role: str | None
    labels: tuple[str, ...]
    """As on the page, in the order of their first use."""
    first_line: str
    turns: int
    words: int


@dataclass(frozen=True)
class Person:
    """What a label says: a name, and a role or affiliation. `named` is False where there is only a role or function."""

    name: str
    role: str | None
    named: bool


def list_speakers(transcript: Transcript, roles: Mapping[str, str] | None = None) -> tuple[Speaker, ...]:
    """Return the speakers in the order of their first lines. The same person under several labels counts as one.

    `roles` gives the roles of some speakers by name, and overrides the page.
    """
    labels: dict[str, list[tuple[str, int]]] = {}
    for turn in transcript.turns:
        spoken = [line for line in turn.lines if line.kind is LineKind.SPOKEN]
        if turn.speaker is not None and spoken:
            words = sum(token.kind is TokenKind.WORD for line in spoken for token in line.tokens)
            labels.setdefault(turn.speaker, []).append((spoken[0].id, words))
    people = {label: read_label(label) for label in labels}
    speakers = []
    for group in _by_person(list(labels), people):
        turns = [turn for label in group for turn in labels[label]]
        best = max((people[label] for label in group), key=_fullness)
        role = next((found for label in group if (found := people[label].role)), None)
        speakers.append(
            Speaker(
                best.name,
                (roles or {}).get(best.name, role),
                tuple(group),
                labels[group[0]][0][0],
                len(turns),
                sum(words for _, words in turns),
            )
        )
    return tuple(speakers)


def read_label(label: str) -> Person:
    """Split a label into name and role: "President Jane Doe", "Rosa Balfour, Director Carnegie Europe", "Chair"."""
    if is_function(label):
        return Person(label, None, False)
    inside = [
        part.strip()
        for part in _BRACKET.findall(label)
        if part.strip() and bracket_kind(part, square=True) is TokenKind.WORD
    ]
    outside = _BRACKET.sub("", label).strip(" ,")
    if (
        inside
        and _has_courtesy(inside[0])
        and (has_role(outside.partition(" ")[2]) or not _has_courtesy(outside))
    ):
        return Person(inside[0], outside, True)
    if is_role_only(outside) or (inside and _is_office(outside) and _is_full_name(inside[0])):
        if inside and name_words(inside[0]):
            return Person(inside[0], outside, True)
        return Person(label, None, False)
    first, _, rest = _DASH.sub(", ", outside).partition(",")
    if rest and not has_role(rest) and has_role(first) and len(name_words(first)) < 2:
        first, rest = rest, first
    office, name = _split_role(first.strip())
    role = ", ".join(part for part in (office, rest.strip(), *inside) if part)
    return Person(name, role or None, True)


def _is_office(text: str) -> bool:
    """Return whether a text is a role and what it is for: "The Minister for Europe"."""
    words = [word.strip(".,").lower() for word in text.split()]
    while words and (words[0] in ARTICLES or words[0] in COURTESY):
        words = words[1:]
    at = next((at for at, word in enumerate(words) if word not in ROLES), len(words))
    return 0 < at < len(words) and words[at] in JOINING


def _has_courtesy(text: str) -> bool:
    """Return whether a text is a name after a courtesy: "Mr. Hale", "Prof. Ann Hill"."""
    first, _, name = text.partition(" ")
    return first.strip(".").lower() in COURTESY and bool(name_words(name))


def _is_full_name(text: str) -> bool:
    return 2 <= len(text.split()) <= 5 and looks_like_name(text) and len(name_words(text)) >= 2


def _split_role(text: str) -> tuple[str, str]:
    """Return the role before a name, and the name."""
    words = text.split()
    last = max((at for at, word in enumerate(words) if word.strip(".").lower() in ROLES), default=-1)
    while last >= 0 and words[last].strip(".").lower() in COURTESY and last + 1 < len(words):
        if last == 0 or len(words) - last <= 2:
            break
        last -= 1
    if last >= 0 and words[last].strip(".").lower() not in COURTESY:
        # "Minister Spraw Zagranicznych Jan Kowalski", "Rzecznik rządu Anna Zielińska"
        while last + 2 < len(words) and _belongs_to_office(words[last + 1]):
            last += 1
    name = words[last + 1 :]
    if not name or (last >= 0 and words[last].strip(".").lower() in COURTESY and len(name) == 1):
        return "", text
    if name[0].lower() in JOINING:
        # "President of the European Commission Ursula von der Leyen": the name is at the end.
        at = len(words) - 2
        while at > last + 1 and words[at].lower() in JOINING:
            at -= 1
        if at <= last + 1 or words[at - 1].lower() in JOINING:  # "The Clerk of the National Assembly"
            return "", text
        name = words[at:]
    office = words[: len(words) - len(name)]
    while len(name) > 2 and name[0].strip(".").lower() in COURTESY:
        name = name[1:]
    while office and office[-1].strip(".").lower() in COURTESY and len(name) > 1:
        office.pop()
    if all(word.lower() in ARTICLES for word in office):
        # "De heer Jansen" keeps its courtesy, which a surname alone needs.
        name = words if name[0].strip(".").lower() in COURTESY else name
        office = []
    return " ".join(office), " ".join(name)


def _belongs_to_office(word: str) -> bool:
    lower = word.strip(",").lower()
    return lower in PORTFOLIOS or (word[0].islower() and lower not in JOINING)


def _by_person(labels: Sequence[str], people: Mapping[str, Person]) -> Iterable[list[str]]:
    """Return the labels in groups, one for each person."""
    groups: list[list[str]] = []
    for label in labels:
        fits = [group for group in groups if any(_is_same(people[label], people[other]) for other in group)]
        # "Smith" may be either of two Smiths; then it is taken for neither.
        if len(fits) == 1:
            fits[0].append(label)
        else:
            groups.append([label])
    return _with_roles(groups, people)


def _with_roles(groups: list[list[str]], people: Mapping[str, Person]) -> list[list[str]]:
    """Add "Secretary General" to the one speaker who has that role."""
    for group in [group for group in groups if all(not people[label].named for label in group)]:
        words = set(_folded(group[0]))
        if is_function(group[0]) or len(words) < 2:
            continue
        holders = [
            other
            for other in groups
            if other is not group and any(words <= set(_folded(people[label].role or "")) for label in other)
        ]
        if len(holders) == 1:
            holders[0].extend(group)
            groups.remove(group)
    return groups


def _is_same(one: Person, other: Person) -> bool:
    if not one.named or not other.named:
        return _folded(one.name) == _folded(other.name) and _NUMBER.findall(one.name) == _NUMBER.findall(
            other.name
        )
    short, long = sorted((_folded(one.name), _folded(other.name)), key=len)
    if not short or not long:
        return False
    if len(short) == 1:
        return short[0] == long[-1] or (len(long) == 1 and short == long)
    surname = short[-1] == long[-1] or _is_spelling(short[-1], long[-1])
    given = all(any(_is_given(name, whole) for whole in long[:-1]) for name in short[:-1])
    return surname and given


def _is_given(name: str, whole: str) -> bool:
    """Return whether a given name equals another, or is its initial."""
    return (
        name == whole or (len(name) == 1 and whole.startswith(name)) or (len(whole) == 1 and name[0] == whole)
    )


def _is_spelling(one: str, other: str) -> bool:
    enough = min(len(one), len(other)) >= _LONG_ENOUGH
    return enough and Levenshtein.normalized_similarity(one, other) >= _LIKE


def _folded(text: str) -> list[str]:
    """Return the words of a name in lower case, without accents and courtesies."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    words = re.findall(r"[^\W\d_]+", re.sub(r"[\u0300-\u036f]|['’]s\b", "", plain))
    return [word for word in words if word not in COURTESY and word not in JOINING] or words


def _fullness(person: Person) -> tuple[bool, int, bool]:
    """Return a sort key for how fully a label names a person: more words are better, capitals worse."""
    return person.named, len(_folded(person.name)), not person.name.isupper()
