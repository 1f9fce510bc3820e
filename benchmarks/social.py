"""Look at vertical clips as a viewer would: when each word is lit, and whether all text is in the safe area.

python benchmarks/social.py [--count 10] [CORPUS]
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import av
import numpy as np
import typer
from clip_measures import sentence_quotes, spoken_words
from numpy.typing import NDArray
from truth_alignment import truth_alignment

from asdelivered.align.document.alignment import Alignment
from asdelivered.clips import RenderOptions, clip
from asdelivered.clips.captions import spoken_in
from asdelivered.media.edit import Clip

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
MOVIE, TRUTH, UNTIL = "excerpt-25fps-tc10h.mp4", "event-clean.truth.json", 299.0
SEED = 2026
LATEST = 0.05
"""Seconds by which a word may be lit early or late."""
SIDE, TOP, BOTTOM = 0.11, 0.14, 0.2
"""Shares of a vertical picture that the platforms cover with their own."""
BRAND = '[colours]\ntext = "FF00FF"\nhighlight = "00FF00"\npanel = "0000FF"\n'
"""Colours that the film has nowhere."""


@dataclass(frozen=True)
class Looked:
    """What was seen in a clip: by how many seconds each word is lit late, and how many pixels of text are outside."""

    late: tuple[float, ...]
    unlit: int
    outside: int


def main(
    corpus: Annotated[Path, typer.Argument()] = CORPUS, count: Annotated[int, typer.Option()] = 10
) -> None:
    """Print a row for each clip."""
    movie, truth = corpus / MOVIE, corpus / TRUTH
    alignment = truth_alignment(truth, movie, truth)
    quotes = [quote.text for quote in sentence_quotes(spoken_words(truth, UNTIL), count, SEED)]
    wrong = 0
    print("| words | lit late, mean | at most | not within 50 ms | text outside the safe area |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory(prefix="asdelivered-social-") as name:
        brand = Path(name) / "brand.toml"
        brand.write_text(BRAND)
        look = RenderOptions(vertical=True, highlight=True, lower_third=True, brand=brand, captions=())
        report = clip(alignment, quotes, folder=Path(name) / "clips", render=look)
        for one in report.clips:
            assert one.clip.file is not None
            seen = look_at(one.clip.file, alignment, one.clip)
            missed = sum(abs(late) > LATEST for late in seen.late) + seen.unlit
            late = np.array(seen.late) * 1000
            print(
                f"| {len(late) + seen.unlit} | {late.mean():.0f} ms | {np.abs(late).max():.0f} ms | {missed} | "
                f"{seen.outside} pixels |",
                flush=True,
            )
            wrong += missed + seen.outside
    print(f"\n{len(report.clips)} clips, {len(report.failures)} failures")
    if wrong or report.failures:
        raise typer.Exit(1)


def look_at(made: Path, alignment: Alignment, cut: Clip) -> Looked:
    """Measure a clip's pictures, one by one."""
    outside = 0
    runs: list[tuple[float, NDArray[np.int64]]] = []
    before: NDArray[np.int64] | None = None
    for at, picture in _pictures(made):
        red, green, blue = (picture[..., channel] for channel in range(3))
        lit = (green > 150) & (red < 90) & (blue < 90)
        text = lit | ((red > 150) & (blue > 150) & (green < 90)) | ((blue > 150) & (red < 90) & (green < 90))
        outside += _outside(text)
        box = _box(lit)
        if box is not None and (before is None or np.abs(box - before).max() > 12):
            runs.append((at, box))
        before = box
    words = [span for _, span in spoken_in(alignment, cut)]
    starts = np.array([at for at, _ in runs])
    late, unlit = [], 0
    for span in words:
        if not len(starts):
            unlit += 1
            continue
        late.append(float(starts[np.abs(starts - span.start / 1000).argmin()]) - span.start / 1000)
    return Looked(tuple(late), unlit, outside)


def _pictures(made: Path) -> Iterator[tuple[float, NDArray[np.int64]]]:
    with av.open(str(made)) as container:
        for frame in container.decode(video=0):
            yield float(frame.time or 0.0), frame.to_ndarray(format="rgb24").astype(np.int64)


def _outside(text: NDArray[np.bool_]) -> int:
    height, width = text.shape
    inside = np.zeros_like(text)
    inside[
        round(height * TOP) : round(height * (1 - BOTTOM)), round(width * SIDE) : round(width * (1 - SIDE))
    ] = True
    return int((text & ~inside).sum())


def _box(lit: NDArray[np.bool_]) -> NDArray[np.int64] | None:
    """Return the edges of what is lit: top, bottom, left, right; None where nothing is."""
    rows, columns = np.flatnonzero(lit.any(axis=1)), np.flatnonzero(lit.any(axis=0))
    if len(rows) < 8 or len(columns) < 8:
        return None
    return np.array([rows[0], rows[-1], columns[0], columns[-1]])


if __name__ == "__main__":
    typer.run(main)
