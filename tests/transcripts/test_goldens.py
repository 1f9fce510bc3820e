"""Pages in the styles of institutions, in eight languages: what is read from them, and that nothing is lost."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from transcript_goldens import GOLDENS, PAGES, golden

from asdelivered.transcripts.encodings import decode
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.source import read_source

NAMES = sorted(page.name for page in PAGES.iterdir())


def test_there_are_pages_enough() -> None:
    languages = {read_transcript(PAGES / name).language for name in NAMES}
    assert len(NAMES) >= 12
    assert {"en", "de", "fr", "es", "it", "nl", "pt", "pl"} <= languages


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_read_as_its_golden_says(name: str) -> None:
    """After a change that is meant: python tests/transcripts/transcript_goldens.py, and read what changed."""
    expected = (GOLDENS / f"{name}.golden").read_text(encoding="utf-8")
    assert golden(read_transcript(PAGES / name)) == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_character_that_a_person_sees_is_there_once(name: str) -> None:
    seen = SEEN[Path(name).suffix](decode(read_source(PAGES / name)))
    page = read_transcript(PAGES / name)
    assert bare(page.source) == bare(seen)
    for _, line in page.spoken_lines():
        assert bare(line.text) in bare(seen)
        assert "".join(token.text for token in line.tokens) == bare(line.text)


def bare(text: str) -> str:
    return "".join(text.split())


class Visible(HTMLParser):
    """The text of a page, by the parser of the standard library."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        unseen = given.get("aria-hidden") == "true" or {"visually-hidden", "screen-reader-text"} & set(
            classes
        )
        if self.hidden or unseen or tag in ("script", "style", "title"):
            self.hidden += [tag] if tag not in ("input", "img", "br", "meta", "link") else []

    def handle_endtag(self, tag: str) -> None:
        if self.hidden and self.hidden[-1] == tag:
            self.hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.text.append(data)


def visible(html: str) -> str:
    parser = Visible()
    parser.feed(html)
    return "".join(parser.text)


def rendered(markdown: str) -> str:
    """Markdown as the web page that it makes, with its front matter and the numbers of its lists."""
    found = re.match(r"(---\n.*?---\n)?(.*)", markdown, re.DOTALL)
    assert found
    front, body = found.groups()
    html = MarkdownIt("commonmark").render(body)
    count = iter(range(1, 100))
    html = re.sub(r"<li>", lambda _: f"<li>{next(count)}.", html).replace("<hr />", "***")
    return (front or "") + visible(html)


SEEN = {".txt": str, ".html": visible, ".md": rendered}


def test_what_is_not_spoken_stays_with_its_kind() -> None:
    kinds = {
        line.kind for name in NAMES for turn in read_transcript(PAGES / name).turns for line in turn.lines
    }
    assert kinds == set(LineKind)
