"""Feeds and JSON-LD by the rules that validators check: the W3C's for RSS, Podcasting 2.0, JSON Feed, schema.org.

https://validator.w3.org/feed/docs/rss2.html, https://podcasting2.org/docs/podcast-namespace,
https://www.jsonfeed.org/version/1.1/, https://developers.google.com/search/docs/appearance/structured-data/video
"""

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from truth_alignment import truth_alignment

from asdelivered.align.document.alignment import Alignment
from asdelivered.archive.event import EventInfo, StoredEvent
from asdelivered.archive.publishing.feeds import FeedItem, Soundbite, json_feed, rss
from asdelivered.archive.publishing.metadata import structured_data
from asdelivered.base.span import TimeSpan

SITE = "https://events.example.org/"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
ATOM = "{http://www.w3.org/2005/Atom}"
RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d ([+-]\d{4}|GMT)"
)
URI = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9%/:?#\[\]@!$&'()*+,;=._~-]*)?")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
CATEGORIES = {"Government", "News", "Society &amp; Culture", "Education"}
ROLES = {"guest", "host"}


def problems_of(feed: bytes) -> Iterator[str]:
    """What a validator would say of an RSS feed."""
    root = ElementTree.fromstring(feed)
    if root.tag != "rss" or root.get("version") != "2.0" or len(root) != 1:
        yield "no RSS 2.0 with one channel"
    channel = root[0]
    for name in ("title", "link", "description"):
        if len(channel.findall(name)) != 1 or not (channel.findtext(name) or "").strip():
            yield f"channel: one {name}, not blank"
    if not LANGUAGE.fullmatch(channel.findtext("language") or ""):
        yield "channel: language"
    own = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if [(link.get("href"), link.get("type")) for link in own] != [(f"{SITE}feed.xml", "application/rss+xml")]:
        yield "channel: atom:link to itself"
    space = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
    if channel.findtext(f"{PODCAST}guid") != str(uuid.uuid5(space, "events.example.org/feed.xml")):
        yield "channel: podcast:guid of the feed's address without its scheme"
    if channel.findtext(f"{ITUNES}explicit") not in ("true", "false"):
        yield "channel: itunes:explicit"
    category = channel.find(f"{ITUNES}category")
    if category is None or category.get("text") not in CATEGORIES:
        yield "channel: itunes:category of Apple's list"
    guids = [item.findtext("guid") for item in channel.findall("item")]
    if len({*guids}) != len(guids):
        yield "guids: two are alike"
    for item in channel.findall("item"):
        yield from item_problems(item)


def item_problems(item: ElementTree.Element) -> Iterator[str]:
    for node in item:
        if node.tag != "enclosure" and not node.attrib and not (node.text or "").strip():
            yield f"item: {node.tag} is blank"
    if not {"title", "description"} & {node.tag for node in item}:
        yield "item: neither title nor description"
    guid = item.find("guid")
    if guid is None or guid.get("isPermaLink") != "true" or not URI.fullmatch(guid.text or ""):
        yield "item: guid is no permanent link"
    if not URI.fullmatch(item.findtext("link") or ""):
        yield "item: link"
    for day in item.findall("pubDate"):
        if not RFC_822.fullmatch(day.text or "") or parsedate_to_datetime(day.text or "").tzinfo is None:
            yield "item: pubDate is no date of RFC 822"
    enclosures = item.findall("enclosure")
    if len(enclosures) > 1:
        yield "item: more than one enclosure"
    for one in enclosures:
        if {*one.attrib} != {"url", "length", "type"}:
            yield "enclosure: url, length and type, no more"
        if not URI.fullmatch(one.get("url", "")) or not MEDIA_TYPE.fullmatch(one.get("type", "")):
            yield "enclosure: url or type"
        if not re.fullmatch(r"\d+", one.get("length", "")):
            yield "enclosure: length is a number of bytes, 0 where it is not known"
    if not re.fullmatch(r"[1-9]\d*", item.findtext(f"{ITUNES}duration") or ""):
        yield "item: itunes:duration in seconds"
    for one in item.findall(f"{PODCAST}transcript"):
        if not URI.fullmatch(one.get("url", "")) or not MEDIA_TYPE.fullmatch(one.get("type", "")):
            yield "item: podcast:transcript"
    for one in item.findall(f"{PODCAST}person"):
        if one.get("role") not in ROLES or len(one.text or "") > 128:
            yield "item: podcast:person"
    for one in item.findall(f"{PODCAST}soundbite"):
        if (
            float(one.get("startTime", "-1")) < 0
            or float(one.get("duration", "0")) <= 0
            or len(one.text or "") > 128
        ):
            yield "item: podcast:soundbite"


