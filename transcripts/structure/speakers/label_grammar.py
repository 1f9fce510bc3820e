"""How a page writes its labels, learned from those that it confirms, and which others do not fit in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from asdelivered.transcripts.structure.names import is_role_only, is_short_without_case
from asdelivered.transcripts.structure.speakers.known_speakers import KnownSpeakers, label_words
from asdelivered.transcripts.structure.speakers.label_shapes import MOST_ALIKE, InlineLabel, Shape
from asdelivered.transcripts.structure.titles import ARTICLES, is_function

DIALOGUE = 0.5
"""A share of the rows. Where as many begin with a label, the page is a dialogue."""
MOST_SMALL = 0.5
"""A share of the labels with a colon. Where speech after more of them is in small letters, all of the page is."""
_FEWEST = 3
"""Labels that show how a page is written."""


@dataclass(frozen=True)
class LabelGrammar:
    """What the labels of a page have in common."""

    small: bool
    """Speech goes on in small letters after most of them."""
    capitals: bool
    """Nearly all names are in capitals, not counting letters such as "Q"."""
    marked: bool
    """Nearly all are in bold print, or have a time."""
    marks: Mapping[Shape, Counter[str]]
    """How often each mark stands between the name and the speech, by shape."""

    @classmethod
    def of(cls, labels: Iterable[InlineLabel]) -> LabelGrammar:
        """Learn the grammar of a page from its labels."""
        every = list(labels)
        names = [one for one in every if len(one.name) > 1]
        shapes = {
            shape: [one for one in every if one.shape is shape] for shape in {one.shape for one in every}
        }
        return cls(
            len(every) >= _FEWEST and sum(one.small for one in every) > MOST_SMALL * len(every),
            len(names) >= _FEWEST and sum(map(_in_capitals, names)) >= MOST_ALIKE * len(names),
            len(every) >= _FEWEST and sum(one.marked for one in every) >= MOST_ALIKE * len(every),
            {shape: Counter(one.mark for one in alike) for shape, alike in shapes.items()},
        )

    def is_stray(self, one: InlineLabel) -> bool:
        """Return whether the mark of a label with a letter or a dash occurs nowhere else on a page with many others."""
        marks = self.marks.get(one.shape, Counter())
        return (
            one.shape in (Shape.LETTER, Shape.DASH)
            and marks[one.mark] <= 1
            and marks.total() - marks[one.mark] >= _FEWEST
        )

    def fits_case(self, one: InlineLabel) -> bool:
        """Return whether a name is written in capitals if the others are."""
        return _in_capitals(one) or not self.capitals


def doubtful_labels(
    labels: Collection[InlineLabel],
    confirmed: Mapping[int, InlineLabel],
    counts: Mapping[str, int],
    speakers: KnownSpeakers,
    filled: int,
    clear: Collection[int],
) -> set[int]:
    """Return the rows of the labels that may be the beginning of a sentence; the page has so many `filled` rows.

    `confirmed` are the labels with a sign of their own, by row; the others only stand where labels stand. `counts` says
    how often each name comes, in lower case. What sets a label apart from a sentence is bold print, a time, a known
    speaker. Without these, those are in doubt that go on in small letters, where other speech does not; that are a
    single word, but for names that come again and again in a dialogue; that have a mark of their own; that come once,
    and name a function or are not written as the other labels are. In the rows `clear`, a function is without doubt.
    """
    grammar = LabelGrammar.of(labels)
    dialogue = len(labels) >= DIALOGUE * filled
    return {
        one.row
        for one in labels
        if not one.marked
        and not speakers.is_confirmed(one.name)
        and (
            _goes_on(one, grammar, counts)
            or grammar.marked
            or grammar.is_stray(one)
            or (one.shape is Shape.COLON and not dialogue and _is_common_word(one.name, speakers))
            or (
                counts[one.name.casefold()] == 1
                and (is_function(one.name) or not speakers.knows(one.name))
                and _is_odd(one, grammar, confirmed)
                and not (is_function(one.name) and one.row in clear)
            )
        )
    }


def _in_capitals(one: InlineLabel) -> bool:
    """Return whether a name is in capitals, whatever else is around it: "Mr. HILL", "ANN HILL, Minister of Ports"."""
    return any(map(str.isupper, re.findall(r"[^\W\d_]{2,}", re.split(r"[,(]", one.name, maxsplit=1)[0])))


def _goes_on(one: InlineLabel, grammar: LabelGrammar, counts: Mapping[str, int]) -> bool:
    """Return whether what follows goes on in small letters as in a sentence, and as nowhere else on the page."""
    alone = one.shape in (Shape.COLON, Shape.LETTER) or counts[one.name.casefold()] == 1
    return one.small and not grammar.small and alone


def _is_odd(one: InlineLabel, grammar: LabelGrammar, confirmed: Mapping[int, InlineLabel]) -> bool:
    """Return whether a label that comes once is unlike others: "Answer: No." on a page without other answers."""
    if not grammar.fits_case(one):
        return True
    words = re.findall(r"[^\W_]+", one.name)
    if one.row not in confirmed and (len(words) == 1 or words[0].lower() in ARTICLES):
        return True
    if len(words) > 1 and not is_short_without_case(one.name):
        return False
    # A page that is written in capitals has been dealt with before.
    function = is_function(one.name) and not (len(one.name) > 1 and one.name.isupper())
    return function or one.row not in confirmed or _is_abbreviation(one)


def _is_abbreviation(one: InlineLabel) -> bool:
    """Return whether a label in capitals may be an abbreviation: "WHO. UNICEF.", "NATO: that is what we built"."""
    alone = one.shape is Shape.STOP or (one.shape is Shape.COLON and one.name.isupper())
    return alone and not (is_function(one.name) or is_role_only(one.name))


def _is_common_word(name: str, speakers: KnownSpeakers) -> bool:
    """Return whether a label is one word without any other sign than that it comes again."""
    return (
        len(label_words(name)) == 1
        and not name.isupper()
        and not (
            is_function(name) or speakers.knows(name) or is_role_only(name) or is_short_without_case(name)
        )
    )
