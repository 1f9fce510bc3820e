"""Each stretch of untranscribed speech is written down from its own sound; a drafter that fails costs nothing."""

import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from note_taker import NoteTaker
from numpy.typing import NDArray

from asdelivered.align.document.alignment import Draft
from asdelivered.align.engines.drafter import Drafter, DraftText
from asdelivered.align.engines.group import DrafterChoice
from asdelivered.align.errors import AlignError
from asdelivered.align.scoring.drafts import draft_untranscribed
from asdelivered.align.values.recording_part import RecordingPart
from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan
from asdelivered.media.recording import open_recording


class Loudness:
    """Writes down how loud the sound is, and nothing where it is silent."""

    name = "loudness"

    def draft(self, samples: NDArray[np.int16]) -> DraftText | None:
        level = int(np.abs(samples).max())
        return DraftText(f"{level // 1000} thousand", 0.75) if level else None


@pytest.fixture
def steps(tmp_path: Path) -> RecordingPart:
    """A second each of silence, and of levels of 5,000 and of 20,000."""
    levels = np.repeat(np.array([0, 5_000, 20_000], np.int16), 16_000)
    with wave.open(str(tmp_path / "steps.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(levels.tobytes())
    return RecordingPart(open_recording(tmp_path / "steps.wav"))


STRETCHES = (TimeSpan(100, 900), TimeSpan(1_100, 1_900), TimeSpan(2_100, 2_900))


def drafts_of(sound: RecordingPart, make: Callable[[str], Drafter], observer: Observer) -> tuple[Draft, ...]:
    return draft_untranscribed(sound, "en", STRETCHES, DrafterChoice("planted", make), observer)


def test_each_stretch_has_what_is_said_in_it(steps: RecordingPart) -> None:
    assert drafts_of(steps, lambda language: Loudness(), Observer()) == (
        Draft(STRETCHES[1], "5 thousand", 0.75),
        Draft(STRETCHES[2], "20 thousand", 0.75),
    )


def test_without_untranscribed_speech_no_drafter_is_made(steps: RecordingPart) -> None:
    def unwanted(language: str) -> Drafter:
        raise AssertionError

    assert draft_untranscribed(steps, "en", (), DrafterChoice("planted", unwanted), Observer()) == ()


def test_a_drafter_that_fails_is_told_and_there_are_no_drafts(steps: RecordingPart) -> None:
    def missing(language: str) -> Drafter:
        raise AlignError(f"it knows no {language}")

    diary = NoteTaker()
    assert drafts_of(steps, missing, diary) == ()
    assert diary.notes == ["planted writes no drafts of the speech that the text lacks: it knows no en"]
