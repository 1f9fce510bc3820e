"""Akoma Ntoso: debates as the OASIS standard LegalDocML marks them up."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from asdelivered.transcripts.formats.parliaments.rows import Grammar, find_all, local_name, text_of
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.dates import find_date
from asdelivered.transcripts.word_lists import word_set

_KINDS = {
    "from": LineKind.SPEAKER,
    "heading": LineKind.HEADING,
    "subheading": LineKind.HEADING,
    "num": LineKind.HEADING,
    "speech": LineKind.SPOKEN,
    "question": LineKind.SPOKEN,
    "answer": LineKind.SPOKEN,
    "narrative": LineKind.NOTE,
    "summary": LineKind.NOTE,
    "scene": LineKind.NOTE,
    "other": LineKind.NOTE,
    "remark": LineKind.NOTE,
    "authorialNote": LineKind.FOOTNOTE,
    "coverPage": LineKind.METADATA,
    "preface": LineKind.METADATA,
    "debateBody": LineKind.NOTE,
}
_INLINE = word_set(
    "a abbr affectedDocument b concept date decoration def docDate docNumber docTitle docType eol em entity event "
    "i img inline ins location mod object organization outcome person placeholder process quantity quotedText ref "
    "role rref session span sub sup term time u"
)
_HIDDEN = word_set("meta recordedTime")


def grammar(root: ET.Element) -> Grammar:
    """Return how to read a debate in Akoma Ntoso."""
    people = {
        person.get("id") or person.get("eId") or "": person.get("showAs")
        for person in find_all(root, "TLCPerson")
    }
    dates = [find_date(element.get("date") or "") for element in find_all(root, "docDate")]
    dates += [find_date(element.get("date") or "") for element in find_all(root, "FRBRdate")]
    title = next(find_all(root, "docTitle"), next(find_all(root, "heading"), None))

    def speaker_of(element: ET.Element) -> str | None:
        if local_name(element) not in ("speech", "question", "answer"):
            return None
        who = (element.get("by") or "").lstrip("#")
        return people.get(who) or who or None

    return Grammar(
        inline=_INLINE,
        hidden=_HIDDEN,
        kind_of=lambda element: _KINDS.get(local_name(element)),
        speaker_of=speaker_of,
        title=text_of(title),
        date=next(filter(None, dates), None),
        language=next(
            (code for each in find_all(root, "FRBRlanguage") if (code := _two_letters(each))), None
        ),
    )


def _two_letters(element: ET.Element) -> str | None:
    code = (element.get("language") or "").lower()
    return code if len(code) == 2 else None
