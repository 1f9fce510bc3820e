"""The XML of parliaments: who speaks, what is a heading or a note; and what is refused."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.model import LineKind, Transcript
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.source import Source

AKOMA_NTOSO = """<?xml version="1.0"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate name="record">
<meta><references source="#s"><TLCPerson eId="vera" showAs="Vera Olde" href="/p"/></references></meta>
<preface><p><docTitle>The Ferry Debate</docTitle> <docDate date="2027-03-02">2 March 2027</docDate></p></preface>
<debateBody><debateSection><heading>The Old Ferry</heading>
<speech by="#lund"><from>Mr T LUND (Green):</from>
<p>I ask about the <b>ferry</b>.</p><p>First: does it sail?</p></speech>
<speech by="#vera"><p>It does.<remark>[Laughter]</remark> Or so I hope.</p></speech>
<scene>The House rose.</scene></debateSection></debateBody></debate></akomaNtoso>"""

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="cs"><teiHeader><fileDesc>
<titleStmt><title type="main">The Ferry, sitting 3</title></titleStmt>
<sourceDesc><bibl><date when="2027-03-02">2.3.2027</date></bibl></sourceDesc></fileDesc>
<profileDesc><particDesc><listPerson>
<person xml:id="OldeVera"><persName><forename>Vera</forename><surname>Olde</surname>
</persName></person></listPerson></particDesc></profileDesc></teiHeader>
<text><timeline unit="ms"><when xml:id="t0" absolute="10:00"/></timeline><body><div><head>Ferry</head>
<note type="speaker">Chair Lund:</note><u who="#Lund"><seg>Order.</seg></u>
<u who="#OldeVera"><seg><w>We</w><w join="right">sail</w><pc>.</pc></seg><kinesic><desc>Applause</desc></kinesic>
<seg>Thank you.</seg></u></div></body></text></TEI>"""

BUNDESTAG = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE dbtplenarprotokoll SYSTEM "dbtplenarprotokoll.dtd">
<dbtplenarprotokoll wahlperiode="21" sitzung-nr="7" sitzung-datum="02.03.2027">
<vorspann><p>Inhalt: Fähre</p></vorspann>
<sitzungsverlauf><sitzungsbeginn>
<name>Präsident Lund:</name><p klasse="J_1">Die Sitzung ist eröffnet.</p></sitzungsbeginn>
<tagesordnungspunkt><p klasse="T_NaS">Die Fähre</p><rede id="1">
<p klasse="redner"><redner id="7"><name><vorname>Vera</vorname>
<nachname>Olde</nachname></name></redner>Vera Olde (Grüne):</p><p klasse="J">Die Fähre fährt.</p>
<kommentar>(Beifall)</kommentar><p klasse="O">Und sie fährt gut.</p></rede></tagesordnungspunkt></sitzungsverlauf>
<rednerliste><redner id="7"/></rednerliste></dbtplenarprotokoll>"""


def read(text: str, folder: Path) -> Transcript:
    file = folder / "page.xml"
    file.write_text(text, encoding="utf-8")
    return read_transcript(file)


def spoken(page: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, line.text) for turn, line in page.spoken_lines()]


def kinds(page: Transcript) -> dict[str, LineKind]:
    return {line.text: line.kind for turn in page.turns for line in turn.lines if line.text}


def test_akoma_ntoso(tmp_path: Path) -> None:
    page = read(AKOMA_NTOSO, tmp_path)
    assert (page.format, page.title, page.date) == ("xml", "The Ferry Debate", date(2027, 3, 2))
    assert spoken(page) == [
        ("Mr T LUND (Green)", "I ask about the ferry."),
        ("Mr T LUND (Green)", "First: does it sail?"),
        ("Vera Olde", "It does."),
        ("Vera Olde", "Or so I hope."),
    ]
    found = kinds(page)
    assert (found["The Old Ferry"], found["[Laughter]"], found["The House rose."]) == (
        LineKind.HEADING,
        LineKind.NOTE,
        LineKind.NOTE,
    )


def test_tei(tmp_path: Path) -> None:
    page = read(TEI, tmp_path)
    assert (page.title, page.date) == ("The Ferry, sitting 3", date(2027, 3, 2))
    assert spoken(page) == [("Chair Lund", "Order."), ("Vera Olde", "We sail."), ("Vera Olde", "Thank you.")]
    assert kinds(page)["Applause"] is LineKind.NOTE


def test_bundestag(tmp_path: Path) -> None:
    page = read(BUNDESTAG, tmp_path)
    assert (page.title, page.date, page.language) == ("Plenarprotokoll 21/7", date(2027, 3, 2), "de")
    assert spoken(page) == [
        ("Präsident Lund", "Die Sitzung ist eröffnet."),
        ("Vera Olde (Grüne)", "Die Fähre fährt."),
        ("Vera Olde (Grüne)", "Und sie fährt gut."),
    ]
    assert kinds(page)["Die Fähre"] is LineKind.HEADING


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('<?xml version="1.0"?><rss><channel><title>News</title></channel></rss>', "root <rss>"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><text>Hi</text></svg>', "root <svg>"),
        ('<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY a "b">]><TEI><text>&a;</text></TEI>', "entities"),
        (
            '<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY a SYSTEM "file:///etc/passwd">]><TEI>&a;</TEI>',
            "entities",
        ),
        ("<TEI><text>", "damaged"),
        ("<TEI><text><head>Nobody speaks</head></text></TEI>", "no speech"),
    ],
)
def test_what_is_refused(text: str, why: str) -> None:
    with pytest.raises(TranscriptError, match=why):
        read_document(Source("page.xml", text.encode()))


def test_elements_nested_deep() -> None:
    depth = 20_000
    text = f"<TEI><text>{'<div>' * depth}<u>Hello.</u>{'</div>' * depth}</text></TEI>"
    assert [row.content for row in read_document(Source("x", text.encode()))[1].rows] == ["Hello."]


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1), min_size=1, max_size=5))
def test_no_word_is_lost_or_glued(words: list[str]) -> None:
    shown = ["".join(letter for letter in word if letter not in "<>&") or "x" for word in words]
    body = "".join(f"<u who='#a'><seg>{word}</seg><seg>b</seg></u>" for word in shown)
    rows = read_document(Source("x", f"<TEI><text><body>{body}</body></text></TEI>".encode()))[1].rows
    assert [row.content for row in rows if row.content] == [each for word in shown for each in (word, "b")]
