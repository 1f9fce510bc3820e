"""A CTC model in ONNX form: it says which letter each 20 ms of sound may be, as wav2vec 2.0 and MMS models do.

A model is a folder as Hugging Face's `optimum` exports it: a `.onnx` file that takes (1, samples) of 16 kHz and gives
(1, frames, letters), and `vocab.json`, which names the letters.

Source: A. Graves et al., Connectionist Temporal Classification, ICML 2006.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import SAMPLE_RATE
from asdelivered.align.errors import AlignError
from asdelivered.base.errors import first_line
from asdelivered.base.reading import read_file

Floats = NDArray[np.float32]

_MAX_VOCABULARY = 4 * 2**20
"""Bytes of a vocab.json: thousands of letters of many scripts have some 100 kB."""
_BLANKS = ("<pad>", "[PAD]", "<blank>", "<blk>", "-")
"""What models call the symbol that stands for no letter, the surest first."""
OTHER = 0.5
"""What a frame of other speech around a text costs: otherwise, it would be as good as the text's own letters."""
_BETWEEN_WORDS = ("|", " ", "▁")


@dataclass(frozen=True)
class Letters:
    """The letters of a model by number; `between` is the symbol between two words, if it has one."""

    numbers: dict[str, int]
    blank: int
    between: int | None

    @cached_property
    def romanise(self) -> bool:
        """Whether it knows romanised text of any script: A to Z, no mark between words, as MMS's forced aligner."""
        return self.between is None and all(letter.isascii() for letter in self.numbers if len(letter) == 1)

    def spell(self, word: str) -> list[int]:
        """Return the numbers of a word's letters, without marks such as accents where the model lacks those.

        For a model of romanised text, letters of other scripts are romanised one by one. What the model has no letter
        for, such as a digit, is left out.
        """
        return [number for letter in word for number in self._spell(letter)]

    def _spell(self, letter: str) -> list[int]:
        plain = unicodedata.normalize("NFKD", letter)[:1]
        for form in (letter, plain):
            if found := self._known(form):
                return found
        if not self.romanise:
            return []
        return [number for form in anyascii(letter) for number in self._known(form)]

    def _known(self, letter: str) -> list[int]:
        forms = (letter, letter.lower(), letter.upper())
        found = next((self.numbers[form] for form in forms if form in self.numbers), self.blank)
        return [] if found in (self.blank, self.between) else [found]


class CtcModel:
    """Gives the log-probability of each letter at each moment of a sound."""

    def __init__(self, folder: Path) -> None:
        """Load a model. Raises AlignError, saying what is missing in the folder or wrong with it."""
        from asdelivered.align.engines.onnx_runtime import onnxruntime

        files = sorted(folder.glob("*.onnx")) if folder.is_dir() else []
        if len(files) != 1:
            raise AlignError(
                f"{folder}: a CTC model is a folder with one .onnx file and vocab.json, and here "
                f"{'is no such folder' if not folder.is_dir() else f'are {len(files)} .onnx files'}: "
                "give --model FOLDER"
            )
        self.letters = read_letters(folder / "vocab.json")
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(
                str(files[0]), options, providers=["CPUExecutionProvider"]
            )
            self._input = self._session.get_inputs()[0].name
            short, long = (len(self._run(np.zeros(SAMPLE_RATE * seconds, np.float32))) for seconds in (1, 3))
        except Exception as error:  # the library raises what each of its layers throws
            raise AlignError(
                f"{files[0]}: not a CTC model that takes (1, samples) ({first_line(error)}): export it again"
            ) from error
        if long <= short:
            raise AlignError(f"{files[0]}: not a CTC model: it gives as much for a second as for three")
        self.step = round(2000 / (long - short), 3)
        """Milliseconds of a frame."""

    def log_probabilities(self, samples: NDArray[np.int16]) -> Floats:
        """Return (frames, letters) for (samples,), 16 kHz mono; without frames where there is too little sound.

        Raises AlignError where the model breaks off.
        """
        if len(samples) < SAMPLE_RATE // 10:
            return np.empty((0, len(self.letters.numbers)), np.float32)
        sound = samples.astype(np.float32)
        sound = (sound - sound.mean()) / np.sqrt(sound.var() + 1e-3)
        try:
            scores = self._run(sound)
        except Exception as error:
            raise AlignError(f"the CTC model broke off while it listened ({first_line(error)})") from error
        scores = scores - scores.max(axis=1, keepdims=True)
        logs: Floats = (scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))).astype(np.float32)
        return logs

    def _run(self, sound: Floats) -> Floats:
        scores = np.asarray(
            self._session.run(None, {self._input: sound[None].astype(np.float32)})[0], np.float32
        )
        if scores.ndim != 3 or scores.shape[2] <= max(self.letters.numbers.values()):
            raise ValueError(
                f"it gives {scores.shape}, and vocab.json names {len(self.letters.numbers)} letters"
            )
        result: Floats = scores[0]
        return result


