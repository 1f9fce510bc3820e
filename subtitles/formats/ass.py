r"""Advanced SubStation Alpha (.ass), by pysubs2. Its times are hundredths of a second.

Braces open commands, and have no escape that every player knows: libass takes "\{", which is written. A backslash
before n, N or h would be one too: a word joiner stands behind it.
"""

from __future__ import annotations

import re
import warnings

import pysubs2

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.captions import Captions, speaker_colours
from asdelivered.subtitles.cue import Cue
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import markup
from asdelivered.subtitles.formats.text import decoded

_LONGEST = 36_000_000
_JOINER = "\N{WORD JOINER}"
_BGR = {"yellow": "&H00FFFF&", "cyan": "&HFFFF00&", "lime": "&H00FF00&"}


def write(captions: Captions) -> bytes:
    """Return the captions as an ASS file for a picture of 1920 x 1080, with the speakers as names.

    Raises SubtitleError: they last ten hours or more, for which the format has no digits.
    """
    file = pysubs2.SSAFile()
    file.info |= {"PlayResX": "1920", "PlayResY": "1080", "WrapStyle": "2", "ScaledBorderAndShadow": "yes"}
    if captions.title:
        file.info["Title"] = " ".join(captions.title.split())
    file.styles["Default"] = pysubs2.SSAStyle(
        fontname="Arial",
        fontsize=64,
        outline=3,
        shadow=0,
        alignment=pysubs2.Alignment.BOTTOM_CENTER,
        marginv=60,
    )
    if captions.cues and captions.cues[-1].span.end >= _LONGEST:
        raise SubtitleError("ASS has no times beyond 10 hours")
    colours = speaker_colours(captions)
    for cue in captions.cues:
        lines = [_escaped(line) for line in cue.shown]
        if cue.marked:
            lines = [
                re.sub(r"<(/?)([ibu])>", lambda tag: f"{{\\{tag[2]}{0 if tag[1] else 1}}}", _escaped(line))
                for line in cue.marked
            ]
        commands = r"\an8" if cue.at_top else ""
        colour = _BGR.get(colours.get(cue.speaker or "", ""))
        commands += rf"\c{colour}" if colour else ""
        text = ("{" + commands + "}" if commands else "") + r"\N".join(lines)
        # The name is a field between commas.
        name = " ".join((cue.speaker or "").replace(",", "،").split())
        file.append(
            pysubs2.SSAEvent(
                start=_hundredth(cue.span.start), end=_hundredth(cue.span.end), text=text, name=name
            )
        )
    return file.to_string("ass").encode()


def _hundredth(milliseconds: int) -> int:
    return (milliseconds + 5) // 10 * 10


def _escaped(text: str) -> str:
    return re.sub(r"\\(?=[nNh{}])", rf"\\{_JOINER}", text).replace("{", r"\{").replace("}", r"\}")


def read(data: bytes) -> Captions:
    """Read an ASS or SSA file; comments are left out, and so are drawings. Raises SubtitleError: it is none."""
    text, notes = decoded(data)
    if "[Events]" not in text:
        raise SubtitleError("no ASS file: it has no [Events]")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of fields of a style that it cannot read, which matter little here
            file = pysubs2.SSAFile.from_string(text, format_="ass")
    except (pysubs2.Pysubs2Error, ValueError, IndexError, KeyError, TypeError) as error:
        raise SubtitleError(f"no ASS file that can be understood: {error}") from error
    cues = []
    for event in file.events:
        if event.is_comment or event.is_drawing:
            continue
        style = file.styles.get(event.style)
        cue = _cue(event, style is not None and int(style.alignment) in (7, 8, 9))
        if cue is not None:
            cues.append(cue)
    if not cues:
        raise SubtitleError("no captions in it: no line of [Events] has text")
    title = file.info.get("Title", "")
    cues.sort(key=lambda cue: cue.span)
    return Captions(tuple(cues), title="" if title == "Default Aegisub file" else title, notes=tuple(notes))


def _cue(event: pysubs2.SSAEvent, top: bool) -> Cue | None:
    raw = event.text.replace(r"\{", "\0").replace(r"\}", "\1").replace(f"\\{_JOINER}", "\2")
    raw, forced = markup.without_overrides(raw)
    raw = re.sub(r"\{[^{}]*\}", "", raw).replace(r"\h", " ")
    text = re.sub(r"\\[nN]", "\n", raw).replace("\0", "{").replace("\1", "}").replace("\2", "\\")
    lines = tuple(line.strip() for line in text.split("\n") if line.strip())
    if not lines:
        return None
    start = max(0, event.start)
    span = TimeSpan(start, max(start, event.end))
    return Cue(
        span, event.name.replace("،", ",").strip() or None, lines, settings="line:0" if top or forced else ""
    )
