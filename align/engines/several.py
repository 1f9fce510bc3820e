"""Several engines at work on one recording: side by side, and one after the other for what is left unexplained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from asdelivered.align.engines.engine import Engine, Setting


@dataclass(frozen=True)
class Fallback:
    """An engine that is made only when it is needed: `make` raises AlignError where it can't be."""

    name: str
    make: Callable[[], Engine]


@dataclass(frozen=True)
class Several:
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
            settings = {
                f"{engine.name}.{key}": value
                for engine in self.engines
                for key, value in engine.settings().items()
            }
        if self.fallbacks:
            settings["fallback"] = ",".join(fallback.name for fallback in self.fallbacks)
        return settings | self.noted
