"""A published page, opened from the disk in a real browser: it needs nothing else, and text in it is only text."""

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import imageio_ffmpeg
import pytest
from typer.testing import CliRunner

from asdelivered.align.document.alignment import AlignedLine
from asdelivered.align.document.alignment_json import load
from asdelivered.app.main import app

from .conftest import example
from .test_page import clickable_in, heard_at

SCRIPT = "<img src=x onerror=document.title='broken'></script><script>document.title='broken'</script>"


def run(*arguments: str | Path):
    return CliRunner().invoke(app, [*map(str, arguments)])


@pytest.fixture
def published(harbour: Path) -> Path:
    target = harbour.parent / "pages" / "talk & more.html"
    target.parent.mkdir()
    done = run("page", harbour, "-o", target)
    assert (done.exit_code, done.stdout) == (0, f"{target}\n")
    return target


def test_it_opens_from_the_disk_and_words_lead_to_their_second(
    published: Path, harbour: Path, tab: Any
) -> None:
    assert published.read_text("utf-8").count("http") == 1  # the policy's name
    tab.goto(published.as_uri())
    lines = load(harbour).lines
    for place, word in ((2, 1), (6, 3)):
        at = clickable_in(tab, f"main p >> nth={place} >> .text", word)
        tab.mouse.click(at["x"], at["y"])
        span = lines[place].words[word].span
        assert span is not None
        assert abs(heard_at(tab) - span.start) <= 50
        assert tab.evaluate("location.hash") == f"#t={span.start / 1000:g}"


def test_an_address_leads_to_a_second_or_a_quote(published: Path, harbour: Path, tab: Any) -> None:
    line = load(harbour).lines[6]
    assert line.span is not None
    tab.goto(f"{published.as_uri()}#t={line.span.start / 1000}")
    assert abs(heard_at(tab) - line.span.start) <= 50
    words = list(line.words[1:5])
    assert words[0].span is not None
    tab.goto("about:blank")
    tab.goto(f"{published.as_uri()}#q={' '.join(word.text.upper() for word in words)}")
    assert abs(heard_at(tab) - words[0].span.start) <= 50
    tab.fill("#query", "purple elephants")
    tab.keyboard.press("Enter")
    assert tab.inner_text("#told") == "These words do not stand here."


def test_script_in_names_and_text_is_text(tmp_path: Path, tab: Any) -> None:
    alignment = example(tmp_path, lambda line: replace(line, speaker=SCRIPT))
    assert run("page", alignment, "--title", SCRIPT).exit_code == 0
    tab.goto((tmp_path / "harbour.html").as_uri())
    assert tab.title() == SCRIPT
    assert tab.locator("h2").first.inner_text() == SCRIPT


def test_what_is_no_recording_is_told(harbour: Path) -> None:
    for place, code in (("javascript://x/y", 2), ("ftp://example.org/a.mp3", 2), ("gone.mp3", 1)):
        done = run("page", harbour, "--recording", place)
        assert (done.exit_code, "Traceback" in done.output) == (code, False), done.output
    assert not (harbour.parent / "harbour.html").exists()
    assert run("page", harbour, "--recording", "https://example.org/a.mp4?x=1&y").exit_code == 0
    html = (harbour.parent / "harbour.html").read_text("utf-8")
    assert '<video id="player" controls preload="metadata" src="https://example.org/a.mp4?x=1&amp;y">' in html


def test_a_site_s_page_is_the_same_page(published: Path, harbour: Path, tab: Any) -> None:
    database, site = harbour.parent / "events.db", harbour.parent / "site"
    assert run("archive", "add", database, harbour, "--url", "https://example.org/a.mp4").exit_code == 0
    assert run("archive", "publish", database, site, "--url", "https://example.org/").exit_code == 0
    (page,) = site.glob("events/*/index.html")
    own, other = (path.read_text("utf-8").partition("<main")[2] for path in (published, page))
    assert own == other
    line = load(harbour).lines[6]

    def served(route: Any) -> None:
        place = site / unquote(urlsplit(route.request.url).path).lstrip("/")
        route.fulfill(path=harbour.with_name("harbour.opus") if place.name == "a.mp4" else place)

    tab.route("https://example.org/**", served)
    address = "https://example.org/" + quote(page.relative_to(site).as_posix())
    tab.goto(f"{address}#q={' '.join(word.text for word in line.words[1:5])}")
    assert line.words[1].span is not None
    assert abs(heard_at(tab) - line.words[1].span.start) <= 50
    assert tab.get_by_text("All events").get_attribute("href") == "../../"
    assert tab.locator("track").count() == 2


