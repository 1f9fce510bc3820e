"""The search of a published site in a browser: `python benchmarks/site_search.py FOLDER [--quotes 40]`.

FOLDER is that of benchmarks/site.py, whose events are made again to know what they say. Each question is asked on a
page that was just opened and has nothing cached; the site is served by Python's own static server, uncompressed. The
field has the focus for a moment before, as when a person types, which fetches the index; the time is from Enter to the
hits in the page, and what is fetched is all of it. Needs Chromium on the PATH,
and Playwright.
"""

from __future__ import annotations

import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from statistics import median
from typing import Annotated, Any

import typer
from archive_events import make_event
from mangling import mangle
from review_measures import chromium

TYPING = 500
"""Milliseconds between the focus and Enter, less than anybody needs to type a quote."""
ASK = """(quote) => new Promise((done) => {
    const field = document.querySelector("#search [name=q]"), told = document.querySelector("#told");
    const results = document.querySelector("#results");
    field.value = quote;
    const began = performance.now();
    const { searching } = JSON.parse(document.querySelector("#search").dataset.texts);
    const seen = new MutationObserver(() => {
        if (!told.textContent || told.textContent === searching) return;
        seen.disconnect();
        const ms = performance.now() - began, fetched = performance.getEntriesByType("resource");
        const bytes = fetched.reduce((sum, one) => sum + one.encodedBodySize, 0);
        const first = results.querySelector(".hit a")?.getAttribute("href") ?? "";
        done([ms, bytes, fetched.length, first]);
    });
    seen.observe(document.body, { childList: true, subtree: true, characterData: true });
    field.form.requestSubmit();
})"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def ask(browser: Any, address: str, quote: str) -> tuple[float, int, int, str]:
    """Ask one question on a new page; return milliseconds, bytes, files, and where the first hit leads."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("performance.clearResourceTimings()")
    page.focus("#search [name=q]")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(TYPING)
    found: tuple[float, int, int, str] = tuple(page.evaluate(ASK, quote))
    context.close()
    return found


def main(
    folder: Path,
    quotes: Annotated[int, typer.Option(help="Mangled quotes, each of another event.")] = 40,
    words: Annotated[int, typer.Option(help="Words of an event, as benchmarks/site.py was told.")] = 500,
) -> None:
    """Print the figures."""
    site = folder / "site"
    events = sum(1 for _ in (site / "events").iterdir())
    random = Random(5)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    print(f"{events:,} events, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.\n")
    rows, right = [], 0
    with chromium() as browser:
        ask(browser, address, "warming up")
        for number in random.sample(range(events), quotes):
            alignment, info = make_event(number, words)
            tokens = [word.text for line in alignment.lines for word in line.words]
            *figures, first = ask(browser, address, mangle(random, tokens).text)
            right += f"/{info.name}/" in f"/{first}"
            rows.append(figures)
        print("| | ms to the hits | kB | files |\n| --- | ---: | ---: | ---: |")
        for name, of in (("median", median), ("most", max)):
            ms, size, files = (of(column) for column in zip(*rows, strict=True))
            print(f"| {quotes} mangled quotes, {name} | {ms:.0f} | {size / 1e3:.0f} | {files:.0f} |")
        for quote in ("we can do it again", "we", "government", "governmemt"):
            ms, size, files, _ = ask(browser, address, quote)
            print(f"| {quote} | {ms:.0f} | {size / 1e3:.0f} | {files} |")
    print(f"\n{right} of {quotes} mangled quotes have the event that they are from as the first hit.")
    server.shutdown()


if __name__ == "__main__":
    typer.run(main)
