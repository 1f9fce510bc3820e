"""Alignment of the example that comes with the program, and an archive of it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from asdelivered.align.document.sources import stem_of
from asdelivered.align.engines import sphinx
from asdelivered.align.engines.selection import AUTO, EngineRequest
from asdelivered.app.jobs.align import AlignRequest, Summary, align_files
from asdelivered.app.jobs.archive import AddRequest, add_to_archive
from asdelivered.app.jobs.archive_site import PublishRequest, publish_archive
from asdelivered.app.jobs.counting import Counting
from asdelivered.app.jobs.output import writing_to
from asdelivered.app.jobs.reading import ReadingOptions
from asdelivered.base.delivery import Origin, put, put_all
from asdelivered.base.ledger import EXAMPLE
from asdelivered.base.progress import Observer

DATABASE, SITE, ADDRESS = "events.db", "site", "http://localhost:8000"
PAGE, RECORDING = "harbour.txt", "harbour.opus"


def align_example(folder: Path, observer: Observer, force: bool = False) -> Summary:
    """Put the example's page and recording into `folder`, and align them there.

    Raises OutputError where the folder cannot be written to; NotOursError where a file would be replaced that the
    program did not write (with `force` it is kept, dated); else as `align_files`.
    """
    example = files("asdelivered.examples")
    with writing_to(folder):
        inputs = {folder / name: (example / name).read_bytes() for name in (PAGE, RECORDING)}
        put_all(inputs, force, Origin(command=EXAMPLE))
    request = AlignRequest(
        folder / PAGE,
        folder / RECORDING,
        folder,
        ReadingOptions(language="en"),
        EngineRequest((sphinx.Sphinx.name if sphinx.is_installed() else AUTO,)),
        force=force,
    )
    return align_files(request, observer)


@dataclass(frozen=True)
class DemoArchive:
    """The archive of the example, and its site, which is made for `address`."""

    database: Path
    site: Path
    address: str = ADDRESS


def archive_example(alignment: Path, counting: Counting, force: bool = False) -> DemoArchive:
    """Add the example's alignment to an archive beside it, and publish that as a site with the recording.

    Raises ArchiveError where one of them cannot be written, NotOursError where a file would be replaced that the
    program did not write.
    """
    folder = alignment.parent
    name = stem_of(alignment)
    demo = DemoArchive(folder / DATABASE, folder / SITE)
    request = AddRequest(demo.database, (alignment,), name, url=f"{ADDRESS}/{RECORDING}", jobs=1)
    add_to_archive(request, counting)
    publish_archive(PublishRequest(demo.database, demo.site, ADDRESS, "Westhaven", force=force))
    put(demo.site / RECORDING, (folder / RECORDING).read_bytes(), Origin(command=EXAMPLE), force)
    return demo
