"""The tagger: what it costs."""

import re
import time

import pytest
from hypothesis import example, given
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


def test_the_cost_of_punctuation_grows_with_its_length() -> None:
    start = time.process_time()
    tagger._parted("a" + "[" * 1_000_000 + "b" + "]" * 1_000_000)
    assert time.process_time() - start < 2
