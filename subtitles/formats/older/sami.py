"""SAMI (.smi), of Windows Media: <SYNC Start=milliseconds>, and from then on the text below it.

A text stays until the next one of its class, which is blank where nothing is to be seen. Classes are languages; where a
file has several, the first one with a text is read, and a note names the others. A paragraph with ID=Source says who
speaks. Styles are left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.older.rows import cue_of
from asdelivered.subtitles.formats.open_ends import with_ends
from asdelivered.subtitles.formats.parsed import safe_marks
from asdelivered.subtitles.formats.text import decoded, opening
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.transcripts.captions.markup import plain

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SYNC = re.compile(r"<sync\b([^<>]*)>", re.IGNORECASE)
_START = re.compile(r"\bstart\s*=\s*[\"']?\s*(-?\d{1,12})", re.IGNORECASE)
_END = re.compile(r"</(?:body|sami)\s*>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p\b([^<>]*)>", re.IGNORECASE)
_CLASS = re.compile(r"\bclass\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SOURCE = re.compile(r"\bid\s*=\s*[\"']?\s*source\b", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_STYLE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_LANGUAGE = re.compile(r"\blang\s*:\s*([\w-]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title>([^<]*)", re.IGNORECASE)

_Text = tuple[int, str | None, list[str]]
"""When a text comes in, milliseconds; who says it; its lines with their tags and entities, none where it is blank."""


def recognises(data: bytes) -> bool:
    """Whether it begins with <SAMI>."""
    return opening(data)[:5].lower() == b"<sami"


def read(data: bytes, frame_rate: Fraction | None = None) -> Captions:
    """Read such a file, whose times need no frame rate. Raises SubtitleError: it has no text with a time."""
    whole, notes = decoded(data)
    head, *parts = _SYNC.split(_COMMENT.sub("", whole))
    texts: dict[str, list[_Text]] = {}
    for attributes, body in zip(parts[::2], parts[1::2], strict=True):
        start = _START.search(attributes)
        if start is None:
            raise SubtitleError(f"<SYNC{attributes[:40]}> has no time: expected Start=milliseconds")
        for name, text in _paragraphs(_END.split(body, maxsplit=1)[0], max(0, int(start[1]))):
            texts.setdefault(name, []).append(text)
    classes = [name for name, found in texts.items() if any(lines for *_, lines in found)]
    if not classes:
        raise SubtitleError("no captions in it: expected <SYNC Start=1000><P>text")
    if len(classes) > 1:
        notes.append(f"captions of the class {classes[0]} are read, not those of {', '.join(classes[1:])}")
    cues, given = _cues(texts[classes[0]])
    styles = {style[1].lower(): style[2] for style in _STYLE.finditer(whole[: whole.lower().find("<body")])}
    language = _LANGUAGE.search(styles.get(classes[0].lower(), ""))
    title = _TITLE.search(head)
    return Captions(
        cues,
        language[1] if language else "",
        html.unescape(title[1]).strip() if title else "",
        notes=(*notes, *given),
    )


def _paragraphs(body: str, start: int) -> list[tuple[str, _Text]]:
    """Return the texts that come in at a moment, each with its class; "" is that of a paragraph without one."""
    before, *parts = _PARAGRAPH.split(body)
    pieces = [("", before)] if before.strip() else []
    pieces += zip(parts[::2], parts[1::2], strict=True)
    made: list[tuple[str, _Text]] = []
    speakers: dict[str, str] = {}
    for attributes, content in pieces:
        found = _CLASS.search(attributes)
        name = found[1].upper() if found else ""
        lines = _lines(content)
        if _SOURCE.search(attributes):
            speakers[name] = " ".join(_unescaped(lines))
        else:
            made.append((name, (start, speakers.get(name) or None, lines)))
    return made


def _lines(content: str) -> list[str]:
    """Return the lines of a paragraph that hold text, with their tags and entities."""
    lines = _BREAK.sub("\n", " ".join(content.split())).split("\n")
    return [line for line in lines if "".join(_unescaped([plain(line)]))]


def _unescaped(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(html.unescape(line).strip() for line in lines)


def _cues(texts: list[_Text]) -> tuple[tuple[Cue, ...], list[str]]:
    """Return the captions of a class, each until its next text, and notes on those without one."""
    moments = sorted({start for start, *_ in texts})
    following = dict(pairwise(moments))
    cues: list[Cue] = []
    open_ones = []
    for start, speaker, lines in texts:
        if lines:
            if start not in following:
                open_ones.append(len(cues))
            cue = cue_of(TimeSpan(start, following.get(start, start)), lines, speaker)
            words = _unescaped(cue.lines)
            cues.append(replace(cue, lines=words, marked=safe_marks(words, _unescaped(cue.marked))))
    return with_ends(cues, open_ones)
