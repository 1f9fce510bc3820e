"""Memory locations for Pro Tools (.protools.mid): "File > Import > MIDI", with the tempo map.

Pro Tools imports no list of markers as text, but it takes those of a MIDI file (Standard MIDI Files 1.0). At 60 beats a
minute a beat is a second; the recording's start is to lie at the start of the session. Logic, Nuendo and others read
the same file.
"""

from __future__ import annotations

from asdelivered.media.edit import CutList
from asdelivered.media.text import ascii_line

TICKS = 30_000
"""Ticks of a beat, and so of a second."""
TEMPO = 1_000_000
"""Microseconds of a beat."""
LONGEST = 120
"""Characters of a name."""


def to_pro_tools(cuts: CutList) -> bytes:
    """Return a MIDI file with a marker at the start of each clip, in order of time."""
    events = [_event(0, 0x51, TEMPO.to_bytes(3, "big"))]
    at = 0
    for clip in sorted(cuts.clips, key=lambda clip: clip.start):
        ticks = round(clip.start * TICKS)
        events.append(_event(ticks - at, 0x06, ascii_line(clip.name, LONGEST).encode("ascii")))
        at = ticks
    events.append(_event(0, 0x2F, b""))
    return _chunk(b"MThd", b"".join(number.to_bytes(2, "big") for number in (0, 1, TICKS))) + _chunk(
        b"MTrk", b"".join(events)
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "big") + data


def _event(delay: int, kind: int, data: bytes) -> bytes:
    return _length(delay) + bytes((0xFF, kind)) + _length(len(data)) + data


def _length(number: int) -> bytes:
    """Return a number as MIDI files write lengths: seven bits a byte, all but the last with the highest bit set."""
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.append(number & 0x7F | 0x80)
    return bytes(reversed(parts))
