"""Site maps: the pages of a site for search engines, with its videos.

https://www.sitemaps.org/protocol.html, https://developers.google.com/search/docs/crawling-indexing/sitemaps/video-sitemaps
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from asdelivered.archive.publishing.pages import xml_text

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
VIDEO = "http://www.google.com/schemas/sitemap-video/1.1"
LONGEST_DESCRIPTION = 2048
"""Characters of the longest description of a video."""
LONGEST_VIDEO = 28_800
"""Seconds of the longest video whose duration may be told."""


@dataclass(frozen=True)
class MappedVideo:
    """A video of a page: the addresses of its picture and of itself, its title, what it is about, and its seconds."""

    poster: str
    address: str
    title: str
    description: str
    duration: int


@dataclass(frozen=True)
class MappedPage:
    """A page: its address, the day of its last change (ISO 8601; None: not known), and its video."""

    address: str
    changed: str | None = None
    video: MappedVideo | None = None


def sitemap(pages: Sequence[MappedPage]) -> bytes:
    """Return a site map of pages, at most 50,000."""
    ElementTree.register_namespace("video", VIDEO)
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP})
    for page in pages:
        node = ElementTree.SubElement(root, "url")
        _text(node, "loc", page.address)
        if page.changed:
            _text(node, "lastmod", page.changed)
        if page.video:
            video = page.video
            own = ElementTree.SubElement(node, f"{{{VIDEO}}}video")
            _text(own, f"{{{VIDEO}}}thumbnail_loc", video.poster)
            _text(own, f"{{{VIDEO}}}title", video.title)
            _text(own, f"{{{VIDEO}}}description", video.description)
            _text(own, f"{{{VIDEO}}}content_loc", video.address)
            if 0 < video.duration <= LONGEST_VIDEO:
                _text(own, f"{{{VIDEO}}}duration", str(video.duration))
    return _document(root)


def sitemap_index(maps: Sequence[str]) -> bytes:
    """Return an index of site maps."""
    root = ElementTree.Element("sitemapindex", {"xmlns": SITEMAP})
    for address in maps:
        _text(ElementTree.SubElement(root, "sitemap"), "loc", address)
    return _document(root)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = xml_text(text)


def _document(root: ElementTree.Element) -> bytes:
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
