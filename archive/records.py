"""The records of an event: made from its alignment, and read back as an alignment.

Making them is most of the work of adding an event, and needs no database: other processes can do it.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.document.alignment import (
    AlignedLine,
    Alignment,
    Draft,
    EngineInfo,
    RecordingSource,
    Settled,
    Sound,
    SoundKind,
    TranscriptSource,
)
from asdelivered.archive.database import rows_of, typed
from asdelivered.archive.errors import ArchiveError
from asdelivered.archive.event import EventHashes, EventInfo
from asdelivered.archive.postings import SHARD
from asdelivered.archive.terms import BLOCK, block_terms
from asdelivered.archive.word_times import (
    STATUSES,
    THOUSANDTHS,
    WordTimes,
    aligned_words,
    pack_times,
    thousandths,
    unpack_times,
)
from asdelivered.base.span import TimeSpan
from asdelivered.media.sound import SoundChoice
from asdelivered.transcripts.quoting.search import QuoteIndex, index_tokens

LineRow = tuple[
    int, int, str, str, int, int | None, int | None, int | None, int, int, str | None, int | None, str | None
]
"""A row of `lines`, without the event."""
TurnRow = tuple[int, str, str | None, int, int]
"""A row of `turns`, without the event; the speaker by name."""


@dataclass(frozen=True, eq=False)
class EventRecord:
    """An event as the archive stores it.

    `columns` are those of `events` by name, except for those that the archive assigns. `times` are those of all tokens
    (`word_times.pack_times`), `words` is a count, `terms` are as in `terms.block_terms`, with blocks counted from the
    event's first.
    """

    info: EventInfo
    columns: dict[str, str | int | None]
    turns: tuple[TurnRow, ...]
    lines: tuple[LineRow, ...]
    times: bytes
    words: int
    terms: NDArray[np.int64]

    @property
    def hashes(self) -> EventHashes:
        """The hashes of its files."""
        return EventHashes(*(str(self.columns[f"{file}_sha256"]) for file in EventHashes._fields))

    @property
    def blocks(self) -> int:
        """How many blocks its words fill."""
        return max(1, -(-self.words // BLOCK))


def make_record(
    alignment: Alignment,
    info: EventInfo,
    alignment_path: str,
    alignment_sha256: str,
    date_given: bool = False,
) -> EventRecord:
    """Return the record of an alignment; the path and the hash are those of its file.

    `date_given` says that the date is what a person gave, whatever the event's page says.

    Raises ArchiveError where its text has more than four million words.
    """
    words = [word for line in alignment.lines for word in line.words]
    index = index_tokens([word.text for word in words])
    if len(index.words) > SHARD * BLOCK:
        raise ArchiveError(
            f"{alignment_path}: its text has {len(index.words)} words, and the archive takes {SHARD * BLOCK} at most"
        )
    transcript, recording, engine = alignment.transcript, alignment.recording, alignment.engine
    drafts = {draft.span: (draft.text, draft.confidence) for draft in alignment.drafts}
    lines, first_words = _line_rows(alignment.lines, index)
    return EventRecord(
        info=info,
        columns={
            "name": info.name,
            "title": info.title,
            "occasion": info.occasion,
            "date": info.date.isoformat() if info.date else None,
            "date_given": int(date_given),
            "url": info.url,
            "language": transcript.language,
            "transcript_path": transcript.path,
            "transcript_sha256": transcript.sha256,
            "transcript_title": transcript.title,
            "transcript_occasion": transcript.occasion,
            "transcript_date": transcript.date.isoformat() if transcript.date else None,
            "recording_path": recording.path,
            "recording_sha256": recording.sha256,
            "duration": recording.duration,
            "engine": _json([engine.name, engine.version, engine.settings]),
            "untranscribed": _json(
                [(span.start, span.end, *drafts.get(span, ())) for span in alignment.untranscribed]
            ),
            "sounds": _json(
                [(sound.kind.value, sound.span.start, sound.span.end) for sound in alignment.sounds]
            ),
            "sound": _json([*astuple(recording.sound)]) if recording.sound else None,
            "created": alignment.created,
            "alignment_path": alignment_path,
            "alignment_sha256": alignment_sha256,
        },
        turns=_turn_rows(alignment.lines, first_words),
        lines=lines,
        times=pack_times(words),
        words=len(index.words),
        terms=block_terms(index),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _line_rows(lines: Sequence[AlignedLine], index: QuoteIndex) -> tuple[tuple[LineRow, ...], list[int]]:
    """Return the rows of all lines, and the first word of each line, followed by the number of all words."""
    first_tokens = list(itertools.accumulate((len(line.words) for line in lines), initial=0))
    first_words = np.searchsorted(index.tokens, first_tokens).tolist()
    turns = itertools.accumulate(
        (before.turn != line.turn or before.speaker != line.speaker)
        for before, line in zip([*lines[:1], *lines[:-1]], lines, strict=True)
    )
    rows = tuple(
        (
            number,
            turn,
            line.id,
            line.text,
            STATUSES.index(line.status),
            line.span.start if line.span else None,
            line.span.end if line.span else None,
            None if line.confidence is None else thousandths(line.confidence),
            first_tokens[number],
            first_words[number],
            line.engine,
            line.channel,
            line.settled,
        )
        for number, (line, turn) in enumerate(zip(lines, turns, strict=True))
    )
    return rows, first_words


def _turn_rows(lines: Sequence[AlignedLine], first_words: Sequence[int]) -> tuple[TurnRow, ...]:
    runs = itertools.groupby(range(len(lines)), key=lambda at: (lines[at].turn, lines[at].speaker))
    return tuple(
        (number, turn, speaker, first_words[(places := [*run])[0]], first_words[places[-1] + 1])
        for number, ((turn, speaker), run) in enumerate(runs)
    )


def read_alignment(
    connection: sqlite3.Connection, event: int, first: int = 0, last: int | None = None
) -> Alignment:
    """Return the alignment of an event, or of its lines from number `first` up to, but not including, `last`.

    Raises ArchiveError where the archive is damaged there.
    """
    with rows_of(connection):
        return _read_alignment(connection, event, first, last)


def _read_alignment(connection: sqlite3.Connection, event: int, first: int, last: int | None) -> Alignment:
    row = connection.execute(
        "SELECT transcript_path, transcript_sha256, transcript_title, language, recording_path, recording_sha256,"
        " duration, engine, untranscribed, sounds, created, sound, transcript_occasion, transcript_date"
        " FROM events WHERE id = ?",
        (event,),
    ).fetchone()
    (
        path,
        sha256,
        title,
        language,
        recording,
        recording_sha256,
        duration,
        engine,
        extra,
        sounds,
        created,
        sound,
        occasion,
        day,
    ) = typed(
        row, str, str, str | None, str, str, str, int, str, str, str, str, str | None, str | None, str | None
    )
    rows = connection.execute(
        'SELECT l.id, t.id, s.name, l.text, l.status, l.start, l."end", l.confidence, l.first_token, l.engine,'
        " l.channel, l.settled"
        " FROM lines l JOIN turns t ON t.event = l.event AND t.number = l.turn"
        " LEFT JOIN speakers s ON s.id = t.speaker"
        " WHERE l.event = ? AND l.number >= ? AND l.number < ? ORDER BY l.number",
        (event, first, 1 << 31 if last is None else last),
    ).fetchall()
    times = _times(connection, event)
    name, version, settings = json.loads(engine)
    return Alignment(
        transcript=TranscriptSource(
            path, sha256, title, language, occasion, date.fromisoformat(day) if day else None
        ),
        recording=RecordingSource(
            recording, recording_sha256, duration, SoundChoice(*json.loads(sound)) if sound else None
        ),
        engine=EngineInfo(name, version, settings),
        lines=tuple(_line(row, times) for row in rows),
        untranscribed=tuple(TimeSpan(*stretch[:2]) for stretch in json.loads(extra)),
        created=created,
        sounds=tuple(Sound(SoundKind(kind), TimeSpan(start, end)) for kind, start, end in json.loads(sounds)),
        drafts=tuple(
            Draft(TimeSpan(*stretch[:2]), *stretch[2:]) for stretch in json.loads(extra) if stretch[2:]
        ),
    )


def _times(connection: sqlite3.Connection, event: int) -> WordTimes:
    (data,) = connection.execute("SELECT data FROM word_times WHERE event = ?", (event,)).fetchone()
    return unpack_times(data)


_LINE_TYPES = (
    str,
    str,
    str | None,
    str,
    int,
    int | None,
    int | None,
    int | None,
    int,
    str | None,
    int | None,
    str | None,
)


def _line(row: tuple[Any, ...], times: WordTimes) -> AlignedLine:
    name, turn, speaker, text, status, start, end, confidence, first, engine, channel, settled = typed(
        row, *_LINE_TYPES
    )
    tokens = text.split()
    return AlignedLine(
        id=name,
        turn=turn,
        speaker=speaker,
        text=text,
        status=STATUSES[status],
        span=None if start is None else TimeSpan(start, end),
        confidence=None if confidence is None else confidence / THOUSANDTHS,
        words=aligned_words(tokens, times[first : first + len(tokens)]),
        engine=engine,
        channel=channel,
        settled=Settled(settled) if settled else None,
    )


def read_terms(connection: sqlite3.Connection, event: int) -> NDArray[np.int64]:
    """Return the terms of an event in the archive, as in `EventRecord.terms`. Raises ArchiveError."""
    with rows_of(connection):
        rows = connection.execute("SELECT text FROM lines WHERE event = ? ORDER BY number", (event,))
        return block_terms(index_tokens([token for (text,) in rows for token in text.split()]))
