"""The desk as it opens: its page is there at once, and what lies behind the page as soon as that is loaded.

Most of a start is libraries of a hundred megabytes, which a slow disk reads for seconds. The first picture needs none.
"""

from __future__ import annotations

import asyncio
import functools
import importlib.resources
from concurrent.futures import Future

from starlette.types import ASGIApp, Receive, Scope, Send

from asdelivered.review.server.page_files import PAGE as REVIEW_PAGE
from asdelivered.review.server.page_files import TYPES, Files, page_file

PAGE = importlib.resources.files("asdelivered.app.desk") / "page"
SHARED = ("base.css", "icon.svg", "catalogue.js", "drafts.js", "language.js", "names.js", "said.js")
"""What the pages of the review and of the desk have in common; it lies with the review's."""


class Opening:
    """Answers with the files of the page itself, and passes all else to the application once that is loaded."""

    def __init__(self, loading: Future[ASGIApp]) -> None:
        self._loading = loading

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        name = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix("/") or "index.html"
        if scope["type"] == "http" and scope["method"] == "GET" and name in _files():
            await page_file(name, _files())(scope, receive, send)
            return
        app = await asyncio.wrap_future(self._loading)
        await app(scope, receive, send)


@functools.cache
def _files() -> Files:
    files = (*PAGE.iterdir(), *(REVIEW_PAGE / shared for shared in SHARED))
    return {file.name: file.read_bytes for file in files if file.name.endswith(tuple(TYPES))}
