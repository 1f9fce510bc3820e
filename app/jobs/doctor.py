"""Whether the parts of an installation work."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

from asdelivered.align.engines.aeneas_installation import install_aeneas
from asdelivered.align.errors import AlignError
from asdelivered.base.extras import Extra, MissingExtraError, needs

__all__ = ["Diagnosis", "Finding", "dependencies", "diagnose", "install_aeneas", "install_whisper"]

REINSTALL = 'install it anew: pip install --force-reinstall "asdelivered"'


@dataclass(frozen=True)
class Finding:
    """A part of the installation: its version or what was found, and what to do if it does not work."""

    part: str
    found: str
    works: bool
    advice: str | None = None


@dataclass(frozen=True)
class Diagnosis:
    """The findings about all parts."""

    packages: tuple[Finding, ...]
    data: tuple[Finding, ...]
    engines: tuple[Finding, ...]
    extras: tuple[Finding, ...] = ()

    @property
    def works(self) -> bool:
        """Whether `asdelivered align` can run: all packages and data are there, and one engine."""
        needed = (*self.packages, *self.data)
        return all(one.works for one in needed) and any(one.works for one in self.engines)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "works": self.works,
            "python": platform.python_version(),
            "packages": _to_json(self.packages),
            "data": _to_json(self.data),
            "engines": _to_json(self.engines),
            "extras": _to_json(self.extras),
        }


def _to_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [asdict(finding) for finding in findings]


def diagnose() -> Diagnosis:
    """Check all parts of the installation."""
    return Diagnosis(
        tuple(_packages()),
        tuple(_try(part, check) for part, check in DATA.items()),
        tuple(_try(engine, check) for engine, check in ENGINES.items()),
        tuple(_try(part, check) for part, check in OPTIONAL.items()),
    )


def install_whisper(model: str, report: Callable[[str], None]) -> None:
    """Install a known Whisper model, such as "base", where it is not there yet; `report` gets a sentence at a time."""
    from asdelivered.align.engines import whisper_installation
    from asdelivered.align.engines.whisper_weights import KNOWN

    (weights,) = (one for one in KNOWN if one.name == model)
    folder = whisper_installation.install_whisper(weights, report)
    report(f"The model {model} is in {folder}" if folder else f"The model {model} is here already")


def dependencies() -> list[str]:
    """Return the names of the packages that the installed program declares as dependencies."""
    from packaging.requirements import Requirement

    stated = [Requirement(requirement) for requirement in requires("asdelivered") or []]
    # A package may be stated once for each version of Python; extras are not needed here.
    needed = [one for one in stated if one.marker is None or one.marker.evaluate({"extra": ""})]
    return list(dict.fromkeys(requirement.name for requirement in needed))


def _packages() -> Iterator[Finding]:
    for name in ["asdelivered", *dependencies()]:
        try:
            yield Finding(name, version(name), True)
        except PackageNotFoundError:
            yield Finding(name, "missing", False, f'pip install "{name}"')


def _program() -> str:
    """Load everything that `align` uses."""
    import asdelivered.app.jobs.align  # noqa: F401

    return "loaded"


def _speech_model() -> str:
    """Run the model that finds speech."""
    import numpy as np

    from asdelivered.media.speech import WINDOW, speech_probabilities

    speech_probabilities([np.zeros(WINDOW, dtype=np.int16)])
    return "Silero VAD 6"


def _pronunciation() -> str:
    """Pronounce a word that no dictionary has."""
    from asdelivered.align.acoustic.lexicon import pronounce

    if not pronounce(["asdelivered"], "en"):
        raise RuntimeError("no sound for a word")
    return "the CMU dictionary, and espeak-ng"


def _sphinx() -> str:
    """Read the recogniser's model."""
    from asdelivered.align.acoustic.acoustic_model import embedded_model

    embedded_model()
    return f"PocketSphinx {version('pocketsphinx')}, US English model"


def _whisper() -> str:
    """Load the library, and name the models that are here."""
    from pathlib import Path

    with needs(Extra.WHISPER, "The engine whisper"):
        import ctranslate2
        import faster_whisper
        from huggingface_hub.constants import HF_HUB_CACHE

    from asdelivered.align.engines.selection import find_models

    gpus = ctranslate2.get_cuda_device_count()
    models = [model.name.rpartition("-whisper-")[2] for model in find_models(Path(HF_HUB_CACHE))]
    here = f"models: {', '.join(models)}" if models else "no model: asdelivered doctor --install whisper-base"
    return f"faster-whisper {faster_whisper.__version__}, {'a GPU' if gpus else 'no GPU'}; {here}"


def _aeneas() -> str:
    """Load it with its C code; without that it is 50 times slower."""
    from asdelivered.align.engines.aeneas import check_installed

    check_installed()
    return f"aeneas {version('aeneas')}, with its C code"


DATA: dict[str, Callable[[], str]] = {
    "the program": _program,
    "speech activity": _speech_model,
    "pronunciation": _pronunciation,
}
"""What every engine needs. Each function returns what it found, or raises."""
ENGINES: dict[str, Callable[[], str]] = {"sphinx": _sphinx, "whisper": _whisper, "aeneas": _aeneas}
"""At least one of them must work."""


def _clips() -> str:
    """Find what renders clips: FFmpeg, or PyAV for the plain ones."""
    from asdelivered.media.rendering.ffmpeg import find_ffmpeg

    program = find_ffmpeg()
    if program is None:
        raise MissingExtraError(
            Extra.CLIPS, "Captions in the picture, reels and audiograms (plain clips work)"
        )
    return f"FFmpeg: {program}"


OPTIONAL: dict[str, Callable[[], str]] = {"clips": _clips}
"""What extras bring."""


def _try(part: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(part, check(), True)
    except (AlignError, MissingExtraError) as error:  # which say what to do
        return Finding(part, "missing", False, str(error))
    except Exception as error:  # whatever a broken installation raises is the finding
        return Finding(part, f"{type(error).__name__}: {error}", False, REINSTALL)
