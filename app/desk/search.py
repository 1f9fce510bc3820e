"""Search in all events of the library: an archive beside them, brought up to date before each search."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from asdelivered.app.desk.event_library import ALIGNMENT, Event, Library
from asdelivered.app.jobs.find import FindRequest, find_quote
from asdelivered.archive.adding import EventFacts, add_alignments
from asdelivered.archive.database import opened, writing
from asdelivered.archive.store import list_events, remove_events

NAME = "events.db"
"""The archive's file, which `asdelivered find --archive` reads too."""
MOST = 20
"""Places that are shown."""


class LibrarySearch:
    """Finds quotes in a library. Any thread may call it; one search at a time."""

    def __init__(self, library: Library) -> None:
        self._events = library
        self._archive = library.folder / NAME
        self._known: dict[Path, tuple[int, int]] = {}
        self._lock = threading.Lock()

    def find(self, quote: str) -> dict[str, Any]:
        """Return the places of a quote, best first, and why events could not be searched. Raises ArchiveError."""
        with self._lock:
            events = {
                self._name(event): event for event in self._events.events() if event.alignment.is_file()
            }
            if not events:
                return {"quote": quote, "hits": [], "failed": []}
            failed = self._bring_up_to_date(events)
            found = find_quote(FindRequest(quote, self._archive, is_archive=True, limit=MOST))
        hits = [hit.to_json() for hit in found.hits]
        return {
            "quote": quote,
            "hits": [{**hit, **_shown(events[hit["event"]])} for hit in hits if hit["event"] in events],
            "failed": failed,
        }

    def _bring_up_to_date(self, events: dict[str, Event]) -> list[str]:
        """Add what is new or has changed since the last search, and remove what is gone."""
        stats = {name: event.alignment.stat() for name, event in events.items()}
        now = {events[name].alignment: (stat.st_mtime_ns, stat.st_size) for name, stat in stats.items()}
        changed = {
            event.alignment: name
            for name, event in events.items()
            if self._known.get(event.alignment) != now[event.alignment]
        }
        failed: list[str] = []
        if changed:
            added = add_alignments(self._archive, changed, EventFacts(), 1, lambda reason: None)
            failed = [f"{Path(path).name}: {reason}" for path, reason in added.failed.items()]
        with opened(self._archive) as connection:
            gone = [one.info.name for one in list_events(connection) if one.info.name not in events]
            if gone:
                with writing(connection):
                    remove_events(connection, self._archive, gone)
        self._known = now
        return failed

    def _name(self, event: Event) -> str:
        """Return what `asdelivered archive add` calls the event if it is given the library."""
        return event.alignment.relative_to(self._events.folder).as_posix().removesuffix(ALIGNMENT)


def _shown(event: Event) -> dict[str, Any]:
    return {"key": event.key, "title": event.title}
