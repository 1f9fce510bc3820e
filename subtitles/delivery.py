"""An alignment and the captions beside it, delivered together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from asdelivered.base.delivery import Delivery, Origin
from asdelivered.base.files import sha256_of
from asdelivered.subtitles.editing.edits_file import edits_path


def with_captions(alignment: Path, origin: Origin, staged: Mapping[Path, Path]) -> list[Delivery]:
    """Return the deliveries of files (target: where it lies ready), one of which is the `alignment` made of `origin`.

    The others with an ending of captions are made of the alignment, by `asdelivered captions`.
    """
    source = {alignment: sha256_of(staged[alignment])}
    if (edits := edits_path(alignment)).is_file():
        source[edits] = sha256_of(edits)

    def origin_of(target: Path) -> Origin:
        if target == alignment:
            return origin
        format = target.suffix.lstrip(".")
        if format not in ("srt", "vtt"):
            return Origin()
        return Origin(source, ("captions", alignment.name, "--format", format))

    return [Delivery(target, file, origin_of(target)) for target, file in staged.items()]
