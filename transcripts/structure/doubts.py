"""What a page leaves in doubt: lines that may have been read wrongly.

The aligner listens for them: text that was heard was spoken. A person can look at them before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from asdelivered.transcripts.model import Line, LineKind, TokenKind, Transcript
from asdelivered.transcripts.spoken.lines import speak
from asdelivered.transcripts.structure.dates import find_date, possible_dates
from asdelivered.transcripts.structure.names import is_address, looks_like_name
from asdelivered.transcripts.structure.occasion import (
    delivery_of,
    is_data_line,
    is_introduction,
    is_occasion,
)
from asdelivered.transcripts.structure.participants import lists_people
from asdelivered.transcripts.structure.phrases import ends_sentence
from asdelivered.transcripts.structure.procedure import has_leader, is_procedure

_LABEL = re.compile(r"\s*(?P<name>[^:：.!?]{2,60}?)\s*[:：](?=\s)")
_MOST_OF_NAME = 5
"""Words of a name."""
_SHORT = 8
"""Words of a heading."""
_SENTENCE = 12
"""Words of a sentence that a note or data about a page seldom has."""
_MOST_OPEN = 0.2
"""Share of short lines without an end of a sentence; where there are more, that is how the page is written."""
_CAPTION = 5
"""Words of a sentence below a photograph."""
_FEWEST = 3
"""Words of a sentence among the data above the first speech."""
_SENTENCE_ENDS = re.compile(r"[^\W\d_]{3}[.!?][\"'”’»)\]]*$")
"""Not an abbreviation: "Washington, D.C."."""
_LEFT_OUT = frozenset([LineKind.NOTE, LineKind.METADATA, LineKind.HEADING, LineKind.FURNITURE])
_CUES = frozenset(["srt", "vtt", "ass", "ttml", "whisper", "podcast"])
_ABOVE = frozenset([LineKind.NOTE, LineKind.METADATA])
"""What may be an opening statement, a summary or a caption, above the first speech."""


class DoubtKind(StrEnum):
    """Why a line is in doubt."""

    NOBODY = "spoken by nobody"
    """Speech without a speaker on a page that names speakers: an opening statement, or something about the page."""
    LABEL = "perhaps a label"
    """A name and a colon before speech, which may be a label or speech."""
    HEADING = "perhaps a heading"
    """A short line of speech by itself, without an end of a sentence; a heading or note that only its place shows."""
    SPEECH = "perhaps spoken"
    """A sentence that counts as not spoken: a long one, a caption under a photograph, a line of contents."""


@dataclass(frozen=True)
class Doubt:
    """A line that may have been read wrongly."""

    line: Line
    kind: DoubtKind


def dates_in_doubt(transcript: Transcript) -> tuple[date, ...]:
    """Return the two days that the first unclear date of a page may be, where no line proves one; () without one.

    "05/12/2027" in English is in December, or in May.
    """
    if transcript.date is not None:
        return ()
    lines = (line.text for turn in transcript.turns for line in turn.lines if line.kind in _ABOVE)
    return next((days for text in lines if len(days := possible_dates(text)) > 1), ())


def mark_optional(transcript: Transcript) -> Transcript:
    """Return a transcript whose lines in doubt say which of their tokens are optional."""
    optional = {doubt.line.id: _optional(doubt, transcript.language) for doubt in find_doubts(transcript)}
    if not optional:
        return transcript
    turns = tuple(
        replace(turn, lines=tuple(optional.get(line.id, line) for line in turn.lines))
        for turn in transcript.turns
    )
    return replace(transcript, turns=turns)


def _optional(doubt: Doubt, language: str) -> Line:
    line = doubt.line
    if doubt.kind is DoubtKind.LABEL and line.kind is LineKind.SPOKEN:
        label = _LABEL.match(line.text)
        return replace(line, optional=len(label[0].split()) if label else 0)
    return left_open(line, language)


def left_open(line: Line, language: str) -> Line:
    """Return a line of which the recording decides whether it was said."""
    tokens = line.tokens or speak(line.text.split(), language)
    return replace(line, tokens=tokens, optional=len(tokens))


def find_doubts(transcript: Transcript) -> tuple[Doubt, ...]:
    """Return the lines of a transcript that may have been read wrongly, in order, each once."""
    # Captions name a speaker only now and then.
    named = transcript.format not in _CUES and any(turn.speaker for turn in transcript.turns)
    labels = {line.id for turn in transcript.turns for line in turn.lines if line.kind is LineKind.SPEAKER}
    headings = _like_headings([line for _, line in transcript.spoken_lines()], labels)
    begun = False
    spoken_until = 0
    found: list[Doubt] = []
    for turn in transcript.turns:
        for line in turn.lines:
            if line.kind is LineKind.SPOKEN:
                begun = True
                spoken_until = len(found)
                if _begins_like_label(line):
                    found.append(Doubt(line, DoubtKind.LABEL))
                elif named and turn.speaker is None:
                    found.append(Doubt(line, DoubtKind.NOBODY))
                elif line.id in headings:
                    found.append(Doubt(line, DoubtKind.HEADING))
            elif line.kind is LineKind.SPEAKER and line.optional:
                found.append(Doubt(line, DoubtKind.LABEL))
            elif line.kind in (_LEFT_OUT if begun else _ABOVE) and _may_be_speech(line, begun):
                found.append(Doubt(line, DoubtKind.SPEECH))
            elif line.kind in (LineKind.HEADING, LineKind.NOTE) and line.optional:
                found.append(Doubt(line, DoubtKind.HEADING))
    # Below the last speech, what is left out is about the page.
    return tuple(
        doubt
        for place, doubt in enumerate(found)
        if place < spoken_until or doubt.kind is not DoubtKind.SPEECH
    )


def _like_headings(spoken: Sequence[Line], labels: set[str]) -> set[str]:
    """Return the ids of the short lines without an end of a sentence, unless the page is written in such lines."""
    most = _MOST_OPEN * len(spoken)
    found: set[str] = set()
    for line in spoken:
        # What shares its row with a label may be short: "Yes".
        if _is_open(line) and f"{line.id}s" not in labels:
            found.add(line.id)
            if len(found) > most:
                return set()
    return found


def _is_open(line: Line) -> bool:
    """Return whether a line is short and does not end as a sentence does."""
    tokens = line.tokens
    if not 0 < len(tokens) <= _SHORT or tokens[-1].text.endswith((".", "!", "?")):
        return False
    # The mark of a footnote may follow the full stop, and a stage direction the sentence.
    ends = ends_sentence(tokens[-1].text.rstrip("0123456789"))
    return not ends and all(token.kind is TokenKind.WORD for token in tokens)


def _begins_like_label(line: Line) -> bool:
    if ":" not in line.source and "：" not in line.source:
        return False
    label = _LABEL.match(line.source)
    if label is None or len(label["name"].split()) > _MOST_OF_NAME:
        return False
    name = label["name"]
    return len(name.split()) >= 2 and looks_like_name(name) and not is_address(name)


def _may_be_speech(line: Line, begun: bool) -> bool:
    """Return whether what counts as not spoken may be speech; it is in the body where speech has `begun`.

    Brackets are sure marks of a note, and so is what says how a page was made or what was done.
    """
    text = line.text
    if text.startswith(("(", "[")) or lists_people(text):
        return False
    if not begun and (
        is_data_line(text) or is_procedure(text) or (find_date(text) and is_occasion(text.rstrip(".")))
    ):
        return False
    words = len(text.split())
    if words >= _SENTENCE and text.rstrip("\"'”’»)] ").endswith((".", "!", "?")):
        return True
    if begun:
        return line.kind is LineKind.METADATA and has_leader(text)
    if is_procedure(text) or delivery_of(text) or is_introduction(text):
        return False
    if line.kind is LineKind.METADATA:
        return words >= _FEWEST and _SENTENCE_ENDS.search(text) is not None and find_date(text) is None
    return line.kind is LineKind.NOTE and words >= _CAPTION
