"""From quotes to clips: each found, cut where a sound editor would cut, with a note of what a person should look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from asdelivered.align.document.alignment import Alignment, Sound
from asdelivered.align.document.excerpt import excerpt
from asdelivered.align.document.quotes import Quote, find_quotes, index_alignment
from asdelivered.base.clocks import clock, shortened
from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan
from asdelivered.clips.quote_file import WantedQuote
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.cut_points import CutPoint, QuoteTiming, cut_points
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import EditSource
from asdelivered.media.text import one_line

STEP = "cutting"
LONGEST_NAME = 72
"""Characters of a clip's name."""
UNSURE = 0.6
"""A confidence below which a person should listen."""
ALIKE = 0.9
"""A score below which the words are not those that were asked for."""
PLACES = 5
"""Places that are looked at, to tell that a phrase was said more than once."""


@dataclass(frozen=True)
class PlannedClip:
    """A clip, and the quote that it was made for (the first one, of clips that were merged)."""

    clip: Clip
    quote: Quote


def clip_to_json(clip: Clip) -> dict[str, Any]:
    """Return as JSON values what a clip is; times in seconds."""
    return {
        "name": clip.name,
        "speaker": clip.speaker,
        "text": clip.text,
        "start": round(float(clip.start), 3),
        "end": round(float(clip.end), 3),
    }


@dataclass(frozen=True)
class Failure:
    """A quote of which no clip could be made, and why: a sentence."""

    wanted: WantedQuote
    reason: str


@dataclass(frozen=True)
class Plan:
    """The clips in their order, and what failed."""

    clips: tuple[PlannedClip, ...]
    failures: tuple[Failure, ...]


def plan_clips(
    alignment: Alignment, source: EditSource, wanted: Sequence[WantedQuote], handles: int, observer: Observer
) -> Plan:
    """Find each quote and cut its clip, in the given order; `handles` is in ms.

    Raises MediaError where the recording can't be read.
    """
    indexed = index_alignment(alignment)
    found: list[tuple[int, Quote, int]] = []
    failures: list[Failure] = []
    for number, one in enumerate(wanted):
        quotes = find_quotes(indexed, one.text, PLACES)
        reason = _why_not(one, quotes, source)
        if reason:
            failures.append(Failure(one, reason))
        else:
            alike = sum(quote.score == quotes[0].score and quote.span is not None for quote in quotes)
            found.append((number, quotes[0], alike))
    chosen = [(wanted[number], quote, alike) for number, quote, alike in found]
    return Plan(cut_quotes(chosen, alignment, source, handles, observer), tuple(failures))


def cut_quotes(
    found: Sequence[tuple[WantedQuote, Quote, int]],
    alignment: Alignment,
    source: EditSource,
    handles: int,
    observer: Observer,
) -> tuple[PlannedClip, ...]:
    """Cut the clips of quotes that have a time, in the given order; with each, how often its words were said.

    Raises MediaError where the recording can't be read.
    """
    clips: dict[int, PlannedClip] = {}
    done = 0.0
    observer.started(STEP, sum(_seconds(quote) for _, quote, _ in found))
    with open_audio(source.recording) as reader:
        # In the order of the recording, so that it is read from front to back.
        for number, (wanted, quote, alike) in sorted(enumerate(found), key=lambda one: _start(one[1])):
            assert quote.span is not None
            edges = cut_points(reader, source, QuoteTiming(quote.span, quote.before, quote.after), handles)
            notes = tuple(_notes(quote, edges, alike, alignment.sounds))
            clips[number] = PlannedClip(_clip(wanted, quote, edges, notes), quote)
            done += _seconds(quote)
            observer.advanced(STEP, done)
    observer.finished(STEP)
    return tuple(clips[number] for number in sorted(clips))


def in_time(clips: Iterable[PlannedClip]) -> tuple[PlannedClip, ...]:
    """Return clips in the order in which they were said."""
    return tuple(sorted(clips, key=lambda one: (one.clip.start, one.clip.end)))


