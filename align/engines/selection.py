"""Selection of the engine, where the user leaves it open: by language, and by what is installed on the machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from asdelivered.align.document.alignment import EngineInfo
from asdelivered.align.engines import known_engines, make_engine
from asdelivered.align.engines.drafter import Drafter
from asdelivered.align.engines.engine import Engine, EngineOptions
from asdelivered.align.engines.group import DrafterChoice, EngineGroup, Fallback, ScorerChoice, named_settings
from asdelivered.align.engines.scorer import Scorer
from asdelivered.align.engines.whisper import MODEL, NEEDED, is_installed, is_whisper
from asdelivered.align.errors import AlignError
from asdelivered.base.extras import Extra, install_command

AUTO = "auto"
ORDER = ("sphinx", "whisper", "aeneas")
"""The order in which they try the gaps of the first: aeneas, which recognises nothing, comes last."""
_QUICK = 1_000_000_000
"""Bytes of a Whisper model that a processor runs in about real time; a GPU runs all of them faster."""


@dataclass(frozen=True)
class Model:
    """A Whisper model on this machine: its name at the hub, and its size in bytes."""

    name: str
    size: int

    @property
    def english_only(self) -> bool:
        """Whether it knows English alone, by its name: all published models follow the convention."""
        return self.name.endswith(".en") or ".en-" in self.name


@dataclass(frozen=True)
class Installed:
    """What is installed on this machine."""

    models: tuple[Model, ...] = ()
    gpu: bool = False
    aeneas: bool = False
    sphinx: bool = True


@dataclass(frozen=True)
class Choice:
    """The chosen engine, why (as the end of a sentence), its model, and its fallbacks with their models."""

    engine: str
    why: str
    model: str | None = None
    fallbacks: tuple[tuple[str, str | None], ...] = ()

    @property
    def scoring_model(self) -> str | None:
        """The Whisper model that looks for lines in doubt; None where there is none."""
        return self.model or dict(self.fallbacks).get("whisper")


@dataclass(frozen=True)
class EngineRequest:
    """What a user asks for: `names` of engines, or AUTO alone. `fallback` None: with AUTO, not with named engines."""

    names: tuple[str, ...] = (AUTO,)
    options: EngineOptions = field(default_factory=EngineOptions)
    fallback: bool | None = None


def choose(language: str, named: str | None, installed: Installed) -> Choice:
    """Choose an engine for a text in `language` (ISO 639-1); the user may have `named` a model.

    The embedded engine knows the sounds of English, and uses them for other languages; Whisper knows a hundred. aeneas
    recognises nothing, and only serves to fill the gaps of others. Raises AlignError where nothing here can recognise.
    """
    base = language.partition("-")[0]
    fitting = [model for model in installed.models if base == "en" or not model.english_only]
    quick = [model for model in fitting if installed.gpu or model.size <= _QUICK]
    best = max(quick, key=lambda model: (model.size, model.name), default=None)
    whisper = named or (best.name if best else None)
    aeneas = (("aeneas", None),) if installed.aeneas else ()
    others = (("sphinx", None), *aeneas) if installed.sphinx else aeneas
    if named:
        return Choice("whisper", f"the model {named} was named", named, others)
    if base == "en" and installed.sphinx:
        rest = (("whisper", whisper),) if whisper else ()
        return Choice("sphinx", "its model is of English, as the text is", None, (*rest, *aeneas))
    if whisper:
        machine = f"this machine has {'a GPU and ' if installed.gpu else ''}the model {whisper}"
        other = "PocketSphinx is not installed" if base == "en" else f"the text is not English ({language})"
        return Choice("whisper", f"{other}, and {machine}", whisper, others)
    if not installed.sphinx:
        raise AlignError(
            "nothing here can recognise speech yet: `asdelivered doctor --install whisper-base` gets a model of "
            f"148 MB, or `{install_command(Extra.SPHINX)}` compiles PocketSphinx, which takes a C compiler"
        )
    return Choice(
        "sphinx",
        f"the text is not English ({language}) and no Whisper model is here: "
        "`asdelivered doctor --install whisper-base` gets one",
        None,
        aeneas,
    )


def build_engine(request: EngineRequest, language: str) -> tuple[Engine | EngineGroup, str]:
    """Build the requested engine for a text in `language`; also return a note for the user ("" for none).

    Raises AlignError where a requested or chosen engine can't run.
    """
    looking = request.names == (AUTO,) or request.fallback
    installed = find_installed(request.options.device) if looking else Installed()
    if request.names == (AUTO,):
        choice = choose(language, request.options.model, installed)
        first = make_engine(choice.engine, replace(request.options, model=choice.model))
        fallbacks = () if request.fallback is False else _fallbacks(choice, request, (choice.engine,))
        scorer = None if request.fallback is False else _scorer(choice.scoring_model, request.options)
        note = f"engine: {choice.engine}, because {choice.why}"
        if fallbacks:
            note += f"; for what it leaves: {', '.join(one.name for one in fallbacks)}"
        if scorer:
            note += f"; for lines in doubt: the text itself, by the Whisper model {scorer.model}"
        drafter = None if scorer is None else _drafter(scorer.model, request.options)
        return EngineGroup((first,), fallbacks, scorer, drafter, {"auto": choice.why}), note
    engines = tuple([make_engine(name, request.options) for name in request.names])
    fallbacks = (
        _fallbacks(choose(language, None, installed), request, request.names) if request.fallback else ()
    )
    drafter = _drafter(request.options.model, request.options) if "whisper" in request.names else None
    scorer = _scorer_of_named(request)
    if fallbacks or drafter or scorer or len(engines) != 1:
        return EngineGroup(engines, fallbacks, scorer, drafter), ""
    return engines[0], ""


def rebuild_engine(info: EngineInfo) -> Engine | EngineGroup:
    """Build the engines named in an alignment, each with its model, to align parts of it again.

    An engine whose package is gone is left out; if none remains, the embedded one is built. Raises AlignError where one
    can't be built.
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
    """Return the engines of a choice except those `used` already, in the order in which they are tried."""
    models = {choice.engine: choice.model, **dict(choice.fallbacks)}
    return tuple(
        Fallback(name, partial(make_engine, name, replace(request.options, model=models[name])))
        for name in sorted(models, key=ORDER.index)
        if name not in used
    )


