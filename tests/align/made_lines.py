"""Alignments of lines that a test writes out, each word with a time or none with any."""

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    EngineInfo,
    RecordingSource,
    Status,
    TranscriptSource,
)
from asdelivered.base.span import TimeSpan


def made_line(number: int, text: str, speaker: str | None, start: int | None) -> AlignedLine:
    """A line whose words take 300 ms each."""
    words = []
    for at, word in enumerate(text.split()):
        span = None if start is None else TimeSpan(start + 300 * at, start + 300 * at + 280)
        words.append(
            AlignedWord(word, Status.MATCHED if span else Status.UNSPOKEN, span, 1.0 if span else None)
        )
    span = None if start is None else TimeSpan(start, start + 300 * len(words))
    status = Status.MATCHED if span else Status.UNSPOKEN
    return AlignedLine(f"L{number:04}", f"T{number // 5}", speaker, text, status, span, 1.0, tuple(words))


def made_alignment(lines: list[AlignedLine]) -> Alignment:
    """An alignment of these lines, in English."""
    return Alignment(
        TranscriptSource("page.txt", "0" * 64, None, "en"),
        RecordingSource("talk.opus", "0" * 64, 600_000),
        EngineInfo("truth", "1", {}),
        tuple(lines),
        (),
        "2026-01-01T00:00:00Z",
    )
