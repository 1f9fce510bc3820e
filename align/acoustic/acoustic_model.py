"""CMU Sphinx's acoustic model of US English, read into arrays: which sound is likely in which frame.

A phonetically tied mixture: each context-independent phone has one codebook of 128 Gaussians per feature stream,
and each senone (a tied state of a triphone) has its own weights over its phone's codebook. Formats: CMU Sphinx
`mdef` (binary), `means`, `variances`, `sendump`, `transition_matrices`. Method: M.-Y. Hwang and X. Huang,
"Shared-distribution hidden Markov models for speech recognition", IEEE Trans. SAP 1(4), 1993.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.model_files import model_files
from asdelivered.align.errors import AlignError

STATES = 3
"""Emitting states of every phone."""
SILENCE = "SIL"

Pronunciation = tuple[tuple[str, ...], ...]
"""One way to say a token: the phones of each of its words."""

STREAMS = 3
STREAM_WIDTH = 13
"""Features of each of the model's streams: cepstra, their differences, the differences' differences."""

BYTE_ORDER = 0x11223344
_VARIANCE_FLOOR = 1e-4
# Weights are stored as -log(weight) to the base 1.0001, less ten bits.
WEIGHT_STEP = 1024 * np.log(1.0001)
_LIKELIHOODS = np.exp(-WEIGHT_STEP * np.arange(256)).astype(np.float32)
"""Each weight that can be stored, as it is multiplied."""
UNSCORED = np.float32(-1000.0)
"""In place of a score that was not worked out: a frame that fits worse than any sound does."""
_TINY = np.float32(1e-30)
# A Gaussian so far below the best one adds nothing to a sum of single precision; but without this limit its likelihood
# would be a subnormal number, and a product of matrices with those takes ten times as long.
_FAR_BELOW = np.float32(-80.0)
# Frames scored at a time: what a core's cache holds.
_BLOCK = 256


class Position(IntEnum):
    """Where in its word a phone stands, as the model numbers it."""

    INSIDE = 0
    BEGIN = 1
    END = 2
    SINGLE = 3


@dataclass(frozen=True)
class AcousticModel:
    """The model's arrays: P phones, S senones, K codewords, Q tied state sequences.

    `precisions` are 1 / (2 variance); `offsets` the log of each Gaussian's normaliser; `weights` are linear;
    `stay` holds each phone's probability, per state, of remaining there one more frame, as a log.
    """

    phones: tuple[str, ...]
    means: NDArray[np.float32]
    """(P, 3, K, 13)"""
    precisions: NDArray[np.float32]
    """(P, 3, K, 13)"""
    offsets: NDArray[np.float32]
    """(P, 3, K)"""
    weights: NDArray[np.uint8]
    """(3, K, S), as stored: minus log, in steps of `WEIGHT_STEP`."""
    codebooks: NDArray[np.int32]
    """(S,): the phone whose codebook a senone uses."""
    sequences: NDArray[np.int32]
    """(Q, 3): the senones of a tied sequence; the first P are the context-independent phones'."""
    triphone_keys: NDArray[np.int64]
    """Sorted; see `senones`."""
    triphone_sequences: NDArray[np.int32]
    stay: NDArray[np.float32]
    """(P, 3), log"""
    leave: NDArray[np.float32]
    """(P, 3), log"""

    @cached_property
    def index(self) -> dict[str, int]:
        """The number of each phone."""
        return {phone: number for number, phone in enumerate(self.phones)}

    def senones(self, phone: int, left: int, right: int, position: Position) -> NDArray[np.int32]:
        """Return the three senones of a phone between its neighbours.

        A triphone that the model lacks is looked for inside a word, then taken without its context.
        """
        return np.asarray(self.sequences[self._sequence(phone, left, right, position)])

    def _sequence(self, phone: int, left: int, right: int, position: Position) -> int:
        """Return the number of the tied sequence of a phone between its neighbours."""
        triphone = _key(phone, left, right, position, len(self.phones))
        known = self._triphones.get(triphone)
        if known is not None:
            return known
        found = phone
        for key in (triphone, _key(phone, left, right, Position.INSIDE, len(self.phones))):
            at = int(np.searchsorted(self.triphone_keys, key))
            if at < len(self.triphone_keys) and self.triphone_keys[at] == key:
                found = int(self.triphone_sequences[at])
                break
        self._triphones[triphone] = found
        return found

    def pronounced(self, words: Pronunciation, before: str, after: str) -> NDArray[np.int32]:
        """Return the senones of all phones of `words`, three each, with the phones `before` and `after` beside them."""
        key = words, before, after
        if key not in self._pronounced:
            phones = [self.index[phone] for word in words for phone in word]
            around = [self.index[before], *phones, self.index[after]]
            places = [place for word in words for place in _positions(len(word))]
            numbers = [
                self._sequence(phone, around[at], around[at + 2], place)
                for at, (phone, place) in enumerate(zip(phones, places, strict=True))
            ]
            self._pronounced[key] = self.sequences[numbers].flatten()
        return self._pronounced[key]

    @cached_property
    def _triphones(self) -> dict[int, int]:
        """The sequences that were looked up: a text has the same sounds again and again, and the same words."""
        return {}

    @cached_property
    def _pronounced(self) -> dict[tuple[Pronunciation, str, str], NDArray[np.int32]]:
        return {}

    @cached_property
    def _factors(self) -> NDArray[np.float32]:
        """(P, 3, K, 27): what `factors_of` gives for all Gaussians."""
        return factors_of(self.means, self.precisions, self.offsets)

    @property
    def phone_senones(self) -> NDArray[np.int32]:
        """(P, 3): the senones of the phones without context."""
        return self.sequences[: len(self.phones)]

    def scores(
        self,
        features: NDArray[np.float32],
        senones: NDArray[np.int32],
        wanted: NDArray[np.bool_] | None = None,
    ) -> NDArray[np.float32]:
        """Return the log-likelihood of each of `senones` (N,) in each frame of `features` (T, 39): (T, N).

        With `wanted` (P, T), a senone is scored only in the frames where its phone is wanted; it is `UNSCORED` in the
        others. Where `senones` are in the order of their codebooks, it takes half the memory.
        """
        # Frames run along the rows of every array: finding the best Gaussian of each then costs next to nothing.
        order = np.argsort(self.codebooks[senones], kind="stable")
        used = self.codebooks[senones[order]]
        result = np.full((len(senones), len(features)), UNSCORED, np.float32)
        squares = squares_of(features)
        for codebook in np.unique(used):
            rows = slice(*np.searchsorted(used, [codebook, codebook + 1]))
            frames = np.arange(len(features)) if wanted is None else np.flatnonzero(wanted[codebook])
            stored = self.weights[:, :, senones[order[rows]]].swapaxes(1, 2)
            weights = _LIKELIHOODS.take(stored)
            for start in range(0, len(frames), _BLOCK):
                block = frames[start : start + _BLOCK]
                density = self._factors[codebook] @ squares.take(block, axis=0).transpose(1, 2, 0)
                result[rows, block] = _mixed(density, weights).sum(axis=0)
        if (order[1:] > order[:-1]).all():
            return result.T
        scores = np.empty((len(features), len(senones)), np.float32)
        scores[:, order] = result.T
        return scores

    def shares(
        self, codebook: int, stream: int, features: NDArray[np.float64], senones: NDArray[np.int32]
    ) -> NDArray[np.float64]:
        """Return the posterior of each Gaussian in each frame, (frames, K), for a stream's features (frames, 13).

        `senones` (frames,), all of one codebook, say which state each frame belongs to.
        """
        precision, mean = self.precisions[codebook, stream], self.means[codebook, stream]
        # As in `scores`: products of matrices.
        linear = 2.0 * mean.astype(np.float64) * precision
        density = features @ linear.T - np.square(features) @ precision.astype(np.float64).T
        density += self.offsets[codebook, stream] - 0.5 * (linear * mean).sum(axis=1)
        density -= WEIGHT_STEP * self.weights[stream][:, senones].T.astype(np.float64)
        density -= density.max(axis=1, keepdims=True)
        np.exp(density, out=density)
        return np.asarray(density / density.sum(axis=1, keepdims=True), np.float64)


