"""Engines: each recognises words in a recording. Each has a file of its own; here they are found by name."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from asdelivered.align.engines.engine import Engine, EngineOptions
from asdelivered.align.errors import AlignError

GROUP = "asdelivered.engines"
"""The group of entry points with which packages add engines; each names a callable from EngineOptions to Engine."""

BUILT_IN = {
    "aeneas": "asdelivered.align.engines.aeneas:Aeneas",
    "ctc": "asdelivered.align.engines.ctc:Ctc",
    "sphinx": "asdelivered.align.engines.sphinx:Sphinx",
    "whisper": "asdelivered.align.engines.whisper:Whisper",
}
"""What makes each built-in engine; nothing is loaded before it is needed."""


def known_engines() -> dict[str, EntryPoint]:
    """Return every engine by name: those of other packages, and the built-in ones, which can't be replaced."""
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
