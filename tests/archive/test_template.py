"""A template of one's own around the pages of a site: placed as it is, or refused in one sentence."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from truth_alignment import truth_alignment
from typer.testing import CliRunner

from asdelivered.align.document.alignment_json import save
from asdelivered.app.main import app
from asdelivered.archive.publishing.template import parse_template
from asdelivered.base.errors import UsageError

TEMPLATE = """
<header class="house"><a href="{{root}}"><img src="{{root}}logo.svg" alt="Harbour Office" width="40"></a>
<h1>Harbour Office</h1><nav aria-label="House"><a href="https://example.org/{{ language }}/">Home</a></nav></header>
{{content}}
<div class="house">You read: {{title}} &copy; Harbour Office</div>
"""


def run(*arguments: str | Path):
    return CliRunner().invoke(app, [*map(str, arguments)])


def test_what_it_says_stands_around_the_content_with_its_places_filled() -> None:
    lines = parse_template(TEMPLATE).around(["<main>x</main>"], "../../", "A & <B>", "de")
    text = "\n".join(lines)
    assert '<img src="../../logo.svg"' in text
    assert "https://example.org/de/" in text
    assert "You read: A &amp; &lt;B&gt; &copy;" in text
    assert text.index("<nav") < text.index('<div id="content">') < text.index("You read")
    assert "{{" not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<header>Mine</header>", "has no {{content}}"),
        ("{{content}} {{content}}", "more than once"),
        ("{{content}} {{menu}}", "has {{menu}}, and there is only"),
        ("<!-- {{content}} -->", "in a comment or a tag"),
        ("<!-- {{content}}", "in a comment or a tag"),
        ('<a title="{{content}}">x</a>', "in a comment or a tag"),
        ("<html><body>{{content}}</body></html>", "inside <body> alone"),
        ("{{content}}<script>alert(1)</script>", "<script>, which the security policy"),
        ("<style>p { color: red }</style>{{content}}", "--theme"),
        ('<p style="color: red">x</p>{{content}}', "--theme"),
        ('<a href=" java\nscript:alert(1)">x</a>{{content}}', "a script in <a href=...>"),
        ('<img onerror="alert(1)" src="x">{{content}}', "a script in <img onerror=...>"),
        ('<div id="text">{{content}}</div>', 'id="text"'),
    ],
)
def test_what_the_pages_could_not_work_with_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_template(text)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@given(st.text(max_size=30), st.text(max_size=30))
def test_it_is_refused_or_holds_the_content_once(before: str, after: str) -> None:
    try:
        template = parse_template(f"{before}{{{{content}}}}{after}")
    except UsageError:
        return
    lines = template.around(["THE CONTENT"], "./", "", "en")
    assert lines.count("THE CONTENT") == 1
    assert template.any == bool(before.strip() or after.strip())


@pytest.fixture(scope="module")
def site(page: Path, sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example under a template, with a logo."""
    folder = tmp_path_factory.mktemp("house")
    for path in (page, sound):
        shutil.copy(path, folder)
    alignment = folder / "harbour.alignment.json"
    save(truth_alignment(page.with_suffix(".truth.json"), folder / sound.name, folder / page.name), alignment)
    (folder / "house.html").write_text(TEMPLATE, "utf-8")
    assert run("archive", "add", folder / "events.db", alignment).exit_code == 0
    done = run(
        "archive", "publish", folder / "events.db", folder / "site", "--template", folder / "house.html"
    )
    assert done.exit_code == 0, done.output
    logo = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'
    )
    (folder / "site" / "logo.svg").write_text(logo, "utf-8")
    return folder


def test_a_template_that_is_missing_or_wrong_leaves_no_site(site: Path, tmp_path: Path) -> None:
    for text in (None, "<p>no place</p>"):
        path = tmp_path / "own.html"
        if text:
            path.write_text(text, "utf-8")
        done = run("archive", "publish", site / "events.db", tmp_path / "site", "--template", path)
        assert done.exit_code == 2
        assert str(path) in done.output.replace("\n", "")
        assert not (tmp_path / "site").exists()


def test_every_page_wears_it_and_an_embedded_quote_does_not(site: Path, tab: Any) -> None:
    complaints: list[str] = []
    tab.on("console", lambda said: complaints.append(said.text) if "Security" in said.text else None)
    event = (site / "site" / "events" / "harbour" / "index.html").as_uri()
    for address in (event, (site / "site" / "index.html").as_uri()):
        tab.goto(address)
        assert tab.locator("header.house").is_visible()
        assert tab.evaluate("document.querySelector('.house img').naturalWidth") == 40
        assert "You read: " in tab.inner_text("body")
    assert complaints == []
    tab.goto(f"{event}?embed#t=79.9,84")
    tab.wait_for_selector(".embed")
    assert tab.locator(".house:visible").count() == 0
    assert tab.locator("#text p:visible").count() >= 1
    title = tab.inner_text("#content h1")
    assert title
    assert title != "Harbour Office"


def test_a_changed_template_makes_the_pages_anew(site: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(site, tmp_path / "copy")
    for text in (TEMPLATE, TEMPLATE.replace("Harbour Office", "Port Authority")):
        (folder / "house.html").write_text(text, "utf-8")
        run("archive", "publish", folder / "events.db", folder / "site", "--template", folder / "house.html")
        html = (folder / "site" / "events" / "harbour" / "index.html").read_text("utf-8")
        assert ("Port Authority" in html) == ("Port Authority" in text)
        assert (folder / "site" / "logo.svg").is_file()
