r"""SubStation Alpha (.ass, .ssa), by pysubs2.

Braces hold commands, and have no escape that every player knows: libass accepts "\{". A word joiner behind a backslash
keeps it from being read as a command of its own ("\N").
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from asdelivered.base.span import TimeSpan
from asdelivered.transcripts.captions import markup
from asdelivered.transcripts.captions.model import CaptionFile, CaptionFileError, RawCue, VoiceRun

if TYPE_CHECKING:
    from pysubs2 import SSAEvent

JOINER = "\N{WORD JOINER}"
"""Stands behind a backslash that is no command."""
COMMA = "،"
"""Stands for a comma in a name, which is a field between commas."""
_NO_TITLE = "Default Aegisub file"
"""What Aegisub writes where nobody gave a title."""
_AT_TOP = (7, 8, 9)
"""Alignments, by the keys of a numeric keypad."""


def parse_ass(text: str) -> CaptionFile:
    """Return the dialogue of an ASS or SSA file that has text, without comments and drawings; actors are the voices.

    Raises CaptionFileError: pysubs2 cannot read it.
    """
    import pysubs2
    from pysubs2.exceptions import Pysubs2Error

    try:
        with warnings.catch_warnings():
            # Of a style's fields that it cannot read, which matter little here.
            warnings.simplefilter("ignore")
            file = pysubs2.SSAFile.from_string(text, format_="ass")
    except (Pysubs2Error, ValueError, IndexError, KeyError, TypeError) as error:
        raise CaptionFileError(f"no ASS file that can be understood: {error}") from error
    cues = []
    for event in file.events:
        if not event.is_comment and not event.is_drawing:
            style = file.styles.get(event.style)
            cue = _cue(event, style is not None and int(style.alignment) in _AT_TOP)
            cues += [cue] if cue.lines else []
    title = file.info.get("Title", "").strip()
    return CaptionFile(tuple(cues), title="" if title == _NO_TITLE else title)


def _cue(event: SSAEvent, top: bool) -> RawCue:
    raw = event.text.replace(r"\{", "\0").replace(r"\}", "\1").replace(f"\\{JOINER}", "\2")
    raw, forced = markup.without_overrides(raw)
    raw = re.sub(r"\{[^{}]*\}", "", raw).replace(r"\h", " ")
    text = re.sub(r"\\[nN]", "\n", raw).replace("\0", "{").replace("\1", "}").replace("\2", "\\")
    start = max(0, event.start)
    span = TimeSpan(start, max(start, event.end))
    voice = event.name.replace(COMMA, ",").strip() or None
    return RawCue(span, (VoiceRun(text, voice),), settings="line:0" if top or forced else "")
