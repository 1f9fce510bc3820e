"""How does the review page bear a long event? Its first paint, long tasks, and the memory of the tab and of the server.

    python benchmarks/review.py [--hours 10] [--words 80000] [--markdown docs/benchmarks/review.md]

Needs Chromium on the PATH, and Playwright. Long tasks are measured twice: by the clock, as the page's own observer
tells them, and by the processor time of each task of the page's main thread, from the browser's trace: what else the
machine does lengthens the first and not the second.
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
    rounds: Annotated[int, typer.Option(help="How often all is done.")] = 6,
    folder: Annotated[Path | None, typer.Option(help="Where the event is, or is made and kept.")] = None,
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
The text is made up, every fifth word of it uncertain; the recording is the example's, again and again. "Useful" is
the first paint with more lines of the transcript than a screen holds. A task is measured by the processor's time of the
page's main thread, which other work on the machine does not lengthen, and by the clock, as the page itself observes it
(none is told under 50 ms). In each round the wheel is turned and the text gone through from end to end and back, played
at three places at three times the speed, lines are accepted, nudged and undone, the waveform zoomed all the way out and
in, a quote found. Memory is PSS, in which a page that several processes share counts once; that of the tab with what
the browser has not cleared away yet, the most after any of these. The trace is taken in the first round, and counts."""


def page(command: str, started: str, found: Measured) -> str:
    """Return the document of the figures, which `command` made."""
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
    return f"""# The review of a long event

Written by `{command}`: {found.lines} lines.

{started}

{HOW_TO_READ}

- from the command to the page's address: {found.ready:.1f} s
- from there to the first useful paint: {found.paint:.2f} s; until all lines are there: {found.whole:.2f} s

{table(["while", "longest task, processor ms", "longest told by the page, ms", "told"], tasks)}

{table(["round", "tab MB", "of it scripts' objects MB", "server MB"], memory)}
"""


if __name__ == "__main__":
    typer.run(main)
