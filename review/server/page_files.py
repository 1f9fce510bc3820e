"""The files of a page. Its styles are sent inside its HTML, so that the first paint waits for one answer alone."""

from __future__ import annotations

import base64
import hashlib
import importlib.resources
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response

PAGE = importlib.resources.files("asdelivered.review") / "page"
"""The folder of the review's page."""
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
"""The content security policy of pages; that of one with styles inside allows these, by their hash."""
_STYLE = re.compile(r'<link rel="stylesheet" href="([\w.-]+)">\n')

Files = Mapping[str, Callable[[], bytes]]
"""The files of a page by name, each with a function that reads it."""


def page_file(name: str, files: Files) -> Response:
    """Return a file of a page. Raises HTTPException where there is none of that name."""
    ending = Path(name).suffix
    if name not in files or ending not in TYPES:
        raise HTTPException(404, "there is no such page")
    content = files[name]()
    if ending != ".html":
        return fresh(Response(content, media_type=TYPES[ending]))
    html, css = _with_styles(content.decode("utf-8"), files)
    allowed = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = POLICY.replace("style-src 'self'", f"style-src 'self' 'sha256-{allowed}'")
    answer = Response(html, media_type=TYPES[ending], headers={"content-security-policy": policy})
    return fresh(answer)


def fresh(response: Response) -> Response:
    """Tell the browser not to keep an answer: the next review may be of another alignment."""
    response.headers["cache-control"] = "no-store"
    return response


def _with_styles(html: str, files: Files) -> tuple[str, str]:
    """Return a page with its styles inside, in one element, and the content of that."""
    css = "".join(files[name]().decode("utf-8") for name in _STYLE.findall(html))
    return _STYLE.sub("", html).replace("</head>", f"<style>{css}</style>\n</head>", 1), css
