"""A table with a heading (.csv), for people and scripts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from asdelivered.media.cutlists.edl import RECORD_START
from asdelivered.media.edit import CutList, EditEvent, events
from asdelivered.media.timecode import from_label, to_label

COLUMNS = (
    "number",
    "name",
    "speaker",
    "quote",
    "start",
    "end",
    "duration",
    "source_in",
    "source_out",
    "record_in",
    "record_out",
    "recording",
    "clip",
    "notes",
)
FORMULA = ("=", "+", "-", "@")
"""The characters that make a spreadsheet run a cell as a formula (OWASP, "CSV Injection")."""


def to_csv(cuts: CutList) -> bytes:
    """Return a row for each clip: seconds with three decimals, and timecodes.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    rows = (_row(number, event, cuts) for number, event in enumerate(events(cuts), start=1))
    return table([COLUMNS, *rows])


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8 (RFC 4180)."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return file.getvalue().encode()


def harmless(text: str) -> str:
    """Return a text in a form that a spreadsheet shows and doesn't run."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _row(number: int, event: EditEvent, cuts: CutList) -> Sequence[str]:
    clip, source = event.clip, cuts.source
    record = from_label(RECORD_START, source.rate)
    return (
        str(number),
        *(harmless(text) for text in (clip.name, clip.speaker or "", clip.text)),
        *(f"{float(seconds):.3f}" for seconds in (clip.start, clip.end, clip.duration)),
        *(to_label(source.first + frame, source.rate) for frame in (event.source_in, event.source_out)),
        *(to_label(record + frame, source.rate) for frame in (event.record_in, event.record_out)),
        str(source.path),
        str(clip.file or ""),
        harmless("; ".join(clip.notes)),
    )
