"""Viterbi search: the likeliest path of a text through a segment of sound.

A. Viterbi, "Error bounds for convolutional codes", IEEE Trans. Information Theory 13(2), 1967, with all states of a
frame advanced at once, of many segments side by side. Besides the words' states, each boundary between tokens has three
states of silence and one of garbage (any sound), and tokens may be skipped: so the best path can say "this is not in
the text" and "that was not spoken". In each window of frames only the tokens are searched that may be said there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import STATES
from asdelivered.align.acoustic.network import Joint, Network

Floats = NDArray[np.float32]
Indices = NDArray[np.intp]

SILENT_FRAME = -1
GARBAGE_FRAME = -2
_NEVER = np.float32(-1e30)
_WORD, _SILENCE, _GARBAGE = 0, 1, 2


@dataclass(frozen=True)
class Penalties:
    """What it costs to depart from the text, in log-likelihood: the higher, the closer the path keeps to it."""

    skip: float = 100.0
    """To begin skipping tokens: 20 (a loose text) to 200 (verbatim)."""
    skip_each: float = 8.0
    """For each token skipped: 0 to 40."""
    torn: float = 8.0
    """For each end of what is skipped that lies within a phrase, 0 to 40: what is left out is mostly whole phrases. So
    "Thank you." that was not said leaves those words to "Thank you, Minister." after it."""
    garbage: float = 120.0
    """To begin sound that is not in the text, between phrases: 10 to 200."""
    garbage_inside: float = 220.0
    """The same in the middle of a phrase: more than between phrases, up to 400."""
    garbage_unknown: float = 10.0
    """The same where the text says [inaudible]: 0 to 50."""
    silence: float = 3.0
    """To begin a silence: 0 to 20."""
    silence_each: float = 0.4
    """For each frame of silence within a phrase, 0 to 1: it keeps a word with its phrase, not beyond a long pause."""
    silence_each_pause: float = 0.2
    """The same where punctuation makes a pause likely, 0 to `silence_each`."""


@dataclass(frozen=True)
class Window:
    """What may be said in F frames of a segment: slots [first, last), at least one, which have U senones.

    From one window to the next, neither `first` nor `last` goes back.
    """

    first: int
    last: int
    senones: NDArray[np.int32]
    """(U,) ascending"""
    scores: Floats
    """(F, U): how well each frame fits each of them, as log-likelihoods."""


@dataclass(frozen=True)
class Path:
    """The best path: for each slot the variant that was said, or -1 where it was skipped, in frames [start, end)."""

    score: float
    variant: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    states: NDArray[np.int32]
    """(T,): the word state of each frame, SILENT_FRAME or GARBAGE_FRAME."""


@dataclass(frozen=True)
class Search:
    """A segment of T frames to search: its network, and how well each frame fits its states, silence and any sound.

    `windows` are of as many frames each, but for the last one: it has what is left, or none.
    """

    network: Network
    windows: tuple[Window, ...]
    silence: Floats
    """(T, 3): the states of silence."""
    garbage: Floats
    """(T,): any sound at all."""

    @property
    def frames(self) -> int:
        """How many frames are searched."""
        return len(self.garbage)


@dataclass(frozen=True)
class _Part:
    """A segment in a window: the part of its network that may be said there, and where that begins in the whole."""

    number: int
    """Which of the searches it is of."""
    window: Window
    network: Network
    first_state: int
    first_variant: int


@dataclass(frozen=True)
class _Layout:
    """All states of all segments in a window, in one row: W of words, three rows of silences (S, B), garbage (S, B).

    So one call of NumPy advances every state of every segment, and none of them reads a neighbour's.
    """

    segments: int
    bounds: int
    """B: a segment with fewer boundaries has others after its own, which nothing leads out of."""
    width: int
    words: tuple[int, ...]
    """(S + 1,) the first state of each segment, and where the last one's end."""
    variants: tuple[int, ...]
    """(S + 1,) the same of variants."""
    stay: Floats
    advance: Floats
    """(W,) the log of coming from the state before."""
    advance_silence: Floats
    """(2, S, B) the same for the later states of silence."""
    entries: Indices
    entry_boundary: Indices
    """(V,) the states where variants begin, and the boundaries before them, of S x B."""
    silence_cost: Floats
    garbage_cost: Floats
    """(S, B)"""
    silence_leave: np.float32
    """The log of leaving a silence."""
    slope: Floats
    """(S, B): what leaving out all tokens before each boundary costs, one by one, less what it costs to begin there."""
    descent: Floats
    """(S, B): the same with what it costs to end there, and to skip at all."""
    lasts: Indices
    leave: Floats
    """(V,) the last states of variants, and the log of leaving them."""
    slot_start: Indices
    """The first variant of each slot of all segments."""
    after_slot: Indices
    """The boundary after each slot, of S x B."""

    @property
    def silence(self) -> int:
        """The first state of silence."""
        return self.width

    @property
    def garbage(self) -> int:
        """The first state of garbage."""
        return self.width + STATES * self.segments * self.bounds

    def silences_of(self, row: Floats) -> Floats:
        """Return the part of a row of all states that is silences: (3, S, B)."""
        return row[self.silence : self.garbage].reshape(STATES, self.segments, self.bounds)

    def garbage_of(self, row: Floats) -> Floats:
        """Return the part of a row of all states that is garbage: (S, B)."""
        return row[self.garbage :].reshape(self.segments, self.bounds)


