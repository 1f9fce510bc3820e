"""Where the tests find the evaluation corpus; the command as users run it, and recordings made on the spot."""

import heapq
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sysconfig
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import settings
from numpy.typing import NDArray
from review_measures import BROWSERS, OPTIONS

from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording

# A shell that runs the tests in the background has them ignore Ctrl-C, and so all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# What the suite hears is not for the user's cache, and what that has is not for the suite.
os.environ["ASDELIVERED_ALIGN_CACHE"] = "0"

# A busy machine makes any example slow.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

REPOSITORY = Path(__file__).resolve().parent.parent
EXAMPLE = REPOSITORY / "examples"
GET_CHROMIUM = "apt-get install chromium, or .venv/bin/playwright install chromium"
COMMAND = Path(sysconfig.get_path("scripts")) / "asdelivered"
RATE = 16_000
PATIENCE = 120_000
"""Milliseconds that a browser waits for what a busy machine still does."""

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def slowness() -> Callable[[], float]:
    """How often slower this machine is than a quiet one of two cores, at least 1: before the test or now, whichever is
    slower. A bound in seconds is multiplied by it, since what else a machine does slows processors too."""
    before = _yardstick()
    return lambda: max(1.0, before / YARDSTICK, _yardstick() / YARDSTICK)


YARDSTICK = 0.05
"""Processor seconds that `_yardstick` takes on a quiet machine."""


def _yardstick() -> float:
    """The processor seconds that a fixed piece of work takes: words are parted, counted and sorted."""
    text = " ".join(f"{number * 7919 % 10007:x}" for number in range(60_000))
    re.findall(r"[a-z0-9]+", text)
    began = time.process_time()
    counted: dict[str, int] = {}
    for word in re.findall(r"[a-z0-9]+", text):
        counted[word] = counted.get(word, 0) + len(word)
    for _ in range(8):
        sorted(counted, key=lambda word: (counted[word], word))
    return time.process_time() - began


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--kills", type=int, default=6, help="how often programs are killed, where that is tested"
    )


@pytest.fixture(scope="session")
def kills(request: pytest.FixtureRequest) -> int:
    """How many times a program is killed at a random moment; `--kills 200` for a thorough run."""
    return int(str(request.config.getoption("--kills")))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of recordings with exact truth; without it the test is skipped, and says so."""
    folder = Path(os.environ.get("ASDELIVERED_CORPUS", REPOSITORY.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip(f"the evaluation corpus is not at {folder}: set ASDELIVERED_CORPUS to its folder")
    return folder


@pytest.fixture(scope="session")
def seed_page(corpus: Path) -> Path:
    """The page of a real event, which the corpus' events were made from."""
    page = corpus.parent / "seed" / "nato-2024-12-12-as-delivered.txt"
    if not page.is_file():
        pytest.skip(f"the page of the event is not at {page}")
    return page


@pytest.fixture(scope="session")
def page() -> Path:
    return EXAMPLE / "harbour.txt"


@pytest.fixture(scope="session")
def sound() -> Path:
    return EXAMPLE / "harbour.opus"


@pytest.fixture(scope="session")
def program() -> Path:
    """The installed command."""
    return COMMAND


@pytest.fixture(scope="session")
def command() -> Command:
    """Run the installed command in a process of its own; `through` is a command that starts it."""

    def run(
        *arguments: str | Path, through: Sequence[str] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*through, COMMAND, *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
            env={**os.environ, **environment},
        )

    return run


