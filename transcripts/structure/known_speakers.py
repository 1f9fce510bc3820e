"""The speakers that are known before labels are looked for, and while they are found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from asdelivered.transcripts.structure.titles import COURTESY


@dataclass(frozen=True)
class KnownSpeakers:
    """Names that the page itself gives, and labels that a person is confirmed of, these in lower case."""

    names: tuple[frozenset[str], ...] = ()
    """The words of each name, in lower case."""
    confirmed: frozenset[str] = frozenset()

    def knows(self, label: str) -> bool:
        """Tell whether all words of a label are in a name, or those of a name in the label."""
        words = label_words(label) - COURTESY
        return bool(words) and any(words <= name or (len(name) > 1 and name <= words) for name in self.names)

    def is_confirmed(self, label: str) -> bool:
        """Tell whether a label is one that a person has given."""
        return bool(self.confirmed) and label_key(label) in self.confirmed

    def with_names(self, labels: Iterable[str]) -> KnownSpeakers:
        """These, and the speakers that `labels` name."""
        return KnownSpeakers((*self.names, *map(label_words, labels)), self.confirmed)


@lru_cache(maxsize=4096)
def label_words(text: str) -> frozenset[str]:
    """The words of a label, in lower case."""
    return frozenset(word.casefold() for word in re.findall(r"[^\W\d_]+", text))


@lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """A label as it is compared: in lower case, without blanks too many and its colon."""
    return " ".join(label.split()).strip(" :").casefold()
