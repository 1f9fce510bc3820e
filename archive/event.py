"""What an archive knows of an event beside its alignment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class EventInfo:
    """An event as its page announces it; None stands for what isn't known.

    `name` tells it from all others of the archive. `url` is where its recording is on the web.
    """

    name: str
    title: str | None = None
    occasion: str | None = None
    date: date | None = None
    url: str | None = None


@dataclass(frozen=True)
class StoredEvent:
    """An event of an archive without its text. `duration` is in milliseconds; `words` counts those of the text.

    `alignment_sha256` is of the file that was added, `added` when that was (ISO 8601), `speakers` are in the order in
    which they speak.
    """

    id: int
    info: EventInfo
    language: str
    duration: int
    words: int
    lines: int
    speakers: tuple[str, ...]
    transcript_path: str
    transcript_sha256: str
    recording_path: str
    recording_sha256: str
    alignment_sha256: str
    alignment_path: str
    added: str
