"""Engines: each hears words in a recording. One file an engine; here they are found by name."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from asdelivered.align.engines.engine import Engine, EngineOptions
from asdelivered.align.errors import AlignError

GROUP = "asdelivered.engines"
"""The entry points by which other packages add engines: each names a callable from EngineOptions to Engine."""

BUILT_IN = {
    "aeneas": "asdelivered.align.engines.aeneas:Aeneas",
    "sphinx": "asdelivered.align.engines.sphinx:Sphinx",
    "whisper": "asdelivered.align.engines.whisper:Whisper",
}
"""Where each engine that comes with the program is made; nothing is loaded before it is asked for."""


def known_engines() -> dict[str, EntryPoint]:
    """Return every engine by name: the built-in ones, which nobody can replace, and those of other packages."""
    added = {entry.name: entry for entry in entry_points(group=GROUP)}
    return added | {name: EntryPoint(name, place, GROUP) for name, place in BUILT_IN.items()}


def make_engine(name: str, options: EngineOptions) -> Engine:
    """Return the engine of that name.

    Raises AlignError: there is none; its package does not load, or lacks what it needs.
    """
    known = known_engines()
    if name not in known:
        raise AlignError(f"there is no engine {name!r}: choose from {', '.join(sorted(known))}")
    try:
        make = known[name].load()
    except (ImportError, AttributeError) as error:
        raise AlignError(
            f"the engine {name} can't be loaded ({error}): reinstall the package it comes from"
        ) from error
    engine: Engine = make(options)
    return engine
