"""A network: text as hidden Markov states, with every way to say each token, and silence or other sounds between.

There is a boundary between any two tokens, and one at each end: N tokens have N + 1 boundaries. At each there may be
silence, or sounds that are not in the text ("garbage"), and from each, tokens may be skipped at a cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import SILENCE, STATES, AcousticModel, Pronunciation


class Joint(Enum):
    """What is between a token and the one before it, and so what to expect there."""

    WORD = "word"
    PAUSE = "pause"
    """Punctuation: silence is likely."""
    PHRASE = "phrase"
    """The end of a sentence or line: something that is not in the text may follow."""
    UNKNOWN = "unknown"
    """[inaudible]: something that is not in the text does follow."""


@dataclass(frozen=True)
class Slot:
    """One token to be placed: the ways to say it, and how it is joined to the token before it."""

    pronunciations: tuple[Pronunciation, ...]
    joint: Joint = Joint.WORD


@dataclass(frozen=True)
class Network:
    """The W states of N slots with V variants in all. The states of a variant follow each other.

    senones, stay, leave: (W,) per state, the last two logs. first, last: (V,) states where a variant begins and
    ends. slot_of: (V,) ascending. slot_start: (N,) the first variant of each slot.
    """

    senones: NDArray[np.int32]
    stay: NDArray[np.float32]
    leave: NDArray[np.float32]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    slot_of: NDArray[np.int32]
    slot_start: NDArray[np.int32]
    joints: tuple[Joint, ...]
    """(N + 1,): of each boundary; before the first token and after the last anything may be."""

    @property
    def slots(self) -> int:
        """How many tokens the network holds."""
        return len(self.slot_start)

    def part(self, first: int, last: int) -> Network:
        """Return the network of the slots [first, last), at least one."""
        start = int(self.slot_start[first])
        end = int(self.slot_start[last]) if last < self.slots else len(self.first)
        state = int(self.first[start])
        states = slice(state, int(self.last[end - 1]) + 1)
        return Network(
            senones=self.senones[states],
            stay=self.stay[states],
            leave=self.leave[states],
            first=self.first[start:end] - state,
            last=self.last[start:end] - state,
            slot_of=self.slot_of[start:end] - first,
            slot_start=self.slot_start[first:last] - start,
            joints=self.joints[first : last + 1],
        )


def build_network(model: AcousticModel, slots: Sequence[Slot]) -> Network:
    """Lay out the states of `slots`, each phone in the context of its neighbours.

    Across tokens the neighbour is the next token's first way to say it, or silence where a pause is likely.
    """
    senones: list[NDArray[np.int32]] = []
    phones: list[int] = []
    first: list[int] = []
    last: list[int] = []
    slot_of: list[int] = []
    for number, slot in enumerate(slots):
        before, after = SILENCE, SILENCE
        if number > 0 and slot.joint is Joint.WORD:
            before = slots[number - 1].pronunciations[0][-1][-1]
        if number + 1 < len(slots) and slots[number + 1].joint is Joint.WORD:
            after = slots[number + 1].pronunciations[0][0][0]
        for pronunciation in slot.pronunciations:
            first.append(len(phones) * STATES)
            slot_of.append(number)
            senones.append(model.pronounced(pronunciation, before, after))
            phones.extend(model.index[phone] for word in pronunciation for phone in word)
            last.append(len(phones) * STATES - 1)
    owners = np.array(slot_of, np.int32)
    return Network(
        senones=np.concatenate(senones),
        stay=model.stay[phones].reshape(-1),
        leave=model.leave[phones].reshape(-1),
        first=np.array(first, np.int32),
        last=np.array(last, np.int32),
        slot_of=owners,
        slot_start=np.searchsorted(owners, np.arange(len(slots))).astype(np.int32),
        joints=(Joint.PHRASE, *(slot.joint for slot in slots[1:]), Joint.PHRASE),
    )


def possible_senones(model: AcousticModel, slots: Sequence[Slot]) -> list[NDArray[np.int32]]:
    """Return the senones of each of these `slots` in every network of them, however they are pronounced and joined."""
    firsts = [{way[0][0] for way in slot.pronunciations} for slot in slots]
    lasts = [{way[-1][-1] for way in slot.pronunciations} for slot in slots]
    return [
        np.concatenate(
            [
                model.pronounced(pronunciation, before, after)
                for pronunciation in slot.pronunciations
                for before in sorted({SILENCE, *(lasts[number - 1] if number else ())})
                for after in sorted({SILENCE, *(firsts[number + 1] if number + 1 < len(slots) else ())})
            ]
        )
        for number, slot in enumerate(slots)
    ]
