"""An alignment made from a corpus's truth, so that measurements downstream don't measure the aligner."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    EngineInfo,
    RecordingSource,
    Status,
    TranscriptSource,
)
from asdelivered.base.files import sha256_of
from asdelivered.base.span import TimeSpan
from asdelivered.media.recording import open_recording

CONFIDENCE = 0.95


def truth_alignment(truth: Path, recording: Path, page: Path) -> Alignment:
    """Return the alignment of a perfect aligner: the words of a NAME.truth.json that are within `recording`.

    The recording may be shorter than the truth; what is said after its end then has no time.
    """
    data = json.loads(truth.read_text("utf-8"))
    duration = open_recording(recording).duration
    return Alignment(
        TranscriptSource(str(page), sha256_of(page), page.stem, "en"),
        RecordingSource(str(recording), sha256_of(recording), duration),
        EngineInfo("truth", "1", {}),
        tuple(_line(number, line, duration) for number, line in enumerate(data["lines"])),
        tuple(
            TimeSpan(round(start * 1000), round(end * 1000))
            for start, end, _ in data["unscripted"]
            if end * 1000 <= duration
        ),
        "2026-11-24T10:00:00+00:00",
    )


def _line(number: int, line: dict[str, Any], duration: int) -> AlignedLine:
    timed = [word for sentence in line["sentences"] for word in sentence["words"]] if line["spoken"] else []
    words = tuple(
        _word(token, timed[place] if timed else None, duration)
        for place, token in enumerate(line["text"].split())
    )
    spans = [word.span for word in words if word.span is not None]
    return AlignedLine(
        id=f"L{number:04}",
        turn=line["speaker"] or "",
        speaker=line["speaker"],
        text=line["text"],
        status=Status.MATCHED if spans else Status.UNSPOKEN,
        span=TimeSpan(spans[0].start, spans[-1].end) if spans else None,
        confidence=CONFIDENCE if spans else None,
        words=words,
    )


def _word(token: str, timed: list[Any] | None, duration: int) -> AlignedWord:
    if timed is None or timed[1] is None or timed[2] * 1000 > duration:
        return AlignedWord(token, Status.UNSPOKEN, None, None)
    assert timed[0] == token, f"{timed[0]!r} in the truth, {token!r} in the line"
    return AlignedWord(
        token, Status.MATCHED, TimeSpan(round(timed[1] * 1000), round(timed[2] * 1000)), CONFIDENCE
    )