@dataclass(frozen=True)
class _Trellis:
    """What the search keeps of the F frames of a window from `start` on, to trace the best paths back."""

    start: int
    parts: dict[int, tuple[int, _Part]]
    """By the number of the search: where it is among the S segments, and its part of the network."""
    layout: _Layout
    frames: int
    came: bytes
    """(total, F): 1 where a state was reached from the one before it, rather than from itself."""
    exits: Floats
    """(F + 1, V): the score of each variant at its end."""
    ways: Floats
    """(F + 1, 3, S, B): the score of each boundary by the end of a word, of a silence, of garbage."""

    def arrival(self, number: int, frame: int, boundary: int) -> tuple[int, int]:
        """Return the boundary from which a path came to `boundary` in a frame, itself or one before it by a skip.

        And how it came to that one: by a word, a silence or garbage.
        """
        at, part = self.parts[number]
        ways = self.ways[frame - self.start, :, at]
        origin = _skipped_from(
            self.layout.slope[at], self.layout.descent[at], ways, boundary - part.window.first
        )
        return part.window.first + origin, int(ways[:, origin].argmax())

    def variant(self, number: int, frame: int, slot: int) -> int:
        """Return the likeliest variant of a slot that ends in a frame."""
        at, part = self.parts[number]
        network, own = part.network, slot - part.window.first
        exits = self.exits[frame - self.start, self.layout.variants[at] : self.layout.variants[at + 1]]
        start = int(network.slot_start[own])
        end = int(network.slot_start[own + 1]) if own + 1 < network.slots else len(network.first)
        return part.first_variant + start + int(exits[start:end].argmax())

    def entered(self, number: int, kind: int, boundary: int, state: int, frame: int) -> int | None:
        """Return the frame in which the path entered a state that it is in at `frame`; None if before the window.

        The state is one of the network, or of the silence or garbage at a boundary.
        """
        at, part = self.parts[number]
        layout = self.layout
        if kind == _WORD:
            place = layout.words[at] + state - part.first_state
        else:
            place = (state * layout.segments + at) * layout.bounds + boundary - part.window.first
            place += layout.silence if kind == _SILENCE else layout.garbage
        row = place * self.frames
        found = self.came.rfind(1, row, row + frame - self.start + 1)
        return self.start + found - row if found >= 0 else None


