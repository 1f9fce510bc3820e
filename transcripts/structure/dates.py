"""Find the date of an event, as official pages write it: "12 Dec. 2024", "December 12, 2024", "2024-12-12"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import zip_longest
from pathlib import Path

from asdelivered.transcripts.word_lists import read_toml, word_set

_WORDS = read_toml(Path(__file__).with_suffix(".toml"))
_MONTH_NUMBERS = {
    name: number for number, names in enumerate(_WORDS["months"].values(), start=1) for name in names.split()
}
"""By the name of the month, from 1."""

_LETTER = r"(?:[^\W\d_]|[\u0900-\u109f])"
"""Python's letters lack the vowel signs of India's and South-East Asia's scripts."""
_NAME = rf"(?P<month>{_LETTER}{{3,14}}|[\u0900-\u0dff]{{2}})\.?(?:/{_LETTER}{{3,14}})?"
"""The name of a month; Arabic pages give both of its names: "مارس/آذار"."""
_YEAR = r"(?P<year>\d{4})(?!\d)"
_PATTERNS = (
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?P<dot>\.)?(?i:st|nd|rd|th|er|[ºª°])?\s{{1,3}}(?:(?:of|de)\s|d['’]|ב-?)?{_NAME},?\s{{1,3}}(?:del?\s)?{_YEAR}"
    ),
    re.compile(rf"\b{_NAME}\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}{_YEAR}"),
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"),
    re.compile(rf"(?<![\d-])(?P<day>\d{{1,2}})-(?P<month>{_LETTER}{{3,14}})-{_YEAR}"),
    re.compile(r"(?<![\d.])(?P<year>\d{4})\.\s?(?P<month>\d{1,2})\.\s?(?P<day>\d{1,2})(?:\.|(?!\d))"),
    re.compile(rf"(?<!\d)(?P<year>\d{{4}})(?:\.|\sm\.)?\s{_NAME}\s(?P<day>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<year>\d{{4}})\.\sgada\s(?P<day>\d{{1,2}})\.\s{_NAME}"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\stháng\s(?P<month>\d{{1,2}})(?:\snăm\s|,\s){_YEAR}"),
    re.compile(rf"(?<![\d.-])(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}"),
)
_HAN_NUMBER = re.compile(r"[〇零一二三四五六七八九十百]{1,7}(?=\s?[年月日])")
_HAN_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}
_ERA_YEAR = re.compile(r"(令和|平成|昭和|民國|民国)\s?(元|\d{1,3})\s?年")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""Eras of Japan and Taiwan, and the year before their first."""
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_LONGEST = 4000
"""Characters that are looked at: a date comes early, or not."""
_THAI_ERA = re.compile(r"(?:พุทธศักราช|พ\.\s?ศ\.)\s*(?=[\d๐-๙]{4})")
"""What Thai dates may have before the year."""
_BUDDHIST = 543
"""Thai years are those since the Buddha's death."""
_PERSIAN = re.compile("[۰-۹]")
_PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
"""Of the calendar of Iran, from the one that begins in March."""
_PERSIAN_DATE = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s{{1,3}}(?P<month>{'|'.join(_PERSIAN_MONTHS)})(?:\s?ماه)?،?\s{{1,3}}(?:سال\s)?{_YEAR}"
)
_PERSIAN_FIGURES = re.compile(
    r"(?<![۰-۹])(?P<year>[۰-۹]{4})[/-](?P<month>[۰-۹]{1,2})[/-](?P<day>[۰-۹]{1,2})(?![۰-۹])"
)
_PERSIAN_YEARS, _PERSIAN_START = range(1304, 1473), date(1925, 3, 21)
"""From the year when Iran adopted it, and its first day."""
_PERSIAN_LEAP = frozenset([1, 5, 9, 13, 17, 22, 26, 30])
_IN_FIGURES = re.compile(
    rf"(?<![\d/-])(?P<first>\d{{1,2}})(?P<sign>[/-])(?P<second>\d{{1,2}})(?P=sign){_YEAR}"
)
"""The day comes first in Europe, the month in America. It is a date only where something proves the order."""
_MONTH_FIRST = re.compile(rf"\b(?P<month>[^\W\d_]{{3,9}})\.?\s\d{{1,2}},?\s{_YEAR}")
_DAY_FIRST = re.compile(rf"(?<!\d)\d{{1,2}}\.?\s(?P<month>[^\W\d_]{{3,9}})\.?,?\s{_YEAR}")
_WEEKDAYS = {
    name: number for number, names in enumerate(_WORDS["weekdays"].values()) for name in names.split()
}
"""By their name, from Monday, which is 0."""
_AMERICAN = re.compile(
    r"\b[AP]\.?M\.?,?\s+(?:[ECMP][SD]?T|Eastern|Central|Mountain|Pacific)\b", re.IGNORECASE
)
"""A time as America writes it, with its zone."""
_HALF_DAY = re.compile(r"\b[ap]\.\s?m\.", re.IGNORECASE)
_YEAR_MARK = re.compile(r"\d{4}\s*r\.$|\d\s*[ap]\.\s?m\.$|\d{4}\.\s?\d{1,2}\.\s?\d{1,2}\.$", re.IGNORECASE)
"""A full stop that ends no sentence: of the Polish "r.", or of "a.m."."""
_HAN_TIME = re.compile(
    r"(?:午前|午後|上午|下午|오전|오후)?\s?\d{1,2}\s?[時时点點시](?:\s?\d{1,2}\s?[分분]|半)?(?:\s?(?:から|より|부터))?(?:\s?約?\d{1,3}分間?)?"
    r"|[（(](?:[月火水木金土日一二三四五六]|월|화|수|목|금|토|일)[)）]"
)
"""The time of day, how long it took, and the day of the week, as China, Japan and Korea write them beside a date."""
_LAST_BRACKET = re.compile(r"(?<=\d)\s\([^()]{1,30}\)$")
"""What stands after a date, such as the term of the speaker's office."""
_CUT = " \x00 "
"""Stands where a date was."""
_BESIDE = word_set(_WORDS["beside"])
"""Words that a line may have beside its date and still be only a date."""


