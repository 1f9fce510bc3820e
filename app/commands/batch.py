"""`asdelivered batch`: many events aligned."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.align import MOST_JOBS, check_engine, cores


def _check_place(place: str) -> str:
    if place != "local" and re.fullmatch(r"dask:\S+", place) is None:
        raise typer.BadParameter("give local, or dask: and the address of a scheduler: dask:tcp://host:8786")
    return place


def batch(
    jobs: Annotated[
        str,
        typer.Argument(
            metavar="JOBS", help="A .csv or .jsonl file, or a folder of pairs; a path, or an address."
        ),
    ],
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="The folder of results; made if missing.")
    ] = Path("batch"),
    place: Annotated[
        str,
        typer.Option(
            "--on", metavar="WHERE", help="local, or dask:tcp://HOST:PORT, a cluster.", callback=_check_place
        ),
    ] = "local",
    workers: Annotated[
        int | None,
        typer.Option(
            "--jobs", metavar="N", min=1, max=MOST_JOBS, help="Jobs at a time.  [default: one a core]"
        ),
    ] = None,
    engine: Annotated[
        str, typer.Option(metavar="NAME", help="What hears the words, as for align.", callback=check_engine)
    ] = "auto",
    attempts: Annotated[
        int, typer.Option(metavar="N", min=1, max=10, help="Tries of a job that was killed, or not fetched.")
    ] = 2,
    time_limit: Annotated[
        float | None, typer.Option(metavar="MINUTES", min=0.01, help="What a job may take on the clock.")
    ] = None,
    memory_limit: Annotated[
        int | None, typer.Option(metavar="MIB", min=1, help="What a job may take of memory.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Align many events.

    JOBS is a table with the columns transcript and recording (and perhaps name and language), the same as a JSON object
    a line, or a folder in which files of the same name belong together. Paths may be addresses that fsspec opens
    (s3://, https://). Each job writes DIR/NAME, whole or not at all. Start the batch again whenever it was stopped:
    what is done is kept as long as inputs, settings and version are the same. One that fails stops no other; the
    reports are DIR/report.json and report.html, and the exit code is 1.
    """
    from asdelivered.app.console.text import messages, plain, results
    from asdelivered.app.jobs.batch import run_jobs
    from asdelivered.batch.job import Task
    from asdelivered.batch.outcome import State
    from asdelivered.batch.process import Limits
    from asdelivered.batch.report import summary_of

    limits = Limits(
        time_limit * 60 if time_limit is not None else None,
        memory_limit << 20 if memory_limit is not None else None,
    )
    task = Task(folder.absolute(), ("--engine", engine), version("asdelivered"), limits, attempts)
    result, reports = run_jobs(jobs, task, place, workers or cores())
    if as_json:
        typer.echo(json.dumps(result.to_json(), indent=2, ensure_ascii=False))
    else:
        results().print(plain(summary_of(result)))
        for path in reports:
            results().print(plain(f"  {path}"))
    if failed := result.of(State.FAILED):
        messages().print(plain(f"asdelivered: {len(failed)} failed: {reports[1]} says why"))
        raise typer.Exit(1)
