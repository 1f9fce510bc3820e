"""Pages on their side, text across a page, and text that runs down or to the left are read as a person reads them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.formats.pdf.directions import Direction, Way, in_order_of_reading
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.source import Source

WIDTH, HEIGHT = 612, 792
LINES = [
    "Good morning, everyone, and thank you for being here. The harbour stays open, and we will have",
    "forty boats by the summer, all of them from this city and made by hand.",
    "We have worked on the road to the north for three years, and I can tell you today that it will be",
    "open in May, weeks before anybody thought that it could be.",
]
SHOWN = [f"{LINES[0]} {LINES[1]}", f"{LINES[2]} {LINES[3]}"]


def text(content: str, x: float, y: float, matrix: str = "1 0 0 1", size: int = 10) -> str:
    return f"BT /F1 {size} Tf {matrix} {x} {y} Tm ({content}) Tj ET\n"


def file_of(*contents: str, rotate: int = 0, box: tuple[int, int] = (WIDTH, HEIGHT)) -> bytes:
    """A PDF file with a page for each content stream."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    for number, content in enumerate(contents):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box[0]} {box[1]}] /Rotate {rotate} "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>".encode(),
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream".encode(),
        ]
    data = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    return data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def body(first: float = 700) -> str:
    heights = [first, first - 13, first - 39, first - 52]
    return "".join(text(line, 72, y) for line, y in zip(LINES, heights, strict=True))


def rows(data: bytes) -> list[tuple[str, LineKind | None]]:
    return [(row.content, row.kind) for row in read_document(Source("page.pdf", data))[1].rows if row.content]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("turn", "box"),
    [
        ("1 0 0 1 0 0", (WIDTH, HEIGHT)),
        (f"0 1 -1 0 {HEIGHT} 0", (HEIGHT, WIDTH)),
        (f"-1 0 0 -1 {WIDTH} {HEIGHT}", (WIDTH, HEIGHT)),
        (f"0 -1 1 0 0 {WIDTH}", (HEIGHT, WIDTH)),
    ],
)
def test_a_page_is_read_however_it_lies(turn: str, box: tuple[int, int], rotate: int) -> None:
    data = file_of(f"q {turn} cm\n{body()}Q", rotate=rotate, box=box)
    assert [shown for shown, _ in rows(data)] == SHOWN


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "0.7 0.7 -0.7 0.7"])
def test_text_across_the_page_is_no_speech(matrix: str) -> None:
    for content in (
        text("Draft of today", 200, 500, matrix, 60) + body(),
        body() + text("Draft of today", 30, 200, matrix),
    ):
        found = rows(file_of(content))
        assert [shown for shown, kind in found if kind is None] == SHOWN
        assert ("Draft of today", LineKind.FURNITURE) in found


def test_large_print_at_one_place_of_all_pages_is_no_speech() -> None:
    found = rows(file_of(*(text("DRAFT", 150, 300, size=90) + body(700 - 50 * page) for page in range(3))))
    assert [shown for shown, kind in found if kind is None] == SHOWN * 3
    assert sum(shown == "DRAFT" and kind is LineKind.FURNITURE for shown, kind in found) == 3


def test_letters_of_a_leftward_word_that_a_file_has_as_they_stand() -> None:
    assert in_order_of_reading("םולש", [10, 20, 30, 40]) == "שלום"
    assert in_order_of_reading("שלום", [40, 30, 20, 10]) == "שלום"
    assert in_order_of_reading("سيئرلا:", [10, 20, 30, 40, 50, 60, 5]) == "الرئيس:"
    assert in_order_of_reading("הנש2027", [30, 40, 50, 10, 14, 18, 22]) == "שנה2027"
    assert in_order_of_reading("2027", [10, 14, 18, 22]) == "2027"


@given(st.text(st.characters(min_codepoint=0x5D0, max_codepoint=0x5EA), min_size=1, max_size=12))
def test_no_letter_is_lost_or_moved_twice(word: str) -> None:
    right = [10.0 * (len(word) - at) for at in range(len(word))]
    assert in_order_of_reading(word, right) == word
    assert in_order_of_reading(word[::-1], right[::-1]) == word


@given(st.sampled_from([*Way]), st.booleans(), st.floats(0, WIDTH), st.floats(0, HEIGHT), st.floats(1, 50))
def test_what_comes_later_along_a_line_stands_further_right(
    way: Way, leftward: bool, x: float, y: float, step: float
) -> None:
    direction = Direction(WIDTH, HEIGHT, way, leftward=leftward)
    along = way.value if not leftward else (-way.value[0], -way.value[1])
    one = direction.point(x, y)
    other = direction.point(x + along[0] * step, y + along[1] * step)
    assert other == pytest.approx((one[0] + step, one[1]))


def test_japanese_runs_down(tmp_path: Path) -> None:
    columns = ["GOOD MORNING TO ALL", "OF YOU IN THIS HALL", "AND THANK YOU ALL."]
    letters = "".join(
        text(letter, 500 - 20 * column, 700 - 11 * at)
        for column, shown in enumerate(columns)
        for at, letter in enumerate(shown)
        if letter != " "
    )
    (found,) = rows(file_of(letters))
    assert found[0].replace(" ", "") == "".join(columns).replace(" ", "")
