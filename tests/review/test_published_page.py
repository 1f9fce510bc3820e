"""A published page, opened from the disk in a real browser: it needs nothing else, and text in it is only text."""

import re
import struct
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import imageio_ffmpeg
import pytest
from typer.testing import CliRunner

from asdelivered.align.document.alignment import AlignedLine
from asdelivered.align.document.alignment_json import load, save
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
    # A player that plays moves on at once, so where it began is noted.
    tab.add_init_script(
        "const play = HTMLMediaElement.prototype.play;"
        "HTMLMediaElement.prototype.play = function () { window.began = this.currentTime; return play.call(this); };"
    )
    tab.goto(published.as_uri())
    lines = load(harbour).lines
    for place, word in ((2, 1), (6, 3)):
        at = clickable_in(tab, f"main p >> nth={place} >> .text", word)
        tab.mouse.click(at["x"], at["y"])
        span = lines[place].words[word].span
        assert span is not None
        tab.wait_for_function("() => !document.querySelector('#player').paused")
        assert abs(1000 * tab.evaluate("window.began") - span.start) <= 50
        assert tab.evaluate("location.hash") == f"#t={span.start / 1000:g}"


def choose(tab: Any, place: int, first: int, last: int) -> None:
    """Select words of a line, as a person does with the mouse."""
    tab.locator(f"main p >> nth={place} >> .text").evaluate(
        """(element, [first, last]) => {
            const node = element.firstChild, found = [...node.data.matchAll(/\\S+/g)];
            const from = found[first].index + 1, to = found[last].index + found[last][0].length - 1;
            getSelection().setBaseAndExtent(node, from, node, to);
        }""",
        [first, last],
    )
    tab.wait_for_selector("#quote:visible")


def test_selected_words_are_a_quote_to_copy_cite_and_embed(published: Path, harbour: Path, tab: Any) -> None:
    tab.goto(published.as_uri())
    line = load(harbour).lines[6]
    first, last = line.words[1].span, line.words[4].span
    assert first is not None
    assert last is not None
    where = f"#t={first.start / 1000:g},{last.end / 1000:g}"
    words = " ".join(word.text for word in line.words[1:5])
    choose(tab, 6, 1, 4)

    def copied() -> str:
        tab.wait_for_function("() => document.querySelector('#done').textContent === 'Copied'")
        tab.evaluate("document.querySelector('#done').textContent = ''")
        return str(tab.evaluate("navigator.clipboard.readText()"))

    tab.click("[data-do=copy]")
    quote, about, link = copied().splitlines()
    assert quote == f"“{words}”"
    assert line.speaker is not None
    assert line.speaker in about
    assert link == published.as_uri() + where
    for style, sign in (
        ("chicago", ",”"),
        ("apa", "[Audio]"),
        ("bibtex", "@misc{"),
        ("wikipedia", "{{cite AV media "),
    ):
        tab.select_option("#quote select", style)
        citation = copied()
        assert sign in citation
        assert link in citation
    tab.click("[data-do=embed]")
    assert copied().startswith(f'<iframe src="{published.as_uri()}?embed{where}"')
    with tab.expect_download() as download:
        tab.click("[data-do=card]")
    picture = Path(download.value.path()).read_bytes()
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    tab.goto(f"{published.as_uri()}?embed{where}")
    assert tab.locator("main p:visible").count() == 1
    assert tab.is_hidden("#find")
    assert abs(heard_at(tab) - first.start) <= 50


def test_what_is_copied_has_no_times_in_it(published: Path, harbour: Path, tab: Any) -> None:
    tab.goto(published.as_uri())
    tab.locator("main").click(position={"x": 2, "y": 2})
    tab.keyboard.press("Control+a")
    tab.keyboard.press("Control+c")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert load(harbour).lines[6].text in copied
    assert not re.search(r"\d:\d\d:\d\d|not heard", copied.partition("Times by asdelivered")[0])


def test_a_line_has_an_address_of_its_own(published: Path, harbour: Path, tab: Any) -> None:
    line = load(harbour).lines[6]
    assert line.span is not None
    tab.goto(published.as_uri())
    own = tab.locator("main p >> nth=6").get_attribute("id")
    tab.goto("about:blank")
    tab.goto(f"{published.as_uri()}#{own}")
    assert abs(heard_at(tab) - line.span.start) <= 50


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


@pytest.mark.parametrize(
    ("language", "words"),
    [("de-AT", ("Zum Text", "Zitat kopieren")), ("fr", ("Aller au texte", "Copier la citation"))],
)
def test_its_words_are_in_the_language_of_the_text(
    tmp_path: Path, language: str, words: tuple[str, ...]
) -> None:
    path = example(tmp_path, lambda line: line)
    alignment = load(path)
    save(replace(alignment, transcript=replace(alignment.transcript, language=language)), path)
    assert run("page", path).exit_code == 0
    html = (tmp_path / "harbour.html").read_text("utf-8")
    assert all(word in html for word in words)
    assert "Copy quote" not in html


def test_it_prints_as_text(published: Path, tab: Any) -> None:
    tab.goto(published.as_uri())
    tab.emulate_media(media="print", color_scheme="light")
    assert tab.is_hidden("#player")
    assert tab.is_hidden("#query")
    assert tab.is_visible("main p >> nth=0")
    assert len(tab.pdf(format="A4")) > 5000


def test_without_scripts_there_is_the_text_and_nothing_that_does_not_work(
    published: Path, chromium: Any
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(published.as_uri())
    assert page.is_visible("#player")
    assert page.is_visible("main p >> nth=0")
    assert page.is_hidden("#find")
    assert page.is_hidden("#quote")
    context.close()


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
