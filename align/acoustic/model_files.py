"""Where CMU Sphinx's model of US English and its dictionary lie on this machine.

PocketSphinx's package has them. Pythons for which that has no wheel get SpeechRecognition's instead: its acoustic model
is the same to the byte, its dictionary lacks some 1,400 words, which espeak-ng then pronounces.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from asdelivered.align.errors import AlignError


@dataclass(frozen=True)
class ModelFiles:
    """The folder of the acoustic model, and the pronouncing dictionary."""

    acoustic: Path
    dictionary: Path


_PLACES = {
    "pocketsphinx": ModelFiles(Path("model/en-us/en-us"), Path("model/en-us/cmudict-en-us.dict")),
    "speech_recognition": ModelFiles(
        Path("pocketsphinx-data/en-US/acoustic-model"),
        Path("pocketsphinx-data/en-US/pronounciation-dictionary.dict"),
    ),
}
"""Each package that has them, and where in it."""


def model_files(packages: tuple[str, ...] = tuple(_PLACES)) -> ModelFiles:
    """Return the files of the first of these packages that is installed; none of them is loaded.

    Raises AlignError where none is.
    """
    for package in packages:
        spec = find_spec(package)
        if spec and spec.submodule_search_locations:
            folder, within = Path(spec.submodule_search_locations[0]), _PLACES[package]
            return ModelFiles(folder / within.acoustic, folder / within.dictionary)
    raise AlignError('the model of speech is not installed: pip install --force-reinstall "asdelivered"')
