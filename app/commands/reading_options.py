"""The options that tell how a transcript is read, the same for every command that reads one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from asdelivered.transcripts.structure.corrections import Corrections


def check_language(code: str | None) -> str | None:
    """Return `code` where it has the form of an ISO 639 code, or is missing. Raises typer.BadParameter."""
    if code is not None and re.fullmatch("[a-z]{2,3}", code) is None:
        raise typer.BadParameter("give a language code of ISO 639, such as en or de")
    return code


def check_format(name: str | None) -> str | None:
    """Return `name` where it is that of a format, or is missing. Raises typer.BadParameter."""
    from asdelivered.transcripts.formats import FORMATS

    if name is not None and name not in FORMATS:
        raise typer.BadParameter(f"the formats are {', '.join(FORMATS)}")
    return name


def _check_pattern(pattern: str | None) -> str | None:
    try:
        re.compile(pattern or "")
    except re.error as error:
        raise typer.BadParameter(f"{pattern!r} is no regular expression: {error}") from error
    return pattern


LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="CODE",
        help="What is spoken: en, de, ...  [default: the language of the text]",
        callback=check_language,
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FORMAT",
        help="The format of the text: txt, html, docx, pdf, ...  [default: found by its content]",
        callback=check_format,
    ),
]
SpeakersOption = Annotated[
    Path | None,
    typer.Option(
        "--speakers",
        metavar="FILE",
        help="Who speaks, a line each: 'Name, role = label; another label', or '- what is no speaker'.",
    ),
]
UnspokenOption = Annotated[
    str | None,
    typer.Option(
        "--unspoken",
        metavar="REGEX",
        help="What is in the text and is not said; a line of nothing else is a note.",
        callback=_check_pattern,
    ),
]


def corrections_of(speakers: Path | None, unspoken: str | None) -> Corrections:
    """The corrections that the options give. Raises TranscriptError where the file of speakers cannot be read."""
    from asdelivered.transcripts.structure.corrections import Corrections, read_speakers

    corrections = read_speakers(speakers) if speakers else Corrections()
    return replace(corrections, unspoken=re.compile(unspoken) if unspoken else None)