def read_letters(path: Path) -> Letters:
    """Read vocab.json: an object of letters and their numbers. Raises AlignError."""
    content = read_file(path, _MAX_VOCABULARY, "vocabulary of a CTC model", AlignError)
    try:
        data = json.loads(content)
    except ValueError as error:
        raise AlignError(f"{path}: not JSON: {error}") from error
    numbers = data.values() if isinstance(data, dict) else ()
    if not numbers or not all(type(one) is int and 0 <= one < 1_000_000 for one in numbers):
        raise AlignError(
            f"{path}: not an object of letters and their numbers: take the model's own vocab.json"
        )
    blank = next((data[name] for name in _BLANKS if name in data), None)
    if blank is None:
        raise AlignError(f"{path}: none of its letters is a blank ({', '.join(_BLANKS)}), as CTC needs one")
    between = next((data[name] for name in _BETWEEN_WORDS if name in data), None)
    return Letters(data, blank, between)


def align_letters(
    scores: Floats, letters: Sequence[int], gaps: Sequence[int | None], blank: int
) -> NDArray[np.int64]:
    """Return (letters, 2) the frames [first, last] of each of `letters` on the best path through `scores`.

    `scores` (frames, symbols) are log-probabilities. Before each letter there may be blanks, or the symbol that `gaps`
    (letters) names there; before the first and after the last there may be anything, since other words may be there.
    Empty where the sound has too few frames for the letters. The memory is twice frames x letters bytes.
    """
    frames, states = len(scores), 2 * len(letters) + 1
    again = np.zeros(states, bool)  # a letter that follows the same one needs a blank between
    again[3::2] = np.array(letters[1:]) != np.array(letters[:-1])
    if frames < len(letters) + sum(a == b for a, b in pairwise(letters)):
        return np.empty((0, 2), np.int64)
    symbols = np.full(states, blank)
    symbols[1::2] = letters
    between = np.array([blank if gap is None else gap for gap in gaps[1:]], np.int64)
    best = np.full(states, -np.inf, np.float32)
    steps = np.zeros((frames, states), np.int8)
    for frame, row in enumerate(scores):
        here = row[symbols]
        here[2:-1:2] = np.maximum(here[2:-1:2], row[between])
        here[0] = here[-1] = row.max() - OTHER
        if frame == 0:
            best[:2] = here[:2]
            continue
        one = np.concatenate(([-np.inf], best[:-1]))
        two = np.where(again, np.concatenate(([-np.inf, -np.inf], best[:-2])), -np.inf)[:states]
        choices = np.stack([best, one, two])
        steps[frame] = choices.argmax(axis=0)
        best = choices.max(axis=0) + here
    state = states - 1 if best[-1] >= best[-2] else states - 2
    found = np.full((len(letters), 2), -1, np.int64)
    for frame in range(frames - 1, -1, -1):
        if state % 2:
            letter = state // 2
            found[letter, 0] = frame
            if found[letter, 1] < 0:
                found[letter, 1] = frame
        state -= int(steps[frame, state])
    return found
