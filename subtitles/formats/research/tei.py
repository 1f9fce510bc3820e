"""TEI (.tei.xml), as transcripts of speech and the corpora of ParlaMint have it: utterances on a timeline.

https://www.tei-c.org/release/doc/tei-p5-doc/en/html/TS.html, https://clarin-eric.github.io/ParlaMint/
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from asdelivered.align.document.alignment import AlignedLine, turns_of
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Captions

_TEI = "http://www.tei-c.org/ns/1.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")


class _Timeline:
    """The timeline of a document: a moment for each time, in the order in which they are asked for."""

    def __init__(self, parent: ElementTree.Element) -> None:
        self._node = ElementTree.SubElement(parent, "timeline", {"unit": "s", "origin": "#T0"})
        ElementTree.SubElement(self._node, "when", {f"{_XML}id": "T0"})
        self._known: dict[int, str] = {}

    def at(self, time: int) -> str:
        """Return the reference to a time in milliseconds."""
        if time not in self._known:
            name = self._known[time] = f"T{len(self._known) + 1}"
            given = {f"{_XML}id": name, "interval": f"{time / 1000:.3f}", "since": "#T0"}
            ElementTree.SubElement(self._node, "when", given)
        return f"#{self._known[time]}"


def write(captions: Captions) -> bytes:
    """Return an utterance for each turn, a segment for each line, and an anchor before each word that has a time.

    Raises SubtitleError: the captions do not come from an alignment.
    """
    alignment = captions.alignment
    if alignment is None:
        raise SubtitleError("TEI is made of turns and words, whose times only an alignment has")
    root = ElementTree.Element("TEI", {"xmlns": _TEI, f"{_XML}lang": alignment.transcript.language})
    people = _header(root, captions)
    text = ElementTree.SubElement(root, "text")
    timeline = _Timeline(text)
    division = ElementTree.SubElement(ElementTree.SubElement(text, "body"), "div", {"type": "debateSection"})
    for number, (_, speaker, lines) in enumerate(turns_of(alignment.lines), start=1):
        if speaker:
            ElementTree.SubElement(division, "note", {"type": "speaker"}).text = _clean(speaker)
        given = {f"{_XML}id": f"u{number}"} | ({"who": f"#{people[speaker]}"} if speaker else {})
        spans = [line.span for line in lines if line.span is not None]
        if spans:
            given["start"] = timeline.at(spans[0].start)
            given["end"] = timeline.at(max(span.end for span in spans))
        utterance = ElementTree.SubElement(division, "u", given)
        for line in lines:
            _segment(utterance, line, timeline)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _header(root: ElementTree.Element, captions: Captions) -> dict[str, str]:
    """Add the header; return the id of each speaker."""
    alignment = captions.alignment
    assert alignment is not None
    header = ElementTree.SubElement(root, "teiHeader")
    file = ElementTree.SubElement(header, "fileDesc")
    title = captions.title or alignment.transcript.title or "Transcript"
    ElementTree.SubElement(ElementTree.SubElement(file, "titleStmt"), "title").text = _clean(title)
    publication = ElementTree.SubElement(file, "publicationStmt")
    ElementTree.SubElement(publication, "p").text = "Times by asdelivered."
    recording = ElementTree.SubElement(ElementTree.SubElement(file, "sourceDesc"), "recordingStmt")
    media = ElementTree.SubElement(
        recording, "recording", {"dur": f"PT{alignment.recording.duration / 1000:g}S"}
    )
    ElementTree.SubElement(media, "p").text = _clean(alignment.recording.path)
    speakers = [*dict.fromkeys(line.speaker for line in alignment.lines if line.speaker)]
    people = {
        speaker: f"p{number}.{re.sub(r'[^A-Za-z0-9]', '', speaker)}"
        for number, speaker in enumerate(speakers, 1)
    }
    if people:
        profile = ElementTree.SubElement(header, "profileDesc")
        persons = ElementTree.SubElement(ElementTree.SubElement(profile, "particDesc"), "listPerson")
        for speaker, name in people.items():
            person = ElementTree.SubElement(persons, "person", {f"{_XML}id": name})
            ElementTree.SubElement(person, "persName").text = _clean(speaker)
    return people


def _segment(utterance: ElementTree.Element, line: AlignedLine, timeline: _Timeline) -> None:
    segment = ElementTree.SubElement(utterance, "seg", {f"{_XML}id": re.sub(r"[^\w.-]", "_", f"s.{line.id}")})
    segment.text = ""
    before: ElementTree.Element | None = None
    for number, word in enumerate(line.words):
        text = _clean(word.text if number == len(line.words) - 1 else f"{word.text} ")
        if word.span is not None:
            before = ElementTree.SubElement(segment, "anchor", {"synch": timeline.at(word.span.start)})
            before.tail = text
        elif before is not None:
            before.tail = (before.tail or "") + text
        else:
            segment.text += text


def _clean(text: str) -> str:
    return text.translate(_CONTROLS)
