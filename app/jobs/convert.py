"""Captions from one format into another, or to other times."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from asdelivered.app.jobs.output import check_not_input
from asdelivered.base.delivery import Delivery, check_replaceable, deliver, put
from asdelivered.base.errors import UsageError
from asdelivered.base.files import made_folder
from asdelivered.base.reading import read_file
from asdelivered.base.scratch import scratch_folder
from asdelivered.subtitles.convert import losses, moved
from asdelivered.subtitles.embedding import embed, format_inside, holds_plain_text
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.older import OLDER
from asdelivered.subtitles.formats.text import LARGEST
from asdelivered.subtitles.model import Captions
from asdelivered.subtitles.patching.patch import patched
from asdelivered.subtitles.read import read_captions
from asdelivered.subtitles.write import captions_file, find_format, format_by_ending, refitted

_MORE = {
    "vtt": (rb"<c[.>]|<lang|<ruby|^NOTE", "classes, languages, ruby and notes"),
    "srt": (rb"<font|X1:", "fonts, colours and coordinates"),
    "ass": (rb"^Style:", "styles, fonts and effects"),
    "ttml": (rb"<[^>]*style", "styles, colours and regions"),
    "stl": (rb"", "colours and boxes"),
    "microdvd": (rb"(?i)\{[cfsoph]:", "colours, fonts, sizes and places"),
    "spruce": (
        rb"(?im)^\s*\$(?:Font|Color|Horz|Vert|XOffset|YOffset|Fade|TextContrast)",
        "fonts, colours and places",
    ),
    "sami": (rb"(?i)<font|<style|style\s*=", "styles, fonts and colours"),
}
"""What the files of a format may have that is carried into no other, and what shows it."""


@dataclass(frozen=True)
class Track:
    """The recording that captions go into, their language (by default their own), and whether players show them."""

    recording: Path
    language: str | None = None
    default: bool | None = None


@dataclass(frozen=True)
class ConvertRequest:
    """The file, the new one, and its format (by default that of its ending).

    Times are multiplied by `stretch`, then moved by `shift` milliseconds. `from_rate` is the frame rate of the video
    that the captions fit; at `to_rate` the same frames are shown at other times. `frame_rate` is that of the video they
    are for, in formats that count frames, and `timecode` is where it begins, in milliseconds. `encoding` is that of a
    file that does not state it. With a `track` the new file is a copy of a recording that has the captions in it.
    """

    source: Path
    target: Path
    format: str | None = None
    shift: int = 0
    stretch: Fraction = Fraction(1)
    from_rate: Fraction | None = None
    to_rate: Fraction | None = None
    frame_rate: Fraction | None = None
    timecode: int = 0
    encoding: str | None = None
    track: Track | None = None
    force: bool = False

    @property
    def factor(self) -> Fraction:
        """By what all times are multiplied."""
        return self.stretch * (self.from_rate / self.to_rate if self.from_rate and self.to_rate else 1)


@dataclass(frozen=True)
class Converted:
    """The new file, what was skipped in the old one, and what the new one does not hold of it."""

    file: Path
    format: str
    cues: int
    notes: tuple[str, ...]
    lost: tuple[str, ...]
    inside: bool = False
    """Whether the new file is a recording with the captions in it."""

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "file": str(self.file),
            "format": self.format,
            "captions": self.cues,
            "notes": list(self.notes),
            "lost": list(self.lost),
        }

    def remarks(self) -> list[str]:
        """Return what was skipped and what is lost, a sentence each."""
        title = "its track" if self.inside else find_format(self.format).title
        return [f"note: {note}" for note in self.notes] + [
            f"lost: {title} cannot hold {what}" for what in self.lost
        ]


def convert_file(request: ConvertRequest) -> Converted:
    """Write a caption file in another format, or at other times.

    In the same format only the times change. Raises SubtitleError, MediaError, MissingExtraError, AppError,
    UsageError, NotOursError, and OSError where the file cannot be written.
    """
    captions, source_format = read_captions(
        request.source, request.encoding, request.from_rate or request.frame_rate
    )
    if (
        request.from_rate
        and not request.to_rate
        and not (source_format in OLDER and OLDER[source_format].counts_frames)
    ):
        raise UsageError(
            "--from-rate goes with --to-rate; alone it is for captions that count frames of a rate they do not state"
        )
    if request.track is not None:
        return _embedded(request, request.track, captions)
    target_format = request.format or format_by_ending(request.target, source_format)
    find_format(target_format)
    made = moved(captions, request.shift, request.factor)
    if request.timecode:
        made = replace(made, programme_start=request.timecode)
    if (rate := request.frame_rate or request.to_rate) is not None:
        made = replace(made, frame_rate=rate)
    check_not_input(request.target, [request.source])
    lost: tuple[str, ...] = ()
    notes: list[str] = []
    if (
        target_format != source_format
        or request.timecode
        or not _patch(request, captions, made, target_format)
    ):
        data = read_file(request.source, LARGEST, "caption file", SubtitleError)
        lost = (*losses(made, target_format), *_more(data, source_format))
        form = find_format(target_format)
        made, anew = refitted(made, form)
        put(request.target, captions_file(made, target_format, request.target), force=request.force)
        notes = [anew, form.remark(made)]
    return Converted(
        request.target, target_format, len(made.cues), (*captions.notes, *filter(None, notes)), lost
    )


def _embedded(request: ConvertRequest, track: Track, captions: Captions) -> Converted:
    """Write a copy of the recording that has the captions as one more track."""
    inside = format_inside(request.target, request.format)
    check_not_input(request.target, [request.source, track.recording])
    check_replaceable([request.target], request.force)
    made = moved(captions, request.shift, request.factor)
    made = replace(made, language=track.language or made.language)
    lost = losses(made, "mov_text" if holds_plain_text(request.target) else inside)
    with made_folder(request.target.parent), scratch_folder(request.target.parent) as folder:
        staged = folder / request.target.name
        done = embed(made, track.recording, staged, inside, track.default)
        deliver([Delivery(request.target, staged)], request.force)
    return Converted(request.target, inside, len(made.cues), captions.notes, (*lost, *done.left_out), True)


def _patch(request: ConvertRequest, before: Captions, after: Captions, format: str) -> bool:
    """Write the file with other times and all else as it is; return False where it has to be written anew."""
    if request.encoding is not None:
        return False
    data = read_file(request.source, LARGEST, "caption file", SubtitleError)
    try:
        made = patched(data, before, after.cues, format)
    except SubtitleError:  # what is lost by writing it anew is reported
        return False
    put(request.target, made, force=request.force)
    return True


def _more(data: bytes, format: str) -> list[str]:
    pattern, phrase = _MORE.get("ttml" if format in ("ebu-tt-d", "itt") else format, (b"(?!)", ""))
    return [phrase] if re.search(pattern, data, re.MULTILINE) else []
