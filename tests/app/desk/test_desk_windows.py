"""Two windows on one event, and a disk that gets full while it is aligned: nothing is lost, and each is told."""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from truth_alignment import truth_alignment

from asdelivered.align.document.alignment_json import save
from asdelivered.app.desk.caption_view import OUTDATED
from asdelivered.base.delivery import Origin, put
from asdelivered.base.files import sha256_of
from asdelivered.subtitles.editing.edits_file import edits_beside

from .conftest import DeskServer

EXAMPLE = Path(__file__).resolve().parents[3] / "examples"


def test_captions_that_another_window_changed_are_shown_before_they_are_changed_again(
    aligned: tuple[DeskServer, str, Path], tab: Any
) -> None:
    server, key, alignment = aligned
    tab.goto(f"{server.address}#/event/{key}/captions")
    tab.wait_for_selector("#cues[data-whole]")
    tab.click("#cues li:first-child .cue")
    path = f"api/events/{key}/captions"
    _, part = server.ask(f"{path}?style=netflix&at=0")
    cue = part["cues"][0]
    seen = {
        "style": "netflix",
        "moment": cue["start"],
        "first": cue["words"][0][0],
        "version": part["version"],
    }
    times = {"start": cue["start"], "end": cue["end"] - 120}
    assert server.ask(f"{path}/times", "POST", {**seen, **times})[0] == 200  # by the other window
    before = edits_beside(alignment)
    refused = {**seen, **times, "start": cue["start"] + 40}
    assert server.ask(f"{path}/times", "POST", refused) == (409, {"error": OUTDATED})
    for step in ("undo", "redo", "forget"):
        assert server.ask(f"{path}/{step}", "POST", seen)[1] == {"error": OUTDATED}

    shown = tab.inner_text("#cues li:first-child .time")
    tab.click("#in-later")
    tab.wait_for_selector("#notes:has-text('in another window')")
    tab.wait_for_selector("#cues[data-whole] .badge")
    assert tab.inner_text("#cues li:first-child .time") != shown
    assert edits_beside(alignment) == before
    tab.click("#cues li:first-child .cue")
    tab.click("#in-later")
    tab.wait_for_function(
        "at => !document.querySelector('#cues .time').textContent.startsWith(at)", arg=shown[:9]
    )
    cue_now = server.ask(f"{path}?style=netflix&at=0")[1]["cues"][0]
    assert (cue_now["start"], cue_now["end"]) == (cue["start"] + 40, cue["end"] - 120)


def test_an_event_that_another_window_added_is_not_said_to_be_gone(
    open_desk: Callable[[], DeskServer], tab: Any
) -> None:
    server = open_desk()
    tab.goto(server.address)
    tab.wait_for_selector("body[data-ready]")
    _, event = server.ask("api/example", "POST")
    tab.evaluate("address => { location.hash = address; }", f"#/event/{event['key']}/times")
    tab.wait_for_selector("h1:has-text('harbour')")
    assert tab.locator("#align").count() == 1
    assert tab.inner_text("#notes") == ""


def test_a_review_that_is_another_by_now_is_loaded_anew(
    aligned: tuple[DeskServer, str, Path], chromium: Any
) -> None:
    server, key, _ = aligned
    context = chromium.new_context()  # whose console may tell of what was removed
    tab, desk = context.new_page(), context.new_page()
    tab.goto(f"{server.address}events/{key}/review/")
    tab.wait_for_selector("body[data-ready]")
    tab.evaluate("window.loadedBefore = true")
    desk.goto(f"{server.address}#/event/{key}/text")
    desk.wait_for_selector("#correct")
    removed = server.ask(f"api/events/{key}/remove", "POST")[1]["removed"]
    assert server.ask("api/restore", "POST", {"removed": removed})[0] == 200
    tab.wait_for_function("() => !window.loadedBefore")
    tab.wait_for_selector("#notes:has-text('in another window')")
    assert server.ask(f"events/{key}/review/api/state")[1]["pins"] == 0
    server.ask(f"api/events/{key}/remove", "POST")
    desk.wait_for_selector("#notes:has-text('is no longer in the library')")
    context.close()


@pytest.mark.skipif(sys.platform != "linux", reason="limits another process as Linux does")
def test_a_disk_that_gets_full_while_it_is_aligned_stops_nothing_else(
    open_desk: Callable[[], DeskServer],
) -> None:
    server = open_desk()
    keys = [server.ask("api/example", "POST")[1]["key"] for _ in range(2)]
    for key in keys:
        assert server.ask(f"api/events/{key}/align", "POST")[0] == 200
    _, hard = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (10, hard))
    server.ask(f"api/events/{keys[0]}/stop", "POST")
    until = time.monotonic() + 240
    while (state := server.ask("api/state")[1])["work"]:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert [event["stage"] for event in state["events"]] == ["stopped", "failed"]
    assert state["events"][1]["message"]
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    assert server.ask(f"api/events/{keys[1]}/align", "POST")[1]["events"][1]["stage"] in (
        "waiting",
        "working",
    )
    server.ask(f"api/events/{keys[1]}/stop", "POST")


