"""An extended M3U playlist (.m3u, .m3u8): the rendered clips, or parts of the recording for VLC."""

from __future__ import annotations

from asdelivered.media.edit import Clip, CutList


def to_m3u(cuts: CutList) -> bytes:
    """Return the playlist in UTF-8. Parts of a recording have start and stop times, which only VLC observes."""
    lines = ["#EXTM3U"]
    for clip in cuts.clips:
        lines += [f"#EXTINF:{round(clip.duration)},{clip.name}", *_part(clip, cuts)]
    return "".join(f"{line}\n" for line in lines).encode()


def _part(clip: Clip, cuts: CutList) -> list[str]:
    if clip.file:
        return [clip.file.absolute().as_uri()]
    return [
        f"#EXTVLCOPT:start-time={float(clip.start):.3f}",
        f"#EXTVLCOPT:stop-time={float(clip.end):.3f}",
        cuts.source.path.as_uri(),
    ]
