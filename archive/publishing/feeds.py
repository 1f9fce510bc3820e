"""Feeds of an archive: RSS 2.0 with the podcast namespace, and JSON Feed 1.1.

https://www.rssboard.org/rss-specification, https://podcastindex.org/namespace/1.0, https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from xml.etree import ElementTree

from asdelivered.archive.event import StoredEvent
from asdelivered.archive.publishing.pages import without_controls, xml_text
from asdelivered.base.span import TimeSpan
from asdelivered.media.browser_media import media_type_of
from asdelivered.media.links import as_uri
from asdelivered.transcripts.structure.speakers.roster import Person, read_label

PODCAST = "https://podcastindex.org/namespace/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
ATOM = "http://www.w3.org/2005/Atom"
_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid, as its specification fixes it."""
LONGEST_TITLE = 128
"""Characters of the title of a soundbite, as the specification advises."""


@dataclass(frozen=True)
class Soundbite:
    """A quote that is marked for listeners: its place in the recording, and what it is called."""

    span: TimeSpan
    title: str


@dataclass(frozen=True)
class FeedItem:
    """An event of a feed: the absolute addresses of its page, of the files beside it, and of its recording.

    `recording` is None where none is on the web, or where its host alone plays it. `transcripts` are pairs of a media
    type and an address. `poster` is the picture of a video. `length` is the size of the recording's file in bytes;
    None: not known.
    """

    event: StoredEvent
    page: str
    transcripts: tuple[tuple[str, str], ...]
    chapters: str | None
    vtt_chapters: str | None
    length: int | None = None
    recording: str | None = None
    poster: str | None = None
    soundbites: tuple[Soundbite, ...] = ()

    @property
    def people(self) -> list[Person]:
        """The speakers who are called by a name, each once: "Question from the audience" is nobody's."""
        people = [read_label(label) for label in self.event.speakers]
        return [*{person.name: person for person in people if person.named}.values()]


def rss(title: str, about: str, language: str, site: str, items: Sequence[FeedItem]) -> bytes:
    """Return an RSS feed, with a title, a sentence about it, and its language.

    An event whose recording is on the web gets an enclosure, which makes it an episode.
    """
    for prefix, namespace in (("podcast", PODCAST), ("itunes", ITUNES), ("atom", ATOM)):
        ElementTree.register_namespace(prefix, namespace)
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _text(channel, "title", title)
    _text(channel, "link", site)
    _text(channel, "description", about)
    _text(channel, "language", language)
    own = {"href": f"{site}feed.xml", "rel": "self", "type": "application/rss+xml"}
    ElementTree.SubElement(channel, f"{{{ATOM}}}link", own)
    _text(channel, f"{{{PODCAST}}}guid", str(uuid.uuid5(_GUIDS, own["href"].partition("://")[2])))
    _text(channel, f"{{{ITUNES}}}author", title)
    _text(channel, f"{{{ITUNES}}}explicit", "false")
    ElementTree.SubElement(channel, f"{{{ITUNES}}}category", text="Government")
    for item in items:
        _rss_item(ElementTree.SubElement(channel, "item"), item)
    return _document(root)


def _rss_item(node: ElementTree.Element, item: FeedItem) -> None:
    info = item.event.info
    _text(node, "title", info.title or info.name)
    _text(node, "link", item.page)
    _text(node, "guid", item.page).set("isPermaLink", "true")
    if about := _about(item.event):
        _text(node, "description", about)
    if info.date:
        _text(node, "pubDate", format_datetime(_midnight(info.date)))
    if item.recording:
        # Zero stands for a size that is not known, as the RSS Advisory Board advises: the attribute must be there.
        size = str(item.length or 0)
        enclosure = {"url": as_uri(item.recording), "length": size, "type": media_type_of(item.recording)}
        ElementTree.SubElement(node, "enclosure", enclosure)
    _text(node, f"{{{ITUNES}}}duration", str(item.event.duration // 1000))
    for kind, address in item.transcripts:
        given = {"url": address, "type": kind, "language": item.event.language}
        if kind in ("text/vtt", "application/x-subrip"):
            given["rel"] = "captions"
        ElementTree.SubElement(node, f"{{{PODCAST}}}transcript", given)
    if item.chapters:
        given = {"url": item.chapters, "type": "application/json+chapters"}
        ElementTree.SubElement(node, f"{{{PODCAST}}}chapters", given)
    for person in item.people:  # whoever has no role is a host
        _text(node, f"{{{PODCAST}}}person", person.name).set("role", "guest")
    for bite in item.soundbites if item.recording else ():
        given = {"startTime": f"{bite.span.start / 1000:.3f}", "duration": f"{bite.span.duration / 1000:.3f}"}
        _text(node, f"{{{PODCAST}}}soundbite", _shortened(bite.title)).attrib.update(given)


def json_feed(title: str, about: str, language: str, site: str, items: Sequence[FeedItem]) -> bytes:
    """Return a JSON Feed as `rss` does; captions and chapters are attachments."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "description": about,
        "language": language,
        "home_page_url": site,
        "feed_url": f"{site}feed.json",
        "items": [_json_item(item) for item in items],
    }
    return without_controls(f"{json.dumps(data, indent=1, ensure_ascii=False)}\n").encode()


def _json_item(item: FeedItem) -> dict[str, object]:
    info = item.event.info
    files = [*item.transcripts, *([("text/vtt", item.vtt_chapters)] if item.vtt_chapters else [])]
    attachments: list[dict[str, object]] = [{"url": address, "mime_type": kind} for kind, address in files]
    if item.recording:
        seconds = item.event.duration // 1000
        recording: dict[str, object] = {
            "url": as_uri(item.recording),
            "mime_type": media_type_of(item.recording),
            "duration_in_seconds": seconds,
        }
        attachments.insert(0, recording | ({"size_in_bytes": item.length} if item.length else {}))
    return {
        "id": item.page,
        "url": item.page,
        "title": info.title or info.name,
        "content_text": _about(item.event) or info.title or info.name,
        "language": item.event.language,
        **({"date_published": _midnight(info.date).isoformat()} if info.date else {}),
        "authors": [{"name": person.name} for person in item.people],
        **({"image": item.poster} if item.poster else {}),
        "attachments": attachments,
    }


def _about(event: StoredEvent) -> str:
    return ". ".join(part for part in (event.info.occasion, ", ".join(event.speakers)) if part)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_TITLE else f"{plain[: LONGEST_TITLE - 2].rsplit(' ', 1)[0]} …"


def _text(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    node = ElementTree.SubElement(parent, name)
    node.text = xml_text(text)
    return node


def _document(root: ElementTree.Element) -> bytes:
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
