"""An alignment as one HTML file: no network, from a disk or a server, all that comes from a page or a name escaped.

Its one script and its one style stand in it, and its policy allows these two by their hashes and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from asdelivered.align.document import AlignedLine, Alignment, turns_of
from asdelivered.app.publish.player import Player
from asdelivered.archive.publishing.pages import clock


def make_page(alignment: Alignment, title: str, player: Player | None) -> str:
    """Return the page; without a `player` it is the text with its times."""
    script, style = (_part(name) for name in ("page.js", "page.css"))
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "media-src * data: blob: file:; img-src data:; base-uri 'none'; form-action 'none'"
    )
    language = alignment.transcript.language
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(language)}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{escape(title)}</title>",
            f"<style>{style}</style></head>",
            '<body><a class="skip" href="#text">To the text</a>',
            f'<header><h1 dir="auto">{escape(title)}</h1></header>',
            f'<div id="bar">{_player(player)}<form id="find" role="search">',
            '<input id="query" type="search" aria-label="Find words" placeholder="Find words" autocomplete="off">',
            '<button>Find</button><span id="told" role="status"></span></form></div>',
            '<main id="text">',
            *_turns(alignment.lines),
            "</main>",
            "<footer>Times by asdelivered. Lines in italics were not heard in the recording.</footer>",
            f"<script>{script}</script></body></html>",
            "",
        ]
    )


def _part(name: str) -> str:
    return files("asdelivered.app.publish").joinpath(name).read_text("utf-8")


def _hash(part: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'"


def _player(player: Player | None) -> str:
    if player is None:
        return ""
    kind = "video" if player.picture else "audio"
    return f'<{kind} id="player" controls preload="metadata" src="{escape(player.address)}"></{kind}>'


def _turns(lines: Sequence[AlignedLine]) -> Iterator[str]:
    for _, speaker, turn in turns_of(lines):
        yield "<section>"
        if speaker:
            yield f'<h2 dir="auto">{escape(speaker)}</h2>'
        yield from map(_line, turn)
        yield "</section>"


def _line(line: AlignedLine) -> str:
    text = f'<span class="text" dir="auto">{escape(line.text)}</span>'
    if line.span is None:
        return f'<p class="unspoken"><span class="none">not heard</span>{text}</p>'
    words = " ".join(f"{word.span.start}-{word.span.end}" if word.span else "" for word in line.words)
    start = line.span.start / 1000
    return (
        f'<p data-start="{start}" data-end="{line.span.end / 1000}" data-w="{words}">'
        f'<a href="#t={start}">{clock(line.span.start)}</a>{text}</p>'
    )
