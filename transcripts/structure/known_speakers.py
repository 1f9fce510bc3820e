"""The speakers that are known before labels are looked for, and while they are found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from asdelivered.transcripts.structure.titles import COURTESY


@dataclass(frozen=True)
class KnownSpeakers:
    """Names that the page itself gives, and labels that a person is certain of, these in lower case."""

    names: tuple[frozenset[str], ...] = ()
    """The words of each name, in lower case."""
    certain: frozenset[str] = frozenset()

    def knows(self, label: str) -> bool:
        """Tell whether all words of a label are in a name, or those of a name in the label."""
        words = words_of_label(label) - COURTESY
        return bool(words) and any(words <= name or (len(name) > 1 and name <= words) for name in self.names)

    def is_certain(self, label: str) -> bool:
        """Tell whether a label is one that a person has given."""
        return bool(self.certain) and key_of(label) in self.certain

    def and_also(self, labels: Iterable[str]) -> KnownSpeakers:
        """These, and the speakers that `labels` name."""
        return KnownSpeakers((*self.names, *map(words_of_label, labels)), self.certain)


@lru_cache(maxsize=4096)
def words_of_label(text: str) -> frozenset[str]:
    """The words of a label, in lower case."""
    return frozenset(word.casefold() for word in re.findall(r"[^\W\d_]+", text))


@lru_cache(maxsize=4096)
def key_of(label: str) -> str:
    """A label as it is compared: in lower case, without blanks too many and its colon."""
    return " ".join(label.split()).strip(" :").casefold()
