"""A search page for an archive, for this machine only.

Only what is in the archive is served, a recording only if it is the one that was aligned, and no script runs but the
player's. The application answers everyone: the Guard in front of it controls access.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from asdelivered.align.document.alignment import Alignment, is_missing
from asdelivered.archive.database import opened, reading
from asdelivered.archive.errors import ArchiveError
from asdelivered.archive.event import StoredEvent
from asdelivered.archive.filters import Filters
from asdelivered.archive.nearby import find_words
from asdelivered.archive.passage import passage_of
from asdelivered.archive.publishing.event_files import playable, web_player
from asdelivered.archive.publishing.event_page import Player, event_page, page_policy
from asdelivered.archive.publishing.pages import STYLE, asset, day, list_page, page
from asdelivered.archive.records import read_alignment
from asdelivered.archive.search import ArchiveHit, find_in_archive
from asdelivered.archive.store import list_events, stored_event
from asdelivered.base.clocks import clock
from asdelivered.base.files import sha256_of
from asdelivered.base.guard import whole_number
from asdelivered.media.browser_media import MEDIA_TYPES, shows_picture
from asdelivered.subtitles.cues import captions_of
from asdelivered.subtitles.formats import FORMATS
from asdelivered.transcripts.quoting.words import comparable_words

MOST = 20
"""The most places, or events, on a page."""
MOST_COUNTED = 100
"""The most places that are looked for."""
MOST_FACETS = 8
"""The most speakers, and the most years, that narrow down what was found."""
LONGEST = 2000
"""The most characters of a quote that are searched for."""
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self' https: http:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""The content security policy of all pages but those of events, which have a script."""
LARGEST_ID = (1 << 63) - 1
"""The largest number of an event: what SQLite can count."""
_PLAYS = "; media-src 'self' https: http:"
_FIELDS = ("q", "speaker", "event", "since", "until")


def make_app(database: Path) -> Starlette:
    """Return the web application that searches the archive at `database`."""
    recordings = _Recordings()

    def search(request: Request) -> Response:
        given = {name: request.query_params.get(name, "").strip()[:LONGEST] for name in _FIELDS}
        number = whole_number(request.query_params.get("page", "1"), LARGEST_ID) or 1
        return HTMLResponse(_search_page(database, given, number))

    def all_events(request: Request) -> Response:
        with opened(database) as connection, reading(connection):
            events = [(event.info, f"event/{event.id}/") for event in list_events(connection)]
        return HTMLResponse(list_page("All events", events, "./"))

    def event(request: Request) -> Response:
        found = _read(database, request)
        if found is None:
            return _missing()
        stored, alignment = found
        path = recordings.of(stored)
        if path:
            player: Player | None = Player(
                "recording", shows_picture(path.name), "captions.vtt", "chapters.vtt"
            )
        else:
            player = web_player(stored.info.url, ())
        html = event_page(alignment, stored.info, player, "../../")
        policy = f"{page_policy()}; frame-ancestors 'none'"
        return HTMLResponse(html, headers={"content-security-policy": policy})

    def recording(request: Request) -> Response:
        found = _stored(database, request)
        path = recordings.of(found) if found else None
        if path is None:
            return _missing()
        return FileResponse(path, media_type=MEDIA_TYPES[path.suffix.lower()])

    def captions(request: Request) -> Response:
        found = _read(database, request)
        if found is None:
            return _missing()
        made = captions_of(found[1])
        format = "chapters" if request.url.path.endswith("chapters.vtt") else "vtt"
        data = FORMATS[format].write(made) if made.cues else b"WEBVTT\n"
        return Response(data, media_type="text/vtt")

    def style(request: Request) -> Response:
        return Response(asset(STYLE), media_type="text/css")

    def failed(request: Request, error: Exception) -> Response:
        return PlainTextResponse(str(error), status_code=500)

    return Starlette(
        routes=[
            Route("/", search),
            Route("/events", all_events),
            Route("/event/{id}/", event),
            Route("/event/{id}/recording", recording),
            Route("/event/{id}/captions.vtt", captions),
            Route("/event/{id}/chapters.vtt", captions),
            Route(f"/{STYLE}", style),
        ],
        exception_handlers={ArchiveError: failed},
    )


def _missing() -> Response:
    return PlainTextResponse("There is no such event.", status_code=404)


