"""Captions of an alignment as a style asks for them, for a format or into a file."""

from __future__ import annotations

import os
from pathlib import Path

from asdelivered.align.document.alignment import Alignment
from asdelivered.subtitles.captions import Captions
from asdelivered.subtitles.cues import PLAYER, Labels, Video, cues
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS, Format
from asdelivered.subtitles.style import Speakers, Style
from asdelivered.subtitles.style_file import find_style
from asdelivered.subtitles.write import find_format, write_captions


def caption(
    alignment: Alignment,
    path: str | os.PathLike[str],
    style: Style | str = "netflix",
    format: str | None = None,
    video: Video = PLAYER,
    labels: bool = True,
) -> Captions:
    """Write the captions of an alignment to `path`, and return them.

    `style` is one that comes with the program ("bbc"), a TOML file of your own, or a Style. `format` is one of FORMATS
    ("ttml"); by default the ending of `path` decides. `video` says what matters about the picture. With `labels`,
    speakers and sounds are labelled as the style asks; without, not at all.

    Raises SubtitleError if there is no such style or format, if nothing has a time, or if the file can't be written.

    Examples:
        >>> from asdelivered.align import load
        >>> from asdelivered.subtitles import caption
        >>> captions = caption(load("harbour.alignment.json"), "harbour.srt", style="bbc")
        >>> captions.cues[0].text
        'ANNA REED: Thank you, Daniel,'

    """
    target = Path(path)
    name = format or _format_by_ending(target)
    chosen = style if isinstance(style, Style) else find_style(style)
    made = captions_of(alignment, chosen, video, labels_for(chosen, find_format(name), labels))
    write_captions(made, target, name)
    return made


def captions_of(alignment: Alignment, style: Style, video: Video, told: Labels) -> Captions:
    """Return the captions of an alignment, which tell what `told` says beside the words."""
    return Captions(
        cues(alignment, style, video, told),
        alignment.transcript.language,
        alignment.transcript.title or "",
        alignment,
        video.frame_rate,
        coloured=style.speakers is Speakers.COLOUR and told is not Labels.NONE,
    )


def labels_for(style: Style, form: Format, wanted: bool) -> Labels:
    """Return what the cues of a format tell: names only where the style has them and the format no other way."""
    if not wanted:
        return Labels.NONE
    if style.speakers is Speakers.LABEL or (style.speakers is Speakers.COLOUR and not form.tells_speakers):
        return Labels.ALL
    return Labels.SOUNDS


def _format_by_ending(path: Path) -> str:
    fitting = [name for name, form in FORMATS.items() if path.name.lower().endswith(form.extension.lower())]
    if not fitting:
        raise SubtitleError(
            f"{path.name!r} names no format of captions: end it in one of "
            f"{', '.join(sorted(form.extension for form in FORMATS.values()))}, or name the format"
        )
    return max(fitting, key=lambda name: len(FORMATS[name].extension))
