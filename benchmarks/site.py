"""Publishing an archive as a site: `python benchmarks/site.py FOLDER [--events 100,200,400] [--words 500]`.

The archive of FOLDER grows to each size in turn, and its site with it: what is published is the events that are new,
and then once more with nothing changed. A size that is there already is not published again, so that a long series can
be run in pieces. The events are random (archive_events.py): most of their words are made up, which takes the tagger
that chooses where captions break longer than a real language does, until it knows all 40,000. Publishing runs in a
process of its own. On a busy machine only the processor times mean something.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from archive_events import make_event

from asdelivered.archive.database import create, opened, reading, writing
from asdelivered.archive.publishing.site import Site, publish
from asdelivered.archive.records import EventRecord, make_record
from asdelivered.archive.store import put_events

TOGETHER = 500
"""Events that are put into the archive at a time."""


def build(path: Path, events: int, words: int) -> int:
    """Make the archive have that many events, each with a recording on the web; return how many are new."""
    if not path.exists():
        create(path)
    with opened(path) as connection:
        (there,) = connection.execute("SELECT count(*) FROM events").fetchone()
        for first in range(there, events, TOGETHER):
            records = [made(number, words) for number in range(first, min(first + TOGETHER, events))]
            with writing(connection):
                put_events(connection, records, "2026-11-24T10:00:00+00:00")
    return max(0, events - int(there))


def made(number: int, words: int) -> EventRecord:
    """Return the record of the event with this number."""
    alignment, info = make_event(number, words)
    url = f"https://media.example.org/{info.name}.opus"
    info = type(info)(info.name, info.title, info.occasion, info.date, url)
    return make_record(alignment, info, f"{info.name}.alignment.json", f"{number:064x}")


def published(path: Path, site: Path, jobs: int) -> tuple[float, float, int]:
    """Publish; return the seconds by the clock, those of all processors, and the main process's memory in bytes."""
    clock, before = time.perf_counter(), spent()
    with opened(path) as connection, reading(connection):
        publish(connection, site, Site("https://events.example.org"), jobs)
    taken = time.perf_counter() - clock, spent() - before
    return *taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def spent() -> float:
    """Return the processor seconds of this process and of those that it has ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def sizes(folder: Path) -> tuple[int, int]:
    """Return how many files are in a folder, and their bytes."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return len(files), sum(file.stat().st_size for file in files)


def main(
    folder: Path,
    events: Annotated[str, typer.Option(help="Sizes, with commas, in ascending order.")] = "100,200,400",
    words: int = 500,
    jobs: Annotated[int, typer.Option(help="Processes that make pages.")] = 1,
    again: Annotated[bool, typer.Option(help="Publish what is there (what this program calls).")] = False,
) -> None:
    """Print the figures as Markdown."""
    if again:
        print(*published(folder / "events.db", folder / "site", jobs))
        return
    folder.mkdir(parents=True, exist_ok=True)
    print(
        f"Events of {words} words, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {jobs} processes.\n"
    )
    print(
        "| events | new: adding s | publishing: clock s | processor s | memory MB | again: clock s | processor s | "
        "files | all MB | index MB, with its texts | first page KB |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in map(int, events.split(",")):
        began = time.process_time()
        new = build(folder / "events.db", count, words)
        adding = time.process_time() - began
        command = [sys.executable, __file__, str(folder), "--again", "--jobs", str(jobs)]
        first, second = (
            [float(part) for part in subprocess.run(command, check=True, capture_output=True).stdout.split()]
            for _ in range(2)
        )
        site = folder / "site"
        number, size = sizes(site)
        texts = sum(file.stat().st_size for file in site.glob("events/*/text-*.json"))
        index = sizes(site / "search")[1]
        front = (site / "index.html").stat().st_size
        print(
            f"| {count:,} | {new:,}: {adding:.0f} | {first[0]:.0f} | {first[1]:.0f} | {first[2] / 1e6:.0f} | "
            f"{second[0]:.0f} | {second[1]:.0f} | {number:,} | {size / 1e6:.0f} | "
            f"{index / 1e6:.1f}, {(index + texts) / 1e6:.1f} | {front / 1e3:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    typer.run(main)
