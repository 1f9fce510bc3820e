"""Feeds of an archive: RSS 2.0 with the podcast namespace, JSON Feed 1.1, and a site map.

https://podcastindex.org/namespace/1.0, https://www.jsonfeed.org/version/1.1/, https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

import json
import mimetypes
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from asdelivered.archive.event import StoredEvent
from asdelivered.archive.publishing.pages import without_controls
from asdelivered.transcripts.structure.roster import Person, read_label

PODCAST = "https://podcastindex.org/namespace/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid, as its specification fixes it."""
_NO_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")


@dataclass(frozen=True)
class FeedItem:
    """An event of a feed: the absolute addresses of its page and of the files beside it.

    `transcripts` are pairs of a media type and an address. `length` is the size of the recording's file in bytes; None:
    not known.
    """

    event: StoredEvent
    page: str
    transcripts: tuple[tuple[str, str], ...]
    chapters: str | None
    vtt_chapters: str | None
    length: int | None = None

    @property
    def people(self) -> list[Person]:
        """The speakers who are called by a name, each once: "Question from the audience" is nobody's."""
        people = [read_label(label) for label in self.event.speakers]
        return [*{person.name: person for person in people if person.named}.values()]


def rss(title: str, site: str, items: Sequence[FeedItem]) -> bytes:
    """Return an RSS feed; an event whose recording is on the web gets an enclosure, which makes it an episode."""
    for prefix, namespace in (("podcast", PODCAST), ("itunes", ITUNES), ("atom", ATOM)):
        ElementTree.register_namespace(prefix, namespace)
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    _text(channel, "title", title)
    _text(channel, "link", site)
    _text(channel, "description", f"{title}: events with their transcripts")
    own = {"href": f"{site}feed.xml", "rel": "self", "type": "application/rss+xml"}
    ElementTree.SubElement(channel, f"{{{ATOM}}}link", own)
    _text(channel, f"{{{PODCAST}}}guid", str(uuid.uuid5(_GUIDS, site.partition("://")[2].rstrip("/"))))
    _text(channel, f"{{{ITUNES}}}author", title)
    _text(channel, f"{{{ITUNES}}}explicit", "false")
    ElementTree.SubElement(channel, f"{{{ITUNES}}}category", text="Government")
    if items:
        _text(channel, "language", items[0].event.language)
    for item in items:
        _rss_item(ElementTree.SubElement(channel, "item"), item)
    return _document(root)


def _rss_item(node: ElementTree.Element, item: FeedItem) -> None:
    info = item.event.info
    _text(node, "title", info.title or info.name)
    _text(node, "link", item.page)
    _text(node, "guid", item.page).set("isPermaLink", "true")
    _text(node, "description", _about(item.event))
    if info.date:
        _text(node, "pubDate", format_datetime(_midnight(info.date)))
    if info.url and urlsplit(info.url).scheme in ("http", "https"):
        # Zero stands for a size that is not known, as the RSS Advisory Board advises: the attribute must be there.
        size = str(item.length or 0)
        enclosure = {"url": _clean(info.url), "length": size, "type": _media_type(info.url)}
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
    for person in item.people:
        _text(node, f"{{{PODCAST}}}person", person.name)


def json_feed(title: str, site: str, items: Sequence[FeedItem]) -> bytes:
    """Return a JSON Feed; captions and chapters are attachments."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site,
        "feed_url": f"{site}feed.json",
        "items": [_json_item(item) for item in items],
    }
    return without_controls(f"{json.dumps(data, indent=1, ensure_ascii=False)}\n").encode()


def _json_item(item: FeedItem) -> dict[str, object]:
    info = item.event.info
    files = [*item.transcripts, *([("text/vtt", item.vtt_chapters)] if item.vtt_chapters else [])]
    attachments: list[dict[str, object]] = [{"url": address, "mime_type": kind} for kind, address in files]
    if info.url:
        seconds = item.event.duration // 1000
        recording: dict[str, object] = {
            "url": info.url,
            "mime_type": _media_type(info.url),
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
        "attachments": attachments,
    }


def sitemap(pages: Sequence[tuple[str, date | None]]) -> bytes:
    """Return a site map of pages, each with the day of its event if it is known."""
    root = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for address, day in pages:
        node = ElementTree.SubElement(root, f"{{{SITEMAP}}}url")
        _text(node, f"{{{SITEMAP}}}loc", address)
        if day:
            _text(node, f"{{{SITEMAP}}}lastmod", day.isoformat())
    return _document(root, SITEMAP)


def sitemap_index(maps: Sequence[str]) -> bytes:
    """Return an index of site maps; each of them has at most 50,000 addresses."""
    root = ElementTree.Element(f"{{{SITEMAP}}}sitemapindex")
    for address in maps:
        _text(ElementTree.SubElement(root, f"{{{SITEMAP}}}sitemap"), f"{{{SITEMAP}}}loc", address)
    return _document(root, SITEMAP)


def _about(event: StoredEvent) -> str:
    return ". ".join(part for part in (event.info.occasion, ", ".join(event.speakers)) if part)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _media_type(address: str) -> str:
    return mimetypes.guess_type(urlsplit(address).path)[0] or "audio/mpeg"


def _text(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    node = ElementTree.SubElement(parent, name)
    node.text = _clean(text)
    return node


def _clean(text: str) -> str:
    """Return text with a replacement mark for each character that XML does not allow."""
    return text.translate(_NO_XML)


def _document(root: ElementTree.Element, default: str | None = None) -> bytes:
    """Return an XML document; `default` is the namespace whose elements have no prefix."""
    return bytes(
        ElementTree.tostring(root, encoding="utf-8", xml_declaration=True, default_namespace=default)
    )
