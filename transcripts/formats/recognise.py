"""What shows the format of a transcript: its content alone, since the names of files are often wrong."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.delimited import is_table
from asdelivered.transcripts.formats.front_fields import FRONT_MATTER
from asdelivered.transcripts.source import Source

_NOT_READ = {
    b"\xd0\xcf\x11\xe0": "an old Word file (or another old Office file): save it as .docx",
    b"\x1f\x8b": "a compressed file: unpack it first",
    b"BZh": "a compressed file: unpack it first",
    b"\xfd7zXZ": "a compressed file: unpack it first",
    b"7z\xbc\xaf": "a compressed file: unpack it first",
    b"\x89PNG": "a picture: only text can be read",
    b"\xff\xd8\xff": "a picture: only text can be read",
    b"GIF8": "a picture: only text can be read",
}
_NOT_READ_TEXTS = {
    rb"@UTF8\s|@Begin\s": "a CHAT file: export it with CLAN's chat2srt",
    rb"\{\{[^{}]": "the source of a wiki page: save the page itself",
    rb"File type = \"ooTextFile": "a Praat file: export it as SubRip (from ELAN) or as plain text",
    rb"(?:<\?xml[^>]*>\s*)?(?:<\?mso-application[^>]*>\s*)?<(?:w:wordDocument|pkg:package)\b": (
        "Word's XML: save it as .docx"
    ),
    rb"(?:<\?xml[^>]*>\s*)?<office:document\b": "a flat OpenDocument file: save it as .odt",
    rb"(?:%[^\n]*\s+)*\\documentclass\b": "a LaTeX source: give the PDF that is made of it",
}
_PROPERTY_LIST = re.compile(rb"bplist00|\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE plist[^>]*>\s*)?<plist\b")
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
_FIELD = re.compile(r"^([\w-]{2,60}):", re.MULTILINE)
_FIELDS = re.compile(r"(?:[\w-]{2,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}(?=\n)")
"""The fields above a message, and the blank line below them."""
_FEWEST_FIELDS = 4
_PLAYLIST = b"#EXTM3U"
_DATABASE = b"SQLite format 3\0"
_HEAD = 400
"""Bytes in which an alignment says that it is one."""
_WORD_TEXT = "word/document.xml"
_ZIPPED = {
    "content.xml": "an OpenDocument file, but no text: save the text as .odt or .docx",
    "xl/workbook.xml": "an Excel file: save the sheet as .csv",
    "ppt/presentation.xml": "a PowerPoint file: save the text as .docx or as plain text",
    "META-INF/container.xml": "an EPUB book: save the text as a web page or as plain text",
    "index.xml": "an Apple Pages file: export it to Word",
    "Index/Document.iwa": "an Apple Pages file: export it to Word",
}
_SAMPLE = 20_000
"""Characters that show the format of a text."""

_ASS_HEAD = re.compile(r"\[script info\]", re.IGNORECASE)
_ASS_DIALOGUE = re.compile(r"^Dialogue: \d+,", re.MULTILINE)
_SRT_TIME = r"\d{1,2}:\d{1,2}:\d{1,2}(?:[,.]\d{1,3})?"
_SRT_TIMES = re.compile(rf"(?:\A|\n)\s*\d+\s*\n\s*{_SRT_TIME}\s*-->\s*{_SRT_TIME}")
_HTML = re.compile(
    r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:div|p|article|section|main|table|ul|h[1-6])(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_XML_ROOT = re.compile(
    r"\A(?:<\?xml.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>|\s)*+<(?:\w+:)?(\w+)",
    re.DOTALL | re.IGNORECASE,
)
_PARLIAMENTS = frozenset({"akomantoso", "tei", "dbtplenarprotokoll"})
_NAMESPACE = re.compile(r"[^<>]*\sxmlns(?::\w+)?=")
_JSON = re.compile(r"\ufeff?\s*(?:\[\s*)?\{\s*\"[^\"\n]{1,100}\"\s*:")
"""How JSON begins that has a transcript in it, and no other text."""
_QUOTE = re.compile(r"^> +\S", re.MULTILINE)
"""A sign of Markdown, and of messages that are answered: alone, it shows neither."""
_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6} +\S", re.MULTILINE),
    re.compile(r"(?<![*\w])\*\*(?!\s)[^*\n]{1,120}(?<!\s)\*\*(?![*\w])"),
    re.compile(r"(?<!_)__(?![\s_])[^_\n]{1,120}(?<![\s_])__(?!_)"),
    re.compile(r"(?<!!)\[[^\]\n]{1,200}\]\((?:https?:|/|#|mailto:)[^)\s]*\)"),
    _QUOTE,
    re.compile(r"^\[\^[^\]\s]+\]:", re.MULTILINE),
    re.compile(r"^.{2,}\n={3,}\s*$", re.MULTILINE),
)


@dataclass(frozen=True)
class Candidate:
    """A file whose format is to be found: its bytes, and its text, decoded when it is first asked for."""

    source: Source

    @cached_property
    def text(self) -> str:
        """All of the text. Raises TranscriptError where the bytes are none."""
        return decode(self.source)

    @cached_property
    def beginning(self) -> str:
        """The text's beginning, without white space before it."""
        return self.text[:_SAMPLE].lstrip("\ufeff \t\r\n")

    @cached_property
    def json_kind(self) -> str | None:
        """Whose JSON it is ("whisper", "podcast", "otr", or "json": any other's); None where it is no JSON."""
        return _json_kind(self.text) if self.beginning.startswith(("{", "[")) else None


