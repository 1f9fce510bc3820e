"""The parts of a heading: who is announced, and when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.read import parse_transcript
from asdelivered.transcripts.structure.dates import find_date, is_date_line
from asdelivered.transcripts.structure.heading import speaker_of


@pytest.mark.parametrize(
    ("occasion", "speaker"),
    [
        (
            "Speech by NATO Secretary General Mark Rutte at the Concert Noble, Brussels",
            "NATO Secretary General Mark Rutte",
        ),
        (
            "Speech by Mark Rutte, NATO Secretary General, at the Atlantic Council, 3 June 2025",
            "Mark Rutte, NATO Secretary General",
        ),
        ("Remarks by Foreign Minister Jane Doe, Brussels", "Foreign Minister Jane Doe"),
        (
            "Remarks by the Minister of State for Europe Jane Doe to the Bundestag",
            "Minister of State for Europe Jane Doe",
        ),
        ("Video message by Mark Rutte for the Kyiv Security Forum", "Mark Rutte"),
        ("Opening remarks by President Ursula von der Leyen", "President Ursula von der Leyen"),
        (
            "NATO Secretary General Mark Rutte's speech at the Munich conference",
            "NATO Secretary General Mark Rutte",
        ),
        ("Rede von Bundeskanzler Olaf Scholz bei der Konferenz", "Bundeskanzler Olaf Scholz"),
        ("A New Era", None),
        ("", None),
    ],
)
def test_speaker_of_an_occasion(occasion: str, speaker: str | None) -> None:
    assert speaker_of(occasion) == speaker


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 Dec. 2024", date(2024, 12, 12)),
        ("Thursday, 12th of December 2024, 10:30", date(2024, 12, 12)),
        ("December 12, 2024", date(2024, 12, 12)),
        ("2024-12-12", date(2024, 12, 12)),
        ("12.12.2024", date(2024, 12, 12)),
        ("18. Februar 2023", date(2023, 2, 18)),
        ("1er août 2023", date(2023, 8, 1)),
        ("31 February 2024", None),
        ("12 Mob. 2024", None),
        ("10/12/2024", None),
    ],
)
def test_find_date(text: str, found: date | None) -> None:
    assert find_date(text) == found


@given(st.dates(min_value=date(1000, 1, 1)))
def test_dates_come_back(day: date) -> None:
    assert find_date(f"Brussels, {day.day} {day:%b.} {day:%Y} -") == day
    assert find_date(f"{day:%B} {day.day}, {day:%Y}") == day
    assert find_date(day.isoformat()) == day


def test_date_lines() -> None:
    assert is_date_line("12 Dec. 2024 -")
    assert is_date_line("Last updated: 13 Dec. 2024 07:55")
    assert is_date_line("Brussels, 12 December 2024")
    assert not is_date_line("We launched it on 24 February 2022")
    assert not is_date_line("Brussels, 12 December 2024.")


@pytest.mark.parametrize(
    "text",
    [
        "3. maj 2027",
        "3 maj 2027",
        "3 травня 2027 року",
        "3 мая 2027",
        "3 Mayıs 2027",
        "3. května 2027",
        "3 Μαΐου 2027",
        "3 mai 2027",
        "2027. május 3",
        "3. toukokuuta 2027",
        "2027年5月3日",
        "2027년 5월 3일",
        "2027/05/03",
        "3-May-2027",
    ],
)
def test_dates_of_other_languages(text: str) -> None:
    assert find_date(text) == date(2027, 5, 3)


def test_the_standing_form_of_a_press_conference_in_the_hague() -> None:
    page = parse(
        "Letterlijke tekst persconferentie na ministerraad 8 mei 2026\n\n"
        "Letterlijke tekst van de persconferentie van minister-president Van Loon na de raad op 8 mei 2026.\n\n"
        "Inleidend statement minister-president Van Loon\n\nGoedemiddag allemaal.\n\nWe beginnen met de haven.\n\n"
        "DE GROOT (NOS)\nWanneer gaat die open?\n\nVAN LOON\nIn mei.\n\nDE GROOT (NOS)\nEn dan?\n",
        "nl",
    )
    assert [(turn.speaker, line.text) for turn, line in page.spoken_lines()] == [
        ("minister-president Van Loon", "Goedemiddag allemaal."),
        ("minister-president Van Loon", "We beginnen met de haven."),
        ("DE GROOT (NOS)", "Wanneer gaat die open?"),
        ("VAN LOON", "In mei."),
        ("DE GROOT (NOS)", "En dan?"),
    ]


def test_a_heading_that_is_repeated_and_the_data_below_it() -> None:
    title = "Entretien de Mme Claire Rey, ministre de la mer, à Radio Port le 4 mai 2026, sur les quais."
    page = parse(
        f"{title} | archives.example | Discours\n\n{title}\n\nPersonnalité, fonction : REY Claire.\n\n"
        "Circonstances : Ouverture du port le 3 mai 2026\n\nti : MARC LEBON\nBonjour Claire REY.\n\n"
        "CLAIRE REY\nBonjour.\n\nMARC LEBON\nLe quai est ouvert ?\n\nCLAIRE REY\nDepuis hier.\n",
        "fr",
    )
    assert page.place == "Radio Port"
    assert [(turn.speaker, line.text) for turn, line in page.spoken_lines()] == [
        ("MARC LEBON", "Bonjour Claire REY."),
        ("CLAIRE REY", "Bonjour."),
        ("MARC LEBON", "Le quai est ouvert ?"),
        ("CLAIRE REY", "Depuis hier."),
    ]


def test_an_office_that_publishes_is_no_title() -> None:
    page = parse(
        "Presseamt der Hansestadt\n\nPressekonferenz vom 8. Mai 2026\n\n"
        "Bürgermeisterin Lind: Guten Tag.\n\nFrage: Wann?\n\nBürgermeisterin Lind: Im Mai.\n",
        "de",
    )
    assert page.title == "Pressekonferenz vom 8. Mai 2026"
    assert page.date == date(2026, 5, 8)


def parse(text: str, language: str) -> Transcript:
    return parse_transcript(text, path="", sha256="", language=language)


def test_what_a_page_says_again_and_again_is_no_heading() -> None:
    page = parse_transcript(
        "Every boat keeps its place\n" * 3, path="page.txt", sha256="0" * 64, language="en"
    )
    assert [line.text for _, line in page.spoken_lines()] == ["Every boat keeps its place"] * 3
