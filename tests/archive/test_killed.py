"""An archive whose programs are killed at random moments, in folders that hold other people's files as well."""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from archive_events import event_name, make_event

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import save
from asdelivered.archive.database import opened, reading
from asdelivered.archive.records import read_alignment
from asdelivered.archive.store import list_events
from asdelivered.base.delivery import LEFTOVER
from asdelivered.base.ledger import NAME

from . import driver
from .test_store import contents

EVENTS, WORDS = 6, 200
KILLED_WITHIN = {"add": 0.25, "publish": 0.6, "remove": 0.06}
"""Seconds in which a kill may come: about as long as each command works."""


class Archive:
    """An archive, the folder of its alignments, and its site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "events.db"
        self.alignments = folder / "alignments"
        self.site = folder / "site"
        self.alignments.mkdir(parents=True)

    def write(self, version: int) -> dict[str, Alignment]:
        """Write this version of all alignments, which differ in their last lines; return them by event."""
        made = {event_name(number): an_event(number, version) for number in range(EVENTS)}
        for name, alignment in made.items():
            save(alignment, self.alignments / f"{name}.alignment.json")
        return made

    def start(self, what: str) -> subprocess.Popen[str]:
        """Start a command; return when its work begins."""
        command = [sys.executable, driver.__file__, what, self.database, self._folder(what)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        return process

    def run(self, what: str) -> None:
        """Do the same in this process, to the end."""
        driver.work(what, self.database, self._folder(what))

    def _folder(self, what: str) -> Path:
        return self.site if what == "publish" else self.alignments

    def stored(self) -> dict[str, Alignment]:
        """All events that are there, in a database that is sound."""
        if not self.database.exists():
            return {}
        with closing(sqlite3.connect(self.database)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        with opened(self.database) as connection, reading(connection):
            return {
                event.info.name: read_alignment(connection, event.id) for event in [*list_events(connection)]
            }

    def pages(self) -> dict[str, bytes]:
        """The files of the site by path, without the records of what was written."""
        return {
            str(path.relative_to(self.site)): path.read_bytes()
            for path in self.site.rglob("*")
            if path.is_file() and path.name != NAME and not LEFTOVER.fullmatch(path.name)
        }


def an_event(number: int, version: int) -> Alignment:
    alignment, _ = make_event(number, WORDS)
    return replace(alignment, lines=alignment.lines[: -1 - version % 5])


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "killed")


def test_killed_at_any_moment_and_run_again(archive: Archive, tmp_path: Path, kills: int) -> None:
    seed = random.randrange(10**9)
    print("seeded by", seed)
    dice = random.Random(seed)
    persons = put_persons_files(archive)
    before = known = archive.write(0)
    undisturbed = archive
    for number in range(kills):
        version = number // 3
        what = ("add", "publish", "remove")[number % 3]
        if what == "add":
            before, known = known, archive.write(version)
            undisturbed = Archive(tmp_path / f"undisturbed-{version}")
            undisturbed.write(version)
            undisturbed.run("add")
            undisturbed.run("publish")
        pages = archive.pages()
        process = archive.start(what)
        time.sleep(dice.random() * KILLED_WITHIN[what])
        process.send_signal(signal.SIGKILL)
        with process:
            pass
        assert {path: path.read_bytes() for path in persons} == persons
        stored = archive.stored()
        if what == "add":
            assert all(alignment in (before[name], known[name]) for name, alignment in stored.items())
        elif what == "remove":
            assert stored in (known, half_of(known))
        else:
            new = undisturbed.pages()
            assert all(data in (pages.get(path), new.get(path)) for path, data in archive.pages().items())
        if what != "remove" or stored == known:
            archive.run(what)
        stored = archive.stored()
        if what == "remove":
            assert stored == half_of(known)
        else:
            assert stored == known
        if what == "publish":
            assert archive.pages() == undisturbed.pages() | person_pages(archive, persons)
            assert texts_and_terms(archive.database) == texts_and_terms(undisturbed.database)
            shutil.rmtree(undisturbed.folder)
        assert {path: path.read_bytes() for path in persons} == persons
        left = {path.name for path in archive.folder.iterdir()} - {"alignments", "site", "events.db"}
        assert left == {"notes.txt", "events.db.copy", ".0ab.part"}


def texts_and_terms(database: Path) -> dict[str, list[tuple]]:
    """What can be searched; a speaker of an event that was replaced may stay in the list of speakers."""
    return {table: rows for table, rows in contents(database).items() if table != "speakers"}


def put_persons_files(archive: Archive) -> dict[Path, bytes]:
    """Put what people keep into the folders of an archive and of its site; return it."""
    event = archive.site / "events" / event_name(0)
    event.mkdir(parents=True)
    for path in (
        archive.folder / "notes.txt",
        archive.folder / "events.db.copy",
        archive.folder / ".0ab.part",
        archive.alignments / "notes.txt",
        archive.site / "CNAME",
        archive.site / "events" / "photo.jpg",
        event / "photo.jpg",
        event / "transcript.de.vtt",
    ):
        path.write_text(f"a person's {path.name}")
    return {path: path.read_bytes() for path in archive.folder.rglob("*") if path.is_file()}


def person_pages(archive: Archive, persons: dict[Path, bytes]) -> dict[str, bytes]:
    return {
        str(path.relative_to(archive.site)): data
        for path, data in persons.items()
        if path.is_relative_to(archive.site)
    }


def half_of(known: dict[str, Alignment]) -> dict[str, Alignment]:
    """What is left when every second event was removed."""
    return {name: known[name] for name in sorted(known)[1::2]}
