"""The page of a real event through the desk, from an empty library to all files: the recording is an hour of speech.

Everything is real but the voices: the corpus's event is spoken by machines, so that its times are known. What one of
these tests recognised the others need not recognise again.
"""

import json
import re
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import psutil
import pysrt
import pytest

from asdelivered.app.desk.event_file import Stage, read_notes

from .conftest import DeskServer
from .test_desk_page import Keyboard, at, export_by_keyboard

pytestmark = [pytest.mark.corpus, pytest.mark.timeout(3600)]
LONG = 1_500_000
"""Milliseconds within which an alignment of an hour ends on any machine."""
RATE = 25
"""Frames a second of a cut-list of a recording without a picture."""


@pytest.fixture
def inbox(tmp_path: Path, corpus: Path, seed_page: Path) -> Path:
    """A folder in the library with the page, its recording, and the page and the recording of other things."""
    folder = tmp_path / "library" / "inbox"
    folder.mkdir(parents=True)
    shutil.copy(seed_page, folder / "speech.txt")
    shutil.copy(corpus / "event-clean.opus", folder)
    shutil.copy(corpus / "real-en-kathleen.txt", folder / "another page.txt")
    shutil.copy(corpus / "real-de-kerstin.opus", folder / "another event.opus")
    return folder


@pytest.fixture
def quote(corpus: Path) -> tuple[str, float, float]:
    """A sentence from the middle of the event, and when it was said."""
    lines = json.loads((corpus / "event-clean.truth.json").read_text("utf-8"))["lines"]
    sentences = [one for line in lines[len(lines) // 2 :] for one in line["sentences"]]
    for one in sentences:
        words = [word for word in one["words"] if word[1] is not None]
        if 8 <= len(words) == len(one["words"]):
            return " ".join(word[0] for word in words), words[0][1], words[-1][2]
    raise AssertionError("no sentence is long enough")


def choose(page: Any, kind: str, name: str) -> None:
    page.click(f"#choose-{kind}")
    page.wait_for_selector("#picker[open]")
    if page.locator("#picker-list button", has_text=name).count() == 0:
        page.click("#picker-roots button[title$=library]")
        page.click("#picker-list button.folder:has-text('inbox')")
    page.click(f"#picker-list button:has-text('{name}')")
    page.wait_for_selector("#picker", state="hidden")


def check(folder: Path, quote: tuple[str, float, float]) -> None:
    """Read what was made as others read it, and compare it with when the words were said."""
    text, start, end = quote
    captions = pysrt.open(str(folder / "captions" / "speech.srt"), encoding="utf-8")
    assert len(captions) > 500
    assert all(len(line) <= 42 for one in captions for line in one.text.splitlines())
    spoken = " ".join(
        one.text.replace("\n", " ")
        for one in captions
        if start < one.end.ordinal / 1000 and one.start.ordinal / 1000 < end
    )
    assert words_of(text) in words_of(spoken)
    (cuts,) = folder.glob("clips */*.edl")
    stamps = re.findall(r"\d\d:\d\d:\d\d:\d\d", cuts.read_text("utf-8"))[:2]
    first, last = (
        sum(int(part) * unit for part, unit in zip(one.split(":"), (3600, 60, 1, 1 / RATE), strict=True))
        for one in stamps
    )
    assert start - 1 < first <= start + 1 / RATE
    assert end - 1 / RATE <= last < end + 1
    (film,) = folder.glob("clips */*.mp4")
    with av.open(film) as clip:
        assert (clip.streams.video[0].width, clip.streams.video[0].height) == (1080, 1920)
        assert clip.duration is not None
        assert clip.duration / av.time_base == pytest.approx(last - first, abs=0.2)
    assert "event-clean.opus" in (folder / "speech page.html").read_text("utf-8")


def words_of(text: str) -> str:
    return re.sub(r"[^\w ]", "", text).casefold()


def test_by_mouse_a_wrong_page_is_refused_and_the_right_one_stopped_and_resumed(
    open_desk: Callable[[], DeskServer], inbox: Path, tab: Any, quote: tuple[str, float, float]
) -> None:
    server = open_desk()
    page = at(tab, server)
    page.click("#empty a")
    choose(page, "page", "another page.txt")
    choose(page, "recording", "another event.opus")
    page.click("#add")
    page.click("#align")
    page.wait_for_selector("#reason", timeout=LONG)
    assert re.search("transcript|text|page", page.inner_text("#reason"))
    assert not [*server.folder.rglob("*.alignment.json")]

    page.click("#brand")
    page.wait_for_selector("#events:has-text('refused')")
    page.click(".head a:has-text('New event')")
    choose(page, "page", "speech.txt")
    choose(page, "recording", "event-clean.opus")
    page.click("#add")
    page.wait_for_selector("#speakers")
    assert "2024-12-12" in page.inner_text("#step dl")
    assert page.locator("#speakers tbody tr").count() == 3
    page.click("#align")
    page.wait_for_selector("#progress progress")
    page.click("#stop")
    page.wait_for_selector("#align:has-text('Resume')")
    folder = server.folder / "speech"
    notes = read_notes(folder)
    assert notes is not None
    assert notes.stage is Stage.STOPPED
    page.click("#align")
    page.wait_for_selector("#open-review", timeout=LONG)

    page.click(".steps a:has-text('Export')")
    page.click("#make-captions")
    page.wait_for_selector(".result a:has-text('captions/speech.srt')", timeout=LONG)
    page.fill("#quotes", quote[0])
    page.select_option("#media", "vertical")
    page.click("#show-frames")
    page.wait_for_selector("#frames img", timeout=LONG)
    page.click("#make-clips")
    page.wait_for_selector(".result a:has-text('.edl')", timeout=LONG)
    page.click("#make-page")
    page.wait_for_selector(".result a:has-text('page.html')", timeout=LONG)
    check(folder, quote)


def test_by_keyboard_and_the_server_is_killed_in_the_middle(
    open_desk: Callable[[], DeskServer], inbox: Path, tab: Any, quote: tuple[str, float, float]
) -> None:
    server = open_desk()
    page = at(tab, server)
    keys = Keyboard(page)
    keys.press("New event")
    for kind, name in (("page", "speech.txt"), ("recording", "event-clean.opus")):
        page.wait_for_selector(f"#choose-{kind}")
        keys.press(f"choose-{kind}")
        page.wait_for_selector("#picker[open]")
        if kind == "page":
            keys.press("library")
            page.wait_for_selector("#picker-list button:has-text('inbox')")
            keys.press("inbox")
        page.wait_for_selector(f"#picker-list button:has-text('{name}')")
        keys.press(name)
        page.wait_for_selector("#picker", state="hidden")
        page.wait_for_selector(f".slot .file:has-text('{name}')")
    keys.press("add")
    page.wait_for_selector("#speakers")
    keys.press("align")
    page.wait_for_selector("#progress progress")
    page.goto("about:blank")  # or it would say that nobody answers
    children = psutil.Process(server.process.pid).children(recursive=True)
    server.stop(signal.SIGKILL)
    psutil.wait_procs(children, timeout=60)
    folder = server.folder / "speech"
    assert {path.name for path in folder.iterdir() if path.name[0] != "."} == {"speech.txt", "desk.json"}

    page = at(tab, open_desk())
    page.wait_for_selector("#events:has-text('stopped')")
    keys.press(page.evaluate("document.querySelector('#events a').textContent.trim().slice(0, 60)"))
    page.wait_for_selector("#align:has-text('Resume')")
    keys.press("align")
    page.wait_for_selector("#open-review", timeout=LONG)
    export_by_keyboard(keys, "captions/speech.srt", quote[0], LONG)
    check(folder, quote)
