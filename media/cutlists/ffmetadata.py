r"""Chapters of the recording for FFmpeg (.ffmetadata; ffmpeg-formats, "Metadata").

`ffmpeg -i RECORDING -i FILE -map 0 -map_chapters 1 -codec copy OUT` adds them to the recording.
"""

from __future__ import annotations

import re

from asdelivered.media.cutlists.chapters import chapters_of
from asdelivered.media.edit import CutList


def to_ffmetadata(cuts: CutList) -> bytes:
    """Return the chapters, in order of time, whole milliseconds, UTF-8."""
    lines = [";FFMETADATA1", f"title={_escaped(cuts.title)}"]
    for chapter in chapters_of(cuts):
        lines += [
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={round(chapter.start * 1000)}",
            f"END={round(chapter.end * 1000)}",
            f"title={_escaped(chapter.title)}",
        ]
    return "".join(f"{line}\n" for line in lines).encode()


def _escaped(text: str) -> str:
    # FFmpeg takes a line break after a backslash for escaped, even if the backslash itself is escaped.
    return re.sub(r"([=;#\\])", r"\\\1", f"{text} " if text.endswith("\\") else text)
