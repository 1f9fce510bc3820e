"""Where a known text is in a sound of which no word need be recognised: windows of it, scored with the text around.

A scorer takes some half a minute of sound and puts a given text on it. At the edges of such a window it errs: its first
word takes all that comes before, and the text of a window is known only as well as the places of its lines are. So
each piece of the text is looked at with its neighbours on both sides, in windows that overlap; of several views of a
piece that counts in which it is nearest to the middle. What was found says better than the guess before it which
text is in which window, so all is done twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.engines.scorer import Scorer, WordFit
from asdelivered.base.span import TimeSpan

_REACH = 4_750
"""Milliseconds from the middle of a window within which a piece has enough around it."""
_AHEAD = 4
"""Windows that see a piece in the middle of the first of them, at most: what is behind is not changed any more."""

Samples = Callable[[TimeSpan], NDArray[np.int16]]
"""Gives the sound of a stretch of the recording, 16 kHz mono."""


@dataclass(frozen=True)
class Piece:
    """A line, or a sentence of it, and where it is about; those that are not `wanted` are there for the others."""

    words: tuple[str, ...]
    place: TimeSpan
    wanted: bool = True


@dataclass
class _Sight:
    """What is known of a piece so far: where its words are, and how far from the middle of the window."""

    place: TimeSpan
    words: tuple[WordFit, ...] = ()
    off: float = np.inf


def fit_pieces(
    scorer: Scorer, pieces: Sequence[Piece], samples: Samples, duration: int
) -> list[tuple[WordFit, ...]]:
    """Return where the words of each piece are, on the clock of the recording; nothing for one that was not seen.

    The pieces are in order, and so are their places. `duration` is that of the recording, in milliseconds.
    """
    windows = choose_windows(pieces, scorer.longest, duration)
    first = [_Sight(piece.place) for piece in pieces]
    second = [_Sight(piece.place) for piece in pieces]
    waiting: deque[tuple[TimeSpan, object]] = deque()
    for number in range(len(windows) + _AHEAD):
        if number < len(windows):
            heard = scorer.listen(samples(windows[number]))
            waiting.append((windows[number], heard))
            places = [sight.place for sight in first]
            _look(scorer, pieces, places, windows[number], heard, first)
        if number >= _AHEAD:
            window, heard = waiting.popleft()
            _look(scorer, pieces, _in_order([sight.place for sight in first]), window, heard, second)
    return [sight.words for sight in second]


def choose_windows(pieces: Sequence[Piece], longest: int, duration: int) -> list[TimeSpan]:
    """Return windows such that each wanted piece is near the middle of one, as far as the recording's ends allow."""
    windows: list[TimeSpan] = []
    covered = -1
    for piece in pieces:
        middle = _middle(piece.place)
        if piece.wanted and middle > covered:
            start = max(0, min(middle + _REACH - longest // 2, duration - longest))
            windows.append(TimeSpan(start, min(duration, start + longest)))
            covered = middle + 2 * _REACH
    return windows


def _look(
    scorer: Scorer,
    pieces: Sequence[Piece],
    places: Sequence[TimeSpan],
    window: TimeSpan,
    heard: object,
    sights: list[_Sight],
) -> None:
    """Fit to a window the pieces that are inside it, and keep of each what was seen, if it is the best view so far."""
    inside = [at for at, place in enumerate(places) if window.start <= place.start and place.end <= window.end]
    if not any(pieces[at].wanted for at in inside):
        return
    inside = list(range(inside[0], inside[-1] + 1))
    fits = scorer.fit(heard, [word for at in inside for word in pieces[at].words])
    if not fits:
        return
    next_word = 0
    for at in inside:
        count = len(pieces[at].words)
        words = tuple(
            replace(fit, start=fit.start + window.start, end=fit.end + window.start)
            for fit in fits[next_word : next_word + count]
        )
        next_word += count
        off = abs(_middle(places[at]) - _middle(window))
        if pieces[at].wanted and count and off < sights[at].off:
            sights[at] = _Sight(TimeSpan(words[0].start, max(words[0].start, words[-1].end)), words, off)


def _in_order(places: Sequence[TimeSpan]) -> list[TimeSpan]:
    return list(places)


def _middle(span: TimeSpan) -> int:
    return (span.start + span.end) // 2
