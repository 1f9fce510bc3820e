"""What of an archive is searched: by speaker, event and day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from asdelivered.archive.candidates import Allowed
from asdelivered.archive.postings import SHARD
from asdelivered.archive.terms import BLOCK


@dataclass(frozen=True)
class Filters:
    """What is searched: all of these must hold, and None is no condition.

    `speaker` is a part of the speaker's name, whatever its case; `event` a part of the event's name or title;
    `since` and `until` are the first and the last day.
    """

    speaker: str | None = None
    event: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def any(self) -> bool:
        """Whether there is a condition."""
        return self != Filters()

    def takes(self, speakers: Iterable[str]) -> bool:
        """Tell whether what these speakers say is asked for."""
        return self.speaker is None or any(_has(name, self.speaker) for name in speakers)


def _has(text: str | None, part: str) -> bool:
    return text is not None and part.casefold() in text.casefold()


def allowed_blocks(connection: sqlite3.Connection, filters: Filters) -> Allowed:
    """Return the blocks in which what the filters ask for stands."""
    events = [
        (number, shard, first, blocks)
        for number, name, title, day, shard, first, blocks in connection.execute(
            "SELECT id, name, title, date, shard, first_block, blocks FROM events"
        )
        if (filters.event is None or _has(name, filters.event) or _has(title, filters.event))
        and (filters.since is None or (day is not None and day >= filters.since.isoformat()))
        and (filters.until is None or (day is not None and day <= filters.until.isoformat()))
    ]
    places = {number: (shard, first) for number, shard, first, _ in events}
    if filters.speaker is None:
        return _marked((shard, first, first + blocks) for _, shard, first, blocks in events)
    speakers = [
        number
        for number, name in connection.execute("SELECT id, name FROM speakers")
        if _has(name, filters.speaker)
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
    """Shards with the blocks of these ranges marked, and the block before each: a window may begin there."""
    marks: dict[int, np.ndarray] = {}
    for shard, first, last in ranges:
        marks.setdefault(shard, np.zeros(SHARD, dtype=bool))[max(0, first - 1) : last] = True
    return marks
