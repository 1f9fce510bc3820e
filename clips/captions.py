"""The captions of clips: those of the event, on the clip's own clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.excerpt import excerpt
from asdelivered.base.span import TimeSpan
from asdelivered.clips.plan import clip_span
from asdelivered.media.clips import Clip
from asdelivered.media.rendering.burned import Caption
from asdelivered.subtitles.cues import cues
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.style import Style


def clip_cues(alignment: Alignment, clip: Clip, style: Style) -> tuple[Cue, ...]:
    """Return the captions of what is said in a clip, in milliseconds from its start."""
    return cues(excerpt(alignment, clip_span(clip)), style)


def reel_cues(of_clips: Sequence[tuple[Cue, ...]], clips: Sequence[Clip]) -> tuple[Cue, ...]:
    """Return the captions of clips that follow each other as one reel."""
    joined: list[Cue] = []
    start = 0.0
    for own, clip in zip(of_clips, clips, strict=True):
        at = round(start)
        end = round(start + float(clip.duration) * 1000)
        joined += [
            replace(cue, span=TimeSpan(cue.span.start + at, min(cue.span.end + at, end))) for cue in own
        ]
        start += float(clip.duration) * 1000
    return tuple(joined)


def drawn(own: Sequence[Cue]) -> tuple[Caption, ...]:
    """Return captions as they are drawn into a picture."""
    return tuple(Caption(cue.span, cue.shown) for cue in own)


def as_captions(own: tuple[Cue, ...], alignment: Alignment, title: str) -> Captions:
    """Return captions as they are written into a file."""
    return Captions(own, alignment.transcript.language, title)
