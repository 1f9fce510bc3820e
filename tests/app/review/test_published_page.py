"""A published page, opened from the disk in a real browser: it needs nothing else, and text in it is only text."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from asdelivered.align.document_json import load
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


def test_axe_finds_nothing_serious_in_it(published: Path, tab: Any) -> None:
    from axe_core_python.sync_playwright import Axe

    for scheme in ("light", "dark"):
        context = tab.context.browser.new_context(bypass_csp=True, color_scheme=scheme)
        bare = context.new_page()
        bare.goto(published.as_uri())
        found = [one for one in Axe().run(bare)["violations"] if one["impact"] in ("serious", "critical")]
        context.close()
        assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found] == []
