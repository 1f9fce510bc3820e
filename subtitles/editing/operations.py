"""What a person does to captions: break a line, split, merge, move in time, and leave it to the style again.

Each operation takes the cue as it is shown and returns the edits that stand for what was wished. Edits of the same
words that were there before make way.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cueing.breaks import break_levels
from asdelivered.subtitles.cueing.line_layout import lay_out
from asdelivered.subtitles.editing.cue_edit import CueEdit
from asdelivered.subtitles.editing.fitting import NumberedWords, Span, fit_edits, lines_at
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style import Style


def with_line_break(
    cue: Cue, at: int, words: NumberedWords, style: Style, earlier: CueEdit | None
) -> CueEdit:
    """Begin a line at the word number `at`; where one begins there, join it to the line before.

    A cue with as many lines as the style has gives up the break nearest to the new one. Raises SubtitleError.
    """
    first, last = _range(cue)
    if not first < at < last:
        raise SubtitleError("choose a word after the first one of the caption: the line begins there")
    breaks = {start for start, _ in cue.words} - {first}
    if at in breaks:
        breaks.remove(at)
    else:
        if len(breaks) + 1 >= style.max_lines:
            breaks.discard(min(breaks, key=lambda one: abs(one - at), default=at))
        breaks.add(at)
    return _edit(_cut(first, last, breaks), words, style, earlier)


def split(
    cue: Cue, at: int, words: NumberedWords, style: Style, language: str, earlier: CueEdit | None
) -> tuple[CueEdit, CueEdit]:
    """Begin another cue at the word number `at`. Raises SubtitleError."""
    first, last = _range(cue)
    if not first < at < last:
        raise SubtitleError("choose a word after the first one of the caption: the next one begins there")
    breaks = {start for start, _ in cue.words}
    halves = []
    for begin, end, label in ((first, at, cue.label), (at, last, "")):
        lines = _laid_out(begin, end, label, words, style, language)
        halves.append(lines or _cut(begin, end, {one for one in breaks if begin < one < end}))
    upper, lower = (_edit(lines, words, style, None) for lines in halves)
    if earlier is not None:
        upper = CueEdit(style.name, upper.line, upper.word, upper.lines, start=earlier.start)
        lower = CueEdit(style.name, lower.line, lower.word, lower.lines, end=earlier.end)
    return upper, lower


def merge(
    cue: Cue,
    following: Cue,
    words: NumberedWords,
    style: Style,
    language: str,
    earlier: tuple[CueEdit | None, CueEdit | None],
) -> CueEdit:
    """Make one cue of two. Raises SubtitleError: they are of two speakers, or do not follow each other."""
    (first, middle), (begins, last) = _range(cue), _range(following)
    if middle != begins:
        raise SubtitleError("these captions do not follow each other")
    if not words.are_one_turn(first, last):
        raise SubtitleError("two speakers never share a caption: choose another one")
    lines = _laid_out(first, last, cue.label, words, style, language)
    made = _edit(lines or (*cue.words, *following.words), words, style, None)
    start = earlier[0].start if earlier[0] else None
    end = earlier[1].end if earlier[1] else None
    return CueEdit(style.name, made.line, made.word, made.lines, start, end)


def at_times(
    cue: Cue, span: TimeSpan, words: NumberedWords, style: Style, earlier: CueEdit | None
) -> CueEdit:
    """Show a cue from `span.start` to `span.end`, milliseconds: kept as its distance from the speech.

    A time that is as it was stays the style's.
    """
    _range(cue)
    assert cue.speech is not None
    start, end = (earlier.start, earlier.end) if earlier else (None, None)
    if span.start != cue.span.start:
        start = span.start - cue.speech.start
    if span.end != cue.span.end:
        end = span.end - cue.speech.end
    made = _edit(cue.words, words, style, None)
    return CueEdit(style.name, made.line, made.word, made.lines, start, end)


def earlier_edit(cue: Cue, edits: Sequence[CueEdit], words: NumberedWords) -> CueEdit | None:
    """Return the edit that a cue was made by; None where the style made it."""
    first, last = _range(cue)
    found = fit_edits(edits, words).fitted
    return next((one.edit for one in found if (one.first, one.last) == (first, last)), None)


def replaced(
    edits: Sequence[CueEdit], style: str, first: int, last: int, new: Sequence[CueEdit], words: NumberedWords
) -> tuple[CueEdit, ...]:
    """Return the edits with `new` ones in the place of those of a style that have any word of [first, last).

    Without new ones these words are left to the style again.
    """
    own = [edit for edit in edits if edit.style == style]
    gone = {id(one.edit) for one in fit_edits(own, words).fitted if one.first < last and first < one.last}
    return (*(edit for edit in edits if id(edit) not in gone), *new)


def _range(cue: Cue) -> Span:
    if not cue.words or cue.speech is None:
        raise SubtitleError("this caption shows a sound: it cannot be changed")
    return cue.words[0][0], cue.words[-1][1]


def _cut(first: int, last: int, breaks: set[int]) -> tuple[Span, ...]:
    bounds = [first, *sorted(breaks), last]
    return tuple(pairwise(bounds))


def _laid_out(
    first: int, last: int, label: str, words: NumberedWords, style: Style, language: str
) -> tuple[Span, ...] | None:
    units = words.units[first:last]
    levels = break_levels([unit.text for unit in units], language, [unit.glued for unit in units])
    lines = lay_out(units, label, levels, style)
    return None if lines is None else lines_at(first, lines, words)


def _edit(lines: Sequence[Span], words: NumberedWords, style: Style, earlier: CueEdit | None) -> CueEdit:
    line, word = words.place(lines[0][0])
    if not words.are_one_turn(lines[0][0], lines[-1][1]):
        raise SubtitleError("two speakers share this caption: the style lays it out")
    start, end = (earlier.start, earlier.end) if earlier else (None, None)
    return CueEdit(style.name, line, word, tuple(words.text(span) for span in lines), start, end)
