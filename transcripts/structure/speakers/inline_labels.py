"""Find the labels that share their line with speech: "Moderator: Thank you.", "MR. SMITH. I rise", "Q  Why?".

A sentence may have a colon too ("I want to be clear: ..."), and may end with a name. So the page must confirm each
shape of label: it takes several of them, or another sign, such as bold print or a role.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.structure.dates import is_date_line
from asdelivered.transcripts.structure.names import has_role, looks_like_name, name_words
from asdelivered.transcripts.structure.phrases import is_in_capitals
from asdelivered.transcripts.structure.speakers.known_speakers import KnownSpeakers, label_words
from asdelivered.transcripts.structure.speakers.label_candidates import is_numbered, label_candidates
from asdelivered.transcripts.structure.speakers.label_grammar import DIALOGUE, MOST_SMALL, doubtful_labels
from asdelivered.transcripts.structure.speakers.label_proof import OFTEN, Evidence
from asdelivered.transcripts.structure.speakers.label_shapes import (
    MOST_ALIKE,
    TIME,
    InlineLabel,
    Label,
    Shape,
)
from asdelivered.transcripts.structure.titles import ARTICLES, COURTESY, is_function

_TIME_FIRST = re.compile(rf"{TIME}\s+(?=\S)")
_CHAIR = re.compile(
    r"(?:Mr|Mrs|Ms|Madam|Madame)\.?\s(?:Acting\s|Deputy\s|Vice\s)?(?:Speaker|President|Chair(?:man|woman|person)?)\b[,.]?\s"
)
"""Whom a speech in a parliament addresses first."""
_FEWEST_NUMBERED = 2
"""Numbered questions of a page."""
_NUMBER = re.compile(r"[A-Z]{0,3}\d{1,6}[A-Z]{0,3}(?:[-–/.]\d{1,6}\w?){0,2}")
_NUMBERS = re.compile(r"\b(?:no|nos|nr|nº|number|num|case|page|column|volume|item)\.?$")
"""What ends the name of something that has a number."""
_MOST_PLAIN = 4
"""Words of a plain name."""
_MOST_NAMED = 0.8
"""A share of the rows. Where more begin with a name and a colon, all that do are labels."""


def find_inline_labels(
    rows: Sequence[Row], first: int, found: Mapping[int, Label], speakers: KnownSpeakers
) -> dict[int, Label]:
    """Return the labels within the rows from `first` on; `found` has those on lines of their own."""
    text = rows[first:]
    candidates = _without_sentences(label_candidates(rows, first, found, speakers), speakers)
    numbered = _with_numbers(candidates, rows)
    candidates = [one for one in candidates if one.name.casefold() not in numbered]
    key = _key_of_letters(candidates, rows)
    candidates = [one for one in candidates if one.row not in key]
    if is_in_capitals(row.text for row in text):
        candidates = [one for one in candidates if _is_label_among_capitals(one)]
    # A row may show signs of several shapes, and yet has one label at most.
    counts = Counter(name for _, name in {(one.row, one.name.casefold()) for one in candidates})
    counts.update((label.speaker or "").casefold() for label in found.values())
    candidates = [one for one in candidates if not _is_numeral_or_heading(one, rows[one.row], counts)]
    evidence = Evidence.of(candidates, counts, text)
    alike = [one for one in candidates if one.shape is Shape.COLON]
    confirmed, known = _confirmed(candidates, evidence, speakers)
    sure = dict(confirmed)
    if len({one.row for one in alike}) >= _MOST_NAMED * evidence.filled:
        _add(_beside_others(alike, sure, evidence, first), sure)
    initials = _with_initials(alike)
    _add(initials, confirmed)
    _add(initials, sure)
    if _are_in_capitals(alike, sure, evidence):
        _add((one for one in alike if _without_brackets(one.name).isupper()), sure)
    _add(_in_brackets(candidates, sure), sure)
    addressing = {one.row: one for one in candidates if _addresses_the_chair(one, rows[one.row])}
    _add(addressing.values(), confirmed)
    _add(addressing.values(), sure)
    if sum(is_numbered(rows[row]) for row in sure) >= _FEWEST_NUMBERED:
        _add((one for one in alike if is_numbered(rows[one.row])), sure)
    plain = _plain_names(alike, sure)
    sure = plain | sure
    body = next(
        (number for number, row in enumerate(text, first) if row.content and not row.kind),
        first,
    )
    alone = [
        row == body or one.marked or row in addressing or known.is_confirmed(one.name)
        for row, one in sure.items()
    ]
    if len(sure) + len(found) < 2 and not any(alone):
        return {}
    # "Moderator: Good morning." begins the text, and "Question: Who pays?" asks.
    clear = {row for row in sure if row == body or rows[row].content.endswith("?")}
    doubtful = doubtful_labels(sure.values(), confirmed, counts, speakers, evidence.filled, clear) | {*plain}
    doubtful -= {row for row in doubtful if _is_called_by_name(sure[row], known)}
    names = {one.name: rows[row].text[one.length :].strip() for row, one in key.items()}
    return {
        row: Label(names.get(one.name, one.name) or None, length, sure=row not in doubtful)
        for row, one, length in _with_times(sure, rows)
    }


def _add(more: Iterable[InlineLabel], labels: dict[int, InlineLabel]) -> None:
    """Add labels to those of other rows."""
    for one in more:
        labels.setdefault(one.row, one)


def _is_numeral_or_heading(one: InlineLabel, row: Row, counts: Mapping[str, int]) -> bool:
    """Return whether what comes once may be a number, "I: Ann Hill, Chair", or has only a date behind its colon."""
    return (
        one.shape is Shape.COLON
        and counts[one.name.casefold()] < 2
        and (len(one.name) == 1 or is_date_line(row.text[one.length :].strip()))
    )


def _with_numbers(candidates: Iterable[InlineLabel], rows: Sequence[Row]) -> set[str]:
    """Return the names, in lower case, with nothing but a number behind each time: "Column: 987", "CASE NO: 12"."""
    counts: Counter[str] = Counter()
    spoken: set[str] = set()
    for name, row, length in {(one.name.casefold(), one.row, one.length) for one in candidates}:
        if _NUMBER.fullmatch(rows[row].text[length:].strip()):
            counts[name] += 1
        else:
            spoken.add(name)
    return {
        name
        for name, count in counts.items()
        if name not in spoken and (count >= _FEWEST_NUMBERED or _NUMBERS.search(name))
    }


def _confirmed(
    candidates: Sequence[InlineLabel], evidence: Evidence, speakers: KnownSpeakers
) -> tuple[dict[int, InlineLabel], KnownSpeakers]:
    """Return the first candidate of each row that the page confirms, and who is known by them.

    In the second round, "Mr Hart" is known from "The Secretary of State (Mr William Hart)".
    """
    sure: dict[int, InlineLabel] = {}
    for _ in range(2):
        _add(
            (
                one
                for one in candidates
                if one.row not in sure
                and (speakers.is_confirmed(one.name) or evidence.confirms(one, speakers.knows(one.name)))
            ),
            sure,
        )
        people = sorted({name for one in sure.values() for name in _names_within(one.name)})
        speakers = speakers.with_names(people)
    return sure, speakers


def _beside_others(
    alike: Sequence[InlineLabel], sure: Mapping[int, InlineLabel], evidence: Evidence, first: int
) -> list[InlineLabel]:
    """Return the unusual names of a page on which most captions or paragraphs begin with a name and a colon.

    They are labels from the first sure one on, and each is where the text begins after a head.
    """
    colons = [one.row for one in alike if one.row in sure or evidence.count(one) >= 2]
    begin = -1 if first else min(colons, default=-1)
    return [one for one in alike if one.row > begin] if len(colons) >= 2 else []


def _are_in_capitals(
    alike: Sequence[InlineLabel], sure: Mapping[int, InlineLabel], evidence: Evidence
) -> bool:
    """Return whether the labels of a page are in capitals, so that one more is a label too, even if it comes once.

    A short dialogue may be one between people who mostly speak once.
    """
    named = [one for one in sure.values() if one.shape is Shape.COLON]
    capitals = [one for one in named if _without_brackets(one.name).isupper()]
    shouted = [one for one in alike if one.name.isupper() and not one.small]
    lively = len(shouted) >= DIALOGUE * evidence.filled and len({one.name for one in shouted}) >= OFTEN
    several = (
        len({one.name for one in capitals}) >= 2 or len(capitals) >= OFTEN or (bool(capitals) and lively)
    )
    return several and len(capitals) >= MOST_ALIKE * len(named)


def _without_brackets(text: str) -> str:
    return text.partition(" (")[0]


def _in_brackets(candidates: Sequence[InlineLabel], sure: Mapping[int, InlineLabel]) -> list[InlineLabel]:
    """Return the candidates in brackets such as several sure labels have: "【幹事社】"."""
    marks = Counter(one.mark for one in sure.values() if one.shape is Shape.BRACKET)
    return [one for one in candidates if one.shape is Shape.BRACKET and marks[one.mark] >= 2]


def _addresses_the_chair(one: InlineLabel, row: Row) -> bool:
    """Return whether a title and a name in capitals stand before an address: "Mr. REED. Mr. Speaker, I rise".

    Records of a single speech have no other label that could prove it.
    """
    return (
        one.shape is Shape.STOP
        and bool(label_words(one.name) & COURTESY)
        and any(word.isupper() and len(word) > 1 for word in one.name.split())
        and _CHAIR.match(row.text, one.length) is not None
    )


def _with_initials(alike: Sequence[InlineLabel]) -> list[InlineLabel]:
    """Return the candidates that are somebody's initials, and the names that these stand for."""
    named: dict[str, list[InlineLabel]] = {}
    for one in alike:
        if _is_plain_name(one.name) and not one.small:
            named.setdefault("".join(word[0] for word in one.name.split()), []).append(one)
    initials = [one for one in alike if one.name in named and one.name.isupper()]
    return initials + [name for short in {one.name for one in initials} for name in named[short]]


