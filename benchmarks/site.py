"""Publishing an archive as a site: `python benchmarks/site.py FOLDER [--events 100,200,400] [--words 500]`.

The events are random (archive_events.py): most of their words are made up, which takes the tagger that chooses
where captions break longer than a real language does. Each size is published in a process of its own into an empty
folder, and then once more with nothing changed. On a busy machine only the processor times mean something.
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
from asdelivered.archive.publishing.site import publish
from asdelivered.archive.records import make_record
from asdelivered.archive.store import put_events


def build(path: Path, events: int, words: int) -> None:
    """Make an archive of that many events, each with a recording on the web."""
    create(path)
    records = []
    for number in range(events):
        alignment, info = make_event(number, words)
        url = f"https://media.example.org/{info.name}.opus"
        info = type(info)(info.name, info.title, info.occasion, info.date, url)
        records.append(make_record(alignment, info, f"{info.name}.alignment.json", f"{number:064x}"))
    with opened(path) as connection, writing(connection):
        put_events(connection, records, "2026-11-24T10:00:00+00:00")


def published(path: Path, site: Path) -> tuple[float, float, int]:
    """Publish; return the seconds by the clock, those of the processor, and the most memory in bytes."""
    clock, processor = time.perf_counter(), time.process_time()
    with opened(path) as connection, reading(connection):
        publish(connection, site, "https://events.example.org")
    taken = time.perf_counter() - clock, time.process_time() - processor
    return *taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def sizes(folder: Path) -> tuple[int, int]:
    """Return how many files are in a folder, and their bytes."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return len(files), sum(file.stat().st_size for file in files)


def main(
    folder: Path,
    events: Annotated[str, typer.Option(help="Sizes, with commas.")] = "100,200,400",
    words: int = 500,
    again: Annotated[bool, typer.Option(help="Publish what is there (what this program calls).")] = False,
) -> None:
    """Print the figures as Markdown."""
    if again:
        print(*published(folder / "events.db", folder / "site"))
        return
    print(f"Events of {words} words, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.\n")
    print(
        "| events | clock s | processor s | memory MB | again: clock s | processor s | files | all MB | index MB, "
        "with its texts |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in map(int, events.split(",")):
        own = folder / str(count)
        own.mkdir(parents=True)
        build(own / "events.db", count, words)
        command = [sys.executable, __file__, str(own), "--again"]
        first, second = (
            [float(part) for part in subprocess.run(command, check=True, capture_output=True).stdout.split()]
            for _ in range(2)
        )
        number, size = sizes(own / "site")
        texts = sum(file.stat().st_size for file in (own / "site").glob("events/*/text-*.json"))
        index = sizes(own / "site" / "search")[1]
        print(
            f"| {count} | {first[0]:.1f} | {first[1]:.1f} | {first[2] / 1e6:.0f} | {second[0]:.1f} | {second[1]:.1f} | "
            f"{number:,} | {size / 1e6:.1f} | {index / 1e6:.1f}, {(index + texts) / 1e6:.1f} |"
        )


if __name__ == "__main__":
    typer.run(main)
