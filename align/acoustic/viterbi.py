"""Viterbi search: the likeliest path of a text through a segment of sound.

A. Viterbi, "Error bounds for convolutional codes", IEEE Trans. Information Theory 13(2), 1967, with all states of a
frame advanced at once. Besides the words' states, each boundary between tokens has three states of silence and one of
garbage (any sound), and tokens may be skipped: so the best path can say "this is not in the text" and "that was not
spoken".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import STATES
from asdelivered.align.acoustic.network import Joint, Network

Floats = NDArray[np.float32]

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
class _Trellis:
    """What the search keeps of every frame, to trace the best path back: T frames, N tokens, B = N + 1 boundaries."""

    came: NDArray[np.bool_]
    """(T, total): whether a state was reached from the one before it, rather than from itself."""
    pick: NDArray[np.int8]
    """(T + 1, N): the best variant of each token to end there."""
    ways: Floats
    """(T + 1, 3, B): the score of each boundary by the end of a word, of a silence, of garbage."""
    slope: Floats
    """(B,): what leaving out all tokens before each boundary costs, one by one."""
    descent: Floats
    """(B,): the same with what it costs to begin."""


@dataclass(frozen=True)
class _Layout:
    """All states in one row: those of the words, then three of silence and then one of garbage for each boundary."""

    width: int
    garbage: int
    stay: Floats
    advance: Floats
    """(total,) the log of coming from the state before."""
    entries: NDArray[np.int32]
    entry_boundary: NDArray[np.int32]
    entry_cost: Floats
    exits: NDArray[np.int32]
    """(V, N) the last states of each slot's variants, the last one repeated."""
    exit_leave: Floats

    @property
    def several(self) -> bool:
        """Whether any slot has more than one variant."""
        return len(self.exits) > 1


def best_path(
    network: Network, scores: StateScores, silence_stay: Floats, silence_leave: Floats, penalties: Penalties
) -> Path:
    """Return the best path of `network` through all of `scores`.

    `silence_stay` and `silence_leave` (3,) are the logs of remaining in and of leaving each state of silence.
    Time grows with T x (W + 4 N); so does memory, by one byte each, besides the scores.
    """
    layout = _lay_out(network, silence_stay, silence_leave, penalties)
    frames = len(scores.words)
    bounds = network.slots + 1
    silent = layout.width + STATES * np.arange(bounds) + STATES - 1
    slope = np.float32(penalties.skip_each) * np.arange(bounds, dtype=np.float32)
    descent = slope + np.float32(penalties.skip)

    score = np.full(len(layout.stay), _NEVER, np.float32)
    silences = score[layout.width : layout.garbage].reshape(bounds, STATES)
    moved = np.empty_like(score)
    moved[0] = _NEVER
    came = np.zeros((frames, len(score)), bool)
    pick = np.zeros((frames + 1, network.slots), np.int8)
    ways = np.full((frames + 1, 3, bounds), _NEVER, np.float32)
    value, highest = np.empty(bounds, np.float32), np.empty(bounds, np.float32)

    for frame in range(frames + 1):
        # The score of each boundary: by the end of the token before it, of a silence, of garbage, or by a skip.
        exits = score.take(layout.exits)
        exits += layout.exit_leave
        way = ways[frame]
        if layout.several:
            pick[frame] = exits.argmax(axis=0)
        np.maximum.reduce(exits, out=way[_WORD, 1:])
        np.add(score.take(silent), silence_leave[-1], out=way[_SILENCE])
        way[_GARBAGE] = score[layout.garbage :]
        if frame == 0:
            way[_SILENCE, 0] = 0.0
        np.maximum.reduce(way, out=value)
        np.add(value, slope, out=highest)
        np.maximum.accumulate(highest, out=highest)
        highest -= descent
        np.maximum(value, highest, out=value)
        if frame == frames:
            break
        np.add(score[:-1], layout.advance[1:], out=moved[1:])
        moved[layout.entries] = value.take(layout.entry_boundary) - layout.entry_cost
        score += layout.stay
        np.greater(moved, score, out=came[frame])
        np.maximum(moved, score, out=score)
        score[: layout.width] += scores.words[frame].take(scores.columns)
        silences += scores.silence[frame]
        score[layout.garbage :] += scores.garbage[frame]
    return _trace(network, layout, _Trellis(came, pick, ways, slope, descent), float(value[-1]))


