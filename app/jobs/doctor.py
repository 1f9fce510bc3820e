"""Whether the parts of an installation work."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import Any

from asdelivered.align.engines import known_engines
from asdelivered.align.engines.aeneas_installation import install_aeneas
from asdelivered.align.errors import AlignError
from asdelivered.app.jobs.dependencies import PROGRAM, Dependency, dependencies
from asdelivered.base.extras import MissingExtraError, install_command

__all__ = ["Diagnosis", "Finding", "diagnose", "install_aeneas", "install_whisper"]

REINSTALL = f'install it anew: pip install --force-reinstall "{PROGRAM}"'


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
    extras: tuple[Finding, ...]
    data: tuple[Finding, ...]
    engines: tuple[Finding, ...]

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
            "extras": _to_json(self.extras),
            "data": _to_json(self.data),
            "engines": _to_json(self.engines),
        }


def _to_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    return [asdict(finding) for finding in findings]


def diagnose() -> Diagnosis:
    """Check all parts of the installation."""
    return Diagnosis(
        tuple(_packages()),
        tuple(_extras()),
        tuple(_try(part, check) for part, check in DATA.items()),
        tuple(_try(engine, _check_of(engine)) for engine in sorted(known_engines())),
    )


def install_whisper(model: str, report: Callable[[str], None]) -> None:
    """Install a Whisper model, such as "base", where it is not there yet; `report` gets a sentence at a time."""
    from asdelivered.align.engines import whisper_installation

    weights = whisper_installation.known_weights(model)
    folder = whisper_installation.install_whisper(weights, report)
    report(f"The model {model} is in {folder}" if folder else f"The model {model} is here already")


def _packages() -> Iterator[Finding]:
    yield Finding(PROGRAM, version(PROGRAM), True)
    for one in dependencies():
        if one.needed_here and not one.extra:
            yield _finding(one, f'pip install "{one.requirement.name}{one.requirement.specifier}"')


def _extras() -> Iterator[Finding]:
    for one in dependencies():
        if one.needed_here and one.extra:
            # pip alone can't build aeneas
            ours = one.extra == "aeneas"
            found = _finding(
                one, f"{PROGRAM} doctor --install aeneas" if ours else install_command(one.extra)
            )
            yield replace(
                found, part=one.extra, found=found.found if found.works else f"{one.name}: {found.found}"
            )


def _finding(dependency: Dependency, advice: str) -> Finding:
    problem = dependency.problem()
    if problem is None:
        return Finding(dependency.name, version(dependency.name), True)
    return Finding(dependency.name, problem, False, advice)


def _program() -> str:
    """Load everything that `align` uses."""
    import asdelivered.app.jobs.align  # noqa: F401

    return "loaded"


def _speech_model() -> str:
    """Run the model that finds speech."""
    import numpy as np

    from asdelivered.media.speech import speech_probabilities
    from asdelivered.media.speech_network import WINDOW

    speech_probabilities([np.zeros(WINDOW, dtype=np.int16)])
    return "Silero VAD 6.2"


def _pronunciation() -> str:
    """Pronounce a word that no dictionary has."""
    from asdelivered.align.acoustic.lexicon import pronounce

    if not pronounce(["asdelivered"], "en"):
        raise RuntimeError("no sound for a word")
    return "the CMU dictionary, and espeak-ng"


def _sphinx() -> str:
    """Read the recogniser's model."""
    from asdelivered.align.acoustic.acoustic_model import embedded_model
    from asdelivered.align.engines.sphinx import check_installed

    check_installed()
    embedded_model()
    return f"PocketSphinx {version('pocketsphinx')}, US English model"


def _whisper() -> str:
    """Load the library, and name the models that are here."""
    from pathlib import Path

    from asdelivered.align.engines.selection import find_models
    from asdelivered.align.engines.whisper import check_installed

    check_installed()
    import ctranslate2
    import faster_whisper
    from huggingface_hub.constants import HF_HUB_CACHE

    gpus = ctranslate2.get_cuda_device_count()
    models = [model.name.rpartition("-whisper-")[2] for model in find_models(Path(HF_HUB_CACHE))]
    here = f"models: {', '.join(models)}" if models else "no model: asdelivered doctor --install whisper-base"
    return f"faster-whisper {faster_whisper.__version__}, {'a GPU' if gpus else 'no GPU'}; {here}"


def _aeneas() -> str:
    """Load it with its C code; without that it is 50 times slower."""
    from asdelivered.align.engines.aeneas import check_installed

    check_installed()
    return f"aeneas {version('aeneas')}, with its C code"


def _ctc() -> str:
    """Load what runs the models that users bring."""
    from asdelivered.align.engines.onnx_runtime import onnxruntime

    return f"ONNX Runtime {onnxruntime.__version__}; no model: give one of your own with --model FOLDER"


DATA: dict[str, Callable[[], str]] = {
    "the program": _program,
    "speech activity": _speech_model,
    "pronunciation": _pronunciation,
}
"""What every engine needs. Each function returns what it found, or raises."""
_ENGINES: dict[str, Callable[[], str]] = {
    "sphinx": _sphinx,
    "whisper": _whisper,
    "ctc": _ctc,
    "aeneas": _aeneas,
}


def _check_of(engine: str) -> Callable[[], str]:
    """Return the check of an engine; one of another package works if it can be loaded."""

    def load() -> str:
        entry = known_engines()[engine]
        entry.load()
        return f"{entry.dist.name} {entry.dist.version}" if entry.dist else "loaded"

    return _ENGINES.get(engine, load)


def _try(part: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(part, check(), True)
    except (AlignError, MissingExtraError) as error:  # which say what to do
        return Finding(part, "missing", False, str(error))
    except Exception as error:  # whatever a broken installation raises is the finding
        return Finding(part, f"{type(error).__name__}: {error}", False, REINSTALL)
