"""The date of an event, as official pages write it: "12 Dec. 2024", "December 12, 2024", "2024-12-12"."""

from __future__ import annotations

import re
from datetime import date

from asdelivered.transcripts.rules import word_set

_MONTHS = (
    "january jan januar janvier enero gennaio januari",
    "february feb februar février fevrier febrero febbraio februari",
    "march mar märz maerz mär mars marzo maart mrt",
    "april apr avril avr abril aprile",
    "may mai mayo maggio mei",
    "june jun juni juin junio giugno",
    "july jul juli juillet julio luglio",
    "august aug août aout agosto augustus",
    "september sep sept septembre septiembre settembre",
    "october oct oktober okt octobre octubre ottobre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre decembre diciembre dicembre",
)
"""In the order of the year: English, German, French, Spanish, Italian and Dutch names, long and short."""
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}

_NAME = r"(?P<month>[^\W\d_]{3,10})\.?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_PATTERNS = (
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s{{1,3}}(?:(?:of|de)\s)?{_NAME},?\s{{1,3}}(?:de\s)?{_YEAR}"
    ),
    re.compile(rf"\b{_NAME}\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}{_YEAR}"),
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(rf"(?<![\d.])(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}"),
)
_BESIDE = word_set("last updated update published posted date on at the of gmt cet cest utc est am pm")
"""Words that a line may have beside its date and still be just a date."""


def find_date(text: str) -> date | None:
    """The first date in a text; None where there is none, or only one that no calendar has."""
    found = _find(text)
    return found[0] if found else None


def is_date_line(text: str) -> bool:
    """Tell whether a line is a date and little else: "12 Dec. 2024 -", "Brussels, 12 December 2024"."""
    found = _find(text)
    if found is None:
        return False
    words = re.findall(r"[^\W\d_]+", found[1])
    names = [word for word in words if word.lower() not in _BESIDE]
    return len(names) <= 3 and all(name[0].isupper() for name in names) and not text.endswith((".", "!", "?"))


def _find(text: str) -> tuple[date, str] | None:
    """The date, and the text without it."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            month = match["month"].lower()
            number = int(month) if month.isdecimal() else _MONTH_NUMBERS.get(month)
            if number is None:
                continue
            try:
                found = date(int(match["year"]), number, int(match["day"]))
            except ValueError:  # the 31st of February is not a date: look on
                continue
            return found, text[: match.start()] + " " + text[match.end() :]
    return None
