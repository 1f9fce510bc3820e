"""fMLLR: one affine transform of the features brings a recording nearer to what the acoustic model was trained on.

It is the transform under which words that are certain to have been said are likeliest (constrained MLLR:
M. Gales, "Maximum likelihood linear transformations for HMM-based speech recognition", Computer Speech and Language
12, 1998, section 4.1.1). The model's three feature streams are independent, so each has a transform of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import STREAM_WIDTH, STREAMS, AcousticModel
from asdelivered.align.acoustic.aligning_model import model_in_worker
from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.base.processes import in_order
from asdelivered.base.timeline import stage

Floats = NDArray[np.float64]

MOST_FRAMES = 120_000 // FRAME_MS
"""An estimate uses this much speech: two minutes are enough for three transforms of 13 x 14."""
LEAST_FRAMES = 20_000 // FRAME_MS
"""With less speech, the features stay as they are."""
_ROUNDS = 3
_SWEEPS = 5


@dataclass(frozen=True)
class Adaptation:
    """An affine transform of features (frames, 39): `matrix` (3, 13, 13) and `offset` (39,), stream by stream."""

    matrix: NDArray[np.float32]
    offset: NDArray[np.float32]

    def apply(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the adapted features (frames, 39)."""
        streams = np.split(features, STREAMS, axis=1)
        turned = [stream @ matrix.T for stream, matrix in zip(streams, self.matrix, strict=True)]
        return np.concatenate(turned, axis=1) + self.offset


IDENTITY = Adaptation(
    np.tile(np.eye(STREAM_WIDTH, dtype=np.float32), (STREAMS, 1, 1)),
    np.zeros(STREAMS * STREAM_WIDTH, np.float32),
)


def estimate_fmllr(
    pool: Executor, samples: Iterable[tuple[NDArray[np.float32], NDArray[np.int32]]]
) -> Adaptation:
    """Estimate the transform to the embedded model, each of its streams in a process of `pool`.

    `samples` are features (frames, 39) with the senone of each frame (frames,). Uses MOST_FRAMES of them at most; with
    fewer than LEAST_FRAMES, it is the identity.
    """
    features: list[NDArray[np.float32]] = []
    senones: list[NDArray[np.int32]] = []
    count = 0
    for some, states in samples:
        features.append(some)
        senones.append(states)
        count += len(states)
        if count >= MOST_FRAMES:
            break
    if count < LEAST_FRAMES:
        return IDENTITY
    observed, states = np.concatenate(features), np.concatenate(senones)
    streams = np.split(observed, STREAMS, axis=1)
    rows = list(in_order(pool, _transform, ((*one, states) for one in enumerate(streams))))
    return Adaptation(
        np.stack([row[:, 1:] for row in rows]).astype(np.float32),
        np.concatenate([row[:, 0] for row in rows]).astype(np.float32),
    )


def _transform(stream: int, observed: NDArray[np.float32], senones: NDArray[np.int32]) -> Floats:
    """Return [offset, matrix] (13, 14) of one stream of features (frames, 13): what a worker process does."""
    with stage("adaptation"):
        return _transform_to(model_in_worker().acoustic, stream, observed.astype(np.float64), senones)


def _transform_to(model: AcousticModel, stream: int, observed: Floats, senones: NDArray[np.int32]) -> Floats:
    extended = np.concatenate([np.ones((len(observed), 1)), observed], axis=1)
    transform = np.eye(STREAM_WIDTH, STREAM_WIDTH + 1, 1)
    for _ in range(_ROUNDS):
        squares = np.zeros((STREAM_WIDTH, STREAM_WIDTH + 1, STREAM_WIDTH + 1))
        crosses = np.zeros((STREAM_WIDTH, STREAM_WIDTH + 1))
        codebooks = model.codebooks[senones]
        for codebook in np.unique(codebooks):
            rows = np.flatnonzero(codebooks == codebook)
            x = extended[rows]
            shares = model.shares(int(codebook), stream, x @ transform.T, senones[rows])
            inverse = 2.0 * model.precisions[codebook, stream].astype(np.float64)
            weights = shares @ inverse
            crosses += (shares @ (inverse * model.means[codebook, stream])).T @ x
            for row in range(STREAM_WIDTH):
                squares[row] += (x * weights[:, row : row + 1]).T @ x
        transform = _likeliest(transform, squares, crosses, len(observed))
    return transform


def _likeliest(transform: Floats, squares: Floats, crosses: Floats, frames: int) -> Floats:
    """Return the transform (13, 14) that these statistics make likeliest, row by row (Gales, equations 40 to 44)."""
    result = transform.copy()
    inverses = np.linalg.inv(squares)
    for _ in range(_SWEEPS):
        for row in range(len(result)):
            cofactors = np.linalg.inv(result[:, 1:]).T * np.linalg.det(result[:, 1:])
            extended = np.concatenate([[0.0], cofactors[row]])
            a = extended @ inverses[row] @ extended
            b = extended @ inverses[row] @ crosses[row]
            root = np.sqrt(b * b + 4.0 * a * frames)
            candidates = [
                (scale * extended + crosses[row]) @ inverses[row]
                for scale in ((-b + root) / (2.0 * a), (-b - root) / (2.0 * a))
            ]
            result[row] = max(
                candidates, key=lambda w: _gain(w, extended, squares[row], crosses[row], frames)
            )
    return result


def _gain(row: Floats, cofactors: Floats, squares: Floats, cross: Floats, frames: int) -> float:
    return float(frames * np.log(abs(row @ cofactors)) - 0.5 * row @ squares @ row + row @ cross)
