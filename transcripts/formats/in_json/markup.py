"""Web pages within JSON, as parliaments' interfaces have them: a field with paragraphs in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from asdelivered.transcripts.encodings import without_surrogates
from asdelivered.transcripts.formats import html

_PARAGRAPH = re.compile(r"</p\s*>|<br\s*/?>|</div\s*>", re.IGNORECASE)
_LARGEST_SHARE = 0.5
"""Of the characters of all texts in a file. With more in HTML, what was said is there."""
_DEEPEST = 40


def is_markup(text: str) -> bool:
    """Return whether a text has paragraphs in HTML."""
    return "<" in text and _PARAGRAPH.search(text) is not None


def markup_in(value: Any) -> str:
    """Return the texts in HTML within JSON, in their order, if they are most of its text; "" if they are not."""
    texts = [*_texts(value, 0)]
    pages = [text for text in texts if is_markup(text)]
    enough = sum(map(len, pages)) > _LARGEST_SHARE * sum(map(len, texts))
    return without_surrogates("\n".join(pages)) if pages and enough else ""


def plain_text(text: str, name: str) -> str:
    """Return what a text in HTML shows, a line for each paragraph; messages call it `name`."""
    return "\n".join(row.content for row in html.read_html(text, name).rows if row.content)


def _texts(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict) and depth < _DEEPEST:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner, depth + 1)
