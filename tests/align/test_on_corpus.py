"""What the program promises of an event, on the first twelve minutes of each of the corpus, whose truth is exact."""

import json
import wave
from pathlib import Path
from typing import Any

import pytest
from scoring import score, stated_and_right

from asdelivered.align.aligner import align
from asdelivered.align.document.alignment_json import to_json
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
