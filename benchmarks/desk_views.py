"""How fast are the views of the desk on a long event? The first paint of each, its long tasks, its elements.

    python benchmarks/desk_views.py EVENT.alignment.json [--page PAGE] [--only VIEW] [--markdown FILE]

The recording is the one that the alignment names, beside it. Each view is opened anew in a tab of its own, then used:
its text is scrolled from end to end and back. Needs Chromium on the PATH, and Playwright; Linux only.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer
from accuracy import machine
from report import table
from review_measures import COMMAND, Stretch, Tab, chromium

from asdelivered.align.document.alignment_json import load
from asdelivered.align.document.recording_file import find_recording
from asdelivered.app.desk.event_file import EventNotes, write_notes

READY = {
    "library": "#events li",
    "text": "#speakers",
    "times": "#times button, #times a",
    "captions": "#cues[data-whole]",
    "export": "#make-captions",
    "review": "body[data-ready]",
}
"""The views, and what each has when all of it is there."""
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
PAINTS = 5
"""How often the first paint is measured."""
SCROLL = """async () => {
    const list = document.querySelector("#cues, #transcript");
    const moved = list && list.scrollHeight > list.clientHeight ? list : document.scrollingElement;
    for (const share of [...Array(26).keys(), 13, 0]) {
        moved.scrollTop = moved.scrollHeight * share / 25;
        await new Promise((done) => setTimeout(done, 40));
    }
}"""


@dataclass(frozen=True)
class View:
    """A view: seconds until all of it is there, its tasks, its elements."""

    name: str
    whole: float
    load: Stretch
    use: Stretch
    elements: int


def first_paint(browser: Any, address: str, ready: str) -> float:
    """Return the seconds to the first paint of a view, the median of several, each in a tab of its own."""
    paints = []
    for _ in range(PAINTS):
        tab = Tab(browser)
        tab.page.goto(icon_of(address))
        tab.page.goto(address)
        tab.page.wait_for_selector(ready)
        paints.append(tab.page.evaluate(FIRST_PAINT))
        tab.page.context.close()
    return median(paints)


def icon_of(address: str) -> str:
    """Return the address of the desk's icon: a tab that has been there has begun its process."""
    return f"{address.partition('#')[0].partition('events/')[0]}icon.svg"


def blank_paint(browser: Any) -> float:
    """Return the seconds to the first paint of a page with one letter, which no server has to send."""
    tab = Tab(browser)
    body = "<!doctype html><title>blank</title><p>x"
    tab.page.route(
        "http://127.0.0.1/blank/*", lambda route: route.fulfill(body=body, content_type="text/html")
    )
    tab.page.goto("http://127.0.0.1/blank/first")
    paints = []
    for number in range(PAINTS):
        tab.page.goto(f"http://127.0.0.1/blank/{number}")
        tab.page.wait_for_timeout(300)
        paints.append(tab.page.evaluate(FIRST_PAINT))
    tab.page.context.close()
    return median(paints)


