"""mpv's edit list (.mpv.edl): the clips as one timeline, a chapter each (mpv, DOCS/edl-mpv.rst)."""

from __future__ import annotations

from asdelivered.media.clips import CutList


def to_mpv(cuts: CutList) -> bytes:
    """Return the list: seconds with six decimals, UTF-8."""
    path = _counted(str(cuts.source.path))
    lines = [
        f"{path},start={float(clip.start):.6f},length={float(clip.duration):.6f},title={_counted(clip.name)}"
        for clip in cuts.clips
    ]
    return "".join(f"{line}\n" for line in ("# mpv EDL v0", *lines)).encode()


def _counted(text: str) -> str:
    """Return a value led by its length in bytes, which mpv then takes as it is, commas and all."""
    return f"%{len(text.encode())}%{text}"
