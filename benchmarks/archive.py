"""Building an archive and finding quotes in it: `python benchmarks/archive.py FOLDER [--events 10000] [--words 8000]`.

The events are random (archive_events.py). Their files are added by `archive add`; only that is timed.
Events that are already in the archive from an earlier, perhaps interrupted run are kept. The quotes are mangled the way
people mangle them, exact, absent (from events that are not in the archive), or formulas that many events have.
On a busy machine wall-clock times say little, and processor times are somewhat too long.
"""

from __future__ import annotations

import dataclasses
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from random import Random
from typing import Annotated

import numpy as np
import typer
from archive_events import WORDS, event_name, make_event, write_event
from mangling import mangle

from asdelivered.align.document.alignment import Alignment
from asdelivered.archive.database import opened, reading
from asdelivered.archive.event import EventInfo
from asdelivered.archive.search import ArchiveHit, find_in_archive
from asdelivered.archive.store import known_hashes

TOGETHER = 512
"""Events written and added at a time: 0.5 GB of files."""
COMMAND = Path(sysconfig.get_path("scripts")) / "asdelivered"
FORMULAS = ("we can do it again", "thank you very much", "I now give the floor to the next speaker")


@dataclass(frozen=True)
class Times:
    """Milliseconds that each quote took, by the clock and by the processor."""

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
class Cost:
    """What adding that many events cost: seconds by the clock, and of all processors."""

    events: int
    clock: float
    processor: float


@dataclass(frozen=True)
class Asked:
    """A quote, and the event and line where it begins; both None if it is in no event."""

    text: str
    event: str | None = None
    line: str | None = None


def build(path: Path, events: int, words: int, cost: Path) -> None:
    """Add the events of so many words that the archive lacks with `archive add`, some files at a time.

    The wall-clock and processor time of each call is appended to the file `cost`.
    """
    there = set()
    if path.exists():
        with opened(path) as connection:
            there = set(known_hashes(connection))
    missing = [number for number in range(events) if event_name(number) not in there]
    taken = read_cost(cost)
    for first in range(0, len(missing), TOGETHER):
        files = path.with_name("files")
        shutil.rmtree(files, ignore_errors=True)
        files.mkdir()
        some = missing[first : first + TOGETHER]
        with ProcessPoolExecutor() as pool:
            list(pool.map(write_event, some, repeat(files), repeat(words), chunksize=16))
        seconds, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([COMMAND, "archive", "add", path, files], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        taken.append(Cost(len(some), time.perf_counter() - seconds, processor))
        cost.write_text(json.dumps([dataclasses.asdict(one) for one in taken]))
        shutil.rmtree(files)


def read_cost(path: Path) -> list[Cost]:
    """Return what `build` recorded in this run and in earlier ones."""
    return [Cost(**one) for one in json.loads(path.read_text())] if path.exists() else []


def quotes(
    random: Random, count: int, made: Callable[[], tuple[Alignment, EventInfo]], spoil: bool, there: bool
) -> Iterator[Asked]:
    """Yield quotes of 8 to 30 words from the events that `made` makes."""
    for _ in range(count):
        alignment, info = made()
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
    """Search for quotes; return the times, how many had the right result first, and the quotes that did not."""
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
    """Return whether the first result is the quote's source, or there is none if it has no source."""
    if quote.event is None or not hits:
        return quote.event is None and not hits
    return hits[0].event.info.name == quote.event and quote.line in hits[0].quote.lines


def main(
    folder: Annotated[
        Path,
        typer.Argument(help="A folder with space: 2 GB for 10,000 events. Later runs use the archive again."),
    ],
    events: int = 10_000,
    words: Annotated[int, typer.Option(help="Words of each event.")] = WORDS,
    mangled: int = 1000,
    others: int = 300,
) -> None:
    """Print the figures as Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    path, cost = folder / "events.db", folder / "build.json"
    load = os.getloadavg()[0]
    build(path, events, words, cost)
    taken = read_cost(cost)
    timed = sum(one.events for one in taken)
    clock, processor = (
        sum(times) / timed * events / 60
        for times in ([one.clock for one in taken], [one.processor for one in taken])
    )
    size = path.stat().st_size
    random = Random(1)
    with opened(path) as connection:
        (index,) = connection.execute("SELECT sum(length(blocks)) FROM postings").fetchone()
        python = f"{sys.version_info[0]}.{sys.version_info[1]}"
        print(
            f"{events:,} events of {words:,} words, {os.cpu_count()} cores, load {load:.1f} before the build and "
            f"{os.getloadavg()[0]:.1f} before the search, Python {python}, SQLite {sqlite3.sqlite_version}.\n"
        )
        whole = "all events" if timed == events else f"all events (from the times of {timed:,})"
        print(
            f"- {whole} added by `archive add`: {clock:.1f} min wall-clock time, {processor:.1f} min processor time\n"
            f"- database: {size / 1e6:,.0f} MB, {size / events / 1e3:.0f} KB per event; the index takes "
            f"{index / 1e6:,.0f} MB of it"
        )
        print(
            "\n| quotes | right result first | processor ms: median | p99 | max | wall-clock ms: median | p99 | max |"
        )
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")

        def inside() -> tuple[Alignment, EventInfo]:
            return make_event(random.randrange(events), words)

        def outside() -> tuple[Alignment, EventInfo]:
            return make_event(10**6 + random.randrange(10**6), words)

        for name, asked in (
            ("mangled", quotes(random, mangled, inside, True, True)),
            ("exact", quotes(random, others, inside, False, True)),
            ("absent (right: no result)", quotes(random, others, outside, False, False)),
        ):
            times, right, wrong = ask(connection, asked)
            print(f"| {len(times.clock)} {name} | {right / len(times.clock):.1%} | {times.told()} |")
            for quote in wrong[:20]:
                print(f"not right: {quote}", file=sys.stderr)
        times, _, _ = ask(connection, (Asked(text) for text in FORMULAS * 10))
        print(f"| formulas that hundreds of events have | – | {times.told()} |")


if __name__ == "__main__":
    typer.run(main)
