"""Rows between turns that only their neighbours show to be unspoken: times of day, a speaker's seat, long notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from asdelivered.transcripts.brackets import is_note
from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.procedure import is_procedure
from asdelivered.transcripts.structure.seats import seat_below
from asdelivered.transcripts.structure.speakers.label_shapes import Label
from asdelivered.transcripts.structure.unspoken import heard_words, unspoken_spans

_HOUR = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")
_HOUR_MARK = re.compile(r"[●•]?\s*\((?:[01]\d|2[0-3])[0-5]\d\)")
"""A time of day as Canada's records have it between paragraphs: "(1420)", "● (1420)"."""
_PAGE = re.compile(r"(?P<page>\d{1,3})\s?/\s?(?P<total>\d{1,3})|[-–—]\s?(?P<dashed>\d{1,3})\s?[-–—]")
_ENDS_OF_FIGURES = frozenset("0123456789-–—)")
_LONGEST_FIGURES = 40
"""Characters."""
_FEWEST_PAGES = 2
_FEWEST_HOURS = 2
_MOST_ROWS_OF_NOTE = 4


def find_interludes(rows: Sequence[Row], labels: Mapping[int, Label]) -> dict[int, LineKind]:
    """Return the kinds of the rows between turns that are not said and that a look at one row does not tell."""
    figures = _figures(rows)
    return (
        _hours(rows, labels, figures)
        | _page_numbers(rows, figures)
        | _seats(rows, labels)
        | _witnesses(rows)
        | _long_notes(rows)
    )


def _hours(rows: Sequence[Row], labels: Mapping[int, Label], figures: Sequence[int]) -> dict[int, LineKind]:
    """Return the rows with nothing but a time of day, "10.05", where a page has several and they go on in time.

    Half of them at least stand right above a label, as no figures do that somebody reads out.
    """
    found = {
        number: 60 * int(hour[1]) + int(hour[2])
        for number in figures
        if (hour := _HOUR.fullmatch(rows[number].content))
    }
    marks = [number for number in figures if _HOUR_MARK.fullmatch(rows[number].content)]
    times = [*found.values()]
    if len(times) < _FEWEST_HOURS or not all(one <= other for one, other in pairwise(times)):
        return dict.fromkeys(marks, LineKind.METADATA)
    filled = [number for number, row in enumerate(rows) if row.content]
    above = sum(one in found and other in labels for one, other in pairwise(filled))
    return dict.fromkeys([*(found if 2 * above >= len(times) else ()), *marks], LineKind.METADATA)


def _figures(rows: Sequence[Row]) -> list[int]:
    """Return the rows that may be figures and signs only, without looking closely."""
    return [
        number
        for number, row in enumerate(rows)
        if row.kind is None
        and len(row.text) <= _LONGEST_FIGURES
        and row.text.rstrip()[-1:] in _ENDS_OF_FIGURES
    ]


def _page_numbers(rows: Sequence[Row], figures: Sequence[int]) -> dict[int, LineKind]:
    """Return the rows with nothing but the number of a page, "2/4" or "- 2 -", where they go on by one."""
    found = {number: match for number in figures if (match := _PAGE.fullmatch(rows[number].content))}
    numbers = [int(match["page"] or match["dashed"]) for match in found.values()]
    totals = {match["total"] for match in found.values()}
    in_order = all(other == one + 1 for one, other in pairwise(numbers))
    alike = len(found) >= _FEWEST_PAGES and len(totals) == 1
    return dict.fromkeys(found if alike and in_order else (), LineKind.FURNITURE)


def _witnesses(rows: Sequence[Row]) -> dict[int, LineKind]:
    """Return the rows with the name of a witness in capitals, where the row below says that they were sworn."""
    return {
        number: LineKind.NOTE
        for number, (row, below) in enumerate(pairwise(rows))
        if "sworn" in below.text
        and row.kind is None
        and row.content.endswith(",")
        and row.content.isupper()
        and is_procedure(below.content)
    }


def _seats(rows: Sequence[Row], labels: Mapping[int, Label]) -> dict[int, LineKind]:
    """Return the rows between a label on its own row and the time below it: "Ireland, ALDE, Rapporteur"."""
    found: dict[int, LineKind] = {}
    for label in labels:
        seat = seat_below(rows, label)
        if seat and labels[label].length >= len(rows[label].text):
            found |= dict.fromkeys(seat, LineKind.METADATA)
    return found


def _long_notes(rows: Sequence[Row]) -> dict[int, LineKind]:
    """Return the rows of notes in brackets that go over several rows, as pages with line numbers have them."""
    found: dict[int, LineKind] = {}
    for number, row in enumerate(rows):
        if "(" not in row.text or ")" in row.text or number in found:
            continue
        text = _heard(row)
        if not text.startswith("("):
            continue
        for below in range(number + 1, min(number + _MOST_ROWS_OF_NOTE, len(rows))):
            more = _heard(rows[below])
            if not more or rows[below].kind:
                break
            text = f"{text} {more}"
            if ")" in more:
                if text.endswith(")") and (is_note(text) or is_procedure(text[1:-1])):
                    found |= dict.fromkeys(range(number, below + 1), LineKind.NOTE)
                break
    return found


def _heard(row: Row) -> str:
    """Return a row without its line number and what else is marked as unspoken."""
    silent = unspoken_spans(row) if row.marks else []
    return " ".join(" ".join(heard_words(row.text, silent)).split())
