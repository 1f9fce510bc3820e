"""The published page of an event: lines that lack a time say why."""

from dataclasses import replace

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    EngineInfo,
    RecordingSource,
    Settled,
    Status,
    TranscriptSource,
    without_times,
)
from asdelivered.archive.event import EventInfo
from asdelivered.archive.publishing.event_page import event_page
from asdelivered.base.span import TimeSpan


def line(number: int, text: str) -> AlignedLine:
    words = text.split()
    spans = [TimeSpan(number * 5000 + 400 * at, number * 5000 + 400 * at + 380) for at in range(len(words))]
    aligned = tuple(
        AlignedWord(word, Status.MATCHED, span, 1.0) for word, span in zip(words, spans, strict=True)
    )
    whole = TimeSpan(spans[0].start, spans[-1].end)
    return AlignedLine(f"L{number:04}", "T001", "Ann Hill", text, Status.MATCHED, whole, 1.0, aligned)


def page_of(*lines: AlignedLine) -> str:
    alignment = Alignment(
        TranscriptSource("page.txt", "0" * 64, None, "en"),
        RecordingSource("talk.opus", "0" * 64, 60_000),
        EngineInfo("truth", "1", {}),
        lines,
        (),
        "2026-01-01T00:00:00Z",
    )
    return event_page(alignment, EventInfo("talk"), None)


HEARD = line(1, "The old ferry sails again.")
TITLE = replace(without_times(line(0, "The Port and its Ferry")), settled=Settled.UNSPOKEN)
MISSING = without_times(line(2, "The quay follows in June."))


def test_what_the_recording_showed_to_be_no_speech_is_not_called_unheard() -> None:
    page = page_of(TITLE, HEARD)
    assert ' class="aside"><span class="none" lang="en">no speech</span>' in page
    assert ">not heard<" not in page


def test_speech_that_was_not_heard_is_called_so() -> None:
    page = page_of(TITLE, HEARD, MISSING)
    assert ' class="unspoken"><span class="none" lang="en">not heard</span>' in page
    assert "Lines in italics were not heard in the recording." in page
