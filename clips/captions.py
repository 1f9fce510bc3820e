"""The captions of clips: those of the event, timed from the start of the clip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.excerpt import excerpt
from asdelivered.base.span import TimeSpan
from asdelivered.clips.plan import clip_span
from asdelivered.media.edit import Clip
from asdelivered.media.rendering.burn_in import BurnedInCaption
from asdelivered.subtitles.cues import cues
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.style import Style


def clip_cues(alignment: Alignment, clip: Clip, style: Style) -> tuple[Cue, ...]:
    """Return the captions of what is said in a clip, in milliseconds from its start."""
    return cues(excerpt(alignment, clip_span(clip)), style)


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


def burned_in(own: Sequence[Cue]) -> tuple[BurnedInCaption, ...]:
    """Return cues as captions to be drawn into a picture."""
    return tuple(BurnedInCaption(cue.span, cue.shown) for cue in own)


def as_captions(own: tuple[Cue, ...], alignment: Alignment, title: str) -> Captions:
    """Return cues as captions to be written to a file."""
    return Captions(own, alignment.transcript.language, title)
