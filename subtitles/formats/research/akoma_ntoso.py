"""Akoma Ntoso 3.0 (.akn.xml), the XML of parliaments: a debate, its speeches and their times in the recording.

http://docs.oasis-open.org/legaldocml/akn-core/v1.0/akn-core-v1.0-part2-specs.html. Its own `startTime` is a time of
day, which a recording does not tell; its schema lets attributes of other namespaces stand anywhere, so the places in
the recording are `clipBegin` and `clipEnd` of SMIL 3.0 (https://www.w3.org/TR/SMIL3/smil-extended-media-object.html).
"""

from __future__ import annotations

import re
from pathlib import PurePath
from xml.etree import ElementTree

from asdelivered.align.document.alignment import AlignedLine, Alignment, turns_of
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Captions

_AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_SMIL = "http://www.w3.org/ns/SMIL"
_SOURCE = "#asdelivered"
_NO_COUNTRY = "xx"
"""The schema asks for a country, which nobody told: a code that ISO 3166 leaves to its users."""


def write(captions: Captions) -> bytes:
    """Return a speech for each turn, a paragraph for each line, and a span for each word that has a time.

    Raises SubtitleError: the captions do not come from an alignment.
    """
    alignment = captions.alignment
    if alignment is None:
        raise SubtitleError("Akoma Ntoso is made of speeches, whose times only an alignment has")
    title = captions.title or alignment.transcript.title or "Transcript"
    speakers = [*dict.fromkeys(line.speaker for line in alignment.lines if line.speaker)]
    people: dict[str | None, str] = {speaker: f"p{number}" for number, speaker in enumerate(speakers, 1)}
    if not all(line.speaker for line in alignment.lines):
        people[None] = "unnamed"
    root = ElementTree.Element("akomaNtoso", {"xmlns": _AKN, "xmlns:smil": _SMIL})
    debate = ElementTree.SubElement(root, "debate", {"name": "debate"})
    _meta(debate, alignment, people)
    body = ElementTree.SubElement(debate, "debateBody")
    section = ElementTree.SubElement(body, "debateSection", {"eId": "dbsect_1", "name": "debate"})
    ElementTree.SubElement(section, "heading", {"eId": "dbsect_1__heading"}).text = title
    for number, (_, speaker, lines) in enumerate(turns_of(alignment.lines), start=1):
        own = f"dbsect_1__speech_{number}"
        spans = [line.span for line in lines if line.span is not None]
        whole = TimeSpan(spans[0].start, max(span.end for span in spans)) if spans else None
        given = {"eId": own, "by": f"#{people[speaker or None]}"} | _clip(whole)
        speech = ElementTree.SubElement(section, "speech", given)
        if speaker:
            ElementTree.SubElement(speech, "from").text = speaker
        for at, line in enumerate(lines, start=1):
            _paragraph(speech, f"{own}__p_{at}", line)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _paragraph(speech: ElementTree.Element, name: str, line: AlignedLine) -> None:
    paragraph = ElementTree.SubElement(speech, "p", {"eId": name} | _clip(line.span))
    paragraph.text = ""
    before: ElementTree.Element | None = None
    for number, word in enumerate(line.words):
        blank = "" if number == len(line.words) - 1 else " "
        if word.span is not None:
            before = ElementTree.SubElement(paragraph, "span", _clip(word.span))
            before.text, before.tail = word.text, blank
        elif before is not None:
            before.tail = f"{before.tail}{word.text}{blank}"
        else:
            paragraph.text += word.text + blank


def _clip(span: TimeSpan | None) -> dict[str, str]:
    if span is None:
        return {}
    return {
        "smil:clipBegin": f"{span.start / 1000:.3f}s",
        "smil:clipEnd": f"{span.end / 1000:.3f}s",
    }


def _meta(debate: ElementTree.Element, alignment: Alignment, people: dict[str | None, str]) -> None:
    """Add what the schema asks of every document: what it is, who made it when, and who is mentioned."""
    meta = ElementTree.SubElement(debate, "meta")
    identity = ElementTree.SubElement(meta, "identification", {"source": _SOURCE})
    day = alignment.created[:10]
    name = re.sub("[^A-Za-z0-9]+", "-", PurePath(alignment.recording.path).stem).strip("-")
    work = f"/akn/{_NO_COUNTRY}/debate/{day}/{name or 'recording'}"
    language = alignment.transcript.language
    expression = f"{work}/{language}@{day}"
    for name, address in (
        ("FRBRWork", work),
        ("FRBRExpression", expression),
        ("FRBRManifestation", f"{expression}.xml"),
    ):
        level = ElementTree.SubElement(identity, name)
        ElementTree.SubElement(level, "FRBRthis", {"value": address})
        ElementTree.SubElement(level, "FRBRuri", {"value": address})
        ElementTree.SubElement(level, "FRBRdate", {"date": day, "name": "alignment"})
        ElementTree.SubElement(level, "FRBRauthor", {"href": _SOURCE})
        if name == "FRBRWork":
            ElementTree.SubElement(level, "FRBRcountry", {"value": _NO_COUNTRY})
        if name == "FRBRExpression":
            ElementTree.SubElement(level, "FRBRlanguage", {"language": language})
    references = ElementTree.SubElement(meta, "references", {"source": _SOURCE})
    organisation = {
        "eId": "asdelivered",
        "href": "/ontology/organization/asdelivered",
        "showAs": "asdelivered",
    }
    ElementTree.SubElement(references, "TLCOrganization", organisation)
    for speaker, name in people.items():
        given = {"eId": name, "href": f"/ontology/person/{name}", "showAs": speaker or "not named"}
        ElementTree.SubElement(references, "TLCPerson", given)
