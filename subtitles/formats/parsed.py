"""Captions from the cues of a file that is parsed in `transcripts/captions/`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.open_ends import with_ends
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.transcripts.captions.markup import plain
from asdelivered.transcripts.captions.model import CaptionFile
from asdelivered.transcripts.captions.times import ALMOST_TIMING

_SAMPLE = 4000
"""Bytes in which the first times of a file are sought."""


def timings_in(data: bytes) -> bool:
    """Whether a line near the beginning of a file has a time and an arrow, as in SubRip and WebVTT."""
    lines = data[:_SAMPLE].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").splitlines()
    return any(ALMOST_TIMING.match(line.decode("latin-1")) for line in lines)


def captions_in(file: CaptionFile, notes: Sequence[str], missing: str = "") -> Captions:
    """Return the cues, and what a file says about itself; `notes` were made before it was parsed.

    A cue without an out-time gets one, and a note. Raises SubtitleError: the times of a cue make no sense, or there is
    no cue where there must be one: `missing` says what was sought.
    """
    cues: list[Cue] = []
    open_ones = []
    for raw in file.cues:
        if raw.fault:
            raise SubtitleError(raw.fault)
        span = raw.span
        if span is None:
            assert raw.start is not None, "a cue has a span, a start or a fault"
            span = TimeSpan(raw.start, raw.start)
            open_ones.append(len(cues))
        cues.append(
            Cue(
                span,
                raw.voice,
                raw.lines,
                marked=safe_marks(raw.lines, raw.marked),
                voices=raw.voices,
                settings=raw.settings,
                region=raw.place,
                origin=raw.at,
            )
        )
    if missing and not cues:
        raise SubtitleError(f"no captions in it: {missing}")
    ended, given = with_ends(cues, open_ones)
    return Captions(
        ended,
        file.language,
        file.title,
        frame_rate=file.frame_rate,
        head=file.head,
        notes=(*notes, *file.notes, *given),
    )


def safe_marks(lines: tuple[str, ...], marked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines with their tags; none where words of theirs look like tags ("<b>" as text) and would be lost."""
    words = [line.split() for line in lines]
    return marked if [plain(line).split() for line in marked] == words else ()


def in_order(captions: Captions) -> Captions:
    """Return the captions with their cues in the order of time, for formats whose files need not have it."""
    return replace(captions, cues=tuple(sorted(captions.cues, key=lambda cue: cue.span)))
