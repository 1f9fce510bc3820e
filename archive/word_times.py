"""The times of an event's tokens, packed into 3 to 4 bytes per token, a third of what a table row takes."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.document.alignment import AlignedWord, Status
from asdelivered.base.span import TimeSpan

STATUSES = (Status.MATCHED, Status.PARTIAL, Status.INTERPOLATED, Status.UNSPOKEN)
"""Each is stored as its position here; add new ones at the end."""
THOUSANDTHS = 1000
"""Confidences have three decimals, as in an alignment's document."""
_NUMBERS = {status: number for number, status in enumerate(STATUSES)}
_NO_TIME = -1
_MOST_BYTES = 256 * 2**20
"""Bytes of an event's times when unpacked, five times those of the longest event."""

WordTimes = NDArray[np.int32]
"""(tokens, 4): start and end in ms, or -1 where there is no time; confidence in thousandths; number of the status."""


def thousandths(confidence: float) -> int:
    """Return a confidence in thousandths, rounded as in an alignment's document."""
    return round(round(confidence, 3) * THOUSANDTHS)


def pack_times(words: Sequence[AlignedWord]) -> bytes:
    """Pack the times of all tokens of an event."""
    rows = [
        (word.span.start, word.span.end, thousandths(word.confidence), _NUMBERS[word.status])
        if word.span is not None and word.confidence is not None
        else (_NO_TIME, _NO_TIME, 0, _NUMBERS[word.status])
        for word in words
    ]
    table = np.array(rows, dtype="<i4").reshape(-1, 4)
    starts = np.diff(table[:, 0], prepend=np.int32(0))
    columns = (starts, table[:, 1] - table[:, 0], table[:, 2].astype("<i2"), table[:, 3].astype("<i1"))
    return zlib.compress(b"".join(column.tobytes() for column in columns), 6)


def unpack_times(data: bytes) -> WordTimes:
    """Return the times that `pack_times` packed. Raises ValueError or zlib.error where the bytes are damaged."""
    unpacking = zlib.decompressobj()
    raw = unpacking.decompress(data, _MOST_BYTES)
    if not unpacking.eof:
        raise ValueError("the times of its words are cut off, or too many")
    count = len(raw) // 11
    table = np.empty((count, 4), dtype=np.int32)
    table[:, 0] = np.cumsum(np.frombuffer(raw, "<i4", count), dtype=np.int32)
    table[:, 1] = table[:, 0] + np.frombuffer(raw, "<i4", count, 4 * count)
    table[:, 2] = np.frombuffer(raw, "<i2", count, 8 * count)
    table[:, 3] = np.frombuffer(raw, "<i1", count, 10 * count)
    return table


def aligned_words(tokens: Sequence[str], times: WordTimes) -> tuple[AlignedWord, ...]:
    """Return tokens as words of an alignment; `times` has one row for each."""
    return tuple(
        AlignedWord(token, STATUSES[status], None, None)
        if start == _NO_TIME
        else AlignedWord(token, STATUSES[status], TimeSpan(start, end), confidence / THOUSANDTHS)
        for token, (start, end, confidence, status) in zip(tokens, times.tolist(), strict=True)
    )
