"""Find a quote in an alignment: when it was said, a link to that second, and how to cite it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import load
from asdelivered.align.document.event import Event, event_of
from asdelivered.align.document.quotes import ANY, Choice, Quote, index_alignment, nearest_quote
from asdelivered.align.document.recording_file import find_recording
from asdelivered.align.errors import AlignError
from asdelivered.base.span import TimeSpan
from asdelivered.clips.citation import citation
from asdelivered.clips.places import find_wording
from asdelivered.media.edit_source import EditSource, as_edit_source
from asdelivered.media.errors import MediaError
from asdelivered.media.links import check_address, link_to, link_to_file
from asdelivered.media.timecode import to_label

CHANGED = 1000
"""Milliseconds by which a recording may be longer or shorter than the alignment says; beyond it, it is another one."""


@dataclass(frozen=True)
class Hit:
    """A place where a quote was found.

    `timecode` is the recording's own, first frame and one past the last; None where the words were not spoken, or the
    recording isn't there or has no timecode. `link` leads to the second; None where the words were not spoken. `event`
    is the name of the event in an archive, and `around` what stands there before and after the words, in their lines.
    """

    quote: Quote
    timecode: tuple[str, str] | None
    link: str | None
    citation: str
    event: str | None = None
    around: tuple[str, str] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values; times in seconds."""
        quote = self.quote
        return {
            "start": None if quote.span is None else quote.span.start / 1000,
            "end": None if quote.span is None else quote.span.end / 1000,
            "timecode": self.timecode and {"in": self.timecode[0], "out": self.timecode[1]},
            "speaker": ", ".join(quote.speakers) or None,
            "speakers": list(quote.speakers),
            "text": quote.text,
            "turns": [{"speaker": speaker, "text": text} for speaker, text in quote.turns],
            "score": round(quote.score, 3),
            "differences": [
                {"kind": one.kind.value, "quoted": one.quoted, "said": one.said} for one in quote.differences
            ],
            "confidence": None if quote.confidence is None else round(quote.confidence, 3),
            "spoken": quote.span is not None,
            "words_not_heard": quote.unheard,
            "lines": list(quote.lines),
            "link": self.link,
            "citation": self.citation,
            **({"event": self.event} if self.event is not None else {}),
            **({"before": self.around[0], "after": self.around[1]} if self.around is not None else {}),
        }


@dataclass(frozen=True)
class QuoteOrigin:
    """Where quotes come from: the event, and its recording.

    `source` is None where the recording has no timecode, or isn't the one that was aligned. `url` is its address on the
    web, for links.
    """

    event: Event
    recording: Path
    source: EditSource | None
    url: str | None


def find_in_alignment(
    path: Path, quote: str, limit: int, url: str | None, recording: Path | None, choice: Choice = ANY
) -> tuple[Hit, ...]:
    """Return at most `limit` places of the alignment at `path` that match a quote, the best match first.

    `choice` says which places are meant. Links lead into the recording at the address `url`, or else into its file.
    Raises AlignError where the alignment can't be read, UsageError where `url` is no address, MediaError where
    `recording` is given and can't be read.
    """
    alignment = load(path)
    quotes = find_wording(index_alignment(alignment), quote, limit, choice)
    if url is not None:
        check_address(url)  # a wrong address is an error, even if nothing is found
    if not quotes:
        return ()
    file, source = _source(alignment, path, recording)
    origin = QuoteOrigin(event_of(alignment, path), file, source, url)
    return tuple(hit_of(quote, alignment, origin) for quote in quotes)


def nearest_in_alignment(
    path: Path, quote: str, url: str | None, recording: Path | None, choice: Choice = ANY
) -> Hit | None:
    """Return the place of the alignment at `path` that is most like a quote which `find_in_alignment` did not find.

    None where hardly any word is there. Raises the same errors.
    """
    alignment = load(path)
    place = nearest_quote(index_alignment(alignment), quote, choice)
    if place is None:
        return None
    file, source = _source(alignment, path, recording)
    return hit_of(place, alignment, QuoteOrigin(event_of(alignment, path), file, source, url))


def hit_of(quote: Quote, alignment: Alignment, origin: QuoteOrigin) -> Hit:
    """Return a quote with its timecode, link and citation."""
    span, timecode, link = quote.span, None, None
    if span is not None:
        timecode = timecode_of(span, origin.source) if origin.source else None
        link = link_to(origin.url, span) if origin.url else link_to_file(origin.recording, span)
    return Hit(quote, timecode, link, citation(quote, alignment, origin.event, timecode))


def _source(alignment: Alignment, path: Path, given: Path | None) -> tuple[Path, EditSource | None]:
    """Return where the recording is, or was; and the recording, if it is there, is the aligned one and has timecode."""
    try:
        file = find_recording(alignment, path, given)
        from asdelivered.media.recording import open_recording  # with the decoder

        source = as_edit_source(open_recording(file))
    except (AlignError, MediaError):
        if given is not None:
            raise
        return path.parent / alignment.recording.path, None  # without it there are still times, in seconds
    recording = source.recording
    same = given is not None or abs(recording.duration - alignment.recording.duration) <= CHANGED
    counts = recording.video or recording.timecode or recording.samples_since_midnight is not None
    return file, source if same and counts else None


def timecode_of(span: TimeSpan, source: EditSource) -> tuple[str, str]:
    """Return the timecodes of the frames that hold a span: of the first, and of the one after the last."""
    frames = [(Fraction(time, 1000) - source.start) * source.rate.fps for time in (span.start, span.end)]
    first, last = math.floor(frames[0]), math.ceil(frames[1])
    return to_label(source.first + first, source.rate), to_label(source.first + last, source.rate)


def hits_to_json(quote: str, hits: Sequence[Hit]) -> dict[str, Any]:
    """Return a quote and its hits as JSON values."""
    return {"quote": quote, "found": len(hits), "hits": [hit.to_json() for hit in hits]}
