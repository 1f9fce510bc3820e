"""What a caption file holds, as it stands there: cues, their voices, their places, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from asdelivered.base.span import TimeSpan
from asdelivered.transcripts.errors import TranscriptError


class CaptionFileError(TranscriptError):
    """The file is not in the format. The message says what is wrong and where, but does not name the file."""


@dataclass(frozen=True)
class VoiceRun:
    """What one voice says in a cue: its text without tags, with a line feed at each line break."""

    text: str
    voice: str | None = None


@dataclass(frozen=True)
class RawCue:
    """One caption of a file. `span` is None where the file has no time for it that makes sense."""

    span: TimeSpan | None
    runs: tuple[VoiceRun, ...]
    marked: tuple[str, ...] = ()
    """The lines with their <i>, <b>, <u>, <ruby> and <rt>; empty where they have none."""
    settings: str = ""
    """WebVTT cue settings: "line:0" for the top of the picture."""
    place: str = ""
    """Where else in the picture it stands than others of the file: a region of TTML, a position of ASS."""
    start: int | None = None
    """When it comes in, milliseconds, where the file says that and not when it goes; else None."""
    at: int = -1
    """Which part of the file it is: SRT, WebVTT: the line of its times, from 0; ASS: its event; TTML: its element."""
    fault: str = ""
    """What is wrong with its times, and in which line; empty where they are right, or where it has none."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that hold text, whoever says them."""
        text = "".join(run.text for run in self.runs)
        return tuple(line.strip() for line in text.split("\n") if line.strip())

    @property
    def voices(self) -> tuple[str | None, ...]:
        """The voice that begins each line, or had the last word before it; empty where the cue has not several."""
        if len({run.voice for run in self.runs if run.voice}) < 2:
            return ()
        found: list[str | None] = []
        line, voice = "", None
        for run in self.runs:
            for number, part in enumerate(run.text.split("\n")):
                if number:
                    found += [voice] if line.strip() else []
                    line = ""
                if not line.strip():
                    voice = run.voice
                line += part
        return (*found, voice) if line.strip() else tuple(found)

    @property
    def voice(self) -> str | None:
        """The voice of the whole cue; None where it has none, or several."""
        voices = {run.voice for run in self.runs if run.voice}
        return voices.pop() if len(voices) == 1 else None


@dataclass(frozen=True)
class CaptionFile:
    """The cues of a file in its own order, and what the file says about itself."""

    cues: tuple[RawCue, ...]
    title: str = ""
    language: str = ""
    """The language tag as the file has it ("de-AT"); empty without one."""
    frame_rate: Fraction | None = None
    head: str = ""
    """The STYLE, REGION and NOTE blocks before the first cue of a WebVTT file."""
    notes: tuple[str, ...] = ()
    """What was wrong and could be understood all the same, a sentence each."""
