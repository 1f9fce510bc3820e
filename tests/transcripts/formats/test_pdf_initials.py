"""An initial as high as several lines belongs to the first word beside it, and parts no paragraph."""

from pathlib import Path

import pytest
from fpdf import FPDF
from printed_columns import FONTS

from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.formats.pdf.initials import with_initials
from asdelivered.transcripts.formats.pdf.lines import PageLine, Word
from asdelivered.transcripts.source import Source

SECOND = (
    "And so the road was closed, and a month later it was still closed, because the stone that the town had ordered "
    "did not come before June. The quay was quiet. Nobody came, and nobody left."
)
STARTS = {
    "The": "The harbour stays open, said the mayor, and the ships will come in as they did before.",
    "A": "A road is more than a road to a town like ours, and a quay is more than a wall of stone.",
    "And": "And then it rained for a week, and the water came up to the wall and the road was gone.",
    "“We": "“We will not wait any longer,” she said, and the people on the quay rose to their feet.",
    "D’une": "D’une voix ferme, le maire a dit que la route serait ouverte avant la fin du mois de juin.",
}
LEFT, TOP, WIDTH, STEP = 25.0, 40.0, 110.0, 5.0


def printed(first: str, lines: int, last: bool, file: Path) -> None:
    """Write a page whose first paragraph begins with an initial so many lines high, drawn first or last."""
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("Roboto", "", FONTS / "Roboto-Regular.ttf")
    letter = first[: 2 if first[0] == "“" or first[1] == "’" else 1]
    rest = first[len(letter) :].lstrip()
    size = 11 * (1 + (lines - 1) * STEP / (0.711 * 11 * 0.3528))
    pdf.set_font("Roboto", "", size)
    beside = pdf.get_string_width(letter) + 1.5
    pieces = [(size, LEFT, TOP + STEP * (lines - 1), letter)]
    pdf.set_font("Roboto", "", 11)
    down = TOP
    text: list[tuple[float, float, float, str]] = []
    for paragraph in (f"{rest} {SECOND}", SECOND):
        words = paragraph.split()
        while words:
            left = LEFT + beside * (down < TOP + STEP * lines - 0.1)
            row: list[str] = []
            while words and pdf.get_string_width(" ".join([*row, words[0]])) <= LEFT + WIDTH - left:
                row.append(words.pop(0))
            text.append((11, left, down, " ".join(row)))
            down += STEP
        down += STEP
    for points, left, baseline, shown in [*text, *pieces] if last else [*pieces, *text]:
        pdf.set_font("Roboto", "", points)
        pdf.text(left, baseline, shown)
    pdf.output(str(file))


@pytest.mark.parametrize("last", [False, True], ids=["drawn first", "drawn last"])
@pytest.mark.parametrize("lines", [2, 3, 4])
@pytest.mark.parametrize("start", STARTS)
def test_an_initial_begins_its_word(start: str, lines: int, last: bool, tmp_path: Path) -> None:
    first = STARTS[start]
    file = tmp_path / "page.pdf"
    printed(first, lines, last, file)
    rows = [row.content for row in read_document(Source("x", file.read_bytes()))[1].rows if row.content]
    assert rows == [f"{first} {SECOND}", SECOND]


def test_a_large_letter_without_lines_beside_it_stays() -> None:
    page = [
        PageLine((Word("A", 50, 70, 700, 30, False, False),), 800),
        PageLine((Word("harbour", 50, 90, 660, 11, False, False),), 800),
    ]
    assert with_initials([page]) == [page]
