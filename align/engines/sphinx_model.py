"""The acoustic models that PocketSphinx hears with: the embedded one with fewer Gaussians, for every second frame.

Recognition only has to find anchors, and most of its time would go into Gaussians. Where only the best of each codebook
counts, sixteen broad ones are as good as 128 narrow ones. Every second frame is enough for words, as others found for
neural networks (G. Pundak and T. Sainath, "Lower frame rate neural network acoustic models", Interspeech 2016): a state
may then be passed by. Gaussians are merged by k-means (S. Lloyd, "Least squares quantization in PCM", IEEE Trans.
Information Theory 28(2), 1982) from centres as far apart as can be (T. Gonzalez, "Clustering to minimize the maximum
intercluster distance", Theoretical Computer Science 38, 1985), and keep mean and variance of those that they replace.
"""

from __future__ import annotations

import shutil
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import (
    BYTE_ORDER,
    STATES,
    STREAM_WIDTH,
    STREAMS,
    WEIGHT_STEP,
    AcousticModel,
)
from asdelivered.align.acoustic.features import with_deltas
from asdelivered.align.acoustic.model_files import model_files

Floats = NDArray[np.float32]

EVERY = 2
"""Of so many frames the recogniser hears one."""
_ROUNDS = 20
_LEAST_WEIGHT = 1e-30
_NOWHERE = np.float32(1e4)
"""Where a Gaussian lies that no other one is part of: no sound is near it."""
_NOISE = "+"
"""How the names of phones begin that are noises."""


@dataclass(frozen=True)
class ModelSize:
    """How many Gaussians a codebook has, at most 128; and whether phones differ by their neighbours."""

    gaussians: int
    triphones: bool


def heard_features(cepstra: Floats) -> Floats:
    """Return what the recogniser hears of cepstra (frames, 13): features (frames / 2, 39) around their mean."""
    return with_deltas(cepstra - cepstra.mean(axis=0))[::EVERY]


def write_model(model: AcousticModel, size: ModelSize, folder: Path) -> None:
    """Write `model` in this size for PocketSphinx, in the formats of CMU Sphinx, into the folder."""
    folder.mkdir(exist_ok=True)
    installed = model_files().acoustic
    shutil.copyfile(installed / "noisedict", folder / "noisedict")
    if size.triphones:
        shutil.copyfile(installed / "mdef", folder / "mdef")
        senones = np.arange(len(model.codebooks), dtype=np.int32)
    else:
        (folder / "mdef").write_text(_definition(model.phones), encoding="ascii")
        senones = model.phone_senones.reshape(-1)
    means, variances, weights = _merged(model, size.gaussians, senones)
    for name, values in (("means", means), ("variances", variances)):
        shape = (len(model.phones), STREAMS, size.gaussians, *[STREAM_WIDTH] * STREAMS, values.size)
        _write_parameters(folder / name, shape, values)
    odds = _transitions(model)
    _write_parameters(folder / "transition_matrices", (*odds.shape, odds.size), odds)
    (folder / "sendump").write_bytes(_dump(weights))


def _merged(
    model: AcousticModel, gaussians: int, senones: NDArray[np.int32]
) -> tuple[Floats, Floats, NDArray[np.uint8]]:
    """Return means and variances (P, 3, gaussians, 13), and weights (3, gaussians, senones) as they are stored."""
    phones, codewords = len(model.phones), model.means.shape[2]
    codebooks = model.codebooks[senones]
    stored = model.weights[:, :, senones].astype(np.float32)
    odds = np.exp(-WEIGHT_STEP * stored).astype(np.float64)
    # How often each Gaussian is used: (P, 3, K).
    counts = np.stack([odds[:, :, codebooks == phone].sum(axis=2) for phone in range(phones)]) + _LEAST_WEIGHT
    variances = 0.5 / model.precisions.astype(np.float64)
    scaled = model.means / np.sqrt(variances.mean(axis=2, keepdims=True))
    owners = clusters(
        scaled.reshape(phones * STREAMS, codewords, STREAM_WIDTH),
        counts.reshape(phones * STREAMS, codewords),
        gaussians,
    ).reshape(phones, STREAMS, codewords)
    # (P, 3, gaussians, K): the share that each old Gaussian has in a new one.
    belongs = (owners[:, :, None] == np.arange(gaussians)[:, None]).astype(np.float64)
    shares = belongs * counts[:, :, None]
    total = shares.sum(axis=3, keepdims=True)
    shares /= np.maximum(total, _LEAST_WEIGHT)
    means = shares @ model.means
    spread = shares @ (variances + np.square(model.means, dtype=np.float64)) - np.square(means)
    unused = total == 0.0
    weights = np.empty((STREAMS, gaussians, len(senones)))
    for phone in range(phones):
        own = codebooks == phone
        weights[:, :, own] = belongs[phone] @ odds[:, :, own]
    kept = np.round(-np.log(np.maximum(weights, _LEAST_WEIGHT)) / WEIGHT_STEP)
    return (
        np.where(unused, _NOWHERE, means).astype(np.float32),
        np.where(unused, 1.0, spread).astype(np.float32),
        np.clip(kept, 0, 255).astype(np.uint8),
    )


