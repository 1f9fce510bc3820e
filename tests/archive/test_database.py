"""Files that are no archive, or damaged, or busy: told in words, and left as they are."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from asdelivered.archive.database import create, opened, reading, writing
from asdelivered.archive.errors import ArchiveError
from asdelivered.archive.schema import MIGRATIONS
from asdelivered.archive.store import list_events, put_events

from .conftest import Record


def listed(path: Path) -> list[str]:
    with opened(path, patience=0.1) as connection, reading(connection):
        return [event.info.name for event in list_events(connection)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty, and no archive"),
        (b"{}", "not a SQLite database"),
        (b"SQLite format 3\0" + bytes(200), "damaged|not an archive"),
    ],
)
def test_what_is_no_archive_is_left_alone(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match=told) as raised:
        listed(path)
    assert str(path) in str(raised.value)
    assert path.read_bytes() == content


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="of another program"):
        listed(path)
    assert path.read_bytes() == before


def test_a_newer_archive(small: Path) -> None:
    with closing(sqlite3.connect(small)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(ArchiveError, match="update asdelivered"):
        listed(small)


def test_a_damaged_name_that_is_no_text(small: Path) -> None:
    with closing(sqlite3.connect(small)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET name = CAST(x'f8' AS TEXT), sql = 'damaged' WHERE name = 'turns'"
        )
        connection.commit()
    with pytest.raises(ArchiveError, match="is damaged: restore it"):
        listed(small)


def test_an_archive_without_a_column_of_its_version(small: Path, record: Record) -> None:
    with closing(sqlite3.connect(small)) as connection:
        connection.execute("ALTER TABLE lines DROP COLUMN settled")
    before = small.read_bytes()
    with (
        pytest.raises(ArchiveError, match="lacks tables or columns of its version"),
        opened(small) as connection,
        writing(connection),
    ):
        put_events(connection, [record(9)], "")
    assert small.read_bytes() == before


def test_a_damaged_archive(small: Path) -> None:
    data = bytearray(small.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 100] = b"\xff" * 100
    small.write_bytes(data)
    with pytest.raises(ArchiveError, match="is damaged"):
        listed(small)


def test_a_missing_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no such file"):
        listed(tmp_path / "events.db")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is a folder: the archive comes first"):
        listed(tmp_path)


def test_one_that_another_program_writes_to(small: Path, record: Record) -> None:
    def put() -> None:
        with opened(small, patience=0.1) as connection, writing(connection):
            put_events(connection, [record(5)], "")

    with closing(sqlite3.connect(small)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another program is writing"):
            put()
        assert len(listed(small)) == 3  # reading goes on
        other.rollback()
    put()
    assert len(listed(small)) == 4


@pytest.mark.parametrize(
    "name",
    [
        "with blanks.db",
        "it's.db",
        'a "b".db',
        "two\nlines.db",
        "file:x?mode=memory",
        "%41#?.db",
        "ä\udcff.db",
    ],
)
def test_odd_names(name: str, record: Record, tmp_path: Path) -> None:
    path = tmp_path / name
    create(path)
    with opened(path) as connection, writing(connection):
        put_events(connection, [record(1)], "")
    assert listed(path) == ["event-00001"]
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_file_that_is_marked_as_read_only_is_read_and_stays_as_it_is(small: Path, record: Record) -> None:
    small.chmod(0o444)
    before = small.read_bytes()
    assert len(listed(small)) == 3
    with (
        pytest.raises(ArchiveError, match="cannot be written to"),
        opened(small) as connection,
        writing(connection),
    ):
        put_events(connection, [record(9)], "")
    with closing(sqlite3.connect(small)) as connection:
        for column in ("transcript_occasion", "transcript_date"):
            connection.execute(f"ALTER TABLE events DROP COLUMN {column}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) - 1}")
    older = small.read_bytes()
    with pytest.raises(
        ArchiveError, match="is brought up to date when it is opened, and it cannot be written to"
    ):
        listed(small)
    assert small.read_bytes() == older != before
