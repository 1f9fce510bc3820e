"""Feeds and site maps: what anybody may have typed stays well-formed, and what they say of recordings is true."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import av
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from truth_alignment import truth_alignment
from typer.testing import CliRunner

from asdelivered.align.document.alignment_json import load, save
from asdelivered.app.main import app
from asdelivered.archive.event import EventInfo, StoredEvent
from asdelivered.archive.publishing.feeds import LONGEST_TITLE, FeedItem, Soundbite, json_feed, rss
from asdelivered.archive.publishing.sitemaps import MappedPage, MappedVideo, sitemap
from asdelivered.base.files import sha256_of
from asdelivered.base.span import TimeSpan

SITE = "https://events.example.org/"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
MAP, VIDEO = (
    "{http://www.sitemaps.org/schemas/sitemap/0.9}",
    "{http://www.google.com/schemas/sitemap-video/1.1}",
)
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def run(*arguments: str | Path):
    return CliRunner().invoke(app, [*map(str, arguments)])


def item(text: str, recording: str | None = "https://example.org/a.mp4") -> FeedItem:
    info = EventInfo("a", text, text, date(2026, 1, 2), recording)
    known = StoredEvent(1, info, "en", 60_000, 5, 2, (f"{text} Reed",), *("-",) * 7)
    event = replace(known, added="2026-02-03T10:00:00+00:00")
    bite = Soundbite(TimeSpan(1500, 9250), text)
    return FeedItem(event, f"{SITE}a/", (), None, None, None, recording, f"{SITE}a/poster.jpg", (bite,))


@settings(max_examples=60)
@given(st.text(st.characters(), max_size=40))
@example("\x7f\x85\x9b[31m\x00\ud800\ufffe")
def test_whatever_stands_in_an_event_the_feeds_are_well_formed(text: str) -> None:
    item_of = item(text)
    page = MappedPage(item_of.page, "2026-02-03", MappedVideo(f"{SITE}p.jpg", f"{SITE}a.mp4", text, text, 60))
    for document in (rss(text, text, "en", SITE, [item_of]), sitemap([page])):
        assert not CONTROLS.search(document.decode("utf-8"))
        ElementTree.fromstring(document)
    feed = json_feed(text, text, "en", SITE, [item_of]).decode("utf-8", "surrogatepass")
    assert not re.search("[\x7f-\x9f]", feed)
    json.loads(feed)


@given(st.text(st.characters(codec="utf-8"), max_size=400))
def test_the_title_of_a_soundbite_is_short_and_one_line(text: str) -> None:
    (bite,) = ElementTree.fromstring(rss("x", "About", "en", SITE, [item(text)])).iter(f"{PODCAST}soundbite")
    assert bite.attrib == {"startTime": "1.500", "duration": "7.750"}
    assert len(bite.text or "") <= LONGEST_TITLE
    assert "\n" not in (bite.text or "")


def test_without_a_recording_nothing_is_enclosed_or_marked() -> None:
    channel = ElementTree.fromstring(rss("x", "About", "en", SITE, [item("Talk", None)]))
    assert not [*channel.iter("enclosure"), *channel.iter(f"{PODCAST}soundbite")]
    assert (
        json.loads(json_feed("x", "About", "en", SITE, [item("Talk", None)]))["items"][0]["attachments"] == []
    )


@pytest.fixture
def archive(page: Path, sound: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Makes an archive of the example whose recording is at an address."""

    def made(url: str) -> Path:
        alignment = tmp_path / "harbour.alignment.json"
        save(truth_alignment(page.with_suffix(".truth.json"), sound, page), alignment)
        assert run("archive", "add", tmp_path / "events.db", alignment, "--url", url).exit_code == 0
        return tmp_path / "events.db"

    return made


def test_marked_quotes_are_soundbites_and_others_are_told(archive, tmp_path: Path) -> None:
    quotes = tmp_path / "quotes.csv"
    quotes.write_text(
        "quote,label\nit was rebuild before and we can do it again,Rebuilt\npurple elephants voted for cheese,\n",
        "utf-8",
    )
    database = archive("https://example.org/harbour.opus")
    done = run("archive", "publish", database, tmp_path / "site", "--url", SITE, "--quotes", quotes)
    assert done.exit_code == 0
    assert "nothing like it was said: purple elephants voted for cheese" in done.stderr
    feed = ElementTree.parse(tmp_path / "site" / "feed.xml").getroot()
    (bite,) = feed.iter(f"{PODCAST}soundbite")
    assert bite.text == "Rebuilt"
    assert float(bite.attrib["startTime"]) == pytest.approx(79.904, abs=0.001)
    assert 1 < float(bite.attrib["duration"]) < 8
    assert {node.attrib["role"] for node in feed.iter(f"{PODCAST}person")} == {"guest"}


