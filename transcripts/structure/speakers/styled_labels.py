"""Labels that have a style of their own: a paragraph style of Word or OpenDocument, or bold print, row by row.

Offices have a style for who speaks as they have one for headings, and call it what they like. What tells the two apart
is that who speaks comes again: in a debate the chair does after each speech, in an interview everybody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import islice, pairwise

from asdelivered.transcripts.brackets import is_note
from asdelivered.transcripts.document import Row, Style
from asdelivered.transcripts.structure.names import is_role_only, looks_like_name
from asdelivered.transcripts.structure.occasion import is_time_of_day, is_timestamp
from asdelivered.transcripts.structure.phrases import ends_sentence, is_button, is_section
from asdelivered.transcripts.structure.speakers.label_shapes import COLONS, Label
from asdelivered.transcripts.structure.titles import is_function

_FEWEST = 4
"""Rows of a style that may be one of labels."""
_RETURNING = 1 / 2
"""The least share of them whose text comes again."""
_SHORT = 0.95
"""The least share of them that are as short as a label, and no sentence."""
_UPON_SPEECH = 2 / 3
"""The least share of them with text in the style of the body right below."""
_FEWEST_NAMES = 3
"""Different texts, where only one of them comes again."""
_LONGEST = 90
_MOST_WORDS = 10


def styled_labels(rows: Sequence[Row], first: int) -> dict[int, Label]:
    """Return the labels in the rows from `first` on whose style is one of labels; none where no style is."""
    for row in islice(rows, first, None):
        if row.style or row.marks or row.heading:
            break
    else:  # a plain text
        return {}
    styles: dict[Hashable, list[int]] = defaultdict(list)
    filled = [
        number for number in range(first, len(rows)) if rows[number].content and rows[number].kind is None
    ]
    for number in filled:
        styles[_style(rows[number])].append(number)
    if len(styles) < 2:
        return {}
    body = max(styles, key=lambda style: sum(len(rows[number].text) for number in styles[style]))
    below = dict(pairwise(filled))
    found: dict[int, Label] = {}
    for style, numbers in styles.items():
        if style != body and len(numbers) >= _FEWEST:
            upon = sum(number in below and _style(rows[below[number]]) == body for number in numbers)
            if upon >= _UPON_SPEECH * len(numbers):
                found |= _labels_of(rows, numbers)
    # Who speaks first may have a style of their own: "Speaker, opening".
    names = {label.speaker for label in found.values()}
    return found | {
        number: Label(name, len(rows[number].text))
        for number in filled
        if len(rows[number].text) <= _LONGEST
        and number not in found
        and _style(rows[number]) != body
        and (name := _name(rows[number])) in names
    }


def _style(row: Row) -> Hashable:
    return row.style, row.heading, row.is_all(Style.BOLD), row.is_all(Style.ITALIC)


def _name(row: Row) -> str:
    return row.content.rstrip(f"{COLONS} ")


def _labels_of(rows: Sequence[Row], numbers: Sequence[int]) -> dict[int, Label]:
    """Return the labels among the rows of one style; none if it is one of headings, notes or quotations."""
    names = {number: _name(rows[number]) for number in numbers}
    short = {number: name for number, name in names.items() if _may_be_label(name)}
    if len(short) < _SHORT * len(numbers):
        return {}
    counts = Counter(name.casefold() for name in short.values())
    again = {name for name, count in counts.items() if count > 1}
    returning = sum(counts[name] for name in again)
    named = sum(_is_somebody(name) for name in short.values())
    several = len(again) >= 2 or (len(counts) >= _FEWEST_NAMES and named >= _SHORT * len(numbers))
    if not several or returning < _RETURNING * len(numbers):
        return {}
    # Bold print alone may be that of headings, too.
    return {
        number: Label(name, len(rows[number].text))
        for number, name in short.items()
        if rows[number].style or name.casefold() in again or _is_somebody(name)
    }


def _may_be_label(name: str) -> bool:
    return (
        0 < len(name) <= _LONGEST
        and len(name.split()) <= _MOST_WORDS
        and any(map(str.isalpha, name))
        and not ends_sentence(name)
        and not (is_note(name) or is_button(name) or is_section(name))
        and not (is_timestamp(name) or is_time_of_day(name))
    )


def _is_somebody(name: str) -> bool:
    return is_function(name) or is_role_only(name) or looks_like_name(name)
