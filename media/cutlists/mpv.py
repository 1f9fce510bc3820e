"""mpv's edit list (.mpv.edl): the clips as one timeline, a chapter each (mpv, DOCS/edl-mpv.rst)."""

from __future__ import annotations

from asdelivered.media.edit import CutList

EARLY = 1000
"""Microseconds by which a part of a movie begins and ends before its frames, so that rounding can't shift it."""


def to_mpv(cuts: CutList) -> bytes:
    """Return the list: seconds with six decimals, UTF-8."""
    path = _counted(str(cuts.source.path))
    early = EARLY if cuts.source.size else 0
    lines = []
    for clip in cuts.clips:
        start, end = (max(0, round(time * 1_000_000) - early) for time in (clip.start, clip.end))
        times = f"start={start / 1_000_000:.6f},length={(end - start) / 1_000_000:.6f}"
        lines.append(f"{path},{times},title={_counted(clip.name)}")
    track = cuts.source.recording.audio.track
    hint = [] if len(cuts.source.tracks) == 1 else [f"# the sound is that of mpv --aid={track}"]
    return "".join(f"{line}\n" for line in ("# mpv EDL v0", *hint, *lines)).encode()


def _counted(text: str) -> str:
    """Return a value with its length in bytes before it; mpv then takes it literally, commas and all."""
    return f"%{len(text.encode())}%{text}"
