"""A script for FFmpeg's concat demuxer (.ffconcat; ffmpeg-formats, "concat").

Its paths are absolute, so open it with `-f concat -safe 0 -i`. It joins the rendered clips, if there are any. In parts
of a movie FFmpeg gets edges wrong that are not at keyframes, even when it encodes them again; the script says so.
"""

from __future__ import annotations

from asdelivered.media.edit import Clip, CutList

INEXACT = "# FFmpeg cuts these parts near keyframes: render the clips, and this list joins them exactly."


def to_concat(cuts: CutList) -> bytes:
    """Return the script: the rendered clips, or else parts of the recording, seconds with six decimals."""
    lines = ["ffconcat version 1.0"]
    if cuts.source.size and not all(clip.file for clip in cuts.clips):
        lines.append(INEXACT)
    for clip in cuts.clips:
        lines += _part(clip, cuts)
    return "".join(f"{line}\n" for line in lines).encode()


def _part(clip: Clip, cuts: CutList) -> list[str]:
    if clip.file:
        return [f"file {_quoted(str(clip.file.absolute()))}"]
    return [
        f"file {_quoted(str(cuts.source.path))}",
        f"inpoint {float(clip.start):.6f}",
        f"outpoint {float(clip.end):.6f}",
    ]


def _quoted(text: str) -> str:
    """Return a string quoted as in FFmpeg's scripts (ffmpeg-utils, "Quoting and escaping")."""
    return "'" + text.replace("'", r"'\''") + "'"