def refuse_what_is_no_text(source: Source) -> None:
    """Raise TranscriptError for what is no transcript at all, and for a document of a kind that cannot be read."""
    for mark, what in _NOT_READ.items():
        if source.data.startswith(mark):
            raise TranscriptError(f"{source.name} is {what}.")
    head = source.data[: 2 * _HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n")
    for pattern, what in _NOT_READ_TEXTS.items():
        if re.match(pattern, head):
            raise TranscriptError(f"{source.name} is {what}.")
    if is_recording(source.data):
        raise TranscriptError(f"{source.name} is a recording, not text: give the file of the transcript.")
    if source.data.startswith(_PLAYLIST):
        raise TranscriptError(f"{source.name} is a playlist, not text: give the file of the transcript.")
    if source.data.startswith(_DATABASE):
        raise TranscriptError(f"{source.name} is a database, not text: give the file of the transcript.")
    if is_alignment(source.data):
        raise TranscriptError(
            f"{source.name} is an alignment, not a transcript: give the page that it was made of."
        )


def is_recording(data: bytes) -> bool:
    """Whether a file begins as recordings do."""
    return data.startswith(_RECORDINGS) or data[4:8] == b"ftyp"


def is_alignment(data: bytes) -> bool:
    """Whether a file begins as an alignment of this program does."""
    return b'"asdelivered/alignment"' in data[:_HEAD]


def is_pdf(file: Candidate) -> bool:
    """Whether it says so near its beginning, and is no page that speaks of PDF."""
    start = file.source.data[:1024].lstrip()
    return b"%PDF-" in start and not start.startswith(b"<")


def is_docx(file: Candidate) -> bool:
    """Whether it is an archive with a Word document in it. Raises TranscriptError for any other archive."""
    source = file.source
    if not source.data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise TranscriptError(
            f"{source.name} is a damaged Word file or another damaged archive ({error}): get it anew."
        ) from error
    if _WORD_TEXT in names:
        return True
    if _is_opendocument_text(names, source.data):
        return False
    for name, what in _ZIPPED.items():
        if name in names:
            raise TranscriptError(f"{source.name} is {what}.")
    raise TranscriptError(f"{source.name} is an archive: unpack it, and give the transcript that is in it.")


def is_odt(file: Candidate) -> bool:
    """Whether it is an archive with an OpenDocument text in it."""
    if not file.source.data.startswith(b"PK\x03\x04"):
        return False
    with zipfile.ZipFile(io.BytesIO(file.source.data)) as archive:
        return _is_opendocument_text(archive.namelist(), file.source.data)


def _is_opendocument_text(names: Container[str], data: bytes) -> bool:
    """Whether an archive says that it is a text; the type is its first file and is not packed."""
    return "content.xml" in names and b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:_HEAD]


def is_rtf(file: Candidate) -> bool:
    """Whether it begins as Rich Text does."""
    return file.source.data.startswith(b"{\\rtf")


