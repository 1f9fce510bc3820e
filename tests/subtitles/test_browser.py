"""A browser's <track> loads the captions, and knows who speaks."""

import functools
import html
import http.server
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from asdelivered.align.document_json import load
from asdelivered.subtitles.cues import Cue, cues
from asdelivered.subtitles.write import write_captions

GOLDENS = Path(__file__).parent / "goldens"
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
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser to try it in: none of {', '.join(BROWSERS)} is on the PATH")
    return found


@pytest.fixture
def made(tmp_path: Path) -> tuple[Cue, ...]:
    made = cues(load(GOLDENS / "sample.alignment.json"))
    write_captions(made, tmp_path / "event.vtt", "vtt")
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    return made


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


def test_a_track_holds_every_cue_with_its_voice(
    browser: str, made: tuple[Cue, ...], address: str, tmp_path: Path
) -> None:
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
    assert json.loads(html.unescape(found[1])) == [
        [cue.span.start / 1000, cue.span.end / 1000, "\n".join(cue.lines), cue.speaker] for cue in made
    ]
