"""Speakers who are known before or during the search for labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from asdelivered.transcripts.structure.titles import COURTESY


@dataclass(frozen=True)
class KnownSpeakers:
    """Names that the page itself gives, and the keys of labels that a person has confirmed."""

    names: tuple[frozenset[str], ...] = ()
    """The words of each name, in lower case."""
    confirmed: frozenset[str] = frozenset()

    def knows(self, label: str) -> bool:
        """Return whether all words of a label are in one name, or all words of a name in the label."""
        words = label_words(label) - COURTESY
        return bool(words) and any(words <= name or (len(name) > 1 and name <= words) for name in self.names)

    def is_confirmed(self, label: str) -> bool:
        """Return whether a person has confirmed that this is a label."""
        return bool(self.confirmed) and label_key(label) in self.confirmed

    def with_names(self, labels: Iterable[str]) -> KnownSpeakers:
        """Return these speakers and those that `labels` name."""
        return KnownSpeakers((*self.names, *map(label_words, labels)), self.confirmed)


@lru_cache(maxsize=4096)
def label_words(text: str) -> frozenset[str]:
    """Return the words of a label, in lower case."""
    return frozenset(word.casefold() for word in re.findall(r"[^\W\d_]+", text))


@lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """Return the key by which labels are compared: lower case, single blanks, no colon."""
    return " ".join(label.split()).strip(" :").casefold()
