"""Forced alignment of the tokens of a segment, in which tokens may be missing and sound may belong to none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import SILENCE, STATES, AcousticModel
from asdelivered.align.acoustic.aligning_model import AligningModel, model_in_worker
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
    Window,
    best_paths,
)
from asdelivered.base.timeline import stage

Floats = NDArray[np.float32]

_NOISES = ("+NSN+", "+SPN+")
_WINDOW = 1_000 // FRAME_MS
"""Frames of a window, in which only tokens are searched that may be said there. With fewer of them there is less to
search, but more to be laid out."""
_STRETCHED = 500 // FRAME_MS
"""Frames from which on the first or last phone of a word is stretched, if it fits badly: over music, or over what
somebody else says. Drawn-out vowels last as long, and fit."""
_STRETCHED_FIT = -2.5
"""The fit of a phone, as of a token, below which it may be stretched."""
_PHONE = 120 // FRAME_MS
"""Frames that a word keeps of a stretched phone: what such a phone takes before a pause, roughly."""


@dataclass(frozen=True, slots=True)
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
    well as any sound does. `places` has, for each of `slots`, the frames in which it is looked for.
    """

    cepstra: Floats
    talking: NDArray[np.bool_]
    slots: tuple[Slot, ...]
    places: tuple[FrameSpan, ...]


def force_align_segments(adaptation: Adaptation, sounds: Sequence[SegmentSound]) -> list[SegmentAlignment]:
    """Call `force_align` with the embedded model: the function that worker processes run, whose arguments are small."""
    return force_align(model_in_worker(), adaptation, sounds, SearchOptions())


def force_align(
    aligning: AligningModel, adaptation: Adaptation, sounds: Sequence[SegmentSound], options: SearchOptions
) -> list[SegmentAlignment]:
    """Align the slots of each segment with its sound; frames count from the segment's start.

    Each segment is aligned as if it were alone. Those of about one length take less time together.

    The search runs twice. The second time, each word is modelled in the context that the first search found.
    """
    model = aligning.acoustic
    silence = model.index[SILENCE]
    aligned = [
        SegmentAlignment((None,) * len(sound.slots), ((0, len(sound.cepstra)),) if len(sound.cepstra) else ())
        for sound in sounds
    ]
    able = [at for at, sound in enumerate(sounds) if sound.slots and len(sound.cepstra)]
    if not able:
        return aligned
    with stage("scores of senones"):
        segments = [_score(aligning, adaptation, sounds[at], options) for at in able]

    def search(networks: Sequence[Network]) -> list[Path]:
        searches = [segment.search(network) for segment, network in zip(segments, networks, strict=True)]
        with stage("search"):
            return best_paths(searches, _WINDOW, model.stay[silence], model.leave[silence], options.penalties)

    first = [build_network(model, sounds[at].slots) for at in able]
    found = [
        [_as_found(slot, network, path, number) for number, slot in enumerate(sounds[at].slots)]
        for at, network, path in zip(able, first, search(first), strict=True)
    ]
    second = [build_network(model, slots) for slots in found]
    for at, segment, network, path in zip(able, segments, second, search(second), strict=True):
        aligned[at] = segment.aligned(network, path)
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
    silence = model.index[SILENCE]
    senones = np.unique(np.concatenate([network.senones, model.phone_senones[silence]]))
    scores = model.scores(features, senones)
    (path,) = best_paths(
        [
            Search(
                network,
                (Window(0, network.slots, senones, scores),),
                scores[:, np.searchsorted(senones, model.phone_senones[silence])],
                np.full(len(features), -np.inf, np.float32),
            )
        ],
        len(features) + 1,
        model.stay[silence],
        model.leave[silence],
        Penalties(skip=np.inf),
    )
    return np.where(path.states >= 0, network.senones[path.states], -1).astype(np.int32)


@dataclass(frozen=True)
class _Segment:
    """How well each of T frames of a segment fits what may be said there."""

    windows: tuple[Window, ...]
    best_phone: Floats
    silence: Floats
    garbage: Floats
    """(T,), (T, 3), (T,)"""

    def search(self, network: Network) -> Search:
        """Return the search for the best path of `network`."""
        return Search(network, self.windows, self.silence, self.garbage)

    def aligned(self, network: Network, path: Path) -> SegmentAlignment:
        """Return where `path` has the tokens, and how well they fit there."""
        lead = np.zeros(len(path.states), np.float32)
        for number, window in enumerate(self.windows):
            frames = np.flatnonzero(path.states[number * _WINDOW :][: len(window.scores)] >= 0)
            at = frames + number * _WINDOW
            said = np.searchsorted(window.senones, network.senones[path.states[at]])
            lead[at] = window.scores[frames, said] - self.best_phone[at]
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
    aligning: AligningModel, adaptation: Adaptation, sound: SegmentSound, options: SearchOptions
) -> _Segment:
    """Return how well each frame of a segment fits all senones that both searches may need there."""
    model = aligning.acoustic
    silence = model.index[SILENCE]
    speech = np.array([at for phone, at in model.index.items() if phone not in (SILENCE, *_NOISES)])
    features = adaptation.apply(with_deltas(sound.cepstra))
    wanted = aligning.likely_phones(features, speech)
    wanted[silence] = True
    _want_phones_of_text(model, sound, wanted)
    possible = possible_senones(model, sound.slots)
    # Every call takes most of the time that it would take for all senones: so there is one.
    senones = np.unique(np.concatenate([model.phone_senones.reshape(-1), *possible]))
    senones = senones[np.argsort(model.codebooks[senones], kind="stable")]
    column = np.empty(len(model.codebooks), np.intp)
    column[senones] = np.arange(len(senones))
    scores = model.scores(features, senones, wanted)
    windows = []
    for number, (first, last) in enumerate(slots_in_windows(sound.places, len(features), _WINDOW)):
        needed = np.unique(np.concatenate(possible[first:last]))
        frames = slice(number * _WINDOW, (number + 1) * _WINDOW)
        windows.append(Window(first, last, needed, scores[frames, column[needed]]))
    phones = scores[:, column[model.phone_senones]]
    best_phone = phones[:, speech].max(axis=(1, 2))
    lost = np.where(sound.talking, options.garbage_each, options.garbage_quiet).astype(np.float32)
    return _Segment(tuple(windows), best_phone, phones[:, silence], best_phone - lost)


def slots_in_windows(places: Sequence[FrameSpan], frames: int, window: int) -> list[tuple[int, int]]:
    """Return the slots [first, last), at least one, that may be said in each window of so many of the `frames`.

    `places` has, for each slot, the frames in which it is looked for; neither their starts nor their ends go back.
    """
    ends = [end for _, end in places]
    starts = [start for start, _ in places]
    found = []
    for begin in range(0, frames + 1, window):
        # A slot that ends where the window begins still has to be left there.
        first = min(bisect_left(ends, begin), len(places) - 1)
        found.append((first, max(first + 1, bisect_left(starts, begin + window))))
    return found


def _want_phones_of_text(model: AcousticModel, sound: SegmentSound, wanted: NDArray[np.bool_]) -> None:
    """Set in `wanted` (P, T) the phones of each slot, where it is looked for."""
    for slot, (start, end) in zip(sound.slots, sound.places, strict=True):
        phones = {phone for way in slot.pronunciations for word in way for phone in word}
        wanted[[model.index[phone] for phone in phones], start:end] = True


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
