"""The event of an alignment, with its page and without."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from made_lines import made_alignment, made_line

from asdelivered.align.document.alignment import source_of
from asdelivered.align.document.event import Event, event_of
from asdelivered.transcripts.read import read_transcript

PAGE = """The Harbour Stays Open

Speech by Commissioner Anna Reed at the Old Customs House, Westhaven

3 October 2026

Thank you all for coming. The harbour stays open, and the work goes on.
"""
EVENT = Event(
    "The Harbour Stays Open",
    "Speech by Commissioner Anna Reed at the Old Customs House, Westhaven",
    date(2026, 10, 3),
)

ANY = made_alignment([made_line(1, "Thank you all.", None, 0)])


def test_an_alignment_states_its_event_wherever_the_page_is(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    source = source_of(read_transcript(tmp_path / "page.txt"))
    (tmp_path / "page.txt").unlink()
    assert (
        event_of(
            replace(ANY, transcript=source),
            tmp_path / "a.alignment.json",
        )
        == EVENT
    )


def test_an_older_alignment_has_what_its_page_says_while_that_is_there_and_unchanged(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE)
    older = replace(source_of(read_transcript(page)), occasion=None, date=None, path="page.txt")
    alignment = replace(ANY, transcript=older)
    assert event_of(alignment, tmp_path / "a.alignment.json") == EVENT
    page.write_text(PAGE.replace("2026", "2027"))
    assert event_of(alignment, tmp_path / "a.alignment.json") == Event(EVENT.title, None, None)
