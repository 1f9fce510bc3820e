"""The pictures of the review, a published page and a site: `python docs/pictures.py DIR/harbour.alignment.json`.

The alignment is the one that `asdelivered demo --archive` made in DIR. Needs Chromium on the PATH, and Playwright.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from asdelivered.app.jobs.demo import SITE

HERE = Path(__file__).resolve().parent
COMMAND = Path(sysconfig.get_path("scripts")) / "asdelivered"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 780}
QUOTE = "we can do it again"
MANGLED = "the harbor was rebuild before and we can do it again"
"""The quote as somebody might remember it."""


@contextmanager
def served(alignment: Path) -> Iterator[str]:
    """Serve the review of an alignment, and yield its address."""
    command = [COMMAND, "review", alignment, "--no-browser", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield json.loads(server.stdout.readline())["address"]
        finally:
            server.terminate()


@contextmanager
def opened(browser: Any, address: str, size: dict[str, int], scheme: str = "light") -> Iterator[Any]:
    """Open a page in a window of the given size."""
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def reviewed(page: Any) -> None:
    """Wait until the review is complete, with its waveform, and select the first doubtful line."""
    page.wait_for_selector("body[data-ready]")
    page.wait_for_timeout(1500)
    page.keyboard.press("n")
    page.wait_for_timeout(800)


def take(alignment: Path, folder: Path, browser: Any) -> None:
    """Save all pictures in `folder`."""
    with served(alignment) as address:
        for scheme, name in (("light", "review.png"), ("dark", "review-dark.png")):
            with opened(browser, address, WIDE, scheme) as page:
                reviewed(page)
                page.screenshot(path=folder / name)
        with opened(browser, address, WIDE) as page:
            reviewed(page)
            page.keyboard.press("/")
            page.keyboard.type(QUOTE)
            page.keyboard.press("Enter")
            page.wait_for_selector("#found .card")
            page.keyboard.press("Escape")
            for _ in range(4):
                page.keyboard.press("Shift+ArrowRight")
            for key in ("i", "Escape", "ArrowDown", "ArrowDown", "i"):
                page.keyboard.press(key)
                page.wait_for_timeout(600)
            page.wait_for_function("() => document.querySelectorAll('#clips .card').length > 1")
            page.wait_for_timeout(300)
            page.screenshot(path=folder / "review-clips.png")
        with opened(browser, address, PHONE) as page:
            reviewed(page)
            page.screenshot(path=folder / "review-phone.png")
    published = folder / "harbour.html"
    subprocess.run([COMMAND, "page", alignment, "-o", published], check=True, stdout=subprocess.DEVNULL)
    found = f"#q={QUOTE}"
    for size, scheme, place, name in (
        (WIDE, "light", "", "page.png"),
        (WIDE, "dark", found, "page-dark.png"),
        (PHONE, "light", found, "page-phone.png"),
    ):
        with opened(browser, published.as_uri() + place, size, scheme) as page:
            page.wait_for_timeout(800)
            page.screenshot(path=folder / name)
    published.unlink()
    take_site(alignment.parent / SITE, folder, browser)


def take_site(site: Path, folder: Path, browser: Any) -> None:
    """Save the picture of what the search of a site finds, and how it plays in place."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    with opened(browser, "about:blank", {"width": 1280, "height": 500}) as page:
        recording = site / "harbour.opus"
        page.route(
            "**/harbour.opus", lambda route: route.fulfill(path=recording)
        )  # the demo has its own port
        page.goto(f"{address}/?{urlencode({'q': MANGLED})}")
        page.wait_for_selector(".hit")
        page.get_by_title("Play here").first.click()
        page.wait_for_timeout(1500)
        page.screenshot(path=folder / "site.png")
    server.shutdown()
    server.server_close()


def main(alignment: Path, folder: Path) -> None:
    """Take the pictures from a copy, so that nothing is left next to the alignment."""
    from playwright.sync_api import sync_playwright

    found = next(path for name in BROWSERS if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        event = Path(shutil.copytree(alignment.parent, Path(temporary) / "event"))
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        take(event / alignment.name, folder, browser)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]) if len(sys.argv) > 2 else HERE)
