"""`asdelivered align`: a transcript and a recording in, an alignment and captions out."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asdelivered.app.commands.reading_options import (
    FormatOption,
    LanguageOption,
    SpeakersOption,
    UnspokenOption,
    corrections_of,
)
from asdelivered.app.errors import UnexplainedError
from asdelivered.base.processes import cores as cores

if TYPE_CHECKING:
    from asdelivered.align.document.alignment import Alignment

MOST_JOBS = 256


class Device(StrEnum):
    """Where the model of an engine runs."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


def engine_names(incomplete: str) -> list[str]:
    """Return the engines whose names begin so, for the shell to complete."""
    from asdelivered.align.engines import known_engines

    before, comma, begun = incomplete.rpartition(",")
    known = ("auto", *sorted(known_engines())) if not comma else sorted(known_engines())
    return [f"{before}{comma}{name}" for name in known if name.startswith(begun)]


def check_engine(names: str) -> str:
    """Return `names` where they are those of engines, each once, or auto. Raises typer.BadParameter."""
    from asdelivered.align.engines import known_engines

    known = sorted(known_engines())
    given = names.split(",")
    if names != "auto" and (not {*given} <= {*known} or len({*given}) < len(given)):
        raise typer.BadParameter(
            f"give auto, or one or several of {', '.join(known)}, such as sphinx,whisper"
        )
    return names


def cache_folder() -> Path:
    """Where what was heard is kept: it may be deleted at any time."""
    from platformdirs import user_cache_path

    return user_cache_path("asdelivered") / "heard"


def check_explained(alignment: Alignment, allowed: float) -> None:
    """Raise UnexplainedError where more than `allowed` per cent of the text or of the speech is unexplained."""
    from asdelivered.align.document.coverage import account

    found = account(alignment)
    if 100 * found.unexplained > allowed:
        raise UnexplainedError(100 * found.text, 100 * found.speech, allowed)


def align(
    transcript: Annotated[
        Path, typer.Argument(help="The text of the event, in any format; - is standard input.")
    ],
    recording: Annotated[Path, typer.Argument(help="Its recording: any audio or video file.")],
    folder: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="The folder to write to; made if it is missing."),
    ] = Path(),
    engine: Annotated[
        str,
        typer.Option(
            metavar="NAMES",
            help="What hears the words: auto, an engine that doctor lists, or several: of each line the surer.",
            callback=check_engine,
            autocompletion=engine_names,
        ),
    ] = "auto",
    model: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="The engine's model: a size, a folder, a name at a hub."),
    ] = None,
    device: Annotated[Device, typer.Option(help="Where its model runs.")] = Device.AUTO,
    compute_type: Annotated[
        str, typer.Option(metavar="TYPE", help="The numbers it computes with: int8, float16, float32, ...")
    ] = "default",
    fallback: Annotated[
        bool | None,
        typer.Option(
            "--fallback/--no-fallback",
            help="Try the other engines where the first leaves a gap.  [default: with auto]",
        ),
    ] = None,
    language: LanguageOption = None,
    format: FormatOption = None,
    speakers: SpeakersOption = None,
    unspoken: UnspokenOption = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, max=MOST_JOBS, help="Processes that share the work.  [default: one a core]"
        ),
    ] = None,
    pins: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Times that are fixed: a JSON file, see docs/pins.md.")
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="An earlier alignment: only what changed since is aligned again."),
    ] = None,
    cache: Annotated[
        bool,
        typer.Option(
            "--cache/--no-cache", help="Keep what was heard, so that the same need not be heard again."
        ),
    ] = True,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with 1 where more is unexplained than --allow says.")
    ] = False,
    allow: Annotated[
        float,
        typer.Option(metavar="PERCENT", min=0, max=100, help="Of the text or the speech, with --strict."),
    ] = 5.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Time a transcript by its recording.

    Puts each line and word of the transcript on the clock of the recording, and makes captions of them.
    The transcript may be a web page, a Word or PDF file, Markdown, plain text, or captions to be timed anew.
    Writes DIR/NAME.alignment.json, .srt and .vtt, where NAME is that of the transcript: all three, or none.
    Files of an earlier run are replaced.
    """
    # The recogniser and its libraries take a second to load, which --help need not wait for.
    from asdelivered.align.engines.engine import EngineOptions
    from asdelivered.align.engines.selection import EngineRequest
    from asdelivered.app.console.hints import suggest
    from asdelivered.app.console.summary import print_summary
    from asdelivered.app.console.text import results
    from asdelivered.app.console.verbosity import Verbosity, verbosity
    from asdelivered.app.jobs.align import align_files

    options = EngineOptions(model, device.value, compute_type, cache_folder() if cache else None)
    request = EngineRequest(tuple(engine.split(",")), options, fallback)
    corrections = corrections_of(speakers, unspoken)
    summary = align_files(
        transcript, recording, folder, language, jobs or cores(), request, format, pins, corrections, since
    )
    if as_json:
        typer.echo(json.dumps(summary.to_json(), indent=2))
    elif verbosity() is not Verbosity.QUIET:
        print_summary(summary, results())
        suggest(
            "align",
            f'Next: asdelivered find "a few words" {summary.files.alignment}, or asdelivered clip, captions, review; '
            "asdelivered --install-completion completes them all",
        )
    if strict:
        check_explained(summary.alignment, allow)
