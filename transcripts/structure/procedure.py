"""Lines of a record that report the proceedings and are not speech: when the sitting began, that a bill was read."""

from __future__ import annotations

import re

from asdelivered.transcripts.word_lists import read_word_lists

_MOMENT = r"(?:\s+(?:at|a\s+las|alle|às|um|à|om|o\s+godz\.)\s.{1,50})"
_BODY = (
    r"(?:meeting|sitting|session|hearing|house|senate|committee|council|court|proceedings?|conference|briefing|call|event|"
    r"interview)"
)
_PROCEDURES = (
    # English
    rf"(?:the\s+)?{_BODY}\s+(?:(?:was|were|is|stands?|then|again)\s+)*(?:called\s+to\s+order|rose|adjourned|suspended|resumed|began|ended|"
    rf"reconvened|recessed|concluded|met|closed)\b.{{0,60}}",
    r"the\s+agenda\s+was\s+adopted\.?",
    r"(?:main\s+)?question\s+(?:accordingly\s+|again\s+)?(?:proposed|put|agreed\s+to|negatived)\b.{0,60}",
    r"(?:amendments?|new\s+clauses?|motions?|bills?)\b.{0,40}\b(?:accordingly\s+)?(?:read\s+(?:a|the)\s+\w+\s+time|agreed\s+to|negatived|"
    r"by\s+leave,\s+withdrawn)\b.{0,60}",
    r"columns?\s+\d+\w*",
    r"(?:(?:further|re)[\s-]?)*(?:direct|cross|redirect|recross)[\s-]?examination\b.{0,60}",
    r"(?:called\s+as\s+a\s+witness|having\s+been\s+(?:first\s+)?duly\s+sworn)\b.{0,90}",
    r"page\s+\d{1,4}(?:\s+of\s+\d{1,4})?",
    r"by\s+m(?:r|s|rs|x)\.\s+[^\W\d_][\w'’-]*:?",
    r"(?:jump|skip)\s+to\s+(?:the\s+)?(?:(?:main\s+)?(?:content|navigation)|transcript|questions)\b.{0,60}",
    r"(?:this|the)\s+(?:interview|conversation|transcript|text)\s+(?:was|has\s+been)\s+(?:lightly\s+)?(?:conducted|edited|translated|"
    r"condensed|transcribed|prepared)\b.{0,80}",
    r"transcri(?:bed|pt|ption)\s+(?:by|from)\s.{1,60}",
    r"(?:aanvang|sluiting)\s+\d.{1,20}",
    r"(?:aplausos|risos|protestos|vozes)\s+(?:d[oae]s?|gerais)\b.{0,80}",
    r"(?:applause|laughter|beifall|applaudissements|aplausos|risos|applausi|applaus|oklaski|gelächter|heiterkeit)[.!]?",
    r"check\s+against\s+delivery[.!]?",
    # German, French, Spanish, Italian, Portuguese
    r"das\s+(?:interview|gespräch)\s+führten?\b.{0,60}",
    r"(?:propos\s+recueillis|entretien\s+réalisé|entrevista\s+realizada|intervista\s+(?:di|a\s+cura\s+di))\b.{0,60}",
    r"es\s+gilt\s+das\s+gesprochene\s+wort[.!]?",
    r"seul\s+le\s+(?:texte\s+)?prononcé\s+fait\s+foi[.!]?",
    rf"(?:la\s+)?séance\s+est\s+(?:ouverte|levée|suspendue|reprise){_MOMENT}",
    rf"se\s+(?:abre|levanta|suspende|reanuda)\s+la\s+sesión{_MOMENT}",
    rf"(?:la\s+seduta|la\s+riunione)\s+(?:inizia|comincia|termina|è\s+(?:aperta|tolta|sospesa)){_MOMENT}",
    r"eram\s+\d+\s+horas\b.{0,40}",
)
_PROCEDURE = re.compile("|".join(_PROCEDURES), re.IGNORECASE)
_WORDS = read_word_lists(__file__)
_FIRST_WORDS = _WORDS["first_words"]
_SECOND_WORDS = _FIRST_WORDS | {"agenda", "conversation", "text"}
"""The words after "the" and "this"."""
_LONGEST = 120
_LEADER = re.compile(r"(?:\.\s?){5,}|…{3,}")
_CONTACTS = re.compile(
    r"(?:press|media)\s+(?:contacts?|office|enquiries|inquiries)|contacts?(?:\s+(?:us|information|details))?|"
    r"(?:for\s+)?(?:more|further)\s+information|notes?\s+(?:to|for)\s+editors|"
    r"related\s+(?:content|links|news|documents?|articles?|topics?|information|pages?|speeches|media)|see\s+also|read\s+more|"
    r"tags?|topics?|keywords?|schlagworte|mots[\s-]clés|etiquetas|thèmes|share(?:\s+this(?:\s+\w+)?)?|about\s+the\s+author|press(?:e)?kontakte?|kontakty?|pressestelle|mehr\s+zum\s+thema|"
    r"contacts?\s+presse|(?:à\s+lire\s+)?aussi|en\s+savoir\s+plus|contactos?(?:\s+de\s+prensa)?|más\s+información|"
    r"contatti(?:\s+stampa)?|(?:pers)?contact(?:en)?|meer\s+informatie|mais\s+informações|kontakt\s+dla\s+mediów|zobacz\s+także",
    re.IGNORECASE,
)


def is_procedure(text: str) -> bool:
    """Return whether a line only reports what happened: "The meeting rose at 1 p.m.", "Question put and agreed to."."""
    if len(text) > _LONGEST or not text.strip():
        return False
    first, *more = text[:40].split(None, 2)
    return may_be_procedure(first, more[0] if more else "") and _PROCEDURE.fullmatch(text) is not None


def may_be_procedure(first: str, second: str) -> bool:
    """Return whether a line that only reports what happened may begin with these two words."""
    word = first.lower().rstrip(".!")
    return second.lower().rstrip(".!") in _SECOND_WORDS if word in ("the", "this") else word in _FIRST_WORDS


def has_leader(text: str) -> bool:
    """Return whether dots lead from one part of a line to another, as in a table of contents."""
    return _LEADER.search(text.rstrip(". …")) is not None


def begins_contacts(text: str) -> bool:
    """Return whether a line is the heading of what comes below a text: "Press contacts", "Related content"."""
    return _CONTACTS.fullmatch(text.rstrip(" :")) is not None
