"""The captions of clips: those of the event, timed from the start of the clip."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.excerpt import excerpt
from asdelivered.base.span import TimeSpan
from asdelivered.clips.plan import clip_span
from asdelivered.media.edit import Clip
from asdelivered.media.rendering.burn_in import BurnedInCaption
from asdelivered.subtitles.cues import Labels, cues
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.style import Style

LOOK_AHEAD = 6
"""Words among which that of a caption is looked for."""
PAUSE = 300
"""Milliseconds between two words over which the first one stays lit."""


def clip_cues(alignment: Alignment, clip: Clip, style: Style) -> tuple[Cue, ...]:
    """Return the captions of what is said in a clip, in milliseconds from its start.

    Where several people speak in it each is named, in any style: nobody's words are to be taken for another's.
    """
    said = excerpt(alignment, clip_span(clip))
    several = len({line.speaker for line in said.lines if line.words}) > 1
    return cues(said, style, labels=Labels.NAMES if several else Labels.NONE)


def reel_cues(cues_by_clip: Sequence[tuple[Cue, ...]], clips: Sequence[Clip]) -> tuple[Cue, ...]:
    """Return the captions of clips that follow each other as one reel, in milliseconds from the start of the reel."""
    joined: list[Cue] = []
    start = 0.0
    for own, clip in zip(cues_by_clip, clips, strict=True):
        offset = round(start)
        end = round(start + float(clip.duration) * 1000)
        joined += [
            replace(cue, span=TimeSpan(cue.span.start + offset, min(cue.span.end + offset, end)))
            for cue in own
        ]
        start += float(clip.duration) * 1000
    return tuple(joined)


def burned_in(own: Sequence[Cue], spoken: Sequence[tuple[str, TimeSpan]] = ()) -> tuple[BurnedInCaption, ...]:
    """Return cues as captions to be drawn into a picture; where `spoken` is given, each word is lit while it is said.

    `spoken` are the words of the clip in order, with their times from its start. What a style adds, such as a name, or
    leaves out is passed over.
    """
    captions = []
    place = 0
    for cue in own:
        lit = []
        for number, shown in enumerate(" ".join(cue.shown).split()):
            near = spoken[place : place + LOOK_AHEAD]
            at = next((at for at, (word, _) in enumerate(near) if _bare(word) == _bare(shown)), None)
            if at is not None and _bare(shown):
                place += at + 1
                lit.append((near[at][1], number))
        captions.append(BurnedInCaption(cue.span, cue.shown, tuple(lit)))
    return tuple(captions)


def spoken_in(alignment: Alignment, clip: Clip) -> tuple[tuple[str, TimeSpan], ...]:
    """Return the words of a clip that have a time, in ms from its start; each is lit until the next one begins."""
    whole = clip_span(clip)
    words = [
        (word.text, word.span)
        for line in excerpt(alignment, whole).lines
        for word in line.words
        if word.span is not None
    ]
    ends = [*(max(span.start + 1, after.start) for (_, span), (_, after) in itertools.pairwise(words)), None]
    return tuple(
        (text, TimeSpan(span.start, span.end if end is None or end > span.end + PAUSE else end))
        for (text, span), end in zip(words, ends, strict=False)
    )


def _bare(word: str) -> str:
    return "".join(char for char in word.casefold() if char.isalnum())


def as_captions(own: tuple[Cue, ...], alignment: Alignment, title: str) -> Captions:
    """Return cues as captions to be written to a file."""
    return Captions(own, alignment.transcript.language, title)
