"""What stands in brackets: stage directions, words nobody could hear, and an editor's insertions."""

from __future__ import annotations

import re

from asdelivered.transcripts.model import TokenKind
from asdelivered.transcripts.rules import word_set

BRACKETS = re.compile(r"\[([^\[\]]{0,120})\]|\(([^()]{0,120})\)")
"""One bracket: group 1 is the inside of a square one, group 2 of a round one."""

_INAUDIBLE = word_set(
    "inaudible unintelligible indistinct unclear garbled indecipherable unverständlich "
    "incompréhensible inintelligible ininteligible incomprensibile onverstaanbaar"
)
_STAGE = word_set(
    "applause applauds laughter laughs laughing laugh chuckles chuckling cheers cheering music "
    "pause pauses silence ovation crosstalk interruption interrupts sic coughs sighs booing boos "
    "jeers video videoclip clip speaks speaking spoken translated translation interpreted "
    "interpretation interpreter off-mic off-mike recess break end gavel beifall applaus lachen "
    "heiterkeit gelächter musik zwischenruf zuruf unruhe applaudissements rires musique aplausos "
    "risas música applausi risate gelach"
)
_AROUND = word_set(
    "a an the in of and from by via through with no long light loud brief prolonged sustained "
    "general scattered some more standing off"
)
_LONGEST_ASIDE = 6
"""Words. A longer text in round brackets that has a line to itself is somebody speaking."""


def bracket_kind(inside: str, *, square: bool) -> TokenKind:
    """Tell what a bracket holds: SILENT for a stage direction, UNKNOWN for [inaudible], WORD for the rest.

    A stage direction begins or ends with a word such as "applause"; in round brackets, which a speaker's own
    asides have too, it is at most four words long.
    """
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", inside.lower())
    if _INAUDIBLE.intersection(words):
        return TokenKind.UNKNOWN
    content = [word for word in words if word not in _AROUND]
    ends = {content[0], content[-1]} if content else set()
    if _STAGE & ends and len(words) <= (12 if square else 4):
        return TokenKind.SILENT
    return TokenKind.WORD


def is_note(text: str) -> bool:
    """Tell whether a whole line is a note of the editor's: "(As delivered)", "[Video message]"."""
    bracket = BRACKETS.fullmatch(text.rstrip(".,;:"))
    if bracket is None:
        return False
    square = bracket[1] is not None
    inside = bracket[1] if square else bracket[2]
    kind = bracket_kind(inside, square=square)
    if kind is TokenKind.WORD:
        return square or len(inside.split()) <= _LONGEST_ASIDE
    return kind is TokenKind.SILENT
