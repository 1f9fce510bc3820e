"""Web pages: what a person reads, and what surrounds it."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import Document, Style
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats.html import read_html
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import read_transcript


def texts(html: str) -> list[str]:
    return [row.content for row in document(html).rows if row.content]


def document(html: str) -> Document:
    return read_html(html, "page.html")


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        ("<p>One<p>two<br>three", ["One", "two", "three"]),
        ("<p>Re<b>ut</b>ers<i></i>, <em>over</em>.</p>", ["Reuters, over."]),
        ("<p>a\n   b\t c&nbsp; d</p>", ["a b c\xa0 d"]),
        ("<p>2 &lt; 3 &amp;amp; &bogus; &#8217;</p>", ["2 < 3 &amp; &bogus; ’"]),
        ("<pre>one\n  two\n</pre>", ["one", "two"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("<table><tr><td>Ann:</td><td>Yes.</td></tr></table>", ["Ann:", "Yes."]),
        ("<p>a<!-- no --><script>no</script><style>no</style><template>no</template>b</p>", ["ab"]),
        (
            '<p>a<span hidden>no</span><span style="display: none">no</span><span class="sr-only">no</span>b',
            ["ab"],
        ),
        ("plain text with a <b>tag", ["plain text with a tag"]),
    ],
)
def test_text_is_what_a_person_sees(html: str, rows: list[str]) -> None:
    assert texts(html) == rows


def test_looks_are_kept() -> None:
    (row,) = document("<p>a <b>b</b> <i>c</i> <s>d</s> x<sup>2</sup></p>").rows
    found = {(mark.style, row.text[mark.start : mark.end]) for mark in row.marks}
    assert found == {(Style.BOLD, "b"), (Style.ITALIC, "c"), (Style.STRUCK, "d"), (Style.RAISED, "2")}


def test_what_the_page_says_of_itself() -> None:
    page = document(
        '<html lang="fr-BE"><head><title>Un  discours</title>'
        '<meta property="article:published_time" content="2024-12-12T10:00:00Z"></head><body><p>Oui.</body></html>'
    )
    assert page.title == "Un discours"
    assert page.language == "fr"
    assert page.date is not None
    assert page.date.isoformat() == "2024-12-12"


SENTENCE = "This is a sentence of the speech, and it is long enough to be taken for one. "


@pytest.mark.parametrize(
    "around",
    [
        "<nav><a href=/>Home</a></nav>",
        "<div class='breadcrumbs'>You are here: Home</div>",
        "<div id=cookie-notice><p>We use cookies. Is that all right with you?</p></div>",
        "<aside><p>Read our newsletter.</p></aside>",
        "<form><label>Search</label></form>",
        "<div role=navigation>Topics</div>",
        "<figure><img><figcaption>The minister arrives.</figcaption></figure>",
        "<p><a href=#>Share on Facebook</a></p>",
        "<div><a href=/print>Print</a></div>",
    ],
)
def test_furniture_is_kept_and_marked(around: str) -> None:
    html = f"<body>{around}<h1>A Speech</h1><div>{f'<p>{SENTENCE}</p>' * 8}</div><footer>All rights reserved.</footer>"
    rows = [row for row in document(html).rows if row.content]
    kinds = [row.kind for row in rows]
    assert kinds == [*[LineKind.FURNITURE] * (len(rows) - 10), *[None] * 9, LineKind.FURNITURE]
    assert len(rows) > 10


def test_links_within_the_text_stay() -> None:
    names = "".join(f"<p><a href=/m{n}>Ann Smith</a></p><p>{SENTENCE}</p>" for n in range(5))
    links = "<ul><li><a href=/x>Next debate</a><li><a href=/y>All debates</a></ul>"
    html = f"<body><h1>Debate</h1><main>{names}{links}</main>"
    kept = [row.content for row in document(html).rows if row.content and row.kind is None]
    assert kept == ["Debate", *["Ann Smith", SENTENCE.strip()] * 5]


def test_a_form_around_the_whole_page_is_no_furniture() -> None:
    html = f"<body><form id=aspnetForm class='with-sidebar'><h1>A Speech</h1><p>{SENTENCE}</p><p>{SENTENCE}</p></form>"
    assert all(row.kind is None for row in document(html).rows)


@pytest.mark.parametrize(
    ("bomb", "why"),
    [
        ("word<br>" * 401_000, "more than 400,000 tags"),
        (f"<p {' '.join(f'a{number}=x' for number in range(100_000))}>Hello.", "more than 1,000 attributes"),
    ],
)
def test_what_would_take_the_parser_minutes_is_refused_at_once(bomb: str, why: str) -> None:
    with pytest.raises(TranscriptError, match=why):
        document(bomb)


def test_long_values_of_attributes_are_no_reason_to_refuse_a_page() -> None:
    style = " ".join(f"--a{number}: 1;" for number in range(2000))
    assert [row.content for row in document(f"<p style='{style}'>Hello.").rows if row.content] == ["Hello."]


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 200_000 + "Hello.",
        "<div><span>" * 100_000 + "Hello.",
        "<ul><li>" * 100_000 + "Hello.",
    ],
)
def test_deep_nesting_is_refused_at_once(bomb: str, slowness: Callable[[], float]) -> None:
    began = time.process_time()
    with pytest.raises(TranscriptError, match="nested"):
        document(bomb)
    assert time.process_time() - began < 2 * slowness()


@pytest.mark.parametrize(
    "page",
    [
        "<p>&#x110000;&#xD800;&#0;Hello.</p>",
        "<p>" + "&nbsp;" * 500_000 + "Hello.</p>",
        "<b>" * 50_000 + "Hello." + "<p>x" * 100,
        "<table>" * 3_000 + "Hello.",
        "<a href=x>Hello.<p>" * 5_000,
        "<p>Hello." * 100_000,
        '<!DOCTYPE html [<!ENTITY a "bbbbbbbbbb">]><p>&a;Hello.</p>',
    ],
)
def test_strange_pages_are_read(page: str, slowness: Callable[[], float]) -> None:
    began = time.process_time()
    assert any("Hello" in row.text for row in document(page).rows)
    assert time.process_time() - began < 10 * slowness()


@given(st.text(alphabet=st.sampled_from("<>/abp &;#x=\"' \n-!div"), max_size=80))
def test_anything_is_read(html: str) -> None:
    for row in document(html).rows:
        assert row.text.endswith("\n")
        assert all(0 <= mark.start < mark.end <= len(row.text) for mark in row.marks)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="iso-8859-2">', "iso-8859-2"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250"),
        ("", "cp1250"),
        ("", "utf-8"),
        ('<meta charset="ascii">', "utf-8"),
        ('<meta charset="no-such">', "utf-8"),
    ],
)
def test_encodings_of_pages(head: str, encoding: str, tmp_path: Path) -> None:
    speech = "Szanowni Państwo, dziękuję bardzo. Żadna łódź nie może wypłynąć, gdy wieje źle."
    file = tmp_path / "page.html"
    file.write_bytes(f"<html><head>{head}</head><body><p>{speech}</p></body></html>".encode(encoding))
    page = read_transcript(file)
    assert page.format == "html"
    assert page.source == speech + "\n"
    assert page.language == "pl"


def test_a_heading_of_a_lower_level_above_the_text(tmp_path: Path) -> None:
    prose = "I thank you all for the chance to speak about the ferry tonight, and about what it means to this town."
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>Speech by Chair Olde - Ferry Board</title></head>"
        "<body><div><ul><li><a href='/'>Home</a></li></ul></div>"
        "<div><p>March 28, 2027</p><h3>Mending the Ferry</h3><p>Chair Vera Olde</p>"
        "<p>At the annual dinner of the Ferry Friends, Washington, D.C.</p>"
        f"<div>{f'<p>{prose}</p>' * 4}</div></div></body></html>",
        encoding="utf-8",
    )
    read = read_transcript(page)
    assert (read.title, str(read.date)) == ("Mending the Ferry", "2027-03-28")
    assert read.place == "annual dinner of the Ferry Friends, Washington, D.C."
    assert [(turn.speaker, line.text) for turn, line in read.spoken_lines()] == [
        ("Chair Vera Olde", prose)
    ] * 4


def kinds(html: str) -> dict[str, LineKind | None]:
    return {row.content: row.kind for row in document(html).rows if row.content}


SAID = "<p>Good morning, everyone. The harbour stays open.</p>"


def test_elements_that_call_themselves_speakers_are_labels_even_if_each_comes_once() -> None:
    names = ("Ann Hill", "Tom Hale", "Eva Berg")
    turns = "".join(f"<div class='speech__speaker'>{name}</div><div>{SAID}</div>" for name in names)
    assert all(kinds(turns)[name] is LineKind.SPEAKER for name in names)
    cards = "".join(
        f"<div class='speaker'><h3>{name}</h3><p>Director, Harbour Office</p></div>" for name in names
    )
    assert all(kinds(cards + SAID)[name] is None for name in names)


def test_advertisements_pulled_quotes_and_counts_are_furniture() -> None:
    found = kinds(
        f"<main><h1>The harbour</h1>{SAID}<p>ADVERTISEMENT</p><p>Story continues below advertisement</p>{SAID}"
        f"<blockquote class=pullquote>The harbour stays open</blockquote>{SAID}"
        "<div>--</div><div>1.2K Followers</div><h2>More</h2><a href=x>Another story</a></main>"
    )
    for shown in (
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "The harbour stays open",
        "1.2K Followers",
    ):
        assert found[shown] is LineKind.FURNITURE


def test_the_foot_of_a_message_to_many_is_furniture() -> None:
    found = kinds(
        f"<table><tr><td>{SAID * 3}</td></tr><tr><td><p>You receive this email because you asked for it.</p>"
        "<p><a href=u>Unsubscribe</a> | <a href=p>Preferences</a></p><p>Press Office, 1 Quay Street</p></td></tr>"
        "</table>"
    )
    assert [shown for shown, kind in found.items() if kind is None] == [
        "Good morning, everyone. The harbour stays open."
    ]


def test_what_a_tracked_change_deleted_is_not_read_and_what_a_person_struck_out_is() -> None:
    assert texts("<p>We have <del cite='mailto:Ed' datetime='2027-05-03'>twenty</del> thirty boats.</p>") == [
        "We have thirty boats."
    ]
    assert texts("<p>We have <del>twenty</del> [thirty] boats.</p>") == ["We have twenty [thirty] boats."]


def test_what_opens_a_text_is_a_heading_and_a_question_is_not() -> None:
    rows = document(
        f"<details><summary>Read the transcript</summary>{SAID}</details>"
        f"<details><summary>When does it open?</summary>{SAID}</details>"
    ).rows
    assert {row.content: row.heading for row in rows if row.content and not row.content.endswith(".")} == {
        "Read the transcript": 3,
        "When does it open?": 0,
    }
