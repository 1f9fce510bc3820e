"""Place the tokens of a segment: forced alignment that may also say "not here"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import SILENCE, STATES, AcousticModel, embedded_model
from asdelivered.align.acoustic.features import with_deltas
from asdelivered.align.acoustic.fmllr import Adaptation
from asdelivered.align.acoustic.frame_spans import runs_of
from asdelivered.align.acoustic.network import Joint, Network, Slot, build_network
from asdelivered.align.acoustic.viterbi import GARBAGE_FRAME, SILENT_FRAME, Path, Penalties, Sounds, best_path

Floats = NDArray[np.float32]

_NOISES = ("+NSN+", "+SPN+")


@dataclass(frozen=True)
class Placed:
    """Where a token was found: frames [start, end), and how much better or worse than any sound at all it fits.

    `fit` is the mean over its frames of its log-likelihood less the best phone's.
    """

    start: int
    end: int
    fit: float


@dataclass(frozen=True)
class Placement:
    """What became of a segment: a place or None for each slot, and the stretches [start, end) not in the text."""

    tokens: tuple[Placed | None, ...]
    garbage: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class PlacingOptions:
    """How closely the search keeps to the text."""

    penalties: Penalties = field(default_factory=Penalties)
    garbage_each: float = 5.0
    """What a frame of garbage loses against the best phone: 3 (a doubtful text) to 8 (verbatim, accented)."""
    garbage_quiet: float = 0.5
    """The same where nobody speaks, in music or applause: 0 to `garbage_each`."""


def place_segment(
    adaptation: Adaptation, cepstra: Floats, talking: NDArray[np.bool_], slots: Sequence[Slot]
) -> Placement:
    """Do what `place` does with the embedded model, in a process that loads no more than this needs."""
    return place(embedded_model(), adaptation, cepstra, talking, slots, PlacingOptions())


def place(
    model: AcousticModel,
    adaptation: Adaptation,
    cepstra: Floats,
    talking: NDArray[np.bool_],
    slots: Sequence[Slot],
    options: PlacingOptions,
) -> Placement:
    """Place `slots` in normalised cepstra of shape (frames, 13); frames count from the segment's start.

    `talking` (frames,) says where somebody speaks: elsewhere a word must fit as well as anything does.

    The search runs twice: the second time each word is modelled as next to what the first one found beside it.
    """
    if not slots or not len(cepstra):
        return Placement((None,) * len(slots), ((0, len(cepstra)),) if len(cepstra) else ())
    listener = _Listener(model, adaptation.apply(with_deltas(cepstra)))
    silent = [replace(slot, joint=Joint.PAUSE) for slot in slots]
    first, after_pauses = build_network(model, slots), build_network(model, silent)
    # All that the two searches will ask for, but for a few senones, at once: that costs hardly more than one of them.
    listener.listen(np.concatenate([model.phone_senones.reshape(-1), first.senones, after_pauses.senones]))
    scores, columns = listener.listen(model.phone_senones.reshape(-1))
    phones = scores[:, columns].reshape(len(cepstra), -1, STATES)
    speech = [number for phone, number in model.index.items() if phone not in (SILENCE, *_NOISES)]
    best_phone = phones[:, speech].max(axis=(1, 2))
    silence = model.index[SILENCE]

    def search(network: Network) -> tuple[Sounds, Path]:
        lost = np.where(talking, options.garbage_each, options.garbage_quiet).astype(np.float32)
        words, columns = listener.listen(network.senones)
        sounds = Sounds(words, columns, phones[:, silence], best_phone - lost)
        return sounds, best_path(
            network, sounds, model.stay[silence], model.leave[silence], options.penalties
        )

    _, path = search(first)
    found = [_as_found(slot, first, path, number) for number, slot in enumerate(slots)]
    sounds, path = search(build_network(model, found))

    said = sounds.columns[np.maximum(path.states, 0)]
    lead = sounds.words[np.arange(len(cepstra)), said] - best_phone
    tokens = tuple(
        Placed(int(start), int(end), float(lead[start:end].mean())) if variant >= 0 else None
        for variant, start, end in zip(path.variant, path.start, path.end, strict=True)
    )
    return Placement(tokens, runs_of(path.states == GARBAGE_FRAME))


def force(model: AcousticModel, features: Floats, slots: Sequence[Slot]) -> NDArray[np.int32] | None:
    """Return the senone (frames,) of each of `features` (frames, 39) where they are all of `slots` and nothing else.

    In silence it is -1. None where they are too short for that.
    """
    network = build_network(model, slots)
    if len(features) < len(network.senones):
        return None
    silence = model.phone_senones[model.index[SILENCE]]
    scores = model.scores(features, np.concatenate([network.senones, silence]))
    nothing_else = np.full(len(features), -np.inf, np.float32)
    path = best_path(
        network,
        Sounds(scores, np.arange(len(network.senones), dtype=np.int32), scores[:, -STATES:], nothing_else),
        model.stay[model.index[SILENCE]],
        model.leave[model.index[SILENCE]],
        Penalties(skip=np.inf),
    )
    return np.where(path.states >= 0, network.senones[path.states], -1).astype(np.int32)


class _Listener:
    """The scores of one stretch of sound, each senone's worked out once."""

    def __init__(self, model: AcousticModel, features: Floats) -> None:
        self._model = model
        self._features = features
        self._columns = np.full(len(model.codebooks), -1, np.int32)
        self._scores = np.empty((len(features), 0), np.float32)

    def listen(self, senones: NDArray[np.int32]) -> tuple[Floats, NDArray[np.int32]]:
        """Return scores (frames, U) of all senones asked for so far, and the columns (N,) of these `senones` (N,)."""
        new = np.unique(senones)
        new = new[self._columns[new] < 0]
        if len(new):
            self._columns[new] = self._scores.shape[1] + np.arange(len(new))
            scores = self._model.scores(self._features, new)
            self._scores = np.concatenate([self._scores, scores], axis=1) if self._scores.shape[1] else scores
        return self._scores, self._columns[senones]


def _as_found(slot: Slot, network: Network, path: Path, number: int) -> Slot:
    """The slot with the way it was said and with the pause before it that was there."""
    variant = int(path.variant[number])
    if variant < 0:
        return slot
    start = int(path.start[number])
    return replace(
        slot,
        pronunciations=(slot.pronunciations[variant - int(network.slot_start[number])],),
        joint=_found_joint(slot.joint, start == 0 or path.states[start - 1] in (SILENT_FRAME, GARBAGE_FRAME)),
    )


def _found_joint(joint: Joint, paused: bool) -> Joint:
    if joint in (Joint.WORD, Joint.PAUSE):
        return Joint.PAUSE if paused else Joint.WORD
    return joint
