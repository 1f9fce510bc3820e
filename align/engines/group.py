"""Several engines at work on one recording: side by side, and one after the other for what is left unexplained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from asdelivered.align.document.alignment import EngineInfo
from asdelivered.align.engines.engine import Engine, Setting


@dataclass(frozen=True)
class Fallback:
    """An engine that is made only when it is needed: `make` raises AlignError where it can't be."""

    name: str
    make: Callable[[], Engine]


@dataclass(frozen=True)
class EngineGroup:
    """`engines` each hear the whole recording; the `fallbacks`, in order, the gaps that the first leaves.

    `noted` goes into the settings, such as why these were chosen.
    """

    engines: tuple[Engine, ...]
    fallbacks: tuple[Fallback, ...] = ()
    noted: dict[str, Setting] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The names of the engines, as the user would give them."""
        return ",".join(engine.name for engine in self.engines)

    def version(self) -> str:
        """The versions of the engines, in the same order."""
        return ",".join(engine.version() for engine in self.engines)

    def settings(self) -> dict[str, Setting]:
        """The settings of the engines: where there is more than one, under their names."""
        if len(self.engines) == 1:
            settings = dict(self.engines[0].settings())
        else:
            settings = {}
            for engine in self.engines:
                settings |= _named(engine.name, engine.settings())
        if self.fallbacks:
            settings["fallback"] = ",".join(fallback.name for fallback in self.fallbacks)
        return settings | self.noted


def info_of(engine: Engine | EngineGroup) -> EngineInfo:
    """What an alignment tells of the engine that it was made with."""
    return EngineInfo(engine.name, engine.version(), engine.settings())


def merged_info(before: EngineInfo, now: EngineInfo) -> EngineInfo:
    """What an alignment tells of two engines, the earlier of which timed some of its lines, the other the rest.

    Of an engine that is among those of `before` already, its settings of `now` count.
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
    """The settings that an alignment tells, under the names of its engines, be they one or several."""
    return info.settings if "," in info.name else _named(info.name, info.settings)


def _named(engine: str, settings: dict[str, Setting]) -> dict[str, Setting]:
    return {f"{engine}.{key}": value for key, value in settings.items()}
