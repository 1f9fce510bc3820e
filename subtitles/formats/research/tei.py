"""TEI (.tei.xml), as transcripts of speech and the corpora of ParlaMint have it: utterances on a timeline.

https://www.tei-c.org/release/doc/tei-p5-doc/en/html/TS.html, https://clarin-eric.github.io/parla-clarin/,
https://clarin-eric.github.io/ParlaMint/
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote
from xml.etree import ElementTree

from asdelivered.align.document.alignment import AlignedLine, Alignment, turns_of
from asdelivered.base.span import TimeSpan
from asdelivered.media.browser_media import media_type_of, shows_picture
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Captions

_TEI = "http://www.tei-c.org/ns/1.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")


class _Timeline:
    """The timeline of a document: a moment for each time in milliseconds, in their order."""

    def __init__(self, parent: ElementTree.Element, times: Iterable[int]) -> None:
        node = ElementTree.SubElement(parent, "timeline", {"unit": "s", "origin": "#T0"})
        ElementTree.SubElement(node, "when", {f"{_XML}id": "T0"})
        self._names = {time: f"T{number}" for number, time in enumerate(sorted(set(times)), start=1)}
        for time, name in self._names.items():
            given = {f"{_XML}id": name, "interval": f"{time / 1000:.3f}", "since": "#T0"}
            ElementTree.SubElement(node, "when", given)

    def at(self, time: int) -> str:
        """Return the reference to one of the times."""
        return f"#{self._names[time]}"


def write(captions: Captions) -> bytes:
    """Return an utterance for each turn, a segment for each line, and an anchor before each word that has a time.

    Raises SubtitleError: the captions do not come from an alignment.
    """
    alignment = captions.alignment
    if alignment is None:
        raise SubtitleError("TEI is made of turns and words, whose times only an alignment has")
    turns = [(speaker, lines, _span_of(lines)) for _, speaker, lines in turns_of(alignment.lines)]
    root = ElementTree.Element(
        "TEI",
        {
            "xmlns": _TEI,
            f"{_XML}id": _name(PurePosixPath(alignment.transcript.path).stem),
            f"{_XML}lang": alignment.transcript.language,
        },
    )
    people = _header(root, captions, alignment, len(turns))
    text = ElementTree.SubElement(root, "text")
    timeline = _Timeline(text, _times(alignment, [span for _, _, span in turns if span]))
    division = ElementTree.SubElement(ElementTree.SubElement(text, "body"), "div", {"type": "debateSection"})
    for number, (speaker, lines, span) in enumerate(turns, start=1):
        if speaker:
            ElementTree.SubElement(division, "note", {"type": "speaker"}).text = _clean(speaker)
        given = {f"{_XML}id": f"u{number}"} | ({"who": f"#{people[speaker]}"} if speaker else {})
        if span:
            given |= {"start": timeline.at(span.start), "end": timeline.at(span.end)}
        utterance = ElementTree.SubElement(division, "u", given)
        for line in lines:
            _segment(utterance, line, timeline)
    usage = root.find("teiHeader/encodingDesc/tagsDecl/namespace")
    assert usage is not None
    for tag, count in sorted(Counter(node.tag for node in text.iter()).items()):
        ElementTree.SubElement(usage, "tagUsage", {"gi": str(tag), "occurs": str(count)})
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _span_of(lines: Sequence[AlignedLine]) -> TimeSpan | None:
    spans = [line.span for line in lines if line.span is not None]
    return TimeSpan(spans[0].start, max(span.end for span in spans)) if spans else None


def _times(alignment: Alignment, turns: Sequence[TimeSpan]) -> Iterator[int]:
    for span in turns:
        yield from (span.start, span.end)
    yield from (word.span.start for line in alignment.lines for word in line.words if word.span is not None)


def _header(
    root: ElementTree.Element, captions: Captions, alignment: Alignment, speeches: int
) -> dict[str, str]:
    """Add the header, in the order of ParlaMint's; return the id of each speaker."""
    header = ElementTree.SubElement(root, "teiHeader")
    file = ElementTree.SubElement(header, "fileDesc")
    title = _clean(captions.title or alignment.transcript.title or "Transcript")
    ElementTree.SubElement(ElementTree.SubElement(file, "titleStmt"), "title", {"type": "main"}).text = title
    edition = ElementTree.SubElement(ElementTree.SubElement(file, "editionStmt"), "edition")
    edition.text = f"Aligned {alignment.created}"
    extent = ElementTree.SubElement(file, "extent")
    words = sum(len(line.words) for line in alignment.lines)
    for unit, count in (("speeches", speeches), ("words", words)):
        measure = ElementTree.SubElement(extent, "measure", {"unit": unit, "quantity": str(count)})
        measure.text = f"{count} {unit}"
    publication = ElementTree.SubElement(file, "publicationStmt")
    ElementTree.SubElement(publication, "p").text = "Times by asdelivered."
    source = ElementTree.SubElement(file, "sourceDesc")
    ElementTree.SubElement(ElementTree.SubElement(source, "bibl"), "title").text = title
    recording = alignment.recording.path
    given = {
        "type": "video" if shows_picture(recording) else "audio",
        "dur": f"PT{alignment.recording.duration / 1000:g}S",
    }
    media = ElementTree.SubElement(ElementTree.SubElement(source, "recordingStmt"), "recording", given)
    # The name alone: where it lies on somebody's disk is nobody else's business.
    address = recording if "://" in recording else quote(re.split(r"[\\/]", recording)[-1])
    ElementTree.SubElement(media, "media", {"mimeType": media_type_of(recording), "url": address})
    encoding = ElementTree.SubElement(header, "encodingDesc")
    project = ElementTree.SubElement(ElementTree.SubElement(encoding, "projectDesc"), "p")
    project.text = "A published transcript, put on the clock of its recording."
    declaration = ElementTree.SubElement(encoding, "tagsDecl")
    ElementTree.SubElement(declaration, "namespace", {"name": _TEI})
    speakers = [*dict.fromkeys(line.speaker for line in alignment.lines if line.speaker)]
    people = {speaker: _name(f"p{number}.{speaker}") for number, speaker in enumerate(speakers, 1)}
    if people:
        profile = ElementTree.SubElement(header, "profileDesc")
        persons = ElementTree.SubElement(ElementTree.SubElement(profile, "particDesc"), "listPerson")
        for speaker, name in people.items():
            person = ElementTree.SubElement(persons, "person", {f"{_XML}id": name})
            ElementTree.SubElement(person, "persName").text = _clean(speaker)
    return people


def _name(text: str) -> str:
    """Return a text as an XML id: it begins with a letter, and has no blanks."""
    name = re.sub(r"[^A-Za-z0-9._-]", "", text)
    return name if name[:1].isalpha() else f"x{name}"


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
