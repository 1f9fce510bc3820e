"""The name of each event's folder on a site: made of the event's name, unique, and the same at every publishing."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from asdelivered.archive.event import StoredEvent
from asdelivered.archive.publishing.event_files import INDEX, key_in, key_of, text_of

MOST_LETTERS, MOST_BYTES = 100, 200
"""The most that a name may have in UTF-8: file systems allow 255 bytes, and a number may follow."""


def folder_names(folder: Path, events: Sequence[StoredEvent]) -> dict[int, str]:
    """Return the name of a folder in `folder` for each event, by its id; no two are alike, even where case is ignored.

    Where several events want the same name, each keeps the folder that has its page already, so that old links lead to
    what they led to; the others get a number.
    """
    wanted = {event.id: _plain(event.info.name) for event in events}
    rivals = Counter(name.casefold() for name in wanted.values())
    shared = [event for event in events if rivals[wanted[event.id].casefold()] > 1]
    names: dict[int, str] = {}
    taken: set[str] = set()

    def give(event: StoredEvent, candidates: Iterable[str]) -> None:
        name = next((one for one in candidates if one.casefold() not in taken), None)
        if name is not None:
            names[event.id] = name
            taken.add(name.casefold())

    for event in events:
        if rivals[wanted[event.id].casefold()] == 1:
            give(event, [wanted[event.id]])
    for event in shared:
        key = key_of(event)
        numbered = itertools.islice(_numbered(wanted[event.id]), len(shared))
        give(event, (name for name in numbered if key_in(text_of(folder / name / INDEX)) == key))
    for event in shared:
        if event.id not in names:
            give(event, _numbered(wanted[event.id]))
    return names


def _plain(name: str) -> str:
    """Return the letters and digits of a name, with a hyphen for anything else."""
    plain = "".join(char if char.isalnum() or char in "-_" else "-" for char in name)
    short = plain.strip("-")[:MOST_LETTERS].encode()[:MOST_BYTES].decode(errors="ignore")
    return short or "event"


def _numbered(name: str) -> Iterator[str]:
    """Yield a name alone, and then with each number from 2."""
    yield name
    for number in itertools.count(2):
        yield f"{name}-{number}"
