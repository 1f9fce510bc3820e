"""EBU STL (.stl, EBU Tech 3264): binary captions of European television. ttconv reads them; the writer is our own.

A file is a block of general information (GSI, 1024 bytes) and a block of 128 bytes for each caption (TTI), more where
a text is longer than 112 bytes. Its text is ISO 6937, where accents are bytes before their letters, or one of the ISO
8859 tables for Cyrillic, Arabic, Greek and Hebrew; the head says which (CCT).
"""

from __future__ import annotations

import io
import logging
import math
import unicodedata
from contextlib import suppress
from dataclasses import replace
from datetime import date
from fractions import Fraction

from ttconv.stl.reader import to_model

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.broadcast import cues_of
from asdelivered.subtitles.formats.plain_signs import plain_forms, respelled
from asdelivered.subtitles.lengths import width_of
from asdelivered.subtitles.model import Captions, Cue

_RATES_OF_30 = (Fraction(30), Fraction(30_000, 1001))
_TCP = 256
"""Where the head states the programme's start."""
_NEW_LINE, _FILL = 0x8A, 0x8F
_FIELD = 112
WIDTH = 40
"""Characters of a line."""
_ACCENTS = {
    "\u0300": 0xC1,
    "\u0301": 0xC2,
    "\u0302": 0xC3,
    "\u0303": 0xC4,
    "\u0304": 0xC5,
    "\u0306": 0xC6,
    "\u0307": 0xC7,
    "\u0308": 0xC8,
    "\u030a": 0xCA,
    "\u0327": 0xCB,
    # Romanian: ISO 6937 is older than the difference between a comma below and a cedilla.
    "\u0326": 0xCB,
    "\u030b": 0xCD,
    "\u0328": 0xCE,
    "\u030c": 0xCF,
}
# The upper half of ISO 6937, without the accents.
_UPPER = {
    "\u00a0": 0xA0, "¡": 0xA1, "¢": 0xA2, "£": 0xA3, "¥": 0xA5, "§": 0xA7, "‘": 0xA9, "“": 0xAA, "«": 0xAB,
    "←": 0xAC, "↑": 0xAD, "→": 0xAE, "↓": 0xAF, "°": 0xB0, "±": 0xB1, "²": 0xB2, "³": 0xB3, "×": 0xB4, "µ": 0xB5,
    "¶": 0xB6, "·": 0xB7, "÷": 0xB8, "’": 0xB9, "”": 0xBA, "»": 0xBB, "¼": 0xBC, "½": 0xBD, "¾": 0xBE, "¿": 0xBF,
    "—": 0xD0, "¹": 0xD1, "®": 0xD2, "©": 0xD3, "™": 0xD4, "♪": 0xD5, "Ω": 0xE0, "Æ": 0xE1, "Đ": 0xE2, "ª": 0xE3,
    "Ħ": 0xE4, "Ĳ": 0xE6, "Ŀ": 0xE7, "Ł": 0xE8, "Ø": 0xE9, "Œ": 0xEA, "º": 0xEB, "Þ": 0xEC, "Ŧ": 0xED, "Ŋ": 0xEE,
    "ŉ": 0xEF, "ĸ": 0xF0, "æ": 0xF1, "đ": 0xF2, "ð": 0xF3, "ħ": 0xF4, "ı": 0xF5, "ĳ": 0xF6, "ŀ": 0xF7, "ł": 0xF8,
    "ø": 0xF9, "œ": 0xFA, "ß": 0xFB, "þ": 0xFC, "ŧ": 0xFD, "ŋ": 0xFE,
}  # fmt: skip
_CLOSEST = {"–": "—", "´": "’", "`": "‘", "„": "“", "‚": "‘"}
"""Signs of ISO 6937 that are closer to others than their plain forms."""
_TABLES = {"01": "ISO 8859-5", "02": "ISO 8859-6", "03": "ISO 8859-7", "04": "ISO 8859-8"}
"""The tables of other scripts, by their number in the head: Cyrillic, Arabic, Greek, Hebrew. All have ASCII, too."""
_LATIN = "00"
_LANGUAGES = {
    "en": "09",
    "de": "08",
    "fr": "0F",
    "es": "0A",
    "it": "15",
    "nl": "1D",
    "pt": "21",
    "pl": "20",
    "sv": "28",
}


