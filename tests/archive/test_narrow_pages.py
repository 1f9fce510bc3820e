"""Pages of a site stay within the window, whatever the direction of the text and the length of its words."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from archive_events import make_event

from asdelivered.archive.database import create, opened, reading, writing
from asdelivered.archive.publishing.site import Site, publish
from asdelivered.archive.records import make_record
from asdelivered.archive.store import put_events

LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of an event from right to left, with one word for a title and a speaker."""
    alignment, info = make_event(0, 50)
    alignment = replace(
        alignment,
        transcript=replace(alignment.transcript, language="ar"),
        lines=tuple(replace(line, speaker=LONG) for line in alignment.lines),
    )
    info = replace(info, name="event", title=LONG)
    create(tmp_path / "events.db")
    with opened(tmp_path / "events.db") as connection:
        with writing(connection):
            record = make_record(alignment, info, "event.alignment.json", "0" * 64)
            put_events(connection, [record], "2026-11-24T10:00:00+00:00")
        with reading(connection):
            publish(connection, tmp_path / "site", Site("http://localhost:8000"))
    return tmp_path / "site"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("page", ["index.html", "events/event/index.html"])
def test_nothing_is_wider_than_the_window(site: Path, tab: Any, page: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto((site / page).as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    left, right = tab.evaluate("(({ left, right }) => [left, right])(document.body.getBoundingClientRect())")
    assert (left, right) == (0, width)
