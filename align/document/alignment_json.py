"""The Alignment as a JSON document: saved whole, and read back only where it keeps to the schema.

The schema is `alignment.schema.json` beside this module. It says what JSON Schema can say; that spans run
forward and that a line's words are those of its text is checked here.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs

from asdelivered.align.document.alignment import (
    SCHEMA,
    VERSION,
    AlignedLine,
    AlignedWord,
    Alignment,
    Draft,
    EngineInfo,
    Phrase,
    RecordingSource,
    Settled,
    Sound,
    SoundKind,
    Status,
    TranscriptSource,
)
from asdelivered.align.errors import AlignError
from asdelivered.base.files import write_whole
from asdelivered.base.reading import read_file, reason_of
from asdelivered.base.span import TimeSpan
from asdelivered.media.sound import SoundChoice

MAX_BYTES = 64 * 2**20
"""The largest document that is read: about a hundred bytes a word, so more than 24 hours of speech."""

_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def save(alignment: Alignment, path: str | os.PathLike[str]) -> None:
    """Write the alignment to `path`, whole or not at all: UTF-8, one word per line, the same bytes each time.

    Raises AlignError if the file cannot be written, or if `load` would refuse the alignment.

    Examples:
        >>> from asdelivered.align import load, save
        >>> alignment = load("harbour.alignment.json")
        >>> save(alignment, "copy.alignment.json")
        >>> load("copy.alignment.json") == alignment
        True

    """
    path = Path(path)
    try:
        content = encode(alignment)
    except AlignError as error:
        raise AlignError(f"{path}: not written, because the alignment {error}") from error
    try:
        write_whole(path, content)
    except OSError as error:
        raise AlignError(f"{path}: the alignment cannot be written: {error.strerror or error}") from error


def encode(alignment: Alignment) -> bytes:
    """Return the bytes that `save` writes. Raises AlignError: the alignment is one that `load` would refuse."""
    data = to_json(alignment)
    from_json(data)
    return "".join(_document(data)).encode()


def load(path: str | os.PathLike[str]) -> Alignment:
    """Read an alignment that `save` wrote.

    Raises AlignError if there is no such file, if it is larger than MAX_BYTES, is not JSON or not an alignment,
    was written by a newer version of the program, or breaks the schema (the message says where).

    Examples:
        >>> from asdelivered.align import load
        >>> alignment = load("harbour.alignment.json")
        >>> sum(line.span is not None for line in alignment.lines), len(alignment.lines)
        (26, 27)

    """
    return decode(read_bytes(path), path)


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Return the bytes of an alignment's file. Raises AlignError: there is none, or it is larger than MAX_BYTES."""
    return read_file(Path(path), MAX_BYTES, "alignment", AlignError)


