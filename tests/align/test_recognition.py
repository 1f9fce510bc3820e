"""Voices that are higher than an adult's: heard at the right height, where that makes more of the text heard."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from asdelivered.align.acoustic.features import CEPSTRA, FRAME_WIDTH, Floats, warping
from asdelivered.align.engines.engine import Chunk, RecognitionTask
from asdelivered.align.job import Job
from asdelivered.align.pinning import NO_PINS
from asdelivered.align.recognition import Recognition, with_higher_voices
from asdelivered.align.script import write_script
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.align.values.recording_part import RecordingPart
from asdelivered.base.progress import Observer
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript

from .made_engine import MadeEngine

CHUNKS, LENGTH, WORDS = 6, 1_200, 12
"""Chunks of 12 s, with a word a second."""


@dataclass
class Adult(MadeEngine):
    """An engine that hears each word of the text where the sound is as an adult's is, and nothing but "no" elsewhere.

    `sound` are the cepstra (frames, 13) of the adult who says the text; it counts the frames that it heard.
    """

    words: list[str]
    sound: Floats
    name: str = "adult"
    wants_samples: bool = False
    time_error: int = 0
    heard: int = 0

    def recognise(
        self, task: RecognitionTask, chunks: Iterable[Chunk], careful: bool
    ) -> Iterator[list[RecognisedWord]]:
        """Yield the words of each chunk."""
        for chunk in chunks:
            self.heard += len(chunk.frames)
            own = self.sound[chunk.start : chunk.start + LENGTH]
            familiar = float(np.abs(chunk.frames[:, :CEPSTRA] - own).mean()) < 0.1
            first = chunk.start // LENGTH * WORDS
            yield [
                RecognisedWord(self.words[first + at] if familiar else "no", 100 * at, 100 * at + 50)
                for at in range(WORDS)
            ]


@pytest.fixture
def job(harbour: Transcript, harbour_sound: Recording, tmp_path: Path) -> Iterator[Job]:
    with ThreadPoolExecutor(1) as pool:
        yield Job(
            write_script(harbour), "en", NO_PINS, RecordingPart(harbour_sound), pool, tmp_path, Observer()
        )


@pytest.fixture
def engine(job: Job) -> Adult:
    # Spectra as smooth as those of speech: the higher a cepstrum, the less it varies.
    sound = np.random.default_rng(1).normal(0.0, 3.0, (CHUNKS * LENGTH, CEPSTRA)) / np.arange(1, CEPSTRA + 1)
    words = [word for sentence in job.script.sentences for word in sentence]
    return Adult(words, sound.astype(np.float32))


def listened(engine: Adult, job: Job, height: float) -> Recognition:
    """Return what a pass hears of the sound, said by somebody whose formants are so many times higher."""
    frames = np.zeros((CHUNKS * LENGTH, FRAME_WIDTH), np.float32)
    frames[:, :CEPSTRA] = engine.sound @ np.linalg.inv(warping(height)) if height != 1.0 else engine.sound
    nothing = np.zeros(0, np.int16)
    chunks = tuple(
        Chunk(start, frames[start : start + LENGTH], nothing) for start in range(0, len(frames), LENGTH)
    )
    words = (
        tuple(RecognisedWord(word.word, word.start + chunk.start, word.end + chunk.start) for word in found)
        for chunk, found in zip(chunks, engine.recognise(job.recognition, chunks, False), strict=True)
    )
    return Recognition(frames, (), chunks, tuple(words))


@pytest.mark.parametrize("height", [1.12, 1.25, 1.4])
def test_the_sound_of_children_becomes_an_adults(engine: Adult, job: Job, height: float) -> None:
    recognition = listened(engine, job, height)
    found = with_higher_voices(engine, job, recognition, range(CHUNKS))
    np.testing.assert_allclose(found.frames[:, :CEPSTRA], engine.sound, atol=1e-3)
    np.testing.assert_array_equal(found.frames[:, CEPSTRA:], recognition.frames[:, CEPSTRA:])
    for chunk, before in zip(found.chunks, recognition.chunks, strict=True):
        assert chunk.start == before.start
        np.testing.assert_array_equal(chunk.frames, found.frames[chunk.start : chunk.start + LENGTH])
    assert found.words == recognition.words
    # What was decoded is still there, as it was.
    np.testing.assert_array_equal(recognition.frames, listened(engine, job, height).frames)


def test_the_sound_of_adults_stays_though_little_of_it_is_clear(engine: Adult, job: Job) -> None:
    recognition = listened(engine, job, 1.0)
    engine.heard = 0
    assert with_higher_voices(engine, job, recognition, range(CHUNKS)) is recognition
    # One height that hears less is enough to know.
    assert engine.heard == CHUNKS * LENGTH


def test_nobody_is_taken_for_a_child_where_no_height_makes_the_text_heard(engine: Adult, job: Job) -> None:
    recognition = listened(replace(engine, sound=-engine.sound), job, 1.0)
    assert with_higher_voices(engine, job, recognition, range(CHUNKS)) is recognition


def test_nothing_is_heard_again_where_most_is_clear_or_the_engine_has_the_samples(
    engine: Adult, job: Job
) -> None:
    recognition = listened(engine, job, 1.25)
    engine.heard = 0
    assert with_higher_voices(engine, job, recognition, range(CHUNKS // 2)) is recognition
    whisper = replace(engine, wants_samples=True)
    assert with_higher_voices(whisper, job, recognition, range(CHUNKS)) is recognition
    assert engine.heard == whisper.heard == 0
