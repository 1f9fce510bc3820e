"""The shapes of labels that share their line with speech: "Name: text", "MR. SMITH. text", "Q  text"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Label:
    """Who speaks from here on, or None where nobody knows.

    `length` is how many characters of the line it takes, up to where speech begins.
    """

    speaker: str | None
    length: int
    sure: bool = True
    """The page leaves no doubt that it is a label."""


MOST_ALIKE = 2 / 3
"""A share of the sure labels of a page. What as many have in common, such as capitals, is a sign of its labels."""
COLONS = ":："
CIRCLES = "○◯〇●◎"
TIME = (
    r"(?:\#(?:\d{1,2}:){1,2}\d\d(?:[-.,]\d{1,3})?\#|[\[(]?(?:\d{1,3}:)?\d{1,2}:\d\d(?:[.,;]\d{1,3})?[\])]?)"
)
"""A time in the recording; researchers' programs put it between number signs."""
CLOCK = r"\d{1,2}[.:]\d\d\s?[apAP]\.?\s?[mM]\.?"
"""A time of day between a name and its colon, as Ghana's parliament has it: "Mr Hale 10.25 a.m.: ..."."""
_BEFORE = (
    rf"\s*(?:\d{{1,2}}\s{{2,}}(?=\D))?(?:>>+\s*)?(?:{TIME}\s*+[-–]?\s*+(?:>>+\s*)?)?"
    r"(?:Anf\.\s\d{1,4}\s+|\d{1,3}\.\d{1,3}\.?\s+(?=[^\W\d_])|Q\d{1,3}[.)]?\s+(?=\S)|\d{1,4}[.)]\s+(?=[^\W\d_])|ti\s:\s+(?=\S))?"
)
TAG = "ti : "
"""What stands before the first name in interviews of the French government's archive."""
_LABEL = rf"(?P<label>[^\W\d_][^{COLONS}\n]{{0,110}}?)"
AROUND = re.compile(
    rf"{_BEFORE}(?P<open>[\[<]{{1,2}})?{_LABEL}(?:(?:\s+[|•·–-])?\s*{TIME})?\s*+(?P<colon>[{COLONS}])?\s*+(?(open)[\]>]{{1,2}}\s*+[{COLONS}]?)(?:\s*+{TIME})?\s*+"
)
"""A label on a line of its own, and what may be around it: its number, the time, ">>", brackets, a colon."""


_TITLES = (
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "M",
    "Mme",
    "Un député",
    "Une députée",
    "Plusieurs députés",
    "Chairman",
    "Chairwoman",
    "Chair",
    "Senator",
    "Representative",
    "Secretary",
    "Ambassador",
    "Admiral",
    "General",
    "Judge",
    "Justice",
    "Governor",
    "Director",
    "Commissioner",
)
"""Titles before a name that is not in capitals, in the records of parliaments."""


