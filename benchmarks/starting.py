"""How long short commands take: processor seconds of whole processes, run in turn; the least and the median of them.

    python benchmarks/starting.py ALIGNMENT [--quote "a few words"] [--runs 10]

Beside the commands stand an empty program, and the imports that they cannot do without, so that ratios can be compared
on a machine that is shared. Linux and macOS only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from accuracy import machine
from report import table


def processor_seconds(command: list[str]) -> float:
    """Return what a command takes, in the system and out of it; what it prints is thrown away."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0  # it has been waited for
    return usage.ru_utime + usage.ru_stime


def main(
    alignment: Annotated[Path, typer.Argument(help="An .alignment.json file.")],
    quote: Annotated[str, typer.Option(help="A quote in it.")] = "the next question",
    runs: Annotated[int, typer.Option(min=1, help="How often each is run.")] = 10,
) -> None:
    """Measure how long short commands take."""
    started = machine()
    ours = [sys.executable, "-m", "asdelivered"]
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "an empty program": [sys.executable, "-c", "pass"],
            "import typer": [sys.executable, "-c", "import typer"],
            "import numpy": [sys.executable, "-c", "import numpy"],
            "asdelivered --help": [*ours, "--help"],
            "asdelivered align --help": [*ours, "align", "--help"],
            "asdelivered find": [*ours, "find", quote, str(alignment)],
            "asdelivered captions": [*ours, "captions", str(alignment), "-o", folder],
        }
        spent: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, command in commands.items():
                spent[name].append(processor_seconds(command))
    rows = [[name, f"{min(some):.2f}", f"{median(some):.2f}"] for name, some in spent.items()]
    typer.echo(f"{started}\n\n{table(['command', 'least', 'median'], rows)}")


if __name__ == "__main__":
    typer.run(main)
