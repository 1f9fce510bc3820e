"""From an empty library to captions, a vertical clip, a cut-list and a page, in a real browser, without a terminal."""

import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import psutil
import pytest
from imageio_ffmpeg import get_ffmpeg_exe

from asdelivered.align.document.alignment_json import load
from asdelivered.app.desk.event_file import Stage, read_notes

from .conftest import DeskServer, alignment_held

QUOTE = "we can do it again"
LONG = 240_000
"""Milliseconds within which an alignment of two minutes ends on any machine."""


def at(page: Any, server: DeskServer, place: str = "") -> Any:
    page.goto(f"{server.address}{place}")
    page.wait_for_selector("body[data-ready]")
    return page


def made_in(server: DeskServer) -> dict[str, Path]:
    """The files of the only event, by their endings; the newest of each."""
    files = sorted((server.folder).rglob("*.*"), key=lambda path: path.stat().st_mtime)
    return {path.suffix: path for path in files if path.is_file() and "inbox" not in path.parts}


def check_what_was_made(server: DeskServer) -> None:
    folder = next(path.parent for path in server.folder.rglob("*.alignment.json"))
    assert "-->" in (folder / "captions" / "harbour.srt").read_text("utf-8")
    made = made_in(server)
    assert "TITLE:" in made[".edl"].read_text("utf-8")
    assert "harbour.opus" in made[".html"].read_text("utf-8")
    with av.open(made[".mp4"]) as clip:
        assert (clip.streams.video[0].width, clip.streams.video[0].height) == (1080, 1920)
        assert clip.duration is not None
        assert 1_000_000 < clip.duration < 6_000_000


def test_by_mouse_from_an_empty_library_to_all_files(
    open_desk: Callable[[], DeskServer], given: Path, tab: Any
) -> None:
    server = open_desk()
    page = at(tab, server)
    assert "Drop a page and a recording here" in page.inner_text("#empty")
    page.click("#empty a")
    for kind, name in (("page", "harbour.txt"), ("recording", "harbour.opus")):
        page.click(f"#choose-{kind}")
        page.wait_for_selector("#picker[open]")
        if page.locator("#picker-list button", has_text=name).count() == 0:
            page.click("#picker-roots button[title$=library]")
            page.click("#picker-list button.folder:has-text('inbox')")
        page.click(f"#picker-list button:has-text('{name}')")
    page.click("#add")
    page.wait_for_selector("#speakers")
    assert page.locator("#speakers tbody tr").count() == 3
    assert "2026-10-03" in page.inner_text("#step dl")

    page.locator("#speakers input").first.fill("Anna R. Reed")
    page.click("#correct")
    page.wait_for_selector("#notes .good")
    assert "Anna R. Reed" in page.inner_text(".turns")
    assert "Anna R. Reed" in (server.folder / "harbour" / "speakers.txt").read_text("utf-8")

    page.click("#align")
    with alignment_held(server):
        page.wait_for_selector("#stop")
        page.wait_for_selector("#progress progress")
    page.click("#stop")
    page.wait_for_selector("#align:has-text('Resume')")
    notes = read_notes(server.folder / "harbour")
    assert notes is not None
    assert notes.stage is Stage.STOPPED
    page.click("#align")
    page.wait_for_selector("#open-review", timeout=LONG)
    assert "26 of 27 lines have times" in page.inner_text("#times")
    assert load(server.folder / "harbour" / "harbour.alignment.json").lines[0].speaker == "Anna R. Reed"

    page.click(".steps a:has-text('Export')")
    page.click("#make-captions")
    page.wait_for_selector(".result a:has-text('captions/harbour.srt')", timeout=LONG)
    page.fill("#quotes", QUOTE)
    page.select_option("#media", "vertical")
    page.click("#export-clips summary:has-text('terminal')")
    page.wait_for_function(
        "() => document.querySelector('#command-clips').textContent.includes('--vertical')"
    )
    page.click("#make-clips")
    page.wait_for_selector(".result a:has-text('.edl')", timeout=LONG)
    page.click("#make-page")
    page.wait_for_selector(".result a:has-text('page.html')", timeout=LONG)
    check_what_was_made(server)
    with page.expect_download() as download:
        page.click(".result a:has-text('page.html')")
    assert Path(download.value.path()).read_bytes() == made_in(server)[".html"].read_bytes()

    page.click("#to-review")
    page.wait_for_selector("body[data-ready]")
    page.wait_for_selector("#queue .card")
    page.click("#home")
    page.wait_for_selector("#open-review")

    page.click(".back")
    page.fill("#quote", "we could do it again")
    page.keyboard.press("Enter")
    page.wait_for_selector("#hits li")
    assert QUOTE in page.inner_text("#hits")
    page.click("#hits button:has-text('Play')")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 80")


