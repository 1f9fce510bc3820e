"""Dates as official pages of the world write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.structure.dates import find_date, is_date_line


@pytest.mark.parametrize(
    "text",
    [
        "9 October 2027", "October 9th, 2027", "9. Oktober 2027", "9 octobre 2027", "9 de octubre de 2027",
        "9 ottobre 2027", "9 oktober 2027", "9º de outubro de 2027", "9 października 2027 r.", "9. října 2027",
        "9. októbra 2027", "2027. október 9.", "9 octombrie 2027", "9. lokakuuta 2027", "9 октября 2027 года",
        "9 жовтня 2027 року", "9 кастрычніка 2027", "9 октомври 2027", "9. listopada 2027.", "9. oktobra 2027",
        "9. октобар 2027.", "9 tetor 2027", "2027 m. spalio 9 d.", "2027. gada 9. oktobris", "9. oktoober 2027",
        "9. október 2027", "9 Ekim 2027", "9 oktyabr 2027", "9 қазан 2027", "9 Οκτωβρίου 2027", "9 octubre 2027",
        "9 d’octubre de 2027", "9 Hydref 2027", "9 أكتوبر 2027",
        "٩ أكتوبر ٢٠٢٧", "9 أكتوبر/تشرين 2027", "9 اکتوبر 2027", "9 באוקטובר 2027", "9 अक्टूबर 2027", "9 অক্টোবর 2027",
        "9 அக்டோபர் 2027", "9 ตุลาคม 2570", "ngày 9 tháng 10 năm 2027", "9 Oktober 2027", "2027年10月9日",
        "令和9年10月9日", "民國116年10月9日", "2027년 10월 9일", "9 ოქტომბერი 2027", "9 հոկտեմբեր 2027",
        "9 Oktoba 2027", "2027-10-09",
    ],
)  # fmt: skip
def test_one_day_in_many_languages(text: str) -> None:
    assert find_date(text) == date(2027, 10, 9)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("9 listopada 2027", date(2027, 11, 9)),
        ("9. Mai 2570", date(2570, 5, 9)),
        ("10/11/2022", None),
        ("10/11/2022 07:54 PM EDT", date(2022, 10, 11)),
        ("31 February 2027", None),
        ("12 monkeys 2027", None),
    ],
)
def test_days_that_are_easily_mistaken(text: str, day: date | None) -> None:
    assert find_date(text) == day


@pytest.mark.parametrize(
    "text", ["السبت 9 أكتوبر 2027", "शनिवार 9 अक्टूबर 2027", "Субота, 9 жовтня 2027", "2027년 10월 9일 토요일"]
)
def test_a_date_with_its_weekday_is_a_date_line(text: str) -> None:
    assert is_date_line(text)


@pytest.mark.parametrize("text", ["قلنا في 9 أكتوبر 2027 هذا الكلام", "हमने 9 अक्टूबर 2027 को कहा"])
def test_speech_with_a_date_is_none(text: str) -> None:
    assert not is_date_line(text)


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    find_date(text)
    is_date_line(text)
