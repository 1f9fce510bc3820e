"""`asdelivered batch`: many events aligned."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.options import MOST_JOBS, EnginesOption, ForceOption, JsonOption, OutputOption
from asdelivered.app.console.counting import counting
from asdelivered.app.console.text import print_json, print_message, print_result
from asdelivered.app.settings import UserOnly


def check_runner(runner: str) -> str:
    """Return `runner` if it is local or a Dask scheduler. Raises typer.BadParameter."""
    if runner != "local" and re.fullmatch(r"dask:\S+", runner) is None:
        raise typer.BadParameter("give local, or dask: and the address of a scheduler: dask:tls://host:8786")
    return runner


def batch(
    jobs: Annotated[
        str,
        typer.Argument(
            metavar="JOBS", help="A .csv or .jsonl file, or a folder of pairs; a path or an address."
        ),
    ],
    folder: OutputOption = Path("batch"),
    runner: Annotated[
        str,
        typer.Option(
            "--on",
            metavar="WHERE",
            help="Where to run: local, or dask:tls://HOST:PORT for a cluster.",
            callback=check_runner,
        ),
        UserOnly("says where work is sent"),
    ] = "local",
    workers: Annotated[
        int | None,
        typer.Option(
            "--jobs", metavar="N", min=1, max=MOST_JOBS, help="Jobs at a time.  [default: one per core]"
        ),
    ] = None,
    engine: EnginesOption = "auto",
    attempts: Annotated[
        int,
        typer.Option(
            metavar="N", min=1, max=10, help="Attempts at a job that was killed or could not be fetched."
        ),
    ] = 2,
    time_limit: Annotated[
        float | None, typer.Option(metavar="MINUTES", min=0.01, help="The most time that a job may take.")
    ] = None,
    memory_limit: Annotated[
        int | None, typer.Option(metavar="MIB", min=1, help="The most memory that a job may use.")
    ] = None,
    force: ForceOption = False,
    insecure_scheduler: Annotated[
        bool,
        typer.Option("--insecure-scheduler", help="Allow a scheduler on another machine without TLS."),
        UserOnly("lets anyone on the way run programs here"),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Align many events.

    JOBS is a table with the columns transcript and recording (optionally also name and language), a file with one such
    JSON object per line, or a folder in which files with the same name belong together. Paths may be addresses that
    fsspec opens (s3://, https://). Each job writes DIR/NAME, complete or not at all. If the batch was stopped, start it
    again: finished jobs are kept as long as inputs, settings and version are the same. A job that fails does not stop
    the others; the reports are DIR/report.json and report.html, and the exit code is then 1.
    """
    from asdelivered.app.jobs.batch import BatchRequest, run_jobs

    request = BatchRequest(
        jobs,
        folder,
        runner=runner,
        workers=workers,
        engine=engine,
        attempts=attempts,
        time_limit=time_limit,
        memory_limit=memory_limit,
        force=force,
        insecure_scheduler=insecure_scheduler,
    )
    report = run_jobs(request, counting, lambda text: print_message(f"asdelivered: {text}"))
    if as_json:
        print_json(report.result.to_json())
    else:
        print_result(str(report))
        for path in (report.json, report.page):
            print_result(f"  {path}")
    if report.failed:
        print_message(f"asdelivered: {report.failed} failed: {report.page} says why")
        raise typer.Exit(1)
