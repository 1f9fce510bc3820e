"""Which engine, where the user leaves it open: by the language, by what is installed, by what the machine has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from asdelivered.align.document.alignment import EngineInfo
from asdelivered.align.engines import known_engines, make_engine
from asdelivered.align.engines.engine import Engine, EngineOptions
from asdelivered.align.engines.group import EngineGroup, Fallback, named_settings
from asdelivered.align.engines.whisper import NEEDED, is_whisper

AUTO = "auto"
ORDER = ("sphinx", "whisper", "aeneas")
"""In which they are tried where the first leaves gaps: aeneas, which hears nothing, last."""
_QUICK = 1_000_000_000
"""Bytes of a Whisper model that a processor runs about as fast as people speak; a GPU runs all of them faster."""


@dataclass(frozen=True)
class Model:
    """A Whisper model on this machine: its name at the hub, and the bytes it has."""

    name: str
    size: int

    @property
    def english_only(self) -> bool:
        """By their names, which all of them keep to."""
        return self.name.endswith(".en") or ".en-" in self.name


@dataclass(frozen=True)
class Here:
    """What this machine has."""

    models: tuple[Model, ...] = ()
    gpu: bool = False
    aeneas: bool = False


@dataclass(frozen=True)
class Choice:
    """The engine to take, the model for it, and why, as the end of a sentence; then those for what it leaves."""

    engine: str
    why: str
    model: str | None = None
    fallbacks: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True)
class EngineRequest:
    """What a user wants: `names` of engines, or AUTO alone; `fallback` None: with AUTO, but not with named ones."""

    names: tuple[str, ...] = (AUTO,)
    options: EngineOptions = field(default_factory=EngineOptions)
    fallback: bool | None = None


def choose(language: str, named: str | None, here: Here) -> Choice:
    """Choose for a text in `language` (ISO 639-1), a model that the user `named`, and what is `here`.

    The embedded engine knows the sounds of English, and hears another language through them; Whisper knows a hundred.
    aeneas hears nothing, and is only good for what the others leave.
    """
    base = language.partition("-")[0]
    fitting = [model for model in here.models if base == "en" or not model.english_only]
    quick = [model for model in fitting if here.gpu or model.size <= _QUICK]
    best = max(quick, key=lambda model: (model.size, model.name), default=None)
    whisper = named or (best.name if best else None)
    aeneas = (("aeneas", None),) if here.aeneas else ()
    if named:
        return Choice("whisper", f"the model {named} was named", named, (("sphinx", None), *aeneas))
    if base == "en":
        rest = (("whisper", whisper),) if whisper else ()
        return Choice("sphinx", "its model is of English, as the text is", None, (*rest, *aeneas))
    if whisper:
        machine = f"this machine has {'a GPU and ' if here.gpu else ''}the model {whisper}"
        return Choice(
            "whisper",
            f"the text is not English ({language}), and {machine}",
            whisper,
            (("sphinx", None), *aeneas),
        )
    return Choice(
        "sphinx", f"the text is not English ({language}), but no Whisper model is here", None, aeneas
    )


def build_engine(request: EngineRequest, language: str) -> tuple[Engine | EngineGroup, str]:
    """Make what is wished for, for a text in `language`; also return what is to be told of it, "" for nothing.

    Raises AlignError where an engine that is wished for, or chosen, can't run.
    """
    looking = request.names == (AUTO,) or request.fallback
    here = look_around(request.options.device) if looking else Here()
    if request.names == (AUTO,):
        choice = choose(language, request.options.model, here)
        first = make_engine(choice.engine, replace(request.options, model=choice.model))
        fallbacks = () if request.fallback is False else _fallbacks(choice, request, (choice.engine,))
        told = f"engine: {choice.engine}, because {choice.why}"
        if fallbacks:
            told += f"; for what it leaves: {', '.join(one.name for one in fallbacks)}"
        return EngineGroup((first,), fallbacks, {"auto": choice.why}), told
    engines = tuple([make_engine(name, request.options) for name in request.names])
    fallbacks = _fallbacks(choose(language, None, here), request, request.names) if request.fallback else ()
    if fallbacks or len(engines) != 1:
        return EngineGroup(engines, fallbacks), ""
    return engines[0], ""


def rebuild_engine(info: EngineInfo) -> Engine | EngineGroup:
    """Make the engines that an alignment tells of, each with its model, to align parts of it again.

    One that is unknown here, from a package that is gone, is left out; where no other is left, the embedded one is
    made. Raises AlignError where one can't be made.
    """
    known, settings = known_engines(), named_settings(info)
    engines = []
    for name in info.name.split(","):
        if name in known:
            model = settings.get(f"{name}.model")
            engines.append(make_engine(name, EngineOptions(model=model if isinstance(model, str) else None)))
    if len(engines) > 1:
        return EngineGroup(tuple(engines))
    return engines[0] if engines else make_engine("sphinx", EngineOptions())


def _fallbacks(choice: Choice, request: EngineRequest, used: tuple[str, ...]) -> tuple[Fallback, ...]:
    """Return the engines of a choice but for those that are `used` anyway, as they are to be tried."""
    models = {"sphinx": None, choice.engine: choice.model, **dict(choice.fallbacks)}
    return tuple(
        Fallback(name, partial(make_engine, name, replace(request.options, model=models[name])))
        for name in sorted(models, key=ORDER.index)
        if name not in used
    )


def look_around(device: str) -> Here:
    """Look at what this machine has; where no model is, the libraries that would tell of a GPU are not loaded."""
    from huggingface_hub.constants import HF_HUB_CACHE

    from asdelivered.align.engines.aeneas import why_missing

    models = tuple(find_models(Path(HF_HUB_CACHE)))
    gpu = False
    if models and device != "cpu":
        import ctranslate2

        gpu = ctranslate2.get_cuda_device_count() > 0
    return Here(models, gpu, aeneas=not why_missing())


def find_models(cache: Path) -> Iterator[Model]:
    """Yield the models in a cache of the hub that faster-whisper can load, whole ones alone."""
    for folder in sorted(cache.glob("models--*/snapshots/*")):
        if all((folder / file).is_file() for file in NEEDED) and is_whisper(folder):
            name = folder.parents[1].name.removeprefix("models--").replace("--", "/")
            yield Model(name, (folder / "model.bin").stat().st_size)