def find_date(text: str, *, day_first: bool | None = None) -> date | None:
    """Return the first date in a text; None where there is none that exists.

    "10/11/2027" is a date only if something proves which is the day, or with `day_first`.
    """
    found = _find(text) or _in_figures(text, day_first)
    return found[0] if found else None


def is_date_line(text: str) -> bool:
    """Return whether a line is a date and little else: "12 Dec. 2024 -", "Brussels, 12 December 2024"."""
    text = _LAST_BRACKET.sub("", text)
    found = _find(text) or _in_figures(text, True)
    if found is None:
        return False
    words = re.findall(rf"{_LETTER}+", _HALF_DAY.sub(" ", _HAN_TIME.sub(" ", found[1])))
    names = [word for word in words if word.lower() not in _BESIDE]
    if text.endswith(("!", "?")) or (text.endswith(".") and not _YEAR_MARK.search(text)):
        return False
    return len(names) <= 3 and all(name[0].isupper() for name in names)


def before_date(text: str) -> str:
    """Return what stands before the date of a text, and before the article of its day: "" where it has no date."""
    found = _find(text)
    before = found[1].partition(_CUT)[0] if found else ""
    return re.sub(r"(?:\s(?:on|le|el|il|am|den|vom|op|w\s+dniu|em))?[\s,]*$", "", before)


def without_date(text: str) -> str:
    """Return a date line without its date, weekday and time; "" where it has no date."""
    found = _find(text)
    rest = (
        re.sub(
            r"\d{1,2}[:.h]\d\d(?:\s*[ap]\.?m\.?)?|\d", " ", _HAN_TIME.sub(" ", found[1]).replace(_CUT, " ")
        )
        if found
        else ""
    )
    words = re.findall(r"[^\s,;|()•–-]+(?:-[^\s,;|()]+)*,?", rest)
    kept: list[str] = []
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if word.strip(",.").lower() not in _BESIDE or _is_of_name(word, following, kept):
            kept.append(word)
    return " ".join(kept).strip(" ,.")


def _is_of_name(word: str, following: str, kept: list[str]) -> bool:
    """Return whether a small word is part of a place name: "Frankfurt am Main", "Den Haag"."""
    named = following[:1].isupper() and following.strip(",.").lower() not in _BESIDE
    return named and word.lower() in ("am", "den", "le") and (word[0].isupper() or bool(kept))