@contextmanager
def served_desk(library: Path) -> Iterator[str]:
    """Serve a library, and yield the address of its page."""
    command = [COMMAND, "desk", library, "--no-browser", "--json", "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield json.loads(server.stdout.readline())["address"]
        finally:
            server.terminate()


def make_library(alignment: Path, page: Path | None, library: Path) -> str:
    """Make a library of one event, and return the address of the event in it."""
    from asdelivered.app.desk.event_library import Library

    folder = library / "event"
    folder.mkdir(parents=True)
    shutil.copy(alignment, folder)
    recording = find_recording(load(alignment), alignment, None)
    if page is None:
        shutil.copy(recording, folder)
    else:
        copied = Path(shutil.copy(page, folder / f"{alignment.name.split('.')[0]}{page.suffix}"))
        write_notes(folder, EventNotes(copied.name, str(recording.absolute()), title=copied.stem))
    opened = Library(library)
    (event,) = opened.events()
    opened.close()
    return event.key


def measure_view(browser: Any, address: str, name: str, ready: str) -> View:
    """Open a view in a tab of its own, whose process has begun, and use it."""
    tab = Tab(browser)
    tab.page.goto(icon_of(address))
    tab.page.evaluate("longTasks.length = 0")
    with tab.watch("load") as loading:
        tab.page.goto(address)
        tab.page.wait_for_selector(ready)
        whole = tab.page.evaluate("performance.now() / 1000")
        tab.page.wait_for_timeout(300)
    with tab.watch("use") as using:
        tab.page.evaluate(SCROLL)
    elements = tab.page.locator("*").count()
    tab.page.context.close()
    return View(name, whole, loading, using, elements)


def main(
    alignment: Path,
    page: Annotated[
        Path | None, typer.Option(help="The page that it was made of, for the view of the text.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(metavar="VIEW", help="Only this view; repeatable.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the figures there, too.")
    ] = None,
) -> None:
    """Measure the views of the desk."""
    started = machine()
    with tempfile.TemporaryDirectory(prefix="asdelivered-benchmark-") as temporary:
        key = make_library(alignment, page, Path(temporary) / "library")
        with served_desk(Path(temporary) / "library") as address, chromium() as browser:
            blank = blank_paint(browser)
            addresses = {
                name: f"{address}{place}"
                for name, place in places(key, page is not None).items()
                if not only or name in only
            }
            views = [measure_view(browser, at, name, READY[name]) for name, at in addresses.items()]
            paints = [first_paint(browser, at, READY[name]) for name, at in addresses.items()]
    duration = load(alignment).recording.duration / 60_000
    text = document(alignment.name, duration, started, views, paints, blank)
    typer.echo(text)
    if markdown:
        markdown.write_text(text)


def places(key: str, has_page: bool) -> dict[str, str]:
    """Return where each view is; without the page of the event, there is no view of its text."""
    tabs = ("text", "times", "captions", "export") if has_page else ("times", "captions", "export")
    return {
        "library": "#/",
        **{tab: f"#/event/{key}/{tab}" for tab in tabs},
        "review": f"events/{key}/review/",
    }


def longest(tasks: list[float]) -> str:
    """Return the longest of some tasks, in ms."""
    return f"{max(tasks, default=0):.0f}"


HOW_TO_READ = """\
Each view is opened by its address in a tab whose process has begun, then its text or list is scrolled from end to end
and back. "First paint" is what the browser calls the first contentful paint, the median of five; "all of it" is there
when the last element is. A task is measured twice: by the processor time of the page's main thread, which other work on
the machine hardly affects, and by the clock, as the page itself observes it (it reports none under 50 ms). All that is
measured by the clock depends on the load; so the first paint is also told as a multiple of that of a page with one
letter, which no server has to send, in the same browser in the same run."""


def document(
    name: str, minutes: float, started: str, views: list[View], paints: list[float], blank: float
) -> str:
    """Return the document with the figures."""
    rows = [
        [
            one.name,
            f"{paint:.2f}",
            f"{paint / blank:.1f}",
            f"{one.whole:.2f}",
            longest(one.load.processor),
            longest(one.load.clock),
            longest(one.use.processor),
            longest(one.use.clock),
            f"{one.elements:,}",
        ]
        for one, paint in zip(views, paints, strict=True)
    ]
    heads = ["view", "first paint, s", "blank pages", "all of it, s", "load, processor ms", "load, seen ms"]
    heads += ["scroll, processor ms", "scroll, seen ms", "elements"]
    return f"""# The desk in figures

Written by `python benchmarks/desk_views.py {name} --page PAGE`: an event of {minutes:.0f} minutes.

{started}

{HOW_TO_READ}

{table(heads, rows)}

The page with one letter: {blank:.2f} s (the median of {PAINTS}).
"""


if __name__ == "__main__":
    typer.run(main)
