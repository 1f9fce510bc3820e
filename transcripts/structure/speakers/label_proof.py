"""What a page shows of all that may be a label in it, and what it confirms so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from asdelivered.transcripts.brackets import is_note
from asdelivered.transcripts.document import Row
from asdelivered.transcripts.structure.names import (
    has_role,
    is_bracketed_without_case,
    is_role_only,
    is_short_without_case,
    is_titled_office,
)
from asdelivered.transcripts.structure.speakers.known_speakers import label_words
from asdelivered.transcripts.structure.speakers.label_candidates import is_office_of, is_with_party
from asdelivered.transcripts.structure.speakers.label_grammar import DIALOGUE
from asdelivered.transcripts.structure.speakers.label_shapes import InlineLabel, Shape
from asdelivered.transcripts.structure.titles import COURTESY, PAIRS, is_function

OFTEN = 3
"""A word that begins as many rows with a colon may be a name."""
_FEWEST_TITLED = 4
_ENOUGH = {
    Shape.CHANGE: 2,
    Shape.CLOCK: 2,
    Shape.COLUMNS: 3,
    Shape.STOP: 2,
    Shape.INITIALS: 2,
    Shape.INITIAL_FIRST: 2,
    Shape.TAB: _FEWEST_TITLED,
}
"""How many labels of a shape confirm each other, whatever they say."""
_INITIALED = re.compile(
    r"(?:[^\W\d_a-zà-ÿ]\.\s?(?:-\s?[^\W\d_a-zà-ÿ]\.\s?)?){1,3}[^\W\d_a-zà-ÿ][^\W\d_]+(?:-[^\W\d_]+)?"
)
"""Initials and a family name: "A. Reed", "А.Рид"."""
_PUNCTUATION = ".,;:!?()[]\"'“”„«»‘’"


@dataclass(frozen=True)
class Evidence:
    """What the candidates of a page show together."""

    counts: Mapping[str, int]
    """How often each name comes, in lower case."""
    shapes: Mapping[Shape, int]
    letters: Set[str]
    """Those for question and answer on this page."""
    ordinary: Set[str]
    """Candidates, in lower case, that come often and yet are ordinary words."""
    filled: int
    """Rows with text other than notes, at least one."""

    @classmethod
    def of(
        cls, candidates: Sequence[InlineLabel], counts: Mapping[str, int], rows: Sequence[Row]
    ) -> Evidence:
        """Gather it from the candidates in `rows`, which are those of the text."""
        said = [
            row
            for row in rows
            if row.kind is None and row.content and (row.content[0] not in "([" or not is_note(row.content))
        ]
        filled = max(1, len(said))
        return cls(
            counts,
            Counter(one.shape for one in candidates),
            _letters(candidates),
            _ordinary_words(candidates, counts, rows, filled),
            filled,
        )

    def count(self, one: InlineLabel) -> int:
        """Return how often a name comes."""
        return self.counts[one.name.casefold()]

    def confirms(self, one: InlineLabel, known: bool) -> bool:
        """Return whether a candidate is a label for sure; `known` says whether it names a known speaker."""
        text, shapes = one.name, self.shapes
        several, returns = len(label_words(text)) >= 2, self.count(one) >= 2
        if one.shape in _ENOUGH:
            return shapes[one.shape] >= _ENOUGH[one.shape]
        if one.shape is Shape.LETTER:
            return text in self.letters
        role = has_role(text) or bool(label_words(text) & COURTESY)
        if one.shape is Shape.CIRCLE:
            return shapes[Shape.CIRCLE] >= OFTEN or returns or has_role(text)
        if one.shape is Shape.HALF:
            return shapes[Shape.HALF] >= 2 and (returns or is_function(text))
        if one.shape is Shape.ITALIC:
            return shapes[Shape.ITALIC] >= 2 and (returns or several or is_function(text) or has_role(text))
        if one.shape in (Shape.BRACKET, Shape.TIMED):
            return shapes[one.shape] >= 2 and (returns or known or several or is_function(text))
        if one.shape is Shape.BOLD:
            in_bold = shapes[Shape.BOLD] >= 2 and (several or text.upper() == text.lower())
            return role or returns or known or is_function(text) or in_bold
        if one.shape is Shape.TITLED:
            in_capitals = text.split()[-1].isupper() and len(text.split()[-1]) > 1  # "Senator REED. I ask"
            titled = (Shape.TITLED, Shape.STOP, Shape.INITIALS, Shape.INITIAL_FIRST)
            return sum(shapes[shape] for shape in titled) >= (2 if in_capitals else _FEWEST_TITLED)
        return self._confirms_name(one, known, role)

    def _confirms_name(self, one: InlineLabel, known: bool, role: bool) -> bool:
        """Return whether what stands before a colon or a dash is somebody for sure."""
        text, count = one.name, self.count(one)
        returns = count >= 2
        if one.shape is Shape.COLON and (is_with_party(text) or is_office_of(text)):
            return True
        if is_short_without_case(text):
            return known or returns or is_function(text)
        if is_bracketed_without_case(text):
            return True
        if is_titled_office(text):
            return returns or self.shapes[one.shape] >= _FEWEST_TITLED
        capitals = text.partition(" (")[0].isupper()
        sure = (
            is_function(text)
            or known
            or (len(label_words(text)) >= 2 and (returns or capitals or role))
            or (text.isupper() and returns)
            or is_role_only(text)
            or one.marked
            or _INITIALED.fullmatch(text) is not None
        )
        if one.shape is Shape.DASH:
            return sure and self.shapes[Shape.DASH] >= 2
        return sure or (count >= OFTEN and len(text) > 2 and text.casefold() not in self.ordinary)


def _letters(candidates: Iterable[InlineLabel]) -> frozenset[str]:
    """Return the letters for question and answer on this page: those of one language, or the question alone."""
    counts = Counter(one.name for one in candidates if one.shape is Shape.LETTER)
    pairs = [pair for pair in PAIRS if counts.keys() >= set(pair)]
    if pairs:
        commonest = max(pairs, key=lambda pair: counts[pair[0]] + counts[pair[1]])
        return frozenset(commonest)
    return frozenset(pair[0] for pair in PAIRS if counts[pair[0]] >= 2)


def _ordinary_words(
    candidates: Sequence[InlineLabel], counts: Mapping[str, int], rows: Sequence[Row], filled: int
) -> frozenset[str]:
    """Return the candidates, in lower case, that come often and yet are ordinary words: "Result: ...".

    The page writes them small elsewhere, or only one of them comes often and begins few of the rows.
    """
    colons = [one.name for one in candidates if one.shape is Shape.COLON]
    often = frozenset(name for name in map(str.casefold, colons) if counts[name] >= OFTEN and " " not in name)
    if not often or len(colons) >= DIALOGUE * filled:
        return frozenset()
    if len({*colons}) == 1:
        return often
    small = {word.strip(_PUNCTUATION) for row in rows for word in row.text.split()}
    return often & small
