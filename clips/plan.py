"""From quotes to clips: each quote is found, and cut where a sound editor would cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from asdelivered.align.document.alignment import Alignment, Sound
from asdelivered.align.document.quotes import Quote, index_alignment
from asdelivered.base.clocks import clock, shortened
from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan
from asdelivered.clips.errors import ClipError
from asdelivered.clips.notes import notes_on
from asdelivered.clips.places import FoundQuote, find_places
from asdelivered.clips.quote_file import QuoteRequest
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.cut_points import CutPoint, QuoteTiming, cut_points
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import EditSource
from asdelivered.media.text import one_line

STEP = "cutting"
LONGEST_NAME = 72
"""Characters of a clip's name."""


@dataclass(frozen=True)
class QuotedClip:
    """A clip, and the quote that it was made for; of merged clips, the first one's."""

    clip: Clip
    quote: Quote


@dataclass(frozen=True)
class Failure:
    """A quote that no clip could be made of, and the reason, a sentence."""

    request: QuoteRequest
    reason: str


@dataclass(frozen=True)
class Plan:
    """The clips in their order, and the quotes that failed."""

    clips: tuple[QuotedClip, ...]
    failures: tuple[Failure, ...]


def plan_clips(
    alignment: Alignment,
    source: EditSource,
    requests: Sequence[QuoteRequest],
    handles: int,
    observer: Observer,
) -> Plan:
    """Find each quote and cut its clip, in the given order; `handles` is in ms.

    Raises MediaError where the recording can't be read.
    """
    indexed = index_alignment(alignment)
    found: list[FoundQuote] = []
    failures: list[Failure] = []
    for request in requests:
        try:
            found += find_places(indexed, request, source)
        except ClipError as error:
            failures.append(Failure(request, str(error)))
    return Plan(cut_quotes(found, alignment.sounds, source, handles, observer), tuple(failures))


def cut_quotes(
    found: Sequence[FoundQuote],
    sounds: Sequence[Sound],
    source: EditSource,
    handles: int,
    observer: Observer,
) -> tuple[QuotedClip, ...]:
    """Cut the clips of quotes that have a time, in the given order; `sounds` are the applause and music of the event.

    Raises MediaError where the recording can't be read.
    """
    clips: dict[int, QuotedClip] = {}
    done = 0.0
    observer.started(STEP, sum(_seconds(one.quote) for one in found))
    with open_audio(source.recording) as reader:
        # In the order of the recording, so that it is read from front to back.
        for number, one in sorted(enumerate(found), key=lambda numbered: _start(numbered[1].quote)):
            quote = one.quote
            assert quote.span is not None
            if one.exact is not None:
                edges = _exact_edges(one.exact, source, handles)
            else:
                timing = QuoteTiming(quote.span, quote.before, quote.after)
                edges = cut_points(reader, source, timing, handles)
            notes = tuple(notes_on(quote, edges, one.occurrences, sounds))
            clips[number] = QuotedClip(_clip(one, edges, notes), quote)
            done += _seconds(quote)
            observer.advanced(STEP, done)
    observer.finished(STEP)
    return tuple(clips[number] for number in sorted(clips))


def clip_span(clip: Clip) -> TimeSpan:
    """Return when a clip starts and ends, to the millisecond."""
    return TimeSpan(round(clip.start * 1000), round(clip.end * 1000))


def spoken_words(alignment: Alignment, clip: Clip) -> tuple[TimeSpan, ...]:
    """Return when each word was said that lies whole within a clip, in ms on the recording's clock."""
    whole = clip_span(clip)
    spans = (word.span for line in alignment.lines for word in line.words)
    return tuple(
        span for span in spans if span is not None and whole.start <= span.start and span.end <= whole.end
    )


def clip_to_json(clip: Clip) -> dict[str, Any]:
    """Return a clip as JSON values, without its notes; times in seconds."""
    return {
        "name": clip.name,
        "speaker": clip.speaker,
        "text": clip.text,
        "start": round(float(clip.start), 3),
        "end": round(float(clip.end), 3),
    }


def _seconds(quote: Quote) -> float:
    return quote.span.duration / 1000 if quote.span else 0.0


def _start(quote: Quote) -> int:
    return quote.span.start if quote.span else 0


def _exact_edges(
    times: tuple[Fraction, Fraction], source: EditSource, handles: int
) -> tuple[CutPoint, CutPoint]:
    extra = Fraction(handles, 1000)
    start = max(Fraction(0), times[0] - extra)
    end = min(Fraction(source.recording.duration, 1000), times[1] + extra)
    return CutPoint(start, tight=False, applause=False), CutPoint(end, tight=False, applause=False)


def _clip(found: FoundQuote, edges: tuple[CutPoint, CutPoint], notes: tuple[str, ...]) -> Clip:
    start, end = edges[0].time, edges[1].time
    quote = found.quote
    speaker = one_line(", ".join(quote.speakers)) or None
    text = one_line(quote.text)
    name = one_line(found.request.name or "")
    if not name and text:
        name = shortened(f"{f'{speaker}: ' if speaker else ''}“{text}”", LONGEST_NAME)
    elif not name:
        name = f"{clock(round(start * 1000))} to {clock(round(end * 1000))}"
    if found.part is not None:
        number, count = found.part
        name = f"{name} ({number} of {count})" if found.request.name else name
        notes = (f"part {number} of {count} of a quote that leaves something out", *notes)
    return Clip(name, start, end, speaker, text, notes)
