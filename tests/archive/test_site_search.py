"""The search of a published site, in a real browser, on three hundred made-up events from a plain static server."""

import json
import random
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_lines import made_alignment, made_line

from asdelivered.align.document.alignment import Alignment, Settled, without_times
from asdelivered.archive.event import EventInfo, StoredEvent
from asdelivered.archive.publishing import search_index
from asdelivered.archive.publishing.anchors import line_anchors
from asdelivered.archive.publishing.event_files import web_player
from asdelivered.archive.publishing.event_page import event_page
from asdelivered.archive.publishing.pages import (
    MOST_LISTED,
    SEARCH,
    STYLE,
    Frame,
    asset,
    front_page,
    year_page,
    years_of,
)
from asdelivered.archive.publishing.search_index import MOST_LINES, SearchIndex, plain, terms_of

EVENTS, LINES = 300, 60
QUOTE = "Nobody rebuilt the lighthouse at Westhaven before the ferries came back."
ASIDE = "Delegates zigzagging hither photographed"
"""A line that the recording showed to be no speech."""
PARTY = "Fireworks 🎉 above"
NUMBER = 137
"""The event in which it is said, in the middle of its text."""
MOST_FETCHED = 200_000
RECORDING = Path(__file__).resolve().parents[2] / "examples" / "harbour.opus"


def made_event(number: int, words: list[str], chance: random.Random) -> tuple[StoredEvent, Alignment]:
    lines, at = [], 1000
    people = ("Anna Reed", "Daniel Moss", "Mira Holt", "Question from the audience")
    for place in range(LINES):
        text = " ".join(chance.choices(words, range(len(words), 0, -1), k=12))
        if number == NUMBER and place == 30:
            text = QUOTE
        if number == NUMBER and place == 33:
            text = PARTY
        line = made_line(place, f"We {text}" if place % 10 == 5 else text, people[place // 20], at)
        if number == NUMBER and place == 40:
            line = replace(without_times(made_line(place, ASIDE, None, at)), settled=Settled.UNSPOKEN)
        lines.append(line)
        at += 300 * 14
    day = date(2025, 12, 31) - timedelta(days=3 * number)
    info = EventInfo(f"event-{number}", f"Briefing {number}", None, day, "https://media.example.org/a.opus")
    event = StoredEvent(number, info, "en", 600_000, 720, LINES, people, *("-",) * 7)
    return event, made_alignment(lines)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of many events; only the page of the one with the quote is written."""
    folder = tmp_path_factory.mktemp("site")
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdfghiklmnoprstu", k=chance.randint(2, 10))) for _ in range(3000)]
    index, pages = SearchIndex(), []
    for number in range(EVENTS):
        event, alignment = made_event(number, words, chance)
        place = f"events/{event.info.name}/"
        own = folder / place
        own.mkdir(parents=True)
        for name, data in index.add(event, place, alignment, event.info.url).items():
            (own / name).write_bytes(data)
        pages.append((event.info, place))
        if number == NUMBER:
            player = web_player(event.info.url, ())
            html = event_page(alignment, event.info, player, "../../", f"https://events.example.org/{place}")
            (own / "index.html").write_text(html, "utf-8")
    (folder / "search").mkdir()
    for name, data in index.files().items():
        (folder / "search" / name).write_bytes(data)
    (folder / "index.html").write_text(front_page(Frame("Briefings"), pages, years_of(pages), ()), "utf-8")
    for name in (STYLE, SEARCH):
        (folder / name).write_bytes(asset(name))
    return folder


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def searching(tab: Any, address: str) -> Any:
    """The first page, with the example's recording in place of every one on the web."""
    tab.route("https://media.example.org/**", lambda route: route.fulfill(path=RECORDING))
    tab.route("**/favicon.ico", lambda route: route.fulfill(body=""))
    tab.goto(address)
    return tab


def ask(page: Any, text: str) -> None:
    page.fill("[name=q]", text)
    page.keyboard.press("Enter")
    page.wait_for_function("() => !/Searching/.test(document.querySelector('#told').textContent)")


def test_a_mangled_quote_is_found_and_little_is_fetched(searching: Any) -> None:
    fetched: list[int] = []
    searching.on(
        "response", lambda answer: fetched.append(len(answer.body())) if ".json" in answer.url else None
    )
    ask(searching, "nobody rebuild the lighthous in Westhaven, before ferries came")
    hit = searching.locator(".hit").first
    assert hit.locator(".around").count() == 2
    marked = hit.locator("mark").all_inner_texts()
    assert {"rebuilt", "lighthouse", "Westhaven"} <= set(marked)
    assert f"Briefing {NUMBER}" in hit.inner_text()
    assert 0 < sum(fetched) < MOST_FETCHED
    link = hit.locator("a").get_attribute("href")
    assert re.fullmatch(rf"events/event-{NUMBER}/#t=127,130\.3", link), link


def test_it_plays_in_place_and_its_link_leads_to_the_second_and_embeds(searching: Any) -> None:
    ask(searching, QUOTE)
    hit = searching.locator(".hit").first
    hit.get_by_title("Play here").click()
    searching.wait_for_function("() => document.querySelector('.hit audio')?.currentTime >= 127")
    hit.get_by_text("Copy with link").click()
    searching.wait_for_function(
        "() => [...document.querySelectorAll('.tools')].some(p => /Copied/.test(p.innerText))"
    )
    copied = searching.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{QUOTE}” (")
    link = copied.splitlines()[1]
    other = searching.context.new_page()  # a new tab
    other.route("https://media.example.org/**", lambda route: route.fulfill(path=RECORDING))
    other.goto(link)
    other.wait_for_function("() => Math.abs(document.querySelector('#player').currentTime - 127) < 0.05")
    other.emulate_media(media="print")
    assert other.is_hidden("#bar")
    assert other.is_hidden("header a"), "nobody can follow a link on paper"
    assert other.inner_text(".printed") == f"https://events.example.org/events/event-{NUMBER}/"
    assert other.locator("main p:visible").count() == LINES
    other.close()
    other = searching.context.new_page()  # a page of somebody else
    other.set_content(f'<iframe src="{link.replace("/#", "/?embed#")}"></iframe>')
    frame = other.frame_locator("iframe")
    frame.locator(".embed #player").wait_for()
    assert frame.locator("main p:visible").all_inner_texts()[0].endswith(QUOTE)
    assert frame.locator("main p:visible").count() == 1
    other.close()


def test_a_common_word_shows_sentences_a_count_and_pages(searching: Any) -> None:
    ask(searching, "we")
    assert searching.inner_text("#told").startswith("1 to 10 of 1800")
    assert searching.locator(".hit").count() == 10
    first = searching.locator(".hit").first.inner_text()
    assert len(first.split()) > 20
    searching.get_by_text("Next").click()
    searching.wait_for_function("() => /^11 to 20 /.test(document.querySelector('#told').textContent)")
    searching.select_option("[name=year]", "2024")
    searching.wait_for_function(
        "() => /^1 to 10 of (?!1800)/.test(document.querySelector('#told').textContent)"
    )
    assert all("2024-" in text for text in searching.locator(".about").all_inner_texts())
    searching.select_option("[name=speaker]", "Mira Holt")
    searching.wait_for_function(
        "() => [...document.querySelectorAll('.about')].every(p => p.innerText.startsWith('Mira Holt'))"
    )
    assert "speaker=Mira+Holt" in searching.url


def test_what_nobody_said_is_not_found_and_nothing_asked_shows_the_latest(searching: Any) -> None:
    assert searching.locator(".events li").first.inner_text().endswith("Briefing 0")
    ask(searching, "purple elephants voted for cheese")
    assert searching.inner_text("#told") == "Nothing like it was said."
    assert searching.is_hidden("#latest")


def test_places_do_not_wait_for_what_only_the_choices_need(searching: Any) -> None:
    asked: list[str] = []
    searching.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1].split("-")[0]))
    ask(searching, "we")
    searching.wait_for_function("() => document.querySelector('[name=speaker]').options.length > 1")
    assert "text" in asked
    assert asked.index("text") < len(asked) - 1 - asked[::-1].index("events")