def merged(clips: Sequence[PlannedClip], alignment: Alignment) -> tuple[PlannedClip, ...]:
    """Return clips of which those that overlap, or touch, have become one, at the place of the first of them."""
    groups: list[list[int]] = []
    end = None
    for number in sorted(range(len(clips)), key=lambda at: clips[at].clip.start):
        clip = clips[number].clip
        if end is not None and clip.start <= end:
            groups[-1].append(number)
            end = max(end, clip.end)
        else:
            groups.append([number])
            end = clip.end
    return tuple(_joined([clips[number] for number in group], alignment) for group in sorted(groups, key=min))


def clip_span(clip: Clip) -> TimeSpan:
    """Return when a clip is, to the millisecond."""
    return TimeSpan(round(clip.start * 1000), round(clip.end * 1000))


def _seconds(quote: Quote) -> float:
    return quote.span.duration / 1000 if quote.span else 0.0


def _start(found: tuple[WantedQuote, Quote, int]) -> int:
    return found[1].span.start if found[1].span else 0


def _why_not(wanted: WantedQuote, quotes: Sequence[Quote], source: EditSource) -> str | None:
    if not wanted.text:
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
    wanted: WantedQuote, quote: Quote, edges: tuple[CutPoint, CutPoint], notes: tuple[str, ...]
) -> Clip:
    start, end = edges[0].time, edges[1].time
    speaker = one_line(", ".join(quote.speakers)) or None
    text = one_line(quote.text)
    name = one_line(wanted.name or "") or shortened(
        f"{f'{speaker}: ' if speaker else ''}“{text}”", LONGEST_NAME
    )
    return Clip(name, start, end, speaker, text, notes)


def _notes(
    quote: Quote, edges: tuple[CutPoint, CutPoint], alike: int, sounds: Sequence[Sound]
) -> Iterator[str]:
    """Yield what a person should look at before using a clip."""
    first, last = edges
    if quote.score < ALIKE:
        yield f"the words differ from those that were asked for (score {quote.score:.2f})"
    if alike > 1:
        yield f"the same words were said {alike} times, this is the first"
    if not quote.begins_sentence:
        yield "begins in the middle of a sentence"
    if not quote.ends_sentence:
        yield "ends in the middle of a sentence"
    if first.tight:
        yield "no pause before its first word"
    if last.tight:
        yield "no pause after its last word"
    if first.applause or _is_within(first, sounds):
        yield "applause or other noise runs over its start"
    if last.applause or _is_within(last, sounds):
        yield "applause or other noise runs over its end"
    if quote.overlapped:
        yield "somebody else speaks at the same time"
    if quote.interrupted:
        yield "something is said in it that the transcript lacks"
    if quote.unheard:
        yield f"{quote.unheard} of its words were not heard"
    if quote.edge_confidence is not None and quote.edge_confidence < UNSURE:
        yield f"the time of its first or last word is uncertain (confidence {quote.edge_confidence:.2f})"
    elif quote.confidence is not None and quote.confidence < UNSURE:
        yield f"low confidence ({quote.confidence:.2f})"


def _is_within(point: CutPoint, sounds: Sequence[Sound]) -> bool:
    return any(sound.span.start < point.time * 1000 < sound.span.end for sound in sounds)


def _joined(clips: Sequence[PlannedClip], alignment: Alignment) -> PlannedClip:
    """Return one clip for several that overlap, given in the order of time."""
    if len(clips) == 1:
        return clips[0]
    parts = [planned.clip for planned in clips]
    whole = replace(parts[0], end=max(part.end for part in parts))
    lines = excerpt(alignment, clip_span(whole)).lines
    speakers = dict.fromkeys(part.speaker for part in parts if part.speaker)
    return replace(
        clips[0],
        clip=replace(
            whole,
            speaker=", ".join(speakers) or None,
            text=one_line(" ".join(line.text for line in lines)),
            notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        ),
    )
