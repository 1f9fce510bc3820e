"""Why the desk did not open, for those who started it from a menu: there is no terminal that could say it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, HTTPServer

from asdelivered.base.local_port import HOST

PATIENCE = 60.0
"""Seconds in which the browser must ask for the page."""


def show_problem(text: str, open_page: Callable[[str], None]) -> None:
    """Serve a page with a sentence once; `open_page` opens it in the browser.

    It is served and no file, because some browsers may not read files that programs keep. Raises OSError.
    """
    page = _page(text).encode()

    class Once(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            """Log nothing."""

    with HTTPServer((HOST, 0), Once) as server:
        server.timeout = PATIENCE
        open_page(f"http://{HOST}:{server.server_port}/")
        server.handle_request()


def _page(text: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>asdelivered</title>'
        "<style>body{font:18px/1.5 system-ui,sans-serif;max-width:38em;margin:15vh auto;padding:0 20px}</style>"
        f"<h1>The desk could not be opened</h1><p>{escape(text)}</p></html>"
    )
