"""`asdelivered archive publish` and `serve`: a site whose links lead somewhere, search for this machine alone."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sysconfig
import urllib.error
import urllib.request
import uuid
from contextlib import closing
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import webvtt
from archive_events import write_event
from truth_alignment import truth_alignment
from typer.testing import CliRunner

from asdelivered.align.document.alignment_json import load, save
from asdelivered.app.console.counting import counting
from asdelivered.app.jobs.demo import archive_example
from asdelivered.app.main import app
from asdelivered.archive.publishing import event_files, search_index
from asdelivered.archive.publishing.site import FEW
from asdelivered.transcripts.structure.speakers.roster import read_label

COMMAND = Path(sysconfig.get_path("scripts")) / "asdelivered"
SITE = "https://events.example.org/"
SCRIPT = '<script>alert(1)</script> & "Sons"'
PODCAST = "{https://podcastindex.org/namespace/1.0}"


def run(*arguments: str | Path):
    return CliRunner().invoke(app, [*map(str, arguments)])


class Links(HTMLParser):
    """Every address of a page, every id, and its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.scripts: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.addresses += [address for name in ("href", "src") if (address := given.get(name))]
        self.ids += [name] if (name := given.get("id")) else []
        if tag == "script" and given.get("type") != "application/ld+json":  # which is data, and never runs
            self.scripts.append(given.get("src"))


@pytest.fixture(scope="module")
def database(page: Path, sound: Path, tmp_path_factory) -> Path:
    """An archive of the example, and of the same once more with a speaker who is called like a script."""
    folder = tmp_path_factory.mktemp("archive")
    alignment = truth_alignment(page.with_suffix(".truth.json"), sound, page)
    save(alignment, folder / "harbour.alignment.json")
    lines = tuple(replace(line, speaker=SCRIPT) for line in alignment.lines)
    save(replace(alignment, lines=lines), folder / "odd & new.alignment.json")
    path = folder / "events.db"
    assert run("archive", "add", path, folder).exit_code == 0
    return path


