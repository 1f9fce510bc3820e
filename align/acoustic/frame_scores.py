"""Scores of senones in some frames, and between them: the windows of frames overlap, so what lies between is near."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class FrameScores:
    """The scores of U senones in every frame, of which only some were computed.

    `rows` (frames scored, U) are those of the frames 0, `every`, 2 `every` and so on. Between two of them scores are
    interpolated, and after the last one they stay as they are there.
    """

    rows: Floats
    every: int = 1

    def frames(self) -> Iterator[Floats]:
        """Yield the scores (U,) of one frame after the other."""
        shares = [np.float32(step / self.every) for step in range(1, self.every)]
        for row, following in zip(self.rows, [*self.rows[1:], self.rows[-1]], strict=True):
            yield row
            if shares:
                rise = following - row
                for share in shares:
                    yield row + share * rise

    def of(self, senones: NDArray[np.integer]) -> Floats:
        """Return the scores (T, ...) of other `senones` (T, ...), by their columns, in each of the first T frames."""
        frames = np.arange(len(senones)).reshape(-1, *[1] * (senones.ndim - 1))
        scored = frames // self.every
        before = self.rows[scored, senones]
        after = self.rows[np.minimum(scored + 1, len(self.rows) - 1), senones]
        shares = (frames % self.every / self.every).astype(np.float32)
        return np.asarray(before + shares * (after - before), np.float32)
