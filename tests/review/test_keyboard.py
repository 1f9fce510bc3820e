"""The review page without a mouse: everything it does, done by keys, and where the focus is at every step."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from asdelivered.align.document.alignment_json import load

from .conftest import Server, opened
from .test_page import heard_at

FOCUS = """() => {
    const own = document.activeElement, style = getComputedStyle(own), box = own.getBoundingClientRect();
    return {
        lost: own === document.body || !own.checkVisibility(),
        seen: own.matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inside: box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
        name: own.id || own.ariaLabel || own.textContent.trim().slice(0, 40),
    };
}"""

TWO_FRAMES = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"


class Keys:
    """Presses keys, and after each looks where the focus is."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.page.evaluate(TWO_FRAMES)
            self.look(key)

    def asked(self, address: str, *keys: str) -> Any:
        """Press keys, and return what the server answers."""
        with self.page.expect_response(address) as answer:
            self.press(*keys)
        answer.value.finished()
        self.page.wait_for_timeout(100)
        self.look(keys[-1])
        return answer.value.json() if "json" in answer.value.headers["content-type"] else None

    def look(self, after: str) -> None:
        focus = self.page.evaluate(FOCUS)
        if focus["lost"]:  # what has just gone: the page looks at each frame whether the focus needs a home
            self.page.evaluate(TWO_FRAMES)
            focus = self.page.evaluate(FOCUS)
        assert not focus["lost"], f"focus is lost after {after}"
        assert focus["seen"], f"focus on {focus['name']} can't be seen after {after}"
        assert focus["inside"], f"{focus['name']}, which has the focus after {after}, is out of sight"

    def to(self, name: str, key: str = "Tab") -> None:
        """Go on with Tab until something of that name has the focus."""
        for _ in range(120):
            if self.page.evaluate(FOCUS)["name"].startswith(name):
                return
            self.press(key)
        raise AssertionError(f"{name} is not reached with {key}")


@pytest.fixture
def server(harbour: Path) -> Iterator[Server]:
    server = Server(harbour)
    yield server
    server.stop()


