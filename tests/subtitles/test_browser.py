"""A browser's <track> loads the captions, and knows who speaks."""

import functools
import html
import http.server
import itertools
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from make_goldens import sample

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.write import write_captions

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]

# Writes what the track holds into the page. A voice span becomes <span title="the speaker">.
PAGE = """<!doctype html><meta charset="utf-8">
<video><track default kind="captions" srclang="en" src="event.vtt"></video><pre></pre>
<script>
const track = document.querySelector("track"), out = document.querySelector("pre");
track.onerror = () => out.textContent = "the track was refused";
track.onload = () => out.textContent = JSON.stringify([...track.track.cues].map(cue => {
  const text = cue.getCueAsHTML();
  return [cue.startTime, cue.endTime, text.textContent, text.querySelector("span")?.title ?? null];
}));
track.track.mode = "showing";
</script>"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser to try it in: none of {', '.join(BROWSERS)} is on the PATH")
    return found


@pytest.fixture
def made(tmp_path: Path) -> tuple[Cue, ...]:
    """The sample, coloured; with markup in a text, a place, a label, and a cue of 27 hours."""
    captions = sample("vtt")
    last = captions.cues[-1].span.end
    more = (
        Cue(
            TimeSpan(last + 100, last + 2000),
            "A & <B>",
            ("a < b & c > d", "–> --&gt; ü漢"),
            "AB:",
            settings="line:0",
        ),
        Cue(TimeSpan(97_200_000, 97_201_000), None, ("Late.",)),
    )
    made = (*captions.cues, *more)
    write_captions(Captions(made, coloured=True), tmp_path / "event.vtt", "vtt")
    write_captions(Captions(made), tmp_path / "event.chapters.vtt", "chapters")
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    (tmp_path / "chapters.html").write_text(PAGE.replace("event.vtt", "event.chapters.vtt"), "utf-8")
    return made


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def held(browser: str, address: str, tmp_path: Path) -> list[list[object]]:
    """What the track of a page holds: start, end, text, speaker of each cue."""
    done = subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",  # root has none; the page is the one above
            "--disable-gpu",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--virtual-time-budget=10000",
            "--dump-dom",
            address,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found = re.search(r"<pre>(.*?)</pre>", done.stdout, re.DOTALL)
    assert found is not None
    loaded: list[list[object]] = json.loads(html.unescape(found[1]))
    return loaded


def test_a_track_holds_every_cue_with_its_voice(
    browser: str, made: tuple[Cue, ...], address: str, tmp_path: Path
) -> None:
    assert held(browser, f"{address}/index.html", tmp_path) == [
        [cue.span.start / 1000, cue.span.end / 1000, cue.text, cue.speaker] for cue in made
    ]


def test_a_track_holds_the_chapters(
    browser: str, made: tuple[Cue, ...], address: str, tmp_path: Path
) -> None:
    found = held(browser, f"{address}/chapters.html", tmp_path)
    turns = [
        cue
        for before, cue in itertools.pairwise([None, *made])
        if cue and (not before or cue.speaker != before.speaker)
    ]
    spoken = [cue for cue in turns if cue.speaker]
    assert [start for start, *_ in found] == [cue.span.start / 1000 for cue in spoken]
