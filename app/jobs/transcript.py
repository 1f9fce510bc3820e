"""A transcript as it is read, with the roster of its speakers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asdelivered.app.jobs.reading import ReadingOptions
from asdelivered.transcripts.formats import FORMATS
from asdelivered.transcripts.model import Line, LineKind, Token, TokenKind, Transcript
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.structure.doubts import Doubt, dates_in_doubt, find_doubts
from asdelivered.transcripts.structure.speakers.roster import Speaker, list_speakers

__all__ = ["ReadTranscript", "ReadingOptions", "show_transcript"]

UNSPOKEN_KINDS = (
    LineKind.TITLE,
    LineKind.OCCASION,
    LineKind.METADATA,
    LineKind.NOTE,
    LineKind.HEADING,
    LineKind.FOOTNOTE,
    LineKind.SEPARATOR,
    LineKind.FURNITURE,
)
"""In the order in which they are shown."""
ROLES = {
    LineKind.SPOKEN: "spoken",
    LineKind.SPEAKER: "label",
    LineKind.TITLE: "heading",
    LineKind.OCCASION: "heading",
    LineKind.METADATA: "heading",
    LineKind.HEADING: "heading",
    LineKind.NOTE: "note",
    LineKind.FOOTNOTE: "note",
    LineKind.SEPARATOR: "furniture",
    LineKind.FURNITURE: "furniture",
}
"""What the words of a line are for, by its kind. What is read wrongly shows in an unusual share of one of them."""

_BRACKETS = (("[", "]"), ("(", ")"), ("{", "}"))


@dataclass(frozen=True)
class ReadTranscript:
    """A transcript and its speakers. `language_found`: nobody gave the language, so it was found in the text."""

    transcript: Transcript
    roster: tuple[Speaker, ...]
    language_found: bool

    def counts(self) -> dict[str, int]:
        """Return how many turns, lines, words and inaudible passages are spoken, and how many lines of other kinds."""
        turns = self.transcript.turns
        kinds = Counter(line.kind for turn in turns for line in turn.lines)
        tokens = [token for _, line in self.transcript.spoken_lines() for token in line.tokens]
        return {
            "turns": sum(any(line.kind is LineKind.SPOKEN for line in turn.lines) for turn in turns),
            "lines": kinds[LineKind.SPOKEN],
            "words": sum(token.kind is TokenKind.WORD for token in tokens),
            "inaudible": sum(
                1
                for _, line in self.transcript.spoken_lines()
                for _ in _pieces(token for token in line.tokens if token.kind is TokenKind.UNKNOWN)
            ),
        } | {kind.value: kinds[kind] for kind in LineKind if kinds[kind] and kind is not LineKind.SPOKEN}

    def words_by_role(self) -> dict[str, int]:
        """Return how many words of the page have each role; roles without words are left out."""
        words: Counter[str] = Counter()
        for turn in self.transcript.turns:
            for line in turn.lines:
                if line.kind in ROLES:
                    words[ROLES[line.kind]] += len(line.text.split())
        return {role: words[role] for role in dict.fromkeys(ROLES.values()) if words[role]}

    @property
    def date_shown(self) -> str:
        """The date of the event, for people: "-" without one, and both days where the page leaves its order open."""
        if self.transcript.date:
            return self.transcript.date.isoformat()
        return " or ".join(day.isoformat() for day in dates_in_doubt(self.transcript)) or "-"

    @property
    def format_name(self) -> str:
        """The name of the transcript's format, for people."""
        return FORMATS[self.transcript.format].name

    def doubts(self) -> tuple[Doubt, ...]:
        """Return the lines that may have been read wrongly."""
        return find_doubts(self.transcript)

    def unspoken_lines(self) -> dict[LineKind, list[Line]]:
        """Return the lines that are not spoken, by kind."""
        lines: dict[LineKind, list[Line]] = {kind: [] for kind in UNSPOKEN_KINDS}
        for turn in self.transcript.turns:
            for line in turn.lines:
                if line.kind in lines:
                    lines[line.kind].append(line)
        return lines

    def unspoken_tokens(self) -> Counter[str]:
        """Return the texts within spoken lines that are not spoken, and how often each occurs."""
        lines = (line for _, line in self.transcript.spoken_lines())
        return Counter(text for line in lines for _, text in _pieces(_unspoken_tokens(line)))

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        read = self.transcript
        return {
            "path": read.path,
            "sha256": read.sha256,
            "format": read.format,
            "language": read.language,
            "title": read.title,
            "occasion": read.occasion,
            "place": read.place,
            "date": read.date.isoformat() if read.date else None,
            "dates_in_doubt": [day.isoformat() for day in dates_in_doubt(read)],
            "delivery": read.delivery,
            "left_out": list(read.left_out),
            "counts": self.counts(),
            "words": self.words_by_role(),
            "doubts": [{"line": doubt.line.id, "reason": doubt.kind} for doubt in self.doubts()],
            "speakers": [
                {
                    "name": speaker.name,
                    "role": speaker.role,
                    "labels": list(speaker.labels),
                    "first_line": speaker.first_line,
                    "turns": speaker.turns,
                    "words": speaker.words,
                }
                for speaker in self.roster
            ],
            "turns": [
                {
                    "id": turn.id,
                    "speaker": turn.speaker,
                    "lines": [_line_to_json(line) for line in turn.lines if line.kind is not LineKind.BLANK],
                }
                for turn in read.turns
            ],
        }


def show_transcript(path: Path, options: ReadingOptions) -> ReadTranscript:
    """Read the transcript at `path`; "-" is standard input. Raises TranscriptError."""
    corrections = options.corrections()
    transcript = read_transcript(path, options.language, options.format, corrections)
    roster = tuple(list_speakers(transcript, corrections.roles))
    return ReadTranscript(transcript, roster, options.language is None)


def _unspoken_tokens(line: Line) -> Iterator[Token]:
    """Yield the tokens of a line that have letters or digits and are not spoken words."""
    for token in line.tokens:
        if token.kind is not TokenKind.WORD and any(map(str.isalnum, token.text)):
            yield token


def _pieces(tokens: Iterable[Token]) -> Iterator[tuple[TokenKind, str]]:
    """Yield kinds and texts, those in one pair of brackets together: "[inaudible 00:19]"."""
    opened: list[Token] = []
    for token in tokens:
        opened.append(token)
        text = " ".join(one.text for one in opened)
        if not any(text.count(left) > text.count(right) for left, right in _BRACKETS):
            yield opened[0].kind, text
            opened = []
    yield from ((token.kind, token.text) for token in opened)


def _line_to_json(line: Line) -> dict[str, Any]:
    texts: dict[str, list[str]] = {}
    for kind, text in _pieces(_unspoken_tokens(line)):
        texts.setdefault(kind.value, []).append(text)
    return {"id": line.id, "kind": line.kind, "text": line.text} | dict(sorted(texts.items()))
