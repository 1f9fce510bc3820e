"""The page of an event: one HTML file that needs only the recording, from a disk or a server.

It contains its only script and its only style, and its content security policy allows these two, by their hashes, and
nothing else. All text is escaped.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import islice
from types import MappingProxyType
from urllib.parse import urlsplit

from asdelivered.align.document.alignment import AlignedLine, Alignment, is_missing, turns_of
from asdelivered.archive.event import EventInfo
from asdelivered.archive.publishing.anchors import line_anchors
from asdelivered.archive.publishing.iiif import MANIFEST, OEMBED
from asdelivered.archive.publishing.look import PLAIN_LOOK, Look
from asdelivered.archive.publishing.metadata import head_metadata
from asdelivered.archive.publishing.pages import NO_ICON, QUOTE, as_document, asset, day, images
from asdelivered.archive.publishing.poster import CARD
from asdelivered.archive.publishing.texts import PageTexts
from asdelivered.base.clocks import clock
from asdelivered.media.links import link_to

SCRIPTS = (QUOTE, "page.js")
"""The parts of a page's script; the review uses the first one, too."""
_ALTERNATES = {
    "transcript.vtt": ("text/vtt", "Captions"),
    "transcript.json": ("application/json", "Transcript"),
    OEMBED: ("application/json+oembed", "oEmbed"),
    MANIFEST: (
        "application/ld+json;profile=&quot;http://iiif.io/api/presentation/3/context.json&quot;",
        "IIIF",
    ),
}
"""Files for other programs, each with its media type and its name."""
NOTHING_CORRECTED: Mapping[str, date] = MappingProxyType({})
_STRONG = 2000
"""Letters that decide the direction of the text."""


@dataclass(frozen=True)
class Player:
    """The recording of a page: its address (absolute, or relative to the page), and whether it has a picture.

    `captions` and `chapters` are the addresses of WebVTT files; None: there are none. A recording `elsewhere` is at a
    host whose own player alone plays it, so the page links to it. `poster` is the address of its picture.
    """

    address: str
    picture: bool
    captions: str | None = None
    chapters: str | None = None
    elsewhere: bool = False
    poster: str | None = None


def event_page(
    alignment: Alignment,
    info: EventInfo,
    player: Player | None,
    events: str | None = None,
    canonical: str | None = None,
    beside: Collection[str] = (),
    look: Look = PLAIN_LOOK,
    corrected: Mapping[str, date] = NOTHING_CORRECTED,
) -> str:
    """Return the page of an event; without a `player` it has only the text with its times, which lead nowhere.

    `events` is the address of the list of all events, `canonical` this page's own address, `beside` are the
    names of files in its folder, of which those for other programs are named in its head. `corrected` are the ids of
    lines that were not as they are now when the page was first published, each with the day.
    """
    title, language = info.title or info.name, alignment.transcript.language
    texts = look.page_texts(language)
    script, style = _script(), look.style.decode()
    about = ", ".join(filter(None, (info.occasion, day(info))))
    content = [
        "<header>",
        *(
            [f'<p lang="{texts.language}"><a href="{escape(events)}">{texts.all_events}</a></p>']
            if events
            else []
        ),
        f'<h1 dir="auto">{escape(title)}</h1>',
        *([f'<p dir="auto">{escape(about)}</p>'] if about else []),
        *([f'<p class="printed"><bdi dir="ltr">{escape(canonical)}</bdi></p>'] if canonical else []),
        "</header>",
        f'<section id="bar" aria-label="{texts.recording}" lang="{texts.language}">',
        _player(player, language, texts),
        '<form id="find" role="search">',
        f'<input id="query" type="search" aria-label="{texts.find_words}" placeholder="{texts.find_words}" '
        'autocomplete="off">',
        f'<button>{texts.find}</button><span id="told" role="status"></span></form></section>',
        '<main id="text">',
        *_turns(alignment.lines, player, texts, corrected),
        "</main>",
        _quote_tools(texts),
        f'<footer dir="auto" lang="{texts.language}">{texts.times_by}{_footnote(alignment.lines, texts)}</footer>',
    ]
    return as_document(
        [
            "<!doctype html>",
            f'<html lang="{escape(language)}" dir="{direction(alignment.lines)}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(page_policy(look))}">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{escape(title)}</title>",
            NO_ICON,
            *([f'<link rel="canonical" href="{escape(canonical)}">'] if canonical else []),
            *(
                f'<link rel="alternate" type="{kind}" title="{name}" href="{file}">'
                for file, (kind, name) in _ALTERNATES.items()
                if file in beside
            ),
            *(_metadata(alignment, info, canonical, player, beside) if canonical else []),
            f"<style>{style}</style></head>",
            f'<body class="event" data-date="{escape(day(info))}" data-missing="{escape(texts.not_here)}" '
            f'data-of="{escape(texts.of)}" data-copied="{escape(texts.copied)}">',
            f'<a class="skip" lang="{texts.language}" href="#text">{texts.to_the_text}</a>',
            *look.template.around(content, events or "./", title, language),
            f"<script>{script}</script></body></html>",
            "",
        ]
    )


