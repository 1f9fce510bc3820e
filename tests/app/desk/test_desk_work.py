"""How much the pages of the desk have to do: what is asked for before something is shown, tasks, elements."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk_views import READY, make_library, measure_view, places, served_desk
from long_event import make_long_event

from .conftest import DeskServer

PAGES = Path(__file__).resolve().parents[3]
LONGEST_TASK = 50
"""Milliseconds of the processor, on a quiet machine."""
ROUNDS = 3
"""A view with a longer task is measured again: what else the machine did is not there each time, the view's work is."""
MOST_ELEMENTS = 12
"""Elements for each thing that is listed: a line, a caption."""


@pytest.mark.parametrize("folder", ["app/desk/page", "review/page"])
def test_no_module_waits_until_another_one_was_read(folder: str) -> None:
    page = (PAGES / folder / "index.html").read_text("utf-8")
    early = {*re.findall(r'<link rel="modulepreload" href="(\w+\.js)">', page), "main.js"}
    texts = [path.read_text("utf-8") for path in (PAGES / folder).glob("*.js")]
    imported = {name for text in texts for name in re.findall(r'\b(?:from|import) "\./(\w+\.js)"', text)}
    assert early == {*imported, "main.js"}


def test_the_page_of_a_review_is_there_before_its_alignment_is_read(
    open_desk: Callable[[], DeskServer], tab: Any
) -> None:
    server = open_desk()
    _, event = server.ask("api/example", "POST")
    alignment = server.folder / "harbour" / "harbour.alignment.json"
    alignment.write_text("{", "utf-8")
    told = tab.goto(f"{server.address}events/{event['key']}/review/")
    assert told.status == 200
    tab.wait_for_selector("#transcript", state="attached")
    tab.wait_for_function(
        "() => document.body.innerText.includes('harbour.alignment.json')"
    )  # what is wrong with it


def test_the_views_of_an_hour_have_no_long_task(
    tmp_path: Path, chromium: Any, slowness: Callable[[], float]
) -> None:
    made = make_long_event(tmp_path, hours=1, words=8000)
    key = make_library(made, None, tmp_path / "library")
    lines = len(json.loads(made.read_text("utf-8"))["lines"])
    with served_desk(tmp_path / "library") as address:
        found = places(key, has_page=False)
        tasks, elements = {}, {}
        for name, place in found.items():
            for _ in range(ROUNDS):
                view = measure_view(chromium, f"{address}{place}", name, READY[name])
                task = max(*view.load.processor, *view.use.processor)
                tasks[name] = min(task, tasks.get(name, task))
                elements[name] = view.elements
                if task <= LONGEST_TASK:
                    break
    longest = LONGEST_TASK * slowness()
    assert {name: task for name, task in tasks.items() if task > longest} == {}
    assert elements["library"] < 150
    assert elements["export"] < 600
    assert elements["review"] < 400 + MOST_ELEMENTS * lines


def test_captions_are_shown_part_by_part_and_none_twice(
    aligned: tuple[DeskServer, str, Path], tab: Any
) -> None:
    server, key, _ = aligned
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{server.address}#/event/{key}/captions")
    tab.wait_for_selector("#cues[data-whole]")
    assert len([url for url in asked if "/captions?" in url]) == 1
    times = tab.eval_on_selector_all("#cues .time", "all => all.map(one => one.textContent)")
    assert len({*times}) == len(times) > 30
