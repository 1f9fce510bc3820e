"""Tell the format of a transcript from its content. The name of a file tells nothing: it is often wrong."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.source import Source

_NOT_READ = {
    b"\xd0\xcf\x11\xe0": "an old Word file (or another old Office file): save it as .docx",
    b"{\\rtf": "an RTF file: save it as .docx or as plain text",
    b"\x1f\x8b": "a compressed file: unpack it first",
    b"BZh": "a compressed file: unpack it first",
    b"\xfd7zXZ": "a compressed file: unpack it first",
    b"7z\xbc\xaf": "a compressed file: unpack it first",
    b"\x89PNG": "a picture: only text can be read",
    b"\xff\xd8\xff": "a picture: only text can be read",
    b"GIF8": "a picture: only text can be read",
}
_RECORDINGS = (
    b"OggS",
    b"RIFF",
    b"ID3",
    b"fLaC",
    b"\x1aE\xdf\xa3",
    b"\xff\xfb",
    b"\xff\xf3",
    b"\xff\xf1",
    b"FORM",
    b"\x00\x00\x01\xba",
)
_ZIPPED = {
    "word/document.xml": "docx",
    "content.xml": "an OpenDocument file: save it as .docx",
    "xl/workbook.xml": "an Excel file: save the text as .docx or as plain text",
    "ppt/presentation.xml": "a PowerPoint file: save the text as .docx or as plain text",
    "META-INF/container.xml": "an EPUB book: save the text as a web page or as plain text",
    "index.xml": "an Apple Pages file: export it to Word",
    "Index/Document.iwa": "an Apple Pages file: export it to Word",
}
_SAMPLE = 20_000
"""Characters that tell the format of a text."""

_SRT_TIME = r"\d{1,2}:\d{1,2}:\d{1,2}(?:[,.]\d{1,3})?"
_SRT_TIMES = re.compile(rf"(?:\A|\n)\s*\d+\s*\n\s*{_SRT_TIME}\s*-->\s*{_SRT_TIME}")
_HTML = re.compile(
    r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:div|p|article|section|main|table|ul|h[1-6])(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_XML_ROOT = re.compile(
    r"\A(?:<\?xml.*?\?>|<!--.*?-->|<!DOCTYPE.*?>|\s)*<(?:\w+:)?(\w+)", re.DOTALL | re.IGNORECASE
)
_JSON = re.compile(r"\ufeff?\s*(?:\[\s*)?\{\s*\"[^\"\n]{1,100}\"\s*:")
"""How JSON begins that has a transcript in it, and no other text."""
_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6} +\S", re.MULTILINE),
    re.compile(r"(?<![*\w])\*\*(?!\s)[^*\n]{1,120}(?<!\s)\*\*(?![*\w])"),
    re.compile(r"(?<!_)__(?![\s_])[^_\n]{1,120}(?<![\s_])__(?!_)"),
    re.compile(r"(?<!!)\[[^\]\n]{1,200}\]\((?:https?:|/|#|mailto:)[^)\s]*\)"),
    re.compile(r"^> +\S", re.MULTILINE),
    re.compile(r"^\[\^[^\]\s]+\]:", re.MULTILINE),
    re.compile(r"\A---\n(?:[\w-]+:.*\n)+---\n"),
    re.compile(r"^.{2,}\n={3,}\s*$", re.MULTILINE),
)


def recognise(source: Source) -> str:
    """Return the name of the format, of those in `formats.FORMATS`; "txt" where it is none of the others.

    Raises TranscriptError for a recording, and for a document of a kind that is not read here.
    """
    data = source.data
    start = data[:1024].lstrip()
    if b"%PDF-" in start[:1024] and not start.startswith(b"<"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zipped(source)
    for mark, what in _NOT_READ.items():
        if data.startswith(mark):
            raise TranscriptError(f"{source.name} is {what}.")
    if data.startswith(_RECORDINGS) or data[4:8] == b"ftyp":
        raise TranscriptError(
            f"{source.name} is a recording, not text: give the transcript first, then the recording."
        )
    return _text_format(decode(source))


def _zipped(source: Source) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise TranscriptError(
            f"{source.name} is a damaged Word file or another damaged archive ({error}): get it anew."
        ) from error
    for name, what in _ZIPPED.items():
        if name in names:
            if what != "docx":
                raise TranscriptError(f"{source.name} is {what}.")
            return what
    raise TranscriptError(f"{source.name} is an archive: unpack it, and give the transcript that is in it.")


def _text_format(text: str) -> str:
    sample = text[:_SAMPLE].lstrip("\ufeff \t\r\n")
    if sample.startswith("WEBVTT"):
        return "vtt"
    if sample.startswith(("{", "[")) and (kind := _json_kind(text)):
        return kind
    if re.match(r"\[script info\]", sample, re.IGNORECASE) or re.search(
        r"^Dialogue: \d+,", sample, re.MULTILINE
    ):
        return "ass"
    if _SRT_TIMES.search(sample[:2000].replace("\r\n", "\n").replace("\r", "\n")):
        return "srt"
    root = _XML_ROOT.match(sample)
    if root and root[1].lower() == "tt":
        return "ttml"
    if root and _HTML.search(sample):
        return "html"
    return "md" if _is_markdown(text[: 10 * _SAMPLE]) else "txt"


def _json_kind(text: str) -> str | None:
    """The format of a text that may be JSON; None where it is none. What is damaged is for a reader of JSON to tell."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return "whisper" if _JSON.match(text) else None
    if isinstance(value, dict):
        segments = value.get("segments")
        first = segments[0] if isinstance(segments, list) and segments else {}
        if isinstance(value.get("text"), str) and ("media-time" in value or "media" in value):
            return "otr"
        if isinstance(first, dict) and ("body" in first or "startTime" in first):
            return "podcast"
        return "whisper"
    return "whisper" if isinstance(value, list) and value and isinstance(value[0], dict) else None


def _is_markdown(text: str) -> bool:
    """Tell whether a text has the signs of Markdown: two kinds, or one again and again."""
    found = [len(sign.findall(text)) for sign in _MARKDOWN_SIGNS]
    return (
        sum(count > 0 for count in found) >= 2 or max(found) >= 3 or bool(found[0] and text.startswith("#"))
    )
