"""Selected words in the review are quoted, cited and pictured as on a published page."""

import struct
from pathlib import Path
from typing import Any

from asdelivered.align.document.alignment_json import load

from .conftest import Server, opened


def test_selected_words_are_copied_cited_and_pictured(served: Server, tab: Any) -> None:
    page = opened(tab, served)
    line = load(served.folder / "harbour.alignment.json").lines[6]
    page.evaluate(
        """(id) => {
        const row = [...document.querySelectorAll("#transcript *")].find((one) => one.textContent.trim() === id);
        const node = document.createTreeWalker(row, NodeFilter.SHOW_TEXT).nextNode();
        getSelection().setBaseAndExtent(node, 0, node, node.length);
        document.querySelector("#transcript").dispatchEvent(new Event("pointerup", { bubbles: true }));
    }""",
        line.text,
    )
    page.wait_for_selector("#picked:visible")

    def copied() -> str:
        page.wait_for_selector("#notes .good")
        page.evaluate("document.querySelector('#notes').replaceChildren()")
        return str(page.evaluate("navigator.clipboard.readText()"))

    page.click("[data-do=quote]")
    quote, about, link = copied().splitlines()
    assert quote == f"“{line.text}”"
    assert line.speaker is not None
    assert line.speaker in about
    assert "#t=" in link
    for style, sign in (
        ("chicago", ",”"),
        ("apa", "[Audio]"),
        ("bibtex", "@misc{"),
        ("wikipedia", "{{cite AV media "),
    ):
        page.select_option("#picked select", style)
        citation = copied()
        assert sign in citation
        assert link in citation
    with page.expect_download() as download:
        page.click("[data-do=card]")
    picture = Path(download.value.path()).read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
