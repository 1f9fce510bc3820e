"""The arguments and options that several commands share."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.settings import MayBePath, UserOnly

MOST_JOBS = 256


def parse_frame_rate(text: str | None) -> Fraction | None:
    """Return 25, 29.97 or 30000/1001 as an exact rate. Raises typer.BadParameter."""
    if text is None:
        return None
    from asdelivered.media.timecode import TimecodeError, named_rate

    try:
        return named_rate(text)
    except TimecodeError as error:
        raise typer.BadParameter(str(error)) from error


def split_names(names: str) -> tuple[str, ...]:
    """Return names that are separated by commas, in lower case."""
    return tuple(name.strip().lower() for name in names.split(",") if name.strip())


def known_styles(incomplete: str) -> list[str]:
    """Return the styles whose names begin with `incomplete`, for the shell to complete."""
    from asdelivered.subtitles.style_file import style_names

    return [name for name in style_names() if name.startswith(incomplete)]


def engine_names(incomplete: str) -> list[str]:
    """Return the engines whose names begin with the last of the `incomplete` names, for the shell to complete."""
    from asdelivered.align.engines import known_engines

    before, comma, begun = incomplete.rpartition(",")
    known = ("auto", *sorted(known_engines())) if not comma else sorted(known_engines())
    return [f"{before}{comma}{name}" for name in known if name.startswith(begun)]


def check_engines(names: str) -> str:
    """Return `names` if they are auto, or engines that are each named once. Raises typer.BadParameter."""
    from asdelivered.align.engines import known_engines

    known = sorted(known_engines())
    given = names.split(",")
    if names != "auto" and (not {*given} <= {*known} or len({*given}) < len(given)):
        raise typer.BadParameter(
            f"give auto, or one or several of {', '.join(known)}, such as sphinx,whisper"
        )
    return names


AlignmentArgument = Annotated[
    Path, typer.Argument(help="A .alignment.json file, as written by `asdelivered align`.")
]
OutputOption = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="The output folder; created if missing.")
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        metavar="N",
        min=1,
        max=MOST_JOBS,
        help="Number of worker processes.  [default: one per core]",
    ),
]
ForceOption = Annotated[
    bool,
    typer.Option("--force", help="Replace files that somebody changed; the old ones are kept beside, dated."),
    UserOnly("replaces files"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
StyleOption = Annotated[
    str,
    typer.Option(
        "--style",
        metavar="NAME",
        help="Caption style: netflix, bbc, dcmp, ... (`captions --list`), or your own .toml file.",
        autocompletion=known_styles,
    ),
    MayBePath(),
]
FrameRateOption = Annotated[
    str | None,
    typer.Option(
        "--frame-rate", metavar="RATE", help="The video's frame rate, for times on its frames: 25, 29.97, ..."
    ),
]
ShotsOption = Annotated[
    Path | None,
    typer.Option(
        "--shots",
        metavar="FILE",
        help="Shot changes: a list of times, or the video itself (needs the extra 'shots').",
    ),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="How the captions are encoded: windows-1251, gb18030, ...  [default: UTF-8, or what fits]",
    ),
]
MovedRecordingOption = Annotated[
    Path | None,
    typer.Option("--recording", metavar="FILE", help="Current path of the recording, if it was moved."),
]
UrlOption = Annotated[
    str | None,
    typer.Option("--url", metavar="ADDRESS", help="Web address of the recording, for links."),
]
EnginesOption = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="NAMES",
        help="Speech recogniser: auto, one that `doctor` lists, or several (best per line).",
        callback=check_engines,
        autocompletion=engine_names,
    ),
]


TimecodeOption = Annotated[
    str | None,
    typer.Option(
        metavar="HH:MM:SS:FF",
        help="Timecode at which the recording begins, for EBU STL and SCC: 10:00:00:00.",
    ),
]


def parse_timecode(text: str | None, frame_rate: Fraction | None) -> int:
    """Return a timecode in milliseconds; 0 without one. Raises typer.BadParameter."""
    if text is None:
        return 0
    found = re.fullmatch(r"(\d\d):([0-5]\d):([0-5]\d)[:;](\d\d)", text.strip())
    frames_a_second = math.ceil(frame_rate or 25)
    if found is None or int(found[1]) > 23 or int(found[4]) >= frames_a_second:
        raise typer.BadParameter(
            f"give a timecode such as 10:00:00:00, with less than {frames_a_second} frames",
            param_hint="--timecode",
        )
    hours, minutes, seconds, frames = map(int, found.groups())
    return 1000 * (3600 * hours + 60 * minutes + seconds) + round(1000 * frames / frames_a_second)
