"""How much of the text, and how much of what was said, an alignment leaves unexplained."""

from __future__ import annotations

from dataclasses import dataclass

from asdelivered.align.document.alignment import Alignment, Status


@dataclass(frozen=True)
class Account:
    """Shares from 0 to 1.

    text: of the words of the transcript, those that were not found in the recording.
    speech: of the time in which somebody speaks, that which the transcript lacks.
    """

    text: float
    speech: float

    @property
    def unexplained(self) -> float:
        """The greater of the two."""
        return max(self.text, self.speech)


def account(alignment: Alignment) -> Account:
    """Take account of an alignment. Tokens that make no sound, such as a dash beside found words, do not count."""
    said = missing = spoken = 0
    for line in alignment.lines:
        for word in line.words:
            if word.span is not None:
                said += 1
                spoken += word.span.duration
            elif any(map(str.isalnum, word.text)) and word.status is Status.UNSPOKEN:
                missing += 1
    lacking = sum(span.duration for span in alignment.untranscribed)
    return Account(missing / max(1, said + missing), lacking / max(1, spoken + lacking))
