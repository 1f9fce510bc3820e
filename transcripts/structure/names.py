"""Names, roles and forms of address, as they look on a single line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from asdelivered.transcripts.structure.titles import ARTICLES, COURTESY, JOINING, PARTS_OF_ROLES, ROLES
from asdelivered.transcripts.word_lists import read_word_lists

_MOST_LABELS = 4096
"""How many results are cached: the few labels of a page occur again and again."""
_WORDS = read_word_lists(__file__)
_NEVER_FIRST = _WORDS["never_first"]
"""Words that begin a sentence, not a label; "the" may begin both: "The President"."""

_ADDRESS = re.compile(
    r"(?:szanown|panie\s|dzień\s|dzięk|buon|grazie|signor[ei]\s|gentili|cari\s|caro\s|car[oa]s\s|goede|dames\s|beste\s|geachte|"
    r"senhor[ae]s|bom\s|boa\s|obrigad|muit|querid|estimad|buen|graci|dear|ladies|gentlemen|excellenc|your\s+(?:excellenc|majest|royal|highness)|friends|colleagues|thank|good\s|"
    r"hello|welcome|distinguished|hono[u]?rable|esteemed|bonjour|merci|guten|danke|sehr\s+geehrte|liebe|"
    r"meine\s+damen|mesdames|messieurs|chers|señor[ae]s|slava)",
    re.IGNORECASE,
)
_AUDIENCE = re.compile(
    r"(?:(?:the\s+|hon(?:ou?rable|\.)\s+|distinguished\s+|fellow\s+)+)?(?:members|senators|delegates|deputies|citizens|colleagues)\s+"
    r"(?:of|and)\s+(?:the|this|our|both|parliament|congress|council|members|senators)\b",
    re.IGNORECASE,
)
"""Whom a speech addresses by what they are members of: "Members of the House of Commons"."""
_BRACKETS = re.compile(r"\s*(?:\[[^\[\]()]{1,80}\]|\((?:[^\[\]()]|\([^()]{1,60}\)){1,120}\))")
_DASH = re.compile(r"\s+(?:--?|–|—)\s+")
_FOR_OTHERS = re.compile(
    r"(?:on\s+behalf\s+of|au\s+nom\s+d|im\s+namen|en\s+nombre\s+de|a\s+nome\s+d|em\s+nome\s+d|namens|w\s+imieniu)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*|\d{1,3}|&")
_ELIDED = re.compile(r"(?:[ld]|dell|all|nell|sull|dall|c)['’]", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(?:[^\W\d_]{1,4}\.)+")
_CONTRACTED = re.compile(r"([^\W\d_]+)['’](?:s|ll|m|re|ve|d|t)", re.IGNORECASE)
"""A word with a short form of "is", "will" and so on: "I'll", "That's"."""
_FINISHED = frozenset('!?…,;”"»–—')
_COUNTING = _WORDS["counting"]
_LAST_ABBREVIATED = _WORDS["last_abbreviations"]
_LONGEST = 120
_LONGEST_WITHOUT_CASE = 24
_MOST_WORDS_WITHOUT_CASE = 4
_ENDS_OF_ROLES = (
    *(
        "minister",
        "ministerin",
        "ministern",
        "ministeren",
        "ministeri",
        "ráðherra",
        "präsident",
        "präsidentin",
        "sprecher",
        "sprecherin",
    ),
    *(
        "sekretär",
        "sekretärin",
        "sekreterare",
        "kanzler",
        "kanzlerin",
        "direktor",
        "direktorin",
        "vorsitzende",
        "vorsitzender",
    ),
)
"""Ends of roles that are one word with what they are for: "Verkehrsminister", "liikenneministeri"."""
_GERSHAYIM = re.compile(r"(?<=[\u05d0-\u05ea])[\"״](?=[\u05d0-\u05ea])")
"""The mark of an abbreviation, within a Hebrew word."""
_GEORGIAN = frozenset(map(chr, range(0x10D0, 0x1100)))
"""Letters with capitals that nobody writes names with."""
_MOST_WORDS = 16


def is_finished(text: str) -> bool:
    """Return whether a line ends in a way that no label does."""
    end = text.rstrip()
    if end[-1:] == ".":
        return end.rsplit(maxsplit=1)[-1].lower() not in _LAST_ABBREVIATED
    return end[-1:] in _FINISHED


@lru_cache(maxsize=_MOST_LABELS)
def is_address(text: str) -> bool:
    """Return whether a line greets or thanks somebody: "Ladies and Gentlemen", "Mr President"."""
    return _ADDRESS.match(text) is not None or is_titled_office(text)


def is_audience(text: str) -> bool:
    """Return whether a line names all who listen, as a salutation does: "Honourable Members of the Senate"."""
    return _AUDIENCE.match(text) is not None


@lru_cache(maxsize=_MOST_LABELS)
def is_titled_office(text: str) -> bool:
    """Return whether a text is an office after a courtesy: "Mr President" is an address, "MR SPEAKER:" a label."""
    words = [word.strip(".").lower() for word in _WORD.findall(text)]
    return bool(words) and words[0] in COURTESY and all(map(_is_role, words[1:]))


@lru_cache(maxsize=_MOST_LABELS)
def looks_like_name(text: str) -> bool:
    """Return whether a text could be a speaker's name and role: short, every main word with a capital.

    "Rosa Balfour, Director Carnegie Europe" could; "War is brutal and ugly" and "Defence spending" could not.
    """
    plain = _DASH.sub(", ", _BRACKETS.sub("", text[:_LONGEST]), count=2)
    if len(text) > _LONGEST or not plain or re.search(r"[?!;:…“”„«»\"<>=*|/\\]", plain):
        return False
    head, comma, rest = plain.partition(",")
    if comma and _is_description(rest) and 2 <= len(head.split()) <= 6:
        plain = head
    pieces = plain.replace(",", " ").split()
    if not 0 < len(pieces) <= _MOST_WORDS:
        return False
    in_office = _is_office(pieces)
    for piece in pieces:
        if not _WORD.fullmatch(piece) or (piece.endswith(".") and not _ABBREVIATED.fullmatch(piece)):
            return False
        bare = _ELIDED.sub("", piece)
        lower = piece.lower()
        small = lower in JOINING or lower in ROLES or lower.rstrip(".") in COURTESY
        small = small or (in_office and lower.isalpha())
        if not (any(map(str.isupper, bare)) or piece[0].isdecimal() or small):
            return False
    first, last = pieces[0], pieces[-1]
    if first in ("A", "An", "As") and len(pieces) > 1:
        second = pieces[1].rstrip(".").lower()
        first = pieces[1] if second in COURTESY or second in ROLES else first
    contracted = _CONTRACTED.fullmatch(first)
    begins = (contracted[1] if contracted else first).lower()
    finished = last.endswith(".") and last.lower() not in _LAST_ABBREVIATED
    unfinished = plain.endswith(",") or (len(pieces) > 1 and last in ARTICLES)
    return first[0].isupper() and begins not in _NEVER_FIRST and not finished and not unfinished


@lru_cache(maxsize=_MOST_LABELS)
def is_short_without_case(text: str) -> bool:
    """Return whether a text in a script without capitals is short enough for a label: "主席", "ראש העיר"."""
    letters = [letter for letter in text if letter.isalpha()]
    return (
        bool(letters)
        and not any(letter.upper() != letter.lower() for letter in letters if letter not in _GEORGIAN)
        and len(text) <= _LONGEST_WITHOUT_CASE
        and len(text.split()) <= _MOST_WORDS_WITHOUT_CASE
        and re.search(r"[?!;…“”„«»\"<>=*|/\\。，、！？；؟،।]", _GERSHAYIM.sub("", text)) is None
    )


@lru_cache(maxsize=_MOST_LABELS)
def is_bracketed_without_case(text: str) -> bool:
    """Return whether a short name in a script without capitals has an office or a seat in brackets behind it."""
    name, bracket, seat = text.partition("(")
    return (
        bool(bracket and name.strip())
        and seat.endswith(")")
        and len(seat) <= _LONGEST
        and is_short_without_case(name.strip()[:_LONGEST_WITHOUT_CASE])
        and len(name.split()) <= _MOST_WORDS_WITHOUT_CASE + 1
    )


def _is_description(text: str) -> bool:
    """Return whether the text after a name and a comma is a role: "ministre de l'intérieur", "on behalf of..."."""
    words = text.split()
    if not 0 < len(words) <= _MOST_WORDS or text.rstrip().endswith((".", ",")):
        return False
    if _FOR_OTHERS.match(text.strip()):
        return True
    first = words[1] if len(words) > 1 and words[0].lower() in ARTICLES else words[0]
    return first.strip(",").lower() in ROLES and first.lower() not in COURTESY


def _is_office(pieces: Sequence[str]) -> bool:
    """Return whether a role, with some small words, comes before a name: "Rzecznik rządu Anna Zielińska"."""
    first = pieces[1] if len(pieces) > 3 and pieces[0].lower() in ARTICLES else pieces[0]
    small = sum(piece[0].islower() and piece.lower() not in JOINING for piece in pieces[1:])
    return (
        first.lower() in ROLES
        and first.lower() not in COURTESY
        and len(pieces) >= 4
        and small <= 2
        and all(piece[0].isupper() and piece.lower() not in ROLES for piece in pieces[-2:])
    )


def name_words(text: str) -> list[str]:
    """Return the words of the name itself in a label, in lower case: not those of a role, nor small ones."""
    words = [word for word in _WORD.findall(text) if word[0].isupper()]
    lower = [re.sub(r"['’]s?$", "", word).strip(".").lower() for word in words]
    return [word for word in lower if word not in ROLES and word not in JOINING and word not in COURTESY]


@lru_cache(maxsize=_MOST_LABELS)
def is_role_only(text: str) -> bool:
    """Return whether a label is a role without a name: "The President", "Le ministre"."""
    words = [word.strip(".").lower() for word in _WORD.findall(_BRACKETS.sub("", text))]
    bare = [word for word in words if word not in ARTICLES and word not in JOINING and word not in COURTESY]
    return all(word in ROLES for word in bare) and not all(word in PARTS_OF_ROLES for word in bare)


@lru_cache(maxsize=_MOST_LABELS)
def is_announcement(text: str) -> bool:
    """Return whether a text only announces what is said next: "First", "Point two", "En primer lugar", "Special"."""
    words = [word.strip(".").lower() for word in _WORD.findall(text)]
    if words and not text.isupper() and all(word in PARTS_OF_ROLES for word in words):
        return True
    bare = [word for word in words if word not in ARTICLES and word not in JOINING and not word.isdecimal()]
    return bool(words) and all(word in _COUNTING for word in bare)


@lru_cache(maxsize=_MOST_LABELS)
def has_role(text: str) -> bool:
    """Return whether a label names a role: "Director", "President"."""
    return any(_is_role(word.strip(".").lower()) for word in _WORD.findall(text))


def _is_role(word: str) -> bool:
    """Return whether a word in lower case is one of a role, or begins with one: "minister-president"."""
    return (
        word in ROLES
        or word.partition("-")[0] in ROLES
        or (word.endswith(_ENDS_OF_ROLES) and word != "administer")
    )
