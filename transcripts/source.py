"""Read the bytes of a transcript from a file or from standard input."""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from asdelivered.base.reading import read_stream
from asdelivered.transcripts.errors import TranscriptError

STANDARD_INPUT = Path("-")
LARGEST = 256 * 2**20
"""Bytes of a document with pictures. A day of speech is one megabyte of text: see `encodings.LARGEST_TEXT`."""


@dataclass(frozen=True)
class Source:
    """A transcript's bytes, and the name that messages use for it."""

    name: str
    data: bytes


def read_source(path: Path) -> Source:
    """Return all of a file, or of standard input where `path` is "-".

    Raises TranscriptError if the file is missing, unreadable, empty, not a regular file, or larger than `LARGEST`.
    """
    if path == STANDARD_INPUT:
        source = Source("standard input", _whole(sys.stdin.buffer, "standard input"))
    else:
        source = Source(str(path), _read_file(path))
    if not source.data:
        raise TranscriptError(f"{source.name} is empty: give a file with what was said at the event.")
    return source


def _whole(file: IO[bytes], name: str) -> bytes:
    return read_stream(file, LARGEST, name, "transcript of one event", TranscriptError)


def _read_file(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise TranscriptError(f"{path} is a folder: give the file of the transcript.")
        if not stat.S_ISREG(mode):
            raise TranscriptError(f"{path} is not a regular file: save the transcript to a file first.")
        with path.open("rb") as file:
            return _whole(file, str(path))
    except FileNotFoundError as error:
        raise TranscriptError(f"There is no transcript at {path}: check the name.") from error
    except OSError as error:
        raise TranscriptError(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:  # a name with a zero byte
        raise TranscriptError(f"{str(path)!r} is not a valid file name: {error}.") from error