def write(captions: Captions) -> bytes:
    """Return the captions as an EBU STL file of 25 frames a second (or 30, if the video has 30 or 29.97).

    Its timecodes count from the programme's start, which the head states (TCP).

    Raises SubtitleError: no table has all of the letters (Thai, or Greek beside Cyrillic), or a line is longer than 40.
    """
    captions = spelled(captions)
    table = _table(captions)
    rate = 30 if captions.frame_rate in _RATES_OF_30 else 25
    blocks = []
    for number, cue in enumerate(captions.cues):
        for line in cue.shown:
            if (width := width_of(line)) > WIDTH:
                raise SubtitleError(
                    f"caption {number + 1} has a line of {width} characters, and EBU STL holds {WIDTH}: {line!r}"
                )
        text = bytes([_NEW_LINE]).join(_encoded(line, number + 1, table) for line in cue.shown)
        blocks += _blocks(text, cue, number, captions.programme_start, rate)
    return _general(captions, len(blocks), rate, table) + b"".join(blocks)


def spelled(captions: Captions) -> Captions:
    """Return the captions in characters of the table that they are written in: lines may be longer then.

    A sign that it lacks is written plainly ("EUR"), and points of vowels are left out.
    """
    table = _table(captions)
    return respelled(
        captions,
        lambda line: "".join(_closest(letter, table) for letter in unicodedata.normalize("NFC", line)),
    )


def _closest(letter: str, table: str) -> str:
    if _code(letter, table) is not None:
        return letter
    nearer = (_CLOSEST[letter],) if letter in _CLOSEST else ()
    points = ("",) if unicodedata.category(letter) == "Mn" and table != _LATIN else ()
    forms = (*nearer, *plain_forms(letter), *points)
    return next((form for form in forms if all(_code(one, table) is not None for one in form)), letter)


def _table(captions: Captions) -> str:
    """Return the number of the table for most letters that ISO 6937 lacks; that of ISO 6937 where it lacks none."""
    lacking = [
        letter
        for cue in captions.cues
        for letter in unicodedata.normalize("NFC", "".join(cue.shown))
        if letter.isalpha() and _in_latin(letter) is None
    ]
    held = {
        table: sum(letter.encode(name, "ignore") != b"" for letter in lacking)
        for table, name in _TABLES.items()
    }
    best = max(held, key=lambda table: held[table])
    return best if held[best] else _LATIN


def _blocks(text: bytes, cue: Cue, number: int, zero: int, rate: int) -> list[bytes]:
    parts = [text[at : at + _FIELD] for at in range(0, len(text), _FIELD)] or [b""]
    row = 2 if cue.at_top else 23 - 2 * len(cue.shown)
    made = []
    for at, part in enumerate(parts):
        extension = 0xFF if at == len(parts) - 1 else at
        made.append(
            b"\x00"
            + number.to_bytes(2, "little")
            + bytes([extension, 0])
            + _timecode(zero + cue.span.start, rate)
            + _timecode(zero + cue.span.end, rate)
            + bytes([row, 2, 0])
            + part.ljust(_FIELD, bytes([_FILL]))
        )
    return made


