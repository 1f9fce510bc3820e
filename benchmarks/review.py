"""How does the review page cope with a long event? Its first paint, long tasks, and the memory of tab and server.

    python benchmarks/review.py [--hours 10] [--words 80000] [--markdown docs/benchmarks/review.md]

Needs Chromium on the PATH, and Playwright. Long tasks are measured twice: by the clock, as the page's own observer
reports them, and by the processor time of each task of the page's main thread, from the browser's trace. Other work on
the machine affects the first but not the second.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from accuracy import machine
from long_event import make_long_event
from report import table
from review_measures import Measured, chromium, measure, served


def main(
    hours: Annotated[float, typer.Option(help="Length of the recording.")] = 10,
    words: Annotated[int, typer.Option(help="Words of the text.")] = 80_000,
    rounds: Annotated[int, typer.Option(help="Number of rounds.")] = 6,
    folder: Annotated[Path | None, typer.Option(help="Where the event is, or will be made and kept.")] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the figures there, too.")
    ] = None,
) -> None:
    """Measure the review page on a long event."""
    started = machine()
    with tempfile.TemporaryDirectory(prefix="asdelivered-benchmark-") as temporary:
        place = folder or Path(temporary)
        alignment = place / "long.alignment.json"
        if not alignment.exists():
            make_long_event(place, hours, words)
        with served(alignment) as (address, server, ready), chromium() as browser:
            found = measure(address, server, ready, browser, rounds)
    text = page(f"python benchmarks/review.py --hours {hours:g} --words {words}", started, found)
    typer.echo(text)
    if markdown:
        markdown.write_text(text)


HOW_TO_READ = """\
The text is invented, every fifth word of it uncertain; the recording is the example's, repeated. "Useful" is the
first paint with more lines of the transcript than fit on a screen. A task is measured twice: by the processor time of
the page's main thread, which other work on the machine does not affect, and by the clock, as the page itself observes
it (it reports none under 50 ms). Each round turns the wheel and scrolls the text from end to end and back, plays at
three places at triple speed, accepts, nudges and undoes lines, zooms the waveform all the way out and in, and finds a
quote. Memory is PSS, which counts a page shared by several processes once. The tab's includes what the browser has
not freed yet, and is the highest after any of these steps. The trace is recorded in the first round, and included."""


def page(command: str, started: str, found: Measured) -> str:
    """Return the document with the figures that `command` made."""
    tasks = [
        [
            one.name,
            f"{max(one.processor, default=0):.0f}",
            f"{max(one.clock, default=0):.0f}",
            f"{len(one.clock)}",
        ]
        for one in found.stretches
    ]
    memory = [
        [f"{number or 'loaded'}", *(f"{value:.0f}" for value in values)]
        for number, values in enumerate(zip(found.tab, found.heap, found.server, strict=True))
    ]
    return f"""# Reviewing a long event

Written by `{command}`: {found.lines} lines.

{started}

{HOW_TO_READ} The other views of the desk: [the desk in figures](desk.md).

- from the command to the page's address: {found.ready:.1f} s
- from there to the first useful paint: {found.paint:.2f} s; until all lines are there: {found.whole:.2f} s

{table(["while", "longest task, processor ms", "longest seen by the page, ms", "seen"], tasks)}

{table(["round", "tab MB", "script objects MB", "server MB"], memory)}
"""


if __name__ == "__main__":
    typer.run(main)
