"""Say abbreviations written with blanks between their parts: "z. B.", "EE. UU.", "i. d. R."."""

from __future__ import annotations

from asdelivered.transcripts.languages.rules import Alternatives, LanguageRules
from asdelivered.transcripts.spoken.context import TokenContext
from asdelivered.transcripts.spoken.numerals import distinct


def spaced_abbreviation(token: str, context: TokenContext, rules: LanguageRules) -> Alternatives:
    """Say one part of such an abbreviation; each part has its share of the words. () for any other token."""
    if not is_abbreviation_part(token, rules):
        return ()
    row = (context.two_before, context.before, token, context.after, context.two_after)
    for start, end in ((0, 3), (1, 4), (2, 5), (1, 3), (2, 4)):
        parts = row[start:end]
        whole = "".join(map(_part, parts)).rstrip(".")
        if whole in rules.abbreviations and all(is_abbreviation_part(part, rules) for part in parts):
            return _share(rules.abbreviations[whole], 2 - start, len(parts))
    return ()


def is_abbreviation_part(token: str, rules: LanguageRules) -> bool:
    """Return whether a token may be a part of such an abbreviation."""
    return "." in token and _part(token) in rules.spaced_parts


def _part(token: str) -> str:
    return token.strip(" ,:-").lower().rstrip(".") + "."


def _share(expansions: Alternatives, index: int, parts: int) -> Alternatives:
    """Return the words for the part at `index`: one each, and for the last part all that are left."""
    last = index == parts - 1
    return distinct(*(words[index:] if last else words[index : index + 1] for words in expansions))
