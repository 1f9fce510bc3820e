"""A part of a recording sounds as the whole does there, on a clock that begins with the part."""

import numpy as np
import pytest

from asdelivered.align.values.recording_part import RecordingPart
from asdelivered.base.span import TimeSpan
from asdelivered.media.recording import Recording


@pytest.mark.parametrize("span", [TimeSpan(0, 1_000), TimeSpan(12_345, 40_001), TimeSpan(100_003, 100_104)])
def test_a_part_is_the_whole_cut_at_its_edges(harbour_sound: Recording, span: TimeSpan) -> None:
    whole = np.concatenate(list(RecordingPart(harbour_sound).decode())).astype(float)
    part = RecordingPart(harbour_sound, span)
    samples = np.concatenate(list(part.decode())).astype(float)
    assert part.duration == span.duration
    assert len(samples) == pytest.approx(16 * span.duration, abs=1)
    same = whole[16 * span.start : 16 * span.start + len(samples)]
    # Filters have no past at the edges of a part, so its first and last samples differ a little.
    inside = slice(160, -160)
    assert np.abs(samples[inside] - same[inside]).max() <= 2
    # A sample earlier or later it is another sound.
    assert np.abs(samples[inside] - np.roll(same, 1)[inside]).max() > 20


def test_the_whole_is_as_long_as_the_recording(harbour_sound: Recording) -> None:
    assert RecordingPart(harbour_sound).duration == harbour_sound.duration
