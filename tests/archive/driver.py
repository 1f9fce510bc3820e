"""Does one thing to an archive, in a process that may be killed: driver.py add|publish|remove DATABASE FOLDER."""

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from asdelivered.app.jobs.archive import AddRequest, add_to_archive, events_in, remove_from_archive
from asdelivered.app.jobs.archive_site import PublishRequest, publish_archive
from asdelivered.app.jobs.counting import Count
from asdelivered.archive import adding


def _uncounted(_what: str, _items: int, _size: float) -> AbstractContextManager[Count]:
    return nullcontext(_count)


def _count(_note: str, /, size: float = 1, skipped: bool = False) -> None:
    pass


def work(what: str, database: Path, folder: Path) -> None:
    """Add the alignments in a folder, publish into it, or remove every second event."""
    if what == "add":
        request = AddRequest(database, (folder,), jobs=1)
        added = add_to_archive(request, _uncounted)
        assert added.failed == {}
    elif what == "publish":
        publish_archive(PublishRequest(database, folder, "https://events.example.org", "Events"))
    else:
        remove_from_archive(database, [event.info.name for event in events_in(database)][::2])


if __name__ == "__main__":
    adding.EVENTS_PER_TRANSACTION = 3
    print("ready", flush=True)
    work(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
