"""`asdelivered check`: do captions keep a style, and what can be mended?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.captions import known_styles, parse_frame_rate


class Report(StrEnum):
    """How the findings are printed."""

    TABLE = "table"
    JSON = "json"
    JUNIT = "junit"
    SARIF = "sarif"


def check(
    captions: Annotated[Path, typer.Argument(help="The captions: SRT, WebVTT, TTML, ASS, SCC, EBU STL, ...")],
    style: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="The style: netflix, bbc, dcmp, ..., or a file of your own, .toml.",
            autocompletion=known_styles,
        ),
    ] = "netflix",
    mend: Annotated[
        bool,
        typer.Option("--fix", help="Mend what can be mended without touching a word, in the file itself."),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="With --fix: write the mended captions there."),
    ] = None,
    report: Annotated[Report, typer.Option(help="How to print what was found.")] = Report.TABLE,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --report json.")] = False,
    alignment: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The alignment of the event: check the times against the speech too."
        ),
    ] = None,
    frame_rate: Annotated[
        str | None,
        typer.Option(metavar="RATE", help="The video's frame rate, for limits in frames: 25, 29.97, ..."),
    ] = None,
    shots: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Shot changes, to check against: a list of times, or the video."),
    ] = None,
    language: Annotated[str, typer.Option(metavar="CODE", help="The captions' language, for --fix.")] = "en",
) -> None:
    """Check captions against a style.

    Lists each caption that breaks a rule of the style, with what was measured, the limit, and where the guide says so.
    Ends with 1 if there is an error; warnings are departures from what a guide recommends. With --fix, what is left is
    listed, and what was done is said on stderr.
    """
    from asdelivered.app.console.text import messages, plain, results
    from asdelivered.app.jobs.check import check_file, print_table
    from asdelivered.subtitles.checking.report import to_json, to_junit, to_sarif

    if output is not None and not mend:
        raise typer.BadParameter("goes with --fix", param_hint="--output")
    found = check_file(
        captions, style, mend, output, alignment, parse_frame_rate(frame_rate), shots, language
    )
    for line in found.remarks():
        messages().print(plain(line))
    wanted = Report.JSON if as_json else report
    if wanted is Report.TABLE:
        print_table(found, results())
    elif wanted is Report.JSON:
        typer.echo(to_json(str(captions), found.style, found.cues, found.violations, found.to_json()))
    elif wanted is Report.JUNIT:
        typer.echo(to_junit(str(captions), found.style, found.cues, found.violations))
    else:
        typer.echo(to_sarif(str(captions), found.style, found.violations))
    if found.errors:
        raise typer.Exit(1)
