"""Split a paragraph into sentences, for captions and quotes, despite abbreviations, initials, ellipses and quotes.

sentencex finds the boundaries. This module removes those that an abbreviation, an ordinal or the words around it show
to be false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from asdelivered.transcripts.languages import OTHER, rules_of
from asdelivered.transcripts.languages.rules import LanguageRules
from asdelivered.transcripts.word_lists import word_set

_INITIAL = re.compile(r"(?:^|[\s(.])[^\W\d_]\.$")
_INITIALS = re.compile(r"(?:^|\s)(?:[^\W\d_]\.){2,}$")
_ORDINAL = re.compile(r"(?:^|\s)(\S*)\s*\b\d{1,2}\.$")
_LAST_WORD = re.compile(r"(?:^|[\s(\"“„«'’])([^\s(\"“„«'’]+)$")
_CLOSING = re.compile(r"[\"'”’»)\]]+(?=\s|$)")
_AND_SO_ON = re.compile(r"\b(?:etc|ecc|enz|itd|itp)\.\s+(?=[“\"„«¿¡(]*[^\W\d_a-zà-ÿ])")
_BEFORE_ORDINALS = word_set(
    "der die das dem den des am im vom zum zur beim bis ab seit dieser w do od z dnia punkt punktu ust art"
)
_MAY_END = word_set(
    "etc usw u.s.w u.ä o.ä ecc enz itd itp jr inc ltd co corp a.m p.m am pm u.s u.k e.u eua ee.uu eeuu r w tys "
    "mln mld mio mrd d.c a.c km m kg cm mm h min t l g ha v.chr n.chr c zł gr no op hr"
)
"""Abbreviations that may end a sentence."""


def sentence_spans(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a text as character ranges, without the blanks between them.

    Every character that is not a blank is in one of them. `language` is an ISO 639-1 code; for a language without
    rules of its own here, sentencex alone decides.
    """
    rules = rules_of(language)
    spans: list[tuple[int, int]] = []
    for start, end in _parts(text, language):
        if spans and not _is_boundary(text, spans[-1], (start, end), rules):
            spans[-1] = (spans[-1][0], end)
            continue
        closing = _CLOSING.match(text, start) if spans else None
        if closing and text[spans[-1][1] : start].strip() == "" and spans[-1][1] == start:
            # The boundary fell before a quotation mark, which belongs to the sentence it closes.
            spans[-1] = (spans[-1][0], closing.end())
            start = closing.end()
        spans.append((start, end))
    trimmed = ((start, end, text[start:end]) for start, end in spans)
    return tuple(
        (start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()))
        for start, end, part in trimmed
        if part.strip()
    )


def _parts(text: str, language: str) -> Iterator[tuple[int, int]]:
    from sentencex.sentencex import get_sentence_boundaries

    for part in get_sentence_boundaries(language, text):
        start, end = part["start_index"], part["end_index"]
        # German capitalises nouns, so "usw. Menschen" may be one sentence.
        ends = [] if language == "de" else [found.end() for found in _AND_SO_ON.finditer(text, start, end)]
        for stop in (*ends, end):
            if text[start:stop].strip():
                yield start, stop
            start = stop


def _is_boundary(text: str, one: tuple[int, int], other: tuple[int, int], rules: LanguageRules) -> bool:
    """Return whether two parts are two sentences."""
    before, after = text[one[0] : one[1]].rstrip(), text[other[0] : other[1]].lstrip()
    between = text[one[0] : other[0]]
    if "\n\n" in between[len(before) :]:
        return True
    first = re.search(r"[^\W_]", after)
    if first is None:
        return False
    if first[0].islower():
        # "e.g. this", "2023 r. do"; also "iPhone", which seldom begins a sentence.
        return before.endswith(("!", "?")) and not after.startswith(("-", "–", "—"))
    if not before.endswith("."):
        return True
    if _INITIAL.search(before) and not _INITIALS.search(before) and rules is not OTHER:
        return before[-2:-1].islower() and before[-2:-1] not in rules.abbreviations
    ordinal = _ORDINAL.search(before)
    if ordinal and rules.ordinal_dot:
        return ordinal[1].lower() not in _BEFORE_ORDINALS and _first_word(after) not in rules.months
    last = _LAST_WORD.search(before)
    word = last[1].lower().rstrip(".") if last else ""
    known = word in rules.abbreviations or f"{word}." in rules.abbreviations
    return not known or word in _MAY_END


def _first_word(text: str) -> str:
    found = re.search(r"[^\W\d_]+", text)
    return found[0].lower() if found else ""
