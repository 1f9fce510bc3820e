"""The embedded recogniser on the bundled example, knowing the page's language and nothing of its times."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from asdelivered.align.acoustic.features import CEPSTRA, FRAME_MS, FRAME_WIDTH, Floats, frames_of
from asdelivered.align.engines.engine import Chunk, EngineOptions, RecognitionTask
from asdelivered.align.engines.sphinx import Sphinx, SphinxFiles, recognise_chunk, write_files
from asdelivered.align.script import write_script
from asdelivered.base.processes import cores
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.spoken.orthography import words_of


@pytest.fixture(scope="module")
def files(harbour: Transcript, tmp_path_factory: pytest.TempPathFactory) -> SphinxFiles:
    script = write_script(harbour)
    return write_files(script.sentences, script.lexicon, tmp_path_factory.mktemp("language"))


@pytest.fixture(scope="module")
def cepstra(harbour_sound: Recording) -> Floats:
    return np.concatenate(list(frames_of(decode_speech(harbour_sound))))[:, :CEPSTRA]


def test_it_hears_the_words_where_they_are_said(
    files: SphinxFiles, cepstra: Floats, harbour_truth: dict[str, Any]
) -> None:
    first, last = 1_220, 3_400
    heard = recognise_chunk(files, cepstra[first:last], careful=True)
    assert all(0 <= word.start < word.end <= last - first for word in heard)
    assert all(before.end <= after.start for before, after in pairwise(heard))
    said = [
        (word, start, end)
        for line in harbour_truth["lines"]
        for sentence in line["sentences"]
        for token, start, end in sentence["words"]
        if start is not None and first * FRAME_MS / 1000 <= start and end <= last * FRAME_MS / 1000
        for word in words_of(token)
    ]
    matcher = SequenceMatcher(
        None, [word for word, _, _ in said], [word.word for word in heard], autojunk=False
    )
    right = 0
    for block in matcher.get_matching_blocks():
        for at in range(block.size):
            _, start, end = said[block.a + at]
            word = heard[block.b + at]
            middle = (word.start + word.end) / 2 + first
            right += start - 0.1 <= middle * FRAME_MS / 1000 <= end + 0.1
    assert len(said) >= 40
    assert right >= 0.7 * len(said)


def test_what_it_hears_does_not_depend_on_what_it_heard_before(files: SphinxFiles, cepstra: Floats) -> None:
    first = recognise_chunk(files, cepstra[1_300:1_800], careful=True)
    recognise_chunk(files, cepstra[5_000:5_600], careful=True)
    assert recognise_chunk(files, cepstra[1_300:1_800], careful=True) == first
    assert first


def test_it_hears_only_words_of_the_page(files: SphinxFiles, cepstra: Floats, harbour: Transcript) -> None:
    lexicon = write_script(harbour).lexicon
    # The introduction, which the page lacks.
    assert {word.word for word in recognise_chunk(files, cepstra[:1_000], careful=True)} <= lexicon.keys()


def test_in_silence_it_hears_next_to_nothing(files: SphinxFiles) -> None:
    silence = np.concatenate(list(frames_of([np.zeros(160_000, np.int16)])))[:, :CEPSTRA]
    assert len(recognise_chunk(files, silence, careful=True)) <= 2


class AtOnce(Executor):
    """A pool whose calls are done as soon as they are handed out."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(function(*arguments, **named))
        return done


def test_what_is_recognised_is_there_before_all_is_decoded(harbour: Transcript, tmp_path: Path) -> None:
    decoded = []

    def chunks() -> Iterator[Chunk]:
        for number in range(3):
            decoded.append(number)
            yield Chunk(50 * number, np.zeros((50, FRAME_WIDTH), np.float32), np.zeros(0, np.int16))

    task = RecognitionTask(write_script(harbour), "en", AtOnce(), tmp_path)
    heard = Sphinx(EngineOptions()).recognise(task, chunks(), careful=False)
    next(heard)
    assert decoded == [0]
    assert len([*heard]) == 2


class WhenWanted(Executor):
    """Does each call when its result is asked for, as if its processes were slower than anybody."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        return Wanted(lambda: function(*arguments, **named))


class Wanted(Future[Any]):
    def __init__(self, made: Callable[[], Any]) -> None:
        super().__init__()
        self._made = made

    def result(self, timeout: float | None = None) -> Any:
        return self._made()


def test_decoding_waits_where_it_gets_far_ahead_of_hearing(harbour: Transcript, tmp_path: Path) -> None:
    decoded: list[int] = []

    def chunks() -> Iterator[Chunk]:
        for number in range(10_000):
            decoded.append(number)
            yield Chunk(number, np.zeros((1, FRAME_WIDTH), np.float32), np.empty(0, np.int16))

    task = RecognitionTask(write_script(harbour), "en", WhenWanted(), tmp_path)
    heard = Sphinx(EngineOptions()).recognise(task, chunks(), False)
    for number in range(3):
        next(heard)
        assert len(decoded) == 16 * cores() + 1 + number


def test_the_dictionary_has_every_way_to_say_every_word(tmp_path: Path) -> None:
    lexicon = {"read": (("R", "EH", "D"), ("R", "IY", "D")), "pier": (("P", "IH", "R"),)}
    files = write_files([("read", "pier"), ("pier",)], lexicon, tmp_path)
    assert files.dictionary.read_text(encoding="utf-8").splitlines() == [
        "pier P IH R",
        "read R EH D",
        "read(2) R IY D",
    ]
    model = files.language_model.read_text(encoding="utf-8")
    assert "ngram 1=4" in model
    assert "read pier </s>" in model


def test_it_tells_its_version() -> None:
    assert Sphinx(EngineOptions()).version().startswith("5.")
