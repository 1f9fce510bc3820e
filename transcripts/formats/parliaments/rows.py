"""The text of an XML document as rows: elements within a line are joined, all others begin a row."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind

_SPOKEN = LineKind.SPOKEN


@dataclass(frozen=True)
class Grammar:
    """How to read the elements of one vocabulary, and what its head says of the event."""

    inline: frozenset[str]
    """Local names of elements within a line."""
    hidden: frozenset[str]
    """Local names of elements with nothing that a reader of the record sees."""
    kind_of: Callable[[ET.Element], LineKind | None]
    """What an element's text is: SPOKEN for speech, None where that depends on the elements around it."""
    speaker_of: Callable[[ET.Element], str | None]
    """Who speaks within an element, where its attributes say so. A label right above it, or in it, is preferred."""
    title: str | None = None
    date: date | None = None
    language: str | None = None
    """ISO 639-1 code."""


def local_name(element: ET.Element) -> str:
    """Return the name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def find_all(root: ET.Element, name: str) -> Iterator[ET.Element]:
    """Yield the elements with a local name, in their order."""
    return (element for element in root.iter() if local_name(element) == name)


def text_of(element: ET.Element | None) -> str | None:
    """Return all text within an element, with single blanks; None without any."""
    return (" ".join("".join(element.itertext()).split()) or None) if element is not None else None


def rows_of(root: ET.Element, grammar: Grammar) -> Iterator[Row]:
    """Yield the rows of a document, with a blank row between any two."""
    speaker: str | None = None
    labelled = begun = False
    for kind, text, given in _pieces(root, grammar):
        if given and not labelled:
            speaker = given
        if not text:
            continue
        if begun:
            yield Row("\n")
        begun = True
        if kind is LineKind.SPEAKER:
            speaker = text.rstrip(" :：")
        labelled = kind is LineKind.SPEAKER
        yield Row(
            f"{text}\n", None if kind is _SPOKEN else kind, speaker=speaker if kind is _SPOKEN else None
        )


def _pieces(root: ET.Element, grammar: Grammar) -> Iterator[tuple[LineKind, str, str | None]]:
    """Yield each run of text that no element breaks, with its kind, and each speaker that attributes name."""
    kinds = [LineKind.METADATA]
    letters: list[str] = []

    def ended() -> tuple[LineKind, str, str | None]:
        text = " ".join("".join(letters).split())
        letters.clear()
        return kinds[-1], text, None

    # A stack of its own, since a file may nest its elements deeper than Python its calls.
    stack: list[tuple[ET.Element, bool]] = [(root, True)]
    while stack:
        element, opening = stack.pop()
        name = local_name(element)
        seen = bool(name) and name not in grammar.hidden
        block = seen and name not in grammar.inline
        if opening:
            if block:
                yield ended()
                kinds.append(grammar.kind_of(element) or kinds[-1])
                yield kinds[-1], "", grammar.speaker_of(element)
            stack.append((element, False))
            if seen:
                letters.append(element.text or "")
                stack += [(child, True) for child in reversed(element)]
            continue
        if block:
            yield ended()
            kinds.pop()
        if element is not root:
            letters.append(element.tail or "")
