"""`asdelivered transcript`: how a transcript is read, so that a person sees at a glance whether it is right."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.options import JsonOption
from asdelivered.app.commands.reading_options import (
    FormatOption,
    LanguageOption,
    SpeakersOption,
    UnspokenOption,
)
from asdelivered.app.console.text import print_json
from asdelivered.app.console.transcript_view import print_transcript


def transcript(
    file: Annotated[Path, typer.Argument(help="The transcript, in any format; - is standard input.")],
    language: LanguageOption = None,
    format: FormatOption = None,
    speakers: SpeakersOption = None,
    unspoken: UnspokenOption = None,
    lines: Annotated[
        bool, typer.Option("--lines", help="Show every line with its kind, turn by turn.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show how a transcript is read.

    Shows the title, place and date, who speaks, and what is taken as not spoken. If something is wrong, correct it with
    --speakers, --unspoken, --language and --from; `asdelivered align` takes the same options.
    """
    from asdelivered.app.jobs.transcript import ReadingOptions, show_transcript

    shown = show_transcript(file, ReadingOptions(language, format, speakers, unspoken))
    if as_json:
        print_json(shown.to_json())
    else:
        print_transcript(shown, lines=lines)
