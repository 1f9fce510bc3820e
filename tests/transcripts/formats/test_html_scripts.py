"""Shadow trees that a page declares are seen, and its data is read where it shows nothing."""

import json

import pytest

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.html import read_html

SAID = "Good morning, everyone. The harbour stays open.\nWe will have forty boats by the summer."


def texts(page: str) -> list[str]:
    return [row.content for row in read_html(page, "page.html").rows if row.content]


def test_a_shadow_tree_is_seen_and_a_template_is_not() -> None:
    page = (
        "<x-a><template shadowrootmode='open'><p>Seen.</p><template><p>Not seen.</p></template></template></x-a>"
        "<template><p>Not seen.</p></template><p>After.</p>"
    )
    assert texts(page) == ["Seen.", "After."]


def data(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_a_transcript_in_the_data_is_read_where_the_page_has_none() -> None:
    stated = data({"@graph": [{"@type": "VideoObject", "transcript": SAID}]})
    assert texts(f"<head>{stated}</head><h1>The harbour</h1><p>Listen.</p>") == [
        "The harbour",
        "Listen.",
        *SAID.splitlines(),
    ]
    shown = f"<p>{SAID}</p><p>And more of it.</p>"
    assert texts(f"<head>{stated}</head>{shown}") == texts(shown)
    assert texts('<script type="application/ld+json">{"transcript": </script><p>Said.</p>') == ["Said."]


def test_a_page_that_only_scripts_fill_is_told() -> None:
    with pytest.raises(
        TranscriptError, match=r"^page\.html shows its text only when its scripts run: open it"
    ):
        texts('<div id="root"></div><script>fill()</script>')
