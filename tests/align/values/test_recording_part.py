"""A part of a recording sounds as the whole does there, on a clock that begins with the part."""

from dataclasses import replace

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


@pytest.mark.parametrize("part", [None, TimeSpan(5_003, 90_003)])
@pytest.mark.parametrize("least", [0, 50_000])
def test_a_window_sounds_as_the_whole_does_there(
    harbour_sound: Recording, part: TimeSpan | None, least: int
) -> None:
    """Where windows are few, nothing else is decoded; where they are many, or in a joined recording, all is."""
    sound = RecordingPart(harbour_sound, part)
    whole = np.concatenate(list(sound.decode()))
    windows = [
        TimeSpan(2_000, 5_000 + least),
        TimeSpan(4_001, 6_000),
        TimeSpan(sound.duration - 500, sound.duration + 900),
        TimeSpan(sound.duration + 1_000, sound.duration + 2_000),
    ]
    joined = replace(sound, recording=replace(harbour_sound, offsets=(0.0, 0.0)))
    for one in (sound, joined) if part is None else (sound,):
        for window, piece in zip(windows, one.windows(windows), strict=True):
            same = whole[16 * window.start : 16 * window.end]
            # The recording may state a few more milliseconds than it has sound for: there is next to silence.
            assert 0 <= len(piece) - len(same) < 160
            assert np.abs(piece[len(same) :]).max(initial=0) < 20
            inside = slice(160, max(160, len(same) - 160))
            assert np.abs(piece[inside].astype(int) - same[inside]).max(initial=0) <= 2
