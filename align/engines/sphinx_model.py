"""The acoustic models that PocketSphinx hears with: the embedded one with fewer Gaussians, for every second frame.

Recognition only has to find anchors, and most of its time would go into Gaussians. Where only the best of each codebook
counts, sixteen broad ones are as good as 128 narrow ones. Every second frame is enough for words, as others found for
neural networks (G. Pundak and T. Sainath, "Lower frame rate neural network acoustic models", Interspeech 2016): a state
may then be passed by.
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
    AcousticModel,
)
from asdelivered.align.acoustic.features import with_deltas
from asdelivered.align.acoustic.merging import merge_gaussians
from asdelivered.align.acoustic.model_files import model_files

Floats = NDArray[np.float32]

EVERY = 2
"""Of so many frames the recogniser hears one."""
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
    merged = merge_gaussians(model, size.gaussians, senones)
    for name, values in (("means", merged.means), ("variances", merged.variances)):
        shape = (len(model.phones), STREAMS, size.gaussians, *[STREAM_WIDTH] * STREAMS, values.size)
        _write_parameters(folder / name, shape, values)
    odds = _transitions(model)
    _write_parameters(folder / "transition_matrices", (*odds.shape, odds.size), odds)
    (folder / "sendump").write_bytes(_dump(merged.weights))


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
