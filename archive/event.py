"""What an archive knows about an event besides its alignment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from asdelivered.align.document.sources import find_source


@dataclass(frozen=True)
class EventInfo:
    """An event as its page announces it; None: not known.

    `name` is unique in the archive. `url` is the web address of its recording.
    """

    name: str
    title: str | None = None
    occasion: str | None = None
    date: date | None = None
    url: str | None = None


class EventGiven(NamedTuple):
    """What the archive knows of an event that no page says, or says otherwise: the address of its recording, its date.

    `by_person` tells whether a person gave the date.
    """

    url: str | None
    date: date | None
    by_person: bool


class EventHashes(NamedTuple):
    """The SHA-256 of an event's files: its alignment, its transcript and its recording."""

    alignment: str
    transcript: str
    recording: str


@dataclass(frozen=True)
class StoredEvent:
    """An event of an archive, without its text. `duration` is in milliseconds; `words` and `lines` are counts.

    `speakers` are in the order in which they speak. `alignment_sha256` is the hash of the file that was added, `added`
    the time when it was (ISO 8601).
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

    def recording(self) -> Path | None:
        """Return the file of the recording: where the alignment says, or beside it; None where there is no file."""
        return find_source(self.recording_path, Path(self.alignment_path))

    def expected_recording(self) -> Path:
        """Return the file of the recording, or where it was when the event was added."""
        return self.recording() or Path(self.alignment_path).parent / self.recording_path

    def to_json(self) -> dict[str, Any]:
        """Return the event as JSON values; its duration in seconds."""
        info = self.info
        return {
            "name": info.name,
            "title": info.title,
            "occasion": info.occasion,
            "date": info.date.isoformat() if info.date else None,
            "url": info.url,
            "language": self.language,
            "duration": self.duration / 1000,
            "words": self.words,
            "lines": self.lines,
            "speakers": list(self.speakers),
            "transcript": self.transcript_path,
            "transcript_sha256": self.transcript_sha256,
            "recording": self.recording_path,
            "recording_sha256": self.recording_sha256,
            "alignment": self.alignment_path,
            "added": self.added,
        }
