"""A CTC model as a scorer: the best path through the letters of a known text says where each of its words is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.engines.ctc import named_folder
from asdelivered.align.engines.ctc_model import CtcModel, Floats, align_letters
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.engines.scorer import WordFit
from asdelivered.transcripts.spoken.lines import speak

_LONGEST = 28_000
_MOST_LETTERS = 2_000
"""Of a text in a window: nobody says more in 28 s, and the path's memory grows with them."""


class CtcScorer:
    """Puts known words on a sound, spelt as they are spoken in a language."""

    name = "ctc"
    longest = _LONGEST

    def __init__(self, options: EngineOptions, language: str) -> None:
        """Load the model. Raises AlignError where it can't be loaded."""
        self._model = CtcModel(named_folder(options))
        self._language = language

    def listen(self, samples: NDArray[np.int16]) -> Floats:
        """Return the letters' log-probabilities in (samples,), 16 kHz mono, of at most 28 s."""
        return self._model.log_probabilities(samples)

    def fit(self, heard: Floats, words: Sequence[str]) -> tuple[WordFit, ...]:
        """Return where `words` are in what was heard; nothing where it is too short for them, or none has a letter.

        The likelihood of a word is the sum over its letters of their mean log-probability.
        """
        letters = self._model.letters
        tokens = speak(list(words), self._language)
        spelt = [letters.spell("".join(token.spoken[0]) if token.spoken else "") for token in tokens]
        line = [letter for word in spelt for letter in word]
        if not line or len(line) > _MOST_LETTERS:
            return ()
        gaps: list[int | None] = [None] * len(line)
        at = 0
        for word in spelt:
            if word:
                gaps[at] = letters.between
            at += len(word)
        found = align_letters(heard, line, gaps, letters.blank)
        if not len(found):
            return ()
        fits: list[WordFit] = []
        at = end = 0
        for word in spelt:
            own = found[at : at + len(word)]
            start = self._moment(own[0, 0]) if word else end
            end = self._moment(own[-1, 1] + 1) if word else end
            likelihood = sum(
                float(heard[first : last + 1, letter].mean())
                for (first, last), letter in zip(own.tolist(), word, strict=True)
            )
            fits.append(WordFit(start, end, likelihood, len(word)))
            at += len(word)
        return tuple(fits)

    def _moment(self, frame: int) -> int:
        return round(frame * self._model.step)
