"""The cues of an alignment: its words on lines, when they are shown, and who says them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Flag, auto
from fractions import Fraction

from asdelivered.align.document.alignment import Alignment, Draft
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cueing.breaks import break_levels
from asdelivered.subtitles.cueing.dialogue import with_dialogues
from asdelivered.subtitles.cueing.drafts import draft_blocks, with_drafts
from asdelivered.subtitles.cueing.frame_clock import Clock
from asdelivered.subtitles.cueing.line_layout import lay_out
from asdelivered.subtitles.cueing.segmentation import Block, segment
from asdelivered.subtitles.cueing.shifting import shifted
from asdelivered.subtitles.cueing.sounds import sounds_in_words, with_sounds
from asdelivered.subtitles.cueing.timing import Speech, schedule
from asdelivered.subtitles.cueing.units import units_of
from asdelivered.subtitles.cueing.utterances import Utterance, in_order, joined, utterances
from asdelivered.subtitles.editing.cue_edit import CueEdit
from asdelivered.subtitles.editing.fitting import fit_edits, numbered
from asdelivered.subtitles.model import COLOURS, Captions, Cue, colours_of, reading_length, word_count
from asdelivered.subtitles.style import Kind, Severity, Speakers, Style
from asdelivered.subtitles.style_file import named_style

DEFAULT = named_style("netflix")
"""The style of captions where none is asked for."""
COMFORTABLE_SPEED = 20
"""Reading speed, in characters a second, to aim for where the style has no such rule: words differ in length."""


@dataclass(frozen=True)
class Video:
    """What captions need to know about the picture: its frame rate, and its shot changes in milliseconds."""

    frame_rate: Fraction | None = None
    shots: tuple[int, ...] = ()


PLAYER = Video()
"""No picture is known: times to the millisecond, for any player."""


class Labels(Flag):
    """What captions show besides the words."""

    NONE = 0
    """Nothing."""
    SOUNDS = auto()
    """Applause, laughter, music."""
    NEEDED = auto()
    """The name where the speaker changes and no colour tells it, in a style with colours."""
    NAMES = auto()
    """The name wherever the speaker changes."""
    ALL = SOUNDS | NAMES
    """Sounds and names."""


def cues(
    alignment: Alignment,
    style: Style = DEFAULT,
    video: Video = PLAYER,
    labels: Labels = Labels.NONE,
    edits: Sequence[CueEdit] = (),
    drafts: bool = False,
) -> tuple[Cue, ...]:
    """Return the cues of an alignment, in order and without overlap.

    Every word of every line that has a time is shown, once and in order; lines without a time are not. A word
    without a time (a dash, [inaudible]) stays with its neighbours. `labels` adds what viewers who do not hear need: who
    speaks, and sounds, both those of the transcript and those found in the recording. `edits` are captions by hand, in
    this style; those that don't fit (`fit_edits` tells which) change nothing. `drafts` adds what a recogniser made of
    the speech that the text lacks, each cue of it marked as "[? ...]".
    """
    language = alignment.transcript.language
    lines = in_order(alignment.lines)
    fitted = fit_edits(edits, numbered(lines)).fitted if edits else ()
    said = utterances(lines, style.longest_pause)
    by_hand = [(edit.first, edit.last) for edit in fitted]
    said = joined(said, by_hand)
    if Labels.SOUNDS in labels:
        said = [replace(utterance, words=sounds_in_words(utterance.words, style)) for utterance in said]
    shown = with_drafts(said, alignment.drafts if drafts else (), by_hand)
    blocks: list[Block] = []
    coloured = Labels.NEEDED in labels and style.speakers is Speakers.COLOUR
    colours = colours_of([utterance.speaker for utterance in said]) if coloured else {}
    speakers = [None if isinstance(one, Draft) else one.speaker for one in shown]
    for number, utterance in enumerate(shown):
        following = _start_of(shown[number + 1]) if number + 1 < len(shown) else None
        if isinstance(utterance, Draft):
            blocks += draft_blocks(utterance, following, language, style)
            continue
        before = speakers[number - 1] if number else None
        changed = number == 0 or utterance.speaker != before
        named = Labels.NAMES in labels or _colour_fails(utterance.speaker, before, colours)
        label = label_of(utterance.speaker, style) if named and changed else ""
        blocks += segment(utterance, following, label, language, style, fitted)
    if labels:
        blocks = with_dialogues(blocks, style, lambda block: _reading_times(block, style)[0])
    made = timed(blocks, alignment.recording.duration, style, video)
    if not labels:
        return made
    unlabelled = _without_hasty_labels(blocks, made, language, style)
    if unlabelled != blocks:
        made = timed(unlabelled, alignment.recording.duration, style, video)
    if Labels.SOUNDS not in labels:
        return made
    return with_sounds(made, alignment.sounds, language, style, Clock(video.frame_rate))


def _start_of(said: Utterance | Draft) -> int:
    return said.span.start if isinstance(said, Draft) else said.words[0].start


def _colour_fails(speaker: str | None, before: str | None, colours: Mapping[str, str]) -> bool:
    """Whether no colour tells a speaker from the one before, or from the first: all beyond the fourth are white."""
    if not colours or speaker is None:
        return False
    beyond = list(colours).index(speaker) >= len(COLOURS)
    return beyond or (before is not None and colours[speaker] == colours[before])


def captions_of(
    alignment: Alignment,
    style: Style = DEFAULT,
    video: Video = PLAYER,
    labels: Labels = Labels.NONE,
    edits: Sequence[CueEdit] = (),
    drafts: bool = False,
) -> Captions:
    """Return the captions of an alignment, in its language and with its title: its `cues`, ready to be written."""
    return Captions(
        cues(alignment, style, video, labels, edits, drafts),
        alignment.transcript.language,
        alignment.transcript.title or "",
        alignment,
        video.frame_rate,
        coloured=style.speakers is Speakers.COLOUR and bool(labels),
    )


def timed(blocks: Sequence[Block], duration: int, style: Style, video: Video) -> tuple[Cue, ...]:
    """Return the blocks as cues, each with its time."""
    clock = Clock(video.frame_rate)
    spans = schedule(
        [Speech(block.start, block.end, *_reading_times(block, style)) for block in blocks],
        duration,
        style,
        clock,
        video.shots,
    )
    by_hand = {
        number: TimeSpan(
            start := max(0, span.start if block.edit.start is None else block.start + block.edit.start),
            max(start + 1, span.end if block.edit.end is None else block.end + block.edit.end),
        )
        for number, (block, span) in enumerate(zip(blocks, spans, strict=True))
        if block.edit is not None and (block.edit.start, block.edit.end) != (None, None)
    }
    gap = math.ceil(style.time(Kind.GAP, video.frame_rate) or 0)
    spans = shifted(spans, by_hand, duration, gap, clock)
    return tuple(
        Cue(
            span,
            block.speaker,
            block.lines,
            block.label,
            label_above=style.label_above,
            settings=style.settings,
            onsets=block.onsets,
            words=block.words,
            speech=TimeSpan(block.start, block.end) if block.words else None,
            by_hand=block.edit is not None,
        )
        for block, span in zip(blocks, spans, strict=True)
    )


def _without_hasty_labels(
    blocks: list[Block], made: Sequence[Cue], language: str, style: Style
) -> list[Block]:
    """Return the blocks without the labels that fast speech leaves no time to read.

    A label takes time to read too. Where a cue lacks the time that the style demands, the last label before it goes.
    """
    kept = list(blocks)
    labelled: int | None = None
    for number, (block, cue) in enumerate(zip(blocks, made, strict=True)):
        if block.label:
            labelled = number
        if labelled is not None and cue.span.duration < _reading_times(block, style)[0]:
            kept[labelled] = _without_label(kept[labelled], language, style)
            labelled = None
    return kept


def _without_label(block: Block, language: str, style: Style) -> Block:
    if block.edit is not None:
        return replace(block, label="")
    units = units_of(block.lines)
    levels = break_levels([unit.text for unit in units], language, [unit.glued for unit in units])
    return replace(block, label="", lines=lay_out(units, "", levels, style) or block.lines)


def label_of(speaker: str | None, style: Style) -> str:
    """Return the label by which a style names a speaker; "" for nobody.

    A name too long for half a line loses its title: "NATO Secretary General Mark Rutte" and "Rosa Balfour, Director
    Carnegie Europe" are labelled by first and last name, "Question from the audience" as a question.
    """
    name = " ".join((speaker or "").split())
    if not name:
        return ""
    if len(name) > style.max_line_length // 2:
        name = re.split(r"[,(/;]|\s(?:from|of|the|in|at|for)\s", name)[0].strip() or name
    if len(name) > style.max_line_length // 2 and all(word[:1].isupper() for word in name.split()):
        name = " ".join(name.split()[-2:])
    return style.label.replace("{name}", name).replace("{NAME}", name.upper())


def _reading_times(block: Block, style: Style) -> tuple[int, int]:
    """Return how many milliseconds a block needs by the style's demands, and by its recommendations too."""
    text = block.shown
    length, words = reading_length(text), word_count(text)
    required = max(style.min_duration, style.reading_time(length, words, Severity.ERROR))
    recommended = max(required, style.reading_time(length, words), 1000 * length // COMFORTABLE_SPEED)
    return min(style.max_duration, required), min(style.max_duration, recommended)
