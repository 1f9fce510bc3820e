"""Whisper as a scorer: with a model of random weights its form, with a trained one what it finds."""

import json
from pathlib import Path

import numpy as np
import pytest
from tiny_whisper import write_tiny_whisper

from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.engines.whisper_scorer import WhisperScorer
from asdelivered.align.errors import AlignError
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> WhisperScorer:
    return WhisperScorer(EngineOptions(str(write_tiny_whisper(tmp_path_factory.mktemp("tiny")))), "en")


def test_each_word_has_a_place_in_order_within_the_sound(tiny: WhisperScorer) -> None:
    noise = np.random.default_rng(1).normal(0, 1000, 16_000 * 5).astype(np.int16)
    heard = tiny.listen(noise)
    fits = tiny.fit(heard, ["Thank", "you,", "—", "all", "...", "naïve"])
    assert len(fits) == 6
    assert all(0 <= fit.start <= fit.end <= 5_020 for fit in fits)
    assert [fit.start for fit in fits] == sorted(fit.start for fit in fits)
    assert all(fit.likelihood < 0 and fit.parts > 0 for fit in fits)
    assert tiny.fit(heard, ["Thank", "you,", "—", "all", "...", "naïve"]) == fits


def test_nothing_and_too_much_have_no_places(tiny: WhisperScorer) -> None:
    heard = tiny.listen(np.zeros(16_000, np.int16))
    assert tiny.fit(heard, []) == ()
    assert tiny.fit(heard, ["incomprehensibilities"] * 40) == ()


@pytest.mark.parametrize(
    ("language", "message"), [("de", "knows English alone, not 'de'"), ("xx", "knows no language 'xx'")]
)
def test_a_language_that_the_model_lacks_is_told(tmp_path: Path, language: str, message: str) -> None:
    folder = write_tiny_whisper(tmp_path)
    with pytest.raises(AlignError, match=message):
        WhisperScorer(EngineOptions(str(folder)), language)


@pytest.mark.weights
def test_a_trained_model_knows_where_the_words_are(tiny_english: str) -> None:
    scorer = WhisperScorer(EngineOptions(tiny_english), "en")
    truth = json.loads((EXAMPLES / "harbour.truth.json").read_text(encoding="utf-8"))
    sound = np.concatenate(list(decode_speech(open_recording(EXAMPLES / "harbour.opus"))))
    words = [
        word
        for line in truth["lines"]
        for sentence in line["sentences"]
        for word in sentence["words"]
        if word[1] is not None and word[1] > 12 and word[2] < 35
    ]
    texts = [word for word, _, _ in words]
    begin = int(words[0][1]) * 16_000
    heard = scorer.listen(sound[begin : begin + 24 * 16_000])
    fits = scorer.fit(heard, texts)
    off = [fit.start / 1000 + begin / 16_000 - start for fit, (_, start, _) in zip(fits, words, strict=True)]
    assert np.mean(np.abs(off[3:]) <= 0.3) >= 0.9
    other = scorer.fit(scorer.listen(sound[60 * 16_000 : 84 * 16_000]), texts)
    assert sum(fit.likelihood for fit in fits) > sum(fit.likelihood for fit in other) + len(fits)
