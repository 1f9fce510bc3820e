"""Text in brackets: stage directions, words nobody could hear, and an editor's insertions."""

from __future__ import annotations

import re

from asdelivered.transcripts.model import TokenKind
from asdelivered.transcripts.word_lists import read_word_lists

BRACKETS = re.compile(r"\[([^\[\]]{0,300})\]|\(([^()]{0,300})\)")
"""One bracket: group 1 is the inside of a square one, group 2 of a round one."""
_SEVERAL = re.compile(rf"(?:{BRACKETS.pattern})(?:\s+(?:{BRACKETS.pattern}))+")
"""Brackets and nothing else."""
WIDE_BRACKET = re.compile(r"（([^（）]{1,60})）")
"""One bracket as China and Japan write it: group 1 is the inside."""

_WORDS = read_word_lists(__file__)
_INAUDIBLE = _WORDS["inaudible"]
_STAGE = _WORDS["stage_directions"]
_LANGUAGES = _WORDS["languages"]
"""Alone in a bracket, they say what language somebody speaks: "[in French]"."""
_AROUND = _WORDS["around"]
_EDITORS = re.compile(
    r"(?:hinweis|anmerkung(?:\s+der\s+redaktion)?|anm\.\s?d\.\s?red\.|(?:editor['’]?s?['’]?\s+|editorial\s+)?note|ndlr|n\.?d\.?r\.?|"
    r"责任编辑|责编|编辑|責任編集|編集部注|편집자\s?주|"
    r"nota(?:\s+de\s+la\s+redacción)?|note\s+de\s+la\s+rédaction)\s*[:：]",
    re.IGNORECASE,
)
"""The beginning of a note by the editors."""
_LONGEST_ASIDE = 6
"""Words. A longer text in round brackets on a line of its own is speech."""


def bracket_kind(inside: str, *, square: bool) -> TokenKind:
    """Return what a bracket holds: SILENT for a stage direction, UNKNOWN for [inaudible], WORD for anything else.

    A stage direction begins or ends with a word such as "applause". In round brackets, which a speaker's asides have
    too, it is at most four words long or begins with a capital.
    """
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", inside.lower())
    if _INAUDIBLE.intersection(words) or (square and not words and re.search(r"\.{3}|…", inside)):
        return TokenKind.UNKNOWN
    content = [word for word in words if word not in _AROUND]
    ends = {content[0], content[-1]} if content else set()
    longest = 12 if square or inside[:1].isupper() else 4
    if _STAGE & ends and len(words) <= longest:
        return TokenKind.SILENT
    if content and set(content) <= _LANGUAGES and (square or inside[:1].isupper()):
        return TokenKind.SILENT
    return TokenKind.WORD


def is_stage_direction(text: str) -> bool:
    """Return whether words in italics, with brackets or without, are a stage direction: "Applause."."""
    bare = text.strip(" .,;:[]()–—-\t\n")
    return 0 < len(bare.split()) <= 8 and bracket_kind(bare, square=True) is TokenKind.SILENT


def is_note(text: str) -> bool:
    """Return whether a whole line is an editor's note: "(As delivered)", "[Video message]"."""
    if text.startswith("[[") and text.endswith("]]"):
        text = text[1:-1]
    bracket = BRACKETS.fullmatch(text.rstrip(".,;:"))
    if bracket is None and _SEVERAL.fullmatch(text):
        return all(is_note(each[0]) for each in BRACKETS.finditer(text))
    if bracket is None:
        wide = WIDE_BRACKET.fullmatch(text)
        return wide is not None and (
            bracket_kind(wide[1], square=True) is TokenKind.SILENT or _EDITORS.match(wide[1]) is not None
        )
    square = bracket[1] is not None
    inside = bracket[1] if square else bracket[2]
    kind = bracket_kind(inside, square=square)
    if _EDITORS.match(inside):
        return True
    if kind is TokenKind.WORD:
        # "(Zuruf von der SPD: ...)" reports what others called out.
        called = inside[:1].isupper() and re.split(r"\W", inside.lower(), maxsplit=1)[0] in _STAGE
        return square or called or len(inside.split()) <= _LONGEST_ASIDE
    return kind is TokenKind.SILENT