def test_a_recording_that_was_moved_is_found_again_and_a_corrected_text_is_told_of(
    open_desk: Callable[[], DeskServer], given: Path, tab: Any
) -> None:
    server = open_desk()
    files = {"page": {"path": str(given / "harbour.txt")}, "recording": {"path": str(given / "harbour.opus")}}
    event = server.ask("api/events", "POST", files)[1]
    path, folder = f"api/events/{event['key']}", Path(event["folder"])
    made = truth_alignment(EXAMPLE / "harbour.truth.json", given / "harbour.opus", folder / "harbour.txt")
    save(made, folder / "harbour.alignment.json")
    sources = {one: sha256_of(one) for one in (folder / "harbour.txt", given / "harbour.opus")}
    announced = (folder / "harbour.alignment.json").read_bytes()
    (folder / "harbour.alignment.json").unlink()
    put(folder / "harbour.alignment.json", announced, Origin(sources, ("align",)))

    tab.goto(f"{server.address}#/event/{event['key']}/export")
    tab.wait_for_selector("#make-captions")
    assert tab.inner_text("#warnings") == ""
    elsewhere = (given / "harbour.opus").rename(given / "moved.OPUS")
    tab.wait_for_selector("#warnings:has-text('harbour.opus')")
    assert tab.locator("#relink").count() == 1
    for wrong in (str(given / "harbour.txt"), "/etc/passwd"):
        assert server.ask(f"{path}/recording", "PUT", {"path": wrong})[0] == 409
    assert server.ask(f"{path}/recording", "PUT", {"path": str(elsewhere)})[1]["recording"] == "moved.OPUS"
    tab.wait_for_selector("#relink", state="detached")
    assert server.ask(f"events/{event['key']}/review/api/lines")[1]["file"] == "moved.OPUS"

    assert server.ask(path)[1]["outdated"] is False
    tab.goto(f"{server.address}#/event/{event['key']}/text")
    tab.wait_for_selector("#align:has-text('Align again')")
    for text, outdated in (("Harbour", True), ("", False)):
        tab.fill("#unspoken", text)
        tab.click("#correct")
        tab.wait_for_selector(
            "#warnings:has-text('Align again')", state="attached" if outdated else "detached"
        )
    with (folder / "harbour.txt").open("a", encoding="utf-8") as text:
        text.write("\n\nThat was not there.\n")
    tab.reload()
    tab.wait_for_selector("#warnings:has-text('Align again')")


def test_a_folder_is_dropped_and_what_is_sent_can_be_stopped(
    open_desk: Callable[[], DeskServer], page: Path, sound: Path, tmp_path: Path, tab: Any
) -> None:
    server = open_desk()
    folder = tmp_path / "material" / "day"
    folder.mkdir(parents=True)
    for stem in ("one", "two"):
        (folder / f"{stem}.TXT").write_bytes(page.read_bytes())
        (folder / f"{stem}.CAF").write_bytes(sound.read_bytes())
    (folder / ".DS_Store").write_bytes(b"x")
    tab.goto(server.address)
    tab.wait_for_selector("body[data-ready]")
    browser = tab.context.new_cdp_session(tab)
    data = {"items": [], "files": [str(folder.parent)], "dragOperationsMask": 1}
    for step in ("dragEnter", "dragOver", "drop"):
        browser.send("Input.dispatchDragEvent", {"type": step, "x": 300, "y": 300, "data": data})
    tab.wait_for_selector("#several li")
    pairs = sorted(tab.locator("#several li").all_inner_texts())
    assert pairs == ["one.TXT + one.CAF", "two.TXT + two.CAF"]
    assert tab.locator("#notes p").count() == 0

    slow = {"offline": False, "latency": 50, "downloadThroughput": -1, "uploadThroughput": 4_000_000}
    browser.send("Network.enable")
    browser.send("Network.emulateNetworkConditions", slow)
    (tmp_path / "long.wav").write_bytes(bytes(16_000_000))
    tab.goto("about:blank")
    tab.goto(f"{server.address}#/new")
    tab.wait_for_selector("body[data-ready]")
    tab.set_input_files("#file-page", page)
    tab.set_input_files("#file-recording", tmp_path / "long.wav")
    tab.click("#add")
    tab.wait_for_selector("#adding:has-text('long.wav')")
    tab.click("#stop-upload")
    tab.wait_for_selector("#notes:has-text('you stopped it')")
    assert server.ask("api/state")[1]["events"] == []
    left = [path.stat().st_size for path in (server.folder / ".uploads").iterdir()]
    assert left == [page.stat().st_size]  # the page, which need not be sent again