def _find(text: str) -> tuple[date, str] | None:
    """Return the date, and the text with `_CUT` in its place."""
    text = text[:_LONGEST]
    if persian := _persian(text):
        return persian
    text = _HAN_NUMBER.sub(lambda number: str(_han_number(number[0])), text)
    text = _THAI_ERA.sub("", text)
    text = _ERA_YEAR.sub(lambda era: f"{_ERAS[era[1]] + (1 if era[2] == '元' else int(era[2]))}年", text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            month = match["month"].lower()
            dotted = "dot" in match.re.groupindex and match["dot"]
            number = int(month) if month.isdecimal() else _MONTH_NUMBERS.get(month)
            number = _MONTH_NUMBERS.get(f".{month}", number) if dotted else number
            if number is None:
                continue
            year = int(match["year"])
            if _PERSIAN.match(match["year"]) and year < _PERSIAN_YEARS.stop:
                continue
            if year > _BUDDHIST and _THAI.match(month):
                year -= _BUDDHIST
            try:
                found = date(year, number, int(match["day"]))
            except ValueError:  # 31 February is no date: look on
                continue
            return found, text[: match.start()] + _CUT + text[match.end() :]
    return _in_figures(text, None)


def _persian(text: str) -> tuple[date, str] | None:
    """Return a date in the calendar of Iran: "۹ آذر ۱۴۰۴", "۱۴۰۴/۰۹/۰۹"; the months tell it, or Persian figures."""
    for match in (*_PERSIAN_DATE.finditer(text), *_PERSIAN_FIGURES.finditer(text)):
        month = match["month"]
        number = int(month) if month.isdecimal() else _PERSIAN_MONTHS.index(month) + 1
        found = _from_persian(int(match["year"]), number, int(match["day"]))
        if found:
            return found, text[: match.start()] + _CUT + text[match.end() :]
    return None


def _from_persian(year: int, month: int, day: int) -> date | None:
    """Return the day of a date in the calendar of Iran; None where there is no such day, or the year is far away.

    Six months have 31 days, five 30, the last 29 or 30. Eight of 33 years are leap years; this arithmetic agrees in
    all of these years with the equinox (Heydari-Malayeri, *A concise review of the Iranian calendar*, 2004).
    """
    leap = year % 33 in _PERSIAN_LEAP
    days = 31 if month <= 6 else 30 if month < 12 or leap else 29
    if year not in _PERSIAN_YEARS or not 1 <= month <= 12 or not 1 <= day <= days:
        return None
    leaps = sum(each % 33 in _PERSIAN_LEAP for each in range(_PERSIAN_YEARS.start, year))
    before = 365 * (year - _PERSIAN_YEARS.start) + leaps + 30 * (month - 1) + min(month - 1, 6)
    return _PERSIAN_START + timedelta(days=before + day - 1)


def _han_number(text: str) -> int:
    """Return a number in Han figures: digit by digit ("二〇二四"), or with tens and hundreds ("二十六")."""
    if not {"十", "百"} & set(text):
        return int("".join(str(_HAN_DIGITS[digit]) for digit in text))
    total = digit = 0
    for sign in text:
        if sign in _HAN_DIGITS:
            digit = _HAN_DIGITS[sign]
        else:
            total += (digit or 1) * (100 if sign == "百" else 10)
            digit = 0
    return total + digit


def possible_dates(text: str) -> tuple[date, ...]:
    """Return what the first date in figures in a text may be, with the day first and with the month first.

    "05/12/2027" may be two days; "Wednesday, 05/12/2027", "05/13/2027" and "05/05/2027" are one. None is ().
    """
    found = _IN_FIGURES.search(text)
    if found is None:
        return ()
    first, second, year = int(found["first"]), int(found["second"]), int(found["year"])
    days = dict.fromkeys(filter(None, (_day(year, second, first), _day(year, first, second))))
    if _AMERICAN.search(text):
        days = dict.fromkeys(filter(None, [_day(year, first, second)]))
    if len(days) == 1:
        return tuple(days)
    weekdays = {_WEEKDAYS.get(word.lower()) for word in re.findall(r"[^\W\d_]+", text)}
    return tuple(day for day in days if day.weekday() in weekdays) or tuple(days)


def day_comes_first(texts: Iterable[str]) -> bool | None:
    """Return whether lines of a page write the day before the month; None where they don't show it, or do both."""
    orders: set[bool] = set()
    for text in texts:
        for pattern, order in ((_DAY_FIRST, True), (_MONTH_FIRST, False)):
            orders |= {order for match in pattern.finditer(text) if match["month"].lower() in _MONTH_NUMBERS}
        possible = possible_dates(text)
        if len(possible) == 1 and (found := _IN_FIGURES.search(text)) and found["first"] != found["second"]:
            orders.add(possible[0].day == int(found["first"]))
    return orders.pop() if len(orders) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_figures(text: str, day_first: bool | None) -> tuple[date, str] | None:
    """Return a date in figures, in this order where nothing else proves one, and the text with `_CUT` in its place."""
    possible = possible_dates(text)
    if not possible or (len(possible) > 1 and day_first is None):
        return None
    found = possible[0 if day_first is not False else -1]
    return found, _IN_FIGURES.sub(_CUT, text, count=1)
