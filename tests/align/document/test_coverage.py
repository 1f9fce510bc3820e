"""The account: shares of words and of time, each of what it says."""

import pytest

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    EngineInfo,
    RecordingSource,
    Status,
    TranscriptSource,
)
from asdelivered.align.document.coverage import account
from asdelivered.base.span import TimeSpan


def of(words: list[tuple[str, tuple[int, int] | None]], lacking: list[tuple[int, int]]) -> Alignment:
    line = AlignedLine(
        "L1", "T1", None, " ".join(text for text, _ in words), Status.PARTIAL, TimeSpan(0, 9_000), 0.5,
        tuple(
            AlignedWord(text, Status.MATCHED if at else Status.UNSPOKEN, TimeSpan(*at) if at else None, at and 0.9)
            for text, at in words
        ),
    )  # fmt: skip
    return Alignment(
        TranscriptSource("page.txt", "a" * 64, None, "en"),
        RecordingSource("event.opus", "b" * 64, 10_000),
        EngineInfo("sphinx", "5", {}),
        (line,),
        tuple(TimeSpan(*span) for span in lacking),
        "2026-11-24T10:00:00+00:00",
    )


def test_words_not_found_and_speech_not_written_are_shares() -> None:
    found = account(
        of([("One", (0, 1_000)), ("two", None), ("–", None), ("three", (1_000, 3_000))], [(5_000, 6_000)])
    )
    assert found.text == pytest.approx(1 / 3)
    assert found.speech == pytest.approx(1 / 4)
    assert found.unexplained == found.text


def test_where_all_is_explained_nothing_is_left() -> None:
    assert account(of([("One", (0, 1_000))], [])).unexplained == 0
