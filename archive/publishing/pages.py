"""The pages of a site other than those of its events: the list of events, and search results.

All text is escaped. The style is a file of the site, and so is the only script, that of the search: a strict content
security policy keeps any other out.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.resources
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from html import escape

from asdelivered.archive.event import EventInfo
from asdelivered.archive.publishing.site_texts import SiteTexts, site_texts_for
from asdelivered.archive.publishing.template import NO_TEMPLATE, Template

NO_ICON = '<link rel="icon" href="data:,">'
"""Keeps a browser from asking the server for an icon that it does not have."""
STYLE = "page.css"
"""The style: a file at the root of the site, and part of each event's page."""
QUOTE = "quote.js"
"""The script that cites and pictures quotes: part of each event's page, and a file of the review."""

WITHDRAWN = 'name="asdelivered" content="withdrawn"'
"""What the page of an event that was withdrawn has in its head."""
MOVED = 'name="asdelivered" content="moved '
"""What the page of an event that got another name has in its head, before the key of the event."""
SEARCH = "search.js"
"""The script of the first page: a file at the root of the site."""
ENGLISH = site_texts_for("en")
YEAR = re.compile(r"\d{4}\.html|undated\.html")
"""Names of the lists of a year's events."""
MOST_LISTED = 200
"""The latest events are on the first page, at most so many; if there are more, each year has a list."""
_SEARCHES = "; script-src 'self'; connect-src 'self'; media-src * data: blob:"
_FOLLOW = "location.replace(document.getElementById('moved').href + location.hash)"
Listed = tuple[EventInfo, str]
"""An event, and the address of its page from the root of the site."""


@dataclass(frozen=True)
class Frame:
    """What all pages of a site have: its title, its words, and what a template puts around each page."""

    title: str
    texts: SiteTexts = ENGLISH
    template: Template = NO_TEMPLATE


_NO_XML = dict.fromkeys(range(0xFFFE, 0x10000), "\N{REPLACEMENT CHARACTER}")
_CONTROLS = dict.fromkeys(
    (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000)),
    "\N{REPLACEMENT CHARACTER}",
)


def list_page(title: str, events: Iterable[Listed], root: str, head: Sequence[str] = ()) -> str:
    """Return the page that lists `events`, each with the address of its page; `root` as for `page`."""
    body = [f'<main><h1 dir="auto">{escape(title)}</h1>', *_list(events, ""), "</main>"]
    return page(title, "en", root, head, body)


def _list(events: Iterable[Listed], root: str) -> list[str]:
    items = (
        f'<li><time>{escape(day(info))}</time> <a href="{escape(root + address)}" dir="auto">'
        f"{escape(info.title or info.name)}</a></li>"
        for info, address in events
    )
    return ['<ul class="events">', *items, "</ul>"]


def years_of(events: Sequence[Listed]) -> dict[str, list[Listed]]:
    """Return the events of each year ("undated": without a date), where they are too many for the first page."""
    if len(events) <= MOST_LISTED:
        return {}
    years: dict[str, list[Listed]] = {}
    for one in events:
        years.setdefault(day(one[0])[:4] or "undated", []).append(one)
    return years


def year_page(frame: Frame, year: str, events: Sequence[Listed]) -> str:
    """Return the page that lists the events of a year."""
    texts = frame.texts
    name = texts.undated if year == "undated" else year
    body = [
        f'<main><p><a href="../">{texts.all_events}</a></p>',
        f'<h1 dir="auto">{escape(frame.title)}: {name}</h1>',
        *_list(events, "../"),
        "</main>",
    ]
    return page(f"{frame.title}: {name}", texts.language, "../", (), body, template=frame.template)