def _lay_out(network: Network, silence_stay: Floats, silence_leave: Floats, penalties: Penalties) -> _Layout:
    width = len(network.senones)
    bounds = network.slots + 1
    garbage = width + STATES * bounds
    numbers = np.arange(bounds, dtype=np.int32)
    variants = len(network.first)
    entries = np.concatenate([network.first, width + STATES * numbers, garbage + numbers])
    advance = np.concatenate(
        [[_NEVER], network.leave[:-1], [_NEVER], np.tile(silence_leave, bounds)[:-1], np.full(bounds, _NEVER)]
    ).astype(np.float32)
    stay = np.concatenate([network.stay, np.tile(silence_stay, bounds), np.zeros(bounds)]).astype(np.float32)
    # What a frame of silence costs is paid on the way to it.
    each = np.array(_silence_costs(network, penalties), np.float32)
    stay[width:garbage] -= np.repeat(each, STATES)
    advance[width:garbage] -= np.repeat(each, STATES)
    advance[entries] = _NEVER
    ends = np.append(network.slot_start[1:], variants)
    most = int((ends - network.slot_start).max())
    padded = np.minimum(network.slot_start + np.arange(most)[:, None], ends - 1)
    return _Layout(
        width=width,
        garbage=garbage,
        stay=stay,
        advance=advance,
        entries=entries,
        entry_boundary=np.concatenate([network.slot_of, numbers, numbers]),
        entry_cost=np.concatenate(
            [np.zeros(variants), penalties.silence + each, _garbage_costs(network, penalties)]
        ).astype(np.float32),
        exits=network.last[padded],
        exit_leave=network.leave[network.last[padded]],
    )


def _garbage_costs(network: Network, penalties: Penalties) -> list[float]:
    costs = {Joint.PHRASE: penalties.garbage, Joint.UNKNOWN: penalties.garbage_unknown}
    return [costs.get(joint, penalties.garbage_inside) for joint in network.joints]


def _silence_costs(network: Network, penalties: Penalties) -> list[float]:
    costs = {Joint.WORD: penalties.silence_each, Joint.PAUSE: penalties.silence_each_pause}
    return [costs.get(joint, 0.0) for joint in network.joints]


def _trace(network: Network, layout: _Layout, trellis: _Trellis, score: float) -> Path:
    frames = len(trellis.came)
    variant = np.full(network.slots, -1, np.int32)
    start = np.zeros(network.slots, np.int32)
    end = np.zeros(network.slots, np.int32)
    states = np.empty(frames, np.int32)
    frame, boundary = frames, network.slots
    while frame > 0:
        boundary = _skipped_from(trellis, frame, boundary)
        kind = int(trellis.ways[frame, :, boundary].argmax())
        slot = boundary - 1
        if kind == _WORD:
            variant[slot] = network.slot_start[slot] + trellis.pick[frame, slot]
            state, first = int(network.last[variant[slot]]), int(network.first[variant[slot]])
            end[slot] = frame
        elif kind == _SILENCE:
            first = layout.width + STATES * boundary
            state = first + STATES - 1
        else:
            first = state = layout.garbage + boundary
        while True:
            frame -= 1
            states[frame] = state if kind == _WORD else SILENT_FRAME if kind == _SILENCE else GARBAGE_FRAME
            if trellis.came[frame, state]:
                if state == first:
                    break
                state -= 1
        if kind == _WORD:
            start[slot] = frame
            boundary = slot
    return Path(score, variant, start, end, states)


def _skipped_from(trellis: _Trellis, frame: int, last: int) -> int:
    """Return the boundary from which boundary `last` was reached by a skip in this frame; `last` itself if by none."""
    values = trellis.ways[frame, :, : last + 1].max(axis=0)
    lifted = values + trellis.slope[: last + 1]
    origin = last - int(lifted[::-1].argmax())
    return origin if lifted[origin] - trellis.descent[last] > values[last] else last
