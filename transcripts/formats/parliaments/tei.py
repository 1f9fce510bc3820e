"""TEI as ParlaMint encodes the debates of Europe's parliaments."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from asdelivered.transcripts.formats.parliaments.rows import Grammar, find_all, local_name, text_of
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.dates import find_date
from asdelivered.transcripts.word_lists import word_set

_XML = "{http://www.w3.org/XML/1998/namespace}"
_KINDS = {
    "u": LineKind.SPOKEN,
    "head": LineKind.HEADING,
    "note": LineKind.NOTE,
    "kinesic": LineKind.NOTE,
    "vocal": LineKind.NOTE,
    "incident": LineKind.NOTE,
    "gap": LineKind.NOTE,
    "body": LineKind.NOTE,
}
_INLINE = word_set(
    "abbr anchor c corr date desc email emph expan foreign hi lb measure milestone name num orgName pb pc persName "
    "placeName ref reg s sic term time title unclear w"
)
_HIDDEN = word_set("teiHeader timeline linkGrp link standOff")


def grammar(root: ET.Element) -> Grammar:
    """Return how to read a sitting in TEI. Words that are elements of their own are parted by blanks."""
    _part_words(root)
    people = _people(root)
    header = next(find_all(root, "teiHeader"), None)
    titles = list(find_all(header, "title")) if header is not None else []
    best = next((title for title in titles if title.get("type") in (None, "main")), None)
    dates = [
        find_date(each.get("when") or "") for each in (find_all(header, "date") if header is not None else ())
    ]

    def speaker_of(element: ET.Element) -> str | None:
        if local_name(element) != "u":
            return None
        who = (element.get("who") or "").lstrip("#")
        return people.get(who) or who or None

    return Grammar(
        inline=_INLINE,
        hidden=_HIDDEN,
        kind_of=_kind_of,
        speaker_of=speaker_of,
        title=text_of(best),
        date=next(filter(None, dates), None),
        language=(root.get(f"{_XML}lang") or "").lower().partition("-")[0] or None,
    )


def _kind_of(element: ET.Element) -> LineKind | None:
    name = local_name(element)
    return LineKind.SPEAKER if name == "note" and element.get("type") == "speaker" else _KINDS.get(name)


def _people(root: ET.Element) -> Mapping[str, str]:
    """Return the names of the people whom the header describes, by their identifiers."""
    people = {}
    for person in find_all(root, "person"):
        named = next(find_all(person, "persName"), None)
        parts = [text_of(part) for part in named] if named is not None else []
        people[person.get(f"{_XML}id") or ""] = " ".join(filter(None, parts)) or text_of(named) or ""
    return people


def _part_words(root: ET.Element) -> None:
    """Put a blank after each word that is an element of its own, unless it says that it joins the next."""
    for element in root.iter():
        if local_name(element) in ("w", "pc") and element.get("join") not in ("right", "both"):
            element.tail = f"{element.tail or ''} "