def test_it_fits_a_phone_and_axe_finds_nothing_serious(searching: Any, address: str) -> None:
    from axe_core_python.sync_playwright import Axe

    context = searching.context.browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}?q=we")
    page.wait_for_selector(".hit")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = [one for one in Axe().run(page)["violations"] if one["impact"] in ("serious", "critical")]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found] == []
    context.close()


def test_a_misspelt_word_stands_for_its_neighbours(searching: Any) -> None:
    for word in ("lighthuose", "lighthousse", "ligthouse"):
        ask(searching, word)
        assert searching.locator(".hit mark").all_inner_texts() == ["lighthouse"], word
    ask(searching, "lxxxthouse")
    assert searching.inner_text("#told") == "Nothing like it was said."


def test_a_choice_has_as_many_places_as_it_says(searching: Any) -> None:
    ask(searching, "we")
    searching.select_option("[name=year]", "2025")
    searching.wait_for_function(
        "() => /^1 to 10 of (?!1800)/.test(document.querySelector('#told').textContent)"
    )
    label = searching.locator("[name=speaker] option[value='Daniel Moss']").inner_text()
    says = re.fullmatch(r"Daniel Moss(?: \((\d+)\))?", label)
    assert says
    searching.select_option("[name=speaker]", "Daniel Moss")
    searching.wait_for_selector(".about:has-text('Daniel Moss')")
    searching.wait_for_function("() => /^1 to 10 of /.test(document.querySelector('#told').textContent)")
    count = searching.inner_text("#told").rpartition(" ")[2]
    years = searching.locator("[name=year] option").all_inner_texts()
    assert f"2025 ({count})" in years
    assert says[1] in (None, count)


