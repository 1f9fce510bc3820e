"""What a web page keeps for its scripts: a shadow tree, or a transcript in its data for search engines (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from asdelivered.transcripts.document import Row, paragraphs

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_TEMPLATE = re.compile(r"<(/?)template\b([^<>]*)>", re.IGNORECASE)
_SHADOW = re.compile(r"\bshadowroot(?:mode)?\s*=", re.IGNORECASE)
_TEXTS = ("transcript", "articleBody")
"""The properties of schema.org with a text."""
_MOST_SHOWN = 0.5
"""A share of the text in the data. A page that shows more letters has its text itself."""


def with_shadow_trees(text: str) -> str:
    """Return a page with the shadow trees that it declares as ordinary elements: a browser shows them."""
    if "shadowroot" not in text.lower() or not _SHADOW.search(text):
        return text
    open_tags: list[bool] = []

    def changed(tag: re.Match[str]) -> str:
        if not tag[1]:
            open_tags.append(_SHADOW.search(tag[2]) is not None)
            return "<div>" if open_tags[-1] else tag[0]
        return "</div>" if open_tags and open_tags.pop() else tag[0]

    return _TEMPLATE.sub(changed, text)


def stated_rows(page: LexborHTMLParser, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the paragraphs of the transcript in a page's data, where the page itself hardly shows any text."""
    texts = [
        text for node in page.css('script[type="application/ld+json"]') for text in _stated(node.text() or "")
    ]
    if not texts:
        return ()
    longest = max(texts, key=len)
    shown = sum(len(row.content) for row in rows if row.kind is None and not row.heading)
    if shown > _MOST_SHOWN * len(longest):
        return ()
    return (Row("\n"), *paragraphs([part.strip() for part in longest.splitlines() if part.strip()]))


def _stated(data: str) -> Iterator[str]:
    """Yield the texts in data of schema.org; none where it is damaged."""
    try:
        pending: list[Any] = [json.loads(data)]
    except (ValueError, RecursionError):
        return
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending += value
        elif isinstance(value, dict):
            pending += value.values()
            yield from (value[name] for name in _TEXTS if isinstance(value.get(name), str))
