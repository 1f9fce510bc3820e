"""Footnotes of web pages: what a raised link points down to, and nothing else."""

import pytest

from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.source import Source

SPEECH = "<p>We build the quay, as we have promised to everybody in the town.</p>"


def footnotes(body: str) -> list[str]:
    _, document = read_document(Source("page", f"<html><body>{SPEECH}{body}</body></html>".encode()), "html")
    return [row.content for row in document.rows if row.kind is LineKind.FOOTNOTE and row.content]


@pytest.mark.parametrize(
    "body",
    [
        '<p>It opens.<sup><a href="#n1">1</a></sup></p><ol><li id="n1"><p>Note A.</p></li><li><p>Note B.</p></li></ol>',
        '<p>It opens.<a href="#x"><sup>1</sup></a></p><div class="footnotes"><p>Note A.</p><p>Note B.</p></div>',
        '<p>It opens.<sup><a href="#N1">1</a></sup><sup><a href="#N2">2</a></sup></p>'
        '<p><a id="n1"></a>Note A.</p><p><span id="n2">Note B.</span></p>',
    ],
)
def test_notes_below_the_text(body: str) -> None:
    assert footnotes(body) == ["Note A.", "Note B."]


def test_links_back_to_the_text_make_no_footnote_of_it() -> None:
    body = '<p id="r1">It opens in May, and we are glad.<sup>1</sup></p><p><sup><a href="#r1">1</a></sup> Note A.</p>'
    assert footnotes(body) == []


def test_most_of_a_page_is_no_footnote() -> None:
    said = "<p>It opens in May, and all of us are glad, and we say so again and again.</p>" * 5
    assert footnotes(f'<p>Yes.<sup><a href="#all">1</a></sup></p><div id="all">{said}</div>') == []
