"""`asdelivered check`: do captions follow a style, and what can be fixed?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.options import (
    EncodingOption,
    ForceOption,
    FrameRateOption,
    ShotsOption,
    StyleOption,
    parse_frame_rate,
)
from asdelivered.app.console.check_table import print_violations
from asdelivered.app.console.text import print_message
from asdelivered.app.settings import UserOnly


class Report(StrEnum):
    """How the findings are printed."""

    TABLE = "table"
    JSON = "json"
    JUNIT = "junit"
    SARIF = "sarif"


def check(
    captions: Annotated[Path, typer.Argument(help="The captions: SRT, WebVTT, TTML, ASS, SCC, EBU STL, ...")],
    style: StyleOption = "netflix",
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Fix, in the file itself, what can be fixed without changing a word."),
        UserOnly("changes the captions' own file"),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="With --fix: write the fixed captions here."),
    ] = None,
    report: Annotated[Report, typer.Option(help="How to print the findings.")] = Report.TABLE,
    force: ForceOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --report json.")] = False,
    alignment: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The event's alignment: check the times against the speech as well."
        ),
    ] = None,
    frame_rate: FrameRateOption = None,
    shots: ShotsOption = None,
    language: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help="Language of captions that do not state it; it decides which limits apply.",
        ),
    ] = "en",
    encoding: EncodingOption = None,
) -> None:
    """Check captions against a style.

    Lists each caption that breaks a rule of the style, with the measured value, the limit, and where the guide says so.
    Exits with 1 if there is an error; warnings are departures from what a guide recommends. With --fix, lists what is
    left, and reports on stderr what was fixed.
    """
    from asdelivered.app.jobs.check import CheckRequest, check_file

    if output is not None and not fix:
        raise typer.BadParameter("goes with --fix", param_hint="--output")
    request = CheckRequest(
        captions,
        style,
        fix=fix,
        output=output,
        alignment=alignment,
        frame_rate=parse_frame_rate(frame_rate),
        shots=shots,
        language=language,
        encoding=encoding,
        force=force,
    )
    found = check_file(request)
    for line in found.remarks():
        print_message(line)
    wanted = Report.JSON if as_json else report
    if wanted is Report.TABLE:
        print_violations(found)
    elif wanted is Report.JSON:
        typer.echo(found.to_json())
    elif wanted is Report.JUNIT:
        typer.echo(found.to_junit())
    else:
        typer.echo(found.to_sarif())
    if found.errors:
        raise typer.Exit(1)
