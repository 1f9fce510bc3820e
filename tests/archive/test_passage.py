"""A hit with what stands around it: its lines whole, and the neighbours."""

from pathlib import Path

import pytest
from made_lines import made_alignment, made_line

from asdelivered.archive.database import create, opened, reading, writing
from asdelivered.archive.event import EventInfo
from asdelivered.archive.passage import Passage, passage_of
from asdelivered.archive.records import make_record
from asdelivered.archive.search import find_in_archive
from asdelivered.archive.store import put_events

LINES = [
    "The harbour was closed.",
    "Then, at last, the old ferry sailed again.",
    "Größere Wörter folgten.",
    "Мы  восстановим\tсеверный пирс.",
]


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        (
            "the old ferry sailed",
            Passage("the old ferry sailed", "Then, at last, ", " again.", LINES[0], LINES[2]),
        ),
        ("the harbour was closed", Passage("The harbour was closed.", "", "", "", LINES[1])),
        ("größere wörter", Passage("Größere Wörter", "", " folgten.", LINES[1], LINES[3])),
        ("восстановим северный", Passage("восстановим северный", "Мы ", " пирс.", LINES[2], "")),
        (
            "ferry sailed again größere wörter",
            Passage(
                "ferry sailed again. Größere Wörter",
                "Then, at last, the old ",
                " folgten.",
                LINES[0],
                LINES[3],
            ),
        ),
    ],
)
def test_a_passage_is_its_lines_whole_with_the_neighbours(
    tmp_path: Path, quote: str, passage: Passage
) -> None:
    path = tmp_path / "events.db"
    create(path)
    alignment = made_alignment([made_line(at, text, "Anna", 5000 * at) for at, text in enumerate(LINES)])
    with opened(path) as connection:
        with writing(connection):
            record = make_record(alignment, EventInfo("event", None), "x", f"{1:064x}")
            put_events(connection, [record], "2026-01-01T00:00:00+00:00")
        with reading(connection):
            found = passage_of(find_in_archive(connection, quote)[0])
    assert found == passage