def front_page(
    frame: Frame, events: Sequence[Listed], years: Mapping[str, Sequence[Listed]], head: Sequence[str]
) -> str:
    """Return the first page of a site: its search, and below it the latest events, with links to those of each year.

    `years` are the events of each year, as `years_of` has them.
    """
    texts = frame.texts
    choices = "".join(
        f'<label>{label}<select name="{name}" data-all="{texts.all}">'
        f'<option value="">{texts.all}</option></select></label>'
        for name, label in (("speaker", texts.speaker), ("year", texts.year), ("event", texts.event))
    )
    said = escape(json.dumps(asdict(texts.script), ensure_ascii=False))
    links = (
        f'<a href="years/{year}.html">{texts.undated if year == "undated" else year}</a> ({len(some)})'
        for year, some in years.items()
    )
    body = [
        f'<main><h1 dir="auto">{escape(frame.title)}</h1>',
        f'<section id="search" aria-label="{texts.search}" data-texts="{said}" hidden>',
        '<form class="search" role="search" action="./" method="get">',
        f'<input name="q" type="search" aria-label="{texts.quote_or_words}" placeholder="{texts.quote_or_words}" '
        f'autocomplete="off"><button>{texts.search}</button>',
        f'<div class="facets">{choices}<label>{texts.order}<select name="sort">'
        f'<option value="best">{texts.best}</option><option value="latest">{texts.latest}</option></select></label>'
        "</div></form>",
        '<p id="told" role="status"></p><ol id="results"></ol><p id="pager"></p></section>',
        f'<section id="latest"><h2>{texts.latest_events if years else texts.events}</h2>',
        *_list(events[:MOST_LISTED], ""),
        *([f"<h2>{texts.by_year}</h2>", f'<p class="years">{" ".join(links)}</p>'] if years else []),
        "</section></main>",
        f'<script src="./{SEARCH}" defer></script>',
    ]
    return page(frame.title, texts.language, "./", head, body, _SEARCHES, frame.template)


def tombstone_page(frame: Frame, root: str, today: date) -> str:
    """Return the page in place of an event that was withdrawn; `root` as for `page`."""
    texts = frame.texts
    body = [
        f"<main><h1>{texts.withdrawn}</h1>",
        f"<p>{texts.since.format(day=today.isoformat())}</p>",
        f'<p><a href="{escape(root)}">{texts.all_events}</a></p></main>',
    ]
    head = ['<meta name="robots" content="noindex">', f"<meta {WITHDRAWN}>"]
    return page(texts.withdrawn, texts.language, root, head, body, template=frame.template)


def moved_page(frame: Frame, address: str, title: str, key: str) -> str:
    """Return the page that leads to an event under its new name, at an address beside it, to the same second.

    `key` is that of the event: whoever publishes again finds it there.
    """
    texts = frame.texts
    body = [
        f"<main><h1>{texts.moved}</h1>",
        f'<p><a id="moved" href="{escape(address)}" dir="auto">{escape(title)}</a></p></main>',
        f"<script>{_FOLLOW}</script>",
    ]
    head = [
        '<meta name="robots" content="noindex">',
        f'<link rel="canonical" href="{escape(address)}">',
        f'<meta {MOVED}{key}">',
    ]
    allowed = base64.b64encode(hashlib.sha256(_FOLLOW.encode()).digest()).decode()
    policy = f"; script-src 'sha256-{allowed}'"
    return page(texts.moved, texts.language, "../../", head, body, policy, frame.template)


def page(
    title: str,
    language: str,
    root: str,
    head: Sequence[str],
    body: Iterable[str],
    policy: str = "",
    template: Template = NO_TEMPLATE,
) -> str:
    """Return a page of the site from lines of HTML; `root` is the address of the site's root, with its slash.

    `policy` adds to the content security policy.
    """
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(language)}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; "
        f"img-src {images(template)}; base-uri 'none'; form-action 'self'{policy}\">",
        '<meta name="color-scheme" content="light dark">',
        f"<title>{escape(title)}</title>",
        NO_ICON,
        f'<link rel="stylesheet" href="{escape(root)}{STYLE}">',
        *head,
        "</head><body>",
        *template.around(body, root, title, language),
        "</body></html>",
        "",
    ]
    return as_document(lines)


def images(template: Template) -> str:
    """Return from where the security policy of a page lets pictures come: those of a template may be elsewhere."""
    return "'self' data: https:" if template.any else "'self' data:"


def as_document(lines: Iterable[str]) -> str:
    """Return the text of a page."""
    return without_controls("\n".join(lines))


def without_controls(text: str) -> str:
    """Return a text with a mark for each control character and each half of a surrogate pair.

    HTML has no place for them, and a terminal obeys some.
    """
    return text.translate(_CONTROLS)


def xml_text(text: str) -> str:
    """Return a text with a mark for each character that XML forbids or discourages, as `without_controls`."""
    return without_controls(text).translate(_NO_XML)


def asset(name: str) -> bytes:
    """Return the style or the script of the pages."""
    return importlib.resources.files("asdelivered.archive.publishing").joinpath(name).read_bytes()


def day(info: EventInfo) -> str:
    """Return the day of an event (ISO 8601), or ""."""
    return info.date.isoformat() if info.date else ""
