"""Music and applause are told from speech, from the room and from each other."""

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_SHIFT, SAMPLE_RATE, frames_of
from asdelivered.align.document.alignment import Sound, SoundKind
from asdelivered.align.sounds import find_sounds
from asdelivered.base.span import TimeSpan

RNG = np.random.default_rng(7)


def seconds(length: float, volume: float) -> NDArray[np.float64]:
    return RNG.normal(0, volume, round(length * SAMPLE_RATE))


def chords(length: float) -> NDArray[np.float64]:
    time = np.arange(round(length * SAMPLE_RATE)) / SAMPLE_RATE
    notes = np.array([220, 277, 330, 440, 660, 880, 1320])[:, None]
    return np.asarray(
        600 * np.sin(2 * np.pi * notes * time).sum(axis=0) * (1 + 0.3 * np.sin(2 * np.pi * time))
    )


def claps(length: float) -> NDArray[np.float64]:
    """Many hands: bursts of noise at random, hundreds of them a second."""
    hits = RNG.random(round(length * SAMPLE_RATE)) < 300 / SAMPLE_RATE
    decay = np.exp(-np.arange(400) / 60.0)
    return np.asarray(np.convolve(hits * 6000.0, decay)[: len(hits)] * RNG.normal(size=len(hits)))


def found_in(*parts: NDArray[np.float64], speech: tuple[TimeSpan, ...] = ()) -> tuple[Sound, ...]:
    sound = np.clip(np.concatenate(parts), -32768, 32767).astype(np.int16)
    return find_sounds(np.concatenate(list(frames_of([sound]))), speech, [])


def test_music_and_applause_are_told_apart() -> None:
    room = seconds(30, 20)
    found = found_in(room, chords(5), room, claps(4), room)
    assert [sound.kind for sound in found] == [SoundKind.MUSIC, SoundKind.APPLAUSE]
    for sound, start, end in zip(found, (30_000, 65_000), (35_000, 69_000), strict=True):
        assert abs(sound.span.start - start) < 200
        assert abs(sound.span.end - end) < 200


def test_the_room_and_short_noises_are_neither() -> None:
    room = seconds(20, 20)
    assert found_in(room) == ()
    assert found_in(room, claps(1), room) == ()


def test_nothing_lies_over_speech() -> None:
    room = seconds(20, 20)
    speech = (TimeSpan(21_000, 23_000),)
    found = found_in(room, claps(6), room, speech=speech)
    assert len(found) == 1
    assert found[0].span.start >= 23_000


def test_a_frame_is_a_hundredth_of_a_second() -> None:
    assert 100 * FRAME_SHIFT == SAMPLE_RATE


def test_silence_around_the_event_makes_no_applause_of_its_room() -> None:
    nothing, room = np.zeros(120 * SAMPLE_RATE), seconds(4, 60)
    speech = tuple(TimeSpan(start, start + 2_000) for start in (124_000, 130_000, 136_000))
    voice = seconds(2, 3_000)
    event = (room, voice, room, voice, room, voice, room)
    assert found_in(nothing, *event, nothing, speech=speech) == ()
    loud = found_in(nothing, *event, claps(3), room, nothing, speech=speech)
    assert [sound.kind for sound in loud] == [SoundKind.APPLAUSE]
