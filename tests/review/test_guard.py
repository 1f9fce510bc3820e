"""Who may ask the review page's server, and what happens to those who may not."""

import http.client
import json
import re
import socket
import subprocess
import time
from urllib.parse import urlsplit

import psutil
import pytest

from asdelivered.base.guard import PATIENCE
from asdelivered.review.server.routes import ROUTES

from .conftest import COMMAND, Server, example


def split(server):
    parts = urlsplit(server.address)
    return parts.port, parts.path


class Answer(http.client.HTTPResponse):
    """An answer that has been read."""

    content: bytes


def asked(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.response_class = Answer
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    assert isinstance(answer, Answer)
    answer.content = answer.read()
    connection.close()
    return answer


def test_only_the_page_itself_may_ask(served):
    port, path = split(served)
    assert asked(port, path).status == 200
    assert asked(port, path, Host=f"localhost:{port}").status == 200
    assert asked(port, path, Origin=f"http://127.0.0.1:{port}").status == 200
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1.evil.example:{port}"):
        assert asked(port, path, Host=host).status == 421, host
    for origin in (
        "http://evil.example",
        "null",
        f"https://127.0.0.1:{port}",
        f"http://127.0.0.1:{port + 1}",
    ):
        assert asked(port, path, Origin=origin).status == 403, origin
    assert asked(port, path, Sec_Fetch_Site="cross-site").status == 403
    for wrong in ("/", "/api/lines", "/media", path[:-2] + "/", "/" + "x" * 32 + "/", path.upper()):
        assert asked(port, wrong).status == 403, wrong


def test_it_listens_on_this_machine_alone(served):
    process = psutil.Process(served.process.pid)
    found = {one.laddr.ip for one in process.net_connections() if one.status == psutil.CONN_LISTEN}
    assert found == {"127.0.0.1"}


def test_no_path_leads_out(served):
    port, path = split(served)
    (served.folder / "secret.txt").write_text("not yours")
    for name in (
        "../secret.txt",
        "..%2fsecret.txt",
        "%2e%2e/secret.txt",
        "secret.txt",
        "harbour.txt",
        "//etc/passwd",
        "..\\secret.txt",
        "%00",
        "__init__.py",
        "../server.py",
        "api/clips/files/../../media",
        "api/clips/files/0",
        "media/../secret.txt",
    ):
        answer = asked(port, path + name)
        assert answer.status in (403, 404), name
        assert b"not yours" not in answer.content


def test_every_answer_is_bound_by_a_policy(served):
    port, path = split(served)
    for name in ("", "main.js", "api/state", "media", "nothing", "../x"):
        answer = asked(port, path + name)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("chunked", [False, True])
def test_a_gigabyte_is_refused_at_once(served, chunked):
    port, path = split(served)
    before = psutil.Process(served.process.pid).memory_info().rss
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {1 << 30}"
        head = f"POST {path}api/undo HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{length}\r\n\r\n"
        connection.sendall(head.encode())
        sent = 0
        block = b"x" * 65536
        try:
            while sent < 1 << 30:
                connection.sendall(b"10000\r\n" + block + b"\r\n" if chunked else block)
                sent += len(block)
        except OSError:
            pass  # the server has hung up
        assert sent < 64 << 20
    assert psutil.Process(served.process.pid).memory_info().rss < before + (32 << 20)
    assert served.ask("api/state")["version"] == 0


def test_200_slow_requests_keep_nobody_waiting(served):
    port, path = split(served)
    slow = []
    for number in range(200):
        connection = socket.create_connection(("127.0.0.1", port), 10)
        head = f"POST {path}api/undo HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 1000\r\n"
        connection.sendall((head + ("\r\nx" if number % 2 else "X-Slow: ")).encode())
        slow.append(connection)
    began = time.monotonic()
    for _ in range(20):
        served.ask("api/state")
    assert time.monotonic() - began < PATIENCE  # behind a slow one, the first would wait as long
    assert len(served.raw("media")[1]) > 100_000
    for connection in slow:
        connection.close()
    assert served.ask("api/state")["version"] == 0


@pytest.mark.parametrize(
    ("path", "method", "body"),
    [
        ("api/lines/L0001/move", "POST", {"start": "1", "end": 2}),
        ("api/lines/L0001/move", "POST", {"start": True, "end": 2}),
        ("api/lines/L0001/burn", "POST", {}),
        ("api/lines/L0001/move", "POST", [1, 2]),
        ("api/clips", "PUT", {"clips": [["L0001", 0]], "version": 0}),
        ("api/clips", "PUT", {"clips": [["L0001", 0, "L0001", 99]], "version": 0}),
        ("api/clips", "PUT", {"clips": [["L0002", 0, "L0001", 0]], "version": 0}),
        ("api/clips/list?format=.exe", "GET", None),
        ("api/clips/list", "GET", None),
        ("api/captions?style=../../etc/passwd", "GET", None),
        ("api/captions?at=soon", "GET", None),
        ("api/peaks/77", "GET", None),
        ("api/undo", "POST", None),
        ("api/redo", "POST", None),
        ("api/align", "POST", {}),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(served, path, method, body):
    status, content = served.raw(path, method, body)
    assert status in (400, 404, 409)
    assert len(json.loads(content)["error"]) > 10
    assert "Traceback" not in content.decode()


def test_a_form_of_another_page_is_refused(served):
    status, content = served.raw("api/lines/L0001/accept", "POST", {}, Content_Type="text/plain")
    assert status == 415, content


def test_the_description_is_that_of_the_routes(served):
    told = served.ask("openapi.json")
    described = {(method.upper(), path) for path, entry in told["paths"].items() for method in entry}
    served_paths = {(method, re.sub(r":int}", "}", path)) for method, path, _ in ROUTES}
    assert described == served_paths
    assert all(entry["summary"] for path in told["paths"].values() for entry in path.values())


def test_it_ends_well(tmp_path):
    server = Server(example(tmp_path))
    server.ask("api/state")
    assert server.stop() == 0


def test_a_port_that_is_taken_is_told(served, tmp_path):
    port, _ = split(served)
    other = example(tmp_path)
    run = subprocess.run(
        [COMMAND, "review", other, "--no-browser", "--port", str(port)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr.startswith(f"asdelivered: port {port} can't be used")
