"""Captions moved in time, and what another format cannot hold of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from asdelivered.base.counting import counted
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Captions, Cue

SPEAKERS, VOICES, MARKS, RUBY, TOP, PLACES, HEAD, TOGETHER, FULL_TIMES = range(9)
"""What formats may hold: speakers' names, those of several in one caption, italics, ruby, the top of the picture, any
place in it, WebVTT styles, captions at the same time, and times to the millisecond.
"""

_HOLDS: Mapping[str, frozenset[int]] = MappingProxyType(
    {
        "srt": frozenset({MARKS, TOP, FULL_TIMES}),
        "vtt": frozenset({SPEAKERS, VOICES, MARKS, RUBY, TOP, PLACES, HEAD, TOGETHER, FULL_TIMES}),
        "ttml": frozenset({SPEAKERS, MARKS, RUBY, TOP, TOGETHER, FULL_TIMES}),
        "ebu-tt-d": frozenset({MARKS, TOP, TOGETHER, FULL_TIMES}),
        "itt": frozenset({SPEAKERS, MARKS, TOP, TOGETHER}),
        "ass": frozenset({SPEAKERS, MARKS, TOP, TOGETHER}),
        "scc": frozenset({TOP}),
        "stl": frozenset({TOP, TOGETHER}),
        "mov_text": frozenset({MARKS, FULL_TIMES}),
        "sbv": frozenset({FULL_TIMES}),
        "json": frozenset({SPEAKERS, FULL_TIMES}),
        "textgrid": frozenset({FULL_TIMES}),
        "audacity": frozenset({FULL_TIMES}),
        "html": frozenset({SPEAKERS}),
        "speakers": frozenset({SPEAKERS}),
    }
)


def moved(captions: Captions, shift: int = 0, stretch: Fraction = Fraction(1)) -> Captions:
    """Return the captions with every time multiplied by `stretch`, then moved by `shift` milliseconds.

    A time below zero becomes zero. Raises SubtitleError: a caption would end before that.
    """
    cues = []
    for number, cue in enumerate(captions.cues, start=1):
        start, end = (round(time * stretch) + shift for time in (cue.span.start, cue.span.end))
        if end <= 0 < cue.span.end:
            raise SubtitleError(
                f"caption {number}, {' '.join(cue.lines)[:40]!r}, would end before the beginning: shift by less"
            )
        cues.append(replace(cue, span=TimeSpan(max(0, start), max(0, end))))
    return replace(captions, cues=tuple(cues))


def losses(captions: Captions, format: str) -> tuple[str, ...]:
    """Return what a format cannot hold of the captions, a phrase each."""
    holds = _HOLDS.get(format, frozenset())
    tests: tuple[tuple[int, str, Callable[[Cue], object]], ...] = (
        (SPEAKERS, "the speaker's name", lambda cue: cue.speaker and not cue.label),
        (VOICES, "the names of several speakers in one caption", lambda cue: cue.voices),
        (MARKS, "italics, bold or underlining", lambda cue: cue.marked_without_ruby),
        (RUBY, "ruby, which says how characters are read", lambda cue: cue.has_ruby),
        (TOP, "a place at the top of the picture", lambda cue: cue.at_top),
        (PLACES, "a place or an alignment of their own", lambda cue: _other_settings(cue)),
    )
    found = []
    for what, phrase, test in tests:
        count = sum(bool(test(cue)) for cue in captions.cues)
        if count and what not in holds:
            found.append(f"{phrase} ({counted(count, 'caption')})")
    if captions.head and HEAD not in holds:
        found.append("the STYLE, REGION and NOTE blocks of the head")
    together = sum(one.span.end > two.span.start for one, two in pairwise(captions.cues))
    if together and TOGETHER not in holds:
        found.append(
            f"captions at the same time ({together}): players show them one after the other, or in a row"
        )
    if FULL_TIMES not in holds and any(
        time % 10 for cue in captions.cues for time in (cue.span.start, cue.span.end)
    ):
        found.append("times to the millisecond: they are rounded")
    return tuple(found)


def _other_settings(cue: Cue) -> list[str]:
    return [setting for setting in cue.settings.split() if not (cue.at_top and setting.startswith("line:"))]
