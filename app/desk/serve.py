"""Serve the desk on 127.0.0.1, at an address that nobody can guess, until it is stopped."""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

from starlette.types import ASGIApp

from asdelivered.app.desk.event_library import Library
from asdelivered.app.desk.open_desks import noted, usual_port
from asdelivered.app.desk.opening import Opening
from asdelivered.app.desk.uploads import LARGEST_PIECE
from asdelivered.base.local_port import free_port
from asdelivered.base.local_server import serve_locally
from asdelivered.review.server.page_files import POLICY


def serve_desk(folder: Path, port: int, cache: Path | None, ready: Callable[[str], None]) -> None:
    """Serve the library in `folder` until Ctrl-C or SIGTERM; call `ready` with the address of the page.

    Port 0 takes the library's usual one, or else a free one; `cache` is the folder of recognised words, None for none.

    Raises LibraryOpenError where another desk has the library, AsdeliveredError where the port is taken, OSError.
    """
    with closing(Library(folder)) as library, ExitStack() as while_open, ThreadPoolExecutor(1) as beside:
        loading = beside.submit(_load, library, cache, while_open)
        loading.add_done_callback(_end_if_it_failed)

        def listening(address: str) -> None:
            while_open.enter_context(noted(folder, address))
            ready(address)

        wanted = port or free_port(usual_port(folder))
        serve_locally(Opening(loading), wanted, listening, POLICY, largest_body=LARGEST_PIECE)
        loading.result()


def _load(library: Library, cache: Path | None, while_open: ExitStack) -> ASGIApp:
    from asdelivered.app.desk.desk import Desk
    from asdelivered.app.desk.routes import make_app

    desk = Desk(library, cache)
    while_open.callback(desk.close)
    return make_app(desk)


def _end_if_it_failed(loading: Future[ASGIApp]) -> None:
    if loading.exception() is not None:
        signal.raise_signal(signal.SIGINT)
