"""Viterbi search: the likeliest path of a text through a segment of sound.

A. Viterbi, "Error bounds for convolutional codes", IEEE Trans. Information Theory 13(2), 1967, with all states of a
frame advanced at once, of many segments side by side. Besides the words' states, each boundary between tokens has three
states of silence and one of garbage (any sound), and tokens may be skipped: so the best path can say "this is not in
the text" and "that was not spoken".
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
class StateScores:
    """How well each frame fits each state, as log-likelihoods."""

    words: Floats
    """(T, U): the senones, each once however many states of the network have it."""
    columns: NDArray[np.int32]
    """(W,): which of those each state of the network has."""
    silence: Floats
    """(T, 3): the states of silence."""
    garbage: Floats
    """(T,): any sound at all."""


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
    """A segment of T frames to search: its network, of N slots and W states, and how well each frame fits each."""

    network: Network
    columns: NDArray[np.int32]
    """(W,): where the score of each state is among those of all segments."""
    silence: Floats
    """(T, 3): as in `StateScores`."""
    garbage: Floats
    """(T,): as in `StateScores`."""


@dataclass(frozen=True)
class _Trellis:
    """What the search keeps of every frame, to trace the best paths back.

    T is the frames of the longest of S segments, B the boundaries of the one with most.
    """

    came: NDArray[np.bool_]
    """(T, total): whether a state was reached from the one before it, rather than from itself."""
    exits: Floats
    """(T + 1, V): the score of each variant at its end."""
    ways: Floats
    """(T + 1, 3, S, B): the score of each boundary by the end of a word, of a silence, of garbage."""
    slope: Floats
    """(S, B): what leaving out all tokens before each boundary costs, one by one, less what it costs to begin there."""
    descent: Floats
    """(S, B): the same with what it costs to end there, and to skip at all."""


@dataclass(frozen=True)
class _Layout:
    """All states of all segments in one row: the W of words, then three rows of silences (S, B), then garbage (S, B).

    So one call of NumPy advances every state of every segment, and none of them reads a neighbour's.
    """

    segments: int
    bounds: int
    """B: a segment with fewer boundaries has others after its own, which nothing leads out of."""
    width: int
    words: tuple[int, ...]
    """(S,) the first state of each segment."""
    variants: tuple[int, ...]
    """(S,) the first variant of each segment."""
    stay: Floats
    advance: Floats
    """(W,) the log of coming from the state before."""
    advance_silence: Floats
    """(2, S, B) the same for the later states of silence."""
    columns: Indices
    """(W,) where the score of each state of words is among those of all segments."""
    entries: Indices
    entry_boundary: Indices
    """(V,) the states where variants begin, and the boundaries before them, of S x B."""
    silence_cost: Floats
    garbage_cost: Floats
    torn_cost: Floats
    """(S, B)"""
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


def best_path(
    network: Network, scores: StateScores, silence_stay: Floats, silence_leave: Floats, penalties: Penalties
) -> Path:
    """Return the best path of `network` through all of `scores`; see `best_paths`."""
    search = Search(network, scores.columns, scores.silence, scores.garbage)
    (path,) = best_paths(scores.words, [search], silence_stay, silence_leave, penalties)
    return path


def best_paths(
    words: Floats,
    searches: Sequence[Search],
    silence_stay: Floats,
    silence_leave: Floats,
    penalties: Penalties,
) -> list[Path]:
    """Return the best path of each search through all of its frames, as if it were alone.

    `words` (frames of the longest, U) has the scores of the senones of all segments side by side.
    `silence_stay` and `silence_leave` (3,) are the logs of remaining in and of leaving each state of silence.
    Time grows with the frames of the longest segment times the states of all, so segments of about one length go
    together. Memory grows likewise, by one byte each, besides the scores.
    """
    layout = _lay_out(searches, silence_stay, silence_leave, penalties)
    lengths = [len(search.garbage) for search in searches]
    frames, shape = max(lengths), (layout.segments, layout.bounds)
    silence_scores, garbage_scores = _side_by_side(searches, frames)
    each = np.float32(penalties.skip_each) * np.arange(layout.bounds, dtype=np.float32)
    slope, descent = each - layout.torn_cost, each + layout.torn_cost + np.float32(penalties.skip)

    score = np.full(len(layout.stay), _NEVER, np.float32)
    moved = np.empty_like(score)
    said, said_moved = score[: layout.width], moved[: layout.width]
    silences, silences_moved = (
        row[layout.silence : layout.garbage].reshape(STATES, *shape) for row in (score, moved)
    )
    garbage, garbage_moved = (row[layout.garbage :].reshape(shape) for row in (score, moved))
    came = np.zeros((frames, len(score)), bool)
    exits = np.empty((frames + 1, len(layout.lasts)), np.float32)
    ways = np.full((frames + 1, 3, *shape), _NEVER, np.float32)
    value, highest = np.empty(shape, np.float32), np.empty(shape, np.float32)
    ends = np.array([search.network.slots for search in searches])
    finals = np.empty(layout.segments, np.float32)
    ending = {length: [at for at, other in enumerate(lengths) if other == length] for length in lengths}

    for frame in range(frames + 1):
        # The score of each boundary: by the end of the token before it, of a silence, of garbage, or by a skip.
        np.add(score.take(layout.lasts), layout.leave, out=exits[frame])
        way = ways[frame]
        way[_WORD].reshape(-1)[layout.after_slot] = np.maximum.reduceat(exits[frame], layout.slot_start)
        np.add(silences[-1], silence_leave[-1], out=way[_SILENCE])
        way[_GARBAGE] = garbage
        if frame == 0:
            way[_SILENCE, :, 0] = 0.0
        np.maximum.reduce(way, out=value)
        np.add(value, slope, out=highest)
        np.maximum.accumulate(highest, axis=1, out=highest)
        highest -= descent
        np.maximum(value, highest, out=value)
        for at in ending.get(frame, ()):
            finals[at] = value[at, ends[at]]
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
        said += words[frame].take(layout.columns)
        silences += silence_scores[frame]
        garbage += garbage_scores[frame]
    trellis = _Trellis(came, exits, ways, slope, descent)
    return [
        _trace(search.network, layout, trellis, number, length, float(finals[number]))
        for number, (search, length) in enumerate(zip(searches, lengths, strict=True))
    ]


def _side_by_side(searches: Sequence[Search], frames: int) -> tuple[Floats, Floats]:
    """Return the scores of silence (T, 3, S, 1) and of garbage (T, S, 1); zeros where a segment has ended."""
    silence = np.zeros((frames, STATES, len(searches), 1), np.float32)
    garbage = np.zeros((frames, len(searches), 1), np.float32)
    for number, search in enumerate(searches):
        length = len(search.garbage)
        silence[:length, :, number, 0] = search.silence
        garbage[:length, number, 0] = search.garbage
    return silence, garbage


def _lay_out(
    searches: Sequence[Search], silence_stay: Floats, silence_leave: Floats, penalties: Penalties
) -> _Layout:
    networks = [search.network for search in searches]
    bounds = max(network.slots for network in networks) + 1
    shape = (len(networks), bounds)
    words = _starts(len(network.senones) for network in networks)
    variants = _starts(len(network.first) for network in networks)
    numbered = list(enumerate(networks))
    width = words[-1]
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
    lasts = _joined(network.last + words[at] for at, network in numbered)
    leaves = np.concatenate([network.leave[network.last] for network in networks])
    return _Layout(
        segments=len(networks),
        bounds=bounds,
        width=width,
        words=words[:-1],
        variants=variants[:-1],
        stay=np.concatenate(
            [*(network.stay for network in networks), silence_stays.reshape(-1), np.zeros(garbage.size)]
        ).astype(np.float32),
        advance=advance,
        advance_silence=silence_leave[:-1, None, None] - each,
        columns=_joined(search.columns for search in searches),
        entries=entries,
        entry_boundary=_joined(network.slot_of + at * bounds for at, network in numbered),
        silence_cost=np.float32(penalties.silence) + each,
        garbage_cost=garbage,
        torn_cost=torn,
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


def _trace(
    network: Network, layout: _Layout, trellis: _Trellis, number: int, frames: int, score: float
) -> Path:
    """Return the best path through the first `frames` of the segment with this `number`."""
    variant = np.full(network.slots, -1, np.int32)
    start = np.zeros(network.slots, np.int32)
    end = np.zeros(network.slots, np.int32)
    states = np.empty(frames, np.int32)
    words, ways = layout.words[number], trellis.ways[:, :, number]
    first_silence = layout.silence + number * layout.bounds
    first_garbage = layout.garbage + number * layout.bounds
    # In one row, as bytes: half of the time of a trace would go into indexing an array by frame and state.
    came, total = trellis.came.reshape(-1).view(np.uint8).data, trellis.came.shape[1]
    frame, boundary = frames, network.slots
    while frame > 0:
        boundary = _skipped_from(trellis.slope[number], trellis.descent[number], ways[frame], boundary)
        kind = int(ways[frame, :, boundary].argmax())
        slot, step = boundary - 1, 1
        if kind == _WORD:
            variant[slot] = _best_variant(network, trellis.exits[frame], slot, layout.variants[number])
            state, first = words + int(network.last[variant[slot]]), words + int(network.first[variant[slot]])
            end[slot] = frame
        elif kind == _SILENCE:
            step = layout.segments * layout.bounds
            first = first_silence + boundary
            state = first + (STATES - 1) * step
        else:
            first = state = first_garbage + boundary
        while True:
            left = frame
            frame -= 1
            at = frame * total + state
            while not came[at]:
                frame -= 1
                at -= total
            states[frame:left] = (
                state - words if kind == _WORD else SILENT_FRAME if kind == _SILENCE else GARBAGE_FRAME
            )
            if state == first:
                break
            state -= step
        if kind == _WORD:
            start[slot] = frame
            boundary = slot
    return Path(score, variant, start, end, states)


def _best_variant(network: Network, exits: Floats, slot: int, first: int) -> int:
    """Return the likeliest variant of a slot, by the score at its end of all segments' variants, own from `first`."""
    start = int(network.slot_start[slot])
    end = int(network.slot_start[slot + 1]) if slot + 1 < network.slots else len(network.first)
    return start + int(exits[first + start : first + end].argmax())


def _skipped_from(slope: Floats, descent: Floats, ways: Floats, last: int) -> int:
    """Return the boundary from which boundary `last` was reached by a skip in a frame; `last` itself if by none.

    `slope` and `descent` (B,) are what the trellis has of the segment, and `ways` (3, B) are that frame's.
    """
    values = ways[:, : last + 1].max(axis=0)
    lifted = values + slope[: last + 1]
    origin = last - int(lifted[::-1].argmax())
    return origin if lifted[origin] - descent[last] > values[last] else last
