"""Set phrases and endings that give a line away: the name of a part of the event, a finished sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from asdelivered.transcripts.word_lists import word_set

_SECTION = re.compile(
    r"q\s?&\s?a(?:\s+session)?|questions?[\s-]+(?:and|&)[\s-]+answers?(?:\s+(?:session|section))?|management\s+discussion(?:\s+section)?|(?:end|conclusion)\s+of\s+(?:the\s+)?(?:transcript|interview|(?:press|news)\s+conference|recording|tape|call)|"
    r"(?:opening|introductory)\s+statements?|eingangsstatements?|déclarations?\s+liminaires?|"
    r"fragen\s+und\s+antworten|questions?\s*(?:/|et|-)\s*réponses?|preguntas\s+y\s+respuestas|domande\s+e\s+risposte|"
    r"vragen\s+en\s+antwoorden|perguntas\s+e\s+respostas|pytania\s+i\s+odpowiedzi|presentation|prepared\s+remarks|opening\s+remarks|"
    r"(?:(?:company|corporate|conference\s+call|call|other)\s+)?participants|executives|analysts",
    re.IGNORECASE,
)
_END = re.compile(
    r"\W*\b(?:END|ENDS|Ends|ENDE|FIN|FINE|EINDE|FIM|KONIEC)\b(?:\s+OF\s+(?:THE\s+)?TRANSCRIPT)?\W*"
    r"(?:\d{1,2}[:.]\d\d\s*(?:[APap]\.?\s?[Mm]\.?)?(?:\s+[A-Z]{2,4})?\W*)?|\#{3,}|-\s?30\s?-|[-–—]*\s?0{3}\s?[-–—]*|[oO]0[oO]|"
    r"[（(]?(?:以\s*上|了|完)[)）]?|[<〈]?끝[>〉]?|이상(?:입니다)?|"
    r"(?:Schluss|Ende|Beginn)(?:\s+der\s+Sitzung)?:?\s+\d{1,2}[.:]\d\d\s+Uhr\W*"
)
"""The end of a transcript, or the times of a sitting."""
_BUTTON = re.compile(
    r"(?:show|read|view|see)\s+(?:more|less|all|full\s+(?:text|transcript))|(?:show|hide|copy|download|view)\s+transcript|search\s+in\s+video|sync\s+to\s+video\s+time",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", "…", ";", ":", ",", "-", "–", "—", *"。！？；：，、।॥؟۔؛،։።၊။")
"""Of the scripts of Europe, then of China and Japan, India, Arabia, Armenia, Ethiopia, Burma."""
_LONG = 6
"""Words. Capitals in a longer line are no sign of a label or a heading."""
_SAMPLE = 500
"""Longer lines that are looked at."""
_BUTTON_BEGINS = tuple("sSrRvVhH")
_LONGEST_BUTTON = 30
"""Characters."""
_MOST_CAPITALS = 0.7
"""A share of the letters of the longer lines. With more, the page is written in capitals."""
_FIRST_LETTERS = word_set(
    "끝 o0o 000 "
    "pre com cor con man "
    "cal oth par exe ana que end fra pre dom vra per pyt ope fin ein fim kon sch beg int déc 以 以上 이상 "
    "이상입"
)
"""The first three letters of both."""


def ends_sentence(text: str) -> bool:
    """Return whether a line ends as a spoken line does: with punctuation, inside quotation marks or not."""
    return text.rstrip("\"'”’»)] 」』）").endswith(_ENDS)


def may_be_section(first: str) -> bool:
    """Return whether `first` can begin a line that names a part of the event, or its end."""
    return not first[0].isalpha() or first[0] in "qQ" or first[:3].lower() in _FIRST_LETTERS


def is_section(text: str) -> bool:
    """Return whether a line only names the part of the event that follows, or its end: "Q&A", "END 2:30 P.M."."""
    return _SECTION.fullmatch(text.rstrip(":")) is not None or _END.fullmatch(text) is not None


def is_button(text: str) -> bool:
    """Return whether a line is the text of a button that a page has beside its text: "Show Full Text"."""
    return text[:1] in _BUTTON_BEGINS and len(text) <= _LONGEST_BUTTON and _BUTTON.fullmatch(text) is not None


def is_in_capitals(lines: Iterable[str]) -> bool:
    """Return whether the longer lines of a page are written in capitals, so that capitals mark nothing."""
    capitals = letters = 0
    for line in islice((line for line in lines if line.count(" ") >= _LONG), _SAMPLE):
        capitals += sum(map(str.isupper, line))
        letters += sum(map(str.islower, line))
    return capitals > _MOST_CAPITALS * (capitals + letters)
