"""The plenary records of the German Bundestag, as its open data publishes them (dbtplenarprotokoll)."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from asdelivered.transcripts.formats.parliaments.rows import Grammar, find_all, local_name, text_of
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.dates import find_date
from asdelivered.transcripts.word_lists import word_set

_KINDS = {
    "name": LineKind.SPEAKER,
    "kommentar": LineKind.NOTE,
    "fussnote": LineKind.FOOTNOTE,
    "vorspann": LineKind.METADATA,
    "anlagen": LineKind.METADATA,
    "rede": LineKind.SPOKEN,
    "sitzungsbeginn": LineKind.SPOKEN,
    "sitzungsende": LineKind.SPOKEN,
    "tagesordnungspunkt": LineKind.SPOKEN,
}
_AGENDA = ("T_", "TOP")
"""Beginnings of the classes of paragraphs with the agenda: "T_NaS", "T_Drs"."""
_INLINE = word_set("a abk b br em fett i kursiv sub sup u xref")
_HIDDEN = word_set("redner rednerliste")


def grammar(root: ET.Element) -> Grammar:
    """Return how to read a plenary record of the Bundestag."""
    title = text_of(next(find_all(root, "sitzungstitel"), None))
    numbers = (root.get("wahlperiode"), root.get("sitzung-nr"))
    return Grammar(
        inline=_INLINE,
        hidden=_HIDDEN,
        kind_of=_kind_of,
        speaker_of=lambda element: None,
        title=title or (f"Plenarprotokoll {numbers[0]}/{numbers[1]}" if all(numbers) else None),
        date=find_date(root.get("sitzung-datum") or ""),
        language="de",
    )


def _kind_of(element: ET.Element) -> LineKind | None:
    kind = element.get("klasse") or ""
    if local_name(element) == "p" and kind == "redner":
        return LineKind.SPEAKER
    if local_name(element) == "p" and kind.startswith(_AGENDA):
        return LineKind.HEADING
    return _KINDS.get(local_name(element))
