"""`asdelivered captions`: an alignment in, captions in any style and format out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from asdelivered.app.commands.options import (
    AlignmentArgument,
    ForceOption,
    FrameRateOption,
    JsonOption,
    OutputOption,
    ShotsOption,
    StyleOption,
    TimecodeOption,
    parse_frame_rate,
    parse_timecode,
    split_names,
)
from asdelivered.app.console.text import print_error, print_json, print_message, print_result
from asdelivered.app.errors import AppError


def _list_all(wanted: bool) -> None:
    if not wanted:
        return
    from asdelivered.subtitles.formats import FORMATS
    from asdelivered.subtitles.style_file import named_style, style_names

    print_result("Styles:")
    for name in style_names():
        print_result(f"  {name:<18} {named_style(name).title}")
    print_result("Formats:")
    for name, form in FORMATS.items():
        print_result(f"  {name:<18} {form.title} ({form.extension}){'' if form.read else ', written only'}")
    raise typer.Exit


def captions(
    alignment: AlignmentArgument,
    style: StyleOption = "netflix",
    formats: Annotated[
        str, typer.Option("--format", metavar="NAMES", help="Formats, separated by commas (see --list).")
    ] = "srt,vtt",
    folder: OutputOption = Path(),
    translation: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A translation of the transcript, with the same turns: caption in its language.",
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Language of the translation: de, fr, ...")
    ] = None,
    frame_rate: FrameRateOption = None,
    timecode: TimecodeOption = None,
    shots: ShotsOption = None,
    labels: Annotated[
        bool | None,
        typer.Option(
            "--labels/--no-labels",
            help="Name speakers wherever no colour shows who speaks, whatever the style; or name nobody.",
            show_default="as the style does",
        ),
    ] = None,
    sounds: Annotated[
        bool | None,
        typer.Option(
            "--sounds/--no-sounds",
            help="Label sounds like applause, or leave them out.",
            show_default="on, unless --no-labels",
        ),
    ] = None,
    highlight: Annotated[
        bool, typer.Option("--highlight", help="Highlight each word once it is said, in WebVTT and ASS.")
    ] = False,
    drafts: Annotated[
        bool,
        typer.Option(
            "--drafts",
            help="Also caption speech that the text lacks, as [? what a Whisper model made of it]: unofficial.",
        ),
    ] = False,
    own_words: Annotated[
        bool,
        typer.Option(
            "--own-words",
            help="Also caption speech that the text lacks, as [the words that you wrote for it] in the review.",
        ),
    ] = False,
    list_all: Annotated[
        bool,
        typer.Option(
            "--list", help="List the styles and formats, then exit.", is_eager=True, callback=_list_all
        ),
    ] = False,
    force: ForceOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make captions from an alignment.

    Splits the text into captions and lines that follow a house's style, and writes them in each of the formats:
    DIR/NAME.srt, NAME.vtt and so on, where NAME is that of the alignment. Files of an earlier run are replaced
    unless somebody has changed them. Reports on stderr which rules of the style fast speech breaks. If a format
    cannot hold the captions, says why and writes the others; the exit code is then 1.
    """
    from asdelivered.app.jobs.captions import CaptionsRequest, Translation, write_caption_files

    names = split_names(formats)
    if not names:
        raise typer.BadParameter("name at least one format", param_hint="--format")
    if language is not None and translation is None:
        raise typer.BadParameter("goes with --translation", param_hint="--language")
    if translation is not None and language is None:
        raise AppError("say what language the translation is in: --language de")
    if (drafts or own_words) and translation is not None:
        raise typer.BadParameter(
            "shows the language of the recording, so it does not go with --translation",
            param_hint="--drafts" if drafts else "--own-words",
        )
    request = CaptionsRequest(
        alignment,
        style,
        names,
        folder,
        translation=Translation(translation, language) if translation and language else None,
        frame_rate=parse_frame_rate(frame_rate),
        timecode=parse_timecode(timecode, parse_frame_rate(frame_rate)),
        shots=shots,
        labels=labels,
        sounds=sounds,
        highlight=highlight,
        drafts=drafts,
        own_words=own_words,
        force=force,
    )
    made = write_caption_files(request)
    if as_json:
        print_json(made.to_json(), ascii_only=True)
    else:
        for path in made.files:
            print_result(str(path))
    for line in made.remarks():
        print_message(line)
    for line in made.failures:
        print_error(f"asdelivered: {line}")
    if made.failures:
        raise typer.Exit(1)
