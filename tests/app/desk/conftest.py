"""The desk as people use it: its server a process of its own, its page in a real browser."""

import json
import os
import shutil
import signal
import subprocess
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from truth_alignment import truth_alignment

from asdelivered.align.document.alignment_json import save

COMMAND = Path(sysconfig.get_path("scripts")) / "asdelivered"


class DeskServer:
    """`asdelivered desk` in a process of its own."""

    def __init__(self, library: Path, cache: Path, **more: str) -> None:
        self.folder = library
        # What one test of this folder recognised the others need not recognise again.
        environment = {**os.environ, "XDG_CACHE_HOME": str(cache), **more}
        self.process = subprocess.Popen(
            [COMMAND, "desk", library, "--no-browser", "--json", "--quiet"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert self.process.stdout
        told = self.process.stdout.readline()
        assert told, self.process.stderr and self.process.stderr.read()
        self.address: str = json.loads(told)["address"]

    def ask(self, path: str, method: str = "GET", body: Any = None) -> tuple[int, dict[str, Any]]:
        raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, raw, method=method)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def stop(self, number: int = signal.SIGTERM) -> None:
        self.process.send_signal(number)
        self.ended()

    def ended(self) -> int:
        """Wait until it has ended, and return its exit code."""
        code = self.process.wait(60)
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()
        return code


def waited_for(what: Callable[[], Any]) -> Any:
    """What that returns, once it is true."""
    deadline = time.monotonic() + 240
    while not (found := what()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


@contextmanager
def alignment_held(server: DeskServer) -> Iterator[None]:
    """Suspend the alignment once it is at work: the example's may be over before a page has been looked at."""
    waited_for(lambda: any(one["step"] not in {"", "starting"} for one in server.ask("api/state")[1]["work"]))
    processes = psutil.Process(server.process.pid).children(recursive=True)
    for one in processes:
        one.suspend()
    yield
    for one in processes:
        one.resume()


@pytest.fixture(scope="session")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def open_desk(tmp_path: Path, heard: Path) -> Iterator[Callable[..., DeskServer]]:
    """Open the desk on a library with a folder of files to choose from; all that were opened are ended."""
    opened: list[DeskServer] = []

    def start(**environment: str) -> DeskServer:
        opened.append(DeskServer(tmp_path / "library", heard, **environment))
        return opened[-1]

    yield start
    for server in opened:
        if server.process.poll() is None:
            server.stop()


@pytest.fixture
def given(tmp_path: Path, page: Path, sound: Path) -> Path:
    """A folder in the library that has a page and a recording to choose, and is no event."""
    folder = tmp_path / "library" / "inbox"
    folder.mkdir(parents=True)
    shutil.copy(page, folder)
    shutil.copy(sound, folder)
    return folder


@pytest.fixture
def aligned(open_desk: Callable[[], DeskServer], page: Path, sound: Path) -> tuple[DeskServer, str, Path]:
    """A desk with the example aligned, its key, and the alignment."""
    server = open_desk()
    _, event = server.ask("api/example", "POST")
    alignment = server.folder / "harbour" / "harbour.alignment.json"
    save(truth_alignment(page.with_name("harbour.truth.json"), sound, page), alignment)
    return server, event["key"], alignment