def json_problems(feed: bytes) -> Iterator[str]:
    """What a validator would say of a JSON Feed."""
    data = json.loads(feed)
    if data["version"] != "https://jsonfeed.org/version/1.1" or not data["title"].strip():
        yield "version, title"
    if data["feed_url"] != f"{SITE}feed.json" or data["home_page_url"] != SITE:
        yield "addresses"
    for item in data["items"]:
        if not item["id"] or not (item.get("content_text") or item.get("content_html")):
            yield "item: id and content"
        if "date_published" in item and datetime.fromisoformat(item["date_published"]).tzinfo is None:
            yield "item: date_published is no date of RFC 3339"
        for author in item["authors"]:
            if not author["name"].strip():
                yield "item: authors"
        for one in item["attachments"]:
            if not URI.fullmatch(one["url"]) or not MEDIA_TYPE.fullmatch(one["mime_type"]):
                yield "attachment: url and mime_type"
            if one.get("size_in_bytes", 1) <= 0 or one.get("duration_in_seconds", 1) <= 0:
                yield "attachment: size, duration"


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)
TEXTS = WORDS.map(lambda text: f"a{text}")
ADDRESSES = st.builds(
    lambda path, ending: f"https://media.example.org/{path}{ending}",
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20),
    st.sampled_from([".mp4", ".opus", ".mp3?x=1", ""]),
)


@st.composite
def items(draw: st.DrawFn) -> FeedItem:
    number = draw(st.integers(1, 10**6))
    day = draw(st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)))
    info = EventInfo(f"e{number}", draw(st.none() | TEXTS), draw(st.none() | TEXTS), day, draw(ADDRESSES))
    speakers = tuple(draw(st.lists(TEXTS, max_size=3, unique=True)))
    event = StoredEvent(number, info, "en", draw(st.integers(1000, 10**8)), 5, 2, speakers, *("-",) * 7)
    bite = Soundbite(TimeSpan(1500, 9250), draw(TEXTS))
    page = f"{SITE}events/e{number}/"
    transcripts = (("text/vtt", f"{page}transcript.vtt"), ("application/json", f"{page}transcript.json"))
    length = draw(st.none() | st.integers(1, 10**10))
    recording = draw(st.none() | st.just(info.url))
    return FeedItem(
        event, page, transcripts, f"{page}c.json", f"{page}c.vtt", length, recording, None, (bite,)
    )


@given(st.lists(items(), max_size=3, unique_by=lambda one: one.page), TEXTS)
def test_feeds_keep_the_rules_of_the_validators(some: list[FeedItem], title: str) -> None:
    assert [*problems_of(rss(title, "About", "en", SITE, some))] == []
    assert [*json_problems(json_feed(title, "About", "en", SITE, some))] == []


GOOD = FeedItem(
    StoredEvent(
        1,
        EventInfo("a", "A talk", "A hall", date(2026, 1, 2), None),
        "en",
        60_000,
        5,
        2,
        ("Anna Reed",),
        *("-",) * 7,
    ),
    f"{SITE}a/",
    (("text/vtt", f"{SITE}a/t.vtt"),),
    None,
    None,
    1234,
    "https://example.org/a.mp4",
    None,
    (Soundbite(TimeSpan(1500, 9250), "Words"),),
)


