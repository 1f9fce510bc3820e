"""The best path: planted ones are found exactly, and on small networks no path is better."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.acoustic.network import Joint, Network
from asdelivered.align.acoustic.viterbi import (
    GARBAGE_FRAME,
    SILENT_FRAME,
    Floats,
    Path,
    Penalties,
    Search,
    Window,
    best_paths,
)

BAD = -200.0
HALF = np.log(np.full(3, 0.5)).astype(np.float32)
LOOSE = Penalties(skip=20, skip_each=8, garbage=30, garbage_inside=60, garbage_unknown=10, silence=3)


Slots = Sequence[tuple[int, int]]
"""For each window, the slots [first, last) that may be said in it."""


@dataclass(frozen=True)
class Sounds:
    """How well each frame fits each state: words (T, U), silence (T, 3), any sound (T,)."""

    words: Floats
    columns: np.ndarray
    """(W,): which of `words` each state of the network has."""
    silence: Floats
    garbage: Floats


def search_of(network: Network, sounds: Sounds, window: int, slots: Slots) -> Search:
    windows = tuple(
        Window(
            first,
            last,
            np.arange(sounds.words.shape[1], dtype=np.int32),
            sounds.words[number * window : (number + 1) * window],
        )
        for number, (first, last) in enumerate(slots)
    )
    return Search(replace(network, senones=sounds.columns), windows, sounds.silence, sounds.garbage)


def whole(network: Network, frames: int, window: int) -> Slots:
    return [(0, network.slots)] * (frames // window + 1)


def best_path(
    network: Network, sounds: Sounds, stay: Floats, leave: Floats, penalties: Penalties, window: int = 1_000
) -> Path:
    slots = whole(network, len(sounds.words), window)
    (path,) = best_paths([search_of(network, sounds, window, slots)], window, stay, leave, penalties)
    return path


def make_network(variants: list[list[int]], joints: list[Joint], stay: Floats, leave: Floats) -> Network:
    """Slots given as the number of states of each of their variants."""
    sizes = [size for slot in variants for size in slot]
    ends = np.cumsum(sizes)
    return Network(
        senones=np.arange(ends[-1], dtype=np.int32),
        stay=stay,
        leave=leave,
        first=(ends - sizes).astype(np.int32),
        last=(ends - 1).astype(np.int32),
        slot_of=np.repeat(np.arange(len(variants)), [len(slot) for slot in variants]).astype(np.int32),
        slot_start=np.cumsum([0, *[len(slot) for slot in variants[:-1]]]).astype(np.int32),
        joints=(Joint.PHRASE, *joints, Joint.PHRASE),
    )


def random_network(rng: random.Random, slots: int) -> Network:
    variants = [[3 * rng.randint(1, 4) for _ in range(rng.randint(1, 3))] for _ in range(slots)]
    width = sum(map(sum, variants))
    half = np.full(width, np.log(0.5), np.float32)
    return make_network(variants, rng.choices(list(Joint), k=slots - 1), half, half)


def check_consistent(network: Network, path: Path) -> None:
    """Frames, states and slots tell the same story: each token said is one run through all of its states."""
    frames = len(path.states)
    at = 0
    for slot in range(network.slots):
        variant = path.variant[slot]
        if variant < 0:
            continue
        assert network.slot_of[variant] == slot
        start, end = path.start[slot], path.end[slot]
        assert at <= start < end <= frames
        assert (path.states[at:start] < 0).all()
        states = path.states[start:end]
        assert states[0] == network.first[variant]
        assert states[-1] == network.last[variant]
        assert set(np.diff(states)) <= {0, 1}
        at = end
    assert (path.states[at:] < 0).all()
    assert set(path.states[path.states < 0]) <= {SILENT_FRAME, GARBAGE_FRAME}


def all_scores(
    network: Network,
    sounds: Sounds,
    stay: Floats,
    leave: Floats,
    penalties: Penalties,
    window: int = 1_000,
    slots: Slots | None = None,
) -> float:
    """The best score by plain recursion over what may come before, one state and frame at a time."""
    slots = slots or whole(network, len(sounds.words), window)
    frames = len(sounds.words)
    never = -1e9
    costs = {Joint.PHRASE: penalties.garbage, Joint.UNKNOWN: penalties.garbage_unknown}
    silences = {Joint.WORD: penalties.silence_each, Joint.PAUSE: penalties.silence_each_pause}
    owner = {
        state: v for v in range(len(network.first)) for state in range(network.first[v], network.last[v] + 1)
    }

    def torn(number: int) -> float:
        return penalties.torn if network.joints[number] in silences else 0.0

    def may_wait(time: int, number: int) -> bool:
        """Whether there is such a boundary in the frame before `time`."""
        first, last = slots[(time - 1) // window]
        return first <= number <= last

    @cache
    def boundary(time: int, number: int) -> float:
        """Between tokens: `number` of them are behind at `time`."""
        return max(
            arrived(time, number),
            *[
                arrived(time, number - left)
                - penalties.skip
                - penalties.skip_each * left
                - torn(number - left)
                - torn(number)
                for left in range(1, number + 1)
            ],
            never,
        )

    @cache
    def arrived(time: int, number: int) -> float:
        first, last = slots[time // window]
        if not first <= number <= last:
            return never
        if time == 0:
            return 0.0 if number == 0 else never
        ways = [silence(time, number, 2) + float(leave[2]), garbage(time, number)]
        for variant in np.flatnonzero(network.slot_of == number - 1) if number > first else ():
            end = int(network.last[variant])
            ways.append(word(time, end) + float(network.leave[end]))
        return max(ways)

    @cache
    def word(time: int, state: int) -> float:
        """In `state` during the frame before `time`."""
        if time == 0:
            return never
        first, last = slots[(time - 1) // window]
        if not first <= network.slot_of[owner[state]] < last:
            return never
        ways = [word(time - 1, state) + float(network.stay[state])]
        variant = owner[state]
        if state == network.first[variant]:
            ways.append(boundary(time - 1, int(network.slot_of[variant])))
        else:
            ways.append(word(time - 1, state - 1) + float(network.leave[state - 1]))
        return max(ways) + float(sounds.words[time - 1, sounds.columns[state]])

    @cache
    def silence(time: int, number: int, state: int) -> float:
        if time == 0 or not may_wait(time, number):
            return never
        entry = (
            boundary(time - 1, number) - penalties.silence
            if state == 0
            else silence(time - 1, number, state - 1) + float(leave[state - 1])
        )
        kept = silence(time - 1, number, state) + float(stay[state])
        each = silences.get(network.joints[number], 0.0)
        return max(entry, kept) + float(sounds.silence[time - 1, state]) - each

    @cache
    def garbage(time: int, number: int) -> float:
        if time == 0 or not may_wait(time, number):
            return never
        entry = boundary(time - 1, number) - costs.get(network.joints[number], penalties.garbage_inside)
        return max(entry, garbage(time - 1, number)) + float(sounds.garbage[time - 1])

    return boundary(frames, network.slots)


def small_problem(seed: int) -> tuple[Network, Sounds, Floats, Floats, Penalties]:
    """A network and sounds in whole numbers, so that scores are exact and ties abound."""
    rng = np.random.default_rng(seed)
    slots = int(rng.integers(1, 5))
    variants = [[int(size) for size in rng.integers(1, 4, rng.integers(1, 4))] for _ in range(slots)]
    width = sum(map(sum, variants))
    joints = list(rng.choice(np.array(list(Joint)), slots - 1))

    def logs(*shape: int) -> Floats:
        return -rng.integers(0, 4, shape).astype(np.float32)

    frames = int(rng.integers(1, 13))
    network = make_network(variants, joints, logs(width), logs(width))
    columns = rng.permutation(width).astype(np.int32)
    sounds = Sounds(3 * logs(frames, width), columns, 3 * logs(frames, 3), 3 * logs(frames))
    penalties = Penalties(*(float(cost) for cost in rng.integers(0, 12, 9)))
    return network, sounds, logs(3), logs(3), penalties


def some_slots(rng: np.random.Generator, slots: int, windows: int) -> Slots:
    """Slots of windows, neither end of which goes back: from the first one to the last, with a boundary in common."""
    edges = np.sort(rng.integers(0, slots + 1, windows - 1)).tolist()
    chosen = []
    for start, end in zip([0, *edges], [*edges, slots], strict=True):
        first = min(max(0, start - int(rng.integers(0, 2))), slots - 1)
        before = chosen[-1] if chosen else (0, 0)
        first = max(first, before[0])
        chosen.append((first, max(first + 1, before[1], min(slots, end + int(rng.integers(0, 2))))))
    return chosen


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_no_path_through_the_slots_of_each_window_is_better(seed: int, window: int) -> None:
    network, sounds, stay, leave, penalties = small_problem(seed)
    frames = len(sounds.words)
    slots = some_slots(np.random.default_rng(seed), network.slots, frames // window + 1)
    (path,) = best_paths([search_of(network, sounds, window, slots)], window, stay, leave, penalties)
    best = all_scores(network, sounds, stay, leave, penalties, window, slots)
    if best > -1e8:
        check_consistent(network, path)
        assert path.score == best
        for frame, state in enumerate(path.states):
            first, last = slots[frame // window]
            if state >= 0:
                (owner,) = (
                    slot
                    for slot in range(network.slots)
                    if path.variant[slot] >= 0 and path.start[slot] <= frame < path.end[slot]
                )
                assert first <= owner < last


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 14))
def test_windows_of_all_slots_change_nothing(seed: int, window: int) -> None:
    problem = small_problem(seed)
    one, other = best_path(*problem), best_path(*problem, window=window)
    assert one.score == other.score
    for name in ("variant", "start", "end", "states"):
        assert np.array_equal(getattr(one, name), getattr(other, name))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_no_path_through_a_small_network_is_better(seed: int) -> None:
    problem = small_problem(seed)
    network, sounds, stay, leave, penalties = problem
    path = best_path(*problem)
    check_consistent(network, path)
    assert path.score == all_scores(*problem)
    # And the path returned is one of that score: nothing else may be taken in any frame.
    words = np.full_like(sounds.words, -1e6)
    for frame, state in enumerate(path.states):
        if state >= 0:
            column = sounds.columns[state]
            words[frame, column] = sounds.words[frame, column]
    silent, wild = path.states == SILENT_FRAME, path.states == GARBAGE_FRAME
    only = Sounds(
        words,
        sounds.columns,
        np.where(silent[:, None], sounds.silence, np.float32(-1e6)),
        np.where(wild, sounds.garbage, np.float32(-1e6)),
    )
    assert all_scores(network, only, stay, leave, penalties) == path.score


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 5), st.integers(1, 14))
def test_segments_side_by_side_have_the_paths_that_each_has_alone(seed: int, count: int, window: int) -> None:
    problems = [small_problem(seed + number) for number in range(count)]
    stay, leave, penalties = problems[0][2:]
    searches = [
        search_of(network, sounds, window, whole(network, len(sounds.words), window))
        for network, sounds, *_ in problems
    ]
    together = best_paths(searches, window, stay, leave, penalties)
    for (network, sounds, *_), path in zip(problems, together, strict=True):
        alone = best_path(network, sounds, stay, leave, penalties)
        check_consistent(network, path)
        assert path.score == alone.score
        for name in ("variant", "start", "end", "states"):
            assert np.array_equal(getattr(path, name), getattr(alone, name))


def plant(rng: random.Random, network: Network, skips: float, silences: float, wild: float) -> Path:
    """A way through the network: per boundary perhaps silence or garbage, per token perhaps nothing."""
    variant, start, end = (np.zeros(network.slots, np.int32) for _ in range(3))
    states: list[int] = []
    for slot in range(network.slots + 1):
        if rng.random() < wild:
            states += [GARBAGE_FRAME] * rng.randint(3, 40)
        if rng.random() < silences:
            states += [SILENT_FRAME] * rng.randint(3, 30)
        if slot == network.slots:
            break
        if rng.random() < skips:
            variant[slot] = -1
            continue
        variant[slot] = rng.choice(np.flatnonzero(network.slot_of == slot))
        start[slot] = len(states)
        for state in range(network.first[variant[slot]], network.last[variant[slot]] + 1):
            states += [state] * rng.randint(1, 6)
        end[slot] = len(states)
    return Path(0.0, variant, start, end, np.array(states, np.int32))


def sounds_of(path: Path, width: int, seed: int) -> Sounds:
    """Sounds that fit `path` and nothing else."""
    rng = np.random.default_rng(seed)
    frames = len(path.states)

    def bad(*shape: int) -> Floats:
        return (BAD + rng.normal(0, 5, shape)).astype(np.float32)

    words, silence, garbage = bad(frames, width), bad(frames, 3), bad(frames)
    for frame, state in enumerate(path.states):
        if state >= 0:
            words[frame, state] = 0
    silence[path.states == SILENT_FRAME] = 0
    garbage[path.states == GARBAGE_FRAME] = 0
    return Sounds(words, np.arange(width, dtype=np.int32), silence, garbage)


def check_found(network: Network, planted: Path, seed: int) -> None:
    sounds = sounds_of(planted, len(network.senones), seed)
    found = best_path(network, sounds, HALF, HALF, LOOSE)
    said = planted.variant >= 0
    assert np.array_equal(found.variant, planted.variant)
    assert np.array_equal(found.start[said], planted.start[said])
    assert np.array_equal(found.end[said], planted.end[said])
    assert np.array_equal(found.states, planted.states)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 2**32),
    st.integers(1, 40),
    st.sampled_from([0.0, 0.1, 0.6]),
    st.sampled_from([0.0, 0.3, 1.0]),
    st.sampled_from([0.0, 0.1, 1.0]),
)
def test_a_planted_path_is_found(seed: int, slots: int, skips: float, silences: float, wild: float) -> None:
    rng = random.Random(seed)
    network = random_network(rng, slots)
    planted = plant(rng, network, skips, silences, wild)
    if len(planted.states):
        check_consistent(network, planted)
        check_found(network, planted, seed)


def test_twenty_seconds_of_text_are_found() -> None:
    rng = random.Random(1)
    network = random_network(rng, 70)
    check_found(network, plant(rng, network, 0.1, 0.3, 0.05), 1)


def test_text_that_is_nowhere_is_left_out() -> None:
    network = random_network(random.Random(2), 12)
    nowhere = np.full(12, -1, np.int32)
    path = Path(0, nowhere, nowhere, nowhere, np.full(100, GARBAGE_FRAME, np.int32))
    check_found(network, path, 2)


@pytest.mark.parametrize(
    ("joints", "columns", "left_out"),
    [
        ([Joint.PHRASE, Joint.PAUSE], [0, 1, 2, 0, 1, 2, 3, 4, 5], 0),  # "Yes." "Yes, we can": said once
        ([Joint.WORD, Joint.PHRASE], [3, 4, 5, 0, 1, 2, 0, 1, 2], 2),  # "You say yes." "Yes."
    ],
)
def test_a_whole_phrase_is_left_out_rather_than_a_part_of_one(
    joints: list[Joint], columns: list[int], left_out: int
) -> None:
    network = make_network([[3], [3], [3]], joints, np.full(9, HALF[0]), np.full(9, HALF[0]))
    states = np.repeat([*columns[3 * (left_out == 0) :][:6]], 2)
    heard = Path(0.0, *(np.zeros(0, np.int32),) * 3, states=states.astype(np.int32))
    sounds = replace(sounds_of(heard, 6, 4), columns=np.array(columns, np.int32))
    path = best_path(network, sounds, HALF, HALF, LOOSE)
    assert [*np.flatnonzero(path.variant < 0)] == [left_out]


def test_silence_is_silence() -> None:
    network = random_network(random.Random(3), 12)
    nowhere = np.full(12, -1, np.int32)
    path = Path(0, nowhere, nowhere, nowhere, np.full(100, SILENT_FRAME, np.int32))
    check_found(network, path, 3)


def test_too_little_sound_for_the_text_leaves_it_out() -> None:
    network = random_network(random.Random(4), 5)
    sounds = Sounds(
        np.zeros((2, len(network.senones)), np.float32),
        np.arange(len(network.senones), dtype=np.int32),
        np.full((2, 3), -9, np.float32),
        np.full(2, -9, np.float32),
    )
    path = best_path(network, sounds, HALF, HALF, LOOSE)
    check_consistent(network, path)
    assert (path.variant == -1).all()


def two_tokens(joint: Joint) -> tuple[Network, Path]:
    half = np.full(6, np.log(0.5), np.float32)
    network = make_network([[3], [3]], [joint], half, half)
    states = [0] * 4 + [1] * 4 + [2] * 4 + [GARBAGE_FRAME] * 10 + [3] * 4 + [4] * 4 + [5] * 4
    numbers = [np.array(values, np.int32) for values in ([0, 1], [0, 22], [12, 34], states)]
    return network, Path(0.0, *numbers)


@pytest.mark.parametrize(
    ("joint", "cost"),
    [
        (Joint.WORD, LOOSE.garbage_inside),
        (Joint.PAUSE, LOOSE.garbage_inside),
        (Joint.PHRASE, LOOSE.garbage),
        (Joint.UNKNOWN, LOOSE.garbage_unknown),
    ],
)
def test_what_is_not_in_the_text_costs_by_where_it_stands(joint: Joint, cost: float) -> None:
    network, planted = two_tokens(joint)
    path = best_path(network, sounds_of(planted, 6, 5), HALF, HALF, LOOSE)
    assert np.array_equal(path.states, planted.states)
    # Each of the 24 frames of the tokens stays or leaves at the cost of one bit.
    assert path.score == pytest.approx(24 * np.log(0.5) - cost, abs=1e-3)


@pytest.mark.parametrize(("skip", "kept"), [(10.0, False), (5_000.0, True)])
def test_a_dearer_skip_keeps_to_the_text(skip: float, kept: bool) -> None:
    network, planted = two_tokens(Joint.WORD)
    sounds = sounds_of(planted, 6, 6)
    # The second token sounds like nothing known, nor like garbage.
    sounds.words[22:, 3:] = -15
    sounds.garbage[:] = -12
    sounds.garbage[12:22] = 0
    path = best_path(network, sounds, HALF, HALF, replace(LOOSE, skip=skip))
    check_consistent(network, path)
    assert bool(path.variant[1] >= 0) is kept
