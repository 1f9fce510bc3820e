"""Batches of stand-in jobs (stand_in.py): here it is about the batch, not about the aligner."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from asdelivered.base.delivery import LEFTOVER
from asdelivered.batch.job import BatchSettings
from asdelivered.batch.process import Limits

HERE = Path(__file__).resolve().parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(HERE)}

OWN_RECORDS = ("job.json", "log.txt", ".asdelivered.json")

MakeSettings = Callable[..., BatchSettings]


@pytest.fixture
def settings(tmp_path: Path) -> MakeSettings:
    """Make settings for stand-in jobs. The module is found by its folder, so the tests run where PYTHONPATH has it."""

    def make(limits: Limits | None = None, **more) -> BatchSettings:
        return BatchSettings(
            tmp_path / "out",
            ("--engine", "none"),
            "1",
            limits or Limits(),
            **{"program": "tests.batch.stand_in", **more},
        )

    return make


def write_jobs(folder: Path, texts: list[str], address: str = "") -> Path:
    """Write a job for each text, and return their table; `address` is where the folder is on the web."""
    folder.mkdir(exist_ok=True)
    rows = ["transcript,recording"]
    for number, text in enumerate(texts):
        (folder / f"job{number:03}.txt").write_text(text)
        (folder / f"job{number:03}.wav").write_bytes(f"sound {number}".encode())
        rows.append(f"{address}job{number:03}.txt,{address}job{number:03}.wav")
    table = folder / "jobs.csv"
    table.write_text("\n".join(rows) + "\n")
    return table


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """The address of a web server for the folder `in`, on this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "in")) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def results(folder: Path) -> dict[str, bytes]:
    """All results in a folder, but for the records and logs, which tell of times, and what a killed batch left."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.glob("*/*")
        if path.is_file()
        and path.name not in OWN_RECORDS
        and not LEFTOVER.fullmatch(path.name)
        and path.parent.name != "failed"
    }


def journal(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "journal.jsonl").read_text().splitlines()]
