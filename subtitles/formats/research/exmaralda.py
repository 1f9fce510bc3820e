"""EXMARaLDA's Basic Transcription (.exb): a common timeline, and for each speaker a tier of words and one of lines.

https://exmaralda.org/en/exmaralda-file-formats/
"""

from __future__ import annotations

from xml.etree import ElementTree

from asdelivered.align.document.alignment import Alignment
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.research.tiers import SpeakerTiers, speaker_tiers
from asdelivered.subtitles.model import Captions


def write(captions: Captions) -> bytes:
    """Return the lines and words that have a time: words as the tier "v" (verbal), lines as descriptions of it.

    Raises SubtitleError: the captions do not come from an alignment.
    """
    alignment = captions.alignment
    if alignment is None:
        raise SubtitleError("EXMARaLDA's files are made of words, whose times only an alignment has")
    tiers = [*speaker_tiers(alignment)]
    root = ElementTree.Element("basic-transcription")
    _head(root, captions.title or alignment.transcript.title or "", alignment, tiers)
    body = ElementTree.SubElement(root, "basic-body")
    moments = _timeline(body, tiers)
    number = 0
    for speaker, one in enumerate(tiers):
        for category, kind, rows, blank in (("v", "t", one.words, " "), ("line", "d", one.lines, "")):
            tier = ElementTree.SubElement(
                body,
                "tier",
                {
                    "id": f"TIE{number}",
                    "speaker": f"SPK{speaker}",
                    "category": category,
                    "type": kind,
                    "display-name": f"{one.name} [{category}]",
                },
            )
            number += 1
            for start, end, text in rows:
                given = {"start": moments[start], "end": moments[end]}
                ElementTree.SubElement(tier, "event", given).text = text + blank
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _head(root: ElementTree.Element, title: str, alignment: Alignment, tiers: list[SpeakerTiers]) -> None:
    head = ElementTree.SubElement(root, "head")
    meta = ElementTree.SubElement(head, "meta-information")
    ElementTree.SubElement(meta, "project-name")
    ElementTree.SubElement(meta, "transcription-name").text = title
    ElementTree.SubElement(meta, "referenced-file", {"url": alignment.recording.path})
    ElementTree.SubElement(meta, "ud-meta-information")
    ElementTree.SubElement(meta, "comment").text = "Times by asdelivered."
    ElementTree.SubElement(meta, "transcription-convention")
    table = ElementTree.SubElement(head, "speakertable")
    for number, one in enumerate(tiers):
        speaker = ElementTree.SubElement(table, "speaker", {"id": f"SPK{number}"})
        ElementTree.SubElement(speaker, "abbreviation").text = one.name
        ElementTree.SubElement(speaker, "sex", {"value": "u"})
        used = ElementTree.SubElement(speaker, "languages-used")
        ElementTree.SubElement(used, "language", {"lang": alignment.transcript.language})
        for name in ("l1", "l2", "ud-speaker-information", "comment"):
            ElementTree.SubElement(speaker, name)


def _timeline(body: ElementTree.Element, tiers: list[SpeakerTiers]) -> dict[int, str]:
    """Add the common timeline; return the id of each moment."""
    line = ElementTree.SubElement(body, "common-timeline")
    times = sorted({time for one in tiers for row in (*one.words, *one.lines) for time in row[:2]})
    for number, time in enumerate(times):
        ElementTree.SubElement(line, "tli", {"id": f"T{number}", "time": f"{time / 1000:.3f}"})
    return {time: f"T{number}" for number, time in enumerate(times)}
