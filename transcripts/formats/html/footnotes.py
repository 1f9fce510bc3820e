"""Find the footnotes of a web page: what raised links point to further down, and what calls itself so."""

from __future__ import annotations

from asdelivered.transcripts.formats.html.blocks import Blocks
from asdelivered.transcripts.word_lists import word_set

_NAMES = word_set("footnote footnotes endnote endnotes fussnoten")
_LISTS = frozenset({"ol", "ul", "dl", "table", "tbody"})
_WITHIN_LINES = frozenset({"a", "sup", "span", "b", "i", "em", "strong", "cite"})
_MOST = 1 / 3
"""A share of the page's letters. More is no footnotes, whatever points there."""


def footnotes(page: Blocks) -> frozenset[int]:
    """Return the indices of the blocks that are footnotes.

    A raised link must point down to them: the footnotes' own links point up, to the text.
    """
    roots = {
        root
        for number, element in enumerate(page.elements)
        if element.raised_to
        for root in _noted(page, number)
    }
    roots |= {
        number
        for number, element in enumerate(page.elements)
        if element.names & _NAMES and element.tag not in _WITHIN_LINES
    }
    if not roots:
        return frozenset()
    inside = [False] * len(page.elements)
    for number, element in enumerate(page.elements):
        inside[number] = number in roots or (number > 0 and inside[element.parent])
    found = {number for number, block in enumerate(page.blocks) if inside[block.element]}
    letters = sum(page.blocks[number].letters for number in found)
    return frozenset(found) if letters <= _MOST * sum(block.letters for block in page.blocks) else frozenset()


def _noted(page: Blocks, link: int) -> set[int]:
    """Return the element around the note that a link points down to: the list, where it is in one."""
    target = page.elements[link].raised_to
    for number in range(link + 1, len(page.elements)):
        if target in page.elements[number].names:
            while page.elements[number].tag in _WITHIN_LINES and page.elements[number].parent > 0:
                number = page.elements[number].parent
            parent = page.elements[number].parent
            return {parent if parent > 0 and page.elements[parent].tag in _LISTS else number}
    return set()
