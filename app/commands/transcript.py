"""`asdelivered transcript`: how a transcript was read, so that a person sees at a glance whether rightly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.reading_options import (
    FormatOption,
    LanguageOption,
    SpeakersOption,
    UnspokenOption,
    corrections_of,
)


def transcript(
    file: Annotated[Path, typer.Argument(help="The transcript, in any format; - is standard input.")],
    language: LanguageOption = None,
    format: FormatOption = None,
    speakers: SpeakersOption = None,
    unspoken: UnspokenOption = None,
    lines: Annotated[
        bool, typer.Option("--lines", help="Show all lines, each with its kind, turn by turn.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Show how a transcript is read.

    Tells the title, place and date, who speaks, and what was taken as not spoken. Where it was read wrongly,
    --speakers, --unspoken, --language and --from correct it; `asdelivered align` takes the same options.
    """
    # The readers take a moment to load, which --help need not wait for.
    from asdelivered.app.console.text import results
    from asdelivered.app.console.transcript_view import print_page, to_json
    from asdelivered.transcripts.read import read_transcript
    from asdelivered.transcripts.structure.roster import list_speakers

    corrections = corrections_of(speakers, unspoken)
    page = read_transcript(file, language, format, corrections)
    roster = list_speakers(page, corrections.roles)
    if as_json:
        typer.echo(json.dumps(to_json(page, roster), indent=2, ensure_ascii=False))
    else:
        print_page(page, roster, results(), language_found=language is None, lines=lines)
