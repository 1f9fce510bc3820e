"""The documentation site: built strictly and without a network, complete, spelled right, and true to the code."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import typer.main

from asdelivered.app.main import app
from asdelivered.app.settings import commands_of

REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(REPOSITORY / "docs"))

import diagram  # noqa: E402
import generated  # noqa: E402

LETTER = 6.3
"""Pixels of a letter of the diagram's small print, on average."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    # A proxy where nobody listens, so that any access to the network fails.
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=REPOSITORY,
        env={**os.environ, **nowhere, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "WARNING" not in run.stderr, run.stderr
    return folder


class Page(HTMLParser):
    """What a page links to, what it loads, and its link targets."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.places |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag in ("script", "img", "link") and given.get("rel") not in (
            "canonical",
            "prev",
            "next",
            "edit",
        ):
            self.loaded += [given[name] for name in ("src", "href") if name in given]


def test_every_link_leads_to_a_page_and_a_place(site: Path) -> None:
    pages = {file: Page(file.read_text("utf-8")) for file in site.rglob("*.html") if file.name != "404.html"}
    assert len(pages) > 20
    broken = []
    for file, page in pages.items():
        for link in (*page.links, *page.loaded):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.exists() or (
                parts.fragment
                and target in pages
                and unquote(parts.fragment) not in pages[target].places | {"__skip"}
            ):
                broken.append((file.name, link))
    assert broken == []


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for file in site.rglob("*.html"):
        loaded = Page(file.read_text("utf-8")).loaded
        assert [one for one in loaded if urlsplit(one).netloc] == [], file


def test_every_command_and_option_is_on_the_page_of_commands(site: Path) -> None:
    page = (site / "reference" / "commands.html").read_text("utf-8")
    for words, command in commands_of(typer.main.get_command(app)):
        assert f'id="{"-".join(("asdelivered", *words))}"' in page
        for option in command.params:
            for name in option.opts if option.param_type_name == "option" else ():
                assert name in page, (words, name)


def test_everything_that_is_offered_to_python_is_on_its_page(site: Path) -> None:
    page = (site / "reference" / "python.html").read_text("utf-8")
    for stub in REPOSITORY.glob("*/__init__.pyi"):
        for module, name in re.findall(r"from \.(\S+) import (\w+) as", stub.read_text()):
            assert f'id="asdelivered.{stub.parent.name}.{module}.{name}"' in page, name


def test_the_diagram_shows_every_package_and_no_import_goes_against_it() -> None:
    drawn = diagram.svg(generated.layers())
    height = {name: row for row, layer in enumerate(generated.layers()) for name in layer}
    assert set(height) <= set(diagram.WHAT)
    for layer in generated.layers():
        for name, _, width in diagram.boxes(layer):
            assert f">{name}</text>" in drawn
            assert len(diagram.WHAT[name]) * LETTER < width, f"{name}: what it holds is wider than its box"
    look = """
import grimp, itertools, sys
graph = grimp.build_graph("asdelivered", cache_dir=None)
for one, other in itertools.permutations(sys.argv[1:], 2):
    if graph.find_shortest_chain(f"asdelivered.{one}", f"asdelivered.{other}", as_packages=True):
        print(one, other)
"""
    run = subprocess.run(
        [sys.executable, "-c", look, *height],
        capture_output=True,
        text=True,
        check=True,
    )
    imports = [line.split() for line in run.stdout.splitlines()]
    assert ["app", "align"] in imports
    assert [pair for pair in imports if height[pair[0]] >= height[pair[1]]] == []


def test_documents_are_spelled_right() -> None:
    documents = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md"), REPOSITORY / "mkdocs.yml"]
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "codespell_lib",
            "--ignore-words",
            REPOSITORY / "docs" / "words.txt",
            *documents,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
