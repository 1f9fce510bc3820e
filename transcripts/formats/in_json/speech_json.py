"""Transcripts in the JSON of speech services and of parliaments' interfaces, whatever their fields are nested in.

They all come to this: somewhere there is a list of objects that hold text, phrase by phrase or word by word, and these
objects, or those around them, say who speaks. The same text is often there several times: as a whole, by phrases and
by words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.encodings import without_surrogates
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import html
from asdelivered.transcripts.formats.cue_rows import CueText, cue_document, without_own_labels
from asdelivered.transcripts.formats.in_json.json_values import objects, read_json
from asdelivered.transcripts.formats.in_json.markup import is_markup, markup_in, plain_text
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.source import Source

_TEXTS = (
    *("punctuated_word", "text", "transcript", "display", "sentence", "speech", "body", "utterance"),
    *("content", "value", "word", "utf8"),
)
"""The fields that hold what was said, the best first."""
_SPEAKERS = (
    "speaker_name",
    "speakername",
    "speaker",
    "speaker_label",
    "speakerlabel",
    "speaker_id",
    "speakertag",
)
_LANGUAGES = ("language_code", "languagecode", "language", "locale", "detected_language")
_ALTERNATIVES = ("alternatives", "nbest")
"""Lists of other readings of the same words, the likeliest first."""
_NOBODY = frozenset({"会議録情報"})
"""Whom Japan's Diet gives as the speaker of a record's heading."""
_NEARLY = 0.8
"""Lists with at least this share of the words of the longest hold the same text."""
_SINGLE_WORDS = 2
"""Words. Where the mean text is shorter, the texts are single words."""
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "؟", "।")
_DEEPEST = 40


@dataclass(frozen=True)
class _Piece:
    """A text, and who says it; `path` is where lists of such texts are, without their numbers."""

    path: tuple[str, ...]
    text: str
    speaker: str | None


def read(source: Source) -> Document:
    """Read a transcript in JSON. Raises TranscriptError where nothing in it is text."""
    value = read_json(source)
    lists: dict[tuple[str, ...], list[_Piece]] = defaultdict(list)
    for piece in _pieces(value, (), None, 0):
        lists[piece.path].append(piece)
    pieces = _best(list(lists.values()))
    held = next((day for text in _strings(value, ("date",), 0) if (day := _day(text))), None)
    page = "" if any(piece.speaker for piece in pieces) else markup_in(value)
    if page:
        document = html.read_html(page, source.name)
        return replace(document, date=document.date or held)
    if not pieces:
        raise TranscriptError(
            f"{source.name} is JSON, but no transcript: no list in it has objects with text. Save its text as .txt."
        )
    pieces = [
        replace(piece, text=plain_text(piece.text, source.name)) if is_markup(piece.text) else piece
        for piece in pieces
    ]
    names = _names(value)
    cues = [CueText((text,), names.get(speaker or "", speaker)) for text, speaker in _phrases(pieces)]
    language = next(_strings(value, _LANGUAGES, 0), "")[:2].lower()
    document = cue_document(cues, language if language.isalpha() else None)
    rows = (
        replace(row, kind=LineKind.METADATA) if row.speaker in _NOBODY else row
        for row in without_own_labels(document.rows)
    )
    return Document(
        tuple(rows),
        date=held,
        language=document.language,
        speakers_named=document.speakers_named,
        cues=True,
    )


def _pieces(value: Any, path: tuple[str, ...], speaker: str | None, depth: int) -> Iterator[_Piece]:
    """Yield the texts of all objects; one without a speaker has the speaker of the object around it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        several = value[:1] if path and path[-1].lower() in _ALTERNATIVES else value
        for item in several:
            yield from _pieces(item, path, speaker, depth + 1)
    elif isinstance(value, dict):
        fields = {str(key).lower(): inner for key, inner in value.items()}
        speaker = next((name for key in _SPEAKERS if (name := _name(fields.get(key)))), speaker)
        text = next((fields[key] for key in _TEXTS if isinstance(fields.get(key), str)), "")
        if text:
            yield _Piece(path, without_surrogates(text), speaker)
        for key, inner in value.items():
            if isinstance(inner, list | dict):
                yield from _pieces(inner, (*path, str(key)), speaker, depth + 1)


def _name(value: Any) -> str | None:
    """Return a speaker's name: a text, a number, or the name in an object."""
    if isinstance(value, dict):
        return _name(value.get("name"))
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Speaker {value}"
    return (" ".join(without_surrogates(value).split()) or None) if isinstance(value, str) else None


def _names(value: Any) -> Mapping[str, str]:
    """Return the names that a list of speakers gives for their numbers or letters."""
    found = {}
    for speaker in objects(value.get("speakers")) if isinstance(value, dict) else ():
        key, name = _name(speaker.get("id")), _name(speaker.get("name"))
        if key and name:
            found[key] = name
    return found


def _best(lists: Sequence[Sequence[_Piece]]) -> Sequence[_Piece]:
    """Return the list that has the whole text: with speakers rather than without, by phrases rather than by words."""
    sizes = [sum(len(piece.text.split()) for piece in pieces) for pieces in lists]
    longest = max(sizes, default=0)
    if not longest:
        return ()

    def rank(number: int) -> tuple[bool, bool, int]:
        pieces = lists[number]
        phrases = sizes[number] >= _SINGLE_WORDS * len(pieces)
        return any(piece.speaker for piece in pieces), phrases, len(pieces) if phrases else -len(pieces)

    alike = [number for number, size in enumerate(sizes) if size >= _NEARLY * longest]
    return _once(lists[max(alike, key=rank)])


def _once(pieces: Sequence[_Piece]) -> Sequence[_Piece]:
    """Return the texts that have a speaker, where those without are the same words once more."""
    named = [piece for piece in pieces if piece.speaker not in (None, "Speaker 0")]
    others = [piece for piece in pieces if piece.speaker in (None, "Speaker 0")]
    same = [piece.text for piece in named] == [piece.text for piece in others]
    return named if named and same else pieces


def _phrases(pieces: Sequence[_Piece]) -> Iterator[tuple[str, str | None]]:
    """Yield the lines of texts, and who says them; single words are joined to sentences."""
    words = sum(len(piece.text.split()) for piece in pieces)
    if words >= _SINGLE_WORDS * len(pieces):
        for piece in pieces:
            yield from ((line, piece.speaker) for line in piece.text.splitlines() if line.strip())
        return
    spaced = any(piece.text[:1].isspace() or piece.text[-1:].isspace() for piece in pieces)
    said, speaker = "", None
    for piece in pieces:
        ends = said.rstrip().endswith(_SENTENCE_ENDS) and any(map(str.isalnum, piece.text))
        if said.strip() and (piece.speaker != speaker or ends):
            yield said, speaker
            said = ""
        attached = spaced or not any(map(str.isalnum, piece.text))
        said, speaker = said + ("" if attached else " ") + piece.text, piece.speaker
    if said.strip():
        yield said, speaker


def _strings(value: Any, keys: Sequence[str], depth: int) -> Iterator[str]:
    """Yield the texts in fields of these names, at whatever depth."""
    if depth > _DEEPEST or not isinstance(value, list | dict):
        return
    if isinstance(value, dict):
        yield from (
            inner
            for key in keys
            for name, inner in value.items()
            if name.lower() == key and isinstance(inner, str)
        )
    for inner in value.values() if isinstance(value, dict) else value:
        yield from _strings(inner, keys, depth + 1)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if re.match(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None
