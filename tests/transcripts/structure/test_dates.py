"""Dates as official pages of the world write them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.structure.dates import day_comes_first, find_date, is_date_line, possible_dates


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
        "令和9年10月9日", "令和九年十月九日",
        "二〇二七年十月九日", "二零二七年十月九日 星期六",
        "民國一百一十六年十月九日", "9TH OCTOBER 2027",
        "民國116年10月9日", "2027년 10월 9일", "9 ოქტომბერი 2027", "9 հոկտեմբեր 2027",
        "9 Oktoba 2027", "2027-10-09",
    ],
)  # fmt: skip
def test_one_day_in_many_languages(text: str) -> None:
    assert find_date(text) == date(2027, 10, 9)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("昭和六十三年一月二十五日", date(1988, 1, 25)),
        ("平成元年十二月三日", date(1989, 12, 3)),
        ("十人十色", None),
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
    "text",
    [
        "2027年10月9日（土）午後3時30分から約60分",
        "令和九年十月九日（土曜日）",
        "Westhaven, 09/10/2027 (I mandato)",
        "Recorded 9 October 2027",
        "Onsdagen den 9 oktober 2027",
        "السبت 9 أكتوبر 2027",
        "शनिवार 9 अक्टूबर 2027",
        "Субота, 9 жовтня 2027",
        "2027년 10월 9일 토요일",
    ],
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


def test_the_day_comes_first_where_the_language_says_so() -> None:
    assert find_date("10/11/2027", day_first=True) == date(2027, 11, 10)
    assert find_date("31/02/2027", day_first=True) is None
    assert find_date("9 October 2027", day_first=True) == date(2027, 10, 9)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_han_figures_are_read_back(day: date) -> None:
    def figures(number: int) -> str:
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十") + (
            DIGITS[ones] if ones else ""
        )

    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    assert find_date(f"{year}年{figures(day.month)}月{figures(day.day)}日") == day


DIGITS = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("یکشنبه ۹ آذر ۱۴۰۴", date(2025, 11, 30)),
        ("تاریخ: ۱۴۰۴/۰۹/۰۹", date(2025, 11, 30)),
        ("۱۲ اسفند ماه ۱۴۰۵", date(2027, 3, 3)),
        ("30 اسفند 1403", date(2025, 3, 20)),
        ("۱ فروردین ۱۴۰۴", date(2025, 3, 21)),
        ("۲۲ بهمن ۱۳۵۷", date(1979, 2, 11)),
        ("۱۵ خرداد ۱۳۴۲", date(1963, 6, 5)),
        ("۱۲ مارس ۲۰۲۷", date(2027, 3, 12)),
    ],
)
def test_dates_of_the_calendar_of_iran(text: str, day: date) -> None:
    assert find_date(text) == day
    assert is_date_line(text)


@pytest.mark.parametrize("text", ["۳۰ اسفند ۱۴۰۴", "۳۱ مهر ۱۴۰۴", "۱ آذر ۱۲۰۰", "۱۴۰۴/۱۳/۰۱"])
def test_days_that_the_calendar_of_iran_lacks(text: str) -> None:
    assert find_date(text) is None


def test_the_years_of_iran_follow_each_other() -> None:
    starts = [find_date(f"1 فروردین {year}") for year in range(1304, 1473)]
    assert all(start is not None and start.month == 3 and start.day in (20, 21, 22) for start in starts)
    days = [(other - one).days for one, other in pairwise(filter(None, starts))]
    assert set(days) == {365, 366}


def test_a_date_in_figures_is_two_days_unless_the_weekday_or_the_figures_prove_one() -> None:
    assert possible_dates("05-12-2027") == (date(2027, 12, 5), date(2027, 5, 12))
    assert possible_dates("Wednesday, 05/12/2027") == (date(2027, 5, 12),)
    assert possible_dates("05/13/2027") == (date(2027, 5, 13),)
    assert possible_dates("31/02/2027") == ()
    assert find_date("05-12-2027") is None


def test_other_dates_of_a_page_show_its_order_unless_they_contradict_each_other() -> None:
    assert day_comes_first(["Approved 05-14-2027"]) is False
    assert day_comes_first(["Updated 14 May 2027"]) is True
    assert day_comes_first(["Updated 14 May 2027", "Approved 05-14-2027"]) is None
    assert day_comes_first(["05-12-2027"]) is None
