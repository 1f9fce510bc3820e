"""The engine `sphinx`: PocketSphinx with a language model made from the transcript; it is embedded, without download.

Biasing the recogniser towards the text follows P. Moreno et al., "A recursive algorithm for the forced alignment of
very long audio segments", ICSLP 1998: single words may be wrong, but runs of words that agree with the text are not.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import CEPSTRA
from asdelivered.align.acoustic.lexicon import Phones
from asdelivered.align.engines.engine import Chunk, EngineOptions, RecognitionTask, Setting
from asdelivered.align.engines.recognition_cache import RecognitionCache
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.base.extras import Extra, MissingExtraError
from asdelivered.base.processes import kept
from asdelivered.base.timeline import stage

_ALWAYS: dict[str, Setting] = {
    "cmn": "batch",
    "fwdflat": False,
    "bestpath": False,
    "beam": 1e-40,
    "maxhmmpf": 2000,
    "lw": 8.0,
}
# Recognition only has to find anchors. Where speech is clear, every third frame and its best Gaussian are enough.
QUICK: dict[str, Setting] = {**_ALWAYS, "ds": 3, "topn": 1}
CAREFUL: dict[str, Setting] = {**_ALWAYS, "ds": 2, "topn": 4}


@dataclass(frozen=True)
class LanguageFiles:
    """The dictionary and the language model of one transcript, on disk for the decoders of all processes."""

    dictionary: Path
    model: Path


class Sphinx:
    """Recognises chunks in the worker processes. It has one acoustic model, and no choice of others."""

    name = "sphinx"
    wants_samples = False
    time_error = 0

    def __init__(self, options: EngineOptions) -> None:
        """Raise MissingExtraError where PocketSphinx is not there."""
        check_installed()
        self._cache = options.cache
        self._written: dict[Path, tuple[LanguageFiles, RecognitionCache | None]] = {}

    def version(self) -> str:
        """Return the version of PocketSphinx."""
        return version("pocketsphinx")

    def settings(self) -> dict[str, Setting]:
        """Return the settings of the quick pass, and those of the careful one where they differ."""
        careful = {f"careful.{name}": value for name, value in CAREFUL.items() if QUICK[name] != value}
        return QUICK | careful

    def recognise(
        self, task: RecognitionTask, chunks: Iterable[Chunk], careful: bool
    ) -> Iterator[list[RecognisedWord]]:
        """Recognise each chunk. They are handed out as they are decoded; what is recognised meanwhile is yielded."""
        if task.folder not in self._written:
            files = write_language(task.script.sentences, task.script.lexicon, task.folder)
            cache = RecognitionCache(self._cache, self._digest(files)) if self._cache else None
            self._written[task.folder] = files, cache
        files, cache = self._written[task.folder]
        pending: deque[tuple[str, Future[list[RecognisedWord]]]] = deque()

        def next_words() -> list[RecognisedWord]:
            sound, recognised = pending.popleft()
            words = recognised.result()
            if cache:
                cache.put(sound, words)
            return words

        for chunk in chunks:
            cepstra = chunk.frames[:, :CEPSTRA]
            sound = hashlib.sha256(cepstra.tobytes()).hexdigest() + ("-careful" if careful else "")
            known = cache.get(sound) if cache else None
            if known is None:
                recognised = task.pool.submit(recognise_chunk, files, cepstra, careful)
            else:
                recognised = Future()
                recognised.set_result(known)
            pending.append((sound, recognised))
            while pending and pending[0][1].done():
                yield next_words()
        while pending:
            yield next_words()

    def _digest(self, files: LanguageFiles) -> str:
        """Return a hash of everything but the sound that influences what is recognised."""
        parts = [
            repr((self.version(), QUICK, CAREFUL)).encode(),
            files.dictionary.read_bytes(),
            files.model.read_bytes(),
        ]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_installed() -> bool:
    """Return whether PocketSphinx is there, without loading it."""
    return find_spec("pocketsphinx") is not None


def check_installed() -> None:
    """Raise MissingExtraError where PocketSphinx is not there."""
    if not is_installed():
        raise MissingExtraError(Extra.SPHINX, "the engine sphinx")


@stage("language model")
def write_language(
    sentences: Iterable[tuple[str, ...]], lexicon: dict[str, tuple[Phones, ...]], folder: Path
) -> LanguageFiles:
    """Write the dictionary and a trigram model of `sentences` into `folder`."""
    from pocketsphinx.lm import ArpaBoLM

    files = LanguageFiles(folder / "words.dict", folder / "words.lm")
    entries = [
        f"{word}{f'({number})' if number > 1 else ''} {' '.join(phones)}\n"
        for word, ways in sorted(lexicon.items())
        for number, phones in enumerate(ways, start=1)
    ]
    files.dictionary.write_text("".join(entries), encoding="utf-8")
    model = ArpaBoLM(text="\n".join(f"<s> {' '.join(words)} </s>" for words in sentences))
    model.compute()
    model.write_file(str(files.model))
    return files


def recognise_chunk(
    files: LanguageFiles, cepstra: NDArray[np.float32], careful: bool
) -> list[RecognisedWord]:
    """Return the words recognised in cepstra of shape (frames, 13), without silence and noise.

    The decoder for `files` is loaded once in each process. A `careful` one takes twice the time.
    """
    with stage("loading the recogniser"):
        decoder = kept(_make_decoder, files, careful)
    with stage("careful hearing" if careful else "hearing"):
        decoder.start_utt()
        decoder.process_cep(np.ascontiguousarray(cepstra).tobytes(), False, True)
        decoder.end_utt()
    if decoder.hyp() is None:
        return []
    return [
        RecognisedWord(segment.word.partition("(")[0], segment.start_frame, segment.end_frame + 1)
        for segment in decoder.seg()
        if segment.word[0] not in "<["
    ]


def _make_decoder(files: LanguageFiles, careful: bool) -> Any:
    from pocketsphinx import Config, Decoder

    settings = CAREFUL if careful else QUICK
    return Decoder(Config(dict=str(files.dictionary), lm=str(files.model), loglevel="FATAL", **settings))
