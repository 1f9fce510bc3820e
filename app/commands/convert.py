"""`asdelivered convert`: captions into another format, or to other times."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.options import (
    EncodingOption,
    ForceOption,
    FrameRateOption,
    JsonOption,
    TimecodeOption,
    parse_frame_rate,
    parse_timecode,
)
from asdelivered.app.console.text import print_json, print_message, print_result


def _factor(text: str | None) -> Fraction:
    try:
        factor = Fraction(text or "1")
    except (ValueError, ZeroDivisionError) as error:
        raise typer.BadParameter("give a factor such as 1.001 or 25/24", param_hint="--stretch") from error
    if not Fraction(1, 10) <= factor <= 10:
        raise typer.BadParameter("a factor must be between 0.1 and 10", param_hint="--stretch")
    return factor


def convert(
    source: Annotated[
        Path,
        typer.Argument(metavar="IN", help="The captions: SRT, WebVTT, TTML, ASS, SCC, MicroDVD, SAMI, ..."),
    ],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="The new file; its extension names the format.")
    ],
    format: Annotated[
        str | None, typer.Option(metavar="NAME", help="The format of OUT (see `captions --list`).")
    ] = None,
    shift: Annotated[
        float, typer.Option(metavar="SECONDS", help="Move all times: 1.5 later, -1.5 earlier.")
    ] = 0.0,
    stretch: Annotated[
        str | None, typer.Option(metavar="FACTOR", help="Multiply all times, before they are moved.")
    ] = None,
    from_rate: Annotated[
        str | None, typer.Option(metavar="RATE", help="Frame rate of the video that the captions fit.")
    ] = None,
    to_rate: Annotated[
        str | None, typer.Option(metavar="RATE", help="Frame rate at which the same frames are shown now.")
    ] = None,
    frame_rate: FrameRateOption = None,
    timecode: TimecodeOption = None,
    encoding: EncodingOption = None,
    into: Annotated[
        Path | None,
        typer.Option(
            metavar="RECORDING",
            help="Make OUT a copy of this recording (MP4, MOV, MKV, WebM) with the captions as one more track.",
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="With --into: the language of the captions (en, de, ...)."),
    ] = None,
    default: Annotated[
        bool | None,
        typer.Option(
            "--default/--no-default",
            help="With --into: whether players show the track by default.",
            show_default="if it is the first",
        ),
    ] = None,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Convert captions.

    Writes them in the format that the extension of OUT names, and reports on stderr what that format cannot hold. If
    the format stays the same, only the times change. IN stays as it is; a file at OUT is replaced. With --into, OUT is
    a copy of a recording that shows the captions: picture, sound and other captions are copied bit by bit.
    """
    from asdelivered.app.jobs.convert import ConvertRequest, Track, convert_file

    if to_rate is not None and from_rate is None:
        raise typer.BadParameter("goes with --from-rate", param_hint="--to-rate")
    if into is None and (language is not None or default is not None):
        raise typer.BadParameter("goes with --into", param_hint="--language, --default")
    request = ConvertRequest(
        source,
        target,
        format,
        shift=round(shift * 1000),
        stretch=_factor(stretch),
        from_rate=parse_frame_rate(from_rate),
        to_rate=parse_frame_rate(to_rate),
        frame_rate=parse_frame_rate(frame_rate),
        timecode=parse_timecode(timecode, parse_frame_rate(frame_rate)),
        encoding=encoding,
        track=None if into is None else Track(into, language, default),
        force=force,
    )
    made = convert_file(request)
    if as_json:
        print_json(made.to_json(), ascii_only=True)
    else:
        print_result(str(made.file))
    for line in made.remarks():
        print_message(line)