def factors_of(
    means: NDArray[np.float32], precisions: NDArray[np.float32], offsets: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the factors (..., 27) of what `squares_of` gives, in the log-likelihood of Gaussians (..., 13).

    -(x - m)^2 p  =  -x^2 p + 2 x m p - m^2 p: one product of matrices for a whole codebook.
    """
    constant = offsets - (np.square(means) * precisions).sum(axis=-1)
    return np.concatenate([-precisions, 2 * means * precisions, constant[..., None]], axis=-1)


def squares_of(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return, for each stream of `features` (T, 39), their squares, themselves and ones: (T, 3, 27)."""
    values = features.reshape(-1, STREAMS, STREAM_WIDTH)
    return np.concatenate([values * values, values, np.ones_like(values[..., :1])], axis=2)


def _mixed(density: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the log-likelihoods (3, N, T) of mixtures, of those of their Gaussians (3, K, T), with weights (3, N, K).

    `density` is overwritten.
    """
    best = density.max(axis=1, keepdims=True)
    density -= best
    # None is above zero; but with one number alone, as `numpy.maximum` has it, it takes three times as long.
    np.clip(density, _FAR_BELOW, 0.0, out=density)
    np.exp(density, out=density)
    likely = weights @ density
    likely += _TINY
    np.log(likely, out=likely)
    likely += best
    return likely


def _positions(length: int) -> list[Position]:
    if length == 1:
        return [Position.SINGLE]
    return [Position.BEGIN, *[Position.INSIDE] * (length - 2), Position.END]


def _key(phone: int, left: int, right: int, position: int, phones: int) -> int:
    return ((phone * phones + left) * phones + right) * len(Position) + position


def embedded_model() -> AcousticModel:
    """Read the US English model that is installed. Raises AlignError where there is none."""
    return read_model(model_files().acoustic)


def read_model(folder: Path) -> AcousticModel:
    """Read a phonetically tied CMU Sphinx model.

    Raises AlignError where a file is missing or is not of that kind.
    """
    try:
        phones, codebooks, sequences, keys, targets = _read_definition((folder / "mdef").read_bytes())
        means = _read_parameters((folder / "means").read_bytes())
        variances = np.maximum(_read_parameters((folder / "variances").read_bytes()), _VARIANCE_FLOOR)
        weights = _read_weights((folder / "sendump").read_bytes(), means.shape[2])
        stay, leave = _read_transitions((folder / "transition_matrices").read_bytes())
    except (OSError, ValueError, struct.error) as error:
        raise AlignError(
            f"the acoustic model in {folder} cannot be read ({error}): reinstall the package that it is in"
        ) from error
    return AcousticModel(
        phones=phones,
        means=means,
        precisions=(0.5 / variances).astype(np.float32),
        offsets=(-0.5 * np.log(2 * np.pi * variances).sum(axis=-1)).astype(np.float32),
        weights=weights,
        codebooks=codebooks,
        sequences=sequences,
        triphone_keys=keys,
        triphone_sequences=targets,
        stay=stay,
        leave=leave,
    )


def _read_definition(
    data: bytes,
) -> tuple[tuple[str, ...], NDArray[np.int32], NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
    if data[:4] != b"BMDF":
        raise ValueError("mdef is not a binary model definition")
    (description,) = struct.unpack_from("<i", data, 8)
    at = 12 + description
    count, entries, states, _, senones, _, _, _, nodes, _ = struct.unpack_from("<10i", data, at)
    if states != STATES:
        raise ValueError(f"its phones have {states} states, not {STATES}")
    at += 40
    start = at
    names = []
    for _ in range(count):
        end = data.index(b"\0", at)
        names.append(data[at:end].decode("ascii"))
        at = end + 1
    # The names are padded to whole words; the tree of contexts after them is not needed: entries hold theirs.
    at = start + -(-(at - start) // 4) * 4 + 8 * nodes
    layout = np.dtype([("sequence", "<i4"), ("transition", "<i4"), ("context", "u1", 4)])
    table = np.frombuffer(data, layout, entries, at)
    at += layout.itemsize * entries
    (length,) = struct.unpack_from("<i", data, at)
    sequences = np.frombuffer(data, "<i2", length, at + 4).reshape(-1, STATES).astype(np.int32)
    triphones = table[count:]
    position, phone, left, right = triphones["context"].astype(np.int64).T
    keys = ((phone * count + left) * count + right) * len(Position) + position
    order = np.argsort(keys)
    codebooks = np.zeros(senones, np.int32)
    codebooks[sequences[table["sequence"][:count]]] = np.arange(count)[:, None]
    codebooks[sequences[triphones["sequence"]]] = phone[:, None]
    return tuple(names), codebooks, sequences, keys[order], triphones["sequence"][order]


def _body(data: bytes) -> int:
    """Return where the numbers of a "s3" file begin, past its header and byte-order mark."""
    at = data.index(b"endhdr\n") + 7
    if struct.unpack_from("<I", data, at) != (BYTE_ORDER,):
        raise ValueError("the byte order is not little-endian")
    return at + 4


def _read_parameters(data: bytes) -> NDArray[np.float32]:
    at = _body(data)
    codebooks, streams, codewords, *widths, total = struct.unpack_from("<7i", data, at)
    if streams != STREAMS or widths != [STREAM_WIDTH] * STREAMS:
        raise ValueError(f"its features are {streams} streams of widths {widths}")
    numbers = np.frombuffer(data, "<f4", total, at + 28)
    return numbers.reshape(codebooks, streams, codewords, STREAM_WIDTH)


def _read_weights(data: bytes, codewords: int) -> NDArray[np.uint8]:
    at = 0
    while length := struct.unpack_from("<i", data, at)[0]:
        at += 4 + length
    rows, senones = struct.unpack_from("<2i", data, at + 4)
    if rows != codewords:
        raise ValueError(f"sendump has {rows} weights a senone, the codebooks {codewords}")
    return np.frombuffer(data, "u1", STREAMS * rows * senones, at + 12).reshape(STREAMS, rows, senones)


def _read_transitions(data: bytes) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    at = _body(data)
    phones, states, targets, total = struct.unpack_from("<4i", data, at)
    counts = np.frombuffer(data, "<f4", total, at + 16).reshape(phones, states, targets)
    odds = counts / counts.sum(axis=2, keepdims=True)
    each = np.arange(states)
    return np.log(odds[:, each, each]).astype(np.float32), np.log(odds[:, each, each + 1]).astype(np.float32)