def _timecode(milliseconds: int, rate: int) -> bytes:
    seconds, frames = divmod(math.floor(Fraction(milliseconds * rate, 1000) + Fraction(1, 2)), rate)
    if seconds >= 24 * 3600:
        raise SubtitleError("EBU STL has no times beyond 24 hours")
    return bytes([seconds // 3600, seconds // 60 % 60, seconds % 60, frames])


def _encoded(line: str, number: int, table: str) -> bytes:
    made = b""
    for letter in unicodedata.normalize("NFC", line):
        code = _code(letter, table)
        if code is None:
            beside = "" if table == _LATIN else f" beside those of {_TABLES[table]}"
            raise SubtitleError(f"EBU STL has no character for {letter!r}{beside}, in caption {number}")
        made += code
    return made


def _code(letter: str, table: str) -> bytes | None:
    """Return the bytes of a letter in a table; None where it has none."""
    return _in_latin(letter) if table == _LATIN else _in_table(letter, _TABLES[table])


def _in_latin(letter: str) -> bytes | None:
    """Return a letter in ISO 6937; None where it has none."""
    if letter in _UPPER:
        return bytes([_UPPER[letter]])
    if " " <= letter <= "~":
        return letter.encode()
    base, *accents = list(unicodedata.normalize("NFD", letter))
    if len(accents) == 1 and accents[0] in _ACCENTS and base.isascii():
        return bytes([_ACCENTS[accents[0]], ord(base)])
    return None


def _in_table(letter: str, encoding: str) -> bytes | None:
    """Return a letter in a table of ISO 8859; None where it has none, or only a control character."""
    with suppress(UnicodeEncodeError):
        code = letter.encode(encoding)
        return None if any(byte < 0x20 or 0x7F <= byte < 0xA0 for byte in code) else code
    return None


def _general(captions: Captions, blocks: int, rate: int, table: str) -> bytes:
    def field(text: str, width: int) -> bytes:
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore")
        return plain[:width].ljust(width)

    count = len(captions.cues)
    today = date(1980, 1, 1).strftime("%y%m%d")
    zero = captions.programme_start
    first = captions.cues[0].span.start if captions.cues else 0
    gsi = b"".join(
        [
            b"850",
            field(f"STL{rate}.01", 8),
            b"0",
            table.encode(),
            field(_LANGUAGES.get(captions.language.split("-")[0], "00"), 2),
            field(captions.title, 32),
            field("", 32 * 5),
            field("", 16),
            today.encode() * 2,
            b"00",
            f"{blocks:05}{count:05}001".encode(),
            b"4023",
            b"1",
            _digits(_timecode(zero, rate)),
            _digits(_timecode(zero + first, rate)),
            b"11",
            field("", 3),
        ]
    )
    return gsi.ljust(1024)


def _digits(timecode: bytes) -> bytes:
    return "".join(f"{part:02}" for part in timecode).encode()


def _programme_start(data: bytes, rate: int) -> int:
    """Return the timecode of the programme's start (TCP) in milliseconds; 0 where the head states none."""
    stated = data[_TCP : _TCP + 8]
    if not stated.isdigit():
        return 0
    hours, minutes, seconds, frames = (int(stated[at : at + 2]) for at in range(0, 8, 2))
    return math.floor(
        1000 * (3600 * hours + 60 * minutes + seconds + Fraction(frames, rate)) + Fraction(1, 2)
    )


def recognises(data: bytes) -> bool:
    """Whether its first block says that it is STL."""
    return len(data) >= 1024 and data[3:6] == b"STL"


def read(data: bytes) -> Captions:
    """Read an EBU STL file. Raises SubtitleError: it is none."""
    if not recognises(data):
        raise SubtitleError("not an EBU STL file: its header does not say STL")
    logging.getLogger("ttconv").setLevel(logging.CRITICAL)
    try:
        document = to_model(io.BytesIO(data))
        cues, given = cues_of(document)
    except Exception as error:  # whatever a broken file does to the library
        raise SubtitleError(f"the EBU STL file cannot be understood: {error}") from error
    if not cues:
        raise SubtitleError("no captions in it")
    rate = 25 if data[3:8] == b"STL25" else 30
    zero = _programme_start(data, rate)
    if zero and min(cue.span.start for cue in cues) >= zero:
        cues = tuple(replace(cue, span=TimeSpan(cue.span.start - zero, cue.span.end - zero)) for cue in cues)
    elif zero:
        given.append("captions begin before the programme's start that the file states: it is ignored")
        zero = 0
    return Captions(cues, frame_rate=Fraction(rate), programme_start=zero, notes=tuple(given))
