"""What filters leave to be searched: the blocks of an archive that may hold what they accept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import numpy as np

from asdelivered.archive.candidates import Allowed
from asdelivered.archive.filters import Filters, contains
from asdelivered.archive.postings import SHARD
from asdelivered.archive.terms import BLOCK


def allowed_blocks(connection: sqlite3.Connection, filters: Filters) -> Allowed:
    """Return the blocks that the filters accept."""
    events = [
        (number, shard, first, blocks)
        for number, name, title, day, shard, first, blocks in connection.execute(
            "SELECT id, name, title, date, shard, first_block, blocks FROM events"
        )
        if (filters.event is None or contains(name, filters.event) or contains(title, filters.event))
        and (filters.since is None or (day is not None and day >= filters.since.isoformat()))
        and (filters.until is None or (day is not None and day <= filters.until.isoformat()))
    ]
    places = {number: (shard, first) for number, shard, first, _ in events}
    if filters.speaker is None:
        return _marked((shard, first, first + blocks) for _, shard, first, blocks in events)
    speakers = [
        number
        for number, name in connection.execute("SELECT id, name FROM speakers")
        if contains(name, filters.speaker)
    ]
    turns = (
        turn
        for speaker in speakers
        for turn in connection.execute(
            "SELECT event, first_word, last_word FROM turns WHERE speaker = ?", (speaker,)
        )
    )
    return _marked(
        (places[event][0], places[event][1] + first // BLOCK, places[event][1] + -(-last // BLOCK))
        for event, first, last in turns
        if event in places and last > first
    )


def _marked(ranges: Iterable[tuple[int, int, int]]) -> Allowed:
    """Mark the blocks of these ranges in their shards, and the block before each: a window may begin there."""
    marks: dict[int, np.ndarray] = {}
    for shard, first, last in ranges:
        marks.setdefault(shard, np.zeros(SHARD, dtype=bool))[max(0, first - 1) : last] = True
    return marks
