"""The account: shares of words and of time, each of what it says."""

import pytest

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    EngineInfo,
    RecordingSource,
    Settled,
    Status,
    TranscriptSource,
)
from asdelivered.align.document.coverage import account, outside
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


def timed(number: int, span: tuple[int, int] | None, settled: Settled | None = None) -> AlignedLine:
    """A line of 40 letters."""
    status = Status.MATCHED if span else Status.UNSPOKEN
    time = TimeSpan(*span) if span else None
    return AlignedLine(f"L{number}", "T1", None, "x" * 40, status, time, span and 0.9, (), settled=settled)


def test_lines_are_outside_a_recording_that_has_no_room_for_them() -> None:
    said = [timed(10, (200, 4_200)), timed(11, None), timed(12, (9_000, 13_000))]
    lines = [
        timed(1, None),
        timed(2, None, Settled.UNSPOKEN),
        timed(3, None),
        *said,
        timed(13, None),
        timed(14, None),
    ]
    # 4 s a line: two are cut off at either end.
    assert outside(lines, 13_100) == {"L1", "L3", "L13", "L14"}
    assert outside(lines, 14_500) == {"L1", "L3", "L13", "L14"}
    assert outside(lines, 15_000) == {"L1", "L3"}  # a line that is not heard there may be there


def test_without_a_time_nothing_is_known_of_what_is_outside() -> None:
    assert outside([timed(1, None)], 10) == outside([], 10) == frozenset()