def _plain_names(alike: Sequence[InlineLabel], sure: Mapping[int, InlineLabel]) -> dict[int, InlineLabel]:
    """Return the candidates of two or more words in capitals that come once, where most sure labels are such names."""
    colons = [one for one in sure.values() if one.shape is Shape.COLON and not is_function(one.name)]
    named = [one for one in colons if _is_plain_name(one.name)]
    if len({one.name for one in named}) < 2 or len(named) < OFTEN or len(named) < 0.5 * len(colons):
        return {}
    begin = min(sure)
    return {
        one.row: one
        for one in alike
        if one.row > begin and one.row not in sure and not one.small and _is_plain_name(one.name)
    }


def _is_called_by_name(one: InlineLabel, speakers: KnownSpeakers) -> bool:
    """Return whether a colon stands after two words or more of a name that other labels have: "Ms Reed: Yes"."""
    several = len(label_words(one.name)) >= 2
    return one.shape is Shape.COLON and several and not one.small and speakers.knows(one.name)


def _is_plain_name(text: str) -> bool:
    """Return whether a label has two to four words with capitals, and more after a comma at most: "Mia Lund"."""
    name = text.partition(",")[0].split()
    return (
        2 <= len(name) <= _MOST_PLAIN
        and all(word[0].isupper() for word in name)
        and name[0].lower() not in ARTICLES
    )


