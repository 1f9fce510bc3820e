"""Cepstra without what speaker, microphone and room add to them."""

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.cmn import Normaliser
from asdelivered.align.acoustic.features import CEPSTRA
from asdelivered.align.acoustic.minutes import MINUTE


def speech(seed: int, frames: int) -> NDArray[np.float32]:
    """Cepstra of syllables and the pauses between them."""
    rng = np.random.default_rng(seed)
    static = rng.normal(size=(frames, CEPSTRA))
    static[:, 0] += 10 * (np.arange(frames) // 15 % 2)
    return static.astype(np.float32)


def test_what_the_room_adds_evenly_is_taken_out() -> None:
    static = speech(1, 1_000)
    colour = np.linspace(-3, 3, CEPSTRA, dtype=np.float32)
    coloured = Normaliser(static + colour).cepstra(0, len(static))
    np.testing.assert_allclose(coloured, Normaliser(static).cepstra(0, len(static)), atol=1e-2)


def test_a_part_of_a_recording_is_normalised_as_the_whole_is() -> None:
    normaliser = Normaliser(speech(5, 2_000))
    whole = normaliser.cepstra(0, 2_000)
    for start, end in [(0, 10), (500, 1_400), (1_990, 2_000)]:
        np.testing.assert_allclose(normaliser.cepstra(start, end), whole[start:end], atol=1e-4)


def test_what_follows_in_another_room_changes_nothing() -> None:
    first, second = speech(7, 20 * MINUTE), speech(8, 20 * MINUTE)
    second[:, 0] = 40 + second[:, 0] / 4  # louder, with more noise
    alone = Normaliser(first).cepstra(2 * MINUTE, 2 * MINUTE + 500)
    together = Normaliser(np.concatenate([first, second])).cepstra(2 * MINUTE, 2 * MINUTE + 500)
    np.testing.assert_array_equal(alone, together)
