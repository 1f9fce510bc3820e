"""The engine `sphinx`: PocketSphinx with a language model made from the transcript; it is embedded, without download.

Biasing the recogniser towards the text follows P. Moreno et al., "A recursive algorithm for the forced alignment of
very long audio segments", ICSLP 1998: single words may be wrong, but runs of words that agree with the text are not.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import CEPSTRA
from asdelivered.align.acoustic.lexicon import Phones
from asdelivered.align.engines.engine import Chunk, EngineOptions, RecognitionTask, Setting
from asdelivered.align.engines.haste import BLOCK, Haste
from asdelivered.align.engines.recognition_cache import RecognitionCache
from asdelivered.align.values.recognised_word import RecognisedWord

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
_AHEAD = 2
"""Blocks that are handed out before the results of the first are awaited: more than a core can decode meanwhile."""


@dataclass(frozen=True)
class LanguageFiles:
    """The dictionary and the language model of one transcript, on disk for the decoders of all processes."""

    dictionary: Path
    model: Path


@dataclass(frozen=True)
class _Page:
    """What is kept of one transcript: its files, and what was recognised with them."""

    files: LanguageFiles
    cache: RecognitionCache | None
    careful: dict[str, list[RecognisedWord]]
    """What was heard carefully, by the hash of the sound: a chunk is heard so only once."""


@dataclass(frozen=True)
class _Block:
    """Chunks that are heard alike: where each begins, a hash of its sound, and what is recognised, or will be."""

    careful: bool
    starts: list[int]
    sounds: list[str]
    words: list[list[RecognisedWord] | Future[list[RecognisedWord]]]

    def add(self, page: _Page, pool: Executor, chunk: Chunk) -> None:
        """Have another chunk recognised, unless it was before."""
        cepstra = chunk.frames[:, :CEPSTRA]
        sound = hashlib.sha256(cepstra.tobytes()).hexdigest() + ("-careful" if self.careful else "")
        known = page.careful.get(sound)
        if known is None and page.cache:
            known = page.cache.get(sound)
        self.starts.append(chunk.start)
        self.sounds.append(sound)
        self.words.append(
            pool.submit(recognise_chunk, page.files, cepstra, self.careful) if known is None else known
        )


class Sphinx:
    """Recognises chunks in the worker processes. It has one acoustic model, and no choice of others."""

    name = "sphinx"
    wants_samples = False
    time_error = 0

    def __init__(self, options: EngineOptions) -> None:
        self._cache = options.cache
        self._pages: dict[Path, _Page] = {}

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
        """Recognise each chunk; up to three minutes of them are handed out before the first result.

        Where the text is found in few chunks by quick hearing, those after them are heard carefully at once.
        """
        if task.folder not in self._pages:
            files = write_language(task.script.sentences, task.script.lexicon, task.folder)
            cache = RecognitionCache(self._cache, self._digest(files)) if self._cache else None
            self._pages[task.folder] = _Page(files, cache, {})
        page = self._pages[task.folder]
        haste = Haste(task.tell_unclear)
        blocks: deque[_Block] = deque()
        for number, chunk in enumerate(chunks):
            if number % BLOCK == 0:
                if len(blocks) == _AHEAD and not careful:
                    yield from self._results(page, blocks.popleft(), haste)
                blocks.append(_Block(careful or haste.next_is_careful(), [], [], []))
            blocks[-1].add(page, task.pool, chunk)
        while blocks:
            yield from self._results(page, blocks.popleft(), haste)

    def _results(self, page: _Page, block: _Block, haste: Haste) -> list[list[RecognisedWord]]:
        """Return what is recognised in the chunks of a block, and learn from it."""
        results = [one.result() if isinstance(one, Future) else one for one in block.words]
        for sound, words in zip(block.sounds, results, strict=True):
            if block.careful:
                page.careful[sound] = words
            if page.cache:
                page.cache.put(sound, words)
        if not block.careful:
            haste.heard(
                [
                    [replace(word, start=word.start + start, end=word.end + start) for word in words]
                    for start, words in zip(block.starts, results, strict=True)
                ]
            )
        return results

    def _digest(self, files: LanguageFiles) -> str:
        """Return a hash of everything but the sound that influences what is recognised."""
        parts = [
            repr((self.version(), QUICK, CAREFUL)).encode(),
            files.dictionary.read_bytes(),
            files.model.read_bytes(),
        ]
        return hashlib.sha256(b"\0".join(parts)).hexdigest()


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
    decoder = _decoder(files, careful)
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


@lru_cache(maxsize=1)
def _decoder(files: LanguageFiles, careful: bool) -> Any:
    from pocketsphinx import Config, Decoder

    settings = CAREFUL if careful else QUICK
    return Decoder(Config(dict=str(files.dictionary), lm=str(files.model), loglevel="FATAL", **settings))
