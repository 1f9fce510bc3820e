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
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from asdelivered.align.engines.scorer import Scorer, WordFit
from asdelivered.base.span import TimeSpan
from asdelivered.media.decode import Samples
from asdelivered.media.windows import WindowReader

_REACH = 4_750
"""Milliseconds from the middle of a window within which a piece has enough around it."""
_BEHIND = 3
"""Windows by which the second look is behind the first: so many begin before one of them has ended."""
_LEAD = 500
"""Milliseconds of a window before what was found last."""
_REST = 9_000
"""Milliseconds at the end of a window in which nothing is believed."""
_OVERFULL = 1.15
"""How much more text than a window would hold is given to it."""
_RATE = 16
"""Samples in a millisecond."""


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


def walk(
    scorer: Scorer, texts: Sequence[Sequence[str]], within: TimeSpan, pace: float, reader: WindowReader
) -> list[TimeSpan]:
    """Return about where `texts`, one after the other, are `within` a recording, window after window.

    Each window has more text than it can hold, at a `pace` in milliseconds a letter, and what is found well before its
    end is kept; the next one begins there. So no error grows with the length, as it would if places were shared out.
    """
    places: list[TimeSpan] = []
    since = within.start
    while len(places) < len(texts):
        window = TimeSpan(max(0, since - _LEAD), max(0, since - _LEAD) + scorer.longest)
        last, letters = len(places), 0
        while last < len(texts) and letters * pace < scorer.longest * _OVERFULL:
            letters += sum(len(word) + 1 for word in texts[last])
            last += 1
        fits = scorer.fit(
            scorer.listen(reader.read(window)), [word for text in texts[len(places) : last] for word in text]
        )
        begin = 0
        kept: list[TimeSpan] = []
        for text in texts[len(places) : last]:
            words = fits[begin : begin + len(text)]
            begin += len(text)
            span = (
                TimeSpan(*(window.start + moment for moment in (words[0].start, words[-1].end)))
                if words
                else None
            )
            if span is None or (span.end > window.start + scorer.longest - _REST and kept):
                break
            kept.append(TimeSpan(max(since, span.start), max(since, span.end)))
        if not kept or window.end >= within.end:
            kept += [TimeSpan(within.end, within.end)] * (len(texts) - len(places) - len(kept))
        places += kept
        since = places[-1].end
    return [
        TimeSpan(min(place.start, within.end), min(place.end, within.end)) for place in places[: len(texts)]
    ]


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
