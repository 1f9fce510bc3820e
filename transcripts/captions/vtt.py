"""WebVTT (.vtt), https://www.w3.org/TR/webvtt1/, and what is found under that name."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from asdelivered.transcripts.captions import markup
from asdelivered.transcripts.captions.model import CaptionFile, CaptionFileError, RawCue, VoiceRun
from asdelivered.transcripts.captions.times import (
    ALMOST_TIMING,
    TIMING,
    not_a_timing,
    timing_span,
    without_broken_end,
)

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>")
_VOICE_END = re.compile(r"</v\s*>")
_NAMED = re.compile(r'\d+\s+"([^"]+)"(?:\s+\(\d+\))?')
"""The name of a caption as Webex writes it: its number, who speaks, and that person's number."""
_LANGUAGE = re.compile(r"Language:[ \t]*([a-zA-Z]{2,3}(?:-\w+)*)[ \t]*$")
_HEADER = ("X-TIMESTAMP", "Kind:", "Language:")
_BLOCK = re.compile(r"(NOTE|STYLE|REGION)\b")


def parse_vtt(text: str) -> CaptionFile:
    """Return the cues of a WebVTT file. A cue whose times make no sense has no span, and a `fault`.

    Raises CaptionFileError: it neither begins with WEBVTT nor has a line of times.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    notes: list[str] = []
    first = 1
    if lines[0][:6] != "WEBVTT" or lines[0][6:7].strip():
        if not any(TIMING.match(line) for line in lines):
            raise CaptionFileError("no WebVTT file: it does not begin with WEBVTT, and has no captions")
        notes.append("line 1: WEBVTT is missing, which browsers ask for")
        first = 0
    cues: list[RawCue] = []
    heads: list[str] = []
    language = ""
    lines = without_broken_end(lines, notes)
    at = first
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].strip():
            end += 1
        block = lines[at:end]
        if not block:
            pass
        elif timings := _timings(block):
            cues += _cues(block, timings, at + 1, notes)
        elif _BLOCK.match(block[0]):
            heads += [] if cues else ["\n".join(block)]
        elif not cues and block[0].startswith(_HEADER):
            language = next((found[1] for line in block if (found := _LANGUAGE.match(line))), language)
        else:
            notes.append(f"line {at + 1}: text without a time, left out: {block[0].strip()[:40]!r}")
        at = end + 1
    return CaptionFile(tuple(cues), language=language, head="\n\n".join(heads), notes=tuple(notes))


def caption_blocks(lines: list[str]) -> list[tuple[int, int, int]]:
    """Return for each caption the line of its times, the first line of its text, and the line after its text."""
    found = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end].strip():
            end += 1
        timings = _timings(lines[at:end])
        for timing, following in zip(timings, [*timings[1:], end - at], strict=False):
            found.append((at + timing, at + timing + 1, at + following))
        at = end + 1
    return found


def _timings(block: list[str]) -> list[int]:
    """Return which lines of a block hold times, or are meant to; no text of WebVTT may have its arrow."""
    timings = [at for at, line in enumerate(block) if TIMING.match(line) or ALMOST_TIMING.match(line)]
    return timings or [at for at, line in enumerate(block[:2]) if "-->" in line][:1]


def _cues(block: list[str], timings: list[int], number: int, notes: list[str]) -> list[RawCue]:
    """Return the cues of a block of lines, whose first is line `number`: several where no blank lines part them."""
    if len(timings) > 1:
        notes.append(f"line {number + timings[1]}: no blank line before the caption")
    cues = []
    for place, at in enumerate(timings):
        end = timings[place + 1] if place + 1 < len(timings) else len(block)
        found = TIMING.match(block[at])
        text = "\n".join(line.strip() for line in block[at + 1 : end])
        runs, marked = _voice_runs(text), _marked(text)
        if at and (named := _NAMED.fullmatch(block[at - 1].strip())) and not any(run.voice for run in runs):
            runs = tuple(replace(run, voice=named[1].strip()) for run in runs)
        if found is None:
            fault = not_a_timing(block[at], number + at)
            cues.append(RawCue(None, runs, marked, at=number + at - 1, fault=fault))
            continue
        if "," in found[1] + found[2]:
            notes.append(f"line {number + at}: a comma in a time, where WebVTT has a point")
        span = timing_span(found, number + at, notes)
        settings = " ".join((found[3] or "").split())
        cues.append(RawCue(span, runs, marked, settings, at=number + at - 1))
    return cues


def _voice_runs(text: str) -> tuple[VoiceRun, ...]:
    """Return the text of a cue, voice by voice."""
    before, *voiced = _VOICE.split(text)
    runs = [VoiceRun(_plain(before))]
    for voice, part in zip(voiced[::2], voiced[1::2], strict=True):
        runs.append(VoiceRun(_plain(part), html.unescape(voice).strip() or None))
    return tuple(run for run in runs if run.text or run.voice)


def _plain(text: str) -> str:
    return html.unescape(markup.plain(_VOICE_END.sub("", text)))


def _marked(text: str) -> tuple[str, ...]:
    """Return the lines with their <i>, <b>, <u> and ruby; none where they have none."""
    kept = markup.kept(_VOICE_END.sub("", _VOICE.sub("", text)))
    if not markup.has_marks(kept):
        return ()
    return tuple(html.unescape(line).strip() for line in kept.split("\n") if markup.plain(line).strip())
