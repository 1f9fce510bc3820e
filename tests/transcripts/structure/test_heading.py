"""The parts of a heading: who is announced, and when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