def test_the_first_page_lists_the_latest_and_the_years_have_the_others(searching: Any) -> None:
    assert searching.locator(".events li").count() == MOST_LISTED
    years = searching.locator(".years").inner_text()
    assert sum(int(count) for count in re.findall(r"\((\d+)\)", years)) == EVENTS
    assert searching.locator(".years a").first.get_attribute("href") == "years/2025.html"


def test_few_events_are_all_on_the_first_page_and_those_of_a_year_on_its_own() -> None:
    events = [
        (EventInfo(f"e{number}", date=date(2020 + number % 3, 1, 1) if number % 4 else None), f"e{number}/")
        for number in range(MOST_LISTED + 1)
    ]
    assert years_of(events[:-1]) == {}
    years = years_of(events)
    assert {*years} == {"2020", "2021", "2022", "undated"}
    assert sum(map(len, years.values())) == len(events)
    page = year_page(Frame("Events"), "undated", years["undated"])
    assert page.count("<li>") == len(years["undated"])
    assert 'href="../e0/"' in page


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=6), min_size=1, max_size=30))
def test_every_term_is_in_the_file_where_its_place_in_the_alphabet_is(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as small:
        small.setattr(search_index, "SHARD", 40)
        small.setattr(search_index, "WORDS", 30)
        event, _ = made_event(0, ["x"], random.Random(0))
        index = SearchIndex()
        lines = [made_line(number, text, f"{text} Reed", None) for number, text in enumerate(texts)]
        index.add(event, "events/a/", made_alignment(lines), None)
        files = {name: json.loads(data) for name, data in index.files().items()}
    own = {term for text in texts for term in terms_of(text)}
    for term in (*own, *(f"@{text} Reed" for text in texts)):
        place = last_of(files["index.json"]["shards"], term)
        assert term in files[f"terms-{place}.json"]
        if " " not in term and not term.startswith("@"):
            assert term in files[f"words-{last_of(files['index.json']['words'], term)}.json"]


def last_of(openings: list[str], term: str) -> int:
    """The place of the last opening that is not above a term, as JavaScript compares them."""
    return max(
        number
        for number, opening in enumerate(openings)
        if opening.encode("utf-16-be", "surrogatepass") <= term.encode("utf-16-be", "surrogatepass")
    )


def test_the_beginning_of_a_word_is_found_and_the_words_are_told(searching: Any) -> None:
    ask(searching, "firew")
    assert "Nobody says “firew”: found with fireworks." in searching.locator("#told").inner_text()
    assert searching.locator(".hit").first.locator("mark").all_inner_texts() == ["Fireworks"]


def test_an_emoji_is_found(searching: Any) -> None:
    ask(searching, "🎉")
    hit = searching.locator(".hit").first
    assert PARTY in hit.inner_text()
    assert hit.locator("mark").all_inner_texts() == ["🎉"]


def test_what_complete_words_need_is_read_while_the_rest_is_typed(searching: Any) -> None:
    with searching.expect_response(re.compile(r"search/terms-\d+\.json")):
        searching.locator("[name=q]").press_sequentially("lighthouse a")


def test_a_line_that_is_no_speech_is_called_so_as_on_its_page(searching: Any) -> None:
    ask(searching, ASIDE)
    hit = searching.locator(".hit").first
    assert ASIDE in hit.inner_text()
    assert hit.locator(".tools span").first.inner_text() == "no speech"


def test_the_index_counts_all_lines_and_keeps_the_latest() -> None:
    lines = [made_line(number, "again", None, 300 * number) for number in range(MOST_LINES + 5)]
    event, _ = made_event(0, ["x"], random.Random(0))
    index = SearchIndex()
    index.add(event, "events/a/", made_alignment(lines), None)
    count, gaps = json.loads(index.files()["terms-0.json"])["again"].split(":")
    assert int(count, 36) == MOST_LINES + 5
    assert len(gaps.split(",")) == MOST_LINES


@settings(max_examples=50)
@given(st.text(max_size=40))
def test_a_term_is_its_own(text: str) -> None:
    for term in terms_of(text):
        assert [plain(word) for word in term.split()] == term.split()


@settings(max_examples=50)
@given(st.lists(st.text(max_size=8), max_size=8), st.text(min_size=1, max_size=8))
def test_ids_are_unique_and_survive_what_is_put_before(texts: list[str], new: str) -> None:
    lines = [made_line(number, text, None, None) for number, text in enumerate(texts)]
    ids = line_anchors(lines)
    assert len(set(ids)) == len(ids)
    fresh = made_line(99, new + "zzzzzzzzz", None, None)
    assert line_anchors([fresh, *lines])[1:] == ids