class Shape(Enum):
    """How a label is set apart from speech; each value is the pattern of a row that begins so."""

    COLON = re.compile(
        rf"{_BEFORE}(?P<open>\[)?(?P<label>[^\W\d_](?:[^{COLONS}(\n]|\([^()\n]{{1,40}}\)|\((?![^()\n]{{1,40}}\))){{0,110}}?)(?(open)\]?)"
        rf"(?:\s*{TIME}|\s+{CLOCK})?\s*(?::\]?(?=\s)|：\]?)\s*(?=\S)"
    )
    """Name: text"""
    DASH = re.compile(
        rf"{_BEFORE}(?P<label>[^\W\d_](?:[^{COLONS}()\n]|\([^()\n]{{1,80}}\)){{0,110}}?)(?:\.\s?[-–—]{{1,2}}\s*|\s[-–—]{{1,2}}\s+)(?=\S)"
    )
    """P.- text, M. Macron. – text, O SR. PRESIDENTE (Ana Reis. PSD - MG) - text"""
    STOP = re.compile(
        r"\s*(?P<label>(?:(?:Mr|Mrs|Ms|Dr|M|Mme|Sr|Sra|Hr|Fr|The|Le|La|El|Il|Gen|Sen|Rep)\b\.?\s+|M[rR]S?\.\s+|MS\.\s+)?"
        r"(?:[^\W\d_a-z](?:[^\W\d_a-z]|['’-])+|of|de|von)(?:\s+(?:[^\W\d_a-z](?:[^\W\d_a-z]|['’-])+|of|de|von|pro\s+tempore|[A-Z][a-z]+)){0,5}"
        r"(?:\s*\([^()]{1,60}\))?(?:,\s[^.:;!?\n]{3,90})?)\.\s+(?=[^\W\d_a-z\s]|[“\"«¿¡\[($€£])"
    )
    """Mr. SMITH. text"""
    TITLED = re.compile(
        rf"\s*(?P<label>(?:(?:{'|'.join(_TITLES)})\.?\s+[^\W\d_a-z][\w'’-]+(?:\s+[^\W\d_a-z][\w'’-]+){{0,2}}|"
        r"The\s+(?:[A-Z][a-z]+\s+){0,2}(?:President|Speaker|Chair(?:man|woman|person)?)|Председательствующ(?:ий|ая)|Головуюч(?:ий|а)|Из\s+зала|С\s+места|Sēdes\s+vadītāj(?:a|s)|"
        r"(?:M\.|Mme)\s+l(?:e\s|a\s|['’])[\w-]+(?:\s[\w-]+){0,3}|(?:Une?\sdéputée?|Plusieurs\sdéputés)\b[^.:!?\n]{0,40})"
        r"(?:,\s[^\W\d_A-Z][^.:;!?\n]{3,90})?)\.\s+(?=[^\W\d_a-z\s]|[“\"«(\[])"
    )
    """Mr. Smith. text, Mme la présidente. text"""
    LETTER = re.compile(
        r"\s*(?:\d{1,2}\s{2,})?(?P<label>[A-Z])(?:\d{1,3})?(?:[.:)]\s+|\.?\s?[-–—]{1,2}\s*|[\t\u00a0\u2003]+\s*|\s{2,}|(?<=Q)\s)(?=\S)"
    )
    """Q  text"""
    TAB = re.compile(r"\s*(?P<label>[A-Z]{2,5})\t+\s*(?=\S)")
    """TAG<tab>text: the letters of a name, and a tab"""
    CHANGE = re.compile(rf"\s*(?:{TIME}\s*)?>>+\s*(?P<label>)(?=\S)")
    """>> text: another speaker, without a name"""
    CIRCLE = re.compile(
        rf"\s*[{CIRCLES}](?P<label>[^\W\d_][^\s。、{COLONS}（）()]{{0,20}}(?:\s[가-힣]{{2,4}}(?=\s))?"
        r"(?:[（(][^（）()\n]{1,20}[）)])?)\s+(?=\S)"
    )
    """○Name text, as the records of Japan's and Korea's parliaments have it"""
    INITIALS = re.compile(
        r"\s*(?P<label>[^\W\d_a-zà-ÿ][\w'’-]+\s[^\W\d_a-zà-ÿ]\.\s?[^\W\d_a-zà-ÿ]\.(?:,\s[^.:;!?\n]{3,90}\.)?)\s+"
        r"(?=[^\W\d_a-zà-ÿ\s]|[«„“\"(])"
    )
    """Рид А. М., фракция. Text: a family name, initials, and an office"""
    INITIAL_FIRST = re.compile(
        r"\s*(?P<label>(?:[^\W\d_a-zà-ÿ]\.\s?){1,2}[^\W\d_a-zà-ÿ][\w'’-]+(?:\s\([^()]{1,60}\))?)\.\s+"
        r"(?=[^\W\d_a-zà-ÿ\s]|[«„“\"(])"
    )
    """A. Rīda (ZZS). Text, as the parliaments of Latvia and Lithuania have it"""
    BRACKET = re.compile(
        r"\s*(?:（(?=[^（）\n]{1,20}）)|【(?=[^【】\n]{1,20}】)|\[(?=[^\[\]\n]{1,20}\]\s)|<?[<〈＜](?=[^<>〈〉＜＞\n]{1,90}[>〉＞]))"
        r"(?:[QA]\s[-–—]\s)?(?P<label>[^\W\d_][^（）【】<>〈〉＜＞\[\]\n]{0,89})[）】\]>〉＞]>?\s*[：:]?\s*(?=\S)"
    )
    """（問）text, <질문> text, <Q - Ann Hill - Bank>: text"""
    HALF = re.compile(r"\s*(?P<label>[^\W\d_a-zà-ÿ][^\s（）()。、\n]{0,5})）\s*(?=\S)")
    """問）text, as ministries of Japan write it"""
    TIMED = re.compile(
        r"\s*(?P<label>[^\W\d_][^:()\[\]\n]{0,60}?)\s*[\[(](?:\d{1,3}:)?\d{1,2}:\d\d[\])]\s+(?=\S)"
    )
    """Name (00:01:10) text"""
    CLOCK = re.compile(r"\s*(?:\d\d\s){3}\d\d\s{1,8}(?P<label>[A-Z][A-Z\d/() -]{0,14}?)\s{2,}(?=\S)")
    """04 13 01 17  CDR  text: days, hours, minutes and seconds of a flight, and who is on the air"""
    COLUMNS = re.compile(
        rf"\s*{TIME}(?:\t|\s{{2}})\s*+(?P<label>[^\W\d_][\w./-]{{0,14}}(?:\s[\w./-]{{1,14}}){{0,2}})(?:\t|\s{{2}})\s*+(?=\S)"
    )
    """14:02:11  HOT-1  text: a time, who is heard, and what, in columns"""
    BOLD = re.compile(r"(?!)")
    """Name in bold print, text"""
    ITALIC = re.compile(r"(?!)\s")
    """Name in italics. text"""


