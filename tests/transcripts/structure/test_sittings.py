"""When a sitting began or ended is told in many languages, and somebody who speaks of a meeting says more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.sittings import is_sitting


@pytest.mark.parametrize(
    "text",
    [
        "The sitting opened at 9.05 a.m.",
        "De vergadering wordt om 10.15 uur geopend.",
        "Początek posiedzenia o godz. 10 min 03",
        "Przerwa w posiedzeniu od godz. 13 min 21 do godz. 13 min 25",
        "Mødet hævet kl. 15.20",
        "Sammanträdet avslutades kl. 17.05.",
        "Ședința a început la ora 9,00.",
        "Täysistunto keskeytettiin kello 14.05.",
        "Заседание закрыто в 18 часов 5 минут.",
        "Zasedání zahájeno v 9.00 hodin.",
        "A sessão terminou às 18 horas.",
        "La séance est levée à 17 h 30.",
    ],
)
def test_reports(text: str) -> None:
    assert is_sitting(text)


@pytest.mark.parametrize(
    "text",
    [
        "The meeting opened in 2019 and we were glad.",
        "We met at 9.",
        "1. Opening of the sitting",
        "Meeting 4",
        "The sitting is closed.",
        "De vergadering is gesloten.",
        "Did the sitting end at 9?",
        "La séance est levée.",
        "The meeting starts at 10.",
    ],
)
def test_speech(text: str) -> None:
    assert not is_sitting(text)


@given(st.sampled_from(["we", "harbour", "Hafen", "quai", "puerto", "gavan"]), st.integers(0, 5))
def test_one_other_word_makes_it_speech(word: str, place: int) -> None:
    words = ["The", "sitting", "opened", "at", "9.05"]
    assert not is_sitting(" ".join([*words[:place], word, *words[place:]]))


def test_a_pause_in_brackets_over_two_rows_is_a_note() -> None:
    transcript = parse_transcript(
        "Marszałek:\nOgłaszam przerwę.\n(Przerwa w posiedzeniu od godz. 11 min 36\ndo godz. 11 min 40)\n"
        "Marszałek:\nWznawiam obrady.\n",
        path="",
        sha256="",
        language="pl",
    )
    spoken = [line.text for _, line in transcript.spoken_lines()]
    assert spoken == ["Ogłaszam przerwę.", "Wznawiam obrady."]
