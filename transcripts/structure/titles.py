"""Words that name people other than by their names, in the languages of Europe: roles, courtesies, functions."""

from __future__ import annotations

import re
from functools import lru_cache

from asdelivered.transcripts.word_lists import read_word_lists

_WORDS = read_word_lists(__file__)
ROLES = _WORDS["roles"]
"""Words of roles. A name has other words beside them."""

PARTS_OF_ROLES = _WORDS["parts_of_roles"]
"""Those of them that are no role alone: "first", "general"."""

PORTFOLIOS = _WORDS["portfolios"]
"""What a role is for, where the language needs no small word before it: "Minister Finansów"."""

COURTESY = _WORDS["courtesies"]
"""Words before a name, in lower case and without their dot."""

ARTICLES = _WORDS["articles"]

JOINING = _WORDS["joining"]
"""Words that a name or a title writes small."""

_FUNCTION = (
    r"questions?|answers?|q|a|comment|intervention|journalist(?:in)?|reporter|moderator(?:in|ka)?|interviewer(?:in)?|"
    r"interviewee|questioner|caller|listener|guest|dispatcher|respondent|attendee|host|presenter|narrator|interpreter|speaker|participant|facilitator|operator|announcer|"
    r"(?:(?:some|several|many|a\s+few|an?|other|all)\s+)?(?:hon(?:ou?rable)?\.?\s+)(?:members?|senators?|deput(?:y|ies)|delegates?)|"
    r"(?:some|several|many|a\s+few|an?|other)\s+(?:members?|senators?|delegates?|deput(?:y|ies)|voices?)|(?:a|the)\s+voice|"
    r"(?:une|des|plusieurs)\s+voix|"
    r"(?:audience|panel|committee)\s+members?|member\s+of\s+the\s+(?:audience|public|press)|panel(?:l)?ist|"
    r"unidentified(?:\s+\w+)?|unknown(?:\s+(?:speaker|voice|male|female))?|several\s+(?:speakers|members|voices)|voice-?overs?|"
    r"(?:a|the)\s+(?:participant|reporter|journalist|questioner)|"
    r"(?:nach)?frage(?:r|rin|steller(?:in)?)?|zuruf|zwischenruf|zusatzfrage|zusatz|antwort|vorsitz(?:ende[rs]?)?|dolmetscher(?:in)?|"
    r"question(?:neur)?|réponse|journaliste|modérat(?:eur|rice)|animat(?:eur|rice)|interprète|intervenant(?:e)?|"
    r"intervenci[óo]n|interviniente|interlocutora?|vo(?:z|ces)(?:\s+(?:hombre|mujer))?|"
    r"pregunta|respuesta|periodista|moderador(?:a)?|intérprete|domanda|risposta|giornalista|moderat(?:ore|rice)|"
    r"vraag|antwoord|journaliste?|gespreksleid(?:er|ster)|tolk|"
    r"fråga|svar|talmannen|spørgsmål|spørsmål|kysymys|vastaus|dotaz|otázka|odpověď|întrebare|răspuns|kérdés|válasz|"
    r"pitanje|odgovor|vprašanje|soru|cevap|вопрос|ответ|питання|відповідь|въпрос|отговор|ερώτηση|απάντηση|"
    r"pergunta|resposta|jornalista|pytanie|odpowiedź|dziennikar(?:z|ka)|prowadząc[ay]|реплика|зал|из\s+зала|голос\s+из\s+зала|журналист(?:ка)?|ведущ(?:ий|ая)|репліка|ведуч(?:ий|а)|deputies|senators|members|staff|crowd|audience|tłumacz(?:ka)?|głos(?:\s+z\s+sali)?"
)
_FIXED = re.compile(
    rf"(?:(?:online|audience|next|first|second|third|last|final|follow-up|press|media|male|female|same)\s+)?(?:{_FUNCTION})"
    r"(?:[\s_]*#?\d{1,3}|\s+[A-Z])?(?:\s+(?:from|by|in|aus|von|de|du|di|da|del|uit|van|z)\s+.{1,80})?"
    r"(?:\s*[\[(][^\[\]()]{1,80}[\])])?",
    re.IGNORECASE,
)
_ASKED_BY = re.compile(r"(?P<what>(?:Zusatz|Nach)?[Ff]rage|Zusatz)(?:\s+[A-ZÄÖÜ][\w'’-]+){1,3}")
"""A question with who asks it, without a word between: "Frage Jordan"."""
_WITHOUT_CASE = _WORDS["functions_without_case"]
PAIRS = ("QA", "FA", "QR", "PR", "DR", "VA", "PO")
"""The first letters of question and answer in several languages."""


@lru_cache(maxsize=4096)
def is_function(text: str) -> bool:
    """Return whether a label names a function at the event: "Moderator", "Question from the audience"."""
    asked = _ASKED_BY.fullmatch(text)
    if text in _WITHOUT_CASE:
        return True
    return text[:1].isupper() and _FIXED.fullmatch(asked["what"] if asked else text) is not None