def _key_of_letters(candidates: Sequence[InlineLabel], rows: Sequence[Row]) -> dict[int, InlineLabel]:
    """Return the rows above the text that say whose name the letters before a tab stand for: "TAG<tab>Tom A. Grey"."""
    tabbed = [one for one in candidates if one.shape is Shape.TAB]
    key = takewhile(lambda one: looks_like_name(rows[one.row].text[one.length :].strip()), tabbed)
    return {one.row: one for one in key}


def _with_times(
    sure: Mapping[int, InlineLabel], rows: Sequence[Row]
) -> Iterator[tuple[int, InlineLabel, int]]:
    """Yield each row with its label and the label's length; a time after the colon belongs to it if most have one."""
    colons = [one for one in sure.values() if one.shape is Shape.COLON]
    times = {
        one.row: time.end() for one in colons if (time := _TIME_FIRST.match(rows[one.row].text, one.length))
    }
    most = 2 * len(times) > len(colons)
    for row, one in sure.items():
        yield row, one, times.get(row, one.length) if most else one.length


def _without_sentences(candidates: Sequence[InlineLabel], speakers: KnownSpeakers) -> list[InlineLabel]:
    """Return the candidates without the beginnings of sentences that go on in small letters: "Minister: that is I".

    Speech after a label may begin so too, but not each time, unless the whole page is in small letters.
    """
    colons = [one for one in candidates if one.shape is Shape.COLON]
    written_small = sum(one.small for one in colons) > MOST_SMALL * len(colons)
    begun = {one.name.casefold() for one in candidates if not one.small}
    return [
        one
        for one in candidates
        if one.shape is not Shape.COLON
        or not one.small
        or one.marked
        or written_small
        or one.name.casefold() in begun
        or is_function(one.name)
        or speakers.is_confirmed(one.name)
    ]


def _is_label_among_capitals(one: InlineLabel) -> bool:
    """Return whether a candidate has more than its capitals, on a page that is written in capitals."""
    words = label_words(one.name)
    return (
        not one.name.isupper()
        or one.marked
        or is_function(one.name)
        or (one.shape is not Shape.STOP and has_role(one.name))
        or bool(words & COURTESY)
    )


def _names_within(label: str) -> Iterator[str]:
    """Yield the names of people in a label, which others may call by a part of them: without offices and places."""
    for part in re.split(r"[(),]", label):
        name = name_words(part) if looks_like_name(part.strip()) else []
        if len(name) >= 2:
            yield " ".join(name)
