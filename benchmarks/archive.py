"""Building an archive and finding quotes in it: `python benchmarks/archive.py FOLDER [--events 10000]`.

The events are made at random (archive_events.py), 8,000 words each. They are put into a database as `archive add` does,
and `archive add` itself is run on the files of some, for what reading them takes. Quotes: mangled as people mangle
them, exact, absent (from events that are not in the archive), and formulas that all events have. Processor time is
that of this process; on a machine with other work to do the clock tells little.
"""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Annotated

import numpy as np
import typer
from archive_events import WORDS, make_event, write_event
from mangling import mangle

from asdelivered.archive.database import create, opened, reading, writing
from asdelivered.archive.records import EventRecord, make_record
from asdelivered.archive.search import ArchiveHit, find_in_archive
from asdelivered.archive.store import put_events

TOGETHER = 256
"""Events in a transaction, as `archive add` has them."""
FORMULAS = ("we can do it again", "thank you very much", "I now give the floor to the next speaker")


@dataclass(frozen=True)
class Times:
    """Of some quotes: milliseconds of each, on the clock and of the processor."""

    clock: list[float]
    processor: list[float]

    def told(self) -> str:
        """Median and 99th percentile, as cells of a table."""
        return " | ".join(
            f"{np.quantile(times, share):.0f}"
            for times in (self.processor, self.clock)
            for share in (0.5, 0.99, 1)
        )


@dataclass(frozen=True)
class Asked:
    """A quote, and the event and line where it begins; None where it stands nowhere."""

    text: str
    event: str | None = None
    line: str | None = None


def build(path: Path, events: int) -> tuple[float, float]:
    """Make the archive; return the seconds of the processor that making ready and writing took."""
    create(path)
    ready = written = 0.0
    waiting: list[EventRecord] = []
    with opened(path) as connection:
        for number in range(events):
            alignment, info = make_event(number)
            began = time.process_time()
            waiting.append(make_record(alignment, info, f"{info.name}.alignment.json", f"{number:064x}"))
            ready += time.process_time() - began
            if len(waiting) == TOGETHER or number == events - 1:
                began = time.process_time()
                with writing(connection):
                    put_events(connection, waiting, "2026-11-24T10:00:00+00:00")
                written += time.process_time() - began
                waiting.clear()
    return ready, written


def add_files(folder: Path, events: int) -> float:
    """Return the seconds of the processor that `archive add` takes for an event's file."""
    files = folder / "files"
    files.mkdir()
    for number in range(events):
        write_event(number, files)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = Path(sysconfig.get_path("scripts")) / "asdelivered"
    subprocess.run([command, "archive", "add", folder / "files.db", files], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / events


def quotes(
    random: Random, count: int, numbers: Callable[[], int], spoil: bool, there: bool
) -> Iterator[Asked]:
    """Yield quotes of 8 to 30 words from events."""
    for _ in range(count):
        alignment, info = make_event(numbers())
        words = [(word.text, line.id) for line in alignment.lines for word in line.words]
        tokens = [text for text, _ in words]
        if spoil:
            quote = mangle(random, tokens)
            text, first = quote.text, quote.first
        else:
            first = random.randrange(len(tokens) - 30)
            text = " ".join(tokens[first : first + random.randint(8, 30)])
        yield Asked(text, info.name, words[first][1]) if there else Asked(text)


def ask(connection: sqlite3.Connection, asked: Iterable[Asked]) -> tuple[Times, int, list[str]]:
    """Search for quotes; return the times, how many had the right answer first, and those that had not."""
    times, right, wrong = Times([], []), 0, []
    for quote in asked:
        clock, processor = time.perf_counter(), time.process_time()
        with reading(connection):
            hits = find_in_archive(connection, quote.text)
        times.processor.append((time.process_time() - processor) * 1000)
        times.clock.append((time.perf_counter() - clock) * 1000)
        if is_right(hits, quote):
            right += 1
        else:
            wrong.append(quote.text)
    return times, right, wrong


def is_right(hits: Sequence[ArchiveHit], quote: Asked) -> bool:
    """Tell whether the first place is the one that the quote was drawn from, or there is none where it is nowhere."""
    if quote.event is None or not hits:
        return quote.event is None and not hits
    return hits[0].event.info.name == quote.event and quote.line in hits[0].quote.lines


def main(
    folder: Annotated[
        Path,
        typer.Argument(
            help="A folder with room: 1.5 GB for 10,000 events. What is built there is used again."
        ),
    ],
    events: int = 10_000,
    mangled: int = 1000,
    others: int = 300,
    files: int = 200,
) -> None:
    """Print the figures as Markdown."""
    path, cost = folder / "events.db", folder / "build.json"
    if not path.exists():
        cost.write_text(json.dumps(build(path, events)))
    ready, written = json.loads(cost.read_text())
    each = add_files(folder, files)
    size = path.stat().st_size
    random = Random(1)
    with opened(path) as connection:
        (index,) = connection.execute("SELECT sum(length(blocks)) FROM postings").fetchone()
        made = f"{events:,} events of {WORDS:,} words, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
        minutes = each * events / 60
        bytes_each = size / events / 1e3
        print(f"{made}, Python {sys.version_info[0]}.{sys.version_info[1]}, SQLite {sqlite3.sqlite_version}.")
        print(f"\n- made ready: {ready:.0f} s of the processor; written: {written:.0f} s")
        print(f"- `archive add` of {files} files: {1000 * each:.0f} ms of the processor an event")
        print(f"- so all from files: {minutes:.1f} min of the processor, {minutes / 2:.1f} min on two cores")
        print(
            f"- database: {size / 1e6:,.0f} MB, {bytes_each:.0f} KB an event; of it index: {index / 1e6:,.0f} MB"
        )
        print(
            "\n| quotes | right first | processor ms: median | p99 | most | clock ms: median | p99 | most |"
        )
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        inside, outside = (lambda: random.randrange(events)), (lambda: 10**6 + random.randrange(10**6))
        for name, asked in (
            ("mangled", quotes(random, mangled, inside, True, True)),
            ("exact", quotes(random, others, inside, False, True)),
            ("absent (right is none)", quotes(random, others, outside, False, False)),
        ):
            times, right, wrong = ask(connection, asked)
            print(f"| {len(times.clock)} {name} | {right / len(times.clock):.1%} | {times.told()} |")
            for quote in wrong[:20]:
                print(f"not right: {quote}", file=sys.stderr)
        times, _, _ = ask(connection, (Asked(text) for text in FORMULAS * 10))
        print(f"| formulas that hundreds of events have | – | {times.told()} |")


if __name__ == "__main__":
    typer.run(main)
