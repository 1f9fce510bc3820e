"""From quotes to clips: each quote is found, and cut where a sound editor would cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from asdelivered.align.document.alignment import Alignment, Sound
from asdelivered.align.document.quotes import Quote, find_quotes, index_alignment
from asdelivered.base.clocks import clock, shortened
from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan
from asdelivered.clips.notes import notes_on
from asdelivered.clips.quote_file import QuoteRequest
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.cut_points import CutPoint, QuoteTiming, cut_points
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import EditSource
from asdelivered.media.text import one_line

STEP = "cutting"
LONGEST_NAME = 72
"""Characters of a clip's name."""
MOST_PLACES = 5
"""Places to look at for each quote, to see whether its words were said more than once."""


@dataclass(frozen=True)
class QuotedClip:
    """A clip, and the quote that it was made for; of merged clips, the first one's."""

    clip: Clip
    quote: Quote


@dataclass(frozen=True)
class FoundQuote:
    """A quote that was asked for and found; `occurrences` is how often the same words were said."""

    request: QuoteRequest
    quote: Quote
    occurrences: int = 1


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
        quotes = find_quotes(indexed, request.text, MOST_PLACES)
        reason = _why_not(request, quotes, source)
        if reason:
            failures.append(Failure(request, reason))
        else:
            same = sum(quote.score == quotes[0].score and quote.span is not None for quote in quotes)
            found.append(FoundQuote(request, quotes[0], same))
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
            timing = QuoteTiming(quote.span, quote.before, quote.after)
            edges = cut_points(reader, source, timing, handles)
            notes = tuple(notes_on(quote, edges, one.occurrences, sounds))
            clips[number] = QuotedClip(_clip(one.request, quote, edges, notes), quote)
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


def _why_not(request: QuoteRequest, quotes: Sequence[Quote], source: EditSource) -> str | None:
    """Return why there can be no clip of a quote; None where there can."""
    if not request.text:
        return "there is no quote in this row"
    if not quotes:
        return "nothing like it stands in the transcript"
    span = quotes[0].span
    if span is None:
        return "it stands in the transcript, but was not spoken in the recording"
    if span.end > source.recording.duration:
        return f"it was said at {clock(span.start)}, and the recording ends at {clock(source.recording.duration)}"
    return None


def _clip(
    request: QuoteRequest, quote: Quote, edges: tuple[CutPoint, CutPoint], notes: tuple[str, ...]
) -> Clip:
    start, end = edges[0].time, edges[1].time
    speaker = one_line(", ".join(quote.speakers)) or None
    text = one_line(quote.text)
    name = one_line(request.name or "") or shortened(
        f"{f'{speaker}: ' if speaker else ''}“{text}”", LONGEST_NAME
    )
    return Clip(name, start, end, speaker, text, notes)
