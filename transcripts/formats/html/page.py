"""Read a saved web page: the text as a person sees it, a row per line, with everything around the text as furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING

from asdelivered.transcripts.document import Document, Row
from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.html.blocks import Block, Blocks, Element, read_blocks
from asdelivered.transcripts.formats.html.footnotes import footnotes
from asdelivered.transcripts.formats.html.furniture import furniture
from asdelivered.transcripts.formats.html.scripts import stated_rows, with_shadow_trees
from asdelivered.transcripts.formats.html.speaker_elements import named_speakers
from asdelivered.transcripts.formats.html.table_cells import kinds_of_blocks
from asdelivered.transcripts.formats.line_numbers import mark_line_numbers
from asdelivered.transcripts.formats.messages.chat import with_writers
from asdelivered.transcripts.formats.messages.message_text import pasted_message
from asdelivered.transcripts.formats.wrapping import unwrapped
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.source import Source
from asdelivered.transcripts.structure.dates import find_date, is_date_line
from asdelivered.transcripts.structure.phrases import ends_sentence
from asdelivered.transcripts.word_lists import word_set

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[\s/>]", re.IGNORECASE)
_NEVER_OPEN = word_set(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option thead tbody "
    "tfoot"
)
"""Tags that have no end tag, or may lack it and then don't nest."""
_WITHIN_LINES = word_set(
    "a abbr b bdi bdo big cite code em font i kbd label mark nobr q s samp small span strike strong sub sup tt u var"
)
"""Tags within a line: for these the parser does not search the open tags."""
_MOST_WORK = 300_000_000
"""Steps of the parser, which searches all open tags at each new block: a few seconds. Real pages take a thousandth."""
_MOST_TAGS = 400_000
"""A day of a parliament, with each word in an element of its own, has fewer."""
_LONG_TAG = re.compile(r"<[a-z][^<>]{8000,}", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 1000
"""Of one element: the parser compares each with all before it."""
_SUMMARY = 3
"""The level of the heading that `<summary>` is."""
_DATES = (
    "article:published_time",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "og:article:published_time",
    "datepublished",
)


def read(source: Source) -> Document:
    """Read a web page. Raises TranscriptError if it has more tags, nested deeper, than a real page."""
    declared = _CHARSET.search(source.data[:4096])
    return read_html(decode(source, declared[1].decode("ascii") if declared else None), source.name)


def read_html(text: str, name: str) -> Document:
    """Read the text of a web page; messages call it `name`. Raises TranscriptError as `read` does."""
    from selectolax.lexbor import LexborHTMLParser

    text = with_shadow_trees(text)
    _check_tags(text, name)
    page = LexborHTMLParser(text)
    found = read_blocks(page)
    kinds = dict.fromkeys(named_speakers(found), LineKind.SPEAKER) | kinds_of_blocks(found)
    kinds |= dict.fromkeys(footnotes(found), LineKind.FOOTNOTE)
    kinds |= dict.fromkeys(furniture(found), LineKind.FURNITURE)
    rows: list[Row] = []
    for number, block in enumerate(found.blocks):
        kind = kinds.get(number)
        if block.rule:
            rows.append(Row("\n", kind or LineKind.SEPARATOR))
            continue
        if rows and not (block.tight and number):
            rows.append(Row("\n", kind))
        lines = unwrapped(mark_line_numbers(block.rows)) if block.pre else unwrapped(block.rows)
        heading = block.heading or _SUMMARY * _is_summary(found, block)
        style = _style(found.elements[block.element])
        if kind or heading or style:
            lines = tuple(replace(row, kind=kind or row.kind, heading=heading, style=style) for row in lines)
        rows += lines
    rows += stated_rows(page, rows)
    if not any(row.content for row in rows) and page.css_first("script") is not None:
        raise TranscriptError(
            f"{name} shows its text only when its scripts run: open it in a browser, and save or copy what is shown."
        )
    shown, subject = pasted_message(with_writers(mark_line_numbers(rows)))
    return Document(
        shown,
        title=subject or _title(page),
        date=_published(page) or _shown(rows),
        language=_language(page),
    )


def _style(element: Element) -> str:
    """Return what an author calls such elements: "p speaker"."""
    return " ".join([element.tag, *sorted(element.names)]) if element.names else ""


def _is_summary(page: Blocks, block: Block) -> bool:
    """Return whether a block is what a person clicks on to see the text: "Read the transcript"."""
    return page.elements[block.element].tag == "summary" and not ends_sentence(block.rows[-1].content)


def _check_tags(text: str, name: str) -> None:
    if any(len(_QUOTED.sub("", tag[0]).split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise TranscriptError(
            f"{name} has a tag with more than {_MOST_ATTRIBUTES:,} attributes: no browser saves such a page. "
            "Save its text instead."
        )
    depth = work = 0
    for number, match in enumerate(_TAG.finditer(text)):
        if number == _MOST_TAGS:
            raise TranscriptError(
                f"{name} has more than {_MOST_TAGS:,} tags: that is not the transcript of one event."
            )
        tag = match[2].lower()
        if not match[1] and tag not in _WITHIN_LINES:
            work += depth
        if tag not in _NEVER_OPEN:
            depth = max(0, depth - 1) if match[1] else depth + 1
        if work > _MOST_WORK:
            raise TranscriptError(
                f"{name} has tags nested {depth} deep: no browser saves such a page. Save its text instead."
            )


def _title(page: LexborHTMLParser) -> str | None:
    node = page.css_first("head > title")
    parts = re.split(r"\s[|»›]\s", node.text() if node else "")
    # "A Speech | The Institution": the longer part is the title.
    return " ".join(max(parts, key=len).split()) or None


def _published(page: LexborHTMLParser) -> date | None:
    """Return the date in the page's metadata."""
    for node in page.css("head > meta"):
        name = (node.attributes.get("property") or node.attributes.get("name") or "").lower()
        found = find_date((node.attributes.get("content") or "")[:10]) if name in _DATES else None
        if found:
            return found
    return None


def _shown(rows: Sequence[Row]) -> date | None:
    """Return the date on a line of its own above the text, among the furniture."""
    above = takewhile(lambda row: row.kind is not None or not row.content, rows)
    return next((find_date(row.content) for row in above if is_date_line(row.content)), None)


def _language(page: LexborHTMLParser) -> str | None:
    node = page.css_first("html")
    code = (node.attributes.get("lang") or "") if node else ""
    return re.split("[-_]", code.strip().lower())[0] or None
