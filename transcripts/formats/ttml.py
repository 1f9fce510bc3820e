"""TTML captions (IMSC, EBU-TT, SMPTE-TT): the text of each paragraph, and its agent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asdelivered.transcripts.document import Document
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.captions import CueText, cue_document
from asdelivered.transcripts.source import Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_XML = "{http://www.w3.org/XML/1998/namespace}"


def read(source: Source) -> Document:
    """Read TTML. Raises TranscriptError where it is no XML, defines entities, or has no paragraph with text."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(source.data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise TranscriptError(
            f"{source.name} defines entities or a document type, which is refused: save it anew without."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise TranscriptError(f"{source.name} is damaged: it is not XML ({error}).") from error
    agents = _agents(root)
    cues = [
        CueText(tuple(_text(paragraph).split("\n")), _agent(paragraph, agents))
        for paragraph in root.iter()
        if _name(paragraph) == "p"
    ]
    if not any("".join(cue.lines).strip() for cue in cues):
        raise TranscriptError(f"{source.name} has no captions with text: check the file.")
    title = next(
        (element.text for element in root.iter() if _name(element) == "title" and element.text), None
    )
    language = (root.get(f"{_XML}lang") or "").lower().partition("-")[0]
    return cue_document(cues, language or None, title.strip() if title else None)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(paragraph: Element) -> str:
    """The text of a paragraph in the order of reading, `br` as a line break."""
    pieces: list[str] = []
    pending: list[Element | str] = [paragraph]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            pieces.append(item.replace("\n", " "))
            continue
        if _name(item) == "br":
            pieces.append("\n")
            continue
        if _name(item) == "metadata":
            continue
        for child in reversed(item):
            pending += [child.tail or "", child]
        pending.append(item.text or "")
    return "".join(pieces)


def _agents(root: Element) -> dict[str, str]:
    """The names of the agents that the document describes, by their ids."""
    names = {}
    for element in root.iter():
        if _name(element) == "agent":
            name = " ".join(" ".join(element.itertext()).split())
            names[element.get(f"{_XML}id", "")] = name
    return {key: name for key, name in names.items() if key and name}


def _agent(paragraph: Element, agents: dict[str, str]) -> str | None:
    for element in paragraph.iter():
        for key, value in element.attrib.items():
            if key.rpartition("}")[2] == "agent":
                return agents.get(value.split()[0], value) if value.strip() else None
    return None
