"""Measures of the review page in a real browser: paint, tasks of the page's main thread, memory.

Tasks are measured by the clock, as the page's own observer reports them, and by processor time, from the browser's
trace. Linux only.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

COMMAND = Path(sysconfig.get_path("scripts")) / "asdelivered"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = ("--no-sandbox", "--autoplay-policy=no-user-gesture-required")

WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) longTasks.push([entry.startTime, entry.duration]);
}).observe({ type: "longtask", buffered: true });
const watching = new MutationObserver(() => {
  if (!document.querySelector("#line-12")) return;
  watching.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.usefulPaint = performance.now(); }));
});
const waiting = new MutationObserver(() => {
  if (!document.body?.dataset.ready) return;
  waiting.disconnect();
  window.wholeAt = performance.now();
});
waiting.observe(document, { attributes: true, attributeFilter: ["data-ready"], subtree: true });
watching.observe(document, { childList: true, subtree: true });
"""
"""A paint is useful when it shows the first lines of the transcript: more than fit on a screen."""


@dataclass
class Stretch:
    """The measurements during one activity: the longest tasks in ms, by the clock and by the processor."""

    name: str
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


@contextmanager
def served(alignment: Path) -> Iterator[tuple[str, psutil.Process, float]]:
    """Serve a review; yield its address, its process, and the seconds until it printed the address."""
    began = time.perf_counter()
    command = [COMMAND, "review", alignment, "--no-browser", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = json.loads(server.stdout.readline())["address"]
            yield address, psutil.Process(server.pid), time.perf_counter() - began
        finally:
            server.terminate()


class Tab:
    """A page in a browser, under observation."""

    def __init__(self, browser: Any) -> None:
        self.page = browser.new_context(viewport={"width": 1400, "height": 860}).new_page()
        self.page.set_default_timeout(120_000)
        self.page.add_init_script(WATCH)
        self._browser = browser
        self._protocol = browser.new_browser_cdp_session()
        self._own = self.page.context.new_cdp_session(self.page)
        self._own.send("Performance.enable")

    @contextmanager
    def watch(self, name: str) -> Iterator[Stretch]:
        """Measure the tasks of the page's main thread during the block."""
        stretch = Stretch(name)
        seen = self.page.evaluate("window.longTasks ? longTasks.length : 0")
        self._browser.start_tracing(page=self.page, categories=["toplevel", "__metadata"])
        yield stretch
        self.page.wait_for_timeout(100)
        events = json.loads(self._browser.stop_tracing())["traceEvents"]
        told = self.page.evaluate("longTasks")
        stretch.clock = [duration for _, duration in told[seen:]]
        mains = {
            (event["pid"], event["tid"])
            for event in events
            if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
        }
        stretch.processor = [
            event["tdur"] / 1000
            for event in events
            if event.get("ph") == "X" and (event["pid"], event["tid"]) in mains and "tdur" in event
        ]

    def heap(self) -> float:
        """Return the MB of script objects in use."""
        self._own.send("HeapProfiler.collectGarbage")
        metrics = {one["name"]: one["value"] for one in self._own.send("Performance.getMetrics")["metrics"]}
        return float(metrics["JSHeapUsedSize"]) / 1e6

    def memory(self) -> float:
        """Return the MB (PSS) of the browser's largest page process, which is this page's."""
        told = self._protocol.send("SystemInfo.getProcessInfo")["processInfo"]
        pids = [one["id"] for one in told if one["type"] == "renderer"]
        return float(max(psutil.Process(pid).memory_full_info().pss for pid in pids)) / 1e6


def lines_of(page: Any) -> int:
    """Return the number of lines in the transcript."""
    return int(page.locator("#transcript .line").count())


def load(tab: Tab, address: str) -> None:
    """Open the page and wait until all of it is there."""
    tab.page.goto(address)
    tab.page.wait_for_selector("body[data-ready]", timeout=120_000)


SCROLL = """share => {
    const text = document.querySelector("#transcript");
    text.scrollTop = text.scrollHeight * share / 100;
}"""
PLAY = """share => {
    const player = document.querySelector("#player");
    player.playbackRate = 3;
    player.currentTime = player.duration * share;
    player.play();
}"""


def scroll(tab: Tab) -> None:
    """Turn the wheel at the beginning, then scroll through all of the text in big steps, and back."""
    tab.page.mouse.move(900, 400)
    for _ in range(60):
        tab.page.mouse.wheel(0, 240)
        tab.page.wait_for_timeout(16)
    for share in [*range(0, 101, 2), 50, 0]:
        tab.page.evaluate(SCROLL, share)
        tab.page.wait_for_timeout(40)


def play(tab: Tab) -> None:
    """Play for a while at triple speed, at three places: words light up, the text follows."""
    for share in (0.1, 0.5, 0.95):
        tab.page.evaluate(PLAY, share)
        tab.page.wait_for_timeout(4000)
    tab.page.evaluate("document.querySelector('#player').pause()")


def edit(tab: Tab) -> None:
    """Go through doubtful lines; accept, nudge, undo."""
    with tab.page.expect_response("**/api/undo"):
        for keys in ("n", "a", "n", "d", "d", "x", "n", "D", "u"):
            tab.page.keyboard.press(keys)
            tab.page.wait_for_timeout(150)
    tab.page.wait_for_timeout(1000)


def zoom(tab: Tab) -> None:
    """Zoom the waveform all the way out and in again."""
    for key in "-" * 16 + "+" * 16:
        tab.page.keyboard.press(key)
        tab.page.wait_for_timeout(40)


def find(tab: Tab) -> None:
    """Find a quote in the middle of the text."""
    place = lines_of(tab.page) // 2
    words = tab.page.locator(f"#line-{place} p").text_content().split()[:8]
    tab.page.keyboard.press("/")
    tab.page.keyboard.type(" ".join(words))
    with tab.page.expect_response("**/api/find**"):
        tab.page.keyboard.press("Enter")
    tab.page.wait_for_selector("#found .card")
    tab.page.locator("#transcript").focus()


STRETCHES: tuple[Callable[[Tab], None], ...] = (scroll, play, edit, zoom, find)


@dataclass(frozen=True)
class Measured:
    """All figures of a run: seconds from the start of the command and of loading; MB; `stretches` has tasks in ms.

    `tab` is the highest value at the end of a stretch in each round, with what the browser has not freed yet; `server`
    and `heap` are the values at the end of each round. All three start with the value when the page is loaded.
    """

    lines: int
    ready: float
    paint: float
    whole: float
    stretches: list[Stretch]
    heap: list[float]
    tab: list[float]
    server: list[float]


def measure(
    address: str,
    server: psutil.Process,
    ready: float,
    browser: Any,
    rounds: int,
    things: Sequence[Callable[[Tab], None]] = STRETCHES,
) -> Measured:
    """Open a review in a browser and use it: all activities, `rounds` times."""
    tab = Tab(browser)
    with tab.watch("load") as loading:
        load(tab, address)
    stretches, tabs = [loading], [tab.memory()]
    heap, served = [tab.heap()], [server.memory_full_info().pss / 1e6]
    for number in range(rounds):
        most = 0.0
        for doing in things:
            if number == 0:
                with tab.watch(doing.__name__) as stretch:
                    doing(tab)
                stretches.append(stretch)
            else:
                doing(tab)
            most = max(most, tab.memory())
        tabs.append(most)
        heap.append(tab.heap())
        served.append(server.memory_full_info().pss / 1e6)
    paint, whole = (tab.page.evaluate(name) / 1000 for name in ("usefulPaint", "wholeAt"))
    measured = Measured(lines_of(tab.page), ready, paint, whole, stretches, heap, tabs, served)
    tab.page.context.close()
    return measured


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the browser."""
    from playwright.sync_api import sync_playwright

    found = next(path for name in BROWSERS if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=[*OPTIONS])
