"""Filters: search only some speakers, events and days of an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from asdelivered.archive.candidates import Allowed
from asdelivered.archive.event import EventInfo
from asdelivered.archive.postings import SHARD
from asdelivered.archive.terms import BLOCK


@dataclass(frozen=True)
class Filters:
    """Conditions that must all hold; None is no condition.

    `speaker` is part of a speaker's name, in any case; `event` is part of an event's name or title; `since` and `until`
    are the first and the last day.
    """

    speaker: str | None = None
    event: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def any(self) -> bool:
        """Whether there is a condition."""
        return self != Filters()

    def accepts(self, event: EventInfo, speakers: Iterable[str]) -> bool:
        """Return whether the filters accept words of these speakers in an event.

        Blocks do not tell for sure: a window of them may reach into the event beside.
        """
        return (
            (self.speaker is None or any(_contains(name, self.speaker) for name in speakers))
            and (
                self.event is None or _contains(event.name, self.event) or _contains(event.title, self.event)
            )
            and (self.since is None or (event.date is not None and event.date >= self.since))
            and (self.until is None or (event.date is not None and event.date <= self.until))
        )


def _contains(text: str | None, part: str) -> bool:
    return text is not None and part.casefold() in text.casefold()


def allowed_blocks(connection: sqlite3.Connection, filters: Filters) -> Allowed:
    """Return the blocks that the filters accept."""
    events = [
        (number, shard, first, blocks)
        for number, name, title, day, shard, first, blocks in connection.execute(
            "SELECT id, name, title, date, shard, first_block, blocks FROM events"
        )
        if (filters.event is None or _contains(name, filters.event) or _contains(title, filters.event))
        and (filters.since is None or (day is not None and day >= filters.since.isoformat()))
        and (filters.until is None or (day is not None and day <= filters.until.isoformat()))
    ]
    places = {number: (shard, first) for number, shard, first, _ in events}
    if filters.speaker is None:
        return _marked((shard, first, first + blocks) for _, shard, first, blocks in events)
    speakers = [
        number
        for number, name in connection.execute("SELECT id, name FROM speakers")
        if _contains(name, filters.speaker)
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
