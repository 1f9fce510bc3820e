"""Find the labels of a page: the lines that say who speaks.

No single sign tells "Rosa Balfour, Director Carnegie Europe" from a spoken "North Korea, Russia". So a line must first
look like a label: its main words have capitals, and it does not end a sentence. Then the page must confirm it: the
label is a fixed one ("Question"), names a role, occurs again, is the speaker whom the heading announces, or is set
apart where other labels are.

`inline_labels` finds the labels that share their line with speech: among what `label_candidates` sees in single rows,
those that the whole page confirms (`label_proof`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from math import ceil

from asdelivered.transcripts.brackets import WIDE_BRACKET, bracket_kind
from asdelivered.transcripts.document import Row, Style
from asdelivered.transcripts.model import LineKind, TokenKind
from asdelivered.transcripts.structure.names import (
    has_role,
    is_address,
    is_announcement,
    is_audience,
    is_finished,
    is_role_only,
    is_short_without_case,
    looks_like_name,
    name_words,
)
from asdelivered.transcripts.structure.occasion import is_time_of_day, is_timestamp
from asdelivered.transcripts.structure.participants import is_listed
from asdelivered.transcripts.structure.phrases import ends_sentence, is_button, is_in_capitals, is_section
from asdelivered.transcripts.structure.procedure import has_leader
from asdelivered.transcripts.structure.seats import seat_below
from asdelivered.transcripts.structure.speakers.inline_labels import find_inline_labels
from asdelivered.transcripts.structure.speakers.known_speakers import KnownSpeakers, label_words
from asdelivered.transcripts.structure.speakers.label_shapes import (
    AROUND,
    COLONS,
    MOST_ALIKE,
    TAG,
    TIME,
    Label,
)
from asdelivered.transcripts.structure.speakers.styled_labels import styled_labels
from asdelivered.transcripts.structure.titles import COURTESY, is_function

_Q_AND_BRACKET = re.compile(r"[A-Z]\s+[\[(]")
"""A question with nothing but a bracket: "Q (Inaudible.)"."""
_QUESTION_TIME = re.compile(r"(?:\w+\s)?questions?\s+(?:to|for)\s", re.IGNORECASE)
"""The title of a part of a sitting: "Questions to the First Minister", "Oral questions for the Chancellor"."""
_TIMED = re.compile(r"(?:^|[\s\[(])\d{1,2}:\d\d(?::\d\d)?(?:$|[\s\]),.:])")
_INVERTED = re.compile(
    r"[^\W\d_a-zà-ÿ][\w'’-]+(?:\s[^\W\d_a-zà-ÿ][\w'’-]+)?,\s[^\W\d_a-zà-ÿ][\w'’-]+(?:\s[^\W\d_a-zà-ÿ][\w'’-]+)?(?:\s\([^()]{1,30}\))?"
)
"""A family name, and a first one after a comma: "Reed, Ana (SDP)"."""
_LONGEST_FAMILY_FIRST = 60
_FAMILY_FIRST = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)?\s(?:[^\W\d_]\.\s?){2}")
_STOP_DASH = re.compile(r"\.\s?[-–—]+$")
"""What ends a label in the records of Argentina: "Sr. Presidente (Hale).-"."""
_SPEECH_AFTER_DASH = re.compile(r"\.\s?[-–—]+\s+\S")
"""A label and speech: "HON. T. HALE.- Mr. Speaker, I move:"."""
_BARE = re.compile(r"[^\W\d_][^\d:：\[\]()<>\n]{0,110}")
"""A line with nothing around a possible label."""
_ANSWER = re.compile(rf"[{COLONS}]\s+{TIME}$")
"""A time after the colon. Without speech below, it may be an answer: "Ann Hill: 6:24"."""
_FEWEST_IN_BRACKETS = 2
_FEWEST_SEATED = 2
_LETTER = re.compile(r"[^\W_]")
_MOST_LABELS = 2 / 3
"""A share of the lines of a page. Where more look like labels, the page is written in capitals."""


@dataclass(frozen=True)
class _Candidate:
    row: int
    text: str
    colon: bool
    above: bool
    """There is no speech right above it."""
    below: bool
    """There is nothing right below it."""
    bold: bool
    timed: bool
    """It has a time in the recording beside it."""
    between: bool
    """It is between a time in the recording and text."""

    @property
    def key(self) -> str:
        return " ".join(self.text.casefold().split())


def given_labels(rows: Sequence[Row], first: int) -> dict[int, Label]:
    """Return the rows from `first` on of which the format says that they are labels."""
    return {
        number: Label(row.content.rstrip(":, "), len(row.text))
        for number, row in enumerate(islice(rows, first, None), first)
        if row.kind is LineKind.SPEAKER and row.content
    }


def find_labels(rows: Sequence[Row], first: int, speakers: KnownSpeakers) -> dict[int, Label]:
    """Return the labels of the rows from `first` on; `rows` are the lines of the page."""
    given = (
        styled_labels(rows, first)
        | given_labels(rows, first)
        | _labels_in_brackets(rows, first)
        | _family_names_first(rows, first)
    )
    speakers = speakers.with_names(sorted({label.speaker or "" for label in given.values()}))
    candidates = _candidates(rows, first, speakers)
    counts = Counter(candidate.key for candidate in candidates if candidate.above or candidate.colon)
    sure = _below_times(candidates, rows, first) | _above_times(candidates, rows)
    # In the second round, "Ursula von der Leyen" is known from a label with her role.
    for _ in range(2):
        for candidate in candidates:
            known = speakers.knows(candidate.text)
            if speakers.is_confirmed(candidate.text) or _is_sure(candidate, counts[candidate.key], known):
                sure[candidate.row] = candidate
        speakers = speakers.with_names(sorted({candidate.text for candidate in sure.values()}))
    doubtful: set[int] = set()
    # On a page that sets its speakers apart, another name set apart the same way is a speaker too.
    if len(sure) >= 2:
        begin = min(sure)
        bold = all(candidate.bold for candidate in sure.values())
        capitals = sum(one.text.isupper() for one in sure.values()) >= MOST_ALIKE * len(sure)
        if capitals:
            sure = {row: one for row, one in sure.items() if not _may_be_address(one)}
        colons = sum(candidate.colon for candidate in sure.values()) >= 2
        inverted = sum(
            _INVERTED.fullmatch(one.text) is not None for one in sure.values()
        ) >= MOST_ALIKE * len(sure)
        upon = sum(one.above and not one.below for one in sure.values()) >= MOST_ALIKE * len(sure)
        for candidate in candidates:
            apart = candidate.above and candidate.below and candidate.bold >= bold
            # Where labels stand right upon speech, so does that of one who speaks once: "Tom Hale (Harbour Times)".
            apart = apart or (
                upon and candidate.above and not candidate.below and candidate.text.endswith(")")
            )
            apart = apart or (
                inverted and candidate.above and _INVERTED.fullmatch(candidate.text) is not None
            )
            alike = apart or (candidate.colon and colons)
            alike = alike or (capitals and candidate.above and candidate.text.isupper())
            later = candidate.row > begin or (bold and candidate.bold) or candidate.text.endswith(")")
            office = (candidate.bold and is_role_only(candidate.text)) or (
                inverted and _INVERTED.fullmatch(candidate.text) is not None
            )
            if later and alike and (office or _is_plain_name(candidate)) and candidate.row not in sure:
                sure[candidate.row] = candidate
                if counts[candidate.key] == 1 and _may_be_place(candidate):
                    doubtful.add(candidate.row)
    found = given | {
        row: Label(_STOP_DASH.sub("", candidate.text), len(rows[row].text), sure=row not in doubtful)
        for row, candidate in sure.items()
    }
    return found | find_inline_labels(rows, first, found, speakers)


def _labels_in_brackets(rows: Sequence[Row], first: int) -> dict[int, Label]:
    """Return the rows with nothing but a name in wide brackets right above speech, where a page has several of them.

    So the pages of Japan's government name speakers: "（記者）".
    """
    found = {
        number: match[1]
        for number, row in enumerate(islice(rows, first, None), first)
        if row.text.startswith("（")
        and row.kind is None
        and (match := WIDE_BRACKET.fullmatch(row.content))
        and is_short_without_case(match[1])
        and bracket_kind(match[1], square=True) is TokenKind.WORD
        and number + 1 < len(rows)
        and _has_words(rows[number + 1])
    }
    counts = Counter(found.values())
    if len(found) < _FEWEST_IN_BRACKETS:
        return {}
    return {
        number: Label(name, len(rows[number].text), sure=counts[name] > 1) for number, name in found.items()
    }


def _family_names_first(rows: Sequence[Row], first: int) -> dict[int, Label]:
    """Return the rows with nothing but a family name in capitals and initials, right above speech: "ХЕЙЛ Т.П."."""
    return {
        number: Label(rows[number].content, len(rows[number].text))
        for number in range(first, len(rows) - 1)
        if len(rows[number].text) <= _LONGEST_FAMILY_FIRST
        and rows[number].text.rstrip()[-1:] == "."
        and rows[number].kind is None
        and rows[number].content.isupper()
        and _FAMILY_FIRST.fullmatch(rows[number].content)
        and _has_words(rows[number + 1])
    }


def _candidates(rows: Sequence[Row], first: int, speakers: KnownSpeakers) -> list[_Candidate]:
    found: list[_Candidate] = []
    answers: list[int] = []
    spaced = any(row.text.isspace() for row in islice(rows, first, None))
    for number in range(first, len(rows)):
        row = rows[number]
        # Most rows are sentences, which are easily ruled out; the pattern is for the few others.
        tagged = row.text.startswith(TAG)
        if row.text[:1].islower() and not speakers.confirmed and not tagged:
            continue
        content = row.content
        if not content or row.kind:
            continue
        if not speakers.confirmed and ((content[0].islower() and not tagged) or is_finished(content)):
            continue
        plain = _BARE.fullmatch(content) is not None
        around = None if plain else AROUND.fullmatch(content)
        if not plain and around is None:
            continue
        text = around["label"] if around else content
        colon = around is not None and around["colon"] is not None
        likely = (is_function(text) or looks_like_name(text)) and not (
            (is_address(text) and not (colon and _is_honoured(text)))
            or is_announcement(text)
            or is_audience(text)
        )
        likely = likely or (colon and is_short_without_case(text))
        if not likely and not speakers.is_confirmed(text):
            continue
        if _Q_AND_BRACKET.match(text) or has_leader(content) or is_time_of_day(content):
            continue
        if (
            is_button(text)
            or is_section(text)
            or _QUESTION_TIME.match(text)
            or _SPEECH_AFTER_DASH.search(text)
        ):
            continue
        if is_listed(
            content,
            *(other.content for other in rows[max(number - 1, first) : number + 2] if other is not row),
        ):
            continue
        above = number == first or not _has_words(rows[number - 1]) or is_section(rows[number - 1].content)
        # Without blank lines, a page can only show that the last speaker has finished a sentence.
        above = above or (not spaced and ends_sentence(rows[number - 1].content))
        timed = _TIMED.search(content) is not None
        below = number + 1 == len(rows) or not _has_words(rows[number + 1])
        if below and _ANSWER.search(content):
            answers.append(number)
        between = not below and number > first and is_timestamp(rows[number - 1].content)
        found.append(_Candidate(number, text, colon, above, below, _is_bold(row), timed, between))
    if len(answers) == 1:  # where several have a time, the times belong to the labels
        found = [one for one in found if one.row != answers[0]]
    if is_in_capitals(row.text for row in rows[first:]):
        found = [one for one in found if one.colon or is_function(one.text) or not one.text.isupper()]
    if _are_most(len(found), rows, first):  # capitals throughout mean nothing
        return [one for one in found if one.colon or is_function(one.text)]
    return found


def _are_most(count: int, rows: Sequence[Row], first: int) -> bool:
    """Return whether the rows from `first` on are too few for so many labels."""
    enough = ceil(count / _MOST_LABELS)
    with_words = (row for row in islice(rows, first, None) if _has_words(row))
    return sum(1 for _ in islice(with_words, enough)) < enough


def _has_words(row: Row) -> bool:
    return row.kind is None and _LETTER.search(row.text) is not None and not is_timestamp(row.content)


def _is_bold(row: Row) -> bool:
    """Return whether all of a row is bold, or a heading."""
    return row.heading > 0 or row.is_all(Style.BOLD)


def _is_sure(candidate: _Candidate, count: int, known: bool) -> bool:
    """Return whether the page confirms a candidate, which occurs `count` times or is `known` as a speaker."""
    text = candidate.text
    several, returns = len(label_words(text)) >= 2, count >= 2
    if is_function(text):
        return candidate.colon or candidate.above
    if candidate.timed and (several or candidate.colon):
        return True
    if candidate.colon:
        capitals = text.isupper()
        if not returns and _may_be_address(candidate) and text.split()[1].islower():
            return False
        if known or returns or (several and (capitals or has_role(text))) or is_role_only(text):
            return True
        return several and ((candidate.above and candidate.below) or candidate.bold)
    if not candidate.above:
        return False
    if candidate.below and returns and is_role_only(text):
        return True
    if several and returns and len(name_words(text)) >= 1:
        return True
    if known and (several or returns):
        return True
    capitals = text.isupper() and text.isalpha() and len(text) > 2
    if capitals and returns and (candidate.bold or not candidate.below):
        return True
    office = has_role(text) and len(name_words(text)) >= 2
    return (candidate.below or candidate.bold) and office


def _below_times(candidates: Sequence[_Candidate], rows: Sequence[Row], first: int) -> dict[int, _Candidate]:
    """Return the candidates between a time and text, where most times of the page have one below them."""
    between = {one.row: one for one in candidates if one.between}
    times = sum(is_timestamp(row.content) for row in islice(rows, first, None)) if between else 0
    return between if len(between) >= max(2, MOST_ALIKE * times) else {}


def _above_times(candidates: Sequence[_Candidate], rows: Sequence[Row]) -> dict[int, _Candidate]:
    """Return the candidates above a time, with whose seat it is between them, where a page has several."""
    seated = {one.row: one for one in candidates if one.above and not one.colon and seat_below(rows, one.row)}
    return seated if len(seated) >= _FEWEST_SEATED else {}


def _is_honoured(text: str) -> bool:
    """Return whether a label has an office and a name after the style of its bearer: "Honorable Senadora Ana Soto"."""
    return text[:4].lower() == "hono" and has_role(text) and len(name_words(text)) >= 1


def _may_be_address(candidate: _Candidate) -> bool:
    """Return whether people address somebody so, where the labels are in capitals: "Señor director del INPI"."""
    first = candidate.text.split()[0].strip(".").lower()
    return first in COURTESY and has_role(candidate.text) and not candidate.text.isupper()


def _may_be_place(candidate: _Candidate) -> bool:
    """Return whether a name has no sign but its place between other lines: "New York" may be said as well."""
    signs = candidate.colon or candidate.bold or candidate.timed or candidate.text.isupper()
    return not signs and not has_role(candidate.text) and not label_words(candidate.text) & COURTESY


def _is_plain_name(candidate: _Candidate) -> bool:
    """Return whether a candidate is a name of two to five words, with or without more after a comma.

    In a script without capitals, its colon and the speech right below it show the name.
    """
    if candidate.colon and is_short_without_case(candidate.text):
        return candidate.above and not candidate.below and not is_announcement(candidate.text)
    name, _, _ = candidate.text.partition(",")
    return 2 <= len(name.split()) <= 5 and len(name_words(name)) >= 1
