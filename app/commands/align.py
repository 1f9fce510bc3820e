"""`asdelivered align`: a transcript and a recording in, an alignment and captions out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.mistakes import check_order
from asdelivered.app.commands.options import EnginesOption, ForceOption, JobsOption, JsonOption, OutputOption
from asdelivered.app.commands.reading_options import (
    FormatOption,
    LanguageOption,
    SoundOption,
    SpeakersOption,
    UnspokenOption,
)
from asdelivered.app.console.hints import suggest
from asdelivered.app.console.progress import progress
from asdelivered.app.console.summary import print_summary
from asdelivered.app.console.text import print_json, print_result
from asdelivered.app.console.verbosity import Verbosity, verbosity
from asdelivered.app.errors import TextsFailedError, UnexplainedError
from asdelivered.app.settings import UserOnly


class Device(StrEnum):
    """Where the engine's model runs."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"


def cache_folder() -> Path:
    """Return the folder where recognised words are kept. It may be deleted at any time."""
    from platformdirs import user_cache_path

    return user_cache_path("asdelivered") / "heard"


def align(
    transcript: Annotated[Path, typer.Argument(help="The transcript, in any format; - is standard input.")],
    recording: Annotated[Path, typer.Argument(help="The recording: any audio or video file.")],
    folder: OutputOption = Path(),
    engine: EnginesOption = "auto",
    model: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="The engine's model: a size, a folder, or a name on a model hub."),
        UserOnly("says which model is fetched and loaded"),
    ] = None,
    device: Annotated[Device, typer.Option(help="Where the model runs.")] = Device.AUTO,
    compute_type: Annotated[
        str, typer.Option(metavar="TYPE", help="The model's number type: int8, float16, float32, ...")
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
    jobs: JobsOption = None,
    sound: SoundOption = "auto",
    also: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Another text of the recording, such as its interpretation; may be repeated. Options about a text "
            "and its sound apply to TRANSCRIPT only.",
        ),
    ] = None,
    pins: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Fixed times: a JSON file (see docs/pins.md).")
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="An earlier alignment: realign only what has changed since."),
    ] = None,
    cache: Annotated[
        bool,
        typer.Option("--cache/--no-cache", help="Keep recognised words, so that a second run is faster."),
    ] = True,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if more than --allow is unexplained.")
    ] = False,
    allow: Annotated[
        float,
        typer.Option(
            metavar="PERCENT", min=0, max=100, help="Share of the text or the speech, for --strict."
        ),
    ] = 5.0,
    force: ForceOption = False,
    profile: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write when each process did what, for Perfetto or Chromium's tracing."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Align a transcript with its recording.

    Finds when each line and word of the transcript is spoken, and makes captions. The transcript may be a web page, a
    Word or PDF file, Markdown, plain text, or captions that need new times. Writes DIR/NAME.alignment.json, .srt and
    .vtt, where NAME comes from the transcript: all three, or none. Pins of a review beside them are kept. Files of an
    earlier run are replaced unless somebody has changed them.
    """
    # The recogniser and its libraries take a second to load; --help must not wait for them.
    from asdelivered.app.jobs.align import (
        AlignRequest,
        EngineOptions,
        EngineRequest,
        Failure,
        ReadingOptions,
        Summary,
        align_texts,
        check_explained,
    )
    from asdelivered.app.jobs.profile import profiled

    check_order(transcript, recording)
    options = EngineOptions(model, device.value, compute_type, cache_folder() if cache else None)
    request = AlignRequest(
        transcript,
        recording,
        folder,
        ReadingOptions(language, format, speakers, unspoken),
        EngineRequest(tuple(engine.split(",")), options, fallback),
        pins=pins,
        earlier=since,
        sound=sound,
        jobs=jobs,
        force=force,
    )
    with progress() as observer, profiled(profile):
        done = [*align_texts(request, also or (), observer)]
    summaries = [one for one in done if isinstance(one, Summary)]
    if as_json:
        values = [one.to_json() for one in done]
        print_json({"texts": values} if also else values[0], ascii_only=True)
    elif verbosity() is not Verbosity.QUIET:
        for summary in summaries:
            if also:
                print_result(f"{summary.transcript}:")
            print_summary(summary)
        suggest(
            "align",
            f'Next: asdelivered find "a few words" {summaries[0].files.alignment}, or asdelivered clip, captions, '
            "review; asdelivered --install-completion completes them all",
        )
    failures = {one.transcript: one.error for one in done if isinstance(one, Failure)}
    for summary in summaries if strict else ():
        try:
            check_explained(summary.alignment, allow)
        except UnexplainedError as error:
            failures[summary.transcript] = error
    if failures:
        raise TextsFailedError(failures) if also else failures[transcript]
