"""The tagger: what it costs."""

import functools
import re
import time
from collections.abc import Callable

import pytest
from HanTa.HanoverTagger import HanoverTagger
from hypothesis import example, given, settings
from hypothesis import strategies as st

from asdelivered.subtitles.cueing.grammar import tagger


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_of_a_word_without_end_only_the_end_is_tagged(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    letters = 0

    def count(pieces: list[str], taglevel: int) -> list[str]:
        nonlocal letters
        letters += sum(map(len, pieces))
        return ["NN"] * len(pieces)

    monkeypatch.setattr(tagger._tagger(language), "tag_sent", count)
    assert len(tagger.tag(["Hello", "x" * 100_000, "there"], language)) == 3
    assert letters < 200


@given(st.text())
@example("")
@example("(“Hello,”")
@example("...")
def test_a_word_is_parted_from_its_punctuation(word: str) -> None:
    expected = re.match(r"^(\W*)(.*?)(\W*)$", word, re.DOTALL)
    assert expected is not None
    assert tagger._parted(word) == expected.groups()


def test_the_cost_of_punctuation_grows_with_its_length(slowness: Callable[[], float]) -> None:
    start = time.process_time()
    tagger._parted("a" + "[" * 1_000_000 + "b" + "]" * 1_000_000)
    assert time.process_time() - start < 2 * slowness()


@pytest.mark.parametrize("language", ["en", "de", "nl"])
@given(st.data())
@settings(max_examples=20, deadline=None)
def test_the_tags_are_those_of_the_library(language: str, data: st.DataObject) -> None:
    words = [
        "the",
        "Die",
        "house",
        "Haus",
        "huis",
        "is",
        "ist",
        "gobadicution",
        "3",
        "--",
        "Mark",
        "we",
        "to",
        "said",
    ]
    sentence = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=12))
    ours = tagger._tagger(language)
    assert ours.tag_sent(sentence, taglevel=0) == library(language).tag_sent(sentence, taglevel=0)


@functools.cache
def library(language: str) -> HanoverTagger:
    return HanoverTagger(tagger._MODELS[language])
