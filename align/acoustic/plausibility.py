"""Plausibility: whether a text belongs to a segment of sound: it must fit better than its words in reverse order.

An engine that only guesses times puts any text on any sound. The forced alignment then finds places for most words of a
wrong text too, the more so the worse the sound is; and how well they fit differs more between rooms than between right
and wrong. The same words in reverse, in the same sound, show what a wrong text would score. docs/decisions has figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from asdelivered.align.acoustic.fmllr import Adaptation
from asdelivered.align.acoustic.forced_alignment import (
    SearchOptions,
    SegmentAlignment,
    SegmentSound,
    force_align_segments,
)

LEAST_TOKENS = 8
"""With fewer tokens, their order says too little."""
_LEAST_BETTER = 0.75
"""How much better, in log-likelihood, a frame of the text must fit than one of its reverse: a right text has 1.1 or
more, a wrong one 0.6 at most."""


def force_align_plausible_segments(
    adaptation: Adaptation, sounds: Sequence[SegmentSound]
) -> list[SegmentAlignment]:
    """Call `force_align_segments`; where a text is hardly likelier than its reverse, none of it gets a place."""
    long = [at for at, sound in enumerate(sounds) if len(sound.slots) >= LEAST_TOKENS]
    reversed_texts = [replace(sounds[at], slots=sounds[at].slots[::-1]) for at in long]
    found = force_align_segments(adaptation, [*sounds, *reversed_texts])
    aligned, reverses = found[: len(sounds)], found[len(sounds) :]
    for at, reverse in zip(long, reverses, strict=True):
        if margin_over_reverse(aligned[at], reverse) < _LEAST_BETTER:
            sound = sounds[at]
            aligned[at] = SegmentAlignment((None,) * len(sound.slots), ((0, len(sound.cepstra)),))
    return aligned


def margin_over_reverse(alignment: SegmentAlignment, reverse: SegmentAlignment) -> float:
    """Return how much better a frame of the text fits than one of its reverse; words without a place count as zero."""
    aligned = [token for token in alignment.tokens if token]
    if not aligned:
        return 0.0
    frames = sum(token.end - token.start for token in aligned) * len(alignment.tokens) / len(aligned)
    return (_gain(alignment) - _gain(reverse)) / frames


def _gain(alignment: SegmentAlignment) -> float:
    """Return how much likelier the words make their frames than garbage would."""
    lost = SearchOptions().garbage_each
    return sum((token.fit + lost) * (token.end - token.start) for token in alignment.tokens if token)
