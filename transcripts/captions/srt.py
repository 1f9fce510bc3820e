r"""SubRip (.srt), as it is found: the format has no standard.

The parser is our own, because libraries drop what they do not understand without a word. It accepts times with a point
or short of digits, missing or wrong numbers, missing blank lines, {\an8} from other formats, and blank lines inside a
caption.
"""

from __future__ import annotations

import re

from asdelivered.transcripts.captions import markup
from asdelivered.transcripts.captions.model import CaptionFile, RawCue, VoiceRun
from asdelivered.transcripts.captions.times import (
    ALMOST_TIMING,
    TIMING,
    not_a_timing,
    timing_span,
    without_broken_end,
)

_ARROW = re.compile(r"-{1,2}>")


def parse_srt(text: str) -> CaptionFile:
    """Return the cues of a SubRip file; none where no line has two times. It never fails.

    A cue whose times make no sense has no span, and a `fault`.
    """
    notes: list[str] = []
    lines = without_broken_end(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), notes)
    cues = []
    blocks = caption_blocks(lines)
    numbered = _numbered(lines, [at for at, _, _ in blocks])
    for place, (at, first, last) in enumerate(blocks):
        found = TIMING.match(lines[at])
        span = timing_span(found, at + 1, notes) if found else None
        body = [line.strip() for line in lines[first:last]]
        if "" in body:
            notes.append(
                f"line {at + 2 + body.index('')}: a blank line inside a caption, which goes on below it"
            )
            body = [line for line in body if line]
        if numbered and place and not _is_number(lines[at - 1]):
            notes.append(f"line {at + 1}: a caption without a number")
        cue = _cue(body)
        cues.append(RawCue(span, *cue, at=at, fault="" if span else not_a_timing(lines[at], at + 1)))
    return CaptionFile(tuple(cues), notes=tuple(notes))


def caption_blocks(lines: list[str]) -> list[tuple[int, int, int]]:
    """Return for each caption the line of its times, the first line of its text, and the line after its text."""
    timings = [number for number in range(len(lines)) if _is_timing(lines, number)]
    numbered = _numbered(lines, timings)
    blocks = []
    for place, at in enumerate(timings):
        following = place + 1 < len(timings)
        end = timings[place + 1] if following else len(lines)
        blocks.append((at, *_body(lines, at + 1, end, numbered and following, following)))
    return blocks


def _numbered(lines: list[str], timings: list[int]) -> bool:
    return bool(timings) and timings[0] > 0 and _is_number(lines[timings[0] - 1])


def _is_number(line: str) -> bool:
    return line.strip().isdigit()


def _is_timing(lines: list[str], at: int) -> bool:
    """Whether a line holds the times of a cue, or is meant to: below a caption's number, or without a letter."""
    line = lines[at]
    if TIMING.match(line) or ALMOST_TIMING.match(line):
        return True
    if not _ARROW.search(line):
        return False
    numbered = at > 0 and _is_number(lines[at - 1])
    above = at - 2 if numbered else at - 1
    opens = above < 0 or not lines[above].strip()
    return opens and (numbered or (any(map(str.isdigit, line)) and not any(map(str.isalpha, line))))


def _body(lines: list[str], first: int, last: int, numbered: bool, following: bool) -> tuple[int, int]:
    """Return the text between two timings, without the next one's number and the blank lines around."""
    count = last - first
    last = _without_blanks(lines, first, last)
    # In a file without numbers, one above a caption with a blank line before it is its number all the same.
    numbered = numbered or (following and last > first + 1 and not lines[last - 2].strip())
    if numbered and last > first and lines[last - 1].strip().isdigit() and (last - first > 1 or count > 1):
        last = _without_blanks(lines, first, last - 1)
    while first < last and not lines[first].strip():
        first += 1
    return first, last


def _without_blanks(lines: list[str], first: int, last: int) -> int:
    """Return where the lines end without the blank ones at their end."""
    while last > first and not lines[last - 1].strip():
        last -= 1
    return last


def _cue(body: list[str]) -> tuple[tuple[VoiceRun, ...], tuple[str, ...], str]:
    """Return the runs, the marked lines and the settings of a cue's text."""
    text, top = markup.without_overrides("\n".join(body))
    # Tags are written in upper case and with attributes too; a line may be nothing but tags.
    plain = markup.plain(text).replace("\t", " ")
    marked = tuple(line.strip() for line in markup.kept(text).split("\n") if markup.plain(line).strip())
    return (
        (VoiceRun(plain),),
        marked if any(map(markup.has_marks, marked)) else (),
        "line:0" if top else "",
    )