def is_mail(file: Candidate) -> bool:
    """Whether it begins with the fields of a message, two of those that each message has among them."""
    fields = _FIELDS.match(
        file.source.data[:_SAMPLE].decode("latin-1").replace("\r\n", "\n").lstrip("\ufeff")
    )
    names = {name.lower() for name in _FIELD.findall(fields[0])} if fields else set()
    return (
        "mime-version" in names
        or len(names & {"from", "to", "subject", "date", "message-id"}) >= _FEWEST_FIELDS
    )


def is_webarchive(file: Candidate) -> bool:
    """Whether it is a property list, as XML or packed, which is how Safari saves a page."""
    return _PROPERTY_LIST.match(file.source.data[:_HEAD]) is not None


def is_vtt(file: Candidate) -> bool:
    """Whether it begins with WEBVTT."""
    return file.beginning.startswith("WEBVTT")


def is_whisper(file: Candidate) -> bool:
    """Whether it is JSON, and nobody else's that is known."""
    return file.json_kind == "whisper"


def is_podcast(file: Candidate) -> bool:
    """Whether it is JSON whose segments have a body or a startTime."""
    return file.json_kind == "podcast"


def is_otranscribe(file: Candidate) -> bool:
    """Whether it is JSON that names its text and its medium."""
    return file.json_kind == "otr"


def is_json(file: Candidate) -> bool:
    """Whether it is any other JSON with objects in it."""
    return file.json_kind == "json"


def is_delimited(file: Candidate) -> bool:
    """Whether it is a table in which each row is a turn or a caption."""
    return is_table(file.text)


def is_ass(file: Candidate) -> bool:
    """Whether it begins with [Script Info], or has lines of dialogue."""
    return bool(_ASS_HEAD.match(file.beginning) or _ASS_DIALOGUE.search(file.beginning))


def is_srt(file: Candidate) -> bool:
    """Whether a number and two times stand near its beginning."""
    return bool(_SRT_TIMES.search(file.beginning[:2000].replace("\r\n", "\n").replace("\r", "\n")))


def is_ttml(file: Candidate) -> bool:
    """Whether its root is <tt>."""
    root = _XML_ROOT.match(file.beginning)
    return root is not None and root[1].lower() == "tt"


def is_xml(file: Candidate) -> bool:
    """Whether it is a parliament's XML, or declares itself XML and is no web page."""
    root = _XML_ROOT.match(file.beginning)
    if root is None:
        return False
    name = root[1].lower()
    declared = file.beginning.startswith("<?xml") or _NAMESPACE.match(file.beginning, root.end()) is not None
    return name in _PARLIAMENTS or (declared and name not in ("html", "head", "body"))


def is_html(file: Candidate) -> bool:
    """Whether it begins with a tag, and has one that only web pages have."""
    return bool(_XML_ROOT.match(file.beginning) and _HTML.search(file.beginning))


def is_markdown(file: Candidate) -> bool:
    """Whether it has the signs of Markdown: fields above the text, two other kinds, or one again and again."""
    text = file.text[: 10 * _SAMPLE]
    if FRONT_MATTER.match(text.lstrip("\ufeff").replace("\r\n", "\n")):
        return True
    found = [len(sign.findall(text)) for sign in _MARKDOWN_SIGNS]
    again = max(count for sign, count in zip(_MARKDOWN_SIGNS, found, strict=True) if sign is not _QUOTE)
    return sum(count > 0 for count in found) >= 2 or again >= 3 or bool(found[0] and text.startswith("#"))


def is_any_text(file: Candidate) -> bool:
    """Whether it is text at all; plain text is asked last. Raises TranscriptError where it is none."""
    return isinstance(file.text, str)


def _json_kind(text: str) -> str | None:
    """Whose JSON a text is; None where it is none. Damaged JSON is Whisper's, whose reader says what is wrong."""
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
        phrases = (value.get("segments"), value.get("transcription"))
        alone = isinstance(value.get("text"), str) and not any(
            isinstance(one, list | dict) for one in value.values()
        )
        return "whisper" if alone or any(map(_are_phrases, phrases)) else "json"
    if not isinstance(value, list) or not value or not isinstance(value[0], dict):
        return None
    return "whisper" if _are_phrases(value) else "json"


def _are_phrases(value: Any) -> bool:
    """Whether a value is a list as Whisper writes it: its objects have a text."""
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and isinstance(first.get("text", first.get("sentence")), str)
