"""The Alignment: the transcript's lines and words on the clock of the recording, and its JSON document.

Everything downstream (captions, clips, quotes, the archive) reads this and nothing else. Inside, times are
whole milliseconds; in the document they are seconds with three decimals. The JSON Schema is
`alignment.schema.json` beside this module and in docs/.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import dropwhile, groupby, pairwise
from typing import TYPE_CHECKING

from asdelivered.base.span import TimeSpan
from asdelivered.media.sound import SoundChoice, sound_of
from asdelivered.transcripts.model import Transcript

if TYPE_CHECKING:  # who only reads an alignment needs no decoder
    from asdelivered.media.recording import Recording

SCHEMA = "asdelivered/alignment"
VERSION = 1


class Status(StrEnum):
    """How certain it is that a word or line was said at its time."""

    MATCHED = "matched"
    """Found where it is said to be."""
    PARTIAL = "partial"
    """Of a line: some of its words were found, and others not. Of a word: something else was said in its place."""
    INTERPOLATED = "interpolated"
    """Not found itself; its time follows from those of its neighbours."""
    UNSPOKEN = "unspoken"
    """Not in the recording: no time, no confidence."""


class Settled(StrEnum):
    """What the recording shows of a line that the page leaves in doubt."""

    SPOKEN = "spoken"
    """It was heard."""
    UNSPOKEN = "unspoken"
    """It was not heard, and so it is no speech: a heading, a note, a caption. Nothing is missing."""
    LABEL = "label"
    """Its first words were not heard: they are the name of who speaks from there to the end of the turn."""


@dataclass(frozen=True)
class Phrase:
    """A part of a word that is written without blanks, and when it is said."""

    text: str
    span: TimeSpan


@dataclass(frozen=True)
class AlignedWord:
    """One token of a line. `span` and `confidence` (0 to 1) are None together.

    A token of a script without blanks, which may be a whole sentence, has `phrases` where they were heard one by one.
    """

    text: str
    status: Status
    span: TimeSpan | None
    confidence: float | None
    phrases: tuple[Phrase, ...] = ()

    @property
    def timed_phrases(self) -> tuple[Phrase, ...]:
        """Its phrases, which together are its text, in order of time; none once its text or time was changed."""
        if self.span is None or len(self.phrases) < 2:
            return ()
        edges = [edge for one in self.phrases for edge in (one.span.start, one.span.end)]
        ordered = all(before <= after for before, after in pairwise([self.span.start, *edges, self.span.end]))
        return self.phrases if ordered and "".join(one.text for one in self.phrases) == self.text else ()


@dataclass(frozen=True)
class AlignedLine:
    """One spoken line; `turn` and `id` are those of the transcript.

    `engine` is the one that timed it, where there were several; None: the alignment's. `channel`, counted from 1, is
    the one that it is heard on, where each speaker has a channel: then lines may overlap in time.
    """

    id: str
    turn: str
    speaker: str | None
    text: str
    status: Status
    span: TimeSpan | None
    confidence: float | None
    words: tuple[AlignedWord, ...]
    engine: str | None = None
    settled: Settled | None = None
    """None where the page leaves no doubt that the line was spoken."""
    channel: int | None = None


class SoundKind(StrEnum):
    """What kind of sound it is that is not speech."""

    MUSIC = "music"
    APPLAUSE = "applause"


@dataclass(frozen=True)
class Sound:
    """A span of the recording that is neither speech nor silence."""

    kind: SoundKind
    span: TimeSpan


@dataclass(frozen=True)
class Draft:
    """What a recogniser took an untranscribed stretch of speech for: no part of the official text.

    `confidence` is 0 to 1.
    """

    span: TimeSpan
    text: str
    confidence: float


@dataclass(frozen=True)
class TranscriptSource:
    """The transcript that was aligned; `sha256` is of the file's bytes, in hex.

    `occasion` and `date` are of the event; None where the page does not say, or the alignment is from before they were
    kept.
    """

    path: str
    sha256: str
    title: str | None
    language: str
    occasion: str | None = None
    date: datetime.date | None = None


def source_of(transcript: Transcript) -> TranscriptSource:
    """Return what an alignment states about its transcript."""
    return TranscriptSource(
        transcript.path,
        transcript.sha256,
        transcript.title,
        transcript.language,
        transcript.occasion,
        transcript.date,
    )


def path_problem(path: str) -> str | None:
    """Say why a path can't be stated in an alignment, which is UTF-8, as a file's name need not be; None if it can."""
    if path == os.fsencode(path).decode("utf-8", "replace"):
        return None
    return f"{path!r}: its name is not UTF-8, so no alignment could tell it: rename the file"


@dataclass(frozen=True)
class RecordingSource:
    """The recording that was aligned; `duration` in milliseconds.

    `sound` is the one that was heard, where the recording has several tracks or one channel was taken.
    """

    path: str
    sha256: str
    duration: int
    sound: SoundChoice | None = None


def chosen_sound(recording: Recording) -> SoundChoice | None:
    """Return what an alignment states of the sound that is heard; None where a recording has only one."""
    several = len(recording.tracks) > 1 or recording.channel is not None
    return sound_of(recording) if several else None


def speakers_channels(alignment: Alignment) -> tuple[SoundChoice, ...]:
    """Return the channels of its sound that hold a speaker each; none where all is heard as one."""
    sound = alignment.recording.sound or SoundChoice(1)
    channels = {line.channel for line in alignment.lines if line.channel is not None}
    return tuple(replace(sound, channel=channel) for channel in sorted(channels))


@dataclass(frozen=True)
class EngineInfo:
    """The engine that recognised the words, and the settings that change what it recognises."""

    name: str
    version: str
    settings: dict[str, str | int | float | bool]


def turns_of(lines: Iterable[AlignedLine]) -> Iterator[tuple[str, str | None, tuple[AlignedLine, ...]]]:
    """Yield the id and the speaker of each turn, with its lines."""
    for (turn, speaker), own in groupby(lines, lambda line: (line.turn, line.speaker)):
        yield turn, speaker, tuple(own)


def without_times(line: AlignedLine) -> AlignedLine:
    """Return a line as one that was not spoken."""
    words = tuple(AlignedWord(word.text, Status.UNSPOKEN, None, None) for word in line.words)
    return replace(line, status=Status.UNSPOKEN, span=None, confidence=None, words=words, channel=None)


def is_missing(line: AlignedLine) -> bool:
    """Return whether a line was not heard though the page has it as speech without a doubt."""
    return line.span is None and line.settled is not Settled.UNSPOKEN


def without_label(line: AlignedLine) -> AlignedLine:
    """Return a line without its first words, if the recording shows that they are a label."""
    if line.settled is not Settled.LABEL:
        return line
    words = tuple(dropwhile(lambda word: word.span is None, line.words))
    return replace(line, text=" ".join(word.text for word in words), words=words)


def timed_by(line: AlignedLine, engine: str) -> AlignedLine:
    """Return a line with the name of the engine that timed it, unless it has no time or names an engine already."""
    return replace(line, engine=line.engine or engine) if line.span else line


@dataclass(frozen=True)
class Alignment:
    """A whole alignment. `untranscribed` is the speech that the text lacks; `drafts` of it are for people to check."""

    transcript: TranscriptSource
    recording: RecordingSource
    engine: EngineInfo
    lines: tuple[AlignedLine, ...]
    untranscribed: tuple[TimeSpan, ...]
    created: str
    sounds: tuple[Sound, ...] = ()
    drafts: tuple[Draft, ...] = ()
