"""What the program promises of an event and of its excerpts, on minutes of the corpus, whose truth is exact."""

import json
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scoring import score, stated_and_right

from asdelivered.align.aligner import align
from asdelivered.align.document.alignment_json import to_json
from asdelivered.align.document.coverage import outside
from asdelivered.align.errors import AlignError
from asdelivered.media.decode import SAMPLE_RATE, decode_speech
from asdelivered.media.recording import open_recording
from asdelivered.transcripts.read import read_transcript

LENGTH = 720.0
"""Seconds."""


def first_minutes(corpus: Path, event: str, folder: Path) -> tuple[Path, Path, dict[str, Any]]:
    """Write the lines and the sound up to the pause nearest to LENGTH; return both, and their truth."""
    truth = json.loads((corpus / f"{event}.truth.json").read_text("utf-8"))
    spoken = [line for line in truth["lines"] if line["spoken"]]
    last = next(at for at, line in enumerate(spoken) if line["end"] > LENGTH)
    end = (spoken[last]["end"] + spoken[last + 1]["start"]) / 2
    lines = truth["lines"][: truth["lines"].index(spoken[last]) + 1]
    page = folder / f"{event}.txt"
    page.write_text("".join(f"{line['text']}\n" for line in lines), "utf-8")
    sound = folder / f"{event}.wav"
    left = round(end * SAMPLE_RATE)
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        for block in decode_speech(open_recording(corpus / f"{event}.opus")):
            file.writeframes(block[:left].tobytes())
            left -= len(block[:left])
            if not left:
                break
    unscripted = [one for one in truth["unscripted"] if one[1] <= end]
    return page, sound, {"lines": lines, "unscripted": unscripted, "sounds": [], "duration": end}


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("event", "starts", "ends", "words"),
    [("event-clean", 0.98, 0.995, 0.96), ("event-hall", 0.9, 0.96, 0.88)],
)
def test_events_are_timed_and_what_is_sure_is_right(
    corpus: Path, tmp_path: Path, event: str, starts: float, ends: float, words: float
) -> None:
    page, sound, truth = first_minutes(corpus, event, tmp_path)
    document = to_json(align(read_transcript(page, language="en", format="txt"), open_recording(sound)))
    found = score(truth, document)
    assert found.lines.missed == found.lines.ghosts == 0
    assert found.lines.starts.within[0] >= starts  # 50 ms
    assert found.lines.ends.within[1] >= ends  # 100 ms
    assert found.words is not None
    assert found.words.starts.within[0] >= words  # 50 ms
    assert found.unscripted is not None
    assert found.unscripted.found is None or found.unscripted.found >= 0.9
    assert found.unscripted.false <= 5
    sure = [right for stated, right in stated_and_right(truth, document) if stated >= 0.9]
    assert len(sure) > 500
    assert sum(sure) / len(sure) >= 0.98


def excerpt(corpus: Path, event: str, folder: Path, start: float, end: float) -> Path:
    """Write the sound of an event between two times, in seconds."""
    sound = folder / f"{event}-{start:.0f}.wav"
    blocks = [*decode_speech(open_recording(corpus / f"{event}.opus"))]
    samples = np.concatenate(blocks)[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return sound


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("event", "start", "end"),
    [("event-clean", 300, 345), ("event-hall", 900, 940), ("event-clean", 2100, 2115)],
)
def test_an_excerpt_is_found_in_the_page_of_the_whole_event(
    corpus: Path, tmp_path: Path, event: str, start: float, end: float
) -> None:
    truth = json.loads((corpus / f"{event}.truth.json").read_text("utf-8"))["lines"]
    page = tmp_path / "page.txt"
    page.write_text("".join(f"{line['text']}\n" for line in truth), "utf-8")
    alignment = align(
        read_transcript(page, language="en", format="txt"),
        open_recording(excerpt(corpus, event, tmp_path, start, end)),
    )
    assert len(alignment.lines) == len(truth)
    for line, true in zip(alignment.lines, truth, strict=True):
        if not true["spoken"] or true["end"] < start or true["start"] > end:
            assert line.span is None, line.text
        elif start + 0.3 < true["start"] and true["end"] < end - 0.3:
            assert line.span is not None, line.text
            assert abs(line.span.start / 1000 + start - true["start"]) <= 0.2, line.text
            assert abs(line.span.end / 1000 + start - true["end"]) <= 0.2, line.text
    cut = outside(alignment.lines, alignment.recording.duration)
    assert cut == {line.id for line in alignment.lines if line.span is None}


@pytest.mark.corpus
def test_an_excerpt_of_something_else_is_refused(corpus: Path, tmp_path: Path) -> None:
    truth = json.loads((corpus / "event-clean.truth.json").read_text("utf-8"))["lines"]
    page = tmp_path / "page.txt"
    page.write_text("".join(f"{line['text']}\n" for line in truth), "utf-8")
    sound = excerpt(corpus, "real-en-kathleen", tmp_path, 300, 340)
    with pytest.raises(AlignError, match="next to nothing"):
        align(read_transcript(page, language="en", format="txt"), open_recording(sound))
