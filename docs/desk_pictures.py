"""The pictures of the desk: `python docs/desk_pictures.py FOLDER [ALIGNMENT]`. Needs Chromium, and Playwright.

Each view is taken at 1440 x 900, 720 x 450 and the size of a phone, in light and dark, and saved in the folder; the
docs show a few of them. The example is aligned by the desk, or an alignment that `asdelivered demo` made is taken.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pictures import BROWSERS, COMMAND, HERE, QUOTE

SIZES = {"wide": (1440, 900), "laptop": (720, 450), "phone": (390, 780)}
IN_DOCS = {
    "text-wide-light": "desk.png",
    "captions-wide-light": "desk-captions.png",
    "export-wide-light": "desk-export.png",
    "library-wide-dark": "desk-dark.png",
    "export-phone-light": "desk-phone.png",
}
LONG = 240_000
"""Milliseconds for an alignment."""


def take(browser: Any, address: str, folder: Path, made: Callable[[], None] | None) -> None:
    """Go from an empty library to exports, and save each view in all sizes, light and dark.

    `made` puts an alignment in its place; without it the example is aligned.
    """
    page = browser.new_context().new_page()
    page.set_default_timeout(LONG)
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    views(page, folder, "empty")
    page.click("#example")
    page.wait_for_selector("#speakers")
    views(page, folder, "text")
    if made is not None:
        made()
        page.reload()
        page.click(".steps a:has-text('Times')")
    else:
        page.click("#align")
        page.wait_for_selector("#progress progress")
        page.wait_for_timeout(3000)
        size(page, "wide", "light")
        page.screenshot(path=folder / "working-wide-light.png")
    page.wait_for_selector("#open-review")
    views(page, folder, "times")
    page.click(".steps a:has-text('Export')")
    page.fill("#quotes", QUOTE)
    page.select_option("#media", "vertical")
    page.click("#show-frames")
    page.wait_for_selector("#frames img")
    page.click("#make-captions")
    page.wait_for_selector(".result a")
    views(page, folder, "export")
    page.click("#make-transcript")
    page.wait_for_selector(".result a:has-text('docx')")
    page.click(".steps a:has-text('Captions')")
    page.wait_for_selector("#cues[data-whole]")
    page.click("#cues li:nth-child(3) .cue")
    page.wait_for_function("() => document.querySelector('#on-air').textContent")
    views(page, folder, "captions")
    page.click("#to-review")
    page.wait_for_selector("body[data-ready]")
    page.wait_for_timeout(1500)
    views(page, folder, "review")
    page.goto(f"{address}#/new")
    page.wait_for_selector("#add")
    views(page, folder, "new")
    page.goto(f"{address}#/machine")
    page.wait_for_selector("#models li")
    views(page, folder, "machine")
    page.goto(f"{address}#/")
    page.wait_for_selector("#events li")
    views(page, folder, "library")


def size(page: Any, name: str, scheme: str) -> None:
    """Set the window's size and the colours."""
    page.set_viewport_size({"width": SIZES[name][0], "height": SIZES[name][1]})
    page.emulate_media(color_scheme=scheme)
    page.wait_for_timeout(150)


def views(page: Any, folder: Path, view: str) -> None:
    """Save the top of a view in all sizes, light and dark."""
    page.evaluate("scrollTo(0, 0)")
    for name in SIZES:
        for scheme in ("light", "dark"):
            size(page, name, scheme)
            page.screenshot(path=folder / f"{view}-{name}-{scheme}.png")


def main(folder: Path, alignment: Path | None) -> None:
    """Take all pictures; those of the docs go there."""
    from playwright.sync_api import sync_playwright

    found = next(path for name in BROWSERS if (path := shutil.which(name)))
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        events = Path(temporary) / "events"
        made = None if alignment is None else lambda: put_in_place(alignment, events)
        command = [COMMAND, "desk", events, "--no-browser", "--json", "--quiet"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                address = json.loads(server.stdout.readline())["address"]
                browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
                take(browser, address, folder, made)
            finally:
                server.terminate()
    for name, picture in IN_DOCS.items():
        shutil.copy(folder / f"{name}.png", HERE / picture)


def put_in_place(alignment: Path, events: Path) -> None:
    """Put an alignment of the example where the desk would have put it."""
    shutil.copy(alignment, events / "harbour" / "harbour.alignment.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
