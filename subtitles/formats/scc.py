"""Scenarist closed captions (.scc): CEA-608 of US television, 29.97 frames a second, drop-frame.

ttconv reads them, and has the tables of codes. The writer is our own, because ttconv's knows no accents, and leaves
out captions that it cannot send in time.
"""

from __future__ import annotations

import logging
import math
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction

from ttconv.scc.codes import SccChannel
from ttconv.scc.codes.control_codes import SccControlCode
from ttconv.scc.codes.extended_characters import SccExtendedCharacter
from ttconv.scc.codes.preambles_address_codes import SccPreambleAddressCode
from ttconv.scc.codes.special_characters import SccSpecialCharacter
from ttconv.scc.codes.standard_characters import TO_SCC_BYTES
from ttconv.scc.reader import to_model
from ttconv.time_code import FPS_29_97, SmpteTimeCode

from asdelivered.base.counting import counted
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.broadcast import cues_of
from asdelivered.subtitles.formats.plain_signs import plain_forms, respelled
from asdelivered.subtitles.formats.text import decoded, opening
from asdelivered.subtitles.model import Captions, Cue

WIDTH = 32
"""Characters of a line."""
MIN_DURATION = 1334
"""Milliseconds in which line 21 carries two full lines: 40 frames."""
_ROWS = 4
_FRAME_RATE = Fraction(30_000, 1001)
_NOTICED, _LATEST = 15, 30
"""Frames by which a cue may come in late because it could not be sent earlier: without a remark, and with one."""
_TABS = (SccControlCode.TO1, SccControlCode.TO2, SccControlCode.TO3)
_SPECIAL = {code.get_unicode_value(): code.get_ch1_value() for code in SccSpecialCharacter}
_EXTENDED = {code.get_unicode_value(): code.get_ch1_value() for code in SccExtendedCharacter}

_SPACED = re.compile(r"^(\d\d:\d\d:\d\d[:;.,]\d\d)[ \t]+", re.MULTILINE)
"""A time and what parts it from its codes: a tab, or what an editor made of it."""

Unit = tuple[int, ...]
"""Pairs of bytes, sent one after the other, each in a frame."""


def write(captions: Captions) -> bytes:
    """Return the captions as an SCC file, pop-on, each centred at the bottom or the top of the picture.

    Line 21 carries two characters a frame: a cue is loaded while the one before it stands. Where it cannot be loaded in
    time, it comes in late (`remark`). Raises SubtitleError: a line is longer than 32 characters, a cue would come in
    more than a second late, or CEA-608 has no character for what is written, `spelled` for it.
    """
    rows = [_row(frame, units) for frame, units, _ in _sent(spelled(captions))]
    return ("\n\n".join(["Scenarist_SCC V1.0", *rows]) + "\n").encode("ascii")


def remark(captions: Captions) -> str:
    """Return what to say of cues that come in more than half a second late; empty without any.

    Raises SubtitleError, as `write` does.
    """
    frames = [late for _, _, late in _sent(spelled(captions)) if late > _NOTICED]
    if not frames:
        return ""
    count = counted(len(frames), "caption comes", "captions come")
    return (
        f"{count} in up to {float(max(frames) / _FRAME_RATE):.1f} s late: SCC cannot send so much text sooner"
    )


def _sent(captions: Captions) -> Iterator[tuple[int, list[Unit], int]]:
    """Yield the frame from which something is sent, what that is, and by how many frames its cue comes in late."""
    erase: int | None = None
    free = 0
    for number, cue in enumerate(captions.cues, start=1):
        units = _units(cue, number)
        start = math.floor((captions.programme_start + cue.span.start) * _FRAME_RATE / 1000 + Fraction(1, 2))
        begin = start - sum(map(len, units[:-1]))
        if erase is not None and erase < start:
            if erase + 2 <= begin:
                yield max(erase, free), [_doubled(SccControlCode.EDM)], 0
                free = max(erase, free) + 2
            else:
                # The picture is cleared while the cue is being loaded.
                begin -= 2
                at, sent = 0, begin
                while sent < erase and at < len(units) - 1:
                    sent += len(units[at])
                    at += 1
                units.insert(at, _doubled(SccControlCode.EDM))
        late = max(0, free - begin)
        if late > _LATEST and number > 1:
            raise SubtitleError(
                f"SCC cannot hold caption {number}, {' '.join(cue.shown)[:40]!r}: it follows the one before "
                "too soon to be sent (use the style dcmp)"
            )
        yield begin + late, units, late
        free = begin + late + sum(map(len, units))
        erase = math.floor((captions.programme_start + cue.span.end) * _FRAME_RATE / 1000 + Fraction(1, 2))
    if erase is not None:
        yield max(erase, free), [_doubled(SccControlCode.EDM)], 0


