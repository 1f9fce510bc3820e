"""ELAN's annotations (.eaf): for each speaker a tier of lines and a tier of words.

The schema: http://www.mpi.nl/tools/elan/EAFv3.0.xsd
"""

from __future__ import annotations

from urllib.parse import quote
from xml.etree import ElementTree

from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats.research.tiers import speaker_tiers
from asdelivered.subtitles.model import Captions

_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def write(captions: Captions) -> bytes:
    """Return the lines and words that have a time.

    Annotations of a tier cannot overlap, so one begins where the one before it ends at the earliest. Raises
    SubtitleError: the captions do not come from an alignment.
    """
    alignment = captions.alignment
    if alignment is None:
        raise SubtitleError("ELAN's files are made of words, whose times only an alignment has")
    ElementTree.register_namespace("xsi", _INSTANCE)
    root = ElementTree.Element(
        "ANNOTATION_DOCUMENT",
        {
            "AUTHOR": "asdelivered",
            "DATE": alignment.created,
            "FORMAT": "3.0",
            "VERSION": "3.0",
            f"{{{_INSTANCE}}}noNamespaceSchemaLocation": _SCHEMA,
        },
    )
    header = ElementTree.SubElement(root, "HEADER", MEDIA_FILE="", TIME_UNITS="milliseconds")
    path = quote(alignment.recording.path)
    ElementTree.SubElement(
        header, "MEDIA_DESCRIPTOR", MEDIA_URL=path, RELATIVE_MEDIA_URL=path, MIME_TYPE="unknown"
    )
    order = ElementTree.SubElement(root, "TIME_ORDER")
    slots = annotations = 0
    tiers = [
        (name, one.speaker, rows)
        for one in speaker_tiers(alignment)
        for name, rows in ((one.name, one.lines), (f"{one.name} (words)", one.words))
    ]
    for name, speaker, rows in tiers:
        given = {"LINGUISTIC_TYPE_REF": "default", "TIER_ID": name} | (
            {"PARTICIPANT": speaker} if speaker else {}
        )
        tier = ElementTree.SubElement(root, "TIER", given)
        for start, end, text in rows:
            for time in (start, end):
                slots += 1
                ElementTree.SubElement(order, "TIME_SLOT", TIME_SLOT_ID=f"ts{slots}", TIME_VALUE=str(time))
            annotations += 1
            node = ElementTree.SubElement(
                ElementTree.SubElement(tier, "ANNOTATION"),
                "ALIGNABLE_ANNOTATION",
                ANNOTATION_ID=f"a{annotations}",
                TIME_SLOT_REF1=f"ts{slots - 1}",
                TIME_SLOT_REF2=f"ts{slots}",
            )
            ElementTree.SubElement(node, "ANNOTATION_VALUE").text = text
    ElementTree.SubElement(
        root,
        "LINGUISTIC_TYPE",
        LINGUISTIC_TYPE_ID="default",
        TIME_ALIGNABLE="true",
        GRAPHIC_REFERENCES="false",
    )
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
