"""Captions by hand in the desk's page, and the same in the command that writes them."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from asdelivered.align.document.alignment_json import load, save
from asdelivered.subtitles.editing.edits_file import edits_beside, edits_path

from .conftest import DeskServer


def rows(tab: Any) -> list[str]:
    found: list[str] = tab.eval_on_selector_all(
        "#cues li",
        "all => all.map(li => [...li.querySelectorAll('.lines span')].map(s => s.textContent).join(' / '))",
    )
    return found


def opened(tab: Any, server: DeskServer, key: str) -> Any:
    tab.goto(f"{server.address}#/event/{key}/captions")
    tab.wait_for_selector("#cues[data-whole]")
    return tab


def test_captions_are_changed_by_hand_and_the_command_agrees(
    aligned: tuple[DeskServer, str, Path], tab: Any, command: Callable
) -> None:
    server, key, alignment = aligned
    written = alignment.parent / "captions"
    assert command("captions", alignment, "--format", "srt", "-o", written).returncode == 0
    page = opened(tab, server, key)
    plain = rows(page)
    assert len(plain) > 30
    page.click("#cues li:nth-child(2) .cue")
    page.click("#cues .words button:nth-of-type(3)")
    page.click("#split-cue")
    page.wait_for_selector("#cues li:nth-child(3).selected")
    split = rows(page)
    assert len(split) == len(plain) + 1
    assert [*split[:1], *split[3:]] == [*plain[:1], *plain[2:]]
    assert len(split[1].split()) == 2
    times = page.inner_text("#cues li:nth-child(3) .time")
    page.click("#in-later")
    page.wait_for_function(
        "t => document.querySelector('#cues li:nth-child(3) .time').textContent !== t", arg=times
    )
    assert len(edits_beside(alignment).cues) == 2
    assert [edit.start is None for edit in edits_beside(alignment).cues] == [True, False]

    page.keyboard.press("ArrowUp")
    page.wait_for_selector("#cues li:nth-child(2).selected")
    page.keyboard.press("m")
    page.wait_for_function("n => document.querySelectorAll('#cues li').length === n", arg=len(plain))
    merged = rows(page)[1]

    def wait_for(row: str, other: bool = False) -> None:
        page.wait_for_function(
            "([l, other]) => ([...document.querySelectorAll('#cues li:nth-child(2) .lines span')]"
            ".map(s => s.textContent).join(' / ') === l) !== other",
            arg=[row, other],
        )

    page.keyboard.press("b")
    wait_for(merged, other=True)
    by_hand = rows(page)[1]
    page.keyboard.press("u")
    wait_for(merged)
    page.keyboard.press("U")
    wait_for(by_hand)

    before = (written / "harbour.srt").read_text("utf-8")
    page.click(".steps a:has-text('Export')")
    page.wait_for_selector("#make-captions")
    first, *rest = by_hand.split(" / ")
    page.wait_for_timeout(100)
    status, made = server.ask(f"api/events/{key}/captions/files", "POST")
    assert status == 200
    assert made["remarks"] == []
    srt = (written / "harbour.srt").read_text("utf-8")
    assert srt != before
    assert "\n".join((first, *rest)) in srt
    again = command("captions", alignment, "--format", "srt", "-o", alignment.parent / "other")
    assert "1 caption by hand" in again.stderr
    assert (alignment.parent / "other" / "harbour.srt").read_text("utf-8") == srt


def test_edits_survive_another_alignment_and_those_without_words_are_listed(
    aligned: tuple[DeskServer, str, Path], tab: Any
) -> None:
    from dataclasses import replace

    server, key, alignment = aligned
    _, part = server.ask(f"api/events/{key}/captions?style=bbc&at=0")
    for cue in (part["cues"][0], part["cues"][4]):
        first, units = cue["words"][0]
        body = {"style": "bbc", "moment": cue["start"], "first": first, "at": first + len(units) - 1}
        status, answer = server.ask(f"api/events/{key}/captions/split", "POST", body)
        assert status == 200, answer
    work = edits_path(alignment).read_bytes()
    old = load(alignment)
    words = old.lines[0].words[3:]
    shorter = replace(old.lines[0], words=words, text=" ".join(word.text for word in words))
    lines = (shorter, *old.lines[1:])
    save(replace(old, lines=lines), alignment)
    page = opened(tab, server, key)
    page.select_option("#air-style", "bbc")
    page.wait_for_selector("#lost-edits li")
    assert page.locator("#lost-edits li").all_inner_texts() == [edits_beside(alignment).cues[0].text]
    assert page.locator("#cues .badge").count() == 3
    assert edits_path(alignment).read_bytes() == work
    page.click("#forget")
    page.wait_for_selector("#lost-edits", state="hidden")
    assert len(edits_beside(alignment).cues) == 3

    edits_path(alignment).write_bytes(b"{")
    status, answer = server.ask(f"api/events/{key}/captions?style=bbc&at=0")
    assert status == 409
    assert "caption-edits.json" in answer["error"]
    assert edits_path(alignment).read_bytes() == b"{"


def test_the_next_problem_is_shown_beside_its_caption(
    aligned: tuple[DeskServer, str, Path], tab: Any
) -> None:
    server, key, alignment = aligned
    held = alignment.read_bytes()
    alignment.unlink()
    tab.clock.install()
    tab.goto(f"{server.address}#/event/{key}/captions")
    tab.wait_for_selector("#step > p.panel")
    alignment.write_bytes(held)
    tab.clock.fast_forward(5000)  # the view looks again, and has captions then
    tab.wait_for_selector("#cues[data-whole]")
    tab.clock.resume()
    page = opened(tab, server, key)
    page.select_option("#air-style", "dcmp")
    page.wait_for_selector("#cues[data-whole] li p")
    page.click("#next-problem")
    page.wait_for_selector("#cues li.selected p")
    first = page.inner_text("#cues li.selected p >> nth=0")
    assert any(word in first for word in ("at most", "at least", "better", "each"))
    page.evaluate("() => { document.querySelector('#air').currentTime = 13.5; }")
    page.wait_for_function("() => document.querySelector('#on-air').textContent.length > 4")


def test_speech_that_the_text_lacks_is_captioned_in_words_of_ones_own(
    aligned: tuple[DeskServer, str, Path], tab: Any, command: Callable
) -> None:
    from dataclasses import replace

    from asdelivered.base.span import TimeSpan

    server, key, alignment = aligned
    old = load(alignment)
    save(replace(old, untranscribed=(TimeSpan(1000, 3500), TimeSpan(4000, 6000))), alignment)
    tab.goto(f"{server.address}events/{key}/review/")
    tab.wait_for_selector("body[data-ready]")
    tab.click(".stretch >> nth=0 >> button:has-text('Caption it')")
    tab.fill(".stretch textarea", "Is this on?")
    tab.click(".stretch button:has-text('Keep')")
    tab.wait_for_selector(".stretch.settled p:has-text('Is this on?')")
    tab.click(".stretch >> nth=1 >> button:has-text('Ignore')")
    tab.wait_for_selector(".stretch.settled >> nth=1")
    noted = edits_beside(alignment).heard
    assert [(one.span.start, one.text) for one in noted] == [(1000, "Is this on?"), (4000, "")]
    for options, shown in (((), False), (("--own-words",), True)):
        run = command("captions", alignment, "--format", "srt", "-o", alignment.parent, "--force", *options)
        assert run.returncode == 0, run.stderr
        srt = alignment.with_name("harbour.srt").read_text("utf-8")
        assert ("[Is this on?]" in srt) is shown


def test_quotes_of_several_events_become_one_film(
    aligned: tuple[DeskServer, str, Path], tab: Any, page: Path, sound: Path
) -> None:
    import av

    server, _, alignment = aligned
    second = server.folder / "from elsewhere" / alignment.name
    second.parent.mkdir()
    second.write_bytes(alignment.read_bytes())
    shutil.copy(sound, second.parent)  # as the alignment says; nothing else was noted of it
    tab.goto(f"{server.address}#/search/we%20can%20do%20it%20again")
    tab.wait_for_selector("#hits li >> nth=1")
    for at in (0, 1):
        tab.click(f"#hits li >> nth={at} >> button:has-text('Add to the reel')")
    assert tab.locator("#reel-quotes li").count() == 2
    tab.reload()
    tab.wait_for_selector("#reel-quotes li >> nth=1")
    tab.click("#make-reel")
    tab.wait_for_selector("#reels video", timeout=120_000)
    (film,) = (server.folder / "reels").glob("*.mp4")
    with av.open(film) as made:
        assert (made.streams.video[0].width, made.streams.video[0].height) == (1920, 1080)
        assert made.duration is not None
        assert 2_000_000 < made.duration < 12_000_000
    status, told = server.ask("api/reels", "POST", {"quotes": [{"key": "x", "text": "a", "start": 1}]})
    assert status == 409, told
