"""A group of engines: some recognise the whole recording, others try the gaps that are left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from asdelivered.align.document.alignment import EngineInfo
from asdelivered.align.engines.drafter import Drafter
from asdelivered.align.engines.engine import Engine, Setting
from asdelivered.align.engines.scorer import Scorer


@dataclass(frozen=True)
class Fallback:
    """An engine that is made only when it is needed; `make` raises AlignError where that fails."""

    name: str
    make: Callable[[], Engine]


@dataclass(frozen=True)
class ScorerChoice:
    """A scorer that is made only when it is needed, for a language; `make` raises AlignError where that fails."""

    name: str
    model: str
    make: Callable[[str], Scorer]


@dataclass(frozen=True)
class DrafterChoice:
    """A drafter that is made only when it is needed, for a language; `make` raises AlignError where that fails."""

    name: str
    make: Callable[[str], Drafter]


@dataclass(frozen=True)
class EngineGroup:
    """`engines` each make a pass; the `fallbacks`, in order, try the gaps that the first engine leaves.

    The `scorer` looks for the lines that are in doubt then. The `drafter` writes down the speech that the text lacks.
    `notes` go into the settings, such as why these were chosen.
    """

    engines: tuple[Engine, ...]
    fallbacks: tuple[Fallback, ...] = ()
    scorer: ScorerChoice | None = None
    drafter: DrafterChoice | None = None
    notes: dict[str, Setting] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The names of the engines, separated by commas."""
        return ",".join(engine.name for engine in self.engines)

    def version(self) -> str:
        """Return the versions of the engines, in the same order."""
        return ",".join(engine.version() for engine in self.engines)

    def settings(self) -> dict[str, Setting]:
        """Return the settings of the engines; where there are several, prefixed with their names."""
        if len(self.engines) == 1:
            settings = dict(self.engines[0].settings())
        else:
            settings = {}
            for engine in self.engines:
                settings |= _named(engine.name, engine.settings())
        if self.fallbacks:
            settings["fallback"] = ",".join(fallback.name for fallback in self.fallbacks)
        if self.scorer:
            settings["scorer"] = f"{self.scorer.name} {self.scorer.model}"
        return settings | self.notes


def info_of(engine: Engine | EngineGroup) -> EngineInfo:
    """Return what an alignment states about its engine."""
    return EngineInfo(engine.name, engine.version(), engine.settings())


def merged_info(before: EngineInfo, now: EngineInfo) -> EngineInfo:
    """Return what an alignment states if engine `before` timed some of its lines, and engine `now` the rest.

    For an engine that is in both, the settings of `now` are stated.
    """
    if before.name == now.name:
        return now
    versions = dict(zip(before.name.split(","), before.version.split(","), strict=False))
    versions |= zip(now.name.split(","), now.version.split(","), strict=False)
    settings: dict[str, Setting] = {}
    for info in (before, now):
        settings |= named_settings(info)
    return EngineInfo(",".join(versions), ",".join(versions.values()), settings)


def named_settings(info: EngineInfo) -> dict[str, Setting]:
    """Return the settings stated in an alignment, prefixed with the engines' names even if there is only one."""
    return info.settings if "," in info.name else _named(info.name, info.settings)


def _named(engine: str, settings: dict[str, Setting]) -> dict[str, Setting]:
    return {f"{engine}.{key}": value for key, value in settings.items()}
