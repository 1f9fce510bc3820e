"""A text is told from another, and from none, by how much better it fits than its words the other way round."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from asdelivered.align.acoustic.cmn import Normaliser
from asdelivered.align.acoustic.features import CEPSTRA, frames_of
from asdelivered.align.acoustic.fmllr import IDENTITY
from asdelivered.align.acoustic.forced_alignment import AlignedToken, SegmentAlignment, SegmentSound
from asdelivered.align.acoustic.network import Slot
from asdelivered.align.acoustic.plausibility import force_align_plausible_segments, margin_over_reverse
from asdelivered.align.script import write_script
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript

FROM, TO = 1_990, 4_360
"""Frames of the example in which its lines 2 to 8 are said."""


@pytest.fixture(scope="module")
def cepstra(harbour_sound: Recording) -> NDArray[np.float32]:
    frames = np.concatenate(list(frames_of(decode_speech(harbour_sound))))
    return Normaliser(frames[:, :CEPSTRA]).cepstra(FROM, TO)


def slots_of(transcript: Transcript, lines: range) -> Iterator[Slot]:
    for token in write_script(transcript).tokens:
        if token.line in lines and token.pronunciations:
            yield Slot(token.pronunciations, token.joint)


def placed(transcript: Transcript, lines: range, cepstra: NDArray[np.float32]) -> float:
    """Return the share of the words of `lines` that have a place in the sound of lines 2 to 8."""
    talking = np.ones(len(cepstra), bool)
    slots = tuple(slots_of(transcript, lines))
    sound = SegmentSound(cepstra, talking, slots, ((0, len(cepstra)),) * len(slots))
    (placement,) = force_align_plausible_segments(IDENTITY, [sound])
    assert len(placement.tokens) == len(slots)
    return float(np.mean([token is not None for token in placement.tokens]))


def test_the_text_that_was_said_keeps_its_place_and_another_has_none(
    harbour: Transcript, cepstra: NDArray[np.float32]
) -> None:
    assert placed(harbour, range(2, 9), cepstra) > 0.9
    assert placed(harbour, range(14, 20), cepstra) == 0.0


def test_half_the_words_out_of_place_count_as_half_as_good() -> None:
    whole = SegmentAlignment((AlignedToken(0, 10, -1.0), AlignedToken(10, 20, -1.0)), ())
    half = SegmentAlignment((AlignedToken(0, 10, -1.0), None), ((10, 20),))
    nothing = SegmentAlignment((None, None), ((0, 20),))
    assert margin_over_reverse(whole, nothing) == pytest.approx(4.0)
    assert margin_over_reverse(half, nothing) == pytest.approx(2.0)
    assert margin_over_reverse(whole, half) == pytest.approx(2.0)
    assert margin_over_reverse(whole, whole) == margin_over_reverse(nothing, whole) == 0.0
