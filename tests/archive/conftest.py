"""An archive of events made at random."""

from collections.abc import Callable
from pathlib import Path

import pytest
from archive_events import make_event

from asdelivered.archive.database import create, opened, writing
from asdelivered.archive.records import EventRecord, make_record
from asdelivered.archive.store import put_events

EVENTS, WORDS = 200, 1000

Record = Callable[[int], EventRecord]


@pytest.fixture(scope="session")
def record() -> Record:
    """Make the record of the event with a number."""

    def make(number: int) -> EventRecord:
        alignment, info = make_event(number, WORDS)
        return make_record(alignment, info, f"{info.name}.alignment.json", f"{number:064x}")

    return make


@pytest.fixture(scope="session")
def big(record: Record, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that is only read."""
    path = tmp_path_factory.mktemp("archive") / "events.db"
    create(path)
    with opened(path) as connection, writing(connection):
        put_events(connection, [record(number) for number in range(EVENTS)], "2026-11-24T10:00:00+00:00")
    return path


@pytest.fixture
def small(record: Record, tmp_path: Path) -> Path:
    """An archive of three events, to be changed."""
    path = tmp_path / "events.db"
    create(path)
    with opened(path) as connection, writing(connection):
        put_events(connection, [record(number) for number in range(3)], "2026-11-24T10:00:00+00:00")
    return path