@pytest.fixture(scope="module")
def site(database: Path, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = run("archive", "publish", database, folder, "--url", SITE, "--title", "A & B")
    assert done.exit_code == 0, done.output
    return folder


def test_every_link_of_the_site_leads_to_a_file(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 3
    for path in pages:
        links = Links(path.read_text("utf-8"))
        # None but the search, a file of the site, and an event's own, which stands in it.
        assert links.scripts == (["./search.js"] if path.parent == site else [None])
        for address in links.addresses:
            whole = urljoin(SITE + quote(path.relative_to(site).as_posix()), address)
            parts = urlsplit(whole)
            if whole.startswith(SITE):
                target = site / urllib.request.url2pathname(parts.path.lstrip("/"))
                assert (target / "index.html" if target.is_dir() else target).is_file(), address


def test_events_without_a_recording_are_counted_and_have_no_dead_links(database, tmp_path):
    done = run("archive", "publish", database, tmp_path / "none")
    assert done.exit_code == 0
    assert "2 events have no recording on the web" in done.stderr
    assert "archive add --url" in done.stderr
    for path in tmp_path.glob("none/events/*/index.html"):
        links = Links(path.read_text("utf-8"))
        assert "player" not in links.ids
        assert "nothing can be played" in path.read_text("utf-8")
        assert not [address for address in links.addresses if address.startswith("#t=")]
        assert '<span class="time">' in path.read_text("utf-8")
    own = tmp_path / "events.db"
    shutil.copy(database, own)
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("UPDATE events SET url = 'https://example.org/a.opus' WHERE id = 1")
    assert "1 event has no recording" in run("archive", "publish", own, tmp_path / "one").stderr
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("UPDATE events SET url = 'https://example.org/a.opus'")
    assert run("archive", "publish", own, tmp_path / "all").stderr == ""
    for path in tmp_path.glob("all/events/*/index.html"):
        links = Links(path.read_text("utf-8"))
        assert "player" in links.ids
        assert [address for address in links.addresses if address.startswith("#t=")]


def test_names_are_text_in_pages_and_feeds(site):
    text = next(site.glob("events/odd*/index.html")).read_text("utf-8")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    people = [node.text for node in ElementTree.parse(site / "feed.xml").iter(f"{PODCAST}person")]
    assert read_label(SCRIPT).name in people
    assert read_label(SCRIPT).name in {
        author["name"]
        for item in json.loads((site / "feed.json").read_text("utf-8"))["items"]
        for author in item["authors"]
    }


def test_machines_read_the_event_its_people_and_its_turns(database, tmp_path):
    own = tmp_path / "events.db"
    shutil.copy(database, own)
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("UPDATE events SET url = 'https://example.org/a.mp4'")
    assert run("archive", "publish", own, tmp_path / "site", "--url", SITE).exit_code == 0
    for path in tmp_path.glob("site/events/*/index.html"):
        html = path.read_text("utf-8")
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        event = json.loads(data)
        assert event["url"].startswith(f"{SITE}events/")
        recording = event["recordedIn"]
        assert (recording["@type"], recording["contentUrl"]) == ("VideoObject", "https://example.org/a.mp4")
        chapters = json.loads(path.with_name("chapters.json").read_text("utf-8"))["chapters"]
        assert [clip["startOffset"] for clip in recording["hasPart"]] == [
            one["startTime"] for one in chapters
        ]
        assert all(clip["url"].startswith(f"{event['url']}#t=") for clip in recording["hasPart"])
        assert "<script>alert" not in html
        assert f'<meta property="og:url" content="{event["url"]}">' in html
        manifest = json.loads(path.with_name("manifest.json").read_text("utf-8"))
        (canvas,) = manifest["items"]
        assert manifest["type"] == "Manifest"
        assert canvas["items"][0]["items"][0]["body"]["id"] == "https://example.org/a.mp4"
        assert canvas["items"][0]["items"][0]["target"] == canvas["id"]
        turns = [one["items"][0]["id"] for one in manifest["structures"][0]["items"]]
        assert turns == [clip["url"].replace("#t=", "canvas#t=") for clip in recording["hasPart"]]
        notes = json.loads(path.with_name("annotations.json").read_text("utf-8"))
        assert canvas["annotations"][1]["id"] == notes["id"]
        for note in notes["items"]:  # each leads to the line of the page that has its words
            assert f'<p id="{note["id"].rpartition("#")[2]}"' in html
        frame = json.loads(path.with_name("oembed.json").read_text("utf-8"))["html"]
        assert frame.startswith(f'<iframe src="{event["url"]}?embed"')
        collection = json.loads((tmp_path / "site" / "collection.json").read_text("utf-8"))
        assert manifest["id"] in {one["id"] for one in collection["items"]}
        if path.parent.name == "harbour":
            assert "Question from the audience" not in {one["name"] for one in event["performer"]}
            assert event["performer"]


def test_publishing_again_touches_what_changed_and_leaves_a_tombstone(database, tmp_path):
    own, site = tmp_path / "events.db", tmp_path / "site"
    shutil.copy(database, own)
    assert run("archive", "publish", own, site, "--url", SITE).exit_code == 0
    for path in site.rglob("*"):
        os.utime(path, (1, 1))
    assert run("archive", "publish", own, site, "--url", SITE).exit_code == 0
    assert not [path for path in site.rglob("*") if path.is_file() and path.stat().st_mtime > 1]
    (site / "events" / "harbour" / "notes.txt").write_text("mine", "utf-8")
    assert run("archive", "remove", own, "harbour").exit_code == 0
    assert run("archive", "publish", own, site, "--url", SITE).exit_code == 0
    left = {path.name for path in (site / "events" / "harbour").iterdir()} - {".asdelivered.json"}
    assert left == {"index.html", "notes.txt"}
    page = site / "events" / "harbour" / "index.html"
    assert "This event was withdrawn" in page.read_text("utf-8")
    assert "harbour" not in (site / "sitemap.xml").read_text("utf-8")
    os.utime(page, (1, 1))
    assert run("archive", "publish", own, site, "--url", SITE).exit_code == 0
    assert page.stat().st_mtime == 1
    untouched = [path for path in site.rglob("events/odd*/*.*") if path.stat().st_mtime == 1]
    assert len(untouched) > 5


def test_an_event_with_a_new_name_is_found_under_the_old_one(database, tmp_path, tab) -> None:
    own, site, alignments = tmp_path / "events.db", tmp_path / "site", tmp_path / "alignments"
    assert run("archive", "export", database, "harbour", "-o", alignments).exit_code == 0
    path = alignments / "harbour.alignment.json"

    def published(name: str, *gone: str) -> Path:
        if gone:
            assert run("archive", "remove", own, *gone).exit_code == 0
        assert run("archive", "add", own, path, "--name", name).exit_code == 0
        assert run("archive", "publish", own, site, "--url", SITE).exit_code == 0
        return site / "events" / name / "index.html"

    first, second = published("harbour"), published("speech at the port", "harbour").parent
    third = published("westhaven-2026", "speech at the port")
    assert not second.is_dir()  # a blank is none in an address
    tab.goto(f"{first.as_uri()}#t=79.9")
    tab.wait_for_url("**/westhaven-2026/**")
    assert tab.url.endswith("#t=79.9")
    assert run("archive", "publish", own, site, "--url", SITE, "--language", "de").exit_code == 0
    assert "umgezogen" in first.read_text("utf-8")
    assert run("archive", "remove", own, "westhaven-2026").exit_code == 0
    assert run("archive", "publish", own, site, "--url", SITE).exit_code == 0
    for page in (first, third):
        assert "This event was withdrawn" in page.read_text("utf-8")


def test_what_an_earlier_index_needed_goes_and_what_people_put_there_stays(database, tmp_path, monkeypatch):
    own, site = tmp_path / "events.db", tmp_path / "site"
    shutil.copy(database, own)
    with monkeypatch.context() as small:
        small.setattr(search_index, "SHARD", 500)
        assert run("archive", "publish", own, site, "--url", SITE).exit_code == 0
    shards = len([*(site / "search").glob("terms-*.json")])
    (site / "search" / "terms-notes.json").write_text("mine", "utf-8")
    assert run("archive", "publish", own, site, "--url", SITE).exit_code == 0
    left = {path.name for path in (site / "search").glob("terms-*.json")}
    named = json.loads((site / "search" / "index.json").read_text("utf-8"))["shards"]
    assert left == {"terms-notes.json", *(f"terms-{number}.json" for number in range(len(named)))}
    assert len(named) < shards


@pytest.mark.parametrize(
    ("url", "at"),
    [
        ("https://www.youtube.com/watch?v=abc", "v=abc&t=79"),
        ("https://vimeo.com/123", "?t=79"),
        ("https://tube.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv", "?start=79"),
    ],
)
def test_a_recording_at_a_video_host_gets_the_host_s_own_links(database, tmp_path, url, at):
    own = tmp_path / "events.db"
    shutil.copy(database, own)
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("UPDATE events SET url = ?", (url,))
    assert run("archive", "publish", own, tmp_path / "site", "--url", SITE).exit_code == 0
    links = Links((tmp_path / "site" / "events" / "harbour" / "index.html").read_text("utf-8"))
    assert "player" not in links.ids
    assert url in links.addresses
    assert url.partition("?")[0] + (at if at.startswith("?") else f"?{at}") in links.addresses
    assert not list(tmp_path.rglob("manifest.json"))  # its recording is a page, which no viewer plays


def test_a_table_gives_each_event_its_address(database, tmp_path):
    alignments = tmp_path / "alignments"
    assert run("archive", "export", database, "-o", alignments).exit_code == 0
    table, own = tmp_path / "urls.csv", tmp_path / "own.db"
    table.write_text("name,url\nharbour,https://example.org/1.opus\n", "utf-8")
    assert run("archive", "add", own, alignments, "--url", table).exit_code == 0
    events = {one["name"]: one["url"] for one in json.loads(run("archive", "list", own, "--json").stdout)}
    assert events["harbour"] == "https://example.org/1.opus"
    assert [url for name, url in events.items() if name != "harbour"] == [None]
    for rows, said in (
        ("harbor,https://example.org/1.opus", "line 1"),
        ("harbour", "line 1 is not a name and an address"),
    ):
        table.write_text(rows, "utf-8")
        done = run("archive", "add", own, alignments, "--url", table)
        assert done.exit_code == 2
        assert said in done.output


def test_feeds_name_people_alone_and_sizes_that_are_known(database, sound, tmp_path):
    own = tmp_path / "events.db"
    shutil.copy(database, own)
    labels = ("Member of the audience", "Rosa Lind, Director Harbour Trust", "Panellist")
    with closing(sqlite3.connect(own)) as connection, connection:
        speakers = [number for (number,) in connection.execute("SELECT id FROM speakers ORDER BY id")]
        for number, label in zip(speakers, labels, strict=False):
            connection.execute("UPDATE speakers SET name = ? WHERE id = ?", (label, number))
        connection.execute(
            "UPDATE events SET url = 'https://example.org/a.opus', recording_path = ?", (str(sound),)
        )
    assert run("archive", "publish", own, tmp_path / "site", "--url", SITE).exit_code == 0
    channel = ElementTree.parse(tmp_path / "site" / "feed.xml").getroot().find("channel")
    assert channel is not None
    people = {node.text for node in channel.iter(f"{PODCAST}person")}
    assert "Rosa Lind" in people
    assert not people & {*labels}
    sizes = {node.attrib["length"] for node in channel.iter("enclosure")}
    assert sizes == {str(sound.stat().st_size)}
    # The guid that the specification gives for the feed of this address; see podcastindex.org/namespace/1.0#guid.
    assert channel.findtext(f"{PODCAST}guid") == str(
        uuid.uuid5(uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6"), "events.example.org/feed.xml")
    )
    items = json.loads((tmp_path / "site" / "feed.json").read_text("utf-8"))["items"]
    assert {one["attachments"][0]["size_in_bytes"] for one in items} == {sound.stat().st_size}


def test_the_feeds_name_transcripts_and_chapters_that_are_there(site):
    channel = ElementTree.parse(site / "feed.xml").getroot().find("channel")
    assert channel is not None
    assert channel.findtext("title") == "A & B"
    items = channel.findall("item")
    assert len(items) == 2
    for item in items:
        kinds = [node.get("type") for node in item.findall(f"{PODCAST}transcript")]
        assert kinds == ["text/vtt", "application/x-subrip", "application/json"]
        for node in (*item.findall(f"{PODCAST}transcript"), item.find(f"{PODCAST}chapters")):
            assert node is not None
            url = node.attrib["url"]
            assert (site / urllib.request.url2pathname(url.removeprefix(SITE))).is_file()
    for path in site.rglob("chapters.json"):
        chapters = json.loads(path.read_text("utf-8"))["chapters"]
        assert [one["startTime"] for one in chapters] == sorted(one["startTime"] for one in chapters)
        if path.parent.name == "harbour":  # in the other, one speaker after himself is one chapter of WebVTT
            assert len(webvtt.read(str(path.with_suffix(".vtt")))) == len(chapters)
    places = [
        node.text
        for node in ElementTree.parse(site / "sitemap.xml").iter(
            "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
        )
    ]
    assert places[0] == SITE
    assert len(places) == 3


@pytest.fixture(scope="module")
def address(database: Path):
    with subprocess.Popen(
        [COMMAND, "archive", "serve", database, "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


def ask(address: str, **headers: str) -> tuple[int, str, bytes]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers["content-type"], answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["content-type"], error.read()


def test_a_quote_is_found_and_leads_to_its_second(address):
    status, _, found = ask(f"{address}?q=" + quote("it was rebuild before and we can do it again"))
    assert status == 200
    hit = re.search(r'href="(event/\d+/)#t=79\.904,[\d.]+"', found.decode())
    assert hit
    status, _, event = ask(address + hit[1])
    links = Links(event.decode())
    assert status == 200
    assert 'data-start="79.904"' in event.decode()
    for one in links.addresses:
        if not one.startswith(("#", "data:")):
            assert ask(urljoin(address + hit[1], one))[0] == 200, one
    assert ask(f"{address}event/1/recording", Range="bytes=0-99")[0] == 206
    assert b"Nothing like it was said" in ask(f"{address}?q=" + quote("purple elephants voted for cheese"))[2]


def test_what_is_found_stands_in_its_sentence_with_count_pages_and_a_player(address):
    found = ask(f"{address}?q=the")[2].decode()
    count = re.search(r'role="status">1 to (\d+) of (\d+)<', found)
    assert count
    assert 20 == int(count[1]) < int(count[2])
    assert found.count('class="hit"') == 20
    passages = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", found)
    assert all("<mark>" in passage for passage in passages)
    assert all(len(re.sub("<[^>]*>", "", passage).split()) > 3 for passage in passages)
    assert re.search(r'<audio controls preload="none" src="event/\d+/recording#t=[\d.]+,[\d.]+"', found)
    following = ask(f"{address}?q=the&page=2")[2].decode()
    assert 'role="status">21 to ' in following
    assert not set(re.findall(r'href="(event/[^"]+)"', found)) & set(
        re.findall(r'href="(event/[^"]+)"', following)
    )
    assert re.search(r'href="\./\?q=the&amp;speaker=[^"]+"[^>]*>[^<]+ \(\d+\)<', found)
    first = ask(address)[2].decode()
    assert 'href="event/1/"' in first
    assert "From this day<input" in first
    assert "Type a quote" in ask(f"{address}?speaker=Reed")[2].decode()


def test_words_that_are_no_quote_are_found_where_they_stand_together(address):
    found = ask(f"{address}?q=" + quote("crossings ferry"))[2].decode()
    assert "These words stand together" in found
    passage = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", found)
    assert passage
    assert re.findall("<mark>(.*?)</mark>", passage[1]) == ["ferry", "crossings"]
    assert "Nothing like it was said" in ask(f"{address}?q=" + quote("crossings submarine"))[2].decode()


def test_what_is_asked_is_text(address):
    found = ask(f"{address}?q=" + quote(SCRIPT) + "&speaker=" + quote(SCRIPT))[2].decode()
    assert "<script>alert" not in found
    assert "A day is written like" in ask(f"{address}?q=x&since=soon")[2].decode()


@pytest.mark.parametrize(
    "place", ["event/99/", "event/99/recording", "event/-1/", "..%2f..%2fetc/passwd", "%2e%2e/events.db"]
)
def test_what_is_not_there_is_told(address, place):
    assert ask(address + place)[0] == 404


def test_another_host_gets_nothing(address):
    assert ask(address, Host="evil.example.org")[0] == 421


def test_only_the_recording_that_was_aligned_is_served(database, sound, tmp_path):
    own = tmp_path / "events.db"
    shutil.copy(database, own)
    copy, other = tmp_path / "copy.opus", tmp_path / "other.opus"
    shutil.copy(sound, copy)
    other.write_bytes(sound.read_bytes() + b"another")
    with closing(sqlite3.connect(own)) as connection, connection:
        numbers = [number for (number,) in connection.execute("SELECT id FROM events ORDER BY id")]
        for number, path in zip(numbers, (copy, other), strict=True):
            connection.execute("UPDATE events SET recording_path = ? WHERE id = ?", (str(path), number))
    with subprocess.Popen(
        [COMMAND, "archive", "serve", own, "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        same, different = (f"{address}event/{number}/" for number in numbers)
        assert b"<audio" in ask(same)[2]
        assert ask(f"{same}recording")[2] == sound.read_bytes()
        assert b"<audio" not in ask(different)[2]
        assert ask(f"{different}recording")[0] == 404
        copy.write_bytes(other.read_bytes())  # changed since it was hashed
        assert ask(f"{same}recording")[0] == 404
        server.terminate()


def test_no_page_has_a_control_character(page: Path, sound: Path, tmp_path: Path) -> None:
    alignment = truth_alignment(page.with_suffix(".truth.json"), sound, page)
    marks = "\x1b[31m\x07\x7f\x9b"
    lines = tuple(replace(line, speaker=f"{marks}Anna") for line in alignment.lines)
    transcript = replace(alignment.transcript, title=f"{marks}Title")
    save(replace(alignment, lines=lines, transcript=transcript), tmp_path / "talk.alignment.json")
    db, out = tmp_path / "events.db", tmp_path / "out"
    for command in (
        ("page", tmp_path / "talk.alignment.json", "-o", out / "talk.html", "--title", f"{marks}Title"),
        ("archive", "add", db, tmp_path / "talk.alignment.json"),
        ("archive", "publish", db, out, "--title", f"{marks}Events"),
    ):
        assert run(*command).exit_code == 0
    written = [path for path in out.rglob("*") if path.is_file() and not path.name.startswith(".")]
    assert len(written) > 10
    escapes = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
    assert [path.name for path in written if escapes.search(path.read_text("utf-8"))] == []
    pages = [
        path for path in written if path.suffix == ".html" or path.name in ("feed.json", "chapters.json")
    ]
    controls = re.compile(r"[\x7f-\x9f]")
    assert [path.name for path in pages if controls.search(path.read_text("utf-8"))] == []


@pytest.fixture
def own_site(database: Path, tmp_path: Path):
    """Publishes a copy of the archive, after a change to its database."""
    own = tmp_path / "events.db"
    shutil.copy(database, own)

    def again(*options: str, change: str = "") -> Path:
        if change:
            with closing(sqlite3.connect(own)) as connection, connection:
                connection.execute(change)
        done = run("archive", "publish", own, tmp_path / "site", "--url", SITE, *options)
        assert done.exit_code == 0, done.output
        return tmp_path / "site"

    return own, again


@pytest.mark.parametrize("code", ["de", "fr"])
def test_a_site_speaks_another_language_and_wears_a_theme(own_site, tmp_path, code) -> None:
    own, again = own_site
    theme = tmp_path / "house.css"
    theme.write_text(":root { --accent: #123456; }", "utf-8")
    plain = again().joinpath("index.html").read_text("utf-8")
    site = again("--language", code, "--theme", str(theme))
    front = (site / "index.html").read_text("utf-8")
    assert f'<html lang="{code}">' in front
    for page in (front, (site / "events" / "harbour" / "index.html").read_text("utf-8")):
        assert not re.search(r">(All|Search|Events|Speaker|Copy quote|All events|Find)<", page)
    assert re.search(r">Events<", plain)
    assert "#123456" in (site / "page.css").read_text("utf-8")
    assert "#123456" in (site / "events" / "harbour" / "index.html").read_text("utf-8")
    assert run("archive", "remove", own, "harbour").exit_code == 0
    gone = again("--language", code).joinpath("events", "harbour", "index.html")
    assert "withdrawn" not in re.sub("<meta[^>]*>", "", gone.read_text("utf-8"))
    before = gone.read_bytes()
    assert again("--language", "en").joinpath("events", "harbour", "index.html").read_bytes() == before


@pytest.mark.parametrize(
    "options",
    [("--theme", "pretty"), ("--theme", "none.css"), ("--language", "xx"), ("--theme", "bad.css")],
)
def test_a_theme_or_a_language_that_there_is_not_is_refused(database, tmp_path, monkeypatch, options) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.css").write_text("</style><script>", "utf-8")
    done = run("archive", "publish", database, tmp_path / "site", *options)
    assert done.exit_code == 2
    assert not (tmp_path / "site").exists()


def test_publishing_again_makes_only_the_captions_of_what_changed(own_site, monkeypatch) -> None:
    _, again = own_site
    made: list[str] = []
    captions = event_files.captions_of
    monkeypatch.setattr(event_files, "captions_of", lambda one: made.append("") or captions(one))
    site = again()
    assert len(made) == 2
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    again()
    assert len(made) == 2
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    again(change="UPDATE events SET url = 'https://example.org/a.opus' WHERE name = 'harbour'")
    assert len(made) == 3
    (site / "events" / "harbour" / "manifest.json").unlink()
    again()
    assert len(made) == 4
    assert (site / "events" / "harbour" / "manifest.json").is_file()
    again("--theme", "paper")
    assert len(made) == 6


def test_several_processes_make_the_same_site(tmp_path) -> None:
    folder = tmp_path / "alignments"
    folder.mkdir()
    for number in range(FEW + 2):
        write_event(number, folder, 40)
    own = tmp_path / "events.db"
    assert run("archive", "add", own, folder).exit_code == 0
    made = []
    for jobs in ("1", "2"):
        site = tmp_path / f"site-{jobs}"
        assert run("archive", "publish", own, site, "--url", SITE, "--jobs", jobs).exit_code == 0
        made.append({path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()})
    assert made[0] == made[1]
    assert len([path for path in made[0] if path.name == "transcript.vtt"]) == FEW + 2


def test_a_corrected_line_is_marked_with_the_day_and_stays_so(database, tmp_path) -> None:
    own, site, alignments = tmp_path / "events.db", tmp_path / "site", tmp_path / "alignments"
    assert run("archive", "export", database, "harbour", "-o", alignments).exit_code == 0
    path = alignments / "harbour.alignment.json"
    page = site / "events" / "harbour" / "index.html"

    def published() -> str:
        assert run("archive", "add", own, path).exit_code == 0
        assert run("archive", "publish", own, site, "--url", SITE).exit_code == 0
        return page.read_text("utf-8")

    assert 'class="corrected"' not in published()
    alignment = load(path)
    third = alignment.lines[3]
    words = (replace(third.words[0], text="Corrected"), *third.words[1:])
    text = " ".join(word.text for word in words)
    lines = (*alignment.lines[:3], replace(third, text=text, words=words), *alignment.lines[4:])
    save(replace(alignment, lines=lines), path)
    first = published()
    (mark,) = re.findall(r'([^>]*)</span><small class="corrected"[^>]*>corrected <time>([^<]*)<', first)
    assert mark[0] == escape(text)
    page.write_text(first.replace(mark[1], "2020-02-02"), "utf-8")
    assert run("archive", "publish", own, site, "--url", SITE, "--force").exit_code == 0
    assert page.read_text("utf-8") == first.replace(mark[1], "2020-02-02")


def test_the_example_becomes_an_archive_and_a_site(page, sound, tmp_path) -> None:
    for path in (page, sound):
        shutil.copy(path, tmp_path)
    path = tmp_path / "harbour.alignment.json"
    save(truth_alignment(page.with_suffix(".truth.json"), tmp_path / sound.name, tmp_path / page.name), path)
    archive_example(path, counting)
    made = archive_example(path, counting)
    (event,) = json.loads(run("archive", "list", made.database, "--json").stdout)
    assert event["name"] == "harbour"
    html = (made.site / "events" / "harbour" / "index.html").read_text("utf-8")
    assert f'src="{made.address}/{sound.name}"' in html
    assert (made.site / sound.name).read_bytes() == sound.read_bytes()
