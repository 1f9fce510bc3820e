"""The minutes around a frame: the room, the microphone and its gain may change in the course of an event."""

from __future__ import annotations

from asdelivered.align.acoustic.features import FRAME_MS

MINUTE = 60_000 // FRAME_MS
"""Frames that share the same surroundings."""
_AROUND = 5 * MINUTE


def minutes_around(frames: int) -> list[slice]:
    """Return, for each minute of so many frames (the last may be shorter), the ten to eleven minutes around it."""
    return [
        slice(max(0, start - _AROUND), min(frames, start + MINUTE + _AROUND))
        for start in range(0, frames, MINUTE)
    ]
