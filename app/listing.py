"""The list of commands: each is imported and built by Typer only when it is used.

Building all of them takes longer than most commands run, and a line of help needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import typer
import typer.core


@dataclass(frozen=True)
class Listed:
    """A command: `asdelivered.app.commands.NAME` has the function of that name, or a Typer of several commands.

    `summary` is the first sentence of its help. `example` follows its help; one of several commands has none, since
    each of them has its own.
    """

    name: str
    summary: str
    example: str | None = None

    def in_short(self, limit: int) -> str:
        """Return the summary in at most `limit` characters, as Typer shortens it."""
        return typer.core.TyperCommand(self.name, help=self.summary).get_short_help_str(limit)


class Commands(Mapping[str, Any]):
    """The commands by name, in the order of the list; one is built when it is first looked up."""

    def __init__(self, listed: tuple[Listed, ...], prepare: Callable[[tuple[str, ...], Any], None]) -> None:
        """Prepare each command when it is built: `prepare` gets the words that call it, and the command."""
        self._listed = {one.name: one for one in listed}
        self._built: dict[str, Any] = {}
        self._prepare = prepare

    def __getitem__(self, name: str) -> Any:
        """Return a command. Raises KeyError where there is none of that name."""
        if name not in self._built:
            command = _build(self._listed[name])
            self._prepare((name,), command)
            self._built[name] = command
        return self._built[name]

    def __contains__(self, name: object) -> bool:
        """Return whether there is a command of that name, without building it."""
        return name in self._listed

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._listed)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._listed)


def _build(listed: Listed) -> Any:
    made = getattr(import_module(f"asdelivered.app.commands.{listed.name}"), listed.name)
    if isinstance(made, typer.Typer):
        return typer.main.get_command(made)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(listed.name, epilog=listed.example)(made)
    return typer.main.get_command(alone)
