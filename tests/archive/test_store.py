"""Events put into an archive, replaced, taken out, and given back as they were."""

import sqlite3
import threading
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from archive_events import make_event

from asdelivered.archive.database import create, opened, reading, writing
from asdelivered.archive.errors import ArchiveError, UnknownEventError
from asdelivered.archive.postings import unpack
from asdelivered.archive.records import make_record, read_alignment
from asdelivered.archive.search import find_in_archive
from asdelivered.archive.store import find_event, list_events, put_events, remove_events
from asdelivered.archive.terms import TERM_BITS

from .conftest import WORDS, Record

NOW = "2026-11-24T11:00:00+00:00"


def contents(path: Path) -> dict[str, list[tuple]]:
    """All that is in an archive, the postings by event."""
    with opened(path) as connection:
        owners = {}
        for name, shard, first, blocks in connection.execute(
            "SELECT name, shard, first_block, blocks FROM events"
        ):
            owners |= {(shard, first + at): (name, at) for at in range(blocks)}
        postings = [
            (number & ((1 << TERM_BITS) - 1), *owners[number >> TERM_BITS, block])
            for number, data in connection.execute("SELECT id, blocks FROM postings")
            for block in unpack(data).tolist()
        ]
        texts = connection.execute(
            "SELECT e.name, l.number, l.id, l.text, l.start FROM lines l JOIN events e ON e.id = l.event"
        ).fetchall()
        speakers = connection.execute("SELECT name FROM speakers").fetchall()
    return {"postings": sorted(postings), "lines": sorted(texts), "speakers": sorted(speakers)}


def test_alignments_come_back(small: Path) -> None:
    with opened(small) as connection, reading(connection):
        for number in range(3):
            alignment, info = make_event(number, WORDS)
            stored = find_event(connection, small, info.name)
            assert read_alignment(connection, stored.id) == alignment
            assert (stored.info, stored.lines) == (info, len(alignment.lines))
            assert set(stored.speakers) == {line.speaker for line in alignment.lines}


