"""What a quote as people write it says: the words in quotation marks, and the parts on both sides of an omission."""

from __future__ import annotations

import re

_OMISSION = re.compile(r"\s*(?:\[\s*(?:…|\.{3}|\. \. \.)\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3,}|\. \. \.)\s*")
_MARKED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«|\"([^\"]+)\"")
_WORD = re.compile(r"\w")


def in_quotation_marks(text: str) -> tuple[str, ...]:
    """Return what stands in quotation marks where other words, such as who said it, stand outside them; else ().

    >>> in_quotation_marks("“Every one of them,” the Commissioner said, “keeps its place.”")
    ('Every one of them,', 'keeps its place.')
    >>> in_quotation_marks("“Every one of them”")
    ()
    """
    inside = [next(filter(None, match.groups())).strip() for match in _MARKED.finditer(text)]
    outside = _MARKED.sub(" ", text)
    if not _WORD.search(outside):
        return ()
    return tuple(part for part in inside if _WORD.search(part))


def around_omissions(text: str) -> tuple[str, ...]:
    """Return the parts of a quote on both sides of "…", "...", "[…]" and the like; () where nothing was left out.

    >>> around_omissions("the harbour … cost [...] three years…")
    ('the harbour', 'cost', 'three years')
    >>> around_omissions("It will cost a lot...")
    ()
    """
    parts = [part for part in _OMISSION.split(text) if _WORD.search(part)]
    return tuple(parts) if len(parts) > 1 else ()
