"""Postings: the blocks of a shard that contain a term, packed into bytes.

A shard has 65,536 blocks. A few blocks are packed as a sorted array of 16-bit numbers, many as a bitmap, as in Roaring
bitmaps (Chambi et al., *Better bitmap performance with Roaring bitmaps*, 2016). Both are read without decoding.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SHARD = 1 << 16
"""Blocks in a shard."""
_MAP = SHARD // 8
"""Bytes of a bitmap. An array that would be as long becomes a bitmap, so that the length shows which it is."""


def pack(blocks: NDArray[np.int64]) -> bytes:
    """Pack sorted, distinct blocks."""
    if 2 * len(blocks) < _MAP:
        return blocks.astype("<u2").tobytes()
    bits = np.zeros(SHARD, dtype=bool)
    bits[blocks] = True
    return np.packbits(bits, bitorder="little").tobytes()


def unpack(data: bytes) -> NDArray[np.int64]:
    """Return the blocks that were packed."""
    if is_map(data):
        return np.flatnonzero(bits_of(data))
    return np.frombuffer(data, dtype="<u2").astype(np.int64)


def is_map(data: bytes) -> bool:
    """Return whether these bytes are a bitmap."""
    return len(data) == _MAP


def bits_of(data: bytes) -> NDArray[np.bool_]:
    """Return a bitmap as (SHARD,) bool."""
    return np.unpackbits(np.frombuffer(data, dtype=np.uint8), bitorder="little").view(np.bool_)


def count(data: bytes) -> int:
    """Return the number of packed blocks."""
    return int.from_bytes(data, "little").bit_count() if is_map(data) else len(data) // 2


def count_within(data: bytes, first: int, last: int) -> int:
    """Return the number of packed blocks from `first` up to, but not including, `last`."""
    if not is_map(data):
        return int(np.subtract(*np.searchsorted(np.frombuffer(data, "<u2"), (last, first))))
    cut = int.from_bytes(data[first // 8 : -(-last // 8)], "little") >> first % 8
    return (cut & ((1 << (last - first)) - 1)).bit_count()


def with_blocks(data: bytes, blocks: NDArray[np.int64]) -> bytes:
    """Return the bytes with these sorted blocks added."""
    if not data:
        return pack(blocks)
    if len(data) + 2 * len(blocks) < _MAP and int.from_bytes(data[-2:], "little") < blocks[0]:
        return data + blocks.astype("<u2").tobytes()  # the usual case: all new blocks come after the others
    return pack(np.union1d(unpack(data), blocks))


def without_blocks(data: bytes, blocks: NDArray[np.int64]) -> bytes:
    """Return the bytes without these blocks; empty if none are left."""
    return pack(np.setdiff1d(unpack(data), blocks, assume_unique=True))