def decode(content: bytes, path: str | os.PathLike[str]) -> Alignment:
    """Return the alignment in bytes made by `encode`. Raises AlignError as `load` does; messages name `path`."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        reason = _mistaken_for(content, path) or _not_json(error)
        raise AlignError(f"{path}: not an alignment: {reason}") from error
    try:
        return from_json(data)
    except AlignError as error:
        raise AlignError(f"{path}: {error}") from error


def _not_json(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}"
    return f"not JSON in UTF-8: {reason_of(error)}"


def _mistaken_for(content: bytes, path: str | os.PathLike[str]) -> str:
    """Return what a file is that was given for an alignment, and what to do; "" where nobody can tell."""
    from asdelivered.transcripts.errors import TranscriptError
    from asdelivered.transcripts.formats import FORMATS, recognised_format
    from asdelivered.transcripts.formats.recognise import is_recording
    from asdelivered.transcripts.source import Source

    if is_recording(content):
        return "it is a recording: give the .alignment.json that `asdelivered align` wrote"
    if not content.strip() or content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith((b"{", b"[")):
        return ""
    try:
        form = FORMATS[recognised_format(Source(str(path), content))]
    except TranscriptError:
        return ""
    return f"it is {form.name}: make an alignment first: asdelivered align {path} RECORDING"


def to_json(alignment: Alignment) -> dict[str, Any]:
    """Return the alignment as JSON values: times in seconds to the millisecond, confidences to 3 decimals."""
    drafts = {
        draft.span: {"heard": draft.text, "confidence": round(draft.confidence, 3)}
        for draft in alignment.drafts
    }
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "transcript": _transcript_to_json(alignment.transcript),
        "recording": {
            "path": alignment.recording.path,
            "sha256": alignment.recording.sha256,
            "duration": _seconds(alignment.recording.duration),
            **_sound_to_json(alignment.recording.sound),
        },
        "engine": {
            "name": alignment.engine.name,
            "version": alignment.engine.version,
            "settings": dict(alignment.engine.settings),
        },
        "lines": [line_to_json(line) for line in alignment.lines],
        "untranscribed": [
            {"start": _seconds(span.start), "end": _seconds(span.end), **drafts.get(span, {})}
            for span in alignment.untranscribed
        ],
        "sounds": [
            {
                "kind": sound.kind.value,
                "start": _seconds(sound.span.start),
                "end": _seconds(sound.span.end),
            }
            for sound in alignment.sounds
        ],
        "created": alignment.created,
    }


def _transcript_to_json(source: TranscriptSource) -> dict[str, Any]:
    event = {"occasion": source.occasion, "date": source.date and source.date.isoformat()}
    return {
        "path": source.path,
        "sha256": source.sha256,
        "title": source.title,
        "language": source.language,
        **{name: value for name, value in event.items() if value is not None},
    }


def _transcript_from_json(data: dict[str, Any]) -> TranscriptSource:
    """Raise AlignError where the date is none of the calendar."""
    try:
        day = date.fromisoformat(data["date"]) if "date" in data else None
    except ValueError as error:
        raise AlignError(
            f"breaks the alignment schema at /transcript/date: {data['date']} is no day"
        ) from error
    return TranscriptSource(
        data["path"], data["sha256"], data["title"], data["language"], data.get("occasion"), day
    )


def _sound_to_json(sound: SoundChoice | None) -> dict[str, Any]:
    if sound is None:
        return {}
    stated = {"track": sound.track, "channel": sound.channel, "language": sound.language}
    return {"sound": {name: value for name, value in stated.items() if value is not None}}


def line_to_json(line: AlignedLine) -> dict[str, Any]:
    """Return a line as JSON values, as in the document."""
    return {
        "id": line.id,
        "turn": line.turn,
        "speaker": line.speaker,
        "text": line.text,
        **_timing(line),
        **({"engine": line.engine} if line.engine else {}),
        **({"settled": line.settled.value} if line.settled else {}),
        **({"channel": line.channel} if line.channel else {}),
        "words": [
            {"text": word.text, **_timing(word), **_phrases_to_json(word.timed_phrases)}
            for word in line.words
        ],
    }


def _phrases_to_json(phrases: Sequence[Phrase]) -> dict[str, Any]:
    if not phrases:
        return {}
    return {
        "phrases": [
            {"text": one.text, "start": _seconds(one.span.start), "end": _seconds(one.span.end)}
            for one in phrases
        ]
    }


def from_json(data: object) -> Alignment:
    """Return the alignment that `data`, as `json.loads` gives it, stands for.

    Raises AlignError: it is not an alignment, or of a newer version, or breaks the schema. The message reads
    on from a file's name and names the place as a JSON pointer ("/lines/3/words/0/end").
    """
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise AlignError(f'is not an alignment: "schema" is not "{SCHEMA}" in it')
    version = data.get("version")
    if isinstance(version, int) and version > VERSION:
        raise AlignError(
            f"is an alignment of version {version}, this program reads up to {VERSION}: update asdelivered"
        )
    _check(data)
    untranscribed = tuple(
        _span(span, f"/untranscribed/{number}") for number, span in enumerate(data["untranscribed"])
    )
    return Alignment(
        transcript=_transcript_from_json(data["transcript"]),
        recording=RecordingSource(
            path=data["recording"]["path"],
            sha256=data["recording"]["sha256"],
            duration=_milliseconds(data["recording"]["duration"]),
            # Left out where the recording has one sound, and in documents from before one could be chosen.
            sound=SoundChoice(**data["recording"]["sound"]) if "sound" in data["recording"] else None,
        ),
        engine=EngineInfo(**data["engine"]),
        lines=tuple(line_from_json(line, f"/lines/{number}") for number, line in enumerate(data["lines"])),
        untranscribed=untranscribed,
        # Documents from before sounds were recorded have none.
        sounds=tuple(
            Sound(SoundKind(sound["kind"]), _span(sound, f"/sounds/{number}"))
            for number, sound in enumerate(data.get("sounds", ()))
        ),
        created=data["created"],
        drafts=tuple(
            Draft(span, stretch["heard"], stretch["confidence"])
            for span, stretch in zip(untranscribed, data["untranscribed"], strict=True)
            if "heard" in stretch
        ),
    )


@functools.cache
def _validator() -> jsonschema_rs.Validator:
    schema = importlib.resources.files("asdelivered.align").joinpath("alignment.schema.json")
    return jsonschema_rs.validator_for(json.loads(schema.read_text("utf-8")))


def _check(data: dict[str, Any]) -> None:
    try:
        # NaN, Infinity (1e999 is read as that) and halves of surrogate pairs pass Python's parser.
        _ENCODE(data).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise AlignError(f"is not an alignment: it holds what JSON has no form for: {error}") from error
    problem = next(_validator().iter_errors(data), None)
    if problem is not None:
        where = "".join(
            f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in problem.instance_path
        )
        message = problem.message if len(problem.message) <= 200 else f"{problem.message[:200]}..."
        raise AlignError(f"breaks the alignment schema at {where or 'the root'}: {message}")


def line_from_json(data: dict[str, Any], where: str) -> AlignedLine:
    """Return the line that `data`, which is valid by the schema, stands for; `where` is its JSON pointer.

    Raises AlignError where a span runs backwards, or its words are not those of its text.
    """
    words = tuple(
        _word_from_json(word, f"{where}/words/{number}") for number, word in enumerate(data["words"])
    )
    if data["text"].split() != [word.text for word in words]:
        raise AlignError(f"breaks the alignment schema at {where}/words: they are not the words of its text")
    return AlignedLine(
        id=data["id"],
        turn=data["turn"],
        speaker=data["speaker"],
        text=data["text"],
        status=Status(data["status"]),
        span=_optional_span(data, where),
        confidence=data["confidence"],
        words=words,
        # Left out where there was only one engine, and in documents from before there could be several.
        engine=data.get("engine"),
        # Left out where nothing was in doubt, and in documents from before doubts were settled.
        settled=Settled(data["settled"]) if "settled" in data else None,
        # Left out where all is heard as one sound.
        channel=data.get("channel"),
    )


def _word_from_json(data: dict[str, Any], where: str) -> AlignedWord:
    phrases = tuple(
        Phrase(one["text"], _span(one, f"{where}/phrases/{number}"))
        for number, one in enumerate(data.get("phrases", ()))
    )
    word = AlignedWord(
        text=data["text"],
        status=Status(data["status"]),
        span=_optional_span(data, where),
        confidence=data["confidence"],
        phrases=phrases,
    )
    if word.timed_phrases != phrases:
        raise AlignError(
            f"breaks the alignment schema at {where}/phrases: they are not the word's text, in the order of its time"
        )
    return word


def _optional_span(data: dict[str, Any], where: str) -> TimeSpan | None:
    return None if data["start"] is None else _span(data, where)


def _span(data: dict[str, Any], where: str) -> TimeSpan:
    start, end = _milliseconds(data["start"]), _milliseconds(data["end"])
    if end < start:
        raise AlignError(f"breaks the alignment schema at {where}: the end lies before the start")
    return TimeSpan(start, end)


def _timing(item: AlignedLine | AlignedWord) -> dict[str, str | float | None]:
    if item.span is None or item.confidence is None:
        times: dict[str, str | float | None] = {"start": None, "end": None, "confidence": None}
    else:
        times = {
            "start": _seconds(item.span.start),
            "end": _seconds(item.span.end),
            "confidence": round(item.confidence, 3),
        }
    return {"status": item.status.value, **times}


def _seconds(milliseconds: int) -> float:
    return milliseconds / 1000


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _document(data: dict[str, Any]) -> Iterator[str]:
    """Yield the document's text: a line of the transcript, and a word of it, on a line of the file each."""
    yield "{\n"
    for key, value in data.items():
        if key == "lines":
            yield '"lines": [' + ",".join(map(_line_text, value)) + "\n]"
        else:
            yield f"{_ENCODE(key)}: {_ENCODE(value)}"
        yield "\n}\n" if key == "created" else ",\n"


def _line_text(line: dict[str, Any]) -> str:
    head = _ENCODE({key: value for key, value in line.items() if key != "words"})
    words = ",".join(f"\n    {_ENCODE(word)}" for word in line["words"])
    return f'\n  {head[:-1]}, "words": [{words}]}}'
