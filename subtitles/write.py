"""Captions into a file: any captions, or those of an alignment in a style."""

from __future__ import annotations

import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from asdelivered.align.document.alignment import Alignment
from asdelivered.base.counting import counted
from asdelivered.base.files import write_whole
from asdelivered.subtitles.checking.fix import relined
from asdelivered.subtitles.cues import PLAYER, Labels, Video, captions_of
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS, Format
from asdelivered.subtitles.lengths import width_of
from asdelivered.subtitles.model import Captions
from asdelivered.subtitles.style import Kind, Rule, Severity, Speakers, Style
from asdelivered.subtitles.style_file import find_style


def caption(
    alignment: Alignment,
    path: str | os.PathLike[str],
    style: Style | str = "netflix",
    format: str | None = None,
    video: Video = PLAYER,
    labels: bool | None = None,
    sounds: bool | None = None,
) -> Captions:
    """Write the captions of an alignment to `path`, and return them.

    `style` is one that comes with the program ("bbc"), a TOML file of your own, or a Style. `format` is one of FORMATS
    ("ttml"); by default the ending of `path` decides. `video` is what captions need to know about the picture. By
    default speakers and sounds are labelled as the style asks; `labels` names speakers in any style or in none,
    `sounds` labels sounds or not. Without `labels` there are no sounds unless `sounds` asks for them.

    Raises SubtitleError if there is no such style or format, if nothing has a time, or if the file can't be written.

    Examples:
        >>> from asdelivered.align import load
        >>> from asdelivered.subtitles import caption
        >>> captions = caption(load("harbour.alignment.json"), "harbour.srt", style="bbc")
        >>> captions.cues[0].text[:20]
        'ANNA REED: Thank you'

    """
    target = Path(path)
    name = format or format_by_ending(target)
    chosen = style if isinstance(style, Style) else find_style(style)
    chosen = chosen.in_language(alignment.transcript.language)
    form = find_format(name)
    made = captions_of(alignment, style_for(chosen, form), video, labels_for(chosen, form, labels, sounds))
    write_captions(made, target, name)
    return made


def style_for(style: Style, form: Format) -> Style:
    """Return the style for a format: with shorter lines and longer captions where the format cannot hold others."""
    return style.narrowed(form.line_length, form.min_duration)


def refitted(captions: Captions, form: Format) -> tuple[Captions, str]:
    """Return the captions in characters and on lines that a format can hold, and a phrase on the new lines.

    The phrase is empty where the lines are as before. Captions that then have too many lines are split, and share their
    time by their length.
    """
    captions = form.spelled(captions)
    width = form.line_length
    if width is None or all(width_of(line) <= width for cue in captions.cues for line in cue.shown):
        return captions, ""
    lines = max(2, *(len(cue.shown) for cue in captions.cues))
    rules = ((Kind.LINE_LENGTH, width), (Kind.LINES, min(lines, 4)))
    style = Style(
        form.title,
        form.title,
        "",
        tuple(Rule(kind, Fraction(limit), Severity.ERROR, form.title) for kind, limit in rules),
    )
    pieces = relined(captions.cues, style, captions.language)
    made = tuple(cue for part in pieces for cue in part)
    changed = sum(part != [cue] for cue, part in zip(captions.cues, pieces, strict=True))
    remark = f"{counted(changed, 'caption')} laid out anew for lines of {width} characters"
    return replace(captions, cues=made), remark


def labels_for(
    style: Style, form: Format, speakers: bool | None = None, sounds: bool | None = None
) -> Labels:
    """Return which labels captions get in a format.

    By default speakers are named if the style names them. Where it has colours and the format too, only those whom no
    colour tells are named. With `speakers` they are named in any style, and without in none. Sounds are labelled unless
    `sounds`, or else `speakers`, says no.
    """
    names = Labels.NONE
    if speakers is not False:
        if style.speakers is Speakers.COLOUR:
            names = Labels.NEEDED if form.shows_speakers else Labels.NAMES
        elif style.speakers is Speakers.LABEL or speakers:
            names = Labels.NAMES
    wanted = speakers is not False if sounds is None else sounds
    return names | Labels.SOUNDS if wanted else names


def find_format(name: str) -> Format:
    """Return the format of that name. Raises SubtitleError with the known names."""
    if name not in FORMATS:
        raise SubtitleError(f"{name!r} is not a format of captions: choose one of {', '.join(FORMATS)}")
    return FORMATS[name]


def write_captions(captions: Captions, path: Path, format: str) -> None:
    """Write the captions to `path`, whole or not at all, in one of FORMATS ("srt", "vtt").

    Raises SubtitleError if there are no cues, if the format is unknown or cannot hold them, or if the file cannot be
    written.

    Examples:
        >>> from pathlib import Path
        >>> from asdelivered.subtitles import read_captions, write_captions
        >>> captions, _ = read_captions("harbour.srt")
        >>> write_captions(captions, Path("harbour.ttml"), "ttml")
        >>> read_captions("harbour.ttml")[0].cues == captions.cues
        True

    """
    data = captions_file(captions, format, path)
    try:
        write_whole(path, data)
    except OSError as error:
        raise SubtitleError(f"{path}: the captions cannot be written: {error.strerror or error}") from error


def captions_file(captions: Captions, format: str, path: Path) -> bytes:
    """Return the bytes of captions in one of FORMATS, `refitted` to it; messages name the file at `path`.

    Raises SubtitleError.
    """
    form = find_format(format)
    if not captions.cues:
        raise SubtitleError(
            f"{path}: not written, there is nothing to caption: no line of the text has a time"
        )
    try:
        return form.write(refitted(captions, form)[0])
    except SubtitleError as error:
        raise SubtitleError(f"{path}: not written: {error}") from error


def _formats_by_ending(path: Path) -> list[str]:
    return [name for name, form in FORMATS.items() if path.name.lower().endswith(form.extension.lower())]


def format_by_ending(path: Path, otherwise: str | None = None) -> str:
    """Return the format that the ending of a name means; `otherwise`, if it is written, where it has that ending, too.

    Raises SubtitleError: the ending means none.
    """
    if (
        otherwise is not None
        and otherwise in FORMATS
        and path.name.lower().endswith(tuple(ending.lower() for ending in FORMATS[otherwise].extensions))
    ):
        return otherwise
    fitting = _formats_by_ending(path)
    if not fitting:
        raise SubtitleError(
            f"{path.name!r} names no format of captions: end it in one of "
            f"{', '.join(sorted(form.extension for form in FORMATS.values()))}, or name the format"
        )
    return max(fitting, key=lambda name: len(FORMATS[name].extension))
