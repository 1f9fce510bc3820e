"""Captions that break a style, mended without touching a word: line breaks, times, cues that hold too much."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from asdelivered.base.counting import counted
from asdelivered.subtitles.checking.check import OVERLAP, check
from asdelivered.subtitles.checking.line_breaks import better_breaks, running_text
from asdelivered.subtitles.cueing.breaks import Break
from asdelivered.subtitles.cueing.frame_clock import Clock
from asdelivered.subtitles.cueing.line_layout import lay_out
from asdelivered.subtitles.cueing.segmentation import Block, segment
from asdelivered.subtitles.cueing.timing import Speech, schedule
from asdelivered.subtitles.cueing.units import units_of
from asdelivered.subtitles.cueing.utterances import SpokenWord, Utterance
from asdelivered.subtitles.cues import PLAYER, Video
from asdelivered.subtitles.lengths import width_of
from asdelivered.subtitles.model import Cue, reading_length, word_count
from asdelivered.subtitles.style import Kind, Severity, Style

_OF_TIMES = frozenset(
    {
        OVERLAP,
        Kind.MIN_DURATION,
        Kind.MAX_DURATION,
        Kind.WORD_TIME,
        Kind.CHARACTERS,
        Kind.WORDS,
        Kind.GAP,
        Kind.SHORT_GAP,
        Kind.SHOT,
    }
)
"""The rules that other times may meet."""
_MARKED_WORD = re.compile(r"(?:<[^<>]*>|\S)+")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Fixed:
    """The captions, mended as far as possible, and what was done, a phrase each."""

    cues: tuple[Cue, ...]
    changes: tuple[str, ...]


def fix(cues: Sequence[Cue], style: Style, language: str = "en", video: Video = PLAYER) -> Fixed:
    """Return the cues mended: without empty ones, in order, on lines that fit, with time to be read.

    Words stay as they are and in their order. A cue that holds more than its lines can is split, and its time shared by
    the length of the parts. What is right stays as it is. `check` finds what still breaks the style.
    """
    broken = {violation.cue for violation in check(cues, style, video, language=language, verbatim=True)}
    if not broken:
        return Fixed(tuple(cues), ())
    changes: list[str] = []
    full = [cue for cue in cues if cue.text.strip()]
    if len(full) < len(cues):
        changes.append(counted(len(cues) - len(full), "empty cue left out", "empty cues left out"))
    ordered = sorted(full, key=lambda cue: cue.span.start)
    if ordered != full:
        changes.append("cues sorted by time")
    text = running_text(ordered, language)
    better = better_breaks(ordered, text, style)
    rooms = _rooms(ordered)
    fitted: list[Cue] = []
    rebroken = split = 0
    for number, (cue, lines) in enumerate(zip(ordered, better, strict=True)):
        made = (
            _fitted(_with_time_for_each(cue, rooms[number], style), text.levels_of(number), style, language)
            if lines is None
            else [_relaid(cue, lines)]
        )
        if len(made) == 1:
            made = [replace(made[0], span=cue.span)]
        rebroken += len(made) == 1 and made[0] != cue
        split += len(made) > 1
        fitted += made
    if rebroken:
        changes.append(counted(rebroken, "cue given new line breaks", "cues given new line breaks"))
    if split:
        changes.append(counted(split, "cue split", "cues split"))
    # Right times stay.
    times_wrong = {
        violation.rule
        for violation in check(fitted, style, video, verbatim=True)
        if violation.rule in _OF_TIMES
    }
    if times_wrong:
        timed = _timed(fitted, style, video)
        moved = sum(before.span != after.span for before, after in zip(fitted, timed, strict=True))
        if moved:
            changes.append(counted(moved, "cue given new times", "cues given new times"))
        fitted = sorted(timed, key=lambda cue: cue.span.start)
    return Fixed(tuple(fitted), tuple(changes))


def relined(cues: Sequence[Cue], style: Style, language: str) -> list[list[Cue]]:
    """Return for each cue what it becomes on lines that fit a style: itself, or several where it holds too much."""
    text = running_text(cues, language)
    return [_fitted(cue, text.levels_of(number), style, language) for number, cue in enumerate(cues)]


def _relaid(cue: Cue, lines: tuple[str, ...]) -> Cue:
    """Return the cue with the same words on other lines."""
    marked = _MARKED_WORD.findall(" ".join(cue.marked))
    whole = len(marked) == sum(len(line.split()) for line in lines)
    return replace(cue, lines=lines, marked=_marked_lines(marked, lines) if whole else ())


def _fitted(cue: Cue, levels: Sequence[Break], style: Style, language: str) -> list[Cue]:
    """Return the cue on lines that fit; as several cues where its lines are too many."""
    if len(cue.shown) <= style.max_lines and all(
        width_of(line) <= style.max_line_length for line in cue.shown
    ):
        return [cue]
    if cue.voices:
        parts = _by_voice(cue, levels)
        if all(part.span.duration >= style.min_duration for part, _ in parts):
            return [piece for part, own in parts for piece in _fitted(part, own, style, language)]
        cue = replace(cue, voices=())
    words = units_of(cue.lines)
    sizes = list(accumulate((len(word.text) + 1 for word in words), initial=0))
    start, duration = cue.span.start, cue.span.duration
    times = [start + duration * size // sizes[-1] for size in sizes]
    lines = lay_out(words, cue.label, levels, style)
    if lines is None:
        spoken = tuple(
            SpokenWord(word.text, times[at], times[at + 1], glued=word.glued) for at, word in enumerate(words)
        )
        blocks = segment(Utterance(cue.speaker, "", spoken), None, cue.label, language, style)
    else:
        blocks = [Block(cue.speaker, "", lines, start, cue.span.end, cue.label)]
    marked = _MARKED_WORD.findall(" ".join(cue.marked))
    made: list[Cue] = []
    at = 0
    for number, block in enumerate(blocks):
        count = len(block.onsets) or len(words)
        first, last = times[at], times[at + count]
        if number == len(blocks) - 1:
            last = cue.span.end
        made.append(
            replace(
                cue,
                span=replace(cue.span, start=first, end=max(first, last)),
                lines=block.lines,
                label=block.label,
                marked=_marked_lines(marked[at : at + count], block.lines)
                if len(marked) == len(words)
                else (),
            )
        )
        at += count
    return made


def _rooms(cues: Sequence[Cue]) -> list[int | None]:
    """Return for each of some cues in order when the next one in its place comes in; None for the last there."""
    following: dict[tuple[str, ...], int] = {}
    rooms: list[int | None] = []
    for cue in reversed(cues):
        rooms.append(following.get(cue.place))
        following[cue.place] = cue.span.start
    return rooms[::-1]


def _with_time_for_each(cue: Cue, until: int | None, style: Style) -> Cue:
    """Return a cue in which several speak so long that it can be parted; as it is if it must be gone before.

    `until` is when the next one in its place comes in, in milliseconds.
    """
    if not cue.voices:
        return cue
    sizes = [len(line) + 1 for line in cue.lines]
    needed = math.ceil(style.min_duration * sum(sizes) / min(sizes))
    end = max(cue.span.end, cue.span.start + needed)
    return cue if until is not None and end > until else replace(cue, span=replace(cue.span, end=end))


def _by_voice(cue: Cue, levels: Sequence[Break]) -> list[tuple[Cue, Sequence[Break]]]:
    """Return a cue in which several speak as one for each of them, with its levels; they share its time."""
    made: list[tuple[Cue, Sequence[Break]]] = []
    sizes = [0, *accumulate(len(line) + 1 for line in cue.lines)]
    first = word = 0
    while first < len(cue.lines):
        last = first + 1
        while last < len(cue.lines) and cue.voices[last] == cue.voices[first]:
            last += 1
        start, end = (cue.span.start + cue.span.duration * sizes[at] // sizes[-1] for at in (first, last))
        lines = cue.lines[first:last]
        count = len(units_of(lines))
        part = replace(
            cue,
            span=replace(cue.span, start=start, end=end),
            speaker=cue.voices[first],
            lines=lines,
            marked=cue.marked[first:last] if len(cue.marked) == len(cue.lines) else (),
            voices=(),
        )
        made.append((part, levels[word : word + count - 1]))
        word += count
        first = last
    return made


def _marked_lines(words: Sequence[str], lines: Sequence[str]) -> tuple[str, ...]:
    """Return the words with their tags on the same lines; no tags where a split cue would leave one open."""
    made = []
    at = 0
    for line in lines:
        count = len(line.split())
        made.append(" ".join(words[at : at + count]))
        at += count
    text = "\n".join(made)
    for tag in "ibu":
        if text.count(f"<{tag}>") != text.count(f"</{tag}>"):
            return ()
    return tuple(made) if _TAG.search(text) else ()


def _timed(cues: Sequence[Cue], style: Style, video: Video) -> list[Cue]:
    """Return the cues with new times, those of each place in the picture by themselves."""
    placed: dict[tuple[str, ...], list[int]] = {}
    for at, cue in enumerate(cues):
        placed.setdefault(cue.place, []).append(at)
    timed = list(cues)
    for indices in placed.values():
        group = [cues[at] for at in indices]
        for at, cue in zip(indices, _timed_in_one_place(group, style, video), strict=True):
            timed[at] = cue
    return timed


def _timed_in_one_place(cues: Sequence[Cue], style: Style, video: Video) -> list[Cue]:
    speeches = []
    for cue in cues:
        required = max(
            style.min_duration,
            style.reading_time(reading_length(cue.text), word_count(cue.text), Severity.ERROR),
        )
        required = min(style.max_duration, required)
        recommended = min(
            style.max_duration,
            max(required, style.reading_time(reading_length(cue.text), word_count(cue.text))),
        )
        speeches.append(Speech(cue.span.start, cue.span.end, required, recommended))
    end = max((cue.span.end for cue in cues), default=0) + style.max_duration
    spans = schedule(speeches, end, style, Clock(video.frame_rate), video.shots)
    return [replace(cue, span=span) for cue, span in zip(cues, spans, strict=True)]
