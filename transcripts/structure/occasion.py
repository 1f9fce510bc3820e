"""What the heading of a page says about its event: who speaks where, and whether the text is as delivered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from asdelivered.transcripts.model import Delivery
from asdelivered.transcripts.structure.dates import before_date, find_date, is_date_line, without_date
from asdelivered.transcripts.structure.names import has_role, is_role_only, looks_like_name, name_words
from asdelivered.transcripts.structure.participants import is_participant, lists_people
from asdelivered.transcripts.structure.phrases import ends_sentence, is_section
from asdelivered.transcripts.structure.procedure import is_procedure
from asdelivered.transcripts.structure.titles import JOINING

_KIND = (
    r"(?:speech|remarks|statements?|address|keynote|press\s+(?:conference|briefing|point|statement|gaggle|availability)|"
    r"briefing|doorstep|interview|lecture|intervention|video\s+message|message|conversation|discussion|fireside\s+chat|"
    r"toast|testimony|homily|podcast|webinar|panel\s+discussion|"
    r"rede|ansprache|pressekonferenz|pressestatements?|presseunterrichtung|mitschrift|erklärung|grußwort|"
    r"discours|allocution|déclaration|conférence\s+de\s+presse|point\s+de\s+presse|entretien|"
    r"discurso|conferencia\s+de\s+prensa|rueda\s+de\s+prensa|comparecencia|declaración|intervención|palabras|"
    r"discorso|intervento|dichiarazioni|conferenza\s+stampa|omelia|"
    r"toespraak|persconferentie|verklaring|intervenção|declaração|conferência\s+de\s+imprensa|mensagem|"
    r"przemówienie|wystąpienie|oświadczenie|konferencja\s+prasowa|wypowiedź|orędzie)"
)
_BY = (
    r"(?-i:[Bb]y|of|from|with|von|vom|der|des|mit|par|du|de|da|del|della|dell|di|do|door|van|met|con|com|z|przez|DE|DI|DEL|"
    r"VON|DES|DU|BY)"
)
_OCCASION = re.compile(
    rf"(?:[^\W\d_][\w'’-]*\s+){{0,5}}?{_KIND}\b(?:\s+(?!(?:at|on|during|before|after)\s)[\w'’&,-]+){{0,6}}?\s+{_BY}\s+"
    r"(?:(?:the|his|her|der|des|la|le|il|el|de|o|a)\s+|l['’])?(?P<who>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_POLISH = re.compile(rf"{_KIND}\s+(?P<who>[^\W\d_].*)", re.IGNORECASE | re.DOTALL)
"""Polish needs no word for "by"."""
_OFFICE = re.compile(
    rf"(?:[^\W\d_][\w'’-]*\s+){{0,2}}?{_KIND}\s+(?P<who>[^\W\d_][\w-]+\s+\S.*)", re.IGNORECASE | re.DOTALL
)
"""Nor does an office right before the name: "Inleidend statement minister-president De Wit"."""
_POSSESSIVE = re.compile(
    rf"(?P<who>\S.{{2,120}}?)['’]s?\s+(?:[\w-]+\s+){{0,3}}?{_KIND}\b.*", re.IGNORECASE | re.DOTALL
)
_DELIVERS = re.compile(
    rf"(?P<who>[^\W\d_].{{2,80}}?)\s+(?:delivers?|gives?|makes?|holds?)\s+(?:[\w-]+\s+){{0,3}}?{_KIND}\b.*",
    re.IGNORECASE | re.DOTALL,
)
_KIND_ALONE = re.compile(rf"(?:[^\W\d_][\w'’-]*\s+){{0,3}}?{_KIND}s?", re.IGNORECASE)
_KIND_FIRST = re.compile(rf"(?:{_KIND}|to|at|on|for|in|about)\b", re.IGNORECASE)
_ENDS_WITH_KIND = re.compile(rf"\b{_KIND}$", re.IGNORECASE)
_NAMES_EVENT = re.compile(rf"(?:[^\W\d_][\w'’-]*\s+){{0,3}}?(?:[^\W\d_]+)??{_KIND}\b", re.IGNORECASE)
_INTRODUCTION = re.compile(
    r"(?:the\s+following|(?:here|below)\s+is|this)\s.{0,40}?\b(?:transcript|record|text)\s+of\s+(?P<what>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_TRANSCRIPT_IS = re.compile(
    r"(?:this|here|the\s+following|(?:what\s+follows|below))\s+is\s+(?:a|an|the|our)\s+(?:[\w-]+\s+){0,4}transcript(?:ion)?\s+(?:of|for|from)\s+\S.*",
    re.IGNORECASE | re.DOTALL,
)
_BELOW = re.compile(
    r".*\b(?:remarks|speech|statement|transcript|text|interview)\b.{0,30}\b(?:below|follows?)[.:]?|"
    r"following\s+(?:is|are)\s.*\b(?:remarks|speech|statement|transcript|text|interview|message|address)\b.*:",
    re.IGNORECASE | re.DOTALL,
)
_OFFICES = re.compile(
    r"(?:press\s+)?(?:office|bureau|department|ministry|secretariat)\s+(?:of|for)\b|"
    r"presse(?:-\s+und\s+informations)?(?:amt|stelle)\b|bundeskanzleramt\b|service\s+de\s+presse\b|"
    r"(?:bundes)?ministerium\b|ministère\s+d|ministerio\s+de|ministero\s+d|ministerie\s+van|ministerstwo\b|"
    r"(?:oficina|gabinete)\s+de|ufficio\s+stampa\b|rijksvoorlichtingsdienst\b|kancelaria\b",
    re.IGNORECASE,
)
"""Offices that publish a text and don't speak it."""
_TRANSCRIPT_OF = re.compile(
    r"(?:transcript|letterlijke\s+tekst|wortlaut|mitschrift|transcripción|trascrizione|transcrição|transcription)\s+"
    r"(?:(?:of|van|de|der|della|da)\s+)?(?:(?:the|la|de|der|il|a)\s+)?(?P<what>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A title such as "Transcript of Chair Reed's Press Conference"."""
_LONGEST_OFFICE = 6
"""Words of an office and a name."""
_LONGEST_INTRODUCTION = 60
"""Words."""
_BY_LINE = re.compile(
    r"(?:by|By|with|von|par|por|di|door|przez)\s+(?:(?:the|der|dem|la|le)\s+)?(?P<who>[^\W\d_].*)", re.DOTALL
)
_DATA = re.compile(
    r"(?:date|time|venue|location|place|event|occasion|title|speakers?|topic|language|source|url|duration|author|"
    r"interview(?:ee|er)?|guests?|programme|show|episode|transmission|broadcast|aired|recorded|witness|sessão|published|last\s+updated|updated|posted|participants?|panell?ists?|present|members\s+present|in\s+attendance|"
    r"attendees|witness(?:es)?|also\s+present|questions?\s+\d+|"
    r"personnalité,\s+fonction|circonstances|prononcé\s+le|intervenant(?:e?s|\(e\)s|·e·s)|mots[\s-]clés|thématiques?|"
    r"datum|ort|beginn(?:\s+der\s+sitzung)?|thema|teilnehmer|anwesend|sprecher|lieu|présents?|"
    r"fecha|lugar|hora|asistentes|luogo|data|ora|presenti|plaats|tijd|aanwezig|local|presentes|miejsce|obecni)"
    r"\s*[:–-]\s*\S.*|(?:from|delivered\s+(?:on|by|at)):\s*\S.*|(?:published|posted|updated)\s+(?:on\s+)?\d.*|orador(?:a)?:\s*\S.*|"
    r"(?:publicado|atualizado|actualizado|pubblicato|aggiornato|publié|mis\s+à\s+jour|veröffentlicht|aktualisiert|gepubliceerd|geplaatst|opublikowan[oy]|publicerad|publisert|udgivet)"
    r"(?:\s+(?:em|el|il|le|am|op|den|dnia))?:?\s+\d.*|https?://\S+|(?-i:[A-Z]{2,})/\d{2,4}/\d{1,5}",
    re.IGNORECASE | re.DOTALL,
)
_SOURCE = re.compile(r"[^.!?\n]{0,160}[\[(](?:https?://|www\.)[^\s\])]+[\])]")
"""Where a page was taken from, with an address in brackets at its end."""
_SOMEBODY = re.compile(r"(?:interview(?:ee|er)|speaker|guest|author|witness)\s*:", re.IGNORECASE)
"""Keys that label speech as well."""
_LONGEST_NAMED = 14
"""Words of a name with what its bearer does."""
_SENTENCE_WITHIN = re.compile(r"(?:[^\W\d_]{3}|\d)[.?!]\s|[^\W\d_][?!]")
_SENTENCE = 5
"""Words. A line that ends as a sentence and has as many, or no name, is no data, unless it has a date."""
_QUESTIONS = re.compile(r"questions?\s+\d", re.IGNORECASE)
_KEY = re.compile(
    r"(?:from|(?:first\s+)?published|delivered\s+(?:on|by|at)|location|venue|place|date|speakers?|organisation|document\s+type|"
    r"last\s+updated|(?:summary\s+)?keywords|source|event|occasion|datum|ort|lieu|fecha|lugar|luogo|plaats|local|miejsce):?",
    re.IGNORECASE,
)
_PLACE_DATA = re.compile(
    r"(?:venue|location|place|ort|lieu|lugar|luogo|plaats|local|miejsce)\s*:\s*(\S.*)", re.IGNORECASE
)
_AT = re.compile(
    r"\s(?:at|in|im|in\s+der|bei\s+der|beim|auf\s+der|à|au|aux|en|al|alla|nel|nella|bij|te|em|no|na|w|we)\s+"
    r"(?:(?:the|der|dem|den|la|le|l['’]|el|il|lo|het|de|o|a)\s+)?(?P<place>[^\W\d_a-zà-ÿ][^:]*)",
)
_ENDS_WHO = re.compile(
    r"\s+(?:all|nell)['’]|\s+(?:alla|allo|in\s+occasione|en\s+(?:ocasión|el\s|la\s|los\s|las\s|un\s|una\s)|con\s+motivo|por\s+ocasião|z\s+okazji|at|on|during|ahead\s+of|following|before|after|via|bei|beim|auf|anlässlich|lors|à\s+l|au|aux|ante|bij|tijdens|"
    r"durante|podczas|na|w|about|concerning|regarding|sobre|sur|über|zum|zur|sulla|sullo|sui|over)\b|\s+[–—|-]\s|\s\(|\s*\|",
    re.IGNORECASE,
)
_MAY_END_WHO = re.compile(
    r"\s+(?:to|in|for|with|from|im|in|zum|zur|vor|devant|sur|pour|en|para|per|voor|do|dla)\b", re.IGNORECASE
)
_AND = re.compile(
    r"\s(?:and|und|et|y|e|en|i|&)\s+(?:(?:the|der|des|le|la|el|il|de|du|del|della|do|da|von|van)\s+){0,2}(?=[^\W\d_a-zà-ÿ]\S*\s+\S)"
)
"""Between two speakers; at least two words follow."""
_OF = re.compile(r"\s(?:of|for|de|du|des|della|del|der|für|van|di|do|da|w|ds\.)\s|\sdell['’]|\sd['’]")
_IN_RECORDING = r"(?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,:]\d{1,3})?"
_CLOCK = re.compile(
    r"\(?(?:kl(?:o|okka|okken)?\.?\s?)?(?:\d{1,2}[:.]\d\d|\d{1,2}\s?h(?:\s?\d\d)?)(?:\s*[ap]\.?\s?m\.?)?(?:\s*uhr)?(?:\s*\(?[A-Z]{2,5}\)?)?"
    r"(?:\s*[-–]\s*\d{1,2}[:.]\d\d(?:\s*[ap]\.?\s?m\.?)?(?:\s+[A-Z]{2,5})?)?\)?",
    re.IGNORECASE,
)


_CLOCK_MARK = re.compile(r"\{time\}\s+\d{4}", re.IGNORECASE)
"""The time as the printers of the United States mark it."""
_STAMP = re.compile(rf"[\[(]?{_IN_RECORDING}(?:\s*(?:-->|[-–—,])\s*{_IN_RECORDING})?[\])]?")
_DELIVERY = {
    Delivery.CHECK_AGAINST_DELIVERY: re.compile(
        r"\W*(?:check(?:ed)?\s+against\s+deliver|es\s+gilt\s+das\s+gesprochene|seule?\s+(?:le\s+|la\s+version\s+)prononcée?|"
        r"s[oó]lo\s+(?:es\s+válid|vale)|fa\s+fede\s+il\s+(?:discorso|testo)|alleen\s+het\s+gesproken|"
        r"só\s+(?:faz\s+fé|vale)|obowiązuje\s+(?:tekst|słowo))",
        re.IGNORECASE,
    ),
    Delivery.AS_PREPARED: re.compile(
        r"\W*(?:(?:remarks\s+)?as\s+prepared|prepared\s+(?:remarks|for\s+delivery)|redemanuskript|texte\s+préparé|embargo)",
        re.IGNORECASE,
    ),
    Delivery.AS_DELIVERED: re.compile(
        r"\W*(?:(?:transcript\s+)?as\s+(?:delivered|spoken|given|released)|verbatim|(?:unedited\s+|rush\s+|full\s+)?transcript(?!_)|"
        r"wortlaut|(?:im\s+)?wortlaut|verbatim|texte\s+prononcé|tel\s+que\s+prononcé|transcripción|trascrizione|"
        r"letterlijke\s+tekst|transcrição|stenogram|zapis)",
        re.IGNORECASE,
    ),
}


_SAID = re.compile(r"\w,\s\w.*\.$")
"""A sentence of two parts, which somebody says about such a remark: "Check against delivery, they always write."."""


def delivery_of(text: str) -> Delivery | None:
    """Return what a line such as "(As delivered)" or "12 December – Check against delivery" says; else None."""
    if text.endswith(":"):  # the title of a part: "Prepared remarks:"
        return None
    if "as it was delivered" in text:
        return Delivery.AS_DELIVERED
    for part in re.split(r"\s[–—|-]\s", text):
        if found := _delivery(part):
            return found
    return None


def _delivery(text: str) -> Delivery | None:
    if len(text.split()) > (12 if text.startswith(("(", "[", "*")) else 9) or _SAID.search(text):
        return None
    return next((delivery for delivery, pattern in _DELIVERY.items() if pattern.match(text)), None)


def is_introduction(text: str) -> bool:
    """Return whether a sentence says what follows: "The following is a transcript of the briefing by ..."."""
    if _BELOW.fullmatch(text) and len(text.split()) <= _LONGEST_INTRODUCTION:
        return True
    if _TRANSCRIPT_IS.fullmatch(text) and len(text.split()) <= _LONGEST_INTRODUCTION:
        return True
    found = _INTRODUCTION.match(text)
    return found is not None and (
        is_event_kind(found["what"].rstrip(".")) or speaker_of(found["what"]) is not None
    )


def is_transcript_title(text: str) -> bool:
    """Return whether a line calls itself the transcript of somebody's event."""
    found = _TRANSCRIPT_OF.fullmatch(text)
    if found is None or len(text.split()) > _LONGEST_INTRODUCTION // 2:
        return False
    who = speaker_of(found["what"].rstrip("."))
    if who is None:
        return _ENDS_WITH_KIND.search(text) is not None
    return who[0].isupper() or has_role(who)


def is_data_line(text: str) -> bool:
    """Return whether a line is data about the event: "Venue: ...", "1:32 P.M. EDT"."""
    if _SOURCE.fullmatch(text):
        return True
    if _DATA.fullmatch(text) is None:
        return is_time_of_day(text) or (":" in text and _CLOCK.fullmatch(text) is not None)
    value = text.partition(": ")[2]
    if _SOMEBODY.match(text) and not _names_somebody(value, text):
        return False
    sentence = text.endswith((".", "!", "?")) and (
        len(text.split()) >= _SENTENCE or not looks_like_name(value.rstrip(".!?"))
    )
    return (
        not sentence
        or find_date(text) is not None
        or lists_people(text)
        or _QUESTIONS.match(text) is not None
    )


def _names_somebody(value: str, text: str) -> bool:
    """Return whether what follows "Interviewer:" is a name, with a date perhaps, and not what the interviewer says."""
    named = looks_like_name(without_date(value).strip(" .,;")) or lists_people(text)
    return named or (len(value.split()) <= _LONGEST_NAMED and _SENTENCE_WITHIN.search(f"{value} ") is None)


def is_data_key(text: str) -> bool:
    """Return whether a line is the key of data on the next line: "Delivered on:"."""
    return _KEY.fullmatch(text) is not None


def is_time_of_day(text: str) -> bool:
    """Return whether a line is only a time of day: "1:32 P.M. EDT", "4.02 pm", "{time}  1215"."""
    text = text.strip("•●· ")
    return (_CLOCK.fullmatch(text) or _CLOCK_MARK.fullmatch(text)) is not None and any(map(str.isalpha, text))


def is_timestamp(text: str) -> bool:
    """Return whether a line is only a time in the recording: "00:01:15", "[1:15 - 1:20]"."""
    return _STAMP.fullmatch(text) is not None


def is_occasion(text: str) -> bool:
    """Return whether a line names the occasion: "Speech by Mark Rutte at the Concert Noble"."""
    found = _OCCASION.match(text)
    if found is not None and text[0].isupper() and _begins_name(found["who"]):
        return True
    return _office_and_name(text) is not None


def _office_and_name(text: str) -> str | None:
    """Return who speaks, from a line that has the office right after what they say: "Statement Minister Ann Hill"."""
    found = _OFFICE.fullmatch(text)
    if found is None or not text[0].isupper() or find_date(text):
        return None
    who = found["who"]
    named = has_role(who.split()[0]) and not is_role_only(who) and looks_like_name(who[0].upper() + who[1:])
    return who if named and len(who.split()) <= _LONGEST_OFFICE else None


_RECORD = re.compile(
    r"(?:stenogra\w+|plenarprotokoll|protokoll|verbatim\s+(?:record|report)|minutes|transcript|compte\s+rendu|acta|"
    r"diario\s+de\s+sesiones|resoconto|handelingen|diário|ata|sprawozdanie|oral\s+evidence)\b",
    re.IGNORECASE,
)


def is_record_title(text: str) -> bool:
    """Return whether a line calls itself the record of a dated event: "Minutes of the 12th sitting, 22 May 2024"."""
    return _RECORD.match(text) is not None and len(text.split()) <= 20 and find_date(text) is not None


_EVENT_WITHOUT_CASE = re.compile(
    r"[^。.!?！？\n]{0,60}(?:記者会見|会見|講演|演説|挨拶|談話|所信表明|记者会|記者會|新闻发布会|讲话|致辞|致辭|講話|演讲|演講|发言|기자회견|브리핑|연설|담화|축사|기념사)"
    r"(?:要旨|概要|録|录|记录|記錄|実録|实录|全文|全文記録)?(?:\s?[（(][^（）()]{1,30}[)）])?"
)


def is_event_without_case(text: str) -> bool:
    """Return whether a line of Chinese, Japanese or Korean says what kind of event it is: "総裁記者会見要旨"."""
    return _EVENT_WITHOUT_CASE.fullmatch(text) is not None


def is_event_kind(text: str) -> bool:
    """Return whether a line only says what kind of event it is: "Joint press conference"."""
    return _KIND_ALONE.fullmatch(text) is not None


def is_by_line(text: str) -> bool:
    """Return whether a line names the speaker of the line above: "by NATO Secretary General Mark Rutte"."""
    found = _BY_LINE.fullmatch(text)
    return found is not None and _begins_name(found["who"])


def _begins_name(text: str) -> bool:
    if text[0].isupper():
        return True
    # "Discours du ministre de la Mer": a role may be written small, but then a name follows.
    end = _ENDS_WHO.search(text)
    who = (text[: end.start()] if end else text).partition(",")[0]
    return looks_like_name(who[0].upper() + who[1:]) and has_role(who) and not is_role_only(who)


def is_publisher(text: str) -> bool:
    """Return whether a line names an office that publishes texts: "Press Office of the Port"."""
    return _OFFICES.match(text) is not None


def begins_with_kind(text: str) -> bool:
    """Return whether a line begins with the kind of an event, whoever spoke: "Keynote address to the conference"."""
    return _NAMES_EVENT.match(text) is not None and not ends_sentence(text)


def names_event(text: str) -> bool:
    """Return whether a line says what kind of event it was, and when: "Regierungspressekonferenz vom 12. Juni 2026"."""
    return find_date(text) is not None and _NAMES_EVENT.match(text) is not None and not ends_sentence(text)


def speaker_of(occasion: str) -> str | None:
    """Return who speaks, from a line such as "Speech by NATO Secretary General Mark Rutte at the Concert Noble"."""
    introduced = _INTRODUCTION.match(occasion) or _TRANSCRIPT_OF.match(occasion)
    occasion = introduced["what"].rstrip(".") if introduced else occasion
    if who := _office_and_name(occasion):
        return who
    match = (
        _OCCASION.match(occasion)
        or _BY_LINE.match(occasion)
        or _POSSESSIVE.fullmatch(occasion)
        or _DELIVERS.fullmatch(occasion)
        or _POLISH.match(occasion)
    )
    if match is None:
        return None
    who = match["who"]
    end = _ENDS_WHO.search(who)
    who = who[: end.start()] if end else who
    if _AND.search(who) or _OFFICES.match(who) or find_date(who) or is_event_kind(who.strip()):
        return None
    if match.re in (_POSSESSIVE, _DELIVERS, _POLISH):
        who = who.strip()
        if _KIND_FIRST.match(who):  # "Keynote address to the conference"
            return None
        return who if who and looks_like_name(who[0].upper() + who[1:]) else None
    # "Minister for Europe Jane Doe" continues after "for"; "Jane Doe for the Forum" has the name before it.
    for end in _MAY_END_WHO.finditer(who):
        if len(name_words(" ".join(who[: end.start()].split()[-2:]))) == 2:
            who = who[: end.start()]
            break
    name, comma, rest = who.partition(",")
    while comma and rest:
        part, following, after = rest.partition(",")
        if not has_role(part) and not (_lacks_name(name) and _is_name(part)):
            break
        name, comma, rest = f"{name},{part}", following, after
    name = name.strip(" ,.:")
    return name if name[:1].isalpha() and len(name) <= 150 else None


def _lacks_name(who: str) -> bool:
    """Return whether this is a role without a name: "Président de la République"."""
    office = _OF.split(who, maxsplit=1)[0]
    return has_role(office) and not name_words(office)


def _is_name(text: str) -> bool:
    name = text.strip()
    return 2 <= len(name.split()) <= 5 and looks_like_name(name)


_OF_RECORDS = re.compile(
    r"\b(?:journal|hansard|debates?|questions?|sittings?|sessions?|plenary|sitzung|séance|seduta|sesión|sessão|vergadering|zitting|"
    r"(?:press|media|news)\s+conference|evidence|minutes|proceedings|transcript|heard|posiedzenie|møte|sammanträde|täysistunto|sjednica|schůze|ülés|press\s+office|office\s+of)\b",
    re.IGNORECASE,
)
"""What a record calls itself or a part of it, in a line with the date: no place."""


def _is_place(text: str) -> bool:
    """Return whether a line next to the date may be the place."""
    data = is_data_line(text) or find_date(text) is not None or is_occasion(text) or is_participant(text)
    return not (
        data
        or _OF_RECORDS.search(text)
        or is_data_key(text)
        or is_event_kind(text)
        or is_procedure(text)
        or is_section(text)
        or is_role_only(text)
        or has_role(text.split(maxsplit=1)[0])
    ) and looks_like_name(text)


def place_of(rows: Sequence[str], occasion: str | None) -> str | None:
    """Return where the event was, by a line "Venue: ...", a date line "Brussels, 12 December 2024", or the occasion."""
    for row in rows:
        data = _PLACE_DATA.fullmatch(row.strip())
        if data:
            return data[1].strip(" .")
    for row in rows:
        rest = without_date(row.strip())
        if rest and rest.split()[-1].lower() in JOINING:
            continue
        if (
            rest
            and "|" not in row
            and (
                row.strip().startswith(rest)
                or (len(rest.split()) <= 3 and row.strip().endswith(f" - {rest}"))
            )
            and looks_like_name(rest)
            and not _OF_RECORDS.search(rest)
            and not has_role(rest)
            and not _TRANSCRIPT_OF.match(rest)
            and not is_section(rest)
        ):
            return rest
    for row, other in (*pairwise(rows), *pairwise(rows[::-1])):
        if (is_date_line(other.strip()) or is_time_of_day(other.strip())) and _is_place(row.strip()):
            return row.strip()
    found = _AT.search((occasion or "").partition(" | ")[0])
    place = before_date(found["place"]) or without_date(found["place"]) or found["place"] if found else ""
    return place.strip(" ,.–-") or None
