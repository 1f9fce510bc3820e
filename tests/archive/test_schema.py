"""An archive of an earlier version becomes one of today, whole or not at all; what goes in comes out."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from any_alignment import ALIGNMENTS
from archive_events import make_event
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import encode, from_json, to_json
from asdelivered.archive.database import create, opened, reading, writing
from asdelivered.archive.errors import ArchiveError
from asdelivered.archive.event import EventInfo
from asdelivered.archive.records import make_record, read_alignment
from asdelivered.archive.schema import MIGRATIONS, migrate, version_of
from asdelivered.archive.search import find_in_archive
from asdelivered.archive.store import known_hashes, put_events

from .test_store import contents

HERE = Path(__file__).resolve().parent
EVENTS, WORDS = 3, 40
"""Those of version_1.sql, from archive_events.make_event. The last was timed by two engines."""


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """An archive as version 1 of the schema left it."""
    path = tmp_path / "first.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((HERE / "version_1.sql").read_text())
        connection.execute("PRAGMA journal_mode = WAL")
    return path


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return version_of(connection)


def of_today(path: Path) -> Path:
    create(path)
    made = [make_event(number, WORDS) for number in range(EVENTS)]
    records = [make_record(alignment, info, "", f"{at:064x}") for at, (alignment, info) in enumerate(made)]
    with opened(path) as connection, writing(connection):
        put_events(connection, records, "")
    return path


def test_a_first_archive_becomes_one_of_today(first: Path, tmp_path: Path) -> None:
    assert version(first) == 1
    with opened(first) as connection, reading(connection):
        assert version_of(connection) == len(MIGRATIONS)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for number in range(EVENTS):
            alignment, info = make_event(number, WORDS)
            stored = read_alignment(connection, number + 1)
            assert stored.lines == alignment.lines
            words = [word.text for line in alignment.lines for word in line.words]
            assert find_in_archive(connection, " ".join(words[5:20]), 1)[0].event.info == info
    new = of_today(tmp_path / "new.db")
    # The index depends on how words are compared (transcripts.quote_words). Where that changes and this fails,
    # archives need a migration that makes their postings anew from their lines.
    assert contents(first) == contents(new)
    with closing(sqlite3.connect(first)) as old, closing(sqlite3.connect(new)) as made:
        columns = "SELECT m.name, p.name, p.type, p.pk FROM sqlite_master m, pragma_table_info(m.name) p ORDER BY 1, 2"
        assert old.execute(columns).fetchall() == made.execute(columns).fetchall()


def test_what_the_first_version_forgot_is_taken_when_it_is_added_again(first: Path) -> None:
    with opened(first) as connection:
        unchanged = [hashes[0] == f"{at:064x}" for at, hashes in enumerate(known_hashes(connection).values())]
    assert unchanged == [True, True, False]


def test_a_migration_that_is_killed_has_changed_nothing(first: Path) -> None:
    program = (
        "import os, sqlite3, sys\n"
        "from asdelivered.archive.schema import migrate\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('PRAGMA cache_size = 1')\n"  # so that it writes before it commits
        "connection.execute('BEGIN IMMEDIATE')\n"
        "migrate(connection)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, first], check=False).returncode == -9
    assert version(first) == 1
    with opened(first) as connection:
        assert version_of(connection) == len(MIGRATIONS)


def test_many_who_open_an_old_archive_at_once(first: Path) -> None:
    seen: list[object] = []

    def look() -> None:
        try:
            with opened(first) as connection, reading(connection):
                seen.append((version_of(connection), len(known_hashes(connection))))
        except ArchiveError as error:
            seen.append(error)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [(len(MIGRATIONS), EVENTS)] * 8


def test_an_old_archive_with_a_writer_waits_and_is_told(first: Path) -> None:
    def look() -> None:
        with opened(first, patience=0.1):
            pass

    with closing(sqlite3.connect(first)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another program is writing"):
            look()
    assert version(first) == 1


def test_an_old_archive_that_cannot_be_written_to(first: Path) -> None:
    """Root may write everywhere; without that right it is as any other user of its own files."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom asdelivered.archive.database import opened\n"
        "with opened(Path(sys.argv[1])): pass"
    )
    rights = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    first.chmod(0o444)
    first.parent.chmod(0o555)
    try:
        run = subprocess.run(
            [*rights, sys.executable, "-c", program, first], capture_output=True, text=True, check=False
        )
    finally:
        first.parent.chmod(0o755)
    if "setpriv" in run.stderr:
        pytest.skip(f"rights can't be dropped here: {run.stderr.strip()}")
    assert "is an archive of version 1, which is brought up to date when it is opened" in run.stderr
    assert version(first) == 1


def test_migrations_begin_where_the_archive_is(first: Path) -> None:
    with closing(sqlite3.connect(first, isolation_level=None)) as connection:
        migrate(connection)
        migrate(connection)
        assert version_of(connection) == len(MIGRATIONS)


@settings(deadline=None)
@given(ALIGNMENTS)
def test_what_is_added_comes_out(connection: sqlite3.Connection, wanted: Alignment) -> None:
    """The same bytes: for every field of the schema."""
    with writing(connection):
        put_events(connection, [make_record(wanted, EventInfo("event"), "", "0" * 64)], "")
    (number,) = connection.execute("SELECT id FROM events").fetchone()
    assert encode(read_alignment(connection, number)) == encode(wanted)
    assert read_alignment(connection, number) == wanted


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_confidences_are_rounded_as_in_the_document(
    connection: sqlite3.Connection, confidences: list[float]
) -> None:
    data = to_json(make_event(0, 20)[0])
    items = [item for line in data["lines"] for item in (line, *line["words"])]
    for at, item in enumerate(items):
        item["confidence"] = confidences[at % len(confidences)]
    wanted = from_json(data)
    with writing(connection):
        put_events(connection, [make_record(wanted, EventInfo("event"), "", "0" * 64)], "")
    (number,) = connection.execute("SELECT id FROM events").fetchone()
    assert encode(read_alignment(connection, number)) == encode(wanted)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("archive") / "events.db"
    create(path)
    with opened(path) as connection:
        yield connection
