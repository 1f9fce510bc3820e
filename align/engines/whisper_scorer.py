"""Whisper as a scorer: the cross-attention of its decoder says which sound each token of a given text goes with.

The tokens are fed to the decoder as if it had written them; dynamic time warping over the heads of the attention that
follow the sound gives each a time, as in OpenAI's `whisper.timing` and faster-whisper's word times.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import SAMPLE_RATE
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.engines.scorer import WordFit
from asdelivered.align.engines.whisper import check_language, load_model

if TYPE_CHECKING:
    import ctranslate2

_LONGEST = 28_000
"""Two seconds less than the model hears at a time, so that it also hears what comes after the last word."""
_FRAMES = 3000
"""Spectra of 10 ms that the model hears at a time."""
_STEP = 20
"""Milliseconds of a position of the encoder's."""
_MOST_TOKENS = 400
"""The decoder has 448 positions, a few of which its own marks take."""
_SMOOTHING = 7
"""Positions over which the attention is smoothed by its median: the library's own choice."""
_LEAST_LIKELY = 1e-10


@dataclass(frozen=True)
class Listened:
    """A sound as the encoder has it, and how many spectra of 10 ms it has."""

    encoded: ctranslate2.StorageView
    frames: int


class WhisperScorer:
    """Puts known words on a sound, in one language."""

    name = "whisper"
    longest = _LONGEST

    def __init__(self, options: EngineOptions, language: str) -> None:
        """Load the model. Raises AlignError: it can't be loaded, or does not know the language."""
        model = load_model(options).model
        from faster_whisper.tokenizer import Tokenizer

        code = check_language(model.model, options.model, language)
        self._model = model.model
        self._spectra = model.feature_extractor
        self._tokenizer = Tokenizer(model.hf_tokenizer, model.model.is_multilingual, "transcribe", code)

    def listen(self, samples: NDArray[np.int16]) -> Listened:
        """Encode a sound of at most 28 s, (samples,), 16 kHz mono."""
        import ctranslate2

        spectra = self._spectra(samples.astype(np.float32) / 32768)[:, :_FRAMES]
        padded = np.pad(spectra, ((0, 0), (0, _FRAMES - spectra.shape[1])))
        view = ctranslate2.StorageView.from_array(np.ascontiguousarray(padded[None], np.float32))
        return Listened(self._model.encode(view), len(samples) * 100 // SAMPLE_RATE)

    def fit(self, heard: Listened, words: Sequence[str]) -> tuple[WordFit, ...]:
        """Return where `words` are in what was heard; nothing where there are none, or more than the decoder holds."""
        pieces = [self._tokenizer.encode(f" {word}") for word in words]
        tokens = [token for piece in pieces for token in piece]
        if not tokens or len(tokens) > _MOST_TOKENS:
            return ()
        start = self._tokenizer.sot_sequence
        (aligned,) = self._model.align(
            heard.encoded, start, [tokens], heard.frames, median_filter_width=_SMOOTHING
        )
        likelihoods = np.log(np.maximum(aligned.text_token_probs, _LEAST_LIKELY))
        starts = _starts(aligned.alignments, len(tokens)) * _STEP
        fits, at = [], 0
        for piece in pieces:
            first, last = self._sounding(piece)
            likelihood = float(likelihoods[at : at + len(piece)].sum())
            fits.append(WordFit(int(starts[at + first]), int(starts[at + last + 1]), likelihood, len(piece)))
            at += len(piece)
        return tuple(fits)

    def _sounding(self, word: Sequence[int]) -> tuple[int, int]:
        """Return which of a word's tokens is the first and which the last with a letter: a full stop takes a pause."""
        sounding = [
            at
            for at, token in enumerate(word)
            if self._tokenizer.decode([token]).strip(string.punctuation + string.whitespace + "“”‘’„«»…–—")
        ]
        return (sounding[0], sounding[-1]) if sounding else (0, len(word) - 1)


def _starts(path: Sequence[tuple[int, int]], tokens: int) -> NDArray[np.int64]:
    """Return (tokens + 1,) the position at which the path comes to each token, and to what follows the last."""
    starts = np.zeros(tokens + 1, np.int64)
    pairs = np.array(path)
    for token, position in pairs[::-1]:
        if token <= tokens:
            starts[token] = position
    return starts
