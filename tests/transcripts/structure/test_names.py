"""Names: what could be one, and what only begins with a capital."""

import pytest

from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.names import looks_like_name


@pytest.mark.parametrize("text", ["Rosa Balfour", "D’Arcy", "A'isha Reed", "O'Neill", "Media Luna LA"])
def test_names(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize("text", ["I'll", "That’s", "It's a", "Aufgrund der", "Wegen die"])
def test_a_short_form_begins_a_sentence_and_an_article_goes_on(text: str) -> None:
    assert not looks_like_name(text)


def test_a_text_with_a_word_on_each_line_has_no_speakers() -> None:
    text = "So.\nI'll\ntell\nyou.\nThis\nis\nit.\nI'll\nstay.\n"
    page = parse_transcript(text, path="page.txt", sha256="", language="en")
    assert [(turn.speaker, line.text) for turn, line in page.spoken_lines()] == [
        (None, line) for line in text.split()
    ]
