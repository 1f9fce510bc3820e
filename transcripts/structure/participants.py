"""The participants of an event, as the heading of a page or a list of attendance names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.names import has_role, looks_like_name
from asdelivered.transcripts.structure.titles import COURTESY

_PEOPLE = re.compile(
    r"(?:speakers?|participants?|panell?ists?|present|members\s+present|in\s+attendance|attendees|witness(?:es)?|"
    r"also\s+present|teilnehmer|anwesend|sprecher|présents?|asistentes|presenti|aanwezig|presentes|obecni)\s*:\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_KEY = re.compile(
    r"(?:speakers?|participants?|panell?ists?|present|members\s+present|in\s+attendance|attendees|teilnehmer(?:innen\s+und\s+teilnehmer)?|"
    r"anwesend|sprecher(?:innen\s+und\s+sprecher)?|podium|intervenants|participants|présents|ponentes|relatori|sprekers|uczestnicy):?",
    re.IGNORECASE,
)
"""The title of a list of people."""
_PART = re.compile(r"[,;•|(–—]|\s-\s|\s+and\s")
"""What ends the first name in a list."""
_LISTED = re.compile(r"(?P<name>[^\W\d_][^–—,:;-]{3,50}?)\s+[–—-]\s+[^\W\d_].{2,80}(?<![.!?…:;,])")

_ATTENDANCE = re.compile(
    r"(?:(?:the\s+following\s+)?(?:members|councill?ors|senators|deputies|directors|commissioners|officers|staff|officials|board|also)\s+)*"
    r"(?:were\s+)?(?:present|absent|excused|in\s+attendance|attending|apologies)(?:\s+for\s+absence)?\s?[:.]?",
    re.IGNORECASE,
)
"""The title of such a list."""
_LONGEST_TITLE = 100
"""Characters."""
_FEWEST_MEMBERS = 3
_MOST_BETWEEN = 1
"""Rows between two members, such as the number of a column."""
_SEATED = re.compile(r"(?P<name>[^()]{3,60}?)[\s,]*\([^()]{2,60}\)")
"""A name with a constituency or a party in brackets."""
_MOST_OF_NAME = 7
_LONGEST_MEMBER = 50
"""Words of a member with all offices."""
_SAID = re.compile(r"\b(?:I|we|you|my|our|your)\b|[?!]|[.]\s+(?:The|This|It|And|But)\s")


def is_participant(text: str) -> bool:
    """Return whether a line below a title names a participant: "Ann Smith, President of the Bank,"."""
    name, _, office = text.strip(" ,;").partition(",")
    return looks_like_name(name) and 2 <= len(name.split()) <= 5 and has_role(office)


def is_listed(row: str, *neighbours: str) -> bool:
    """Return whether a line is one of several below each other that say who takes part: "Ann Hill - Director"."""
    return _LISTED.fullmatch(row) is not None and any(_LISTED.fullmatch(other) for other in neighbours)


def people_below_key(rows: Sequence[str]) -> set[int]:
    """Return the rows of a list of people below its title: "Speakers", then a name in each row.

    The first speaker's label looks like them, but has speech below it.
    """
    key = next((row for row, text in enumerate(rows) if _KEY.fullmatch(text)), None)
    filled = [row for row in range(key + 1, len(rows)) if rows[row]] if key is not None else []
    names = [*takewhile(lambda row: looks_like_name(rows[row]) or is_participant(rows[row]), filled)]
    below = filled[len(names) : len(names) + 1]
    # Nobody speaks between the last of the list and the first label.
    ends = not below or not rows[below[0]].startswith(("(", "[")) if names else True
    return {*(names[:-1] if ends else names), *(() if not names or key is None else (key,))}


def lists_people(text: str) -> bool:
    """Return whether a line lists who was there: "Members present: Ann Smith (Chair); Bob Jones."."""
    found = _PEOPLE.fullmatch(text.strip())
    return found is not None and looks_like_name(_PART.split(found[1], maxsplit=1)[0].strip(" ."))


def listed_participants(rows: Sequence[str]) -> list[str]:
    """Return the names in a list of participants above the text: two or more rows such as "Ann Hill - Director"."""
    listed = [match["name"] for row in rows if (match := _LISTED.fullmatch(row))]
    listed += _named_below_key(rows)
    found = [name for name in listed if 2 <= len(name.split()) <= 4 and looks_like_name(name)]
    return found if len(found) >= 2 else []


def _named_below_key(rows: Sequence[str]) -> list[str]:
    """Return the names in one row below its title: "Attendees", then "Ann Hill, Tom Hale"."""
    key = next((row for row, text in enumerate(rows) if _KEY.fullmatch(text)), None)
    below = next((text for text in rows[key + 1 :] if text), "") if key is not None else ""
    names = [name.strip() for name in below.split(",")]
    people = all(
        2 <= len(name.split()) <= 4 and looks_like_name(name) and not has_role(name) for name in names
    )
    return names if len(names) >= 2 and people else []


def participants_of(rows: Sequence[str]) -> list[str]:
    """Return the names in lines such as "Members present: Ann Smith (Chair); Bob Jones."."""
    names = []
    for row in rows:
        found = _PEOPLE.fullmatch(row.strip())
        parts = re.split(r"[;•|]|,\s+and\s+|;\s*and\s+|\s+and\s+", found[1]) if found else []
        parts = [*parts, row] if is_participant(row.strip()) else parts
        names += [part.strip(" .,") for part in parts if looks_like_name(part.strip(" .,"))]
    return names


def find_attendance(rows: Sequence[Row]) -> dict[int, LineKind]:
    """Return the rows of lists of those present or absent, with the title of each, as `METADATA`."""
    found: dict[int, LineKind] = {}
    for key, row in enumerate(rows):
        # Most rows are blank or sentences, and are asked no more.
        if row.kind or not 1 < len(row.text) <= _LONGEST_TITLE or not _ATTENDANCE.fullmatch(row.content):
            continue
        if key in found:  # a title within a list, which ends where that ends
            continue
        members: list[int] = []
        between = 0
        for number in range(key + 1, len(rows)):
            text = rows[number].content
            if not text or rows[number].kind:
                continue
            if _is_member(text):
                members.append(number)
                between = 0
            elif between == _MOST_BETWEEN or not members:
                break
            else:
                between += 1
        if len(members) >= _FEWEST_MEMBERS:
            listed = [
                number
                for number in range(key, members[-1] + 1)
                if rows[number].content and not rows[number].kind
            ]
            found |= dict.fromkeys(listed, LineKind.METADATA)
    return found


def _is_member(text: str) -> bool:
    """Return whether a row names somebody with a title, an office or a constituency, and says nothing."""
    words = text.split()
    if len(words) > _LONGEST_MEMBER or ":" in text or _SAID.search(text):
        return False
    titled = words[0].strip(".").lower() in COURTESY and len(words) > 1
    seated = _SEATED.match(text)
    return (
        titled
        or (seated is not None and looks_like_name(seated["name"]))
        or is_participant(text)
        or (2 <= len(words) <= _MOST_OF_NAME and looks_like_name(text.rstrip(".")))
    )
