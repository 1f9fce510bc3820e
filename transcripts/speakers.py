"""Find the lines that say who speaks.

No single sign tells "Rosa Balfour, Director Carnegie Europe" from a spoken "North Korea, Russia". So a line
must first look like a label by itself: words of weight have capitals, and it ends no sentence. Then the page
must bear it out: the label is a fixed one ("Question"), names somebody's office, returns later, is the
speaker whom the heading announces, or is set apart where other labels are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asdelivered.transcripts import labels

_COLONS = (":", "：")
_MOST_LABELS = 2 / 3
"""Of the lines of a page. Where more look like labels, the page is written in capitals."""
_MOST_LABELS = 2 / 3
"""Of the lines of a page. Where more look like labels, the page is written in capitals."""
_INLINE = re.compile(r"\s*([^\s:：][^:：]{0,100}?)\s*[:：](?=\s)\s*(?=\S)")


@dataclass(frozen=True)
class Label:
    """Who speaks from here on. `length` is how much of the line it takes, up to where speech begins."""

    speaker: str
    length: int


@dataclass(frozen=True)
class _Candidate:
    row: int
    text: str
    colon: bool
    above: bool
    """Nothing spoken stands right above it."""
    below: bool
    """Nothing stands right below it."""

    @property
    def key(self) -> str:
        return " ".join(self.text.casefold().split())


def find_labels(rows: Sequence[str], first: int, announced: str | None) -> dict[int, Label]:
    """Give the label of each row from `first` on that has one.

    `rows` are the lines of the page; `announced` is the speaker that the heading names.
    """
    candidates = _candidates(rows, first)
    counts = Counter(candidate.key for candidate in candidates if candidate.above or candidate.colon)
    names = [_words(announced)] if announced else []
    sure: dict[int, _Candidate] = {}
    # The second time round, "Ursula von der Leyen" is known from a label with her office.
    for _ in range(2):
        for candidate in candidates:
            if _is_sure(candidate, counts[candidate.key], _is_known(candidate.text, names)):
                sure[candidate.row] = candidate
        names += [_words(text) for text in {candidate.text for candidate in sure.values()}]
    # On a page that sets its speakers apart, one more name set apart in the same way is a speaker too.
    if len(sure) >= 2:
        begin = min(sure)
        for candidate in candidates:
            if candidate.row > begin and candidate.above and candidate.below and _is_plain_name(candidate):
                sure[candidate.row] = candidate
    found = {row: Label(candidate.text, len(rows[row])) for row, candidate in sure.items()}
    return found | _inline(rows, first, found, names)


def _is_known(text: str, names: Sequence[set[str]]) -> bool:
    """Tell whether all words of a label are in that of one speaker who is known already."""
    words = _words(text)
    return bool(words) and any(words <= name for name in names)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}


def _candidates(rows: Sequence[str], first: int) -> list[_Candidate]:
    found = []
    spaced = not all(map(str.strip, rows[first:]))
    for row in range(first, len(rows)):
        text = rows[row].strip()
        colon = text.endswith(_COLONS)
        text = text.rstrip(":： ")
        if not (labels.is_fixed_label(text) or labels.looks_like_name(text)) or labels.is_address(text):
            continue
        above = row == first or not _has_words(rows[row - 1])
        # A page without blank lines can show no more than that the last speaker came to an end.
        above = above or (not spaced and labels.ends_sentence(rows[row - 1].strip()))
        below = row + 1 == len(rows) or not _has_words(rows[row + 1])
        found.append(_Candidate(row, text, colon, above, below))
    filled = sum(map(_has_words, rows[first:]))
    if len(found) > _MOST_LABELS * filled:  # capitals throughout tell nothing
        return [one for one in found if one.colon or labels.is_fixed_label(one.text)]
    return found


def _has_words(row: str) -> bool:
    return any(map(str.isalnum, row))


def _is_sure(candidate: _Candidate, count: int, known: bool) -> bool:
    """Tell whether the page bears a candidate out: it occurs `count` times, or is `known` as a speaker."""
    text = candidate.text
    several, returns = len(_words(text)) >= 2, count >= 2
    if labels.is_fixed_label(text):
        return candidate.colon or candidate.above
    if candidate.colon:
        capitals = text.isupper()
        if known or returns or (several and (capitals or labels.has_role(text))):
            return True
        return several and candidate.above and candidate.below
    if not candidate.above:
        return False
    if several and returns and len(labels.name_words(text)) >= 1:
        return True
    if known and (several or returns):
        return True
    office = labels.has_role(text) and len(labels.name_words(text)) >= 2
    return candidate.below and office


def _is_plain_name(candidate: _Candidate) -> bool:
    """Two to five words, or a name and what follows a comma."""
    name, _, _ = candidate.text.partition(",")
    return 2 <= len(name.split()) <= 5 and len(labels.name_words(name)) >= 1


def _inline(
    rows: Sequence[str], first: int, found: Mapping[int, Label], names: Sequence[set[str]]
) -> dict[int, Label]:
    """Labels that share their line with what is said: "Moderator: Thank you."

    A sentence may have a colon too ("I want to be clear: ..."), so it takes a page with several such labels.
    """
    matches: dict[int, re.Match[str]] = {}
    for row in range(first, len(rows)):
        match = None if row in found else _INLINE.match(rows[row])
        if match and (labels.is_fixed_label(match[1]) or labels.looks_like_name(match[1])):
            matches[row] = match
    counts = Counter(match[1].casefold() for match in matches.values())
    counts.update(label.speaker.casefold() for label in found.values())
    inline: dict[int, Label] = {}
    for row, match in matches.items():
        text = match[1]
        several, returns = len(_words(text)) >= 2, counts[text.casefold()] >= 2
        known = _is_known(text, names)
        named = several and (returns or text.isupper() or labels.has_role(text))
        if labels.is_fixed_label(text) or known or named or (text.isupper() and returns):
            inline[row] = Label(text, match.end())
    return inline if len(inline) >= 2 else {}