def _read(database: Path, request: Request) -> tuple[StoredEvent, Alignment] | None:
    """Return the event that a request is for, with its alignment."""
    number = _number(request)
    if number is None:
        return None
    with opened(database) as connection, reading(connection):
        found = stored_event(connection, number)
        return None if found is None else (found, read_alignment(connection, found.id))


def _stored(database: Path, request: Request) -> StoredEvent | None:
    """Return the event that a request is for."""
    number = _number(request)
    if number is None:
        return None
    with opened(database) as connection, reading(connection):
        return stored_event(connection, number)


def _number(request: Request) -> int | None:
    return whole_number(request.path_params["id"], LARGEST_ID)


class _Recordings:
    """Finds the recordings of events. A file is hashed when it is first asked for, and when it has changed since."""

    def __init__(self) -> None:
        self._hashes: dict[tuple[Path, int, int], str] = {}
        self._lock = threading.Lock()

    def of(self, event: StoredEvent) -> Path | None:
        """Return the recording of an event: on this machine, of a kind that browsers play, and with the event's hash.

        An archive states paths, and may come from anyone: without the hash, it could have any file served.
        """
        path = event.recording()
        if path is None or path.suffix.lower() not in MEDIA_TYPES:
            return None
        try:
            return path if self._hash(path) == event.recording_sha256 else None
        except OSError:  # not readable, or gone since: as good as none
            return None

    def _hash(self, path: Path) -> str:
        state = path.stat()
        known = (path, state.st_size, state.st_mtime_ns)
        with self._lock:  # two requests for one recording read it once
            if known not in self._hashes:
                self._hashes[known] = sha256_of(path)
            return self._hashes[known]


def _search_page(database: Path, given: Mapping[str, str], page_number: int) -> str:
    body = [f"<main><h1>{escape(database.stem)}</h1>", _form(given)]
    if given["q"]:
        try:
            days = [date.fromisoformat(given[name]) if given[name] else None for name in ("since", "until")]
        except ValueError:
            body.append("<p>A day is written like 2024-12-12.</p></main>")
            return page(f"Search {database.stem}", "en", "./", (), body, _PLAYS)
        filters = Filters(given["speaker"] or None, given["event"] or None, *days)
        with opened(database) as connection, reading(connection):
            hits = find_in_archive(connection, given["q"], MOST_COUNTED + 1, filters)
            together = () if hits else find_words(connection, given["q"], MOST_COUNTED + 1, filters)
        if together:
            body.append("<p>Nothing like this quote was said. These words stand together:</p>")
        body += _results(hits or together, given, page_number, given["q"] if together else None)
    else:
        if any(given.values()):
            body.append("<p>Type a quote or words as well: the other fields narrow down what is found.</p>")
        with opened(database) as connection, reading(connection):
            latest = [*islice(list_events(connection), MOST)]
        body += ['<section><h2>Latest events</h2><ul class="events">', *map(_listed, latest), "</ul>"]
        body.append('<p><a href="events">All events</a></p></section>')
    return page(f"Search {database.stem}", "en", "./", (), [*body, "</main>"], _PLAYS)


def _listed(event: StoredEvent) -> str:
    info = event.info
    return (
        f'<li><time>{escape(day(info))}</time> <a href="event/{event.id}/" dir="auto">'
        f"{escape(info.title or info.name)}</a></li>"
    )


def _form(given: Mapping[str, str]) -> str:
    kinds = {"q": "search", "since": "date", "until": "date"}
    labels = {
        "q": "A quote or words",
        "speaker": "Speaker",
        "event": "Event",
        "since": "From this day",
        "until": "To this day",
    }
    fields = "".join(
        f'<label class="field-{name}">{label}<input name="{name}" type="{kinds.get(name, "text")}" '
        f'value="{escape(given[name])}"{" autofocus" if name == "q" else ""}></label>'
        for name, label in labels.items()
    )
    return (
        f'<form class="search" role="search" action="./" method="get">{fields}<button>Search</button></form>'
    )


