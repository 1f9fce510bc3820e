"""The sounds of a recording to choose from before it is aligned, each with a piece to listen to."""

from __future__ import annotations

import io
import wave
from typing import Any

import numpy as np

from asdelivered.base.span import TimeSpan
from asdelivered.media.decode import SAMPLE_RATE, decode_speech
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import Recording
from asdelivered.media.sound import AUTO, SoundChoice, describe, hearing, wanted_sound

PIECE = 20_000
"""Milliseconds to listen to."""
MOST_CHANNELS = 16
"""Channels of a track that are offered by themselves."""


def sounds_of(recording: Recording) -> list[dict[str, Any]]:
    """Return what `--sound` can be for a recording: its tracks, and the channels of those that have several.

    The first leaves the choice to the program. A recording with a single channel has nothing to choose.
    """
    found = [SoundChoice(track.track, None, track.language) for track in recording.tracks]
    for track in recording.tracks:
        if track.channels > 1:
            channels = range(1, min(track.channels, MOST_CHANNELS) + 1)
            found += [SoundChoice(track.track, channel, track.language) for channel in channels]
    if len(found) == 1:
        return []
    return [{"value": AUTO, "name": ""}, *({"value": str(one), "name": describe(one)} for one in found)]


def piece_of(recording: Recording, sound: str) -> bytes:
    """Return a piece of a sound from the middle of a recording as a WAV file: 16 kHz, mono. Raises MediaError."""
    choice = wanted_sound(recording, sound)
    heard = recording if choice is None else hearing(recording, choice)
    start = max(0, recording.duration // 2 - PIECE // 2)
    span = TimeSpan(start, min(recording.duration, start + PIECE))
    blocks = [*decode_speech(heard, span)]
    if not blocks:
        raise MediaError(f"{recording.path} has no sound from {start / 1000:.0f} s on")
    samples = np.concatenate(blocks).astype("<i2")
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples.tobytes())
    return written.getvalue()