@dataclass(frozen=True)
class InlineLabel:
    """What may be a label that shares its row with speech."""

    row: int
    name: str
    length: int
    """Characters up to where speech begins."""
    shape: Shape
    marked: bool
    """It is in bold print, or after a time, or after the mark of another speaker."""
    small: bool
    """What follows it goes on in small letters, as a sentence does after its colon."""
    mark: str
    """What stands between the name and the speech, without blanks: ".-"."""


_NUMBERED = re.compile(r"\s*\d{1,2}\s{2,}(?=\D)")
_LONGEST_LETTERS = 12
"""Characters, within which the tab after the letters of a name stands."""
_LONGEST = 160
"""Characters from the start of a row. A label ends within them."""
_BEFORE_NAMES = (
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Mme",
    "Sr",
    "Hr",
    "Fr",
    "The ",
    "Le ",
    "La ",
    "El ",
    "Il ",
    "Gen",
    "Sen",
    "Rep",
)
"""Beginnings of `Shape.STOP` other than capitals."""
_INITIALS = re.compile(r"\s[^\W\d_a-zà-ÿ]\.\s?[^\W\d_a-zà-ÿ]\.")
_LONGEST_NAME = 40
"""Characters from the start of a row, within which the initials after a name stand."""
_OPENING = tuple("（【[<〈＜")
_DASHED = re.compile(r"(?:\.\s?|\s)[-–—]")
_TIME_AND_GAP = re.compile(rf"\s*{TIME}(?:\t|\s{{2}})")
_SIGNS = re.compile(r"[:：\t\-–—]")
_TITLED = (*_TITLES, "The ", "Пре", "Гол", "Из ", "С ", "Sēd")
_STARTS = (*_BEFORE_NAMES, *_TITLED, *_OPENING)
_FIRSTS = frozenset(start[0] for start in _STARTS)


def has_sign_of_label(text: str) -> bool:
    """Return whether a row may begin with a label other than one in bold print; most rows are plain sentences."""
    if not text[1:2].islower() or _SIGNS.search(text):
        return True
    start = text.lstrip()
    if start[:1] in _FIRSTS and start.startswith(_STARTS):
        return True
    return not text.isascii() and _INITIALS.search(text, 0, _LONGEST_NAME) is not None


def likely_shapes(text: str) -> Iterator[Shape]:
    """Yield the shapes that a row shows signs of. Most rows show none, so no pattern is tried."""
    if text.find(":", 0, _LONGEST) >= 0 or text.find("：", 0, _LONGEST) >= 0:
        yield Shape.COLON
    if text.find("\t", 0, _LONGEST_LETTERS) >= 0:
        yield Shape.TAB
    start = _NUMBERED.sub("", text[:40]).lstrip()
    if start[:1].isupper() and not start[1:2].isalpha():
        yield Shape.LETTER
    if _DASHED.search(text, 0, _LONGEST):
        yield Shape.DASH
    if (text.find(".", 0, _LONGEST) >= 0 and not start[1:2].islower()) or start.startswith(_BEFORE_NAMES):
        yield Shape.STOP
    if start.startswith(_TITLED):
        yield Shape.TITLED
    if start[1:2] == ".":
        yield Shape.INITIAL_FIRST
    if _INITIALS.search(text, 0, _LONGEST_NAME):
        yield Shape.INITIALS
    if start.startswith(tuple(CIRCLES)):
        yield Shape.CIRCLE
    if start.startswith(_OPENING):
        yield Shape.BRACKET
    if "）" in text[:8] and not start.startswith(_OPENING):
        yield Shape.HALF
    if ":" in text[:_LONGEST] and ("(" in text or "[" in text):
        yield Shape.TIMED
    if start[:2].isdecimal():
        yield Shape.CLOCK
    if _TIME_AND_GAP.match(text):
        yield Shape.COLUMNS
    if ">>" in text[: _LONGEST_LETTERS + 4]:
        yield Shape.CHANGE
