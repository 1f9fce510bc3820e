"""Scenarist closed captions (.scc), CEA-608 of US television, by ttconv: 29.97 frames a second, drop-frame, 32 x 15."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from xml.etree.ElementTree import ElementTree

from defusedxml.ElementTree import fromstring
from ttconv.imsc.reader import to_model as from_imsc
from ttconv.scc.config import SccWriterConfiguration
from ttconv.scc.reader import to_model
from ttconv.scc.writer import from_model

from asdelivered.media.span import TimeSpan
from asdelivered.subtitles.captions import Captions
from asdelivered.subtitles.cue import Cue
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import ttml
from asdelivered.subtitles.formats.broadcast import cues_of
from asdelivered.subtitles.formats.text import decoded

_WIDTH, _ROWS = 32, 4
_FRAME_RATE = Fraction(30_000, 1001)
# Typography that CEA-608 has no room for, or ttconv no code: the same signs in their plain form.
_CLOSEST = {"’": "'", "‘": "'", "´": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}


def write(captions: Captions) -> bytes:
    """Return the captions as an SCC file, pop-on.

    Line 21 carries two characters a frame: a cue is loaded while the one before it stands. Raises SubtitleError: a line is
    longer than 32 characters, a cue cannot be loaded in time, or CEA-608 has no character for what is written.
    """
    for number, cue in enumerate(captions.cues, start=1):
        if any(len(line) > _WIDTH for line in cue.shown) or len(cue.shown) > _ROWS:
            raise SubtitleError(f"caption {number} is wider than the 32 characters of SCC: use the style dcmp")
    cues = _loaded(captions.cues)
    document = ttml.write_imsc(replace(captions, cues=cues, coloured=False))
    with _quiet():
        try:
            model = from_imsc(ElementTree(fromstring(document)))
            text = str(from_model(model, SccWriterConfiguration(allow_reflow=False, force_popon=True)))
        except (RuntimeError, ValueError, KeyError) as error:
            raise SubtitleError(f"SCC cannot hold these captions: {error}") from error
    data = (text + "\n").encode("ascii", "replace")
    # The writer leaves out what it cannot send in time, and puts blanks for characters that it lacks.
    written = [cue.lines for cue in read(data).cues]
    for number, cue in enumerate(cues, start=1):
        if number > len(written) or written[number - 1] != tuple(" ".join(line.split()) for line in cue.lines):
            raise SubtitleError(
                f"SCC cannot hold caption {number}, {' '.join(cue.lines)[:40]!r}: CEA-608 lacks one of its characters, or it "
                "follows the one before it too soon to be sent"
            )
    return data


def _loaded(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Return the cues with their labels, in CEA-608's characters, none before it can have been sent.

    A pair of characters takes a frame; so does each half of a command, of which there are three, and one for each line.
    """
    made: list[Cue] = []
    ready = 0
    for cue in cues:
        lines = tuple("".join(_CLOSEST.get(letter, letter) for letter in line) for line in cue.shown)
        frames = 10 + sum(3 + len(line) // 2 for line in lines)
        start = max(cue.span.start, ready + math.ceil(1000 * frames / _FRAME_RATE))
        made.append(replace(cue, span=TimeSpan(start, max(start, cue.span.end)), lines=lines, label="", marked=()))
        ready = start
    return tuple(made)


def read(data: bytes) -> Captions:
    """Read an SCC file. Raises SubtitleError: it is none."""
    text, notes = decoded(data)
    if not text.lstrip().startswith("Scenarist_SCC"):
        raise SubtitleError("no SCC file: it does not begin with Scenarist_SCC")
    with _quiet():
        try:
            cues = cues_of(to_model(text))
        except (ValueError, KeyError, AttributeError, IndexError, TypeError, RuntimeError) as error:
            raise SubtitleError(f"no SCC file that can be understood: {error}") from error
    if not cues:
        raise SubtitleError("no captions in it")
    joined = tuple(replace(cue, lines=tuple(" ".join(line.split()) for line in cue.lines)) for cue in cues)
    return Captions(joined, frame_rate=_FRAME_RATE, notes=tuple(notes))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep ttconv's warnings off the screen: what matters of them is looked at afterwards."""
    logger = logging.getLogger("ttconv")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
