"""Names for the files of clips, made of the speaker and the first words, and safe on every system."""

from __future__ import annotations

import re
from collections.abc import Iterable

from anyascii import anyascii

from asdelivered.base.names import folded, portable_name
from asdelivered.media.edit import Clip

WORDS = 6
"""Words of the quote in a name."""
LONGEST = 80
"""Characters of a name; with its number and extension it still fits everywhere."""


def file_stems(clips: Iterable[Clip]) -> tuple[str, ...]:
    """Return a name without extension for each clip, in ASCII, no two alike on any system: "Rosa-Balfour_We-can".

    None has a path separator or a leading dot, or is the name of a device. Equal names are numbered from 2 on.
    """
    stems: list[str] = []
    taken: set[str] = set()
    for clip in clips:
        plain = _stem(clip)
        stem, number = plain, 1
        while folded(stem) in taken:
            number += 1
            stem = f"{plain}-{number}"
        taken.add(folded(stem))
        stems.append(stem)
    return tuple(stems)


def _stem(clip: Clip) -> str:
    words = " ".join((clip.text or clip.name).split()[:WORDS])
    parts = [_hyphened(part) for part in (clip.speaker or "", words)]
    name = "_".join(part for part in parts if part)[:LONGEST].strip("-_")
    return portable_name(name, LONGEST, instead="", default="clip")


def _hyphened(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", re.sub(r"['’]", "", anyascii(text))).strip("-")
