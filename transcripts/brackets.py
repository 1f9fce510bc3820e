"""What stands in brackets: stage directions, words nobody could hear, and an editor's insertions."""

from __future__ import annotations

import re

from asdelivered.transcripts.languages.rules import word_set
from asdelivered.transcripts.model import TokenKind

BRACKETS = re.compile(r"\[([^\[\]]{0,300})\]|\(([^()]{0,300})\)")
"""One bracket: group 1 is the inside of a square one, group 2 of a round one."""

_INAUDIBLE = word_set(
    "inaudible unintelligible indistinct unclear garbled indecipherable unverständlich akustisch "
    "incompréhensible inintelligible inaudibles ininteligible incomprensibile inudibile onverstaanbaar "
    "inaudível ininteligível imperceptível impercetível niesłyszalne niezrozumiałe niewyraźne nieczytelne"
)
_STAGE = word_set(
    "sitting suspended adjourned resumed division simultanübersetzung übersetzung verdolmetschung traduction "
    "interprétation séance traducción interpretación sesión traduzione seduta vertaling tradução tłumaczenie "
    "posiedzenie posiedzenia początek koniec ridono ride sorride applaudono lacht sitzung dolmetscher applause "
    "applauds laughter laughs laughing laugh chuckles chuckling chuckle cheers cheering music pause pauses "
    "silence ovation crosstalk interruption interruptions interrupts interrupted sic coughs sighs booing boos "
    "jeers video videoclip clip speaks speaking spoke spoken translated translation interpreted whispers whistling "
    "interpretation interpreter off-mic off-mike recess break end gavel sound beep singing sings prayer beifall "
    "applaus lachen heiterkeit gelächter musik zwischenruf zwischenrufe zuruf zurufe unruhe glocke widerspruch "
    "zustimmung pfiffe unterbrechung applaudissements rires sourires exclamations murmures brouhaha musique "
    "protestations huées aplausos risas música rumores protestas silbidos pausa silencio applausi risate risa "
    "musica brusio proteste gelach geroezemoes muziek hilariteit risos aplauso protestos oklaski śmiech śmiechy "
    "wesołość dzwonek gwar muzyka brawa poruszenie"
)
_LANGUAGES = word_set(
    "arabic chinese czech danish dutch english estonian farsi finnish french german greek hebrew hindi "
    "hungarian italian japanese korean latin latvian lithuanian mandarin norwegian polish portuguese romanian "
    "russian spanish swedish turkish ukrainian welsh deutsch englisch französisch russisch ukrainisch anglais "
    "allemand français espagnol italien inglés francés alemán inglese francese tedesco spagnolo engels frans "
    "duits inglês francês alemão angielsku francusku niemiecku rosyjsku ukraińsku"
)
"""In a bracket they say what language somebody speaks: "[in French]"."""
_AROUND = word_set(
    "a an the in of and from by via through with no long light loud brief prolonged sustained as general "
    "scattered some more standing off von bei beim der den im auf mit und lebhafter anhaltender allgemeine "
    "starker großer en sur les du des vifs vives prolongés à aux los las de el al por nei dei dal di tra van "
    "bij het uit da do na z w po wśród długotrwałe rzęsiste huczne"
)
_LONGEST_ASIDE = 6
"""Words. A longer text in round brackets that has a line to itself is somebody speaking."""


def bracket_kind(inside: str, *, square: bool) -> TokenKind:
    """Tell what a bracket holds: SILENT for a stage direction, UNKNOWN for [inaudible], WORD for the rest.

    A stage direction begins or ends with a word such as "applause"; in round brackets, which a speaker's own
    asides have too, it is at most four words long, or begins with a capital.
    """
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", inside.lower())
    if _INAUDIBLE.intersection(words) or (square and not words and re.search(r"\.{3}|…", inside)):
        return TokenKind.UNKNOWN
    content = [word for word in words if word not in _AROUND]
    ends = {content[0], content[-1]} if content else set()
    longest = 12 if square or inside[:1].isupper() else 4
    if _STAGE & ends and len(words) <= longest:
        return TokenKind.SILENT
    if content and set(content) <= _LANGUAGES and (square or inside[:1].isupper()):
        return TokenKind.SILENT
    return TokenKind.WORD


def is_stage_direction(text: str) -> bool:
    """Tell whether words in italics, with brackets or without, are a stage direction: "Applause."."""
    bare = text.strip(" .,;:[]()–—-\t\n")
    return 0 < len(bare.split()) <= 8 and bracket_kind(bare, square=True) is TokenKind.SILENT


def is_note(text: str) -> bool:
    """Tell whether a whole line is a note of the editor's: "(As delivered)", "[Video message]"."""
    bracket = BRACKETS.fullmatch(text.rstrip(".,;:"))
    if bracket is None:
        return False
    square = bracket[1] is not None
    inside = bracket[1] if square else bracket[2]
    kind = bracket_kind(inside, square=square)
    if kind is TokenKind.WORD:
        # "(Zuruf von der SPD: ...)" tells what others called out.
        called = inside[:1].isupper() and re.split(r"\W", inside.lower(), maxsplit=1)[0] in _STAGE
        return square or called or len(inside.split()) <= _LONGEST_ASIDE
    return kind is TokenKind.SILENT
