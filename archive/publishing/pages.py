"""Pages of HTML: an event with its text and player, and the list of all events.

All that comes from a page or a recording is escaped; scripts and styles are files of the site, so that a strict policy
can keep every other one out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from asdelivered.align.document import AlignedLine, Alignment, turns_of
from asdelivered.archive.event import EventInfo
from asdelivered.media.playing import shows_picture

SCRIPT, STYLE = "player.js", "site.css"
"""Files at the root of the site."""


@dataclass(frozen=True)
class PageLinks:
    """Where the page of an event leads: to the site's root, to the recording, and to files beside it.

    `root` ends with a slash. `media` is None where nobody knows where the recording is, `captions` and `chapters`
    where there are no such files.
    """

    root: str
    media: str | None
    captions: str | None = None
    chapters: str | None = None
    canonical: str | None = None


def event_page(alignment: Alignment, info: EventInfo, links: PageLinks) -> str:
    """Return the page of an event: its player, and its lines, each of which jumps to its second."""
    title = info.title or info.name
    about = ", ".join(part for part in (info.occasion, _day(info)) if part)
    head = [f'<link rel="canonical" href="{escape(links.canonical)}">'] if links.canonical else []
    body = [
        f'<p><a href="{escape(links.root)}">All events</a></p>',
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(about)}</p>" if about else "",
        _player(links, alignment.transcript.language),
        '<main id="transcript">',
        *_turns(alignment.lines),
        "</main>",
    ]
    return page(title, alignment.transcript.language, links.root, head, body)


def list_page(
    title: str, events: Iterable[tuple[EventInfo, str]], root: str, head: Sequence[str] = ()
) -> str:
    """Return the page that lists events, each with the address of its page."""
    items = "\n".join(
        f'<li><time>{escape(_day(info))}</time> <a href="{escape(address)}">{escape(info.title or info.name)}</a></li>'
        for info, address in events
    )
    body = [f"<h1>{escape(title)}</h1>", '<ul class="events">', items, "</ul>"]
    return page(title, "en", root, head, body)


def _day(info: EventInfo) -> str:
    return info.date.isoformat() if info.date else ""


def page(title: str, language: str, root: str, head: Sequence[str], body: Iterable[str]) -> str:
    """Return a page of the site, of lines of HTML."""
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(language)}">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; "
        "style-src 'self'; img-src 'self' data:; media-src 'self' https: http:; connect-src 'self'; base-uri 'none'; "
        "form-action 'self'\">",
        f"<title>{escape(title)}</title>",
        f'<link rel="stylesheet" href="{escape(root)}{STYLE}">',
        *head,
        "</head><body>",
        *body,
        f'<script src="{escape(root)}{SCRIPT}"></script>',
        "</body></html>",
        "",
    ]
    return "\n".join(lines)


def _player(links: PageLinks, language: str) -> str:
    if links.media is None:
        return ""
    if urlsplit(links.media).scheme not in ("http", "https", ""):
        return ""
    kind = "video" if shows_picture(links.media) else "audio"
    tracks = "".join(
        f'<track kind="{what}" src="{escape(address)}" srclang="{escape(language)}"{" default" * (what == "captions")}>'
        for what, address in (("captions", links.captions), ("chapters", links.chapters))
        if address
    )
    return f'<{kind} id="player" controls preload="metadata" src="{escape(links.media)}">{tracks}</{kind}>'


def _turns(lines: Sequence[AlignedLine]) -> Iterable[str]:
    for _, speaker, turn in turns_of(lines):
        yield "<section>"
        if speaker:
            yield f"<h2>{escape(speaker)}</h2>"
        yield from map(_line, turn)
        yield "</section>"


def _line(line: AlignedLine) -> str:
    text = escape(line.text)
    if line.span is None:
        return f'<p id="{escape(line.id)}" class="unspoken" title="not spoken">{text}</p>'
    start, end = line.span.start / 1000, line.span.end / 1000
    link = f'<a class="time" href="#t={start:g}">{clock(line.span.start)}</a>'
    return f'<p id="{escape(line.id)}" data-start="{start}" data-end="{end}">{link} {text}</p>'


def clock(milliseconds: int) -> str:
    """Return a time to the second: 754300 is "0:12:34"."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