def test_captions_are_in_the_page_of_a_movie(harbour: Path, tab: Any) -> None:
    movie = harbour.parent / "harbour.mkv"
    subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(), *("-v", "error", "-f", "lavfi", "-i", "color=teal:s=160x90:r=5:d=143"),
            *("-i", harbour.with_name("harbour.opus"), "-c:v", "libvpx", "-c:a", "copy", "-shortest", movie),
        ],
        check=True,
    )  # fmt: skip
    assert run("page", harbour, "--recording", movie).exit_code == 0
    line = load(harbour).lines[6]
    assert line.span is not None
    tab.goto(f"{harbour.with_name('harbour.html').as_uri()}#t={line.span.start / 1000 + 0.2}")
    assert tab.locator("video").count() == 1
    heard_at(tab)
    tab.wait_for_function("() => document.querySelector('#player').textTracks[0].activeCues?.length")
    shown = tab.evaluate("document.querySelector('#player').textTracks[0].activeCues[0].text")
    assert line.words[0].text in shown


def test_it_follows_what_is_said(published: Path, harbour: Path, tab: Any) -> None:
    line = next(line for line in load(harbour).lines[20:] if line.span)
    assert line.span is not None
    tab.set_viewport_size({"width": 600, "height": 420})
    tab.goto(published.as_uri())
    start = line.span.start / 1000 - 0.3
    tab.evaluate(
        "at => { const p = document.querySelector('#player'); p.currentTime = at; p.play(); }", start
    )
    tab.wait_for_function("text => document.querySelector('.now .text')?.textContent === text", arg=line.text)
    box = tab.locator(".now").bounding_box()
    bar = tab.locator("#bar").bounding_box()
    assert bar["y"] + bar["height"] <= box["y"]
    assert box["y"] + box["height"] <= 420


def test_text_from_right_to_left_runs_so(tmp_path: Path, tab: Any) -> None:
    hebrew = "תודה רבה לכולכם"

    def translated(line: AlignedLine) -> AlignedLine:
        word = replace(line.words[0], text=hebrew.split()[0])
        return replace(line, speaker="דובר", text=word.text, words=(word,))

    alignment = example(tmp_path, translated)
    assert run("page", alignment).exit_code == 0
    tab.goto((tmp_path / "harbour.html").as_uri())
    assert tab.evaluate("document.dir") == "rtl"
    time, text = (tab.locator(f"main p >> nth=2 >> {name}").bounding_box() for name in ("a", ".text"))
    assert text["x"] + text["width"] <= time["x"] + 1


def test_it_prints_as_text(published: Path, tab: Any) -> None:
    tab.goto(published.as_uri())
    tab.emulate_media(media="print", color_scheme="light")
    assert tab.is_hidden("#player")
    assert tab.is_hidden("#query")
    assert tab.is_visible("main p >> nth=0")
    assert len(tab.pdf(format="A4")) > 5000


def test_axe_finds_nothing_serious_in_any_page(published: Path, harbour: Path, tab: Any) -> None:
    from axe_core_python.sync_playwright import Axe

    site = harbour.parent / "site"
    assert run("archive", "add", harbour.parent / "events.db", harbour).exit_code == 0
    assert (
        run(
            "archive", "publish", harbour.parent / "events.db", site, "--url", "https://example.org"
        ).exit_code
        == 0
    )
    context = tab.context.browser.new_context(bypass_csp=True)
    bare = context.new_page()
    for page in (published, *site.rglob("*.html")):
        bare.goto(page.as_uri())
        for scheme in ("light", "dark"):
            bare.emulate_media(color_scheme=scheme)
            found = [one for one in Axe().run(bare)["violations"] if one["impact"] in ("serious", "critical")]
            told = [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]
            assert told == [], f"{page.name}, {scheme}"
    context.close()
