"""Formats that archives hold and nobody asks for any more: they are read, and not written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from asdelivered.subtitles.formats.older import microdvd, mpl2, sami, spruce, tmplayer
from asdelivered.subtitles.model import Captions


@dataclass(frozen=True)
class OlderFormat:
    """A format that is read alone: what it is called, how its files end, and how they are recognised.

    `read` takes the bytes of a file and the frame rate that somebody says the video has. It raises SubtitleError: the
    file is not in the format, or counts frames of a rate that is neither in it nor said.
    """

    title: str
    extensions: tuple[str, ...]
    read: Callable[[bytes, Fraction | None], Captions]
    recognises: Callable[[bytes], bool]
    counts_frames: bool = False


OLDER: Mapping[str, OlderFormat] = MappingProxyType(
    {
        "microdvd": OlderFormat(
            "MicroDVD", (".sub",), microdvd.read, microdvd.recognises, counts_frames=True
        ),
        "spruce": OlderFormat(
            "Spruce STL, of DVD Studio Pro", (".stl",), spruce.read, spruce.recognises, counts_frames=True
        ),
        "mpl2": OlderFormat("MPL2", (".mpl",), mpl2.read, mpl2.recognises),
        "tmplayer": OlderFormat("TMPlayer", (".tmp",), tmplayer.read, tmplayer.recognises),
        "sami": OlderFormat("SAMI", (".smi", ".sami"), sami.read, sami.recognises),
    }
)
