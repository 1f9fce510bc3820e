"""The pages of a site other than those of its events: the list of events, and search results.

All text is escaped. The style is a file of the site, and so is the only script, that of the search: a strict content
security policy keeps any other out.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from asdelivered.archive.event import EventInfo

NO_ICON = '<link rel="icon" href="data:,">'
"""Keeps a browser from asking the server for an icon that it does not have."""
STYLE = "page.css"
"""The style: a file at the root of the site, and part of each event's page."""
QUOTE = "quote.js"
"""The script that cites and pictures quotes: part of each event's page, and a file of the review."""

WITHDRAWN = "This event was withdrawn"
SEARCH = "search.js"
"""The script of the first page: a file at the root of the site."""
_SEARCHES = "; script-src 'self'; connect-src 'self'; media-src * data: blob:"


_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}")


def list_page(
    title: str, events: Iterable[tuple[EventInfo, str]], root: str, head: Sequence[str] = ()
) -> str:
    """Return the page that lists `events`, each with the address of its page; `root` as for `page`."""
    items = "\n".join(
        f'<li><time>{escape(day(info))}</time> <a href="{escape(address)}" dir="auto">'
        f"{escape(info.title or info.name)}</a></li>"
        for info, address in events
    )
    body = [f'<main><h1 dir="auto">{escape(title)}</h1>', '<ul class="events">', items, "</ul></main>"]
    return page(title, "en", root, head, body)


def front_page(title: str, events: Iterable[tuple[EventInfo, str]], head: Sequence[str]) -> str:
    """Return the first page of a site: its search, and below it all events, as in `list_page`."""
    choices = "".join(
        f'<label>{label}<select name="{name}" data-all="All"><option value="">All</option></select></label>'
        for name, label in (("speaker", "Speaker"), ("year", "Year"), ("event", "Event"))
    )
    items = (
        f'<li><time>{escape(day(info))}</time> <a href="{escape(address)}" dir="auto">'
        f"{escape(info.title or info.name)}</a></li>"
        for info, address in events
    )
    body = [
        f'<main><h1 dir="auto">{escape(title)}</h1>',
        '<section id="search" aria-label="Search" hidden>',
        '<form class="search" role="search" action="./" method="get">',
        '<input name="q" type="search" aria-label="A quote or words" placeholder="A quote or words" '
        'autocomplete="off"><button>Search</button>',
        f'<div class="facets">{choices}<label>Order<select name="sort"><option value="best">Best match</option>'
        '<option value="latest">Latest first</option></select></label></div></form>',
        '<p id="told" role="status"></p><ol id="results"></ol><p id="pager"></p></section>',
        '<section id="latest"><h2>Events</h2><ul class="events">',
        *items,
        "</ul></section></main>",
        f'<script src="./{SEARCH}" defer></script>',
    ]
    return page(title, "en", "./", head, body, _SEARCHES)


def tombstone_page(root: str, today: date) -> str:
    """Return the page in place of an event that was withdrawn; `root` as for `page`."""
    body = [
        f"<main><h1>{WITHDRAWN}</h1>",
        f"<p>It is no longer published here since {today.isoformat()}.</p>",
        f'<p><a href="{escape(root)}">All events</a></p></main>',
    ]
    return page(WITHDRAWN, "en", root, ['<meta name="robots" content="noindex">'], body)


def page(
    title: str,
    language: str,
    root: str,
    head: Sequence[str],
    body: Iterable[str],
    policy: str = "",
) -> str:
    """Return a page of the site from lines of HTML; `root` is the address of the site's root, with its slash.

    `policy` adds to the content security policy.
    """
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(language)}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; img-src 'self' "
        f"data:; base-uri 'none'; form-action 'self'{policy}\">",
        '<meta name="color-scheme" content="light dark">',
        f"<title>{escape(title)}</title>",
        NO_ICON,
        f'<link rel="stylesheet" href="{escape(root)}{STYLE}">',
        *head,
        "</head><body>",
        *body,
        "</body></html>",
        "",
    ]
    return as_document(lines)


def as_document(lines: Iterable[str]) -> str:
    """Return the text of a page."""
    return without_controls("\n".join(lines))


def without_controls(text: str) -> str:
    """Return a text with a mark for each control character: HTML has no place for them, and a terminal obeys them."""
    return text.translate(_CONTROLS)


def asset(name: str) -> bytes:
    """Return the style or the script of the pages."""
    return importlib.resources.files("asdelivered.archive.publishing").joinpath(name).read_bytes()


def day(info: EventInfo) -> str:
    """Return the day of an event (ISO 8601), or ""."""
    return info.date.isoformat() if info.date else ""
