"""The tagger: what it costs."""

import pytest

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
