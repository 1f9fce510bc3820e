"""What the columns of a table of turns are called: the words of their headers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from asdelivered.transcripts.word_lists import word_set

TEXT = word_set(
    "text transcript transcription content speech dialogue dialog utterance sentence words subtitle caption "
    "transkript texte texto testo tekst message paragraph"
)
SPEAKER = word_set(
    "speaker name who participant sprecher orateur locuteur orador parlante spreker talare person role"
)
TIME = word_set(
    "start end begin time timestamp in out duration from to start_time end_time starttime endtime startzeit timecode "
    "début fin inicio zeit"
)
"""The words that a column's header begins or ends with."""


def header_words(cell: str) -> list[str]:
    """Return the words of a column's header, in lower case."""
    return re.findall(r"[^\W\d_]+(?:_[^\W\d_]+)*", cell.lower())


def column_named(headers: Sequence[Sequence[str]], names: frozenset[str]) -> int | None:
    """Return the column whose header, given in words, is one of the names, or else ends or begins with one."""
    for number, words in enumerate(headers):
        if "_".join(words) in names:
            return number
    return next(
        (
            number
            for number, words in enumerate(headers)
            if words and (words[-1] in names or words[0] in names)
        ),
        None,
    )
