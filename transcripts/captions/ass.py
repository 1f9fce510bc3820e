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
COMMA = "\N{SINGLE LOW-9 QUOTATION MARK}"
"""Stands for a comma in a name, which is a field between commas; it looks like one."""
_NO_TITLE = "Default Aegisub file"
"""What Aegisub writes where nobody gave a title."""
_PLACE = re.compile(r"\\(?:pos|move)\s*\([^()]*\)|\\an?\d+")
"""The commands that place a line in the picture."""
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
    for at, event in enumerate(file.events):
        if not event.is_comment and not event.is_drawing:
            style = file.styles.get(event.style)
            cue = _cue(event, at, style is not None and int(style.alignment) in _AT_TOP)
            cues += [cue] if cue.lines else []
    title = file.info.get("Title", "").strip()
    return CaptionFile(tuple(cues), title="" if title == _NO_TITLE else title)


def _cue(event: SSAEvent, at: int, top: bool) -> RawCue:
    place = "".join(_PLACE.findall(event.text)) or ("top" if top else "")
    raw = event.text.replace(r"\{", "\0").replace(r"\}", "\1").replace(f"\\{JOINER}", "\2")
    _, forced = markup.without_overrides(raw)
    marked = _unescaped(re.sub(r"\{[^{}]*\}", _tags, raw))
    text = _unescaped(re.sub(r"\{[^{}]*\}", "", raw))
    lines = tuple(line.strip() for line in marked.split("\n") if markup.plain(line).strip())
    start = max(0, event.start)
    span = TimeSpan(start, max(start, event.end))
    voice = event.name.replace(COMMA, ",").strip() or None
    return RawCue(
        span,
        (VoiceRun(text, voice),),
        lines if markup.has_marks(marked) else (),
        "line:0" if top or forced else "",
        place,
        at=at,
    )


def _unescaped(raw: str) -> str:
    """Return the text of an event: its escapes, which stand as control characters, and its line breaks resolved."""
    text = re.sub(r"\\[nN]", "\n", raw.replace(r"\h", " "))
    return text.replace("\0", "{").replace("\1", "}").replace("\2", "\\")


def _tags(commands: re.Match[str]) -> str:
    """Return the italics, bold and underlining that commands switch, as tags; the weight of bold is left out."""
    switched = re.findall(r"\\([ibu])(\d+)(?![\w(])", commands[0])
    return "".join(f"</{name}>" if value == "0" else f"<{name}>" for name, value in switched)