def _scorer(model: str | None, options: EngineOptions) -> ScorerChoice | None:
    """Return how to make the scorer with a Whisper model, if there is one."""
    if model is None:
        return None
    return ScorerChoice("whisper", model, partial(_make_scorer, replace(options, model=model)))


def _scorer_of_named(request: EngineRequest) -> ScorerChoice | None:
    """Return the scorer that comes with the engines that a user named: their own, of the same model."""
    if "ctc" in request.names:
        return _ctc_scorer(request.options)
    if "whisper" in request.names and request.fallback is not False:
        return _scorer(request.options.model or MODEL, request.options)
    return None


def _ctc_scorer(options: EngineOptions) -> ScorerChoice:
    return ScorerChoice("ctc", str(options.model), partial(_make_ctc_scorer, options))


def _make_ctc_scorer(options: EngineOptions, language: str) -> Scorer:
    from asdelivered.align.engines.ctc_scorer import CtcScorer

    return CtcScorer(options, language)


def _drafter(model: str | None, options: EngineOptions) -> DrafterChoice:
    return DrafterChoice("whisper", partial(_make_drafter, replace(options, model=model)))


def _make_drafter(options: EngineOptions, language: str) -> Drafter:
    from asdelivered.align.engines.whisper_drafter import WhisperDrafter

    return WhisperDrafter(options, language)


def _make_scorer(options: EngineOptions, language: str) -> Scorer:
    from asdelivered.align.engines.whisper_scorer import WhisperScorer

    return WhisperScorer(options, language)


def find_installed(device: str) -> Installed:
    """Return what is installed on this machine; without a model, the libraries that detect a GPU are not loaded."""
    from asdelivered.align.engines import sphinx
    from asdelivered.align.engines.aeneas import why_missing

    embedded = sphinx.is_installed()
    if not is_installed():
        return Installed(aeneas=not why_missing(), sphinx=embedded)
    from huggingface_hub.constants import HF_HUB_CACHE

    models = tuple(find_models(Path(HF_HUB_CACHE)))
    gpu = False
    if models and device != "cpu":
        import ctranslate2

        gpu = ctranslate2.get_cuda_device_count() > 0
    return Installed(models, gpu, aeneas=not why_missing(), sphinx=embedded)


def find_models(cache: Path) -> Iterator[Model]:
    """Yield the complete models in the hub's cache that faster-whisper can load."""
    for folder in sorted(cache.glob("models--*/snapshots/*")):
        if all((folder / file).is_file() for file in NEEDED) and is_whisper(folder):
            name = folder.parents[1].name.removeprefix("models--").replace("--", "/")
            yield Model(name, (folder / "model.bin").stat().st_size)
