"""A disk that is full while a person reviews: no edit is lost, and the message says what to do."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from asdelivered.align.document.alignment_json import load

from .conftest import COMMAND, Server, example

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk as Linux does")
SIZE = 12 << 20
"""Bytes of the small disk: room for the event, and for the waveform beside it."""
MOUNTED = f'mount -t tmpfs -o size={SIZE} tmpfs "$1" && cp "$2"/* "$1" && shift 2 && exec "$@"'


class OnSmallDisk(Server):
    """`asdelivered review` of an event on a disk of its own, which only it and its helpers see."""

    def __init__(self, made: Path, disk: Path) -> None:
        start = ["unshare", "-rm", "sh", "-c", MOUNTED, "sh", disk, made]
        self.process = subprocess.Popen(
            [*start, COMMAND, "review", disk / "harbour.alignment.json", "--no-browser", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        told = self.process.stdout.readline()
        if not told and self.process.stderr:
            pytest.skip(f"no small disk can be mounted here: {self.process.stderr.read()}")
        self.address = json.loads(told)["address"]
        self.folder = Path(f"/proc/{self.process.pid}/root{disk}")

    def fill(self) -> None:
        with (self.folder / "filler").open("wb", buffering=0) as file:
            for size in (1 << 20, 4096, 1):
                try:
                    while file.write(bytes(size)):
                        os.fsync(file.fileno())
                except OSError:
                    pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OnSmallDisk]:
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not installed")
    made, disk = tmp_path / "made", tmp_path / "disk"
    made.mkdir()
    disk.mkdir()
    example(made)
    server = OnSmallDisk(made, disk)
    yield server
    server.stop()


def told(answer: tuple[int, bytes]) -> str:
    status, content = answer
    assert status >= 400
    return json.loads(content)["error"]


def test_edits_outlive_a_full_disk(server: OnSmallDisk) -> None:
    document = server.folder / "harbour.alignment.json"
    before = document.read_bytes()
    server.ask("api/lines/L0001/accept", "POST", {})
    server.fill()
    refused = told(server.raw("api/save", "POST", {}))
    assert refused.endswith("(No space left on device): free some space and try again")
    assert document.read_bytes() == before
    while server.ask("api/state")["pins"] == 1:  # the journal has a little room left in its last block
        answer = server.raw("api/lines/L0002/accept", "POST", {})
        if answer[0] != 200:
            break
        server.raw("api/undo", "POST", {})
    assert told(answer).endswith(
        "the edit cannot be saved (No space left on device): free some space and try again"
    )
    assert server.ask("api/state")["pins"] == 1, "the page shows no edit that is not kept"
    (server.folder / "filler").unlink()
    server.ask("api/lines/L0002/accept", "POST", {})
    server.ask("api/save", "POST", {})
    saved = {line.id: line for line in load(document).lines}
    pins = json.loads((server.folder / "harbour.pins.json").read_text("utf-8"))
    assert saved.keys() >= {"L0001", "L0002"}
    assert len(pins["pins"]) == 2
