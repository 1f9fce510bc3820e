"""Alignment of the example that comes with the program."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from asdelivered.align.engines.selection import EngineRequest
from asdelivered.app.jobs.align import AlignRequest, Summary, align_files
from asdelivered.app.jobs.output import writing_to
from asdelivered.app.jobs.reading import ReadingOptions
from asdelivered.base.delivery import Origin, put_all
from asdelivered.base.ledger import EXAMPLE
from asdelivered.base.progress import Observer

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
        EngineRequest(("sphinx",)),
        force=force,
    )
    return align_files(request, observer)
