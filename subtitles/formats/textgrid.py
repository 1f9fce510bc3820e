"""Praat's TextGrid: the captions, and below them the words and the speakers, each a tier of intervals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.text import decoded, opening
from asdelivered.subtitles.model import Captions, Cue

Interval = tuple[int, int, str]
"""Start and end in milliseconds, and text."""

_CLASS = re.compile(r'class\s*=\s*"IntervalTier"\s*name\s*=\s*"((?:[^"]|"")*)"')
_INTERVAL = re.compile(r'xmin\s*=\s*([\d.eE+-]+)\s*xmax\s*=\s*([\d.eE+-]+)\s*text\s*=\s*"((?:[^"]|"")*)"')


def write(captions: Captions) -> bytes:
    """Return the captions as a TextGrid in Praat's long format, UTF-8."""
    tiers = {"captions": [(cue.span.start, cue.span.end, cue.text) for cue in captions.cues]}
    speakers: list[Interval] = []
    for cue in captions.cues:
        if cue.speaker and speakers and speakers[-1][2] == cue.speaker:
            speakers[-1] = (speakers[-1][0], cue.span.end, cue.speaker)
        elif cue.speaker:
            speakers.append((cue.span.start, cue.span.end, cue.speaker))
    if speakers:
        tiers["speakers"] = speakers
    if captions.alignment is not None:
        tiers["words"] = _words(captions)
    end = max([interval[1] for tier in tiers.values() for interval in tier] + [1])
    if captions.alignment is not None:
        end = max(end, captions.alignment.recording.duration)
    rows = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        "xmin = 0",
        f"xmax = {end / 1000:.3f}",
    ]
    rows += ["tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for number, (name, intervals) in enumerate(tiers.items(), start=1):
        whole = _filled(intervals, end)
        rows += [f"    item [{number}]:", '        class = "IntervalTier"', f'        name = "{name}"']
        rows += [
            "        xmin = 0",
            f"        xmax = {end / 1000:.3f}",
            f"        intervals: size = {len(whole)}",
        ]
        for at, (start, stop, text) in enumerate(whole, start=1):
            quoted = text.replace('"', '""')
            rows += [f"        intervals [{at}]:", f"            xmin = {start / 1000:.3f}"]
            rows += [f"            xmax = {stop / 1000:.3f}", f'            text = "{quoted}"']
    return ("\n".join(rows) + "\n").encode()


def _words(captions: Captions) -> list[Interval]:
    words: list[Interval] = []
    assert captions.alignment is not None
    for line in captions.alignment.lines:
        for word in line.words:
            if word.span is None:
                continue
            # Intervals of a tier cannot overlap; people who interrupt each other do.
            start = max(word.span.start, words[-1][1] if words else 0)
            if word.span.end > start:
                words.append((start, word.span.end, word.text))
    return words


def _filled(intervals: Sequence[Interval], end: int) -> list[Interval]:
    """Return the intervals with empty ones between them, so that they cover the whole time."""
    whole: list[Interval] = []
    at = 0
    for start, stop, text in intervals:
        start = max(start, at)
        if start > at:
            whole.append((at, start, ""))
        if stop > start:
            whole.append((start, stop, text))
            at = stop
    if at < end:
        whole.append((at, end, ""))
    return whole


def recognises(data: bytes) -> bool:
    """Whether it begins as Praat's files do."""
    return opening(data).startswith(b"File type") and b"TextGrid" in opening(data)


def read(data: bytes) -> Captions:
    """Read the captions of a TextGrid: its tier of that name, or else its first. Raises SubtitleError: it is none."""
    text, notes = decoded(data)
    tiers = list(_CLASS.finditer(text))
    if "TextGrid" not in text or not tiers:
        raise SubtitleError("not a TextGrid in Praat's long format with a tier of intervals")
    chosen = next((number for number, tier in enumerate(tiers) if tier[1] == "captions"), 0)
    end = tiers[chosen + 1].start() if chosen + 1 < len(tiers) else len(text)
    cues = []
    for start, stop, content in _INTERVAL.findall(text[tiers[chosen].end() : end]):
        lines = tuple(line.strip() for line in content.replace('""', '"').split("\n") if line.strip())
        if lines:
            try:
                cues.append(Cue(TimeSpan(round(float(start) * 1000), round(float(stop) * 1000)), None, lines))
            except (ValueError, OverflowError) as error:
                raise SubtitleError(f"an interval from {start} to {stop} makes no sense") from error
    if not cues:
        raise SubtitleError("no captions in it: the tier has no text")
    return Captions(tuple(cues), notes=tuple(notes))
