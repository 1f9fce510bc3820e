r"""SubRip (.srt).

The format has no standard and no escapes: text goes out as it is, and what a player makes of "<i>" in it is
the player's. UTF-8 without a mark and LF, as ffmpeg and YouTube write it: every tool reads that.

The reader is our own, because pysrt drops what it does not understand without a word. It takes what is found in files:
times with a point or short of digits, missing or wrong numbers, missing blank lines, {\an8} from other formats.
"""

from __future__ import annotations

import io
import re

import pysrt

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.captions import Captions
from asdelivered.subtitles.cue import Cue
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import markup
from asdelivered.subtitles.formats.text import decoded
from asdelivered.subtitles.formats.times import ALMOST_TIMING, TIMING, parse_time


def write(captions: Captions) -> bytes:
    """Return the captions as an SRT file. Speakers have no place in it but in the labels of the cues."""
    items = [
        pysrt.SubRipItem(
            number, start=cue.span.start, end=cue.span.end, text="\n".join(cue.marked or cue.shown)
        )
        for number, cue in enumerate(captions.cues, start=1)
    ]
    file = io.StringIO()
    pysrt.SubRipFile(items).write_into(file, eol="\n")
    return file.getvalue().encode()


def read(data: bytes) -> Captions:
    """Read an SRT file. Raises SubtitleError, which names the line: it is none, or a time of it makes no sense."""
    text, notes = decoded(data)
    lines = text.split("\n")
    timings = [number for number, line in enumerate(lines) if TIMING.match(line)]
    _check(lines, timings, notes)
    numbered = timings[0] > 0 and lines[timings[0] - 1].strip().isdigit()
    cues = []
    for place, number in enumerate(timings):
        end = timings[place + 1] if place + 1 < len(timings) else len(lines)
        span = _span(lines[number], number + 1, notes)
        body = _body(lines[number + 1 : end], numbered and place + 1 < len(timings))
        if "" in body:
            notes.append(
                f"line {number + 2 + body.index('')}: a blank line inside a caption, which goes on below it"
            )
            body = [line for line in body if line]
        if numbered and place and not lines[number - 1].strip().isdigit():
            notes.append(f"line {number + 1}: a caption without a number")
        cues.append(_cue(span, body))
    return Captions(tuple(cues), notes=tuple(notes))


def _check(lines: list[str], timings: list[int], notes: list[str]) -> None:
    for number, line in enumerate(lines):
        if ALMOST_TIMING.match(line) and TIMING.match(line) is None:
            if any(rest.strip() for rest in lines[number + 1 :]):
                raise SubtitleError(f"line {number + 1}: {line.strip()[:60]!r} is not a pair of times")
            notes.append(f"line {number + 1}: the file breaks off inside a time; the caption is left out")
            del lines[number:]
            if lines and lines[-1].strip().isdigit():
                lines.pop()
            break
    if not timings:
        raise SubtitleError("no captions in it: no line has two times with --> between them")


def _span(line: str, number: int, notes: list[str]) -> TimeSpan:
    found = TIMING.match(line)
    assert found is not None
    start, end = parse_time(found[1]), parse_time(found[2])
    if start < 0 or end < 0:
        notes.append(f"line {number}: a time below zero, taken for zero")
    start, end = max(0, start), max(0, end)
    if end < start:
        notes.append(f"line {number}: it ends before it begins; taken to end where it begins")
    return TimeSpan(start, max(start, end))


def _body(lines: list[str], numbered: bool) -> list[str]:
    """Return the text between two timings, without the next one's number and the blank lines around."""
    body = [line.strip() for line in lines]
    while body and not body[-1]:
        body.pop()
    if numbered and body and body[-1].isdigit() and (len(body) > 1 or len(lines) > 1):
        body.pop()
    while body and not body[-1]:
        body.pop()
    while body and not body[0]:
        body.pop(0)
    return body


def _cue(span: TimeSpan, body: list[str]) -> Cue:
    text, top = markup.without_overrides("\n".join(body))
    # Tags are written in upper case and with attributes too; a line may be nothing but tags.
    plain = markup.plain(text)
    lines = tuple(re.sub(r"[ \t]+", " ", line).strip() for line in plain.split("\n") if line.strip())
    marked = tuple(line.strip() for line in markup.kept(text).split("\n") if markup.plain(line).strip())
    return Cue(
        span,
        None,
        lines,
        marked=marked if any(map(markup.has_marks, marked)) else (),
        settings="line:0" if top else "",
    )
