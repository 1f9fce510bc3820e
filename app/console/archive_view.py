"""Events of an archive, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asdelivered.app.console.text import print_result
from asdelivered.base.clocks import clock, shortened

if TYPE_CHECKING:
    from asdelivered.align.document.alignment import Alignment
    from asdelivered.archive.event import StoredEvent

LONGEST_TITLE = 60
"""Characters of a title that are shown in a list."""


def print_list(events: list[StoredEvent]) -> None:
    """Print a line for each event: its day, duration, name and title."""
    for event in events:
        day = event.info.date.isoformat() if event.info.date else ""
        title = shortened(event.info.title or "", LONGEST_TITLE)
        print_result(f"{day:10}  {clock(event.duration):>9}  {event.info.name}  {title}")


def print_event(event: StoredEvent, alignment: Alignment) -> None:
    """Print what is known about an event, and its text with times."""
    from asdelivered.align.document.alignment import is_missing

    for key, value in event.to_json().items():
        if value not in (None, []):
            print_result(f"{key}: {', '.join(value) if isinstance(value, list) else value}")
    speaker: str | None = ""
    for line in alignment.lines:
        if line.speaker != speaker:
            speaker = line.speaker
            print_result()
            print_result(speaker or "Speaker unknown")
        untimed = "not heard" if is_missing(line) else "no speech"
        print_result(f"  {clock(line.span.start) if line.span else untimed:>10}  {line.text}")
