"""Whether a file states its own length, and whether it ends before that.

Where a file states no length, FFmpeg silently guesses one from the bit rate; and it takes a truncated WAV or Ogg file
for a shorter one. The functions here look at the bytes.
"""

from __future__ import annotations

import mmap
import re
import struct
from typing import BinaryIO

STATING = {
    "mov",
    "wav",
    "w64",
    "aiff",
    "caf",
    "au",
    "flac",
    "ogg",
    "asf",
    "avi",
    "flv",
    "mpegts",
    "mpeg",
    "mxf",
}
"""Formats (FFmpeg's names) whose length is in the header, in an index, or in timestamps at the end."""
HEAD = 65_536
MATROSKA_DURATION = re.compile(rb"\x44\x89[\x84\x88]")
"""The element Duration, a float of 4 or 8 bytes (RFC 9559, section 5.1.2)."""
MP3_BYTES_FLAG = 2
ID3V1 = 128
"""Bytes of the tag at the end of an MP3 file."""
OGG_PAGE = b"OggS"
OGG_BEGINS = 2
"""The flag of a stream's first page."""
OGG_PAGE_HEADER = 27
MAX_OGG_PAGE = OGG_PAGE_HEADER + 255 + 255 * 255
TS_TIME = re.compile(rb"\x00\x00\x01[\xc0-\xef]..[\x80-\x8f][\x80-\xff].([\x21-\x3f]....)", re.DOTALL)
"""The head of a packet of sound or picture in a transport stream, with the time when it is shown."""
TS_PLACES = 128
TS_BLOCK = 65_536
"""Bytes that are looked at in each place."""
TS_BACK = 2 * 90_000
"""Two seconds: pictures are stored out of order by less."""
TS_LEAP = 3600 * 90_000
"""An hour: no two neighbouring places are as far apart."""
TS_ROUND = 1 << 33
"""Where times begin at zero again."""
MAX_CHUNKS = 1000
UNKNOWN_SIZES = (0, 0xFFFFFFFF)
"""The sizes that streaming recorders write for a WAV's data."""


def states_length(file: BinaryIO, format_name: str) -> bool:
    """Return whether a file states its own length; `format_name` is FFmpeg's name of its format."""
    names = set(format_name.split(","))
    if "matroska" in names:
        file.seek(0)
        return MATROSKA_DURATION.search(file.read(HEAD)) is not None
    if "mp3" in names:
        return _mp3_states_length(file)
    if "ogg" in names:
        return not _ogg_is_chained(file)
    if "mpegts" in names:
        return not _ts_is_joined(file)
    return not names.isdisjoint(STATING)


def breaks_off(file: BinaryIO, format_name: str) -> bool:
    """Return whether a WAV or Ogg file ends inside a chunk or page whose size it states; False for other formats."""
    if format_name == "wav":
        return _wav_breaks_off(file)
    if format_name == "ogg":
        return _ogg_breaks_off(file)
    return False


def _id3_size(file: BinaryIO) -> int:
    """Return the size of the ID3v2 tag at the start, 0 without one (id3.org, ID3v2.4.0 section 3.1)."""
    file.seek(0)
    head = file.read(10)
    if len(head) < 10 or head[:3] != b"ID3":
        return 0
    size = 0
    for seven_bits in head[6:10]:
        size = size << 7 | seven_bits & 0x7F
    return 10 + size


def _mp3_states_length(file: BinaryIO) -> bool:
    """Return whether the first frame has a tag that counts the frames, and whether it is about the whole file.

    In a file joined from parts it is about the first of them: then there are more bytes than the tag counts, and FFmpeg
    guesses from the bit rate or believes the tag, by how many. (Xing: four letters, flags, frames and bytes where the
    flags say so; VBRI: bytes, then frames, 10 bytes after the letters.)
    """
    begin = _id3_size(file)
    file.seek(begin)
    first_frame = file.read(256)
    for name in (b"Xing", b"Info", b"VBRI"):
        at = first_frame.find(name)
        if at < 0:
            continue
        if name == b"VBRI":
            stated = int.from_bytes(first_frame[at + 10 : at + 14], "big")
        else:
            flags = int.from_bytes(first_frame[at + 4 : at + 8], "big")
            place = at + 8 + 4 * (flags & 1)
            stated = int.from_bytes(first_frame[place : place + 4], "big") if flags & MP3_BYTES_FLAG else 0
        return _file_size(file) - begin <= stated + ID3V1
    return False


def _file_size(file: BinaryIO) -> int:
    return file.seek(0, 2)


def _wav_breaks_off(file: BinaryIO) -> bool:
    """RIFF chunks: a four-letter name, a little-endian size, that many bytes, padded to an even count."""
    size = _file_size(file)
    file.seek(0)
    if file.read(4) != b"RIFF":
        return False
    position = 12
    for _ in range(MAX_CHUNKS):
        file.seek(position)
        head = file.read(8)
        if len(head) < 8:
            return False
        name, chunk = struct.unpack("<4sI", head)
        if name == b"data":
            return chunk not in UNKNOWN_SIZES and position + 8 + chunk > size
        position += 8 + chunk + chunk % 2
    return False


def _ogg_is_chained(file: BinaryIO) -> bool:
    """Return whether a stream begins after another's data (RFC 3533, section 4): the last page counts from there."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        has_data = False
        at = data.find(OGG_PAGE)
        while 0 <= at <= len(data) - OGG_PAGE_HEADER:
            begins = bool(data[at + 5] & OGG_BEGINS)
            if begins and has_data:
                return True
            has_data = has_data or not begins
            at = data.find(OGG_PAGE, at + OGG_PAGE_HEADER)
    return False


def _ts_is_joined(file: BinaryIO) -> bool:
    """Return whether times jump somewhere in a transport stream: then those at both ends don't give its length.

    Times are looked at in places spread over the file (ISO/IEC 13818-1, section 2.4.3.6: 33 bits, 90,000 a second).
    """
    size = _file_size(file)
    latest = -1
    for number in range(TS_PLACES):
        file.seek(size * number // TS_PLACES)
        for match in TS_TIME.finditer(file.read(TS_BLOCK)):
            first, high, low = (
                match[1][0],
                int.from_bytes(match[1][1:3], "big"),
                int.from_bytes(match[1][3:5], "big"),
            )
            if not high & low & 1:
                continue  # marker bits: these bytes are something else
            time = (first >> 1 & 7) << 30 | high >> 1 << 15 | low >> 1
            latest = time if latest < 0 else latest
            later = (time - latest + TS_ROUND // 2) % TS_ROUND - TS_ROUND // 2
            if not -TS_BACK <= later <= TS_LEAP:
                return True
            latest += max(0, later)
    return False


def _ogg_breaks_off(file: BinaryIO) -> bool:
    """The last page's segment table gives its size (RFC 3533, section 6)."""
    size = _file_size(file)
    file.seek(max(0, size - MAX_OGG_PAGE))
    tail = file.read(MAX_OGG_PAGE)
    start = tail.rfind(OGG_PAGE)
    if start < 0:
        return False
    page = tail[start:]
    if len(page) < OGG_PAGE_HEADER:
        return True
    segments = page[26]
    table = page[OGG_PAGE_HEADER : OGG_PAGE_HEADER + segments]
    return len(page) < OGG_PAGE_HEADER + segments + sum(table)