@pytest.mark.parametrize(
    ("found", "broken", "told"),
    [
        (b"Fri, 02 Jan 2026 00:00:00 +0000", b"2026-01-02", "pubDate"),
        (b'length="1234"', b'length=""', "length"),
        (b' length="1234"', b"", "enclosure"),
        (b"https://example.org/a.mp4", b"https://example.org/a b.mp4", "enclosure"),
        (b"<title>A talk</title>", b"<title> </title>", "blank"),
        (b'rel="self"', b'rel="alternate"', "itself"),
        (b'isPermaLink="true"', b"", "guid"),
        (b'role="guest"', b'role="Speaker"', "person"),
        (b">60<", b">0<", "duration"),
        (b'text="Government"', b'text="Politics"', "category"),
    ],
)
def test_a_feed_that_breaks_a_rule_is_noticed(found: bytes, broken: bytes, told: str) -> None:
    feed = rss("Events", "About", "en", SITE, [GOOD])
    assert [*problems_of(feed)] == []
    assert feed.count(found) == 1
    assert any(told in problem for problem in problems_of(feed.replace(found, broken)))


@pytest.fixture
def alignment(page: Path, sound: Path) -> Alignment:
    return truth_alignment(page.with_suffix(".truth.json"), sound, page)


RECORDING = {
    *("name", "description", "contentUrl", "thumbnailUrl", "uploadDate", "duration"),
    *("inLanguage", "transcript", "hasPart"),
}
PROPERTIES = {
    "Event": {"name", "url", "inLanguage", "startDate", "description", "performer", "recordedIn"},
    "Person": {"name", "jobTitle"},
    "Clip": {"name", "startOffset", "endOffset", "url"},
    "VideoObject": RECORDING,
    "AudioObject": RECORDING,
}
"""Properties that schema.org knows of each type, as far as they are used here."""


def things_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from things_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from things_in(one)


def test_what_search_engines_need_of_a_video_and_its_clips_is_there(alignment: Alignment) -> None:
    info = EventInfo("a", "A talk", None, date(2026, 1, 2), "https://example.org/a.mp4")
    page = f"{SITE}events/a/"
    data = structured_data(alignment, info, page, info.url, True, f"{page}poster.jpg")
    for thing in things_in(data):
        assert {*thing} - {"@type", "@context"} <= PROPERTIES[thing["@type"]]
        assert all(value not in ("", [], None) for value in thing.values())
    video = data["recordedIn"]
    assert {"name", "description", "thumbnailUrl", "uploadDate", "contentUrl", "duration"} <= {*video}
    assert date.fromisoformat(video["uploadDate"]) == info.date
    seconds = float(re.fullmatch(r"PT(\d+(?:\.\d+)?)S", video["duration"])[1])  # type: ignore[index]
    clips = video["hasPart"]
    assert clips
    starts = [clip["startOffset"] for clip in clips]
    assert len({*starts}) == len(starts)
    for clip in clips:
        assert clip["name"].strip()
        assert 0 <= clip["startOffset"] < clip["endOffset"] <= seconds
        at = re.fullmatch(r"t=([\d.]+),([\d.]+)", urlsplit(clip["url"]).fragment)
        assert at
        assert (float(at[1]), float(at[2])) == (clip["startOffset"], clip["endOffset"])
        assert clip["url"].startswith(page)


def test_two_turns_at_once_are_one_clip(alignment: Alignment) -> None:
    first = next(line for line in alignment.lines if line.span)
    twice = replace(
        alignment, lines=(first, replace(first, id="L9999", turn="T9999", speaker="Somebody Else"))
    )
    info = EventInfo("a", "A talk", None, None, "https://example.org/a.mp4")
    data = structured_data(twice, info, SITE, info.url, True)
    assert len(data["recordedIn"]["hasPart"]) == 1