def _row(frame: int, units: list[Unit]) -> str:
    time = SmpteTimeCode.from_frames(frame, FPS_29_97)
    return f"{time}\t" + " ".join(
        f"{_parity(pair >> 8):02x}{_parity(pair & 0xFF):02x}" for unit in units for pair in unit
    )


def _parity(byte: int) -> int:
    """Return the byte with its highest bit set where that makes the number of bits odd."""
    return byte if byte.bit_count() % 2 else byte | 0x80


def _doubled(code: SccControlCode) -> Unit:
    """Return a command, which is sent twice so that one of them arrives."""
    return (code.get_ch1_value(),) * 2


def _units(cue: Cue, number: int) -> list[Unit]:
    """Return what loads a cue and, last, what shows it."""
    lines = cue.shown
    if len(lines) > _ROWS:
        raise SubtitleError(f"caption {number} has {len(lines)} lines, and SCC holds {_ROWS}")
    characters = [_characters(line, number) for line in lines]
    for line in lines:
        if len(line) > WIDTH:
            raise SubtitleError(
                f"caption {number} has a line of {len(line)} characters, and SCC holds {WIDTH}: {line!r}"
            )
    units = [_doubled(SccControlCode.RCL), _doubled(SccControlCode.ENM)]
    top = 1 if cue.at_top else 16 - len(lines)
    for row, (line, sent) in enumerate(zip(lines, characters, strict=True), start=top):
        indent, tabs = divmod((WIDTH - len(line)) // 2, 4)
        place = SccPreambleAddressCode(SccChannel.CHANNEL_1, row, indent=4 * indent).get_ch1_packet()
        units.append((place, place))
        if tabs:
            units.append(_doubled(_TABS[tabs - 1]))
        units += sent
    return [*units, _doubled(SccControlCode.EOC)]


def spelled(captions: Captions) -> Captions:
    """Return the captions in characters of CEA-608, as far as it has any: lines may be longer then.

    A sign that it lacks is written plainly ("EUR"), and a letter without its accent, as on US television ("Erdogan").
    """
    return respelled(captions, lambda line: "".join(map(_closest, unicodedata.normalize("NFC", line))))


def _closest(letter: str) -> str:
    if _known(letter):
        return letter
    base = unicodedata.normalize("NFD", letter)[0]
    without_accent = (base,) if base.isalpha() else ()
    return next((form for form in (*plain_forms(letter), *without_accent) if all(map(_known, form))), letter)


def _known(letter: str) -> bool:
    return letter in TO_SCC_BYTES or letter in _SPECIAL or letter in _EXTENDED


def _characters(line: str, number: int) -> list[Unit]:
    units: list[Unit] = []
    half: int | None = None

    def flush(second: int = 0) -> None:
        nonlocal half
        if half is not None:
            units.append((half << 8 | second,))
            half = None

    def put(octet: int) -> None:
        nonlocal half
        if half is None:
            half = octet
        else:
            flush(octet)

    for letter in line:
        if letter in TO_SCC_BYTES:
            put(TO_SCC_BYTES[letter])
            continue
        if letter in _SPECIAL:
            code = _SPECIAL[letter]
        elif letter in _EXTENDED:
            # It replaces the character before it, which old decoders show instead.
            put(TO_SCC_BYTES.get(unicodedata.normalize("NFD", letter)[0], 0x20))
            code = _EXTENDED[letter]
        else:
            raise SubtitleError(f"SCC has no character for {letter!r}, in caption {number}")
        flush()
        # Twice, like commands: a receiver ignores the repetition.
        units.append((code, code))
    flush()
    return units


def recognises(data: bytes) -> bool:
    """Whether it begins with Scenarist_SCC."""
    return opening(data).startswith(b"Scenarist_SCC")


def read(data: bytes) -> Captions:
    """Read an SCC file. Raises SubtitleError: it is none."""
    text, notes = decoded(data)
    if not text.lstrip().startswith("Scenarist_SCC"):
        raise SubtitleError("not an SCC file: it does not begin with Scenarist_SCC")
    with _quiet():
        try:
            cues, given = cues_of(to_model(_SPACED.sub(r"\1\t", text)))
        except (ValueError, KeyError, AttributeError, IndexError, TypeError, RuntimeError) as error:
            raise SubtitleError(f"the SCC file cannot be understood: {error}") from error
    if not cues:
        raise SubtitleError("no captions in it")
    joined = tuple(replace(cue, lines=tuple(" ".join(line.split()) for line in cue.lines)) for cue in cues)
    return Captions(joined, frame_rate=_FRAME_RATE, notes=(*notes, *given))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep ttconv's warnings off the screen."""
    logger = logging.getLogger("ttconv")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
