"""Run a command, and measure the time and memory that it and all its children use. Linux only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from asdelivered.batch.process import run_command

_TOLD = 4000


class CommandError(Exception):
    """The command failed; the message has its exit code and the end of its output."""


@dataclass(frozen=True)
class Cost:
    """Wall-clock and processor seconds; bytes at the peak of all processes together.

    `peak` is the sum of their PSS, which counts a shared page once; `peak_rss` is the sum of their RSS, which counts
    it for each process.
    """

    wall: float
    cpu: float
    peak: int
    peak_rss: int


def measure(command: Sequence[str], log: Path) -> Cost:
    """Run `command` to its end, with its output in the file `log`. Raises CommandError if it fails."""
    with log.open("wb") as output:
        ended = run_command(command, output)
    if ended.code != 0:
        told = log.read_text(errors="replace")[-_TOLD:].strip()
        raise CommandError(f"{Path(command[0]).name} ended with exit code {ended.code}:\n{told}")
    return Cost(ended.seconds, ended.cpu, ended.memory, ended.rss)
