"""Words that stand together are found in any order, and only where all of them do."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from made_lines import made_alignment, made_line

from asdelivered.align.document.quotes import index_alignment
from asdelivered.archive.database import create, opened, reading, writing
from asdelivered.archive.event import EventInfo
from asdelivered.archive.filters import Filters
from asdelivered.archive.nearby import find_words, places_with
from asdelivered.archive.records import make_record
from asdelivered.archive.search import find_in_archive
from asdelivered.archive.store import put_events
from asdelivered.archive.terms import BLOCK

FILLER = "and so we went on with the long day at the docks while rain fell over town"


def archive(path: Path, *texts: list[str]) -> Path:
    """An archive whose events have these lines, spoken by Anna and Daniel in turn."""
    create(path)
    records = []
    for number, lines in enumerate(texts):
        made = [
            made_line(place, text, "Daniel" if place % 2 else "Anna", 5000 * place)
            for place, text in enumerate(lines)
        ]
        info = EventInfo(f"event-{number}", None)
        records.append(make_record(made_alignment(made), info, "x", f"{number:064x}"))
    with opened(path) as connection, writing(connection):
        put_events(connection, records, "2026-01-01T00:00:00+00:00")
    return path


def test_words_far_apart_and_in_any_order_are_found_the_closest_first(tmp_path: Path) -> None:
    far = ["The ferry left early.", FILLER, FILLER, "Nobody counted crossings."]
    near = [FILLER, "There were more crossings by ferry.", FILLER]
    without = [FILLER, "The ferry left.", FILLER]
    path = archive(tmp_path / "events.db", far, without, near)
    with opened(path) as connection, reading(connection):
        assert find_in_archive(connection, "ferry crossings") == ()
        found = find_words(connection, "ferry crossings")
        assert [hit.event.info.name for hit in found] == ["event-2", "event-0"]
        assert found[0].quote.text == "crossings by ferry."
        assert found[1].quote.text.startswith("ferry left early.")
        assert found[1].quote.text.endswith("counted crossings.")
        assert find_words(connection, "ferry submarine") == ()
        assert find_words(connection, "ferry") == ()
        only = find_words(connection, "ferry crossings", filters=Filters(event="event-0"))
        assert [hit.event.info.name for hit in only] == ["event-0"]
        for event in ("event-0", "event-1"):  # the event of the words is beside one of them
            assert find_in_archive(connection, "more crossings by ferry", filters=Filters(event=event)) == ()
        assert find_in_archive(connection, "nobody counted crossings", filters=Filters(event="event-1")) == ()
        assert find_in_archive(connection, "nobody counted crossings", filters=Filters(event="event-0"))


def test_words_in_different_parts_of_an_event_do_not_stand_together(tmp_path: Path) -> None:
    path = archive(tmp_path / "events.db", ["The ferry left.", *([FILLER] * 40), "Nobody counted crossings."])
    with opened(path) as connection, reading(connection):
        assert find_words(connection, "ferry crossings") == ()


@given(st.lists(st.sampled_from("abcdxyz"), min_size=1, max_size=60))
def test_stretches_have_all_words_do_not_overlap_and_begin_and_end_with_one(letters: list[str]) -> None:
    indexed = index_alignment(made_alignment([made_line(0, " ".join(letters), None, 0)]))
    sought = ["a", "b", "c"]
    matches = [*places_with(indexed, sought)]
    assert bool(matches) == set(sought).issubset(letters)
    taken: set[int] = set()
    for match in matches:
        own = letters[match.first : match.last]
        assert set(sought) <= {*own}
        assert {own[0], own[-1]} <= {*sought}
        assert own.count(own[0]) == 1
        assert not taken & {*range(match.first, match.last)}
        taken |= {*range(match.first, match.last)}
        assert match.last - match.first <= 2 * BLOCK
