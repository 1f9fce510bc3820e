"""Read an official page into a Transcript: from a file, from standard input, or from text already in hand."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain, takewhile
from pathlib import Path

from asdelivered.transcripts.document import Document, text_rows
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.languages.detection import DEFAULT, detect_language
from asdelivered.transcripts.model import LineKind, Transcript
from asdelivered.transcripts.source import read_source
from asdelivered.transcripts.structure.corrections import Corrections
from asdelivered.transcripts.structure.dates import day_comes_first, find_date
from asdelivered.transcripts.structure.doubts import mark_optional
from asdelivered.transcripts.structure.occasion import delivery_of
from asdelivered.transcripts.structure.page import Page, read_page


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause Python's cyclic garbage collector: a page makes no cycles, and its many tokens would be scanned often.

    This saves a sixth of the time on a large page. It holds for the whole process, but only while a page is read;
    readers in several threads cannot leave it off, since each one that switches it off switches it on again.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@_no_collection()
def read_transcript(
    path: str | os.PathLike[str],
    language: str | None = None,
    format: str | None = None,
    corrections: Corrections | None = None,
) -> Transcript:
    """Read the transcript in a file, or from standard input if `path` is "-".

    `language` is an ISO 639-1 code; by default it is detected. `format` is one of `formats.FORMATS`; by default
    the content decides. `corrections` holds what a person knows better.

    Raises TranscriptError if the file is missing, not a regular file, unreadable, too large, damaged or in an
    unknown format, or has no spoken line.

    Examples:
        >>> from asdelivered.transcripts import read_transcript
        >>> transcript = read_transcript("harbour.txt")
        >>> transcript.title, transcript.language
        ('The Harbour Stays Open', 'en')
        >>> len(list(transcript.spoken_lines()))
        27

    """
    source = read_source(Path(path))
    found, document = read_document(source, format)
    # A web site may call all its pages English; the text is surer evidence.
    text = "".join(row.text for row in document.rows if row.kind is None)
    code = language or detect_language(text, document.language or DEFAULT)
    transcript = _transcript(
        document,
        code,
        corrections,
        path=str(path),
        sha256=hashlib.sha256(source.data).hexdigest(),
        format=found,
    )
    if next(transcript.spoken_lines(), None) is None:
        what = "is empty" if not transcript.source.strip() else "has no line of speech"
        raise TranscriptError(f"{source.name} {what}: give a file with what was said at the event.")
    return transcript


@_no_collection()
def parse_transcript(
    text: str, *, path: str, sha256: str, language: str, corrections: Corrections | None = None
) -> Transcript:
    r"""Parse the `text` of a page into a Transcript. It never fails, and the result's `source` equals `text`.

    `path` and `sha256` say where the text came from; `language` is an ISO 639-1 code.

    Examples:
        >>> from asdelivered.transcripts import parse_transcript
        >>> page = "THE MAYOR: Good evening.\n\nQUESTION: When will the bridge open?\n"
        >>> transcript = parse_transcript(page, path="page.txt", sha256="", language="en")
        >>> [(turn.speaker, line.text) for turn, line in transcript.spoken_lines()]
        [('THE MAYOR', 'Good evening.'), ('QUESTION', 'When will the bridge open?')]

    """
    return _transcript(
        Document(text_rows(text)), language, corrections, path=path, sha256=sha256, format="txt"
    )


def _transcript(
    document: Document, language: str, corrections: Corrections | None, *, path: str, sha256: str, format: str
) -> Transcript:
    page = read_page(document, language, corrections)
    heading = page.heading
    notes = [
        line.text
        for turn in page.turns
        for line in turn.lines
        if line.kind in (LineKind.NOTE, LineKind.METADATA, LineKind.TITLE)
    ]
    title = (
        (document.title if format == "md" else None)
        or heading.title
        or _title_within(document.title, page)
        or document.title
    )
    transcript = Transcript(
        path,
        sha256,
        title,
        None if _are_same(title, heading.occasion) else heading.occasion,
        heading.date or _date_in_figures(page, language) or document.date,
        language,
        page.turns,
        place=heading.place,
        delivery=next((delivery for note in notes if (delivery := delivery_of(note))), None),
        format=format,
        left_out=document.left_out,
    )
    return mark_optional(transcript)


def _are_same(title: str | None, occasion: str | None) -> bool:
    """Return whether a page calls itself by its occasion: "Remarks by the President at the Port"."""
    return (
        bool(title and occasion) and " ".join((title or "").split()).casefold() == (occasion or "").casefold()
    )


def _date_in_figures(page: Page, language: str) -> date | None:
    """Return the date above the text whose order other lines of the page prove, or its language.

    "10/11/2027" is in November, but for English, which America and Europe write.
    """
    lines = [line for turn in page.turns for line in turn.lines]
    order = day_comes_first(line.text for line in lines if line.kind is not LineKind.SPOKEN)
    if order is None and language != "en":
        order = True
    return next(filter(None, (find_date(text, day_first=order) for text in _data_above(page))), None)


def _data_above(page: Page) -> Iterator[str]:
    """Yield the data above the first word that is spoken."""
    lines = chain.from_iterable(turn.lines for turn in page.turns)
    above = takewhile(lambda line: line.kind is not LineKind.SPOKEN, lines)
    return (line.text for line in above if line.kind is LineKind.METADATA)


def _title_within(stated: str | None, page: Page) -> str | None:
    """Return the line of a heading that is a part of the title that the file states: "The Port--Our quay--2027"."""
    lines = chain.from_iterable(turn.lines for turn in page.turns)
    for line in takewhile(lambda line: line.kind is not LineKind.SPOKEN, lines):
        several = line.kind is LineKind.METADATA and len(line.text.split()) >= 2 and not find_date(line.text)
        if stated and several and line.text.casefold() in stated.casefold():
            return line.text
    return None
