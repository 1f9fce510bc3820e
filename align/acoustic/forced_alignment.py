"""Forced alignment of the tokens of a segment, in which tokens may be missing and sound may belong to none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import SILENCE, STATES, AcousticModel, embedded_model
from asdelivered.align.acoustic.features import with_deltas
from asdelivered.align.acoustic.fmllr import Adaptation
from asdelivered.align.acoustic.frame_spans import FrameSpan, spans_of
from asdelivered.align.acoustic.network import Joint, Network, Slot, build_network
from asdelivered.align.acoustic.viterbi import (
    GARBAGE_FRAME,
    SILENT_FRAME,
    Path,
    Penalties,
    StateScores,
    best_path,
)

Floats = NDArray[np.float32]

_NOISES = ("+NSN+", "+SPN+")


@dataclass(frozen=True)
class AlignedToken:
    """Where a token is: frames [start, end), and how well it fits there compared with any sound at all.

    `fit` is the mean over its frames of its log-likelihood, less that of the best phone.
    """

    start: int
    end: int
    fit: float


@dataclass(frozen=True)
class SegmentAlignment:
    """The alignment of a segment: for each slot its place, or None; and the frames of sound that is not in the text."""

    tokens: tuple[AlignedToken | None, ...]
    garbage: tuple[FrameSpan, ...]


@dataclass(frozen=True)
class SearchOptions:
    """How closely the search keeps to the text."""

    penalties: Penalties = field(default_factory=Penalties)
    garbage_each: float = 5.0
    """What a frame of garbage costs compared with the best phone: 3 (a doubtful text) to 8 (verbatim, accented)."""
    garbage_quiet: float = 0.5
    """The same where nobody speaks, in music or applause: 0 to `garbage_each`."""


def force_align_segment(
    adaptation: Adaptation, cepstra: Floats, talking: NDArray[np.bool_], slots: Sequence[Slot]
) -> SegmentAlignment:
    """Call `force_align` with the embedded model: the function that worker processes run, whose arguments are small."""
    return force_align(embedded_model(), adaptation, cepstra, talking, slots, SearchOptions())


def force_align(
    model: AcousticModel,
    adaptation: Adaptation,
    cepstra: Floats,
    talking: NDArray[np.bool_],
    slots: Sequence[Slot],
    options: SearchOptions,
) -> SegmentAlignment:
    """Align `slots` with normalised cepstra (frames, 13); frames count from the segment's start.

    `talking` (frames,) says where somebody speaks: elsewhere a word must fit as well as any sound does.

    The search runs twice. The second time, each word is modelled in the context that the first search found.
    """
    if not slots or not len(cepstra):
        return SegmentAlignment((None,) * len(slots), ((0, len(cepstra)),) if len(cepstra) else ())
    scores = _SenoneScores(model, adaptation.apply(with_deltas(cepstra)))
    silent = [replace(slot, joint=Joint.PAUSE) for slot in slots]
    first, after_pauses = build_network(model, slots), build_network(model, silent)
    # Nearly all senones that the two searches will need, at once: this costs hardly more than those of one search.
    scores.of(np.concatenate([model.phone_senones.reshape(-1), first.senones, after_pauses.senones]))
    known, columns = scores.of(model.phone_senones.reshape(-1))
    phones = known[:, columns].reshape(len(cepstra), -1, STATES)
    speech = [number for phone, number in model.index.items() if phone not in (SILENCE, *_NOISES)]
    best_phone = phones[:, speech].max(axis=(1, 2))
    silence = model.index[SILENCE]

    def search(network: Network) -> tuple[StateScores, Path]:
        lost = np.where(talking, options.garbage_each, options.garbage_quiet).astype(np.float32)
        words, columns = scores.of(network.senones)
        states = StateScores(words, columns, phones[:, silence], best_phone - lost)
        return states, best_path(
            network, states, model.stay[silence], model.leave[silence], options.penalties
        )

    _, path = search(first)
    found = [_as_found(slot, first, path, number) for number, slot in enumerate(slots)]
    states, path = search(build_network(model, found))

    said = states.columns[np.maximum(path.states, 0)]
    lead = states.words[np.arange(len(cepstra)), said] - best_phone
    tokens = tuple(
        AlignedToken(int(start), int(end), float(lead[start:end].mean())) if variant >= 0 else None
        for variant, start, end in zip(path.variant, path.start, path.end, strict=True)
    )
    return SegmentAlignment(tokens, spans_of(path.states == GARBAGE_FRAME))


def force_align_states(
    model: AcousticModel, features: Floats, slots: Sequence[Slot]
) -> NDArray[np.int32] | None:
    """Return the senone (frames,) of each of `features` (frames, 39), which hold all of `slots` and nothing else.

    In silence it is -1. Returns None where the features are too short for the slots.
    """
    network = build_network(model, slots)
    if len(features) < len(network.senones):
        return None
    silence = model.phone_senones[model.index[SILENCE]]
    scores = model.scores(features, np.concatenate([network.senones, silence]))
    nothing_else = np.full(len(features), -np.inf, np.float32)
    path = best_path(
        network,
        StateScores(
            scores, np.arange(len(network.senones), dtype=np.int32), scores[:, -STATES:], nothing_else
        ),
        model.stay[model.index[SILENCE]],
        model.leave[model.index[SILENCE]],
        Penalties(skip=np.inf),
    )
    return np.where(path.states >= 0, network.senones[path.states], -1).astype(np.int32)


class _SenoneScores:
    """The scores of one segment of sound, each senone computed once."""

    def __init__(self, model: AcousticModel, features: Floats) -> None:
        self._model = model
        self._features = features
        self._columns = np.full(len(model.codebooks), -1, np.int32)
        self._scores = np.empty((len(features), 0), np.float32)

    def of(self, senones: NDArray[np.int32]) -> tuple[Floats, NDArray[np.int32]]:
        """Return the scores (frames, U) of all senones so far, and the columns (N,) of these `senones` (N,) in them."""
        new = np.unique(senones)
        new = new[self._columns[new] < 0]
        if len(new):
            self._columns[new] = self._scores.shape[1] + np.arange(len(new))
            scores = self._model.scores(self._features, new)
            self._scores = np.concatenate([self._scores, scores], axis=1) if self._scores.shape[1] else scores
        return self._scores, self._columns[senones]


def _as_found(slot: Slot, network: Network, path: Path, number: int) -> Slot:
    """Return the slot with only the pronunciation that was said, and with the pause before it if there was one."""
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
