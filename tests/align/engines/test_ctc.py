"""A CTC model that hears tones recognises words and places known ones exactly; the path is the best there is."""

import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tone_model import SYMBOLS, say, write_tone_model

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.engines import make_engine
from asdelivered.align.engines.ctc_model import OTHER, CtcModel, align_letters, read_letters
from asdelivered.align.engines.ctc_scorer import CtcScorer
from asdelivered.align.engines.engine import Chunk, EngineOptions, RecognitionTask
from asdelivered.align.engines.selection import EngineRequest, build_engine
from asdelivered.align.errors import AlignError
from asdelivered.align.script import write_script
from asdelivered.transcripts.read import read_transcript

FRAME = 20
"""Milliseconds of a frame of the model's."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tone_model(tmp_path_factory.mktemp("tones"))


def options(model: Path) -> EngineOptions:
    return EngineOptions(str(model))


def task_of(text: str, folder: Path, pool: ThreadPoolExecutor) -> RecognitionTask:
    page = folder / "page.txt"
    page.write_text(text, encoding="utf-8")
    return RecognitionTask(write_script(read_transcript(page)), "en", pool, folder)


def test_words_are_recognised_where_they_are_said(model: Path, tmp_path: Path) -> None:
    sound, said = say("good morning to all of you it's late", before=430)
    with ThreadPoolExecutor() as pool:
        task = task_of("Good morning to all of you. It's late.", tmp_path, pool)
        chunk = Chunk(0, np.empty((0, 15), np.float32), sound)
        (words,) = make_engine("ctc", options(model)).recognise(task, [chunk], careful=False)
    assert [word.word for word in words] == [word for word, _, _ in said]
    for word, (_, start, end) in zip(words, said, strict=True):
        assert abs(word.start * FRAME_MS - start) <= 2 * FRAME
        assert abs(word.end * FRAME_MS - end) <= 2 * FRAME


def test_known_words_are_placed_and_other_speech_around_them_is_left_alone(model: Path) -> None:
    scorer = CtcScorer(options(model), "en")
    sound, said = say("well before that we have seen three ships in a harbour and much else", before=200)
    fits = scorer.fit(scorer.listen(sound), ["We", "have", "seen", "—", "3", "ships,"])
    inside = [one for one in said if one[0] in {"we", "have", "seen", "three", "ships"}]
    sounding = [fit for number, fit in enumerate(fits) if number != 3]
    for fit, (word, start, end) in zip(sounding, inside, strict=True):
        assert abs(fit.start - start) <= 2 * FRAME, word
        assert abs(fit.end - end) <= 2 * FRAME, word
        assert fit.likelihood > -1 * fit.parts
    assert fits[3].start == fits[3].end == fits[2].end
    assert fits[3].parts == 0


def test_text_of_another_script_is_romanised_for_a_model_of_romanised_text(tmp_path: Path) -> None:
    model = write_tone_model(tmp_path / "tones")
    vocabulary = (model / "vocab.json").read_text()
    (model / "vocab.json").write_text(vocabulary.replace('"|"', '"<star>"'))
    scorer = CtcScorer(options(model), "ru")
    sound, said = say("well dobroe utro vam shchuka", before=200)
    fits = scorer.fit(scorer.listen(sound), ["Доброе", "утро", "вам,", "Щука!"])
    for fit, (word, start, end) in zip(fits, said[1:], strict=True):
        assert abs(fit.start - start) <= 2 * FRAME, word
        assert abs(fit.end - end) <= 2 * FRAME, word
        assert fit.likelihood > -1 * fit.parts


def test_a_model_of_another_script_spells_nothing_in_letters_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "vocab.json"
    path.write_text(json.dumps({"<pad>": 0, "а": 1, "б": 2, "b": 3}), encoding="utf-8")
    assert read_letters(path).spell("баbщ") == [2, 1, 3]


def test_what_was_not_said_is_unlikely(model: Path) -> None:
    scorer = CtcScorer(options(model), "en")
    heard = scorer.listen(say("nobody has said a word about that")[0])
    (fit,) = scorer.fit(heard, ["quick"])
    assert fit.likelihood < -4 * fit.parts


def test_more_letters_than_frames_have_no_place(model: Path) -> None:
    scorer = CtcScorer(options(model), "en")
    heard = scorer.listen(say("so")[0])
    assert scorer.fit(heard, ["incomprehensibilities"] * 9) == ()
    assert scorer.fit(heard, []) == ()
    assert scorer.fit(heard, ["—"]) == ()
    assert scorer.fit(scorer.listen(np.zeros(5, np.int16)), ["so"]) == ()


@st.composite
def puzzles(draw: st.DrawFn) -> tuple[np.ndarray, list[int]]:
    frames = draw(st.integers(1, 6))
    numbers = draw(st.lists(st.integers(-40, 0), min_size=frames * 3, max_size=frames * 3))
    return np.array(numbers, np.float32).reshape(frames, 3) / 4, draw(
        st.lists(st.integers(1, 2), min_size=1, max_size=3)
    )


@settings(max_examples=150, deadline=None)
@given(puzzles())
def test_the_path_is_the_best_of_all(puzzle: tuple[np.ndarray, list[int]]) -> None:
    """Of every way to lay the letters on the frames, with blanks between, and anything before and after."""
    scores, letters = puzzle
    frames = len(scores)

    def value(spans: list[tuple[int, int]]) -> float:
        total, at = 0.0, 0
        for number, (first, last) in enumerate(spans):
            for frame in range(at, first):
                total += scores[frame].max() - OTHER if number == 0 else scores[frame, 0]
            total += scores[first : last + 1, letters[number]].sum()
            at = last + 1
        return float(total + (scores[at:].max(axis=1) - OTHER).sum())

    def ways(number: int, since: int) -> list[list[tuple[int, int]]]:
        if number == len(letters):
            return [[]]
        found = []
        for first, last in itertools.combinations_with_replacement(range(since, frames), 2):
            same = number + 1 < len(letters) and letters[number] == letters[number + 1]
            found += [[(first, last), *rest] for rest in ways(number + 1, last + 1 + same)]
        return found

    every = ways(0, 0)
    found = align_letters(scores, letters, [None] * len(letters), 0)
    if not every:
        assert not len(found)
        return
    spans = [(first, last) for first, last in found.tolist()]
    assert spans in every
    assert value(spans) == pytest.approx(max(map(value, every)), abs=1e-4)


def test_letters_that_a_model_lacks_are_those_it_has_without_marks(model: Path) -> None:
    letters = read_letters(model / "vocab.json")

    def spelt(word: str) -> str:
        return "".join(SYMBOLS[number] for number in letters.spell(word))

    assert spelt("Café") == "cafe"
    assert spelt("it's") == "it's"
    assert spelt("|x7я-") == "x"


def test_a_text_in_another_script_is_refused(model: Path, tmp_path: Path) -> None:
    engine = make_engine("ctc", options(model))
    with ThreadPoolExecutor() as pool:
        words = engine.recognise(task_of("Добрый день, дорогие друзья.", tmp_path, pool), [], careful=False)
        with pytest.raises(AlignError, match="a model of its language and script"):
            next(words)


def test_the_scorer_goes_with_the_engine(model: Path) -> None:
    group, _ = build_engine(EngineRequest(("ctc",), options(model)), "en")
    assert group.settings() == {"model": str(model), "scorer": f"ctc {model}"}


def test_a_model_that_is_none_is_told(model: Path, tmp_path: Path) -> None:
    def refused(why: str, vocabulary: str | None = None, network: bytes | None = None) -> None:
        folder = tmp_path / "broken"
        folder.mkdir(exist_ok=True)
        (folder / "model.onnx").write_bytes(
            (model / "model.onnx").read_bytes() if network is None else network
        )
        (folder / "vocab.json").write_text(
            (model / "vocab.json").read_text() if vocabulary is None else vocabulary
        )
        with pytest.raises(AlignError, match=why):
            CtcModel(folder)

    with pytest.raises(AlignError, match="give --model FOLDER"):
        make_engine("ctc", EngineOptions())
    with pytest.raises(AlignError, match="is no such folder"):
        CtcModel(tmp_path / "nowhere")
    with pytest.raises(AlignError, match=r"are 0 \.onnx files"):
        CtcModel(tmp_path)
    refused("export it again", network=b"nonsense")
    refused("export it again", vocabulary=json.dumps({"<pad>": 0, "a": 500}))
    refused("not JSON", vocabulary="{")
    refused("not an object of letters", vocabulary='{"a": "b"}')
    refused("not an object of letters", vocabulary="[]")
    refused("is a blank", vocabulary='{"a": 0}')