def _metadata(
    alignment: Alignment, info: EventInfo, canonical: str, player: Player | None, beside: Collection[str]
) -> list[str]:
    recording = player.address if player and "://" in player.address and not player.elsewhere else None
    poster = f"{canonical}{player.poster}" if player and player.poster else None
    card = f"{canonical}{CARD}" if CARD in beside else None
    return head_metadata(
        alignment, info, canonical, recording, player is not None and player.picture, poster, card
    )


def page_policy(look: Look = PLAIN_LOOK) -> str:
    """Return the content security policy of an event's page: its own script and style, and media from anywhere."""
    script, style = _script(), look.style.decode()
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        f"media-src * data: blob: file:; img-src {images(look.template)}; base-uri 'none'; form-action 'none'"
    )


def _script() -> str:
    return "".join(asset(name).decode() for name in SCRIPTS)


def _hash(part: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'"


def direction(lines: Sequence[AlignedLine]) -> str:
    """Return the direction of most of a text: "rtl" or "ltr"."""
    letters = islice((char for line in lines for char in line.text), _STRONG)
    kinds = [unicodedata.bidirectional(char) for char in letters]
    return "rtl" if kinds.count("R") + kinds.count("AL") > kinds.count("L") else "ltr"


def _player(player: Player | None, language: str, texts: PageTexts) -> str:
    if player is None:
        return f'<p class="missing">{escape(texts.no_recording)}</p>'
    if player.elsewhere:
        label = texts.recording_at.format(host=urlsplit(player.address).hostname)
        return f'<p><a href="{escape(player.address)}">{escape(label)}</a></p>'
    kind = "video" if player.picture else "audio"
    tracks = "".join(
        f'<track kind="{what}" src="{escape(address)}" srclang="{escape(language)}"{" default" * (what == "captions")}>'
        for what, address in (("captions", player.captions), ("chapters", player.chapters))
        if address
    )
    poster = f' poster="{escape(player.poster)}"' if player.poster else ""
    return f'<{kind} id="player" controls preload="metadata" src="{escape(player.address)}"{poster}>{tracks}</{kind}>'


def _turns(
    lines: Sequence[AlignedLine], player: Player | None, texts: PageTexts, corrected: Mapping[str, date]
) -> Iterator[str]:
    anchors = iter(line_anchors(lines))
    for _, speaker, turn in turns_of(lines):
        yield "<section>"
        if speaker:
            yield f'<h2 dir="auto">{escape(speaker)}</h2>'
        for line in turn:
            anchor = next(anchors)
            yield _line(line, anchor, player, texts, corrected.get(anchor))
        yield "</section>"


def _line(
    line: AlignedLine, anchor: str, player: Player | None, texts: PageTexts, corrected: date | None
) -> str:
    text = f'<span class="text" dir="auto">{escape(line.text)}</span>'
    if corrected is not None:
        text += (
            f'<small class="corrected" lang="{texts.language}">{texts.corrected} '
            f"<time>{corrected.isoformat()}</time></small>"
        )
    if line.span is None:
        missing = is_missing(line)
        label = texts.not_heard if missing else texts.no_speech
        kind = "unspoken" if missing else "aside"
        return f'<p id="{anchor}" class="{kind}"><span class="none" lang="{texts.language}">{label}</span>{text}</p>'
    words = " ".join(f"{word.span.start}-{word.span.end}" if word.span else "" for word in line.words)
    start = line.span.start / 1000
    time = clock(line.span.start, 0)
    link = link_to(player.address, line.span) if player and player.elsewhere else f"#t={start}"
    shown = f'<a href="{escape(link)}">{time}</a>' if player else f'<span class="time">{time}</span>'
    return f'<p id="{anchor}" data-start="{start}" data-end="{line.span.end / 1000}" data-w="{words}">{shown}{text}</p>'


def _footnote(lines: Sequence[AlignedLine], texts: PageTexts) -> str:
    return f" {texts.italics}" if any(map(is_missing, lines)) else ""


def _quote_tools(texts: PageTexts) -> str:
    """Return what can be done with selected words."""
    styles = (("chicago", "Chicago"), ("apa", "APA"), ("bibtex", "BibTeX"), ("wikipedia", "Wikipedia"))
    options = "".join(f'<option value="{value}">{name}</option>' for value, name in styles)
    return (
        f'<div id="quote" role="toolbar" aria-label="{texts.quote}" lang="{texts.language}" hidden>'
        f'<button data-do="play">▶ {texts.play}</button><button data-do="copy">{texts.copy_quote}</button>'
        f'<button data-do="link">{texts.copy_link}</button>'
        f'<select aria-label="{texts.copy_citation}"><option value="">{texts.cite}</option>{options}</select>'
        f'<button data-do="embed">{texts.copy_embed}</button><button data-do="card">{texts.picture}</button>'
        '<span id="done" role="status"></span></div>'
    )