def clusters(points: NDArray[np.floating], weights: NDArray[np.floating], number: int) -> NDArray[np.intp]:
    """Return to which of `number` clusters each point belongs, (B, K), in each of B sets of K points (B, K, D).

    `weights` (B, K) say how much each point counts: for where the centres are at first, and where their means lie.
    """
    sets = np.arange(len(points))
    chosen = [weights.argmax(axis=1)]
    nearest = np.full(weights.shape, np.inf)
    while len(chosen) < number:
        apart = np.square(points - points[sets, chosen[-1]][:, None]).sum(axis=2)
        nearest = np.minimum(nearest, apart)
        chosen.append((nearest * weights).argmax(axis=1))
    centres = points[sets[:, None], np.stack(chosen, axis=1)]
    owners = np.zeros(weights.shape, np.intp)
    for _ in range(_ROUNDS):
        before = owners
        # The squared distance, less that of the point from nothing.
        apart = np.square(centres).sum(axis=2)[:, None] - 2.0 * points @ centres.swapaxes(1, 2)
        owners = apart.argmin(axis=2)
        if (owners == before).all():
            break
        belongs = (owners[:, None] == np.arange(number)[:, None]) * weights[:, None]
        total = belongs.sum(axis=2, keepdims=True)
        centres = np.where(total > 0.0, belongs @ points / np.maximum(total, _LEAST_WEIGHT), centres)
    return owners


def _transitions(model: AcousticModel) -> Floats:
    """Return the odds (P, 3, 4) of being in each state, or past them all, `EVERY` frames after each state."""
    once = np.zeros((len(model.phones), STATES + 1, STATES + 1))
    each = np.arange(STATES)
    once[:, each, each] = np.exp(model.stay)
    once[:, each, each + 1] = np.exp(model.leave)
    once[:, STATES, STATES] = 1.0
    return np.linalg.matrix_power(once, EVERY)[:, :STATES].astype(np.float32)


def _definition(phones: tuple[str, ...]) -> str:
    """Return the definition of a model in which each phone has three states of its own, whatever is beside it."""
    rows = [
        f"{phone} - - - {'filler' if phone.startswith(_NOISE) or phone == 'SIL' else 'n/a'} {number} "
        + " ".join(str(STATES * number + state) for state in range(STATES))
        + " N"
        for number, phone in enumerate(phones)
    ]
    states = STATES * len(phones)
    counts = (
        (len(phones), "n_base"), (0, "n_tri"), (states + len(phones), "n_state_map"), (states, "n_tied_state"),
        (states, "n_tied_ci_state"), (len(phones), "n_tied_tmat"),
    )  # fmt: skip
    return "\n".join(["0.3", *(f"{count} {name}" for count, name in counts), *rows, ""])


def _write_parameters(path: Path, shape: tuple[int, ...], values: Floats) -> None:
    head = b"s3\nversion 1.0\nendhdr\n" + struct.pack(f"<I{len(shape)}i", BYTE_ORDER, *shape)
    path.write_bytes(head + values.astype("<f4").tobytes())


def _dump(weights: NDArray[np.uint8]) -> bytes:
    """Return weights (3, gaussians, senones) with the head that the format asks for: strings, and their lengths."""
    streams, gaussians, senones = weights.shape
    strings = [b"weights\0", b"as stored\0", b"feature_count %d\0" % streams, b"cluster_count 0\0"]
    head = b"".join(struct.pack("<i", len(one)) + one for one in strings)
    return head + struct.pack("<3i", 0, gaussians, senones) + weights.tobytes()
