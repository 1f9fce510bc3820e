"""Names in the margin of printed pages are the speakers of what stands beside them."""

from pathlib import Path

import pytest
from fpdf import FPDF

from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.read import read_transcript

LONG = "It opens in May, and the town pays for most of it, as it promised last year. We asked for it, and we know it."
TURNS = [
    ("Ann Hill", f"Good evening, everyone. {LONG}"),
    ("Tom Olde", f"Thank you. {LONG} Who pays for the rest of it?"),
    ("Ann Hill", f"The state. {LONG}"),
    ("Mia Lund", "And when?"),
    ("Ann Hill", f"In the summer. {LONG}"),
]


def printed(path: Path, turns: list[tuple[str, str]], width: float, size: float = 11) -> Transcript:
    """Read pages with a name in the margin beside each turn; `width` is that of the margin, in millimetres."""
    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", "B", size + 3)
    page.cell(0, 10, "The harbour", new_x="LMARGIN", new_y="NEXT")
    page.set_font("Helvetica", "", size)
    page.cell(0, 8, "12 May 2027", new_x="LMARGIN", new_y="NEXT")
    for name, speech in turns:
        if page.get_y() > 230:
            page.add_page()
        top = page.get_y()
        page.set_xy(10, top)
        page.multi_cell(width, 6, name)
        page.set_xy(15 + width, top)
        page.multi_cell(180 - width, 6, speech)
        page.ln(3)
    page.output(str(path))
    return read_transcript(path)


def said(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, line.text) for turn, line in transcript.spoken_lines()]


@pytest.mark.parametrize("width", [22, 35, 60])
@pytest.mark.parametrize("times", [1, 4])
def test_each_name_speaks_what_stands_beside_it(width: int, times: int, tmp_path: Path) -> None:
    turns = TURNS * times
    transcript = printed(tmp_path / "page.pdf", turns, width)
    assert said(transcript) == turns
    assert (transcript.title, str(transcript.date)) == ("The harbour", "2027-05-12")


def test_names_with_a_colon_and_over_two_lines(tmp_path: Path) -> None:
    turns = [(name.replace("Ann Hill", "Ann Hill, Mayor of Westhaven:"), speech) for name, speech in TURNS]
    names = {name for name, _ in said(printed(tmp_path / "page.pdf", turns, 32))}
    assert names == {"Ann Hill, Mayor of Westhaven", "Tom Olde", "Mia Lund"}


def test_what_goes_on_overleaf_is_by_the_same_speaker(tmp_path: Path) -> None:
    turns = [("Ann Hill", f"{LONG} " * 50), *TURNS]
    assert [name for name, _ in said(printed(tmp_path / "page.pdf", turns, 35))][:2] == [
        "Ann Hill",
        "Ann Hill",
    ]


def test_headings_in_the_margin_are_no_speakers(tmp_path: Path) -> None:
    turns = [
        (f"{name} ({number})", LONG) for number, name in enumerate(["Old Quay", "New Road", "Sea Wall"] * 2)
    ]
    assert {name for name, _ in said(printed(tmp_path / "page.pdf", turns, 35))} <= {None}
