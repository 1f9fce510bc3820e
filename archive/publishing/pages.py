"""Pages of a site beside those of its events: the list of all, and what a search finds.

All that comes from a page or a recording is escaped; the style is a file of the site and there is no script, so that a
strict policy can keep every other one out.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable, Sequence
from html import escape

from asdelivered.archive.event import EventInfo

STYLE = "page.css"
"""A file at the root of the site; the pages of events have it in them."""


def list_page(
    title: str, events: Iterable[tuple[EventInfo, str]], root: str, head: Sequence[str] = ()
) -> str:
    """Return the page that lists events, each with the address of its page."""
    items = "\n".join(
        f'<li><time>{escape(day(info))}</time> <a href="{escape(address)}" dir="auto">'
        f"{escape(info.title or info.name)}</a></li>"
        for info, address in events
    )
    body = [f'<main><h1 dir="auto">{escape(title)}</h1>', '<ul class="events">', items, "</ul></main>"]
    return page(title, "en", root, head, body)


def page(title: str, language: str, root: str, head: Sequence[str], body: Iterable[str]) -> str:
    """Return a page of the site, of lines of HTML; `root` is the address of the site's root, with its slash."""
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(language)}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; img-src 'self' "
        "data:; base-uri 'none'; form-action 'self'\">",
        '<meta name="color-scheme" content="light dark">',
        f"<title>{escape(title)}</title>",
        f'<link rel="stylesheet" href="{escape(root)}{STYLE}">',
        *head,
        "</head><body>",
        *body,
        "</body></html>",
        "",
    ]
    return "\n".join(lines)


def asset(name: str) -> bytes:
    """Return the pages' style or script."""
    return importlib.resources.files("asdelivered.archive.publishing").joinpath(name).read_bytes()


def day(info: EventInfo) -> str:
    """Return the day of an event, or nothing."""
    return info.date.isoformat() if info.date else ""


def clock(milliseconds: int) -> str:
    """Return a time to the second: 754300 is "0:12:34"."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
