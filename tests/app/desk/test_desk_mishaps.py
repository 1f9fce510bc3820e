"""What goes wrong while a person works with the desk, and what the page says and does then."""

import shutil
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from truth_alignment import truth_alignment

from asdelivered.align.document.alignment_json import save
from asdelivered.base.scratch import HIDDEN, LOCK

from .conftest import DeskServer
from .test_desk_page import at

EXAMPLE = Path(__file__).resolve().parents[3] / "examples"
DROP = """(files) => {
    const data = new DataTransfer();
    for (const [name, bytes] of files)
        data.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name));
    document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def test_a_refused_page_does_not_cost_sending_the_recording_again(
    open_desk: Callable[[], DeskServer], given: Path, tab: Any
) -> None:
    server = open_desk()
    (given / "empty.txt").write_text("", "utf-8")
    page = at(tab, server, "#/new")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "PUT" else None)
    page.click("#add")
    page.wait_for_selector("#notes:has-text('Choose the page and the recording.')")
    page.set_input_files("#file-page", given / "empty.txt")
    page.click("#add")
    page.wait_for_selector("#notes:has-text('Choose the recording.')")
    page.set_input_files("#file-recording", given / "harbour.opus")
    page.click("#add")
    page.wait_for_selector("#notes:has-text('empty.txt is empty')")
    assert len(sent) == 1  # the recording, of one piece; the page has no bytes to send
    page.set_input_files("#file-page", given / "harbour.txt")
    page.click("#add")
    page.wait_for_selector("#speakers")
    assert len(sent) == 2
    assert (server.folder / "harbour" / "harbour.opus").read_bytes() == (given / "harbour.opus").read_bytes()
    left = [path for path in (server.folder / ".uploads").iterdir() if path.stat().st_size]
    assert left == [], "what was taken is not kept twice"

    # A line that may have been read wrongly can be left out, and an error is gone once its cause is mended.
    text = server.folder / "harbour" / "harbour.txt"
    text.write_text(text.read_text("utf-8").replace("Three storms", "Press contact\n\nThree storms"), "utf-8")
    page.reload()
    page.click("#doubts button")
    assert page.input_value("#unspoken") == "Press contact"
    page.fill("#speakers input", "Anna=Reed")
    page.click("#correct")
    page.wait_for_selector("#notes p:not(.good)")
    page.fill("#speakers input", "Anna Reed")
    page.click("#correct")
    page.wait_for_selector("#notes .good")
    assert page.locator("#doubts, #notes p:not(.good)").count() == 0


def test_a_pair_that_is_refused_does_not_keep_the_others_out(
    open_desk: Callable[[], DeskServer], given: Path, tab: Any
) -> None:
    from base64 import b64encode

    server = open_desk()
    shutil.copy(given / "harbour.txt", given / "second.txt")
    files = [
        ("first.txt", b" "),
        ("first.opus", (given / "harbour.opus").read_bytes()),
        ("second.txt", (given / "harbour.txt").read_bytes()),
        ("second.opus", (given / "harbour.opus").read_bytes()),
    ]
    page = at(tab, server)
    page.evaluate(DROP, [(name, b64encode(data).decode()) for name, data in files])
    page.wait_for_selector("#several li:nth-child(2)")
    page.click("#add")
    page.wait_for_selector("#notes p")
    assert page.inner_text("#notes span").startswith("first.txt + first.opus: first.txt is empty")
    assert (server.folder / "second" / "second.opus").is_file()
    assert not (server.folder / "first").exists()
    assert page.inner_text("#add") == "Add the event"
    page.set_input_files("#file-page", given / "harbour.txt")
    page.click("#add")
    page.wait_for_selector("#speakers")
    assert len(server.ask("api/state")[1]["events"]) == 2


def test_a_window_of_an_earlier_start_says_so(open_desk: Callable[[], DeskServer], chromium: Any) -> None:
    context = chromium.new_context()  # whose console may tell of the requests that failed
    first = open_desk()
    page = at(context.new_page(), first)
    first.stop()
    page.wait_for_selector("#notes:has-text('can’t be reached')")
    second = open_desk()
    assert second.address.rsplit("/", 2)[0] == first.address.rsplit("/", 2)[0], "another port"
    page.wait_for_selector("#notes:has-text('started again')")
    context.close()


def test_what_the_program_says_is_said_in_the_language_of_the_page(
    open_desk: Callable[[], DeskServer], given: Path, tab: Any
) -> None:
    server = open_desk()
    (given / "noise.mp3").write_bytes(b"noise" * 1000)
    page = at(tab, server)
    page.select_option("#language", "de")
    page.wait_for_selector("h1:has-text('Veranstaltungen')")
    page.goto(f"{server.address}#/new")
    page.set_input_files("#file-page", given / "harbour.txt")
    page.set_input_files("#file-recording", given / "noise.mp3")
    page.click("#add")
    page.wait_for_selector("#notes p")
    assert page.inner_text("#notes span").startswith("noise.mp3 lässt sich nicht als Aufnahme lesen")
    said = """async ([language, text]) => (await import('./said.js')).saidIn(language, text)"""
    told = "characters-per-second: 22.5 characters a second, at most 20"
    assert page.evaluate(said, ["de", told]).endswith("22,5 Zeichen je Sekunde, höchstens 20")
    assert page.evaluate(said, ["en", told]) == told
    full = "/home/a person/events/talk/talk.srt: No space left on device"
    assert page.evaluate(said, ["en", full]).startswith("The disk is full, so talk.srt could")
    assert (
        page.evaluate(said, ["fr", "something that nobody translated"]) == "something that nobody translated"
    )


def test_a_hit_shows_its_line_and_leads_to_its_second_in_the_review(
    open_desk: Callable[[], DeskServer], given: Path, tab: Any
) -> None:
    save(
        truth_alignment(EXAMPLE / "harbour.truth.json", given / "harbour.opus", given / "harbour.txt"),
        given / "harbour.alignment.json",
    )
    page = at(tab, open_desk(), "#/search/we%20can%20do%20it%20agian")
    hit = page.locator("#hits li").first
    assert hit.locator("mark").inner_text() == "we can do it again."
    assert "It has been rebuilt before, and we can do it again." in hit.inner_text()
    hit.locator("a.button").click()
    page.wait_for_selector("body[data-ready]")
    page.wait_for_function("() => document.querySelector('#player').currentTime > 70")
    assert "we can do it again" in page.inner_text(".line[aria-current=true]")


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_the_head_of_the_review_fits_in_all_languages_and_at_400_percent(
    open_desk: Callable[[], DeskServer], given: Path, tab: Any, language: str
) -> None:
    save(
        truth_alignment(EXAMPLE / "harbour.truth.json", given / "harbour.opus", given / "harbour.txt"),
        given / "harbour.alignment.json",
    )
    server = open_desk()
    (event,) = server.ask("api/state")[1]["events"]
    page = at(tab, server, f"events/{event['key']}/review/")
    page.select_option("#language", language)
    page.wait_for_function("language => document.documentElement?.lang === language", arg=language)
    page.wait_for_selector("body[data-ready]")
    for width, height in ((1400, 860), (1000, 700), (880, 560), (640, 400), (320, 256)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        tall = page.evaluate(
            "Math.max(...[...document.querySelectorAll('.tools button')].map((one) => one.offsetHeight))"
        )
        assert tall < 50, f"a button has several lines at {width}"
        if width > 640:  # below, what can be pressed comes first
            assert page.evaluate("document.querySelector('#title').offsetWidth") > 30, f"no title at {width}"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (720, 450), (390, 844)])
def test_text_of_twice_the_size_fits_in_the_window(
    open_desk: Callable[[], DeskServer], tab: Any, width: int, height: int
) -> None:
    server = open_desk()
    key = server.ask("api/example", "POST")[1]["key"]
    tab.set_viewport_size({"width": width, "height": height})
    tab.goto(f"{server.address}#/event/{key}/text")
    tab.wait_for_selector("#correct")
    tab.evaluate("() => { document.documentElement.style.fontSize = document.body.style.fontSize = '200%'; }")
    assert tab.evaluate("() => document.documentElement.scrollWidth") <= width


def test_killed_while_a_file_is_sent_nothing_half_is_an_event_and_it_can_be_sent_again(
    open_desk: Callable[[], DeskServer], given: Path, tab: Any
) -> None:
    first = open_desk()
    data = (given / "harbour.opus").read_bytes()
    _, begun = first.ask("api/uploads", "POST", {"size": len(data)})
    first.ask(f"api/uploads/{begun['upload']}/0", "PUT", data[: len(data) // 2])
    left = first.folder / f"{HIDDEN}left"  # as it is while an event is put together
    (left / "event").mkdir(parents=True)
    (left / LOCK).touch()
    shutil.copy(given / "harbour.txt", left / "event")
    first.stop(signal.SIGKILL)
    second = open_desk()
    assert second.ask("api/state")[1]["events"] == []
    assert {path.name for path in second.folder.iterdir()} == {".desk.lock", ".uploads", "inbox"}
    assert [*(second.folder / ".uploads").iterdir()] == []
    status, told = second.ask(
        f"api/uploads/{begun['upload']}/{len(data) // 2}", "PUT", data[len(data) // 2 :]
    )
    assert status == 409
    assert told["error"] == "this upload is no longer there: drop the file again"
    page = at(tab, second, "#/new")
    page.set_input_files("#file-page", given / "harbour.txt")
    page.set_input_files("#file-recording", given / "harbour.opus")
    page.click("#add")
    page.wait_for_selector("#speakers")
    assert (second.folder / "harbour" / "harbour.opus").read_bytes() == data


def test_killed_at_any_moment_of_adding_an_event_is_there_whole_or_not_at_all(
    open_desk: Callable[[], DeskServer], given: Path
) -> None:
    data = (given / "harbour.opus").read_bytes()
    for wait in (0.1, 0.3, 1.0):
        server = open_desk()
        _, begun = server.ask("api/uploads", "POST", {"size": len(data)})
        server.ask(f"api/uploads/{begun['upload']}/0", "PUT", data)
        body = {
            "page": {"path": str(given / "harbour.txt")},
            "recording": {"upload": begun["upload"], "name": "harbour.opus"},
        }
        with suppress(OSError, HTTPException), ThreadPoolExecutor() as pool:
            asked = pool.submit(server.ask, "api/events", "POST", body)
            time.sleep(wait)
            server.stop(signal.SIGKILL)
            asked.result()
        again = open_desk()
        for event in again.ask("api/state")[1]["events"]:
            assert event["message"] == ""
        for notes in again.folder.glob("*/desk.json"):
            assert (notes.parent / "harbour.txt").is_file()
            assert (notes.parent / "harbour.opus").read_bytes() == data
        folders = [path for path in again.folder.iterdir() if path.is_dir()]
        assert all(
            (path / "desk.json").is_file() for path in folders if path.name not in (".uploads", "inbox")
        )
        again.stop()
