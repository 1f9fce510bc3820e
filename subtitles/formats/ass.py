"""Advanced SubStation Alpha (.ass), by pysubs2. Its times are hundredths of a second."""

from __future__ import annotations

import re
from itertools import pairwise

import pysubs2

from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.parsed import captions_in, in_order
from asdelivered.subtitles.formats.text import decoded, opening
from asdelivered.subtitles.model import Captions, Cue, speaker_colours, word_by_word
from asdelivered.transcripts.captions.ass import COMMA, JOINER, parse_ass
from asdelivered.transcripts.captions.model import CaptionFileError

_LONGEST = 36_000_000
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
        # libass finds the direction of each line: right to left for Hebrew and Arabic.
        encoding=-1,
    )
    if captions.highlighted:
        file.styles["Default"].secondarycolor = pysubs2.Color(128, 128, 128)
    if captions.cues and captions.cues[-1].span.end >= _LONGEST:
        raise SubtitleError("ASS has no times beyond 10 hours")
    colours = speaker_colours(captions)
    for cue in captions.cues:
        lines = [_escaped(line) for line in cue.shown]
        if marked := cue.marked_without_ruby:
            lines = [
                re.sub(r"<(/?)([ibu])>", lambda tag: f"{{\\{tag[2]}{0 if tag[1] else 1}}}", _escaped(line))
                for line in marked
            ]
        text = r"\N".join(lines)
        if captions.highlighted and cue.onsets and not cue.marked:
            text = _lit(cue)
        commands = r"\an8" if cue.at_top else ""
        colour = _BGR.get(colours.get(cue.speaker or "", ""))
        commands += rf"\c{colour}" if colour else ""
        text = ("{" + commands + "}" if commands else "") + text
        name = " ".join((cue.speaker or "").replace(",", COMMA).split())
        file.append(
            pysubs2.SSAEvent(
                start=_hundredth(cue.span.start), end=_hundredth(cue.span.end), text=text, name=name
            )
        )
    return file.to_string("ass").encode()


def _lit(cue: Cue) -> str:
    r"""Return the text of a cue with the time that each word takes, \k, in hundredths of a second."""
    parts = word_by_word(cue)
    times = [_hundredth(start) // 10 for start, _ in parts] + [_hundredth(cue.span.end) // 10]
    wait = times[0] - _hundredth(cue.span.start) // 10
    lit = [
        rf"{{\k{after - before}}}" + _escaped(part).replace("\n", r"\N")
        for (_, part), (before, after) in zip(parts, pairwise(times), strict=True)
    ]
    return (rf"{{\k{wait}}}" if wait else "") + "".join(lit)


def _hundredth(milliseconds: int) -> int:
    return (milliseconds + 5) // 10 * 10


def _escaped(text: str) -> str:
    return re.sub(r"\\(?=[nNh{}])", rf"\\{JOINER}", text).replace("{", r"\{").replace("}", r"\}")


def recognises(data: bytes) -> bool:
    """Whether it begins with [Script Info]."""
    return opening(data).startswith(b"[Script Info]")


def read(data: bytes) -> Captions:
    """Read an ASS or SSA file; comments are left out, and so are drawings. Raises SubtitleError: it is none."""
    text, notes = decoded(data)
    if "[Events]" not in text:
        raise SubtitleError("not an ASS file: it has no [Events]")
    try:
        return in_order(captions_in(parse_ass(text), notes, "no line of [Events] has text"))
    except CaptionFileError as error:
        raise SubtitleError(str(error)) from error
