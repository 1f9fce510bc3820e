"""Lines of a record that report the proceedings and are not speech: when the sitting began, that a bill was read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from asdelivered.transcripts.structure.names import looks_like_name
from asdelivered.transcripts.structure.sittings import is_sitting, may_be_sitting
from asdelivered.transcripts.word_lists import read_word_lists

_MOMENT = r"(?:\s+(?:at|a\s+las|alle|às|um|à|om|o\s+godz\.)\s.{1,50})"
_BODY = (
    r"(?:meeting|sitting|session|hearing|house|senate|committee|council|court|proceedings?|conference|briefing|call|event|"
    r"interview)"
)
_WHEN = (
    r"(?!.*\b(?:yesterday|ago|last|today|tonight|said|says|told|because)\b)"
    r"(?:,?\s+(?:accordingly|again|briefly|(?:at|by|until|till|from|for|on|in|to|with|and|pursuant|under|sine|without)\s[^,;!?]{1,60}(?:,\s\d[^,;!?]{2,20}|,\s\d{4}|,\s[^\W\d_]+(?=\W*$))*))*"
)
"""When or how, as a record tells it. Speakers tell of meetings too, but otherwise: "adjourned yesterday, she said"."""
_PROCEDURES = (
    # English
    rf"(?:the\s+)?{_BODY}\s+(?:(?:was|were|is|stands?|then|again)\s+)*(?:called\s+to\s+order|rose|adjourned|suspended|resumed|began|ended|"
    rf"reconvened|recessed|concluded|met|closed)\b{_WHEN}[.]?",
    rf"(?:the\s+)?(?:{_BODY}|assembly|parliament|senedd|seanad|dáil|chamber)\s+(?:met|rose|adjourned|sat)\b{_WHEN}\s*(?:\([^()]{{2,80}}\sin\s+the\s+chair\))?[.]?",
    r"the\s+[^.:;!?]{3,60}\s+met\s+(?:in|at|by)\b(?:[^:;!?]|\d:\d){5,200}\sin\s+the\s+chair[.]?",
    rf"(?:the\s+)?{_BODY}\s+(?:starts|opens|resumes|ends)\s+in\s+(?:open|private|closed)\s+session\b{_WHEN}[.]?",
    r"the\s+[^.:;!?]{3,80}\s+was\s+asked\s*[—–-]+",
    r"the\s+[^.:;!?]{3,60}\s+called\s+the\s+(?:\S+\s){0,4}(?:meeting|session|sitting|hearing|council|board|house|senate)\s+to\s+order"
    r"(?:\s+at\s.{1,30})?\.?",
    r"the\s+[^.:;!?]{3,60}\s+(?:advised|informed|announced)\s+(?:to\s+)?(?:the\s+\S+\s)?(?:that\s+)?a\s+quorum\s+(?:was|is)\s+present\.?",
    r"(?:the|an)\s+(?:opening\s+)?(?:prayers?|invocation)\s+(?:was|were)\s+(?:read|said|offered|given|led)\s+by\s[^.:;!?]{3,60}(?:\.\s?[^.:;!?]{3,40})?\.?",
    r"(?:the\s+)?(?:deputy\s+|acting\s+|m(?:r|s|rs|adam)\.?\s+)?(?:speaker|president|chair)\s+(?:\([^()]{2,60}\)\s+)?took\s+the\s+chair"
    r"(?:\s+at\b.{0,120}|(?:,?\s+and)?(?:\s+(?:read|said|recited)\s+(?:the\s+)?prayers?)?[.]?)",
    r"(?:honourable|opposition|government|several|an\s+honourable|some\s+honourable)\s+(?:members?|senators?)\s+interject(?:ing|ed)\W*",
    r"(?:on|upon)\s+resuming\s*[—–-]+",
    rf"(?:upon|on)\s+(?:commencing|resuming){_MOMENT}|(?:recess|break|luncheon\s+recess)\s+taken{_MOMENT}|"
    rf"whereupon,?\s+(?:at\s.{{1,20}},\s+)?the\s+[^.:;!?]{{3,40}}\s(?:adjourned|concluded|recessed|ended|rose)\b{_WHEN}[.]?",
    r"(?:questioned|examined|cross-examined|re-examined)\s+by\s+m(?:r|s|rs|x)\.?\s+.{2,60}",
    r"(?:oral|rebuttal)\s+argument\s+of\s+.{3,80}|on\s+behalf\s+of\s+(?:the\s+)?(?:petitioner|respondent|appell|plaintiff|defendant|united\s+states|amicus)\S*(?:\s.{0,60})?",
    r"het\s+incident\s+is\s+gesloten\.?|l['’]incident\s+est\s+clos\.?",
    r"at\s+\d.{0,12},?\s+(?:the\s+)?[^;:!?]{3,80}\s+called\s+the\s+(?:session|meeting|sitting|house|senate)\s+to\s+order\.?",
    r"(?:suspension|resumption|adjournment)\s+of\s+(?:the\s+)?(?:session|sitting|meeting|hearing)",
    r"transcription\s+ended\s+after\s.{1,20}|this\s+(?:editable\s+)?transcript\s+(?:was|is)\s+(?:computer|automatically|machine)[\s-]generated\b.{0,110}",
    r"(?:our\s+|these\s+|the\s+)?transcripts\s+(?:are|were|may\s+be)\s+(?:created|generated|produced|provided|made|prepared)\b.{0,130}",
    r"m(?:r|s|rs)\.\s+[^.:;!?]{2,40}\s+asked\s+and\s+was\s+given\s+permission\s+to\b[^:;!?]{3,150}",
    r"several\s+hon\.?\s+members\s+rose\b\W*",
    r"die\s+sitzung\s+(?:wird|wurde)\b.{1,80}\s(?:eröffnet|geschlossen|unterbrochen|wieder\s+eröffnet)\.?",
    r"the\s+agenda\s+was\s+adopted\.?|there\s+was\s+no\s+objection\.?|a\s+vote\s+was\s+taken\s+by\s+.{3,60}|interruptions?\.?",
    r"(?:main\s+)?question\s+(?:accordingly\s+|again\s+)?(?:proposed|put|agreed\s+to|negatived)\b.{0,60}",
    r"(?:amendments?|new\s+clauses?|motions?|bills?)\b.{0,40}\b(?:accordingly\s+)?(?:read\s+(?:a|the)\s+\w+\s+time|agreed\s+to|negatived|"
    r"by\s+leave,\s+withdrawn)\b.{0,60}",
    r"columns?\s?:?\s+\d+\w*",
    r"(?:(?:further|re)[\s-]?)*(?:direct|cross|redirect|recross)[\s-]?examination\b.{0,60}",
    r"(?:further\s+)?questions\s+(?:from|by)\s+(?:(?:lead|junior)\s+)?(?:counsel|the\s+(?:chair|panel|inquiry)|m(?:r|s|rs|x)\b)[^!?;:]{0,60}(?<![.,])",
    r"(?:called\s+as\s+a\s+witness|having\s+been\s+(?:first\s+)?duly\s+sworn)\b.{0,90}",
    r"page\s+\d{1,4}(?:\s+of\s+\d{1,4})?",
    r"by\s+m(?:r|s|rs|x)\.\s+[^\W\d_][\w'’-]*:?",
    r"(?:jump|skip)\s+to\s+(?:the\s+)?(?:(?:main\s+)?(?:content|navigation)|transcript|questions)\b.{0,60}",
    r"(?:this|the)\s+(?:interview|conversation|transcript|text)\s+(?:was|has\s+been)\s+(?:lightly\s+)?(?:conducted|edited|translated|"
    r"condensed|transcribed|prepared)\b.{0,80}",
    r"transcript\s+of\s+the\s+questions\s+(?:asked\s+)?and\s+(?:the\s+)?answers\b.{0,120}",
    r"vorsitzende[rn]?\s+\S+\s+eröffnet\s+die\s+\S*pressekonferenz\b.{0,110}",
    r"this\s+is\s+an?\s+(?:rush|unedited|uncorrected|preliminary|draft)\s+transcript\b.{0,90}",
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
    rf"se\s+(?:abre|abrió|levanta|levantó|suspende|suspendió|reanuda|reanudó)\s+la\s+sesión{_MOMENT}",
    r"hablan\s+(?:a\s+la\s+vez\s+)?(?:varios|varias|algunos)\s+[^.:;!?]{3,60}\.?",
    rf"(?:la\s+seduta|la\s+riunione)\s+(?:inizia|comincia|termina|è\s+(?:aperta|tolta|sospesa)){_MOMENT}",
    r"eram\s+\d+\s+horas\b.{0,40}",
)
_PROCEDURE = re.compile("|".join(_PROCEDURES), re.IGNORECASE)
_WORDS = read_word_lists(__file__)
_FIRST_WORDS = _WORDS["first_words"]
_SECOND_WORDS = _FIRST_WORDS | _WORDS["second_words"]
"""The words after "the" and "this"."""
_HELD = re.compile(
    r"(?:午前|午後)[\d〇零一二三四五六七八九十]{1,4}時(?:[\d〇零一二三四五六七八九十]{1,4}分|半)?\s?"
    r"(?:開議|開会|散会|休憩|再開|閉会|延会)"
)
"""When a sitting in Japan began or ended."""
_COLUMN = re.compile(r"\d{1,2}\s[^\W\d_]+\s\d{4}\s?:\s(?:column|col\.)\s\d+\w*", re.IGNORECASE)
"""A column of the printed record, with its date: "19 July 2027 : Column 785"."""
_WITNESS = re.compile(r"[^.:;!?()]{3,60}\s\((?:affirmed|sworn|recalled|resumed|continued)\)", re.IGNORECASE)
"""Whom a court hears: "MS ANNA REED (affirmed)"."""
_SWORN = re.compile(
    r"[^.:;!?]{3,60},\s.{0,80}\b(?:having\s+been|being|was|were)\s+(?:first\s+)?(?:duly\s+)?sworn\b.{0,120}",
    re.IGNORECASE,
)
"""Whom a court hears, in a sentence: "OLGA FINN, having been first duly sworn, testified as follows:"."""
_LONGEST = 240
_LEADER = re.compile(r"(?:\.\s?){5,}|(?:\s\.){3,}|\t\s*|…{3,}")
_PAGES = re.compile(
    r"(?:(?:pp?|pages?|pág|seiten?|s|str)\.?\s*)?(?:\d{1,5}|[ivxlc]{1,7}|[IVXLC]{1,7})(?:\s?[A-D])?"
    r"(?:\s?[,;/–-]\s?\d{1,5}(?:\s?[A-D])?)*",
    re.IGNORECASE,
)
"""What a table of contents has after its dots."""
_FEWEST_DOTS = 8
"""Between two names."""
_MOST_NAMES = 6
"""Words on each side of the dots in a list of names: "Algeria ........ Mr. Bendjama"."""
_CONTACTS = re.compile(
    r"(?:press|media)\s+(?:contacts?|office|enquiries|inquiries)|contacts?(?:\s+(?:us|information|details))?|"
    r"(?:for\s+)?(?:more|further)\s+information|notes?\s+(?:to|for)\s+editors|"
    r"related\s+(?:content|links|news|documents?|articles?|topics?|information|pages?|speeches|media)|see\s+also|read\s+more|"
    r"(?:copyright\s+)?(?:©|\(c\))\s?\d{4}\b.*|copyright\s+(?:©\s*)?\d{4}\b.*|fotos?|videos?|photos?|galler(?:y|ia)|galerie|bildergalerie|mediathek|disclaimer(?:\s*:.*)?|tags?|topics?|keywords?|schlagworte|mots[\s-]clés|etiquetas|thèmes|share(?:\s+this(?:\s+\w+)?)?|about\s+the\s+author|press(?:e)?kontakte?|kontakty?|pressestelle|mehr\s+zum\s+thema|"
    r"contacts?\s+presse|(?:à\s+lire\s+)?aussi|en\s+savoir\s+plus|contactos?(?:\s+de\s+prensa)?|más\s+información|"
    r"contatti(?:\s+stampa)?|(?:pers)?contact(?:en)?|meer\s+informatie|mais\s+informações|kontakt\s+dla\s+mediów|zobacz\s+także",
    re.IGNORECASE,
)


def is_procedure(text: str) -> bool:
    """Return whether a line only reports what happened: "The meeting rose at 1 p.m.", "Question put and agreed to."."""
    if len(text) > _LONGEST or not text.strip():
        return False
    if text.endswith(")") and _WITNESS.fullmatch(text):
        return True
    if text[0] == "午" and _HELD.fullmatch(text):
        return True
    if "sworn" in text and _SWORN.fullmatch(text):
        return True
    if is_sitting(text) or (text[0].isdecimal() and _COLUMN.fullmatch(text)):
        return True
    first, *more = text[:40].split(None, 2)
    return may_be_procedure(first, more[0] if more else "") and _PROCEDURE.fullmatch(text) is not None


def may_be_procedure(first: str, second: str) -> bool:
    """Return whether a line that only reports what happened may begin with these two words."""
    if may_be_sitting(first, second):
        return True
    word = first.lower().rstrip(".!")
    if word[:1] == "午" or (word in ("our", "these") and second == "transcripts"):
        return True
    return (
        second.lower().rstrip(".!") in _SECOND_WORDS
        if word in ("the", "this", "die")
        else word in _FIRST_WORDS
    )


def has_leader(text: str) -> bool:
    """Return whether dots lead from one part of a line to another, as in a table of contents.

    Dots within a sentence are a pause: "Well ..... I think we will". A page or a name comes after those that lead.
    """
    leaders = list(_LEADER.finditer(text.rstrip(". …")))
    if not leaders:
        return False
    before, after = text[: leaders[0].start()].strip(" :"), text[leaders[-1].end() :].strip()
    if _PAGES.fullmatch(after):
        return True
    if not _is_long(leaders):
        return False
    names = (before.rpartition(":")[2].strip(), after.strip("()"))
    return all(len(name.split()) <= _MOST_NAMES and looks_like_name(name) for name in names)


def has_long_leader(text: str) -> bool:
    """Return whether `has_leader` holds and the dots are so many that they are no pause, after a label either."""
    return has_leader(text) and _is_long(list(_LEADER.finditer(text)))


def _is_long(leaders: Sequence[re.Match[str]]) -> bool:
    return sum(leader[0].count(".") + 3 * leader[0].count("…") for leader in leaders) >= _FEWEST_DOTS


def begins_contacts(text: str) -> bool:
    """Return whether a line is the heading of what comes below a text: "Press contacts", "Related content"."""
    return _CONTACTS.fullmatch(text.rstrip(" :")) is not None
