"""Run a command, and measure the time and the memory that it and all its children take. Linux only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asdelivered.batch.process import run_command

_TOLD = 4000


class CommandError(Exception):
    """The command failed; the message has its exit code and the end of what it printed."""


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock and on the cores; bytes at the peak of all processes together.

    `peak` is the sum of their PSS, in which a page that several share counts once; `peak_rss` is the sum of
    their RSS, in which it counts for each.
    """

    wall: float
    cpu: float
    peak: int
    peak_rss: int


def measure(command: Sequence[str], log: Path) -> Cost:
    """Run `command` to its end, its output to the file `log`. Raises CommandError: it failed."""
    with log.open("wb") as output:
        ended = run_command(command, output)
    if ended.code != 0:
        told = log.read_text(errors="replace")[-_TOLD:].strip()
        raise CommandError(f"{Path(command[0]).name} ended with exit code {ended.code}:\n{told}")
    return Cost(ended.seconds, ended.cpu, ended.memory, ended.rss)
