"""The words of the pages: all of them in the catalogue, in each language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from asdelivered.align.document.alignment import AlignedLine, Status
from asdelivered.align.document.alignment_json import load
from asdelivered.review.doubt import doubt_of, usual_rates

from .conftest import Server, opened

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = {"review": REPOSITORY / "review" / "page", "desk": REPOSITORY / "app" / "desk" / "page"}
NAMES = {"asdelivered", "Chicago", "APA", "BibTeX", "Wikipedia"}
"""Names, which are the same in every language."""
SHOWN = re.compile(
    r"""(?:textContent|innerText|ariaLabel|title|placeholder|alt|"aria-label")\s*[:=]\s*(["'`])(?P<set>.*?)\1"""
    r"""|(?:say|announce|Error|Option|alert|confirm)\(\s*(["'`])(?P<said>.*?)\3"""
    r"""|(["'`])(?P<sentence>(?:[A-Z][a-z’']*[ ,.:…]|[a-z’']+ [a-z’']+ [a-z’']+)[^"`]*)\5"""
)
"""A literal in a script that a person would read: given to an element, said, or a sentence by its looks."""
READ_BY_PERSONS = """() => {
    const data = "[dir=auto], #file, #chosen, output, #style option, #speed, #language, #clips option, .files";
    const own = ["#title", ".handle[aria-valuetext]"];
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (!node.parentElement.closest(data)) found.push(node.data);
    for (const element of document.body.querySelectorAll("*"))
        for (const name of ["title", "placeholder", "aria-label", "aria-valuetext"])
            if (element.hasAttribute(name) && !element.matches(own)) found.push(element.getAttribute(name));
    return found;
}"""


class Words(HTMLParser):
    """The words of a page's HTML: its text, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            value or "" for name, value in attrs if name in ("title", "placeholder", "aria-label", "alt")
        ]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


@pytest.mark.parametrize("page", PAGES)
def test_no_word_is_left_outside_the_catalogue(page: str) -> None:
    words = Words()
    words.feed((PAGES[page] / "index.html").read_text("utf-8"))
    assert {word for text in words.found for word in re.findall("[A-Za-z]{2,}", text)} <= NAMES
    for script in PAGES[page].glob("*.js"):
        if script.name in ("strings.js", "catalogue.js", "names.js", "said.js"):
            continue
        code = re.sub(r"(?<![:\"'`])//.*", "", script.read_text("utf-8"))
        code = re.sub(r"""(?:querySelector(?:All)?|closest|matches)\((["'`]).*?\1\)""", "", code)
        for literal in SHOWN.finditer(code):
            text = literal["set"] or literal["said"] or literal["sentence"] or ""
            fixed = re.sub(r"\$\{[^}]*\}|^https?://", "", text)
            assert {*re.findall("[A-Za-z]{2,}", fixed)} <= NAMES, f"{script.name}: {text}"


@pytest.mark.parametrize(
    "code",
    [
        'make("p", { textContent: "Nothing here" })',
        "say(`Written: ${files}`)",
        'throw new Error("Choose a line first.")',
        'button.ariaLabel = "Play"',
        'const hint = "select some words and add them";',
        'new Option("off", "")',
    ],
)
def test_a_word_outside_the_catalogue_would_be_noticed(code: str) -> None:
    assert SHOWN.search(code)


@pytest.fixture
def server(harbour: Path) -> Iterator[Server]:
    server = Server(harbour)
    yield server
    server.stop()


def test_each_language_has_every_sentence_of_the_review(server: Server, tab: Any) -> None:
    page = opened(tab, server)
    catalogue = page.evaluate("async () => (await import('./strings.js')).CATALOGUE")
    places = {
        code: {
            key: {*re.findall(r"{(\w+)}", text)} for key, text in texts.items() if not key.endswith("_one")
        }
        for code, texts in catalogue.items()
    }
    assert {*catalogue} == {"en", "de", "fr"}
    assert places["de"] == places["en"] == places["fr"]
    assert {*catalogue["en"]} == {*catalogue["de"]} == {*catalogue["fr"]}
    scripts = "".join(
        file.read_text("utf-8") for file in PAGES["review"].glob("*.js") if file.name != "catalogue.js"
    )
    used = {*re.findall(r"""\bt\("(\w+)""", scripts)}
    used |= {*re.findall(r'data-t(?:-[a-z-]+)?="(\w+)"', (PAGES["review"] / "index.html").read_text("utf-8"))}
    assert used <= {*catalogue["en"]}


def test_all_that_a_person_reads_comes_from_the_catalogue(server: Server, tab: Any) -> None:
    """Each sentence of the catalogue is marked; then what has no mark is data, or was left outside."""

    def mark(route: Any) -> None:
        script = route.fetch().text()
        marking = "for (const key of Object.keys(en)) en[key] = `⟦${en[key]}⟧`;\nexport const REVIEW"
        assert script.count("export const REVIEW") == 1
        route.fulfill(body=script.replace("export const REVIEW", marking), content_type="text/javascript")

    tab.route("**/catalogue.js", mark)
    page = opened(tab, server)
    seen: set[str] = set()

    def read() -> None:
        for text in page.evaluate(READ_BY_PERSONS):
            seen.add(text)
            inner = text
            while "⟦" in inner:
                inner, before = re.sub("⟦[^⟦⟧]*⟧", "", inner), inner
                if inner == before:
                    break
            left = re.sub(r"\b(ms|s)\b", "", inner)
            assert text in NAMES or not re.search(r"[^\W\d_]{2}", left), text

    read()
    page.keyboard.press("n")
    page.keyboard.press("n")  # the first one was not spoken
    page.keyboard.press("a")
    page.keyboard.press("Shift+ArrowDown")
    page.wait_for_selector("#picked:not([hidden])")
    read()
    page.click("#picked [data-do=link]")
    page.wait_for_selector("#notes p")
    read()
    page.keyboard.press("i")
    page.wait_for_selector("#clips .card")
    read()
    page.keyboard.press("/")
    page.keyboard.type("it was rebuilt before and we can do it again")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found .card")
    read()
    page.keyboard.press("Escape")
    page.click("#save")
    page.wait_for_selector("#notes .good")
    page.evaluate("document.querySelector('#notes span').dir = 'auto'")  # the names of files
    page.click("#tab-clips")
    page.click("#clips [data-key=render]")
    page.wait_for_selector("#clips .files a", timeout=60_000)
    read()
    assert any("Accept" in text for text in seen)
    assert any("✓" in text for text in seen)


def odd_lines(lines: tuple[AlignedLine, ...]) -> list[AlignedLine]:
    """A line for each doubt there is."""
    line = next(line for line in lines if line.span and len(line.words) > 4 and line.confidence)
    words = (replace(line.words[0], span=None), *line.words[1:])
    unheard = replace(
        line, span=None, status=Status.UNSPOKEN, words=tuple(replace(one, span=None) for one in line.words)
    )
    assert line.span is not None

    def timed(share: float) -> AlignedLine:
        def scaled(word: Any) -> Any:
            span = word.span
            return (
                word
                if span is None
                else replace(word, span=replace(span, end=span.start + round(share * span.duration)))
            )

        return replace(line, words=tuple(map(scaled, line.words)))

    return [
        unheard,
        replace(line, status=Status.INTERPOLATED),
        replace(line, confidence=0.4),
        replace(line, words=words),
        timed(0.2),
        timed(5),
    ]


def test_the_page_names_a_doubt_as_the_program_does(served: Server, tab: Any) -> None:
    lines = load(served.folder / "harbour.alignment.json").lines
    rates = usual_rates(lines)
    remarks = [remark for line in odd_lines(lines) for remark in doubt_of(line, rates).remarks]
    kinds = {remark.kind for remark in remarks}
    assert kinds == {f"doubt_{one}" for one in ("unheard", "guessed", "unsure", "words", "fast", "slow")}
    page = opened(tab, served)
    for remark in remarks:
        said = page.evaluate(
            "async ([kind, values]) => (await import('./strings.js')).t(kind, values)", remark.coded()
        )
        assert said == remark.text


def test_the_language_is_the_browsers_or_the_chosen_one(served: Server, chromium: Any) -> None:
    context = chromium.new_context(locale="fr-CA")
    page = opened(context.new_page(), served)
    assert page.inner_text("#save") == "Enregistrer"
    assert "peu sûr, 0,40" in page.inner_text("#queue")
    page.select_option("#language", "de")
    page.wait_for_selector("#save:has-text('Speichern')")
    assert page.evaluate("document.documentElement.lang") == "de"
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.inner_text("#unspoken") in ("", "Nicht gesprochen")
    assert page.get_attribute("#query", "placeholder") == "Zitat suchen"
    for width, height in ((1440, 900), (720, 450), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()
