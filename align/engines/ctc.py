"""The engine `ctc`: any CTC model in ONNX form that the user brings, such as a wav2vec 2.0 of a language.

Its words are the most probable letters, without a language model: names come out as they sound. Only runs that agree
with the text are believed, as with all engines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.engines.ctc_model import CtcModel, Floats
from asdelivered.align.engines.engine import Chunk, EngineOptions, RecognitionTask, Setting
from asdelivered.align.errors import AlignError
from asdelivered.align.values.recognised_word import RecognisedWord

_LEAST_KNOWN = 0.5
"""Share of a text's letters that the model must have: with fewer it is for another script."""


class Ctc:
    """Recognises one chunk after the other, in this process: the library itself uses all cores."""

    name = "ctc"
    wants_samples = True
    time_error = 10

    def __init__(self, options: EngineOptions) -> None:
        """Load the model. Raises AlignError where none is named, or it can't be loaded."""
        self._folder = named_folder(options)
        self._model = CtcModel(self._folder)

    def version(self) -> str:
        """Return the version of ONNX Runtime."""
        from asdelivered.align.engines.onnx_runtime import onnxruntime

        return str(onnxruntime.__version__)

    def settings(self) -> dict[str, Setting]:
        """Return the model."""
        return {"model": str(self._folder)}

    def recognise(
        self, task: RecognitionTask, chunks: Iterable[Chunk], careful: bool
    ) -> Iterator[list[RecognisedWord]]:
        """Recognise each chunk. A `careful` pass does the same: there is no search that could be wider."""
        self._check([word for token in task.script.tokens for word in token.spoken])
        for chunk in chunks:
            yield self._words(self._model.log_probabilities(chunk.samples))

    def _check(self, words: list[str]) -> None:
        letters = sum(letter.isalpha() for word in words for letter in word)
        known = sum(len(self._model.letters.spell(word)) for word in words)
        if known < _LEAST_KNOWN * letters:
            raise AlignError(
                f"{self._folder} has no letters for most of the text: take a model of its language and script"
            )

    def _words(self, scores: Floats) -> list[RecognisedWord]:
        letters = self._model.letters
        names = {number: name for name, number in letters.numbers.items()}
        words: list[RecognisedWord] = []
        word, since, at = "", 0, 0
        for number, run in groupby(scores.argmax(axis=1).tolist()):
            length = sum(1 for _ in run)
            if number == letters.between and word:
                words.append(self._word(word, since, at))
                word = ""
            elif number not in (letters.blank, letters.between) and len(names.get(number, "")) == 1:
                since = at if not word else since
                word += names[number].lower()
            at += length
        if word:
            words.append(self._word(word, since, at))
        return words

    def _word(self, word: str, since: int, until: int) -> RecognisedWord:
        start, end = (round(frame * self._model.step / FRAME_MS) for frame in (since, until))
        return RecognisedWord(word, start, max(start + 1, end))


def named_folder(options: EngineOptions) -> Path:
    """Return the folder of the model that the options name. Raises AlignError where they name none."""
    if options.model is None:
        raise AlignError("the engine ctc needs a model: give --model FOLDER with a .onnx file and vocab.json")
    return Path(options.model)