def _results(
    hits: Sequence[ArchiveHit], given: Mapping[str, str], page_number: int, words: str | None
) -> Iterator[str]:
    """Yield a page of what was found, with how much there is in all, by whom and in which year.

    Where words were found that are no quote, `words` are marked, each by itself.
    """
    if not hits:
        yield "<p>Nothing like it was said.</p>"
        return
    more, hits = len(hits) > MOST_COUNTED, hits[:MOST_COUNTED]
    page_number = min(page_number, (len(hits) - 1) // MOST + 1)
    first = (page_number - 1) * MOST
    shown = hits[first : first + MOST]
    whole = f"more than {MOST_COUNTED}" if more else str(len(hits))
    yield f'<p role="status">{first + 1} to {first + len(shown)} of {whole}</p>'
    speakers = Counter(speaker for hit in hits for speaker in hit.quote.speakers)
    years = Counter(hit.event.info.date.year for hit in hits if hit.event.info.date)
    narrower = [(f"{name} ({count})", {"speaker": name}) for name, count in speakers.most_common(MOST_FACETS)]
    narrower += [
        (f"{year} ({count})", {"since": f"{year}-01-01", "until": f"{year}-12-31"})
        for year, count in sorted(years.items(), reverse=True)[:MOST_FACETS]
    ]
    if len(narrower) > 1:
        links = (_link(name, {**given, **chosen}) for name, chosen in narrower)
        yield f'<nav class="facets-list" aria-label="Narrow down">{" ".join(links)}</nav>'
    yield from (_hit(hit, words) for hit in shown)
    pages = [("Previous", page_number - 1, first > 0), ("Next", page_number + 1, first + MOST < len(hits))]
    yield f"<p>{' '.join(_link(name, {**given, 'page': str(to)}) for name, to, there in pages if there)}</p>"


def _link(name: str, given: Mapping[str, str]) -> str:
    query = urlencode({key: value for key, value in given.items() if value})
    return f'<a href="{escape(f"./?{query}")}" dir="auto">{escape(name)}</a>'


def _hit(hit: ArchiveHit, words: str | None) -> str:
    quote, info = hit.quote, hit.event.info
    place = f"event/{hit.event.id}/"
    own = [line for line in hit.excerpt.lines if line.id in quote.lines]
    when = "not heard" if any(map(is_missing, own)) else "no speech"
    if quote.span is not None:
        place += f"#t={quote.span.start / 1000:g},{quote.span.end / 1000:g}"
        when = clock(quote.span.start, 0)
    about = ", ".join(part for part in (*quote.speakers, info.title or info.name, day(info)) if part)
    return (
        f'<div class="hit"><a href="{escape(place)}">{when}</a> <span dir="auto">{escape(about)}</span>'
        f'<blockquote dir="auto">{_passage(hit, words)}</blockquote>{_hit_player(hit)}</div>'
    )


def _passage(hit: ArchiveHit, words: str | None) -> str:
    """Return what was found, marked, in its lines, with the line before and the one after."""
    passage = passage_of(hit)
    parts = [
        f'<span class="around">{escape(passage.line_before)}</span>' if passage.line_before else "",
        f"{escape(passage.before)}{_marked(passage.found, words)}{escape(passage.after)}",
        f'<span class="around">{escape(passage.line_after)}</span>' if passage.line_after else "",
    ]
    return " ".join(filter(None, parts))


def _marked(text: str, words: str | None) -> str:
    """Return a text as HTML, all of it marked, or each of some words in it."""
    if words is None:
        return f"<mark>{escape(text)}</mark>"
    sought = {word for token in words.split() for word in comparable_words(token)}
    return " ".join(
        f"<mark>{escape(token)}</mark>" if sought.intersection(comparable_words(token)) else escape(token)
        for token in text.split(" ")
    )


def _hit_player(hit: ArchiveHit) -> str:
    """Return a player of the quote alone: a media fragment needs no script."""
    span, path, url = hit.quote.span, hit.event.recording(), hit.event.info.url
    if span is None:
        return ""
    if path is not None and path.suffix.lower() in MEDIA_TYPES:
        address, picture = f"event/{hit.event.id}/recording", shows_picture(path.name)
    elif there := playable(url):
        address, picture = there, shows_picture(there)
    else:
        return ""
    kind = "video" if picture else "audio"
    fragment = f"#t={span.start / 1000},{span.end / 1000}"
    return (
        f'<{kind} controls preload="none" src="{escape(address + fragment)}" aria-label="The quote"></{kind}>'
    )
