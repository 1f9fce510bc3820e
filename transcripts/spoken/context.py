"""The tokens around one, which may decide how it is said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TokenContext:
    """The cleaned tokens around one, "" past the ends of the line."""

    before: str = ""
    after: str = ""
    two_before: str = ""
    """The token before `before`."""
    two_after: str = ""
    """The token after `after`."""
    shouted: bool = False
    """The line is all capitals, so capitals mean nothing."""

    @property
    def previous_word(self) -> str:
        """The token before, in lower case and without punctuation at its ends."""
        return bare(self.before).lower()

    @property
    def next_word(self) -> str:
        """The token after, likewise."""
        return bare(self.after).lower()


def joins_next(token: str) -> bool:
    """Return whether nothing separates a token from the next: no comma, semicolon or colon."""
    return not token.rstrip().endswith((",", ";", ":"))


def bare(token: str) -> str:
    """Return a cleaned token without the punctuation at its ends."""
    return token.strip(" .,:-'/")
