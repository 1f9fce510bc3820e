"""Coverage: how much of the text, and how much of the speech, an alignment leaves unexplained."""

from __future__ import annotations

from dataclasses import dataclass

from asdelivered.align.document.alignment import Alignment, Settled, Status, without_label


@dataclass(frozen=True)
class Account:
    """Shares from 0 to 1.

    text: the words of the transcript that were not found in the recording.
    speech: the speaking time that the transcript lacks.
    """

    text: float
    speech: float

    @property
    def unexplained(self) -> float:
        """The greater of the two."""
        return max(self.text, self.speech)


def account(alignment: Alignment) -> Account:
    """Return how much an alignment leaves unexplained.

    Tokens without a sound, such as dashes, do not count, nor does what the recording showed to be no speech.
    """
    said = missing = spoken = 0
    for line in alignment.lines:
        if line.settled is Settled.UNSPOKEN:
            continue
        for word in without_label(line).words:
            if word.span is not None:
                said += 1
                spoken += word.span.duration
            elif any(map(str.isalnum, word.text)) and word.status is Status.UNSPOKEN:
                missing += 1
    lacking = sum(span.duration for span in alignment.untranscribed)
    return Account(missing / max(1, said + missing), lacking / max(1, spoken + lacking))
