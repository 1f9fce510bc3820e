"""What a page leaves in doubt: lines that may have been read wrongly, for a person to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from asdelivered.transcripts.model import Line, LineKind, TokenKind, Transcript
from asdelivered.transcripts.structure.names import looks_like_name
from asdelivered.transcripts.structure.phrases import ends_sentence

_LABEL = re.compile(r"\s*(?P<name>[^:：.!?]{2,60}?)\s*[:：](?=\s)")
_MOST_OF_NAME = 5
"""Words of a name."""
_SHORT = 8
"""Words of a heading."""
_SENTENCE = 12
"""Words of a sentence that a note or data about a page seldom has."""
_MOST_OPEN = 0.2
"""Share of short lines without an end of a sentence; where there are more, that is how the page is written."""
_LEFT_OUT = frozenset([LineKind.NOTE, LineKind.METADATA, LineKind.HEADING, LineKind.FURNITURE])


class DoubtKind(StrEnum):
    """Why a line is in doubt."""

    NOBODY = "spoken by nobody"
    """Speech without a speaker on a page that names speakers: an opening statement, or something about the page."""
    LABEL = "perhaps a label"
    """Speech that begins with what may be a name and a colon."""
    HEADING = "perhaps a heading"
    """A short line of speech by itself, without an end of a sentence."""
    SPEECH = "perhaps spoken"
    """A long sentence in the body that counts as not spoken."""


@dataclass(frozen=True)
class Doubt:
    """A line that may have been read wrongly."""

    line: Line
    kind: DoubtKind


def find_doubts(transcript: Transcript) -> tuple[Doubt, ...]:
    """Return the lines of a transcript that may have been read wrongly, in order, each once."""
    named = any(turn.speaker for turn in transcript.turns)
    spoken = [line for _, line in transcript.spoken_lines()]
    labels = {line.id for turn in transcript.turns for line in turn.lines if line.kind is LineKind.SPEAKER}
    # What shares its row with a label may be short: "Yes".
    open_ended = {line.id for line in spoken if _is_open(line) and f"{line.id}s" not in labels}
    heading_like = len(open_ended) <= _MOST_OPEN * len(spoken)
    begun = False
    found: list[Doubt] = []
    for turn in transcript.turns:
        for line in turn.lines:
            is_spoken = line.kind is LineKind.SPOKEN
            begun = begun or is_spoken
            if is_spoken and named and turn.speaker is None:
                found.append(Doubt(line, DoubtKind.NOBODY))
            elif is_spoken and _begins_like_label(line.text):
                found.append(Doubt(line, DoubtKind.LABEL))
            elif is_spoken and heading_like and line.id in open_ended:
                found.append(Doubt(line, DoubtKind.HEADING))
            elif begun and line.kind in _LEFT_OUT and _is_long_sentence(line.text):
                found.append(Doubt(line, DoubtKind.SPEECH))
    return tuple(_without_end(found, transcript))


def _without_end(found: list[Doubt], transcript: Transcript) -> Iterator[Doubt]:
    """Yield the doubts, without those about lines below the last speech: what stands there is about the page."""
    last = max((line.id for _, line in transcript.spoken_lines()), key=_order, default="")
    for doubt in found:
        if doubt.kind is not DoubtKind.SPEECH or _order(doubt.line.id) < _order(last):
            yield doubt


def _order(line_id: str) -> int:
    """Return the number in the id of a line."""
    return int("".join(filter(str.isdecimal, line_id)) or 0)


def _is_open(line: Line) -> bool:
    """Return whether a line is short and does not end as a sentence does."""
    said = [token.text for token in line.tokens if token.kind is TokenKind.WORD]
    # The mark of a footnote may follow the full stop, and a stage direction the sentence.
    return 0 < len(said) == len(line.tokens) <= _SHORT and not ends_sentence(said[-1].rstrip("0123456789"))


def _begins_like_label(text: str) -> bool:
    label = _LABEL.match(text)
    if label is None or len(label["name"].split()) > _MOST_OF_NAME:
        return False
    return len(label["name"].split()) >= 2 and looks_like_name(label["name"])


def _is_long_sentence(text: str) -> bool:
    """Return whether a line is a long sentence without brackets, which are sure marks of a note."""
    if text.startswith(("(", "[")):
        return False
    return len(text.split()) >= _SENTENCE and text.rstrip("\"'”’»)] ").endswith((".", "!", "?"))
