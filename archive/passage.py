"""What stands around a quote that was found: a hit that shows its own words alone says little."""

from __future__ import annotations

import re
from dataclasses import dataclass

from asdelivered.archive.search import ArchiveHit


@dataclass(frozen=True)
class Passage:
    """The words that were found, what stands before and after them in their lines, and the lines on both sides."""

    found: str
    before: str = ""
    after: str = ""
    line_before: str = ""
    line_after: str = ""


def passage_of(hit: ArchiveHit) -> Passage:
    """Return the passage of a hit; the words alone where its excerpt lacks their lines."""
    lines = hit.excerpt.lines
    own = [number for number, line in enumerate(lines) if line.id in hit.quote.lines]
    if not own:
        return Passage(hit.quote.text)
    text = " ".join(" ".join(line.text.split()) for line in lines[own[0] : own[-1] + 1])
    at = re.search(rf"(?<!\w){re.escape(hit.quote.text)}(?!\w)", text)
    start, end = at.span() if at else (0, len(text))  # all of it, where its line breaks lie elsewhere
    return Passage(
        text[start:end],
        text[:start],
        text[end:],
        lines[own[0] - 1].text if own[0] else "",
        lines[own[-1] + 1].text if own[-1] + 1 < len(lines) else "",
    )
