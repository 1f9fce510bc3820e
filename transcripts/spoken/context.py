"""What a token's meaning hangs on: the tokens around it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Surroundings:
    """The cleaned tokens around one, "" at the ends of the line."""

    before: str = ""
    after: str = ""
    earlier: str = ""
    """The one before `before`."""
    later: str = ""
    """The one after `after`."""
    shouted: bool = False
    """The line is all capitals, so capitals mean nothing."""

    @property
    def follows(self) -> str:
        """The word before, in lower case and without its punctuation."""
        return bare(self.before).lower()

    @property
    def precedes(self) -> str:
        """The word after, likewise."""
        return bare(self.after).lower()


def goes_on(token: str) -> bool:
    """Tell whether nothing parts a token from the next: no comma, no colon."""
    return not token.rstrip().endswith((",", ";", ":"))


def bare(token: str) -> str:
    """A cleaned token without the punctuation at its ends."""
    return token.strip(" .,:-'/")