class Keyboard:
    """Goes to what has a name or an id with Tab alone, and presses it."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def to(self, wanted: str) -> None:
        for _ in range(80):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(
                "() => { const e = document.activeElement; return [e.id, e.textContent.trim().slice(0, 60)]; }"
            )
            if wanted in found:
                return
        raise AssertionError(f"{wanted} is not reached with Tab")

    def press(self, wanted: str, key: str = "Enter") -> None:
        self.to(wanted)
        self.page.keyboard.press(key)


def export_by_keyboard(keys: Keyboard, captions: str, quote: str, timeout: int) -> None:
    """Make captions, a vertical clip of a quote with its list, and a page; each takes at most `timeout` ms."""
    page = keys.page
    keys.press("Export")
    page.wait_for_selector("#make-captions")
    keys.press("make-captions")
    page.wait_for_selector(f".result a:has-text('{captions}')", timeout=timeout)
    keys.to("quotes")
    page.keyboard.type(quote)
    keys.to("media")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.input_value("#media") == "vertical"
    keys.press("make-clips")
    page.wait_for_selector(".result a:has-text('.edl')", timeout=timeout)
    keys.press("make-page")
    page.wait_for_selector(".result a:has-text('page.html')", timeout=timeout)


def test_by_keyboard_from_an_empty_library_to_all_files(
    open_desk: Callable[[], DeskServer], tab: Any
) -> None:
    server = open_desk()
    page = at(tab, server)
    keys = Keyboard(page)
    keys.press("example")
    page.wait_for_selector("#speakers")
    keys.press("align")
    page.wait_for_selector("#open-review", timeout=LONG)
    export_by_keyboard(keys, "captions/harbour.srt", QUOTE, LONG)
    check_what_was_made(server)


WRONG_PAGE = "\n\n".join(
    f"The committee on agriculture {verb} the report on wheat, barley and the prices of fertiliser in the plains."
    for verb in ("heard", "discussed", "amended", "adopted", "printed", "withdrew", "praised", "revised")
)


def test_a_wrong_page_is_refused_and_the_reason_told(
    open_desk: Callable[[], DeskServer], given: Path, tab: Any
) -> None:
    short = given / "short.opus"
    cut = [
        get_ffmpeg_exe(),
        "-v",
        "error",
        "-ss",
        "10",
        "-t",
        "30",
        "-i",
        given / "harbour.opus",
        "-c",
        "copy",
        short,
    ]
    subprocess.run(cut, check=True)
    server = open_desk()
    page = at(tab, server, "#/new")
    page.fill("#pasted", WRONG_PAGE)
    page.set_input_files("#file-recording", short)
    page.click("#add")
    page.wait_for_selector("#align")
    page.click("#align")
    page.wait_for_selector("#reason", timeout=LONG)
    reason = page.inner_text("#reason")
    assert re.fullmatch(
        r"Next to nothing of [^/\\]+ is heard in [^/\\]+: see that the two belong together.+", reason
    )
    assert "--" not in reason, "the page has no such choices"
    assert page.inner_text("#align") == "Align again"
    page.select_option("#language", "de")
    page.wait_for_selector("#reason:has-text('fast nichts zu hören')")
    page.select_option("#language", "en")
    page.wait_for_selector("#reason:has-text('Next to nothing')")
    assert not [*server.folder.rglob("*.alignment.json")]
    page.reload()
    page.wait_for_selector("#reason")
    page.click(".back")
    page.wait_for_selector("#events:has-text('refused')")


def test_a_killed_server_loses_nothing(open_desk: Callable[[], DeskServer], tab: Any) -> None:
    server = open_desk()
    _, event = server.ask("api/example", "POST")
    server.ask(f"api/events/{event['key']}/align", "POST")
    deadline = time.monotonic() + 120
    while not any(one["step"] == "listening" for one in server.ask("api/state")[1]["work"]):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    children = psutil.Process(server.process.pid).children(recursive=True)
    server.stop(signal.SIGKILL)
    psutil.wait_procs(children, timeout=60)
    assert not [one for one in children if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    kept = {path.name for path in (server.folder / "harbour").iterdir() if path.name[0] != "."}
    assert kept == {"harbour.txt", "harbour.opus", "desk.json"}

    again = open_desk()
    page = at(tab, again)
    page.wait_for_selector("#events:has-text('stopped')")
    page.click("#events a")
    page.wait_for_selector("#align:has-text('Resume')")


def test_an_event_is_removed_and_brought_back(open_desk: Callable[[], DeskServer], tab: Any) -> None:
    server = open_desk()
    _, event = server.ask("api/example", "POST")
    page = at(tab, server, f"#/event/{event['key']}/text")
    page.click("#remove")
    page.wait_for_selector("#empty")
    assert not (server.folder / "harbour").exists()
    assert "The Harbour Stays Open" in page.inner_text("#notes")
    page.click("#undo")
    page.wait_for_selector("#events li")
    assert (server.folder / "harbour" / "harbour.opus").is_file()
    page.click("#events a")
    page.wait_for_selector("#remove")


@pytest.fixture
def axe(chromium: Any) -> Any:
    context = chromium.new_context(bypass_csp=True, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("language", "schemes"), [("en", ("light", "dark")), ("de", ("light",)), ("fr", ("light",))]
)
def test_axe_finds_nothing_in_any_view(
    open_desk: Callable[[], DeskServer], given: Path, axe: Any, page: Path, language: str, schemes: tuple[str]
) -> None:
    from axe_core_python.sync_playwright import Axe
    from truth_alignment import truth_alignment

    from asdelivered.align.document.alignment_json import save

    truth = page.with_name("harbour.truth.json")
    save(
        truth_alignment(truth, given / "harbour.opus", given / "harbour.txt"),
        given / "harbour.alignment.json",
    )
    server = open_desk()
    server.ask("api/example", "POST")
    keys = {event["aligned"]: event["key"] for event in server.ask("api/state")[1]["events"]}
    views = [
        "#/",
        "#/new",
        "#/machine",
        "#/search/we%20can%20do%20it%20again",
        f"#/event/{keys[False]}/text",
        f"#/event/{keys[False]}/times",
    ]
    views += [f"#/event/{keys[True]}/{tab}" for tab in ("times", "captions", "export")]
    at(axe, server)
    axe.select_option("#language", language)
    for view in views:
        axe.evaluate("address => { location.hash = address; }", view)
        axe.wait_for_function("view => document.body.dataset.view?.startsWith(view.slice(2))", arg=view)
        if view.endswith("captions"):
            axe.wait_for_selector("#cues[data-whole]")
            axe.click("#cues li:nth-child(2) .cue")
        if view.endswith("export"):
            axe.select_option("#media", "vertical")
        if view == "#/machine":
            axe.click("#get-base")
        for size in ((1440, 900), (720, 450), (390, 780)):
            axe.set_viewport_size({"width": size[0], "height": size[1]})
            wide = axe.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{view} is wider than a window of {size}"
        for scheme in schemes:
            axe.emulate_media(color_scheme=scheme)
            axe.wait_for_timeout(50)
            found = [
                (one["id"], [node["html"][:120] for node in one["nodes"][:3]])
                for one in Axe().run(axe)["violations"]
            ]
            assert found == [], f"{view}, {scheme}"
        axe.keyboard.press("Escape")


def test_each_language_has_every_sentence(open_desk: Callable[[], DeskServer], tab: Any) -> None:
    server = open_desk()
    page = at(tab, server)
    catalogue = page.evaluate("async () => (await import('./strings.js')).CATALOGUE")
    assert {*catalogue} == {"en", "de", "fr"}
    places = {
        code: {  # what is said of one may name no number
            key: {*re.findall(r"{(\w+)}", text)} for key, text in texts.items() if not key.endswith("_one")
        }
        for code, texts in catalogue.items()
    }
    assert {*catalogue["de"]} == {*catalogue["fr"]} == {*catalogue["en"]}
    assert places["de"] == places["en"] == places["fr"]
    folder = Path(__file__).resolve().parents[3] / "app" / "desk" / "page"
    used = {
        key for file in folder.glob("*.js") for key in re.findall(r"""\bt\("(\w+)""", file.read_text("utf-8"))
    }
    assert used <= {*catalogue["en"]}
    page.select_option("#language", "de")
    page.wait_for_selector("h1:has-text('Veranstaltungen')")
    assert page.evaluate("document.documentElement.lang") == "de"
    page.reload()
    page.wait_for_selector("h1:has-text('Veranstaltungen')")
    page.goto(f"{server.address}events/none/review/")  # the page of any review, which has the same words
    page.wait_for_selector("#save:has-text('Speichern')")