def best_paths(
    searches: Sequence[Search],
    window: int,
    silence_stay: Floats,
    silence_leave: Floats,
    penalties: Penalties,
) -> list[Path]:
    """Return the best path of each search through all of its frames, as if it were alone.

    Their windows have `window` frames. `silence_stay` and `silence_leave` (3,) are the logs of remaining in and of
    leaving each state of silence. Time grows with the frames of the longest segment times the states of all, so
    segments of about one length go together. Memory grows likewise, by one byte each.
    """
    longest = max(search.frames for search in searches)
    trellises: list[_Trellis] = []
    finals: dict[int, float] = {}
    score = np.empty(0, np.float32)
    for start in range(0, longest + 1, window):
        parts = [
            _part_of(search, number, start // window)
            for number, search in enumerate(searches)
            if search.frames >= start
        ]
        layout = _lay_out(parts, silence_stay, silence_leave, penalties)
        score = _carried(trellises[-1], score, layout, parts) if trellises else _never(layout)
        trellises.append(
            _search_window(searches, parts, layout, start, min(window, longest - start), score, finals)
        )
    return [
        _trace(search, number, trellises, window, finals[number]) for number, search in enumerate(searches)
    ]


def _part_of(search: Search, number: int, at: int) -> _Part:
    window, network = search.windows[at], search.network
    variant = int(network.slot_start[window.first])
    part = network.part(window.first, window.last)
    return _Part(number, window, part, int(network.first[variant]), variant)


def _never(layout: _Layout) -> Floats:
    return np.full(len(layout.stay), _NEVER, np.float32)


def _carried(before: _Trellis, score: Floats, layout: _Layout, parts: Sequence[_Part]) -> Floats:
    """Return the scores of all states of a new layout, from those of the window before."""
    result = _never(layout)
    silences, garbage = layout.silences_of(result), layout.garbage_of(result)
    old_silences, old_garbage = before.layout.silences_of(score), before.layout.garbage_of(score)
    for at, part in enumerate(parts):
        was, old = before.parts[part.number]
        first, last = part.first_state, old.first_state + len(old.network.senones)
        if first < last:
            start = before.layout.words[was] + first - old.first_state
            result[layout.words[at] :][: last - first] = score[start : start + last - first]
        shift, shared = part.window.first - old.window.first, old.window.last - part.window.first + 1
        if shared > 0:
            silences[:, at, :shared] = old_silences[:, was, shift : shift + shared]
            garbage[at, :shared] = old_garbage[was, shift : shift + shared]
    return result


def _search_window(
    searches: Sequence[Search],
    parts: Sequence[_Part],
    layout: _Layout,
    start: int,
    frames: int,
    score: Floats,
    finals: dict[int, float],
) -> _Trellis:
    """Advance all states through the frames of a window; `score` becomes theirs after it.

    `finals` gets the score of each search that ends in the window.
    """
    shape = (layout.segments, layout.bounds)
    words, silence_scores, garbage_scores = _side_by_side(searches, parts, layout, start, frames)
    moved = np.empty_like(score)
    said, said_moved = score[: layout.width], moved[: layout.width]
    silences, silences_moved = layout.silences_of(score), layout.silences_of(moved)
    garbage, garbage_moved = layout.garbage_of(score), layout.garbage_of(moved)
    came = np.zeros((frames, len(score)), bool)
    exits = np.empty((frames + 1, len(layout.lasts)), np.float32)
    ways = np.full((frames + 1, 3, *shape), _NEVER, np.float32)
    value, highest = np.empty(shape, np.float32), np.empty(shape, np.float32)
    ending: dict[int, list[int]] = {}
    for at, part in enumerate(parts):
        ending.setdefault(searches[part.number].frames - start, []).append(at)
    for frame in range(frames + 1):
        # The score of each boundary: by the end of the token before it, of a silence, of garbage, or by a skip.
        np.add(score.take(layout.lasts), layout.leave, out=exits[frame])
        way = ways[frame]
        way[_WORD].reshape(-1)[layout.after_slot] = np.maximum.reduceat(exits[frame], layout.slot_start)
        np.add(silences[-1], layout.silence_leave, out=way[_SILENCE])
        way[_GARBAGE] = garbage
        if start + frame == 0:
            way[_SILENCE, :, 0] = 0.0
        np.maximum.reduce(way, out=value)
        np.add(value, layout.slope, out=highest)
        np.maximum.accumulate(highest, axis=1, out=highest)
        highest -= layout.descent
        np.maximum(value, highest, out=value)
        for at in ending.get(frame, ()):
            finals[parts[at].number] = float(value[at, parts[at].network.slots])
        if frame == frames:
            break
        np.add(said[:-1], layout.advance[1:], out=said_moved[1:])
        said_moved[layout.entries] = value.take(layout.entry_boundary)
        np.add(silences[:-1], layout.advance_silence, out=silences_moved[1:])
        np.subtract(value, layout.silence_cost, out=silences_moved[0])
        np.subtract(value, layout.garbage_cost, out=garbage_moved)
        score += layout.stay
        np.greater(moved, score, out=came[frame])
        np.maximum(moved, score, out=score)
        said += words[frame]
        silences += silence_scores[frame]
        garbage += garbage_scores[frame]
    numbers = {part.number: (at, part) for at, part in enumerate(parts)}
    return _Trellis(start, numbers, layout, frames, came.T.tobytes(), exits, ways)


def _side_by_side(
    searches: Sequence[Search], parts: Sequence[_Part], layout: _Layout, start: int, frames: int
) -> tuple[Floats, Floats, Floats]:
    """Return how well each frame fits words (F, W), silence (F, 3, S, 1) and garbage (F, S, 1).

    All are zeros where a segment has ended.
    """
    words = np.zeros((frames, layout.width), np.float32)
    silence = np.zeros((frames, STATES, layout.segments, 1), np.float32)
    garbage = np.zeros((frames, layout.segments, 1), np.float32)
    for at, part in enumerate(parts):
        columns = np.searchsorted(part.window.senones, part.network.senones)
        found = part.window.scores.take(columns, axis=1)
        words[: len(found), layout.words[at] : layout.words[at + 1]] = found
        search = searches[part.number]
        silence[: len(found), :, at, 0] = search.silence[start : start + frames]
        garbage[: len(found), at, 0] = search.garbage[start : start + frames]
    return words, silence, garbage


def _lay_out(
    parts: Sequence[_Part], silence_stay: Floats, silence_leave: Floats, penalties: Penalties
) -> _Layout:
    networks = [part.network for part in parts]
    bounds = max(network.slots for network in networks) + 1
    shape = (len(networks), bounds)
    words = _starts(len(network.senones) for network in networks)
    variants = _starts(len(network.first) for network in networks)
    numbered = list(enumerate(networks))
    advance = np.concatenate([[_NEVER], *(network.leave for network in networks)])[:-1].astype(np.float32)
    entries = _joined(network.first + words[at] for at, network in numbered)
    advance[entries] = _NEVER
    # What a frame of silence costs is paid on the way to it.
    each, garbage, torn = (np.zeros(shape, np.float32) for _ in range(3))
    for at, network in numbered:
        each[at, : network.slots + 1] = _silence_costs(network, penalties)
        garbage[at, : network.slots + 1] = _garbage_costs(network, penalties)
        torn[at, : network.slots + 1] = _torn_costs(network, penalties)
    silence_stays = silence_stay[:, None, None] - each
    skipped = np.float32(penalties.skip_each) * np.arange(bounds, dtype=np.float32)
    lasts = _joined(network.last + words[at] for at, network in numbered)
    leaves = np.concatenate([network.leave[network.last] for network in networks])
    return _Layout(
        segments=len(networks),
        bounds=bounds,
        width=words[-1],
        words=words,
        variants=variants,
        stay=np.concatenate(
            [*(network.stay for network in networks), silence_stays.reshape(-1), np.zeros(garbage.size)]
        ).astype(np.float32),
        advance=advance,
        advance_silence=silence_leave[:-1, None, None] - each,
        entries=entries,
        entry_boundary=_joined(network.slot_of + at * bounds for at, network in numbered),
        silence_cost=np.float32(penalties.silence) + each,
        silence_leave=silence_leave[-1],
        garbage_cost=garbage,
        slope=skipped - torn,
        descent=skipped + torn + np.float32(penalties.skip),
        lasts=lasts,
        leave=leaves,
        slot_start=_joined(network.slot_start + variants[at] for at, network in numbered),
        after_slot=_joined(np.arange(network.slots) + at * bounds + 1 for at, network in numbered),
    )


def _joined(numbers: Iterable[NDArray[np.signedinteger]]) -> Indices:
    """Return index numbers of all segments, as the type that NumPy need not convert in every frame."""
    return np.concatenate(list(numbers)).astype(np.intp)


def _starts(sizes: Iterable[int]) -> tuple[int, ...]:
    """Return where each of these sizes begins, one after the other, and at last where they end."""
    return tuple(accumulate(sizes, initial=0))


def _garbage_costs(network: Network, penalties: Penalties) -> list[float]:
    costs = {Joint.PHRASE: penalties.garbage, Joint.UNKNOWN: penalties.garbage_unknown}
    return [costs.get(joint, penalties.garbage_inside) for joint in network.joints]


def _torn_costs(network: Network, penalties: Penalties) -> list[float]:
    torn = (Joint.WORD, Joint.PAUSE)
    return [penalties.torn if joint in torn else 0.0 for joint in network.joints]


def _silence_costs(network: Network, penalties: Penalties) -> list[float]:
    costs = {Joint.WORD: penalties.silence_each, Joint.PAUSE: penalties.silence_each_pause}
    return [costs.get(joint, 0.0) for joint in network.joints]


def _trace(search: Search, number: int, trellises: Sequence[_Trellis], window: int, score: float) -> Path:
    """Return the best path of the search of this number."""
    network = search.network
    variant = np.full(network.slots, -1, np.int32)
    start = np.zeros(network.slots, np.int32)
    end = np.zeros(network.slots, np.int32)
    states = np.empty(search.frames, np.int32)
    frame, boundary = search.frames, network.slots
    while frame > 0:
        trellis = trellises[frame // window]
        boundary, kind = trellis.arrival(number, frame, boundary)
        slot = boundary - 1
        if kind == _WORD:
            variant[slot] = trellis.variant(number, frame, slot)
            end[slot] = frame
            chain = range(int(network.last[variant[slot]]), int(network.first[variant[slot]]) - 1, -1)
        else:
            chain = range(STATES - 1 if kind == _SILENCE else 0, -1, -1)
        for state in chain:
            left = frame
            entered = None
            while entered is None:
                trellis = trellises[(frame - 1) // window]
                entered = trellis.entered(number, kind, boundary, state, frame - 1)
                frame = trellis.start if entered is None else entered
            states[frame:left] = (
                state if kind == _WORD else SILENT_FRAME if kind == _SILENCE else GARBAGE_FRAME
            )
        if kind == _WORD:
            start[slot] = frame
            boundary = slot
    return Path(score, variant, start, end, states)


def _skipped_from(slope: Floats, descent: Floats, ways: Floats, last: int) -> int:
    """Return the boundary from which boundary `last` was reached by a skip in a frame; `last` itself if by none.

    `slope` and `descent` (B,) are what the trellis has of the segment, and `ways` (3, B) are that frame's.
    """
    values = ways[:, : last + 1].max(axis=0)
    lifted = values + slope[: last + 1]
    origin = last - int(lifted[::-1].argmax())
    return origin if lifted[origin] - descent[last] > values[last] else last
