"""Networks: the right senones in the right order."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.acoustic.acoustic_model import AcousticModel, Position, Pronunciation
from asdelivered.align.acoustic.network import Joint, Slot, build_network, possible_senones

A = (("AH",),)
THE = (("DH", "AH"),)
THE_STRONG = (("DH", "IY"),)
PIER = (("P", "IH", "R"),)
SEVEN_PERCENT = (("S", "EH", "V", "AH", "N"), ("P", "ER", "S", "EH", "N", "T"))
B, I, E, S = Position.BEGIN, Position.INSIDE, Position.END, Position.SINGLE  # noqa: E741


def senones(
    model: AcousticModel, before: str, pronunciation: Pronunciation, after: str, *places: Position
) -> list[int]:
    phones = [before, *(phone for word in pronunciation for phone in word), after]
    assert len(places) == len(phones) - 2
    numbers = [model.index[phone] for phone in phones]
    found = [
        model.senones(numbers[at], numbers[at - 1], numbers[at + 1], place)
        for at, place in enumerate(places, start=1)
    ]
    return [int(senone) for three in found for senone in three]


def test_phones_know_their_place_and_their_neighbours_across_tokens(model: AcousticModel) -> None:
    network = build_network(model, [Slot((THE,)), Slot((PIER,)), Slot((A,))])
    assert network.senones.tolist() == [
        *senones(model, "SIL", THE, "P", B, E),
        *senones(model, "AH", PIER, "AH", B, I, E),
        *senones(model, "R", A, "SIL", S),
    ]


@pytest.mark.parametrize("joint", [Joint.PAUSE, Joint.PHRASE, Joint.UNKNOWN])
def test_a_pause_is_a_neighbour_to_both_sides(model: AcousticModel, joint: Joint) -> None:
    network = build_network(model, [Slot((THE,)), Slot((PIER,), joint)])
    assert network.senones.tolist() == [
        *senones(model, "SIL", THE, "SIL", B, E),
        *senones(model, "SIL", PIER, "SIL", B, I, E),
    ]
    assert network.joints == (Joint.PHRASE, joint, Joint.PHRASE)


def test_words_of_one_token_begin_and_end_each(model: AcousticModel) -> None:
    network = build_network(model, [Slot((SEVEN_PERCENT,))])
    assert network.senones.tolist() == senones(
        model, "SIL", SEVEN_PERCENT, "SIL", B, I, I, I, E, B, I, I, I, I, E
    )


def test_every_way_to_say_a_token_stands_between_the_usual_neighbours(model: AcousticModel) -> None:
    network = build_network(model, [Slot((THE, THE_STRONG)), Slot((PIER, A)), Slot((THE_STRONG, THE))])
    assert network.senones.tolist() == [
        *senones(model, "SIL", THE, "P", B, E),
        *senones(model, "SIL", THE_STRONG, "P", B, E),
        *senones(model, "AH", PIER, "DH", B, I, E),
        *senones(model, "AH", A, "DH", S),
        *senones(model, "R", THE_STRONG, "SIL", B, E),
        *senones(model, "R", THE, "SIL", B, E),
    ]
    assert network.slots == 3
    assert network.slot_of.tolist() == [0, 0, 1, 1, 2, 2]
    assert network.slot_start.tolist() == [0, 2, 4]


def test_states_of_variants_lie_in_a_row(model: AcousticModel) -> None:
    network = build_network(model, [Slot((THE, SEVEN_PERCENT)), Slot((A,)), Slot((PIER, THE))])
    assert network.first[0] == 0
    assert network.last[-1] == len(network.senones) - 1
    assert all(end + 1 == start for end, start in zip(network.last[:-1], network.first[1:], strict=True))
    assert (network.last - network.first + 1).tolist() == [6, 33, 3, 9, 6]
    assert all(before <= after for before, after in pairwise(network.slot_of))
    phones = [phone for way in (THE, SEVEN_PERCENT, A, PIER, THE) for word in way for phone in word]
    numbers = [model.index[phone] for phone in phones]
    np.testing.assert_array_equal(network.stay, model.stay[numbers].ravel())
    np.testing.assert_array_equal(network.leave, model.leave[numbers].ravel())


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 6))
def test_no_choice_of_pauses_and_pronunciations_needs_another_senone(
    model: AcousticModel, seed: int, count: int
) -> None:
    rng = random.Random(seed)
    ways = [A, THE, THE_STRONG, PIER, SEVEN_PERCENT]
    slots = [Slot(tuple(rng.sample(ways, rng.randint(1, 3)))) for _ in range(count)]
    possible = possible_senones(model, slots)
    for _ in range(5):
        said = [
            Slot(
                rng.choice([slot.pronunciations, (rng.choice(slot.pronunciations),)]), rng.choice(list(Joint))
            )
            for slot in slots
        ]
        network = build_network(model, said)
        for number in range(count):
            assert set(network.part(number, number + 1).senones) <= set(possible[number])


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 8))
def test_a_part_is_what_the_whole_has_of_those_slots(model: AcousticModel, seed: int, count: int) -> None:
    rng = random.Random(seed)
    ways = [A, THE, THE_STRONG, PIER, SEVEN_PERCENT]
    slots = [Slot(tuple(rng.sample(ways, rng.randint(1, 3))), rng.choice(list(Joint))) for _ in range(count)]
    network = build_network(model, slots)
    first = rng.randrange(count)
    last = rng.randint(first + 1, count)
    part = network.part(first, last)
    assert part.slots == last - first
    assert part.joints == network.joints[first : last + 1]
    variants = [at for at, slot in enumerate(network.slot_of) if first <= slot < last]
    assert part.slot_of.tolist() == [network.slot_of[at] - first for at in variants]
    assert [part.slot_of[at] for at in part.slot_start] == [*range(part.slots)]
    for own, at in enumerate(variants):
        mine, whole = (
            slice(one.first[number], one.last[number] + 1) for one, number in ((part, own), (network, at))
        )
        for name in ("senones", "stay", "leave"):
            np.testing.assert_array_equal(getattr(part, name)[mine], getattr(network, name)[whole])
    assert len(part.senones) == sum(network.last[at] + 1 - network.first[at] for at in variants)