def test_everything_is_done_by_keys(server: Server, tab: Any, harbour: Path) -> None:
    page = opened(tab, server)
    lines = load(harbour).lines
    keys = Keys(page)
    keys.press("Tab")

    # A quote is found, and its second gone to.
    keys.press("/")
    page.keyboard.type(" ".join(lines[6].text.split()[:6]))
    keys.asked("**/api/find**", "Enter")
    assert lines[6].span is not None
    assert abs(heard_at(page) - lines[6].span.start) <= 200
    keys.to("Add to clips")
    keys.asked("**/api/clips", "Enter")
    page.wait_for_selector("#clips .card")

    # Words are selected: one, four more, one back, the first one left out; they become a clip.
    keys.press("Escape") if page.evaluate("document.activeElement.id") == "query" else None
    keys.to("transcript")
    keys.press("ArrowDown", "ArrowDown")
    own = next(line for line in lines if line.id == page.inner_text("#chosen"))
    keys.press(*["Shift+ArrowRight"] * 6, "Shift+ArrowLeft", "Control+Shift+ArrowRight")
    assert page.evaluate("getSelection().toString()") == " ".join(word.text for word in own.words[1:5])
    assert page.is_visible("#picked")
    assert own.words[1].span is not None
    # It plays on from there, so where it stands depends on when it is asked.
    page.evaluate(
        "document.querySelector('#player').addEventListener("
        "'seeking', (event) => { window.wentTo = event.target.currentTime; }, { once: true })"
    )
    keys.asked("**/api/quote", "Enter")
    page.wait_for_function("() => window.wentTo !== undefined")
    assert abs(1000 * page.evaluate("window.wentTo") - own.words[1].span.start) <= 400
    keys.press("k")
    keys.asked("**/api/quote", "q")
    assert own.words[2].text in page.evaluate("navigator.clipboard.readText()")
    keys.asked("**/api/quote", "y")
    assert "#t=" in page.evaluate("navigator.clipboard.readText()")
    keys.asked("**/api/clips", "i")
    page.wait_for_function("() => document.querySelectorAll('#clips .card').length === 2")
    keys.press("Escape")
    keys.press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowUp")
    place = [line.id for line in lines].index(own.id)
    selected = page.evaluate("getSelection().toString()").split()
    assert selected == [word.text for line in lines[place : place + 2] for word in line.words]
    keys.press("Escape")

    # The second clip is moved up: the focus stays with it, and its button, which can do no more.
    first, second = [clip["words"] for clip in server.ask("api/clips")["clips"]]
    keys.to("clips", "Shift+Tab")
    keys.press("Tab", "Tab", "Tab")  # the format, two buttons
    keys.to("Up: ")
    keys.press("Tab", "Tab")
    keys.to("Up: ")
    keys.asked("**/api/clips", "Enter")
    page.wait_for_timeout(300)
    keys.look("Up")
    assert [clip["words"] for clip in server.ask("api/clips")["clips"]] == [second, first]
    assert page.evaluate("document.activeElement.textContent") == "Up"
    assert page.evaluate("document.activeElement.ariaDisabled") == "true"
    keys.press("Enter", "Shift+Tab", "Shift+Tab")

    # The list is downloaded as another format.
    keys.to("Format of the list", "Shift+Tab")
    page.keyboard.type("Avid")  # or whatever the box finds; the format is what it shows
    wanted = page.evaluate("document.activeElement.value")
    keys.press("Tab")
    with page.expect_download() as download:
        keys.press("Enter")
    assert download.value.suggested_filename.endswith(wanted)

    # The clips are made, and one of them is reached.
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_selector("#clips .files a", timeout=120_000)
    keys.look("making the clips")
    keys.press("Tab")
    with page.expect_download() as download:
        keys.press("Enter")
    assert Path(download.value.path()).stat().st_size > 500

    # A clip is taken away: the focus goes to its neighbour; the last one, to the list.
    keys.to("Remove: ")
    for left in (1, 0):
        keys.asked("**/api/clips", "Enter")
        page.wait_for_function(f"() => document.querySelectorAll('#clips .card').length === {left}")
        keys.look("Remove")
        if left:
            keys.to("Remove: ")
    assert page.evaluate("document.activeElement.id") == "clips"

    # What is to be checked: gone through in the list, accepted there, nudged, marked; the list shrinks under the focus.
    keys.to("tab-clips", "Shift+Tab")
    keys.press("ArrowLeft", "ArrowLeft")
    keys.press("Tab", "Tab")
    doubtful = page.locator("#queue .card").count()
    assert doubtful >= 2
    keys.press("Enter")
    chosen = page.inner_text("#chosen")
    with page.expect_response("**/accept"):
        keys.press("a")
    page.wait_for_function(f"() => document.querySelectorAll('#queue .card').length === {doubtful - 1}")
    keys.look("a")
    assert page.evaluate("document.activeElement.className") == "card"
    keys.press("Enter")
    before = next(
        line for line in server.ask("api/lines")["lines"] if line["id"] == page.inner_text("#chosen")
    )
    keys.asked("**/move", "d")
    keys.asked("**/move", "Shift+F")
    after = next(line for line in server.ask("api/lines")["lines"] if line["id"] == before["id"])
    assert (after["start"], after["end"]) == (before["start"] + 10, before["end"] - 100)
    keys.asked("**/unspoken", "x")
    page.wait_for_timeout(200)
    keys.look("x")
    states = {line["id"]: line for line in server.ask("api/lines")["lines"]}
    assert states[before["id"]]["start"] is None
    assert states[chosen]["pin"] is not None

    # Undone, done again, by buttons as well; a button that can do no more keeps the focus.
    for _ in range(2):
        keys.asked("**/api/undo", "u")
    keys.asked("**/api/redo", "Shift+U")
    keys.to("undo", "Shift+Tab")
    while server.ask("api/state")["undo"]:
        keys.asked("**/api/undo", "Enter")
    page.wait_for_function("() => document.querySelector('#undo').ariaDisabled === 'true'")
    keys.press("Enter", "Tab")
    assert page.evaluate("document.activeElement.id") == "redo"
    assert server.ask("api/state")["pins"] == 0

    # The edge of a line on the waveform, then aligned again.
    keys.to("transcript")
    keys.press("ArrowDown")
    line = next(one for one in server.ask("api/lines")["lines"] if one["id"] == page.inner_text("#chosen"))
    keys.to("handle-start")
    keys.asked("**/move", "ArrowRight")
    assert {one["id"]: one for one in server.ask("api/lines")["lines"]}[line["id"]]["start"] == line[
        "start"
    ] + 10
    keys.asked("**/api/align", "g")
    page.wait_for_selector("#realign[aria-disabled=true]", timeout=120_000)
    page.wait_for_selector("#work", state="hidden", timeout=120_000)
    keys.look("g")

    # Captions in another style, the speed, the help, and saved.
    keys.to("style", "Shift+Tab")
    page.keyboard.type("BBC")
    assert page.evaluate("document.activeElement.value") == "bbc"
    keys.press("Escape")
    keys.press("c")
    assert page.input_value("#style") == ""
    keys.press("c")
    assert page.input_value("#style") == "bbc"
    keys.press("l", "l")
    page.wait_for_function("() => document.querySelector('#speed').value === '1.25'")
    keys.press("k", "?")
    assert page.is_visible("#keys")
    keys.press("Escape")
    assert page.is_hidden("#keys")
    assert sorted(keys.asked("**/api/save", "Control+s")["files"]) == [
        "harbour.alignment.json",
        "harbour.pins.json",
    ]
    keys.to("Close", "Shift+Tab")
    keys.press("Enter")
    saved = json.loads(harbour.read_text("utf-8"))["lines"]
    assert next(one for one in saved if one["id"] == line["id"])["start"] == (line["start"] + 10) / 1000


def test_axe_finds_nothing_serious_anywhere(server: Server, chromium: Any) -> None:
    from axe_core_python.sync_playwright import Axe

    context = chromium.new_context(bypass_csp=True, viewport={"width": 1400, "height": 860})
    page = context.new_page()
    page.goto(server.address)
    page.wait_for_selector("body[data-ready]")

    def clean(where: str) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(50)
            found = [one for one in Axe().run(page)["violations"] if one["impact"] in ("serious", "critical")]
            told = [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]
            assert told == [], f"{where}, {scheme}"

    page.keyboard.press("n")
    clean("the list of what is to be checked")
    with page.expect_response("**/accept"):
        page.keyboard.press("a")
    page.keyboard.press("/")
    page.keyboard.type("we can do it again")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found .card")
    clean("a line that was accepted, quotes that were found")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("i")
    page.wait_for_selector("#clips .card")
    clean("the clips, selected words")
    page.keyboard.press("?")
    clean("the dialog")
    context.close()
