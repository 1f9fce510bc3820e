"""Forced alignment of the tokens of a segment, in which tokens may be missing and sound may belong to none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import SILENCE, STATES, AcousticModel, model_in_worker
from asdelivered.align.acoustic.features import FRAME_MS, with_deltas
from asdelivered.align.acoustic.fmllr import Adaptation
from asdelivered.align.acoustic.frame_spans import FrameSpan, spans_of
from asdelivered.align.acoustic.network import Joint, Network, Slot, build_network, possible_senones
from asdelivered.align.acoustic.viterbi import (
    GARBAGE_FRAME,
    SILENT_FRAME,
    Path,
    Penalties,
    Search,
    StateScores,
    best_path,
    best_paths,
)
from asdelivered.base.timeline import stage

Floats = NDArray[np.float32]

_NOISES = ("+NSN+", "+SPN+")
_BLOCK = 256
"""Frames that are copied at a time."""
_STRETCHED = 500 // FRAME_MS
"""Frames from which on the first or last phone of a word is stretched, if it fits badly: over music, or over what
somebody else says. Drawn-out vowels last as long, and fit."""
_STRETCHED_FIT = -2.5
"""The fit of a phone, as of a token, below which it may be stretched."""
_PHONE = 120 // FRAME_MS
"""Frames that a word keeps of a stretched phone: what such a phone takes before a pause, roughly."""


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


@dataclass(frozen=True)
class SegmentSound:
    """The sound of a segment, and what is to be found in it.

    `cepstra` (frames, 13) are normalised; `talking` (frames,) says where somebody speaks: elsewhere a word must fit as
    well as any sound does.
    """

    cepstra: Floats
    talking: NDArray[np.bool_]
    slots: tuple[Slot, ...]


def force_align_segments(adaptation: Adaptation, sounds: Sequence[SegmentSound]) -> list[SegmentAlignment]:
    """Call `force_align` with the embedded model: the function that worker processes run, whose arguments are small."""
    return force_align(model_in_worker(), adaptation, sounds, SearchOptions())


def force_align(
    model: AcousticModel, adaptation: Adaptation, sounds: Sequence[SegmentSound], options: SearchOptions
) -> list[SegmentAlignment]:
    """Align the slots of each segment with its sound; frames count from the segment's start.

    Each segment is aligned as if it were alone. Those of about one length take less time together.

    The search runs twice. The second time, each word is modelled in the context that the first search found.
    """
    silence = model.index[SILENCE]
    aligned = [
        SegmentAlignment((None,) * len(sound.slots), ((0, len(sound.cepstra)),) if len(sound.cepstra) else ())
        for sound in sounds
    ]
    able = [at for at, sound in enumerate(sounds) if sound.slots and len(sound.cepstra)]
    if not able:
        return aligned
    with stage("scores of senones"):
        scores, segments = _score(model, adaptation, [sounds[at] for at in able], options)

    def search(networks: Sequence[Network]) -> list[Path]:
        searches = [segment.search(network) for segment, network in zip(segments, networks, strict=True)]
        with stage("search"):
            return best_paths(scores, searches, model.stay[silence], model.leave[silence], options.penalties)

    first = [build_network(model, sounds[at].slots) for at in able]
    found = [
        [_as_found(slot, network, path, number) for number, slot in enumerate(sounds[at].slots)]
        for at, network, path in zip(able, first, search(first), strict=True)
    ]
    second = [build_network(model, slots) for slots in found]
    for at, segment, network, path in zip(able, segments, second, search(second), strict=True):
        aligned[at] = segment.aligned(scores, network, path)
    return aligned


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


@dataclass(frozen=True)
class _Segment:
    """The scores of a segment of T frames, besides those of its senones, which it has in common with others."""

    columns: NDArray[np.int32]
    """(senones of the model,): the column of each one that the segment may need."""
    best_phone: Floats
    silence: Floats
    garbage: Floats
    """(T,), (T, 3), (T,)"""

    def search(self, network: Network) -> Search:
        """Return the search for the best path of `network`."""
        return Search(network, self.columns[network.senones], self.silence, self.garbage)

    def aligned(self, scores: Floats, network: Network, path: Path) -> SegmentAlignment:
        """Return where `path` has the tokens, and how well they fit there."""
        said = self.columns[network.senones[np.maximum(path.states, 0)]]
        lead = scores[np.arange(len(said)), said] - self.best_phone
        other = path.states == GARBAGE_FRAME
        tokens: list[AlignedToken | None] = []
        for variant, first, last in zip(path.variant, path.start, path.end, strict=True):
            if variant < 0:
                tokens.append(None)
                continue
            start, end = without_stretched(path.states[first:last] // STATES, lead[first:last])
            other[first : first + start] = other[first + end : last] = True
            fit = float(lead[first + start : first + end].mean())
            tokens.append(AlignedToken(int(first) + start, int(first) + end, fit))
        return SegmentAlignment(tuple(tokens), spans_of(other))


def without_stretched(phones: NDArray[np.int32], lead: Floats) -> FrameSpan:
    """Return the frames [start, end) of a word that are its own; of a stretched first or last phone it keeps a part.

    `phones` (frames,) are the numbers of its phones, ascending, and `lead` (frames,) is how well they fit. A hidden
    Markov model has next to no idea of how long a phone lasts, and rather stretches one over other sound than pay
    for a sound that is not in the text.
    """
    starts = [0, *(np.flatnonzero(np.diff(phones)) + 1).tolist(), len(phones)]
    start, end = 0, len(phones)
    if starts[1] >= _STRETCHED and lead[: starts[1]].mean() < _STRETCHED_FIT:
        start = starts[1] - _PHONE
    if end - starts[-2] >= _STRETCHED and lead[starts[-2] :].mean() < _STRETCHED_FIT:
        end = max(start, starts[-2]) + _PHONE
    return start, end


def _score(
    model: AcousticModel, adaptation: Adaptation, sounds: Sequence[SegmentSound], options: SearchOptions
) -> tuple[Floats, list[_Segment]]:
    """Return the scores (frames of the longest, U) of all senones that both searches may need, and the segments."""
    silence = model.index[SILENCE]
    speech = [number for phone, number in model.index.items() if phone not in (SILENCE, *_NOISES)]
    phone_senones = model.phone_senones.reshape(-1)
    needed = [possible_senones(model, sound.slots) for sound in sounds]
    scores = np.zeros((max(len(sound.cepstra) for sound in sounds), sum(map(len, needed))), np.float32)
    segments = []
    first = 0
    for sound, senones in zip(sounds, needed, strict=True):
        # Every call takes most of the time that it would take for all senones: so there is one.
        both = np.union1d(phone_senones, senones)
        both = both[np.argsort(model.codebooks[both], kind="stable")]
        place = np.empty(len(model.codebooks), np.intp)
        place[both] = np.arange(len(both))
        found = model.scores(adaptation.apply(with_deltas(sound.cepstra)), both)
        # Bit by bit: a copy of all of it would be the greatest thing in memory.
        for start in range(0, len(found), _BLOCK):
            rows = slice(start, start + _BLOCK)
            scores[: len(found)][rows, first : first + len(senones)] = found[rows, place[senones]]
        phones = found[:, place[phone_senones]].reshape(len(found), -1, STATES)
        best_phone = phones[:, speech].max(axis=(1, 2))
        lost = np.where(sound.talking, options.garbage_each, options.garbage_quiet).astype(np.float32)
        columns = np.full(len(model.codebooks), -1, np.int32)
        columns[senones] = np.arange(first, first + len(senones))
        segments.append(_Segment(columns, best_phone, phones[:, silence], best_phone - lost))
        first += len(senones)
    return scores, segments


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