def test_an_event_that_is_added_again_is_replaced(small: Path, record: Record, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    create(other)
    alignment, _ = make_event(77, WORDS + 300)
    _, info = make_event(1, WORDS)
    again = make_record(alignment, info, "x", "0" * 64)
    with opened(other) as connection, writing(connection):
        put_events(connection, [record(0), again, record(2)], NOW)
    with opened(small) as connection, writing(connection):
        put_events(connection, [again], NOW)
    assert contents(small) == contents(other) | {"speakers": contents(small)["speakers"]}


def test_what_is_removed_leaves_nothing(small: Path, record: Record) -> None:
    before = contents(small)
    with opened(small) as connection:
        with writing(connection):
            put_events(connection, [record(9), record(10)], NOW)
        assert len(list(list_events(connection))) == 5
        with writing(connection):
            remove_events(connection, small, ["event-00009", "event-00010"])
    assert contents(small) == before


def test_room_that_is_free_again_is_used(record: Record, small: Path) -> None:
    with opened(small) as connection:
        for _ in range(3):
            with writing(connection):
                put_events(connection, [record(0)], NOW)
        places = connection.execute("SELECT shard, first_block, blocks FROM events").fetchall()
    taken = Counter((shard, first + at) for shard, first, blocks in places for at in range(blocks))
    assert max(taken.values()) == 1


def test_an_unknown_event_is_told_with_its_like(small: Path) -> None:
    with opened(small) as connection, pytest.raises(UnknownEventError, match="did you mean event-00001"):
        find_event(connection, small, "event-0001")


def test_what_fails_in_the_middle_has_changed_nothing(small: Path, record: Record) -> None:
    before = contents(small)

    def broken() -> None:
        with opened(small) as connection, writing(connection):
            put_events(connection, [record(1), record(50)], NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert contents(small) == before


def test_sixteen_read_while_one_writes(tmp_path: Path) -> None:
    """An event's every line says one number, in each version another: a reader must never see two, or none."""
    path = tmp_path / "events.db"
    create(path)
    versions = [
        make_record(numbered(number), make_event(0, 100)[1], "x", f"{number:064x}") for number in range(2)
    ]
    with opened(path) as connection, writing(connection):
        put_events(connection, [versions[0]], NOW)
    wrong: list[object] = []
    looks = Counter()
    stop = threading.Event()

    def read() -> None:
        try:
            with opened(path) as connection:
                while not stop.is_set():
                    with reading(connection):
                        hits = find_in_archive(connection, "this line was said in version", 1)
                        lines = read_alignment(connection, hits[0].event.id).lines if hits else ()
                    said = {line.text.rsplit(" ", 1)[1] for line in lines}
                    if len(said) != 1 or hits[0].quote.text.split()[:3] != ["This", "line", "was"]:
                        wrong.append((said, hits))
                    looks[said.pop() if said else "none"] += 1
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(16)]
    for thread in threads:
        thread.start()
    with opened(path) as connection:
        for number in range(60):
            with writing(connection):
                put_events(connection, [versions[number % 2]], NOW)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert set(looks) == {"zero.", "one."}


def numbered(number: int):
    from dataclasses import replace

    alignment, _ = make_event(0, 100)
    text = f"This line was said in version {['zero', 'one'][number]}."
    line = alignment.lines[0]
    words = tuple(replace(line.words[0], text=token, span=line.words[0].span) for token in text.split())
    count = 20 + 100 * number
    lines = tuple(replace(line, id=f"L{at:04}", text=text, words=words) for at in range(count))
    return replace(alignment, lines=lines)


def test_many_events_fill_more_than_one_shard(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    create(path)
    with opened(path) as connection:
        with writing(connection):
            put_events(connection, [record(0)], NOW)
            # As if the shard were full but for three blocks.
            connection.execute("UPDATE events SET first_block = 65533 - blocks")
        with writing(connection):
            put_events(connection, [record(1), record(2)], NOW)
        places = connection.execute("SELECT shard, first_block FROM events ORDER BY name").fetchall()
    assert places[1] == (1, 0)
    assert places[2][0] == 1


def test_numbers_of_terms_fit(small: Path) -> None:
    with opened(small) as connection:
        terms = np.array([number for (number,) in connection.execute("SELECT id FROM postings")])
    assert (terms >= 0).all()
    assert (terms >> TERM_BITS == 0).all()
    assert ((terms & ((1 << TERM_BITS) - 1)) > 1 << 32).any()


def test_create_does_not_overwrite(small: Path) -> None:
    before = small.read_bytes()
    with pytest.raises(ArchiveError, match="is there already"):
        create(small)
    assert small.read_bytes() == before
    assert [path.name for path in small.parent.glob(".*")] == []


def test_the_file_is_a_plain_sqlite_database(small: Path) -> None:
    connection = sqlite3.connect(small)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE word_times SET data = x'00'",
        "UPDATE word_times SET data = substr(data, 1, length(data) / 2)",
        "UPDATE word_times SET data = 'text'",
        "DELETE FROM word_times",
        "UPDATE lines SET text = x'ff'",
        "UPDATE lines SET text = text || ' and more'",
        "UPDATE lines SET status = 99",
        "UPDATE lines SET start = 'early'",
        'UPDATE lines SET start = 5, "end" = NULL',
        "UPDATE lines SET first_token = 9000000000000",
        "UPDATE lines SET first_word = 'x'",
        "UPDATE events SET engine = '['",
        "UPDATE events SET engine = '7'",
        "UPDATE events SET sounds = '[[1]]'",
        "UPDATE events SET untranscribed = 'Infinity'",
        "UPDATE events SET date = 'yesterday'",
        "UPDATE events SET name = CAST(name AS BLOB)",
        "UPDATE events SET title = x'ff00'",
        "UPDATE events SET duration = 'long'",
        "UPDATE events SET blocks = 'x', words = 'y'",
        "UPDATE events SET first_block = -7",
        "UPDATE speakers SET name = CAST(name AS BLOB)",
        "UPDATE postings SET blocks = x'01'",
        "UPDATE postings SET blocks = 'ab'",
        "UPDATE postings SET blocks = 7",
    ],
)
def test_damage_within_values_is_told_in_a_sentence(damage: str, small: Path) -> None:
    with opened(small) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(damage)
        text = (
            " ".join(connection.execute("SELECT text FROM lines LIMIT 1").fetchone()[0].split()[:8])
            if "lines SET text" not in damage
            else "a few words of it"
        )
    said = []
    for use in (
        lambda connection: [read_alignment(connection, event.id) for event in list_events(connection)],
        lambda connection: [read_alignment(connection, number) for number in (1, 2, 3)],
        lambda connection: find_in_archive(connection, text),
        lambda connection: find_event(connection, small, "nothing like it"),
    ):
        try:
            with opened(small) as connection, reading(connection):
                use(connection)
        except UnknownEventError:
            pass
        except ArchiveError as error:
            said.append(str(error))
    for sentence in said:
        assert sentence.startswith(f"{small}: ")
        assert "damaged" in sentence
    harmless = ("first_block", "postings", "first_word", "lines SET text = text", "blocks")
    assert said or any(one in damage for one in harmless)
