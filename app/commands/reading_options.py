"""The options for reading a transcript, the same for every command that reads one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer


def check_language(code: str | None) -> str | None:
    """Return `code` if it looks like an ISO 639 code, or is missing. Raises typer.BadParameter."""
    if code is not None and re.fullmatch("[a-z]{2,3}", code) is None:
        raise typer.BadParameter("give a language code of ISO 639, such as en or de")
    return code


def check_format(name: str | None) -> str | None:
    """Return `name` if it is the name of a format, or is missing. Raises typer.BadParameter."""
    from asdelivered.transcripts.formats import FORMATS

    if name is not None and name not in FORMATS:
        raise typer.BadParameter(f"the formats are {', '.join(FORMATS)}")
    return name


def check_pattern(pattern: str | None) -> str | None:
    """Return `pattern` if it is a regular expression, or is missing. Raises typer.BadParameter."""
    try:
        re.compile(pattern or "")
    except re.error as error:
        raise typer.BadParameter(f"{pattern!r} is not a regular expression: {error}") from error
    return pattern


LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="CODE",
        help="Spoken language: en, de, ...  [default: detected in the text]",
        callback=check_language,
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FORMAT",
        help="Format of the transcript: txt, html, docx, pdf, ...  [default: detected]",
        callback=check_format,
    ),
]
SpeakersOption = Annotated[
    Path | None,
    typer.Option(
        "--speakers",
        metavar="FILE",
        help="List of speakers, one per line: 'Name, role = label; another label', or '- not a speaker'.",
    ),
]
UnspokenOption = Annotated[
    str | None,
    typer.Option(
        "--unspoken",
        metavar="REGEX",
        help="Text that is not spoken; a line of nothing else is a note.",
        callback=check_pattern,
    ),
]
SoundOption = Annotated[
    str,
    typer.Option(
        "--sound",
        metavar="SOUND",
        help="Audio track or channel to align: a number, a language, left, right, mix, 2:left; auto takes the one that "
        "the text fits.",
    ),
]