def test_a_page_of_a_video_host_is_no_enclosure(archive, tmp_path: Path) -> None:
    quotes = tmp_path / "quotes.txt"
    quotes.write_text("we can do it again\n", "utf-8")
    database = archive("https://www.youtube.com/watch?v=abc")
    done = run("archive", "publish", database, tmp_path / "site", "--url", SITE, "--quotes", quotes)
    assert "no recording that the feed can offer" in done.stderr
    feed = ElementTree.parse(tmp_path / "site" / "feed.xml").getroot()
    assert not [*feed.iter("enclosure"), *feed.iter(f"{PODCAST}soundbite")]
    (one,) = json.loads((tmp_path / "site" / "feed.json").read_text("utf-8"))["items"]
    assert not [part for part in one["attachments"] if "youtube" in part["url"]]


def test_a_recording_without_a_picture_gets_a_card_where_links_are_shown(archive, tmp_path: Path) -> None:
    database, site = archive("https://example.org/talk.mp3"), tmp_path / "site"
    assert run("archive", "publish", database, site, "--url", SITE).exit_code == 0
    own = site / "events" / "harbour"
    page, card = (own / "index.html").read_text("utf-8"), own / "card.png"
    with av.open(str(card)) as container:
        shown = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert shown.shape == (630, 1200, 3)
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) > 20, "there is text, with smooth edges"
    for name, value in (("image", f"{SITE}events/harbour/card.png"), ("image:width", "1200")):
        assert f'<meta property="og:{name}" content="{value}">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    written = card.stat().st_mtime_ns
    assert run("archive", "publish", database, site, "--url", SITE).exit_code == 0
    assert card.stat().st_mtime_ns == written
    without = tmp_path / "without"
    assert run("archive", "publish", database, without).exit_code == 0
    assert not [*without.rglob("card.png")], "nobody shares links to a site that is only tried"


def test_a_video_gets_a_picture_where_links_are_shown_and_in_the_site_map(
    archive, tmp_path: Path, write_tracks, make_track, speech
) -> None:
    movie = write_tracks(tmp_path / "talk.mkv", [make_track(speech[:, None])], True)
    database = archive("https://example.org/talk.mkv")
    site = tmp_path / "site"

    def published(sha256: str) -> tuple[str, str]:
        with closing(sqlite3.connect(database)) as connection, connection:
            connection.execute(
                "UPDATE events SET recording_path = ?, recording_sha256 = ?", (str(movie), sha256)
            )
        shutil.rmtree(site, ignore_errors=True)
        assert run("archive", "publish", database, site, "--url", SITE).exit_code == 0
        own = site / "events" / "harbour"
        return (own / "index.html").read_text("utf-8"), (site / "sitemap.xml").read_text("utf-8")

    page, places = published("0" * 64)  # another recording than the one that was aligned
    assert "poster" not in page + places
    page, places = published(sha256_of(movie))
    own = f"{SITE}events/harbour/poster.jpg"
    assert (site / "events" / "harbour" / "poster.jpg").read_bytes().startswith(b"\xff\xd8")
    assert f'<meta property="og:image" content="{own}">' in page
    assert f'"thumbnailUrl": "{own}"' in page
    assert 'poster="poster.jpg"' in page
    urls = ElementTree.fromstring(places).findall(f"{MAP}url")
    (video,) = [found for url in urls if (found := url.find(f"{VIDEO}video")) is not None]
    assert [node.tag.removeprefix(VIDEO) for node in video] == [
        *("thumbnail_loc", "title", "description", "content_loc", "duration")
    ]
    assert video.findtext(f"{VIDEO}content_loc") == "https://example.org/talk.mkv"
    days = [url.findtext(f"{MAP}lastmod") for url in urls]
    assert days[0] is None
    assert date.fromisoformat(days[1] or "")  # the day when it was added, not that of the event
    assert load(tmp_path / "harbour.alignment.json").lines
