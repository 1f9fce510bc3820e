"""Where a known text is in a sound, without a word of it being recognised: windows, each scored with the text around.

A scorer puts a given text on half a minute of sound. It errs at the edges of such a window, whose first word takes all
that comes before it; and which text is in a window is known only as well as where the lines are. So each piece of the
text is looked at with its neighbours on both sides, in windows that overlap, and the view in which it is nearest to the
middle counts. Once that is done, it is better known which text is in which window: so it is done twice.

Whether a piece was said at all is told by how much likelier its words are with this sound than with other speech of
the same recording: that has the same voices and the same room, and some words are likely whatever is heard.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.engines.scorer import Scorer, WordFit
from asdelivered.base.span import TimeSpan

_REACH = 4_750
"""Milliseconds from the middle of a window within which a piece has enough around it."""
_BEHIND = 3
"""Windows by which the second look is behind the first: so many begin before one of them has ended."""
_RATE = 16
"""Samples in a millisecond."""

Samples = NDArray[np.int16]


@dataclass(frozen=True)
class Piece:
    """A line, or a sentence of it, and where it is, roughly; those that are not `wanted` only help the others."""

    words: tuple[str, ...]
    place: TimeSpan
    wanted: bool = True


@dataclass(frozen=True)
class View:
    """Where the words of a piece are, and how far the piece is from the middle of the window, in milliseconds.

    `evidence` is the mean over all parts of words of the log-probability with this sound, less that with other speech.
    """

    words: tuple[WordFit, ...]
    off_middle: int
    evidence: float = 0.0

    @property
    def place(self) -> TimeSpan:
        """From the first word to the last."""
        return TimeSpan(self.words[0].start, max(self.words[0].start, self.words[-1].end))


def fit_pieces(
    scorer: Scorer,
    pieces: Sequence[Piece],
    windows: Sequence[TimeSpan],
    sounds: Iterable[Samples],
    done: Callable[[TimeSpan], None] = lambda window: None,
) -> list[View | None]:
    """Return where the words of each piece are, on the clock of the recording; None for one that was not seen.

    The pieces are in order, and so are their places, and the `windows`; `sounds` has the sound of each window. `done`
    is called after each.
    """
    first: list[View | None] = [None] * len(pieces)
    second: list[View | None] = [None] * len(pieces)
    waiting: deque[_Heard] = deque()
    past: deque[_Heard] = deque(maxlen=_BEHIND + 1)
    silence = scorer.listen(np.zeros(scorer.longest * _RATE, np.int16))

    def look_again() -> None:
        one = waiting.popleft()
        apart = [other.sound for other in (*past, *waiting) if not other.window.overlap(one.window)]
        places = [view.place if view else piece.place for piece, view in zip(pieces, first, strict=True)]
        _look(scorer, pieces, places, one, second, apart[-1] if apart else silence)
        past.append(one)
        done(one.window)

    guessed = [piece.place for piece in pieces]
    for window, sound in zip(windows, sounds, strict=True):
        waiting.append(_Heard(window, scorer.listen(sound)))
        _look(scorer, pieces, guessed, waiting[-1], first)
        if len(waiting) > _BEHIND:
            look_again()
    while waiting:
        look_again()
    return second


@dataclass(frozen=True)
class _Heard:
    """A window, and what the scorer keeps of its sound."""

    window: TimeSpan
    sound: Any


def choose_windows(pieces: Sequence[Piece], longest: int, duration: int) -> list[TimeSpan]:
    """Return windows such that each wanted piece is near the middle of one, as far as the recording's ends allow.

    Where they all overlap, there is one more, of other speech, if the recording has any that is far enough away.
    """
    windows: list[TimeSpan] = []
    covered = -1
    for piece in pieces:
        middle = _middle(piece.place)
        if piece.wanted and middle > covered:
            start = max(0, min(middle + _REACH - longest // 2, duration - longest))
            windows.append(TimeSpan(start, min(duration, start + longest)))
            covered = middle + 2 * _REACH
    if windows and windows[0].overlap(windows[-1]):
        middles = [_middle(piece.place) for piece in pieces]
        starts = [max(0, min(middle - longest // 2, duration - longest)) for middle in middles]
        others = [TimeSpan(start, min(duration, start + longest)) for start in starts]
        apart = [one for one in others if not any(one.overlap(window) for window in windows)]
        windows = sorted([*windows, *apart[:1]])
    return windows


def cut_windows(blocks: Iterable[Samples], windows: Sequence[TimeSpan]) -> Iterator[Samples]:
    """Yield the samples, 16 kHz, of each of the `windows`, whose starts ascend, from a sound that comes in blocks.

    No more of the sound is kept than a window and a block. What lies beyond the end of the sound is missing.
    """
    kept, at = np.empty(0, np.int16), 0
    source = iter(blocks)
    for window in windows:
        start, end = window.start * _RATE, window.end * _RATE
        while True:
            passed = min(len(kept), max(0, start - at))
            kept, at = kept[passed:], at + passed
            if at + len(kept) >= end or (block := next(source, None)) is None:
                break
            kept = np.concatenate([kept, block])
        yield kept[max(0, start - at) : max(0, end - at)]


def _look(
    scorer: Scorer,
    pieces: Sequence[Piece],
    places: Sequence[TimeSpan],
    heard: _Heard,
    views: list[View | None],
    other: Any = None,
) -> None:
    """Fit to a window the pieces that are inside it, and keep the view of each that is the best so far.

    Their evidence is against the `other` sound, unless that is None.
    """
    window = heard.window
    inside = [
        at for at, place in enumerate(places) if window.start <= place.start and place.end <= window.end
    ]
    if not any(pieces[at].wanted for at in inside):
        return
    inside = list(range(inside[0], inside[-1] + 1))
    text = [word for at in inside for word in pieces[at].words]
    fits = scorer.fit(heard.sound, text)
    if not fits:
        return
    elsewhere = fits if other is None else scorer.fit(other, text)
    begin = 0
    for at in inside:
        own = slice(begin, begin + len(pieces[at].words))
        begin = own.stop
        off, best = abs(_middle(places[at]) - _middle(window)), views[at]
        if fits[own] and (best is None or off < best.off_middle):
            words = tuple(
                replace(fit, start=fit.start + window.start, end=fit.end + window.start) for fit in fits[own]
            )
            gain = sum(fit.likelihood for fit in fits[own]) - sum(fit.likelihood for fit in elsewhere[own])
            views[at] = View(words, off, gain / max(1, sum(fit.parts for fit in words)))


def _middle(span: TimeSpan) -> int:
    return (span.start + span.end) // 2
