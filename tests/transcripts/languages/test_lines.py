"""Lines in another language than the rest of their event."""

from pathlib import Path

from asdelivered.transcripts.languages.lines import line_languages
from asdelivered.transcripts.read import read_transcript

ENGLISH = "We will go on with the work that we began together in the spring of last year."
FRENCH = (
    "Nous allons continuer le travail que nous avons commencé ensemble au printemps de l'année dernière.",
    "Merci.",
    "C'est une question qui est posée à tous les pays de la région, et nous y répondrons avec eux.",
)


def test_each_line_of_an_event_that_alternates_has_its_language() -> None:
    assert line_languages([ENGLISH, *FRENCH, ENGLISH], "en") == ["en", "fr", "en", "fr", "en"]
    assert line_languages([FRENCH[0], ENGLISH, ENGLISH, ENGLISH], "fr") == ["fr", "en", "en", "en"]


def test_one_sentence_is_no_other_language() -> None:
    assert line_languages([ENGLISH, FRENCH[0], ENGLISH], "en") == ["en", "en", "en"]


def test_a_page_in_one_language_has_no_line_in_another() -> None:
    for page in (Path(__file__).parent.parent / "pages").iterdir():
        transcript = read_transcript(page)
        texts = [line.text for _, line in transcript.spoken_lines()]
        assert {*line_languages(texts, transcript.language)} == {transcript.language}, page.name
