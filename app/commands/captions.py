"""`asdelivered captions`: an alignment in, captions in any style and format out."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.errors import AppError


def parse_frame_rate(text: str | None) -> Fraction | None:
    """Return 25, 29.97 or 30000/1001 as an exact rate; the NTSC rates are meant by their usual names.

    Raises typer.BadParameter.
    """
    if text is None:
        return None
    named = {"23.976": Fraction(24000, 1001), "23.98": Fraction(24000, 1001), "29.97": Fraction(30000, 1001)}
    named |= {"59.94": Fraction(60000, 1001), "47.952": Fraction(48000, 1001), "47.95": Fraction(48000, 1001)}
    try:
        rate = named.get(text) or Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise typer.BadParameter("give a frame rate such as 25, 29.97 or 30000/1001") from error
    if not 1 <= rate <= 240:
        raise typer.BadParameter("a frame rate lies between 1 and 240")
    return rate


def known_styles(incomplete: str) -> list[str]:
    """Return the styles whose names begin so, for the shell to complete."""
    from asdelivered.subtitles.style_file import style_names

    return [name for name in style_names() if name.startswith(incomplete)]


def _list_all(wanted: bool) -> None:
    if not wanted:
        return
    from asdelivered.subtitles.formats import FORMATS
    from asdelivered.subtitles.style_file import named_style, style_names

    typer.echo("Styles:")
    for name in style_names():
        typer.echo(f"  {name:<18} {named_style(name).title}")
    typer.echo("Formats:")
    for name, form in FORMATS.items():
        typer.echo(f"  {name:<18} {form.title} ({form.extension}){'' if form.read else ', written only'}")
    raise typer.Exit


def captions(
    alignment: Annotated[
        Path, typer.Argument(help="What `asdelivered align` wrote: a .alignment.json file.")
    ],
    style: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="The style: netflix, bbc, dcmp, ... (see --list), or a file of your own, .toml.",
            autocompletion=known_styles,
        ),
    ] = "netflix",
    formats: Annotated[
        str, typer.Option("--format", metavar="NAMES", help="The formats, with commas between (see --list).")
    ] = "srt,vtt",
    folder: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="The folder to write to; made if it is missing."),
    ] = Path(),
    translation: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A translation of the transcript, with the same turns: captions in its language.",
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="The language of the translation: de, fr, ...")
    ] = None,
    frame_rate: Annotated[
        str | None, typer.Option(metavar="RATE", help="Put times on the frames of a video: 25, 29.97, ...")
    ] = None,
    shots: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Shot changes to respect: a list of times, or the video itself (needs the extra 'shots').",
        ),
    ] = None,
    labels: Annotated[bool, typer.Option(help="Tell speakers and sounds as the style does.")] = True,
    list_all: Annotated[
        bool,
        typer.Option(
            "--list", help="List styles and formats, and do nothing else.", is_eager=True, callback=_list_all
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Make captions of an alignment.

    Cuts the words into captions and lines that keep a house's style, and writes them in each of the formats:
    DIR/NAME.srt, NAME.vtt and so on, where NAME is that of the alignment. Files of an earlier run are replaced.
    Says on stderr what the style asks for and the speech leaves no time for.
    """
    from asdelivered.app.console.text import messages, plain, results
    from asdelivered.app.jobs.captions import caption_files

    names = [name.strip().lower() for name in formats.split(",") if name.strip()]
    if not names:
        raise typer.BadParameter("name at least one format", param_hint="--format")
    if language is not None and translation is None:
        raise typer.BadParameter("goes with --translation", param_hint="--language")
    if translation is not None and language is None:
        raise AppError("say what language the translation is in: --language de")
    made = caption_files(
        alignment, style, names, folder, translation, language, parse_frame_rate(frame_rate), shots, labels
    )
    if as_json:
        typer.echo(json.dumps(made.to_json(), indent=2))
    else:
        for path in made.files:
            results().print(plain(str(path)))
    for line in made.remarks():
        messages().print(plain(line))
