"""Serve a review on 127.0.0.1, at an address that nobody can guess, until it is stopped."""

from __future__ import annotations

from collections.abc import Callable

from asdelivered.base.local_server import serve_locally
from asdelivered.review.review import Review
from asdelivered.review.server.page_files import POLICY
from asdelivered.review.server.routes import make_app


def serve(review: Review, port: int, ready: Callable[[str], None], token: str | None = None) -> None:
    """Serve a review until Ctrl-C or SIGTERM; call `ready` with the address of the page. Port 0 takes a free port.

    Raises AsdeliveredError where the port is taken.
    """

    def listening(address: str) -> None:
        review.start_checks()
        ready(address)

    serve_locally(make_app(review), port, listening, POLICY, token)
