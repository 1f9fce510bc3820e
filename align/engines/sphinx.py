"""The embedded recogniser: PocketSphinx with a model of this transcript's language, no download.

Biasing the recogniser to the text is the way of P. Moreno et al., "A recursive algorithm for the forced alignment of
very long audio segments", ICSLP 1998: what is heard may be wrong, but runs of it that agree with the text are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.hearing import HeardWord
from asdelivered.align.lexicon import Phones

NAME = "sphinx"

# A first hearing only has to find anchors, so it is quick: every other frame, the two best Gaussians, narrow beams.
SETTINGS: dict[str, str | int | float | bool] = {
    "cmn": "batch",
    "fwdflat": False,
    "bestpath": False,
    "ds": 2,
    "topn": 2,
    "beam": 1e-40,
    "maxhmmpf": 2000,
}


@dataclass(frozen=True)
class LanguageFiles:
    """The dictionary and the language model of one transcript, on disk for the recognisers of all processes."""

    dictionary: Path
    model: Path


def engine_version() -> str:
    """The version of PocketSphinx."""
    return version("pocketsphinx")


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


def hear(files: LanguageFiles, cepstra: NDArray[np.float32]) -> list[HeardWord]:
    """Return the words heard in cepstra of shape (frames, 13), silence and noise left out.

    The recogniser of `files` is loaded once in each process.
    """
    decoder = _decoder(files)
    decoder.start_utt()
    decoder.process_cep(np.ascontiguousarray(cepstra).tobytes(), False, True)
    decoder.end_utt()
    if decoder.hyp() is None:
        return []
    return [
        HeardWord(segment.word.partition("(")[0], segment.start_frame, segment.end_frame + 1)
        for segment in decoder.seg()
        if segment.word[0] not in "<["
    ]


@cache
def _decoder(files: LanguageFiles) -> Any:
    from pocketsphinx import Config, Decoder

    return Decoder(Config(dict=str(files.dictionary), lm=str(files.model), loglevel="FATAL", **SETTINGS))
