"""The example under review: its alignment made of the truth, its server a process of its own, its page in Chromium."""

import json
import shutil
import subprocess
import sysconfig
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from truth_alignment import truth_alignment

from asdelivered.align.document.alignment import Status
from asdelivered.align.document.alignment_json import save

EXAMPLE = Path(__file__).resolve().parents[2] / "examples"
COMMAND = Path(sysconfig.get_path("scripts")) / "asdelivered"


def example(folder: Path, spoken: Callable[[Any], Any] = lambda line: line) -> Path:
    """Write the alignment of the example into `folder`, its recording beside it."""
    shutil.copy(EXAMPLE / "harbour.opus", folder)
    shutil.copy(EXAMPLE / "harbour.txt", folder)
    alignment = truth_alignment(
        EXAMPLE / "harbour.truth.json", folder / "harbour.opus", folder / "harbour.txt"
    )
    path = folder / "harbour.alignment.json"
    save(replace(alignment, lines=tuple(map(spoken, alignment.lines))), path)
    return path


def doubtful(line):
    """The second line is unsure, the fourth was not heard."""
    if line.id == "L0001":
        return replace(line, confidence=0.4, status=Status.PARTIAL)
    return line


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    return example(tmp_path, doubtful)


class Server:
    """`asdelivered review` in a process of its own."""

    def __init__(self, alignment: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [COMMAND, "review", alignment, "--no-browser", "--json", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.folder = alignment.parent
        assert self.process.stdout
        told = self.process.stdout.readline()
        assert told, self.process.stderr and self.process.stderr.read()
        self.address: str = json.loads(told)["address"]

    def ask(self, path: str, method: str = "GET", body: Any = None) -> Any:
        status, content = self.raw(path, method, body)
        assert status == 200, content
        return json.loads(content)

    def raw(self, path: str, method: str = "GET", body: Any = None, **headers: str) -> tuple[int, bytes]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, method=method)
        request.add_header("Content-Type", "application/json")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def stop(self) -> int:
        self.process.terminate()
        code = self.process.wait(20)
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()
        return code


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of a module, which leave nothing behind."""
    server = Server(example(tmp_path_factory.mktemp("served"), doubtful))
    yield server
    server.stop()


def opened(page: Any, server: Server) -> Any:
    page.goto(server.address)
    page.wait_for_selector("body[data-ready]")
    return page
