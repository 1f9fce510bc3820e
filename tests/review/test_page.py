"""The review page as a person uses it, in a real browser: seen, played, mended with keys, kept after a reload."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asdelivered.align.document.alignment_json import load, save
from asdelivered.base.span import TimeSpan

from .conftest import Server, example, opened

SCRIPT = "<img src=x onerror=\"document.body.dataset.broken='yes'\"><script>document.body.dataset.broken='yes'</script>"


@pytest.fixture
def server(harbour: Path) -> Iterator[Server]:
    server = Server(harbour)
    yield server
    server.stop()


def heard_at(page: Any) -> float:
    """Where the player stands, in milliseconds, once it has got there."""
    page.wait_for_function(
        "() => { const p = document.querySelector('#player'); return p.readyState > 0 && !p.seeking; }"
    )
    return 1000 * float(page.evaluate("document.querySelector('#player').currentTime"))


def clickable(page: Any, place: int, word: int) -> dict[str, float]:
    """The middle of a word of a line, on the screen."""
    return clickable_in(page, f"#line-{place} p", word)


def clickable_in(page: Any, selector: str, word: int) -> dict[str, float]:
    """The middle of a word of an element that has nothing but text, on the screen."""
    return page.locator(selector).evaluate(
        """(element, word) => {
            element.scrollIntoView({ block: 'center' });
            const node = element.firstChild, found = [...node.data.matchAll(/\\S+/g)][word], range = new Range();
            range.setStart(node, found.index); range.setEnd(node, found.index + found[0].length);
            const box = range.getBoundingClientRect();
            return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        }""",
        word,
    )


def test_a_click_on_a_word_lands_on_it(server: Server, tab: Any, harbour: Path) -> None:
    page = opened(tab, server)
    lines = load(harbour).lines
    for place in (2, 6, 12):
        line = lines[place]
        if line.span is None:
            continue
        for word in (0, len(line.words) // 2):
            at = clickable(page, place, word)
            page.mouse.click(at["x"], at["y"])
            span = line.words[word].span
            assert span is not None
            assert abs(heard_at(page) - span.start) <= 50


def test_it_plays_and_lights_the_line(server: Server, tab: Any, harbour: Path) -> None:
    page = opened(tab, server)
    line = next(line for line in load(harbour).lines[3:] if line.span)
    place = [one.id for one in load(harbour).lines].index(line.id)
    at = clickable(page, place, 0)
    page.mouse.click(at["x"], at["y"])
    before = heard_at(page)
    page.keyboard.press("Space")
    page.wait_for_function(
        "before => document.querySelector('#player').currentTime * 1000 > before + 400", arg=before
    )
    page.wait_for_selector(f"#line-{place}.now")
    page.keyboard.press("k")
    assert page.evaluate("document.querySelector('#player').paused")


def test_edits_by_key_are_undone_and_outlast_a_reload(server: Server, tab: Any, harbour: Path) -> None:
    page = opened(tab, server)
    for _ in range(2):  # the line that nobody said is the most doubtful one, this the next
        page.keyboard.press("n")
    page.wait_for_selector("#edit:not([hidden])")
    chosen = page.inner_text("#chosen")
    line = next(line for line in load(harbour).lines if line.id == chosen)
    assert line.span is not None
    with page.expect_response("**/api/undo"):
        for key in "ddddu":  # faster than the server answers
            page.keyboard.press(key)
    page.reload()
    page.wait_for_selector("body[data-ready]")
    states = {one["id"]: one for one in server.ask("api/lines")["lines"]}
    assert states[chosen]["start"] == line.span.start + 30
    assert "pin" in page.inner_text("#saved")


def test_speech_that_the_text_lacks_is_listed_and_played(tab: Any, harbour: Path) -> None:
    spans = (TimeSpan(1000, 2000), TimeSpan(140_000, 143_000))
    save(replace(load(harbour), untranscribed=spans), harbour)
    server = Server(harbour)
    try:
        page = opened(tab, server)
        listed = page.locator("#queue .heard")
        assert [one.split(" · ")[1] for one in listed.all_inner_texts()] == ["3.0 s", "1.0 s"]
        listed.first.click()
        page.wait_for_function("() => document.querySelector('#player').currentTime > 140")
        page.goto("about:blank")  # or it would ask a server that has ended
    finally:
        server.stop()


def test_a_boundary_is_dragged(server: Server, tab: Any, harbour: Path) -> None:
    page = opened(tab, server)
    line = load(harbour).lines[6]
    page.click("#line-6 .time")
    page.wait_for_selector("#handle-start:not([hidden])")
    box = page.locator("#handle-start").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 20, y, steps=4)
    with page.expect_response("**/api/lines/**"):
        page.mouse.up()
    moved = next(one for one in server.ask("api/lines")["lines"] if one["id"] == line.id)
    assert line.span is not None
    assert moved["start"] < line.span.start
    assert moved["end"] == line.span.end


def test_a_quote_is_found_clipped_and_listed(server: Server, tab: Any, harbour: Path) -> None:
    page = opened(tab, server)
    line = load(harbour).lines[6]
    assert line.span is not None
    page.keyboard.press("/")
    page.keyboard.type(" ".join(line.text.split()[:6]))
    page.keyboard.press("Enter")
    page.wait_for_selector("#found .card")
    assert abs(heard_at(page) - line.span.start) <= 200
    with page.expect_response("**/api/clips"):
        page.get_by_role("button", name="Add to clips").first.click()
    page.wait_for_selector("#clips .card")
    page.select_option("#clips select", ".edl")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download list").click()
    assert "TITLE:" in Path(download.value.path()).read_text("utf-8")


def test_the_clip_of_selected_words_is_made_at_once(server: Server, tab: Any, harbour: Path) -> None:
    page = opened(tab, server)
    page.click("#line-6 .time")
    page.keyboard.press("Shift+ArrowDown")
    page.get_by_role("button", name="Make the clip", exact=True).click()
    link = page.locator("#clips .files a").first
    link.wait_for(timeout=60_000)
    with page.expect_download() as download:
        link.click()
    assert (harbour.parent / "harbour.clips" / download.value.suggested_filename).is_file()


def test_clips_of_two_tabs_are_all_kept(server: Server, tab: Any) -> None:
    page = opened(tab, server)
    first, second = ["L0006", 0, "L0006", 2], ["L0007", 0, "L0007", 2]

    def words() -> list[Any]:
        return [one["words"] for one in server.ask("api/clips")["clips"]]

    # What another tab does just before each change of this one arrives: it adds a clip, twice, and turns the list.
    elsewhere = iter([lambda: [first], lambda: [first, second], None, lambda: words()[::-1], None])

    def meanwhile(route: Any) -> None:
        if route.request.method == "PUT" and (change := next(elsewhere)):
            version = server.ask("api/clips")["version"]
            server.ask("api/clips", "PUT", {"clips": change(), "version": version})
        route.continue_()

    page.route("**/api/clips", meanwhile)
    page.keyboard.press("/")
    page.keyboard.type("it was rebuilt before and we can do it again")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found .card")
    page.get_by_role("button", name="Add to clips").first.click()
    page.wait_for_function("() => document.querySelectorAll('#clips .card').length === 3")
    added = words()[2]
    assert words() == [first, second, added]
    page.locator("#clips .card").nth(0).get_by_role("button", name="Remove").click()
    page.wait_for_function("() => document.querySelectorAll('#clips .card').length === 2")
    assert words() == [added, second]


def test_lines_are_aligned_again_between_pins(server: Server, tab: Any, harbour: Path) -> None:
    page = opened(tab, server)
    lines = load(harbour).lines
    page.click("#line-12 .time")
    with page.expect_response("**/api/lines/**"):
        page.keyboard.press("Shift+D")
    page.wait_for_selector("#realign[aria-disabled=false]")
    page.click("#realign")
    page.wait_for_selector("#realign[aria-disabled=true]", timeout=120_000)
    page.wait_for_selector("#work", state="hidden", timeout=120_000)
    after = {one["id"]: one for one in server.ask("api/lines")["lines"]}
    own = lines[12]
    assert own.span is not None
    assert after[own.id]["start"] == own.span.start + 100
    for line in lines[:9] + lines[17:]:
        assert after[line.id]["start"] == (line.span.start if line.span else None)


def test_script_in_names_and_text_is_text(tmp_path: Path, tab: Any) -> None:
    alignment = example(tmp_path, lambda line: replace(line, speaker=SCRIPT))
    data = json.loads(alignment.read_text("utf-8"))
    first = data["lines"][0]
    word = "<script>document.body.dataset.broken='yes'</script>"
    first["text"] = " ".join([word, *first["text"].split()[1:]])
    first["words"][0]["text"] = word
    alignment.write_text(json.dumps(data), "utf-8")
    server = Server(alignment)
    try:
        page = opened(tab, server)
        assert page.evaluate("document.body.dataset.broken") is None
        assert SCRIPT in page.locator(".speaker").first.inner_text()
        assert word in page.locator("#line-0 p").inner_text()
        page.goto("about:blank")
    finally:
        server.stop()
