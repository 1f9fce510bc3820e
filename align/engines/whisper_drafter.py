"""Whisper as a drafter: it writes down the speech that the text lacks."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import SAMPLE_RATE
from asdelivered.align.engines.drafter import DraftText
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.engines.whisper import check_language, is_believable, load_model
from asdelivered.align.errors import AlignError
from asdelivered.base.errors import first_line

_AROUND = SAMPLE_RATE // 2
"""Samples of silence before and after: without them, Whisper loses words at the edges."""


class WhisperDrafter:
    """Writes down speech in one language."""

    name = "whisper"

    def __init__(self, options: EngineOptions, language: str) -> None:
        """Load the model. Raises AlignError: it can't be loaded, or does not know the language."""
        self._model = load_model(options).model
        self._language = check_language(self._model.model, options.model, language)

    def draft(self, samples: NDArray[np.int16]) -> DraftText | None:
        """Return what may be said in (samples,), 16 kHz mono; None where the model believes in no word of it.

        The confidence is the mean probability of a token. Raises AlignError where the model breaks off.
        """
        sound = np.pad(samples.astype(np.float32) / 32768, _AROUND)
        try:
            segments, _ = self._model.transcribe(
                sound, language=self._language, condition_on_previous_text=False, beam_size=5
            )
            heard = [segment for segment in segments if is_believable(segment) and segment.text.strip()]
        except RuntimeError as error:  # such as a GPU whose memory is full
            raise AlignError(
                f"the Whisper model broke off while it wrote a draft: {first_line(error)}"
            ) from error
        tokens = sum(len(segment.tokens) for segment in heard)
        if not tokens:
            return None
        likelihood = sum(segment.avg_logprob * len(segment.tokens) for segment in heard) / tokens
        return DraftText(" ".join(segment.text.strip() for segment in heard), round(math.exp(likelihood), 3))
