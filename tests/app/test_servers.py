"""What holds for both pages that the program serves: the review, and the search page of an archive."""

import http.client
import json
import re
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from truth_alignment import truth_alignment

from asdelivered.align.document.alignment_json import save
from asdelivered.base.guard import LARGEST_NUMBER, PATIENCE, whole_number

COMMAND = Path(sysconfig.get_path("scripts")) / "asdelivered"
DIGITS = "9" * 350


class Served:
    """A server in a process of its own; `log` is what it prints on stderr."""

    def __init__(self, folder: Path, *command: str | Path) -> None:
        self.folder = folder
        self.log = folder / "stderr.txt"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [COMMAND, *command, "--port", "0"], stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self.process.stdout
        parts = urlsplit(self.process.stdout.readline().strip())
        assert parts.port, self.log.read_text()
        self.port, self.path = parts.port, parts.path

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask for a whole path; return status, headers (names in lower case) and content."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, given)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture(scope="module", params=["review", "archive"])
def served(request: pytest.FixtureRequest, page: Path, sound: Path, tmp_path_factory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp(request.param)
    for file in (page, sound):
        shutil.copy(file, folder)
    path = folder / "harbour.alignment.json"
    save(truth_alignment(page.with_suffix(".truth.json"), folder / sound.name, folder / page.name), path)
    if request.param == "review":
        server = Served(folder, "review", path, "--no-browser")
    else:
        subprocess.run(
            [COMMAND, "archive", "add", folder / "events.db", path], check=True, capture_output=True
        )
        server = Served(folder, "archive", "serve", folder / "events.db")
    yield server
    server.stop()
    assert "Traceback" not in server.log.read_text()


def test_the_address_has_a_key(served: Served) -> None:
    assert re.fullmatch(r"/[\w-]{30,}/", served.path)
    assert served.ask(served.path)[0] == 200
    for wrong in (
        "/",
        "/events",
        "/media",
        "/event/1/recording",
        served.path[:-2] + "/",
        served.path.upper(),
    ):
        assert served.ask(wrong)[0] == 403, wrong


def test_another_site_gets_nothing(served: Served) -> None:
    assert served.ask(served.path, Host=f"evil.example:{served.port}")[0] == 421
    for origin in ("http://evil.example", "null", f"https://127.0.0.1:{served.port}"):
        assert served.ask(served.path, Origin=origin)[0] == 403, origin
    for site in ("cross-site", "same-site"):
        assert served.ask(served.path, Sec_Fetch_Site=site)[0] == 403, site
    assert served.ask(served.path, Sec_Fetch_Site="same-origin")[0] == 200


def test_every_answer_is_bound_by_headers(served: Served) -> None:
    for path in (served.path, f"{served.path}nothing", "/", f"{served.path}event/1/", f"{served.path}media"):
        _, headers, _ = served.ask(path)
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert "unsafe" not in policy, path
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"


def test_a_slash_too_many_or_too_few_keeps_the_key(served: Served) -> None:
    for path in ("api/lines/", "events/", "event/1", "api/state/"):
        status, headers, _ = served.ask(served.path + path)
        assert status in (307, 404), path
        if status == 307:
            leads = urlsplit(headers["location"])
            assert leads.path.startswith(served.path), path
            assert served.ask(leads.path)[0] in (200, 404), path
    status, headers, _ = served.ask(served.path.rstrip("/"))
    assert (status, urlsplit(headers["location"]).path) == (307, served.path)


@pytest.mark.parametrize(
    "number", [DIGITS, "9" * 5000, str(1 << 63), "-1", "1e999", "0x1", "²", "1_0", "%00"]
)
def test_a_number_out_of_range_is_no_such_page(served: Served, number: str) -> None:
    for path in (
        f"event/{number}/",
        f"event/{number}/recording",
        f"api/peaks/{number}",
        f"api/clips/files/{number}",
    ):
        assert served.ask(served.path + path.replace("²", "%C2%B2"))[0] == 404, path
    for query in (
        f"api/state?since={number}",
        f"api/captions?at={number}",
        f"api/find?q=a&limit={number}",
        f"?q={number}",
    ):
        assert served.ask(served.path + query.replace("²", "%C2%B2"))[0] < 500, query


@pytest.mark.parametrize(
    "value",
    [DIGITS, f"-{DIGITS}", "1e999", "-1e999", "NaN", "Infinity", '"\\ud800"', "9" * 5000, str(1 << 53)],
)
def test_a_value_out_of_range_is_refused(served: Served, value: str) -> None:
    bodies = [
        ("POST", "api/lines/L0001/move", f'{{"start": 0, "end": {value}}}'),
        ("POST", "api/quote", f'{{"words": ["L0001", {value}, "L0001", 1]}}'),
        ("POST", "api/quote", f'{{"words": [{value}, 0, "L0001", 1]}}'),
        ("PUT", "api/clips", f'{{"clips": [["L0001", 0, "L0001", {value}]], "version": 0}}'),
        ("PUT", "api/clips", f'{{"clips": [], "version": {value}}}'),
        ("POST", "api/save", f'{{"captions": true, "style": {value}}}'),
        ("POST", "api/clips/render", f'{{"style": {value}}}'),
    ]
    for method, path, body in bodies:
        status, _, content = served.ask(
            served.path + path, method, body.encode(), Content_Type="application/json"
        )
        assert 400 <= status < 500, (path, content)
        if served.log.parent.name.startswith("review"):
            assert json.loads(content)["error"]


def test_half_sent_requests_are_dropped(served: Served) -> None:
    connections = []
    for sent in (
        b"",
        b"GET / HTTP/1.1\r\n",
        f"GET {served.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ".encode(),
    ):
        connection = socket.create_connection(("127.0.0.1", served.port), 2 * PATIENCE)
        connection.sendall(sent)
        connections.append(connection)
    # One whole request, and half of the next.
    connection = socket.create_connection(("127.0.0.1", served.port), 2 * PATIENCE)
    connection.sendall(f"GET {served.path} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode())
    assert connection.recv(1 << 20).startswith(b"HTTP/1.1 200")
    connection.sendall(b"GET / HT")
    connections.append(connection)
    began = time.monotonic()
    for connection in connections:
        try:
            while connection.recv(1 << 20):
                pass
        except ConnectionResetError:
            pass
        connection.close()
    assert time.monotonic() - began < PATIENCE + 5


def test_whole_numbers_are_those_in_range() -> None:
    assert [whole_number(text) for text in ("0", "007", str(LARGEST_NUMBER))] == [0, 7, LARGEST_NUMBER]
    assert [whole_number(text) for text in ("", "-1", "+1", "1.0", "٣", str(LARGEST_NUMBER + 1), DIGITS)] == [
        None
    ] * 7
    assert whole_number("256", 255) is None
