"""An event as a read-aloud book: EPUB 3 whose media overlays (SMIL) join each line to its place in the recording.

https://www.w3.org/TR/epub-33/, https://www.w3.org/TR/epub-33/#sec-media-overlays
"""

from __future__ import annotations

import itertools
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from asdelivered.align.document.alignment import AlignedLine, Alignment, is_missing, turns_of
from asdelivered.archive.event import EventInfo
from asdelivered.archive.publishing.anchors import line_anchors
from asdelivered.archive.publishing.event_page import direction
from asdelivered.archive.publishing.pages import day, without_controls
from asdelivered.archive.publishing.texts import texts_for
from asdelivered.base.clocks import clock
from asdelivered.base.span import TimeSpan
from asdelivered.transcripts.structure.speakers.roster import read_label

TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/mp4"}
"""Sounds that every reader of EPUB 3 plays (MP3, and AAC in MP4), by file extension.

Opus is a core media type only since EPUB 3.3, and many readers refuse it.
"""
CHAPTER = 60_000
"""Characters of a file of the book, after which the next turn begins another."""
PAUSE = 3000
"""Milliseconds: a pause up to so long between two lines is played, and a longer one left out."""
_SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a book: the same event makes the same book."""
_BOOKS = uuid.UUID("8f1f0e0a-6f60-5c5e-9d0c-6f1f3a0d2b11")
_STYLE = """body { line-height: 1.5; }
h2 { font-size: 1em; }
.-epub-media-overlay-active { background: #ffe39a; color: #1d2327; }
.unspoken { font-style: italic; }
"""


@dataclass(frozen=True)
class BookSound:
    """The sound of a book: a file to put into it, or else its address on the web. `kind` is the media type."""

    kind: str
    path: Path | None = None
    address: str = ""

    @property
    def reference(self) -> str:
        """Where the book's own files find it."""
        return self.address if self.path is None else f"sound{self.path.suffix.lower()}"


@dataclass(frozen=True)
class _Chapter:
    """Turns of a file of the book: speaker and lines, each with its id; `clips` are what is played of them."""

    number: int
    turns: tuple[tuple[str | None, tuple[tuple[str, AlignedLine], ...]], ...]
    clips: tuple[tuple[str, TimeSpan], ...]

    @property
    def duration(self) -> int:
        return sum(span.duration for _, span in self.clips)


def write_book(made: Path, alignment: Alignment, info: EventInfo, sound: BookSound) -> None:
    """Write the book of an event to the file `made`. Raises OSError."""
    chapters = [*_chapters(alignment.lines)]
    texts = {
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": _package(alignment, info, sound, chapters),
        "EPUB/nav.xhtml": _navigation(alignment, info, chapters),
        "EPUB/book.css": _STYLE,
        **{f"EPUB/text-{one.number}.xhtml": _text(alignment, info, one) for one in chapters},
        **{f"EPUB/text-{one.number}.smil": _overlay(one, sound) for one in chapters if one.clips},
    }
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(zipfile.ZipInfo("mimetype", _SAME_DAY), "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in texts.items():
            book.writestr(zipfile.ZipInfo(name, _SAME_DAY), without_controls(text), zipfile.ZIP_DEFLATED)
        if sound.path is not None:
            entry = zipfile.ZipInfo(f"EPUB/{sound.reference}", _SAME_DAY)
            with sound.path.open("rb") as file, book.open(entry, "w", force_zip64=True) as target:
                while piece := file.read(1 << 20):
                    target.write(piece)


def _chapters(lines: Sequence[AlignedLine]) -> Iterator[_Chapter]:
    """Yield the turns in files of readable size, with the pieces of the recording that belong to each."""
    timed = [line.span for line in lines if line.span is not None]
    played = iter(
        [
            TimeSpan(span.start, after.start) if span.end < after.start <= span.end + PAUSE else span
            for span, after in itertools.pairwise(timed)
        ]
        + timed[-1:]
    )
    anchors, number = iter(line_anchors(lines)), 1
    turns: list[tuple[str | None, tuple[tuple[str, AlignedLine], ...]]] = []
    size = 0
    for _, speaker, own in turns_of(lines):
        turn = tuple((next(anchors), line) for line in own)
        length = sum(len(line.text) for line in own)
        if turns and size + length > CHAPTER:
            yield _chapter(number, turns, played)
            turns, size, number = [], 0, number + 1
        turns.append((speaker, turn))
        size += length
    if turns:
        yield _chapter(number, turns, played)


def _chapter(
    number: int,
    turns: Sequence[tuple[str | None, tuple[tuple[str, AlignedLine], ...]]],
    played: Iterator[TimeSpan],
) -> _Chapter:
    spoken = (anchor for _, turn in turns for anchor, line in turn if line.span is not None)
    return _Chapter(number, tuple(turns), tuple((anchor, next(played)) for anchor in spoken))


_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def _package(alignment: Alignment, info: EventInfo, sound: BookSound, chapters: Sequence[_Chapter]) -> str:
    language, hashes = alignment.transcript.language, alignment.transcript.sha256 + alignment.recording.sha256
    changed = datetime.fromisoformat(alignment.created).astimezone(UTC)
    labels = dict.fromkeys(line.speaker for line in alignment.lines if line.speaker)
    people = dict.fromkeys(person.name for person in map(read_label, labels) if person.named)
    remote = ' properties="remote-resources"' if sound.path is None else ""
    spoken = [one for one in chapters if one.clips]
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
        f'xml:lang="{escape(language)}" dir="{direction(alignment.lines)}">',
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
        f'<dc:identifier id="id">urn:uuid:{uuid.uuid5(_BOOKS, hashes)}</dc:identifier>',
        f"<dc:title>{escape(info.title or info.name)}</dc:title>",
        f"<dc:language>{escape(language)}</dc:language>",
        *(f"<dc:contributor>{escape(name)}</dc:contributor>" for name in people),
        *([f"<dc:date>{day(info)}</dc:date>"] if info.date else []),
        f'<meta property="dcterms:modified">{changed:%Y-%m-%dT%H:%M:%SZ}</meta>',
        '<meta property="schema:accessMode">textual</meta>',
        '<meta property="schema:accessMode">auditory</meta>',
        '<meta property="schema:accessibilityFeature">synchronizedAudioText</meta>',
        f'<meta property="media:duration">{_seconds(sum(one.duration for one in spoken))}</meta>',
        *(
            f'<meta property="media:duration" refines="#smil-{one.number}">{_seconds(one.duration)}</meta>'
            for one in spoken
        ),
        '<meta property="media:active-class">-epub-media-overlay-active</meta>',
        "</metadata><manifest>",
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="style" href="book.css" media-type="text/css"/>',
        f'<item id="sound" href="{escape(sound.reference)}" media-type="{sound.kind}"/>',
    ]
    for one in chapters:
        overlay = f' media-overlay="smil-{one.number}"' if one.clips else ""
        rows.append(
            f'<item id="text-{one.number}" href="text-{one.number}.xhtml" media-type="application/xhtml+xml"{overlay}/>'
        )
        if one.clips:
            rows.append(
                f'<item id="smil-{one.number}" href="text-{one.number}.smil" '
                f'media-type="application/smil+xml"{remote}/>'
            )
    order = (f'<itemref idref="text-{one.number}"/>' for one in chapters)
    spine = f'<spine page-progression-direction="{direction(alignment.lines)}">'
    return "\n".join((*rows, "</manifest>", spine, *order, "</spine></package>", ""))


def _navigation(alignment: Alignment, info: EventInfo, chapters: Sequence[_Chapter]) -> str:
    entries = [
        f'<li><a href="text-{one.number}.xhtml#{turn[0][0]}">{escape(speaker or _opening(turn[0][1]))}</a></li>'
        for one in chapters
        for speaker, turn in one.turns
    ]
    title = info.title or info.name
    return _document(
        alignment,
        title,
        [f'<nav epub:type="toc" id="toc"><h1>{escape(title)}</h1><ol>', *entries, "</ol></nav>"],
    )


def _opening(line: AlignedLine) -> str:
    return f"{' '.join(line.text.split()[:8])} …"


def _text(alignment: Alignment, info: EventInfo, chapter: _Chapter) -> str:
    title, body = info.title or info.name, []
    if chapter.number == 1:
        about = ", ".join(filter(None, (info.occasion, day(info))))
        body += [f"<h1>{escape(title)}</h1>", *([f"<p>{escape(about)}</p>"] if about else [])]
    for speaker, turn in chapter.turns:
        body.append("<section>")
        if speaker:
            body.append(f"<h2>{escape(speaker)}</h2>")
        for anchor, line in turn:
            unspoken = ' class="unspoken"' if is_missing(line) else ""
            body.append(f'<p id="{anchor}"{unspoken}>{escape(line.text)}</p>')
        body.append("</section>")
    texts = texts_for(alignment.transcript.language)
    if any(is_missing(line) for _, turn in chapter.turns for _, line in turn):
        # Our own sentence, in a language that is written from left to right.
        body.append(f'<p lang="{texts.language}" xml:lang="{texts.language}" dir="ltr">{texts.italics}</p>')
    return _document(alignment, title, body)


def _document(alignment: Alignment, title: str, body: Sequence[str]) -> str:
    language = escape(alignment.transcript.language)
    return "\n".join(
        (
            '<?xml version="1.0" encoding="utf-8"?>',
            "<!DOCTYPE html>",
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
            f'lang="{language}" xml:lang="{language}" dir="{direction(alignment.lines)}">',
            f'<head><title>{escape(title)}</title><link rel="stylesheet" href="book.css"/></head>',
            "<body>",
            *body,
            "</body></html>",
            "",
        )
    )


def _overlay(chapter: _Chapter, sound: BookSound) -> str:
    pairs = (
        f'<par id="p{number}"><text src="text-{chapter.number}.xhtml#{anchor}"/>'
        f'<audio src="{escape(sound.reference)}" clipBegin="{_seconds(span.start)}" '
        f'clipEnd="{_seconds(span.end)}"/></par>'
        for number, (anchor, span) in enumerate(chapter.clips, start=1)
    )
    return "\n".join(
        (
            '<?xml version="1.0" encoding="utf-8"?>',
            '<smil xmlns="http://www.w3.org/ns/SMIL" version="3.0"><body>',
            *pairs,
            "</body></smil>",
            "",
        )
    )


def _seconds(ms: int) -> str:
    """Return milliseconds as a clock value of SMIL: 0:01:19.904."""
    return clock(ms, 3)
