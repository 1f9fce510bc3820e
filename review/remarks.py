"""What a person is told: a sentence in English, and the kind by which the page says it in its own language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Remark:
    """A sentence for a person. `kind` is its key in the page's catalogue, "" where only the sentence itself is known;
    `values` fill the places of the catalogue's sentence.
    """

    text: str
    kind: str = ""
    values: dict[str, str | float] = field(default_factory=dict, compare=False)

    def coded(self) -> list[Any]:
        """Return [kind, values], for the page."""
        return [self.kind, self.values]
