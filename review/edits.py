"""A person's edits of a line: each edit becomes a pin, and the line is shown as it will be with the pin.

To accept a line keeps its start and end; to nudge it moves one of them; a line that nobody said loses its times.
"""

from __future__ import annotations

from dataclasses import replace

from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Status, without_times
from asdelivered.align.document.pins import Pin
from asdelivered.align.lines import summarised
from asdelivered.base.span import TimeSpan
from asdelivered.review.errors import ReviewError

SHORTEST = 10
"""The shortest a word can become, in ms."""
_GUESSED = 0.3
"""The confidence of a word whose time is only interpolated within its line."""


class EditError(ReviewError):
    """An edit can't be made; the message says why."""


def accepted(line: AlignedLine) -> Pin:
    """Return the pin that keeps a line as it is: its start and end, or that nobody said it."""
    if line.span is None:
        return Pin(line.id, line.text, unspoken=True)
    return Pin(line.id, line.text, start=line.span.start, end=line.span.end)


def moved(line: AlignedLine, start: int, end: int) -> Pin:
    """Return the pin that moves a line to `start` to `end`, in ms.

    Raises EditError where that is too short for its words, or the line has no word that can be heard.
    """
    sounding = sum(map(is_sounding, line.words))
    if not sounding:
        raise EditError(f"{line.id} has no word that can be heard, so it can't have a time")
    if end - start < SHORTEST * sounding:
        raise EditError(
            f"{line.id} has {sounding} words, which don't fit between {start / 1000:.3f} and {end / 1000:.3f} s"
        )
    return Pin(line.id, line.text, start=start, end=end)


def not_spoken(line: AlignedLine) -> Pin:
    """Return the pin that says that nobody said a line."""
    return Pin(line.id, line.text, unspoken=True)


def is_sounding(word: AlignedWord) -> bool:
    """Return whether a word can be heard; a dash on its own can't."""
    return word.span is not None or any(map(str.isalnum, word.text))


def as_pinned(line: AlignedLine, pin: Pin) -> AlignedLine:
    """Return a line with its pin. Words within the pin keep their times; those in the way of an edge make room."""
    if pin.unspoken:
        return without_times(line)
    assert pin.start is not None
    assert pin.end is not None
    span = TimeSpan(pin.start, pin.end)
    words = list(line.words)
    places = [place for place, word in enumerate(words) if word.span is not None]
    if not places:
        places = [place for place, word in enumerate(words) if is_sounding(word)]
        spans = _spread([words[place] for place in places], span)
    else:
        spans = _fitted([found for place in places if (found := words[place].span)], span)
    for number, (place, own) in enumerate(zip(places, spans, strict=True)):
        pinned = number in (0, len(places) - 1)
        word = words[place]
        status = Status.INTERPOLATED if word.span is None else word.status
        sure = _GUESSED if word.confidence is None else word.confidence
        words[place] = AlignedWord(
            word.text, Status.MATCHED if pinned else status, own, 1.0 if pinned else sure
        )
    return summarised(replace(line, words=tuple(words), span=span), list(filter(is_sounding, words)))


def _spread(words: list[AlignedWord], span: TimeSpan) -> list[TimeSpan]:
    """Give each word a share of the time, in proportion to its letters."""
    sizes = [len(word.text) for word in words]
    total, before, spans = sum(sizes), 0, []
    for size in sizes:
        edges = (span.start + span.duration * (before + part) // total for part in (0, size))
        spans.append(TimeSpan(*edges))
        before += size
    return spans


def _fitted(spans: list[TimeSpan], whole: TimeSpan) -> list[TimeSpan]:
    """Fit spans into `whole`: the outer ones are extended or cut to its edges, and those between stay if they can."""
    if spans[0].end < whole.start + SHORTEST or spans[-1].start > whole.end - SHORTEST:
        return _scaled(spans, whole)
    inner = [
        TimeSpan(max(one.start, whole.start), max(whole.start, min(one.end, whole.end))) for one in spans
    ]
    inner[0] = TimeSpan(whole.start, max(inner[0].end, whole.start))
    inner[-1] = TimeSpan(min(inner[-1].start, whole.end), whole.end)
    if any(one.duration < SHORTEST for one in inner):
        return _scaled(spans, whole)
    return inner


def _scaled(spans: list[TimeSpan], whole: TimeSpan) -> list[TimeSpan]:
    """Stretch or shrink all spans by one factor, so that together they fill `whole`."""
    first, length = spans[0].start, max(1, max(one.end for one in spans) - spans[0].start)

    def place(time: int) -> int:
        return whole.start + (time - first) * whole.duration // length

    return [TimeSpan(place(one.start), max(place(one.start), place(one.end))) for one in spans]