@pytest.fixture(scope="session")
def excerpt(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first 34 s of the example: an introduction, then the first six lines."""
    blocks = itertools.islice(decode_speech(open_recording(sound)), 4)
    path = tmp_path_factory.mktemp("excerpt") / "excerpt.flac"
    return write_sound(path, np.concatenate(list(blocks))[: 34 * RATE])


@pytest.fixture(scope="session")
def silence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten seconds of silence."""
    return write_sound(
        tmp_path_factory.mktemp("silence") / "silence.flac", np.zeros(10 * RATE, dtype=np.int16)
    )


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a second of video without sound."""
    path = tmp_path_factory.mktemp("pictures") / "pictures.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=25)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(12):
            black = np.zeros((96, 64), dtype=np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(black, format="yuv420p")))
        container.mux(stream.encode(None))
    return path


@dataclass(frozen=True)
class Track:
    """An audio track to write: samples (samples, channels) at 16 kHz, and its tag."""

    samples: NDArray[np.int16]
    language: str | None = None


@pytest.fixture(scope="session")
def write_tracks() -> Callable[[Path, Sequence[Track], bool], Path]:
    """Write a file with these audio tracks, all FLAC, and with a black picture if asked."""
    return _write_tracks


@pytest.fixture(scope="session")
def make_track() -> type[Track]:
    return Track


@pytest.fixture(scope="session")
def speech(excerpt: Path) -> NDArray[np.int16]:
    """The samples of the excerpt."""
    return np.concatenate(list(decode_speech(open_recording(excerpt))))


@pytest.fixture(scope="session")
def floor_and_interpreter(sound: Path, page: Path) -> list[tuple[str, NDArray[np.int16]]]:
    """Two parts of the example, as long as each other, as if the one were said into the other: text and samples."""
    samples = np.concatenate(list(decode_speech(open_recording(sound))))
    truth = json.loads(page.with_suffix(".truth.json").read_text("utf-8"))
    parts = []
    for since, until in ((12.0, 36.2), (58.3, 82.5)):
        inside = (
            line["text"]
            for line in truth["lines"]
            if line["spoken"] and since <= line["start"] and line["end"] <= until
        )
        text = "".join(f"{line}\n\n" for line in inside)
        parts.append((text, samples[round(since * RATE) : round(until * RATE)]))
    return parts


def _write_tracks(path: Path, tracks: Sequence[Track], picture: bool = False) -> Path:
    with av.open(str(path), "w") as container:
        queues: list[list[av.Packet]] = []
        video = container.add_stream("mpeg4", rate=25) if picture else None
        if video:
            video.width = video.height = 64
            video.pix_fmt = "yuv420p"
        streams = [
            container.add_stream("flac", rate=RATE, layout="mono" if one.samples.shape[1] == 1 else "stereo")
            for one in tracks
        ]
        for track, stream in zip(tracks, streams, strict=True):
            if track.language:
                stream.metadata["language"] = track.language
        if video:
            packets = []
            for number in range(len(tracks[0].samples) * 25 // RATE):
                black = av.VideoFrame.from_ndarray(np.zeros((96, 64), dtype=np.uint8), format="yuv420p")
                black.pts, black.time_base = number, Fraction(1, 25)
                packets += video.encode(black)
            queues.append([*packets, *video.encode(None)])
        queues += [
            list(_packets(stream, track.samples)) for track, stream in zip(tracks, streams, strict=True)
        ]
        timed = ((packet for packet in queue if packet.pts is not None) for queue in queues)
        for packet in heapq.merge(*timed, key=lambda packet: (packet.pts or 0) * (packet.time_base or 0)):
            container.mux(packet)
    return path


def write_sound(path: Path, samples: NDArray[np.int16]) -> Path:
    """Write samples at 16 kHz as a mono file in the format of the path's extension."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono")
        for packet in _packets(stream, samples[:, None]):
            container.mux(packet)
    return path


def _packets(stream: av.AudioStream, samples: NDArray[np.int16]) -> Iterator[av.Packet]:
    for start in range(0, len(samples), 4096):
        piece = np.ascontiguousarray(samples[start : start + 4096])
        frame = av.AudioFrame.from_ndarray(piece.reshape(1, -1), format="s16", layout=stream.layout.name)
        frame.sample_rate = RATE
        frame.pts = start
        yield from stream.encode(frame)
    yield from stream.encode(None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser, or a skipped test."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, BROWSERS)), playwright.chromium.executable_path)
        if not Path(found).exists():
            pytest.skip(f"no browser to see the pages in (none of {', '.join(BROWSERS)}): {GET_CHROMIUM}")
        browser = playwright.chromium.launch(executable_path=found, args=[*OPTIONS])
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    """A page in which no script may fail."""
    context = chromium.new_context(viewport={"width": 1400, "height": 860}, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: wrong.append(said.text) if said.type == "error" and "409" not in said.text else None,
    )
    yield page
    context.close()
    assert wrong == []
