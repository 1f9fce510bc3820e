"""The engine `sphinx`: PocketSphinx with a language model made from the transcript; it is embedded, without download.

Biasing the recogniser towards the text follows P. Moreno et al., "A recursive algorithm for the forced alignment of
very long audio segments", ICSLP 1998: single words may be wrong, but runs of words that agree with the text are not.
It hears with a smaller acoustic model where speech is clear, and with a larger one elsewhere.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.acoustic_model import embedded_model
from asdelivered.align.acoustic.features import CEPSTRA
from asdelivered.align.acoustic.lexicon import Phones
from asdelivered.align.engines.engine import Chunk, EngineOptions, RecognitionTask, Setting
from asdelivered.align.engines.recognition_cache import RecognitionCache
from asdelivered.align.engines.sphinx_model import EVERY, ModelSize, heard_features, write_model
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.base.extras import Extra, MissingExtraError
from asdelivered.base.processes import cores, kept
from asdelivered.base.timeline import stage

_AHEAD = 16
"""Chunks for each core that wait to be heard, at most: four minutes of sound."""


@dataclass(frozen=True)
class Hearing:
    """How sound is heard: the size of the acoustic model, and the settings of PocketSphinx."""

    size: ModelSize
    decoder: dict[str, Setting]

    @property
    def settings(self) -> dict[str, Setting]:
        """Return all settings."""
        return {**asdict(self.size), **self.decoder}


_ALWAYS: dict[str, Setting] = {
    # It gets features, and computes none.
    "feat": "13,13,13",
    "ceplen": 39,
    "ncep": 39,
    "nfilt": 40,
    "cmn": "none",
    # For each two frames one is heard, so words weigh half of what they would; with more, runs of them are made up.
    "lw": 4.0,
    # Recognition only has to find anchors: one search will do.
    "fwdflat": False,
    "bestpath": False,
    "maxhmmpf": 2000,
}
QUICK = Hearing(
    ModelSize(gaussians=16, triphones=False),
    {
        **_ALWAYS,
        "topn": 1,
        "beam": 1e-25,
        "pbeam": 1e-25,
        "lpbeam": 1e-20,
        "lponlybeam": 1e-15,
        "wbeam": 1e-15,
        "pl_window": 2,
    },
)
CAREFUL = Hearing(
    ModelSize(gaussians=32, triphones=True),
    {
        **_ALWAYS,
        "topn": 4,
        "beam": 1e-40,
        "pbeam": 1e-48,
        "lpbeam": 1e-25,
        "lponlybeam": 1e-15,
        "wbeam": 1e-20,
        "pl_window": 5,
    },
)


@dataclass(frozen=True)
class SphinxFiles:
    """What the decoders of all processes read, in a folder: the words of a transcript, and the acoustic models."""

    folder: Path

    @property
    def dictionary(self) -> Path:
        """How each word is said."""
        return self.folder / "words.dict"

    @property
    def language_model(self) -> Path:
        """Which words follow each other."""
        return self.folder / "words.lm"

    @property
    def quick(self) -> Path:
        """The folder of the model for the quick pass."""
        return self.folder / "quick"

    @property
    def careful(self) -> Path:
        """The folder of the model for the careful pass."""
        return self.folder / "careful"


class Sphinx:
    """Recognises chunks in the worker processes. It has one acoustic model, and no choice of others."""

    name = "sphinx"
    wants_samples = False
    time_error = 0

    def __init__(self, options: EngineOptions) -> None:
        """Raise MissingExtraError where PocketSphinx is not there."""
        check_installed()
        self._cache = options.cache
        self._writing: dict[Path, tuple[Future[None], ...]] = {}
        self._caches: dict[Path, RecognitionCache] = {}

    def version(self) -> str:
        """Return the version of PocketSphinx."""
        return version("pocketsphinx")

    def settings(self) -> dict[str, Setting]:
        """Return the settings of the quick pass, and those of the careful one where they differ."""
        quick, careful = QUICK.settings, CAREFUL.settings
        return quick | {f"careful.{name}": value for name, value in careful.items() if quick[name] != value}

    def recognise(
        self, task: RecognitionTask, chunks: Iterable[Chunk], careful: bool
    ) -> Iterator[list[RecognisedWord]]:
        """Recognise each chunk. They are handed out as they are decoded; what is recognised meanwhile is yielded.

        Decoding, which is faster, waits for hearing where it gets far ahead: what it has made would pile up.
        """
        if task.folder not in self._writing:
            # They are written in two other processes while the first sound is decoded in this one.
            files = SphinxFiles(task.folder)
            text = task.script.sentences, task.script.lexicon
            self._writing[task.folder] = (
                task.pool.submit(write_language, *text, files),
                task.pool.submit(write_models, files),
            )
        pending: deque[tuple[str, Future[list[RecognisedWord]]]] = deque()

        def next_words() -> list[RecognisedWord]:
            sound, recognised = pending.popleft()
            words = recognised.result()
            if self._cache:
                self._cache_for(task.folder).put(sound, words)
            return words

        for chunk in chunks:
            cepstra = chunk.frames[:, :CEPSTRA]
            sound = hashlib.sha256(cepstra.tobytes()).hexdigest() + ("-careful" if careful else "")
            known = self._cache_for(task.folder).get(sound) if self._cache else None
            if known is None:
                files = self._written(task.folder)
                recognised = task.pool.submit(recognise_chunk, files, cepstra, careful)
            else:
                recognised = Future()
                recognised.set_result(known)
            pending.append((sound, recognised))
            while pending and (pending[0][1].done() or len(pending) > _AHEAD * cores()):
                yield next_words()
        while pending:
            yield next_words()

    def _written(self, folder: Path) -> SphinxFiles:
        """Return the files in a folder once they are written. Raises AlignError where they cannot be."""
        for writing in self._writing[folder]:
            writing.result()
        return SphinxFiles(folder)

    def _cache_for(self, folder: Path) -> RecognitionCache:
        assert self._cache
        if folder not in self._caches:
            self._caches[folder] = RecognitionCache(self._cache, self._digest(self._written(folder)))
        return self._caches[folder]

    def _digest(self, files: SphinxFiles) -> str:
        """Return a hash of everything but the sound that influences what is recognised."""
        parts = [repr((self.version(), QUICK, CAREFUL)).encode()]
        parts += [file.read_bytes() for file in (files.dictionary, files.language_model)]
        parts += [
            file.read_bytes() for model in (files.quick, files.careful) for file in sorted(model.iterdir())
        ]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_installed() -> bool:
    """Return whether PocketSphinx is there, without loading it."""
    return find_spec("pocketsphinx") is not None


def check_installed() -> None:
    """Raise MissingExtraError where PocketSphinx is not there."""
    if not is_installed():
        raise MissingExtraError(Extra.SPHINX, "the engine sphinx")


def write_files(
    sentences: Iterable[tuple[str, ...]], lexicon: dict[str, tuple[Phones, ...]], folder: Path
) -> SphinxFiles:
    """Write the dictionary, a trigram model of `sentences` and the acoustic models into `folder`.

    Raises AlignError where the embedded acoustic model cannot be read.
    """
    files = SphinxFiles(folder)
    write_language(sentences, lexicon, files)
    write_models(files)
    return files


def write_models(files: SphinxFiles) -> None:
    """Write the models that are heard with. Raises AlignError where the embedded acoustic model cannot be read."""
    with stage("models to hear with"):
        model = embedded_model()
        write_model(model, QUICK.size, files.quick)
        write_model(model, CAREFUL.size, files.careful)


def write_language(
    sentences: Iterable[tuple[str, ...]], lexicon: dict[str, tuple[Phones, ...]], files: SphinxFiles
) -> None:
    """Write the dictionary, and the trigram model of `sentences`."""
    from pocketsphinx.lm import ArpaBoLM

    with stage("language model"):
        entries = [
            f"{word}{f'({number})' if number > 1 else ''} {' '.join(phones)}\n"
            for word, ways in sorted(lexicon.items())
            for number, phones in enumerate(ways, start=1)
        ]
        files.dictionary.write_text("".join(entries), encoding="utf-8")
        model = ArpaBoLM(text="\n".join(f"<s> {' '.join(words)} </s>" for words in sentences))
        model.compute()
        model.write_file(str(files.language_model))


def recognise_chunk(files: SphinxFiles, cepstra: NDArray[np.float32], careful: bool) -> list[RecognisedWord]:
    """Return the words recognised in cepstra of shape (frames, 13), without silence and noise.

    The decoder for `files` is loaded once in each process. A `careful` one takes twice the time.
    """
    with stage("loading the recogniser"):
        decoder = kept(_make_decoder, files, careful)
    with stage("careful hearing" if careful else "hearing"):
        decoder.start_utt()
        decoder.process_cep(np.ascontiguousarray(heard_features(cepstra)).tobytes(), False, True)
        decoder.end_utt()
    if decoder.hyp() is None:
        return []
    return [
        RecognisedWord(
            segment.word.partition("(")[0],
            EVERY * segment.start_frame,
            min(len(cepstra), EVERY * (segment.end_frame + 1)),
        )
        for segment in decoder.seg()
        if segment.word[0] not in "<["
    ]


def _make_decoder(files: SphinxFiles, careful: bool) -> Any:
    from pocketsphinx import Config, Decoder

    model, hearing = (files.careful, CAREFUL) if careful else (files.quick, QUICK)
    return Decoder(
        Config(
            hmm=str(model),
            dict=str(files.dictionary),
            lm=str(files.language_model),
            loglevel="FATAL",
            **hearing.decoder,
        )
    )
