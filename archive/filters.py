"""Filters: search only some speakers, events and days of an archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # who only writes down conditions needs no archive
    from asdelivered.archive.event import EventInfo


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
            (self.speaker is None or any(contains(name, self.speaker) for name in speakers))
            and (self.event is None or contains(event.name, self.event) or contains(event.title, self.event))
            and (self.since is None or (event.date is not None and event.date >= self.since))
            and (self.until is None or (event.date is not None and event.date <= self.until))
        )


def contains(text: str | None, part: str) -> bool:
    """Return whether a name or a title, if there is one, has this part, in any case."""
    return text is not None and part.casefold() in text.casefold()
