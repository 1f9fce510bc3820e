"""Voice activity detection: spans of speech from the probabilities that a network gives for each window."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from asdelivered.base.span import TimeSpan
from asdelivered.base.timeline import stage
from asdelivered.media.speech_network import CONTEXT, WINDOW, SpeechNetwork

Floats = NDArray[np.float32]

WINDOW_MS = 32
"""How long one of the network's windows is."""
_WAITING = 16
"""Batches that wait for the pool, some 10 MB: where its processes have more to do, this one encodes, too."""
BATCH = 512
"""Windows per call, 16 s: less work than with fewer, and memory stays flat."""


@dataclass(frozen=True)
class SpeechThresholds:
    """What counts as speech.

    onset: a span is speech if its probability reaches this somewhere (0.3 to 0.8).
    offset: the span lasts while the probability is at least this (0.1 up to `onset`).
    min_speech: shorter spans are not speech, in ms (0 to 500).
    min_silence: shorter silences belong to the speech around them, in ms (twice `padding` to 2000).
    padding: time to add before and after each span, in ms (0 to 400).

    Raises ValueError where one is out of its range.
    """

    onset: float = 0.4
    offset: float = 0.25
    min_speech: int = 100
    min_silence: int = 300
    padding: int = 100

    def __post_init__(self) -> None:
        if not 0 < self.offset <= self.onset <= 1:
            raise ValueError(f"0 < offset <= onset <= 1 must hold, not {self.offset} and {self.onset}")
        if self.min_speech < 0 or self.padding < 0:
            raise ValueError("min_speech and padding can't be negative")
        if self.min_silence < 2 * self.padding:
            raise ValueError(f"min_silence must be at least twice the padding, not {self.min_silence} ms")


class SpeechDetector:
    """Computes the probability of speech in each window of 512 samples, while a recording is being decoded.

    With a `pool`, its processes do most of the work. Raises MediaError where the network's weights aren't installed.
    """

    def __init__(self, pool: Executor | None = None) -> None:
        self._network = SpeechNetwork()
        self._pool = pool
        self._encoded: deque[Future[Floats]] = deque()
        self._found: list[Floats] = [np.empty(0, dtype=np.float32)]
        # The context of the next window, then samples that don't fill a window yet.
        self._rest: NDArray[np.int16] = np.zeros(CONTEXT, dtype=np.int16)

    def add(self, block: NDArray[np.int16]) -> None:
        """Take the next block: one-dimensional, at 16 kHz, of any length."""
        self._rest = np.concatenate((self._rest, block), dtype=np.int16)
        if len(self._rest) >= CONTEXT + BATCH * WINDOW:
            self._run_network()
        self.advance()

    def advance(self) -> None:
        """Go on with what the pool has done."""
        while self._encoded and self._encoded[0].done():
            self._take_next()

    def probabilities(self) -> Floats:
        """Return the probability, float32, of each window (32 ms) of the recording, once all blocks were added.

        The last window is padded with silence.
        """
        short = -(len(self._rest) - CONTEXT) % WINDOW
        self._rest = np.pad(self._rest, (0, short))
        self._run_network()
        while self._encoded:
            self._take_next()
        return np.concatenate(self._found)

    def _take_next(self) -> None:
        self._found.append(self._network.probabilities(self._encoded.popleft().result()))

    def _run_network(self) -> None:
        whole = (len(self._rest) - CONTEXT) // WINDOW
        samples = self._rest[: whole * WINDOW + CONTEXT]
        if self._pool and whole and len(self._encoded) < _WAITING:
            self._encoded.append(self._pool.submit(encode, samples))
        elif whole:
            done: Future[Floats] = Future()
            done.set_result(_encoded(self._network, samples))
            self._encoded.append(done)
        self._rest = self._rest[whole * WINDOW :]


@cache
def _network() -> SpeechNetwork:
    return SpeechNetwork()


def encode(samples: NDArray[np.int16]) -> Floats:
    """Return what the network makes of the windows in `samples`, which begin with the context of the first one.

    It is the function that worker processes run.
    """
    with stage("speech detector"):
        return _encoded(_network(), samples)


def _encoded(network: SpeechNetwork, samples: NDArray[np.int16]) -> Floats:
    sound = samples.astype(np.float32) / np.float32(32768)
    whole = (len(sound) - CONTEXT) // WINDOW
    return np.concatenate(
        [
            network.encoded(_framed(sound, first, min(first + BATCH, whole)))
            for first in range(0, whole, BATCH)
        ]
    )


def speech_probabilities(blocks: Iterable[NDArray[np.int16]]) -> Floats:
    """Return the probabilities that a SpeechDetector computes for blocks from `decode_speech`."""
    detector = SpeechDetector()
    for block in blocks:
        detector.add(block)
    return detector.probabilities()


def speech_spans(
    probabilities: NDArray[np.float32], duration: int, thresholds: SpeechThresholds | None = None
) -> tuple[TimeSpan, ...]:
    """Return the spans of speech within `duration` ms, in order; no two overlap.

    Windows in a row at `offset` or above are speech if one of them reaches `onset`.
    """
    thresholds = thresholds or SpeechThresholds()
    spans: list[TimeSpan] = []
    for start, end in _runs_of_true(probabilities >= thresholds.offset):
        if probabilities[start:end].max() < thresholds.onset:
            continue
        span = TimeSpan(start * WINDOW_MS, end * WINDOW_MS)
        if spans and span.start - spans[-1].end < thresholds.min_silence:
            span = TimeSpan(spans.pop().start, span.end)
        spans.append(span)
    padded = (
        TimeSpan(max(0, span.start - thresholds.padding), min(duration, span.end + thresholds.padding))
        for span in spans
        if span.duration >= thresholds.min_speech and span.start < duration
    )
    return tuple(padded)


def _runs_of_true(mask: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield first and past the last of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    for start, end in edges.reshape(-1, 2):
        yield int(start), int(end)


def _framed(samples: NDArray[np.float32], first: int, end: int) -> NDArray[np.float32]:
    part = samples[first * WINDOW : end * WINDOW + CONTEXT]
    return np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(part, CONTEXT + WINDOW)[::WINDOW])
