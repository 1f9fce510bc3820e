"""Transcripts: plain text, text with speakers and times, a Word file, and a page of HTML for all readers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from asdelivered.align.document.alignment import Settled, without_label
from asdelivered.subtitles.model import Captions

if TYPE_CHECKING:
    from docx.document import Document


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph of one speaker; `start` in milliseconds, None where it was not spoken."""

    speaker: str | None
    start: int | None
    text: str


def write_text(captions: Captions) -> bytes:
    """Return the text alone, a paragraph a line."""
    return "".join(
        f"{paragraph.text}\n" for paragraph in _paragraphs(captions) if paragraph.start is not None
    ).encode()


def write_speakers(captions: Captions) -> bytes:
    """Return the text with the time of each paragraph, and the speakers' names above what they say."""
    rows: list[str] = []
    spoken = [paragraph for paragraph in _paragraphs(captions) if paragraph.start is not None]
    for speaker, paragraphs in groupby(spoken, lambda paragraph: paragraph.speaker):
        rows.append(f"{'' if not rows else chr(10)}{speaker}:" if speaker else "")
        rows += [f"[{_clock(paragraph.start or 0)}] {paragraph.text}" for paragraph in paragraphs]
    return ("\n".join(rows).strip("\n") + "\n").encode()


def write_html(captions: Captions) -> bytes:
    """Return a page of HTML: speakers as headings, each paragraph with its time, which is its address (#t=754.3).

    Lines that were not spoken are shown, and marked.
    """
    title = escape(captions.title or "Transcript")
    parts = [
        f'<!doctype html>\n<html lang="{escape(captions.language or "en", quote=True)}">',
        '<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>\n<style>{_LOOK}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>",
    ]
    for speaker, paragraphs in groupby(_paragraphs(captions), lambda paragraph: paragraph.speaker):
        parts.append("<section>")
        if speaker:
            parts.append(f"<h2>{escape(speaker)}</h2>")
        parts += [_html(paragraph) for paragraph in paragraphs]
        parts.append("</section>")
    parts.append("</main>\n</body>\n</html>\n")
    return "\n".join(parts).encode()


def write_docx(captions: Captions) -> bytes:
    """Return a Word file: the title, speakers as headings, each paragraph with its time before it.

    Lines that were not spoken are shown, and marked.
    """
    import docx

    document = docx.Document()
    title = captions.title or "Transcript"
    document.core_properties.title = _drawable(title)
    document.core_properties.author = ""
    document.core_properties.language = _drawable(captions.language)
    document.add_heading(_drawable(title), level=1)
    for speaker, paragraphs in groupby(_paragraphs(captions), lambda paragraph: paragraph.speaker):
        if speaker:
            document.add_heading(_drawable(speaker), level=2)
        for paragraph in paragraphs:
            row = document.add_paragraph()
            if paragraph.start is not None:
                row.add_run(f"[{_clock(paragraph.start)}] ").bold = True
            row.add_run(_drawable(paragraph.text))
            if paragraph.start is None:
                row.add_run(" (not in the recording)").italic = True
    return _without_dates(document)


def _drawable(text: str) -> str:
    """Return a text without the control characters that no XML can hold."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OLDEST = (1980, 1, 1, 0, 0, 0)


def _without_dates(document: Document) -> bytes:
    """Return a document as the same bytes each time: its parts would have the time of writing."""
    written, made = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            out.writestr(zipfile.ZipInfo(name, _OLDEST), parts.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


_LOOK = (
    "body{font:1.1rem/1.6 system-ui,sans-serif;margin:0 auto;max-width:42rem;padding:1rem}"
    "h2{font-size:1.1rem;margin:2rem 0 .5rem}p{margin:.5rem 0}"
    "time{font-size:.85rem;font-variant-numeric:tabular-nums}a{color:#0645ad;margin-right:.5rem}"
    "p:target{background:#fff3bf}.unspoken{color:#595959}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#8ab4f8}p:target{background:#4a3f00}"
    ".unspoken{color:#a6a6a6}}"
)


def _html(paragraph: _Paragraph) -> str:
    if paragraph.start is None:
        return f'<p class="unspoken">{escape(paragraph.text)} <small>(not in the recording)</small></p>'
    seconds = f"{paragraph.start / 1000:.3f}".rstrip("0").rstrip(".")
    stamp = f'<time datetime="PT{seconds}S">{_clock(paragraph.start)}</time>'
    return f'<p id="t={seconds}"><a href="#t={seconds}">{stamp}</a>{escape(paragraph.text)}</p>'


def _paragraphs(captions: Captions) -> Iterator[_Paragraph]:
    """Yield the lines of the alignment; the cues where there is none."""
    if captions.alignment is None:
        for cue in captions.cues:
            yield _Paragraph(cue.speaker, cue.span.start, " ".join(cue.lines))
        return
    for line in map(without_label, captions.alignment.lines):
        if line.settled is Settled.UNSPOKEN:
            continue
        yield _Paragraph(line.speaker, None if line.span is None else line.span.start, line.text)


def _clock(milliseconds: int) -> str:
    seconds = milliseconds // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
