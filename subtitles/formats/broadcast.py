"""Captions from documents of ttconv, which reads EBU STL and SCC."""

from __future__ import annotations

import math
from fractions import Fraction

from ttconv.model import Br, ContentDocument, ContentElement, P, Text

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.formats.open_ends import with_ends
from asdelivered.subtitles.model import Cue


def cues_of(document: ContentDocument) -> tuple[tuple[Cue, ...], list[str]]:
    """Return the paragraphs of a ttconv document that have text, in order, and notes on those without an end."""
    body = document.get_body()
    found = [] if body is None else [cue for cue in map(_cue, _paragraphs(body)) if cue is not None]
    found.sort(key=lambda item: item[0].span)
    return with_ends([cue for cue, _ in found], [at for at, (_, ends) in enumerate(found) if not ends])


def _paragraphs(element: ContentElement) -> list[P]:
    if isinstance(element, P):
        return [element]
    return [paragraph for child in element for paragraph in _paragraphs(child)]


def _cue(paragraph: P) -> tuple[Cue, bool] | None:
    """Return the cue of a paragraph, and whether it has an end; None where it has no text."""
    begin, end = Fraction(0), None
    element: ContentElement | None = paragraph
    offsets = []
    while element is not None:
        offsets.append(element.get_begin() or Fraction(0))
        element = element.parent()
    begin = sum(offsets, Fraction(0))
    if paragraph.get_end() is not None:
        end = begin - offsets[0] + paragraph.get_end()
    lines = [line.strip() for line in _text(paragraph).split("\n") if line.strip()]
    if not lines:
        return None
    ends = end is not None
    start, stop = (
        math.floor(time * 1000 + Fraction(1, 2)) for time in (begin, begin if end is None else end)
    )
    region = paragraph.get_region()
    cue = Cue(
        TimeSpan(max(0, start), max(0, start, stop)),
        None,
        tuple(lines),
        settings="line:0" if region is not None and _at_top(region) else "",
    )
    return cue, ends


def _text(element: ContentElement) -> str:
    if isinstance(element, Text):
        return element.get_text() or ""
    if isinstance(element, Br):
        return "\n"
    return "".join(_text(child) for child in element)


def _at_top(region: ContentElement) -> bool:
    """Whether a region hangs from the top of the picture."""
    from ttconv.style_properties import DisplayAlignType, StyleProperties

    align = region.get_style(StyleProperties.DisplayAlign)
    origin = region.get_style(StyleProperties.Origin)
    return align is DisplayAlignType.before and (origin is None or float(origin.y.value) < 40)
