"""PDF files: paragraphs again, without what printing adds; broken, encrypted and scanned ones."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from renderings import FONTS, as_pdf

from asdelivered.transcripts.document import Row, Style
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.formats.pdf.layout import layout
from asdelivered.transcripts.formats.pdf.lines import PageLine, Word
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.source import Source


def line(text: str, baseline: float, left: float = 50, size: float = 10, bold: bool = False) -> PageLine:
    """A line of a page, in letters that are half as wide as high."""
    words = []
    for word in text.split():
        right = left + len(word) * size / 2
        words.append(Word(word, left, right, baseline, size, bold, False))
        left = right + size / 4
    return PageLine(tuple(words), 800)


def page(
    *texts: str, top: float = 700, left: float = 50, size: float = 10, bold: bool = False
) -> list[PageLine]:
    return [line(text, top - 12 * number, left, size, bold) for number, text in enumerate(texts) if text]


def texts(rows: tuple[Row, ...]) -> list[str]:
    return [row.content for row in rows if row.content]


def test_lines_are_joined_to_paragraphs() -> None:
    rows = layout(
        [
            page(
                "The quick brown fox jumps over the lazy",
                "dogs, and so on. And that is all that I",
                "have to say.",
                "",
                "A second one.",
            )
        ]
    )
    assert texts(rows) == [
        "The quick brown fox jumps over the lazy dogs, and so on. And that is all that I have to say.",
        "A second one.",
    ]


def test_most_paragraphs_may_be_a_line_long() -> None:
    lines = ["Daniel Moss, Gazette", "", "Thank you.", "", "Ann Hill, Commissioner", "", "We begin in May."]
    longer = ["", "The quick brown fox jumps over the lazy", "dogs, and so on.", ""]
    rows = layout([page(*lines, *longer, *lines)])
    joined = "The quick brown fox jumps over the lazy dogs, and so on."
    expected = [text for text in (*lines, joined, *lines) if text]
    assert texts(rows) == expected
    assert [row.content for row in rows][1::2] == [""] * (len(expected) - 1)


def test_lines_of_a_double_spaced_page_are_one_paragraph_below_a_close_address() -> None:
    address = ["The Harbour Office", "Quay Street 1", "Westhaven", ""]
    sentence = "The quick brown fox jumps over the lazy"
    double = [text for _ in range(12) for text in (sentence, "")]
    rows = layout([page(*address, "", *double)])
    assert texts(rows)[-1] == " ".join([sentence] * 12)


def test_sentences_on_lines_of_their_own_stay() -> None:
    rows = layout(
        [
            page(
                "There is a ship in the dock behind me.",
                "She is old.",
                "And she is still in commission, which is",
                "more than I am.",
                "It can last.",
                "But only so.",
            )
        ]
    )
    assert texts(rows)[1:4] == [
        "She is old.",
        "And she is still in commission, which is more than I am.",
        "It can last.",
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["The security of the Alliance is secu-", "rity for all, and long-term security it", "is too."],
            "secu-rity",
        ),
        (
            ["We speak of long-term planning, long-", "term security, and a clear-eyed view of", "the rest."],
            "long-term security",
        ),
        (
            ["The treaty between them is a Franco-", "German one, and that is a long-standing", "habit."],
            "Franco-German one",
        ),
    ],
)
def test_hyphens_at_the_end_of_lines(lines: list[str], text: str) -> None:
    (row,) = layout([page(*lines)])
    assert text.replace("secu-rity", "security") in row.text
    assert "secu-" not in row.text


def test_running_heads_and_page_numbers_are_told_apart() -> None:
    pages = [
        [
            line("Press office: speeches", 780),
            *page(f"This is what was said on page {number} of it."),
            line(f"{number}", 30),
        ]
        for number in range(1, 6)
    ]
    rows = layout(pages)
    kinds = [(row.kind, row.content) for row in rows if row.content]
    assert [kind for kind, _ in kinds].count(LineKind.FURNITURE) == 10
    assert [text for kind, text in kinds if kind is None] == [
        f"This is what was said on page {n} of it." for n in range(1, 6)
    ]


def test_a_speaker_at_the_edge_of_pages_is_no_running_head() -> None:
    turn = ("Ann Hill", "", "Thank you all.", "", "Bob Ray", "", "Do go on, we have time.", "")
    pages = [page(*turn * 3, f"And {words}.") for words in ("so on", "that is all", "what else", "no more")]
    assert all(row.kind is None for row in layout(pages))


def test_footnotes_in_small_print() -> None:
    pages = [
        [*page("This is what was said, and it was long", "enough."), line("1 A footnote.", 60, size=7)],
        page("And more."),
    ]
    assert [(row.kind, row.content) for row in layout(pages) if row.content] == [
        (None, "This is what was said, and it was long enough."),
        (LineKind.FOOTNOTE, "1 A footnote."),
        (None, "And more."),
    ]


def test_two_columns() -> None:
    left = page(*["The left column goes on and"] * 11, "ends.", left=50)
    right = page(*["the right one follows it and"] * 11, "ends too.", left=320)
    rows = texts(layout([left + right]))
    assert rows[0].startswith("The left column goes on and The left")
    assert rows[-1].endswith("ends too.")


def test_looks_and_large_print(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    for style, file in (("", "Regular"), ("B", "Bold"), ("I", "Italic")):
        pdf.add_font("Roboto", style, FONTS / f"Roboto-{file}.ttf")
    pdf.set_font("Roboto", "", 24)
    pdf.cell(text="A Title", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Roboto", "", 11)
    pdf.ln(10)
    pdf.write(6, "Plain and ")
    for style in "BI":
        pdf.set_font(style=style)
        pdf.write(6, f"{style}-print ")
    pdf.set_font(style="")
    pdf.write(6, "with a note")
    pdf.set_font_size(6)
    pdf.set_char_spacing(0)
    pdf.write(4, "1")
    for _ in range(20):
        pdf.set_font_size(11)
        pdf.ln(12)
        pdf.write(6, "More text of the usual size.")
    file = tmp_path / "looks.pdf"
    pdf.output(str(file))
    title, *rows = [row for row in read_document(Source("x", file.read_bytes()))[1].rows if row.content]
    assert (title.content, title.heading) == ("A Title", 1)
    found = {(mark.style, rows[0].text[mark.start : mark.end]) for mark in rows[0].marks}
    assert found == {(Style.BOLD, "B-print"), (Style.ITALIC, "I-print"), (Style.RAISED, "1")}


def test_two_hundred_pages_in_time(tmp_path: Path, slowness: Callable[[], float]) -> None:
    paragraph = (
        "There is a ship in the dock behind me, and I think of her when people ask me whether this can last. "
        * 6
    )
    file = tmp_path / "long.pdf"
    as_pdf("A Title\n\n" + f"{paragraph}\n\n" * 1250, file)
    began = time.process_time()
    transcript = read_transcript(file)
    spent = time.process_time() - began
    assert sum(line.text.startswith("Page") for turn in transcript.turns for line in turn.lines) >= 200
    spoken = [line.text for _, line in transcript.spoken_lines()]
    assert spoken == [paragraph.strip()] * 1250
    assert spent < 20 * slowness()


def refused(data: bytes, why: str) -> None:
    with pytest.raises(TranscriptError, match=why) as error:
        read_document(Source("page.pdf", data))
    assert str(error.value).startswith("page.pdf ")


def test_refused_files(tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    as_pdf("A Title\n\nThank you very much, all of you.\n", file)
    whole = file.read_bytes()
    refused(b"%PDF-1.7\n", "damaged")
    refused(b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged")
    refused(whole[:200], "damaged")
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(10, 10, 100, 100, style="F")
    pdf.output(str(file))
    refused(file.read_bytes(), "no text: its pages are pictures")
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica")
    pdf.cell(text="Thank you very much.")
    pdf.set_encryption("owner", "user")
    pdf.output(str(file))
    refused(file.read_bytes(), "encrypted")


def test_a_page_that_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    pdf = FPDF()
    for _ in range(2):
        pdf.add_page()
        pdf.set_font("helvetica")
        pdf.cell(text="Thank you very much, all of you.")
    data = bytes(pdf.output())
    second = data.rindex(b"/Type /Page\n")
    with pytest.raises(
        TranscriptError, match=r"^page\.pdf, page 2, is no PDF page, or a damaged one: "
    ) as error:
        read_document(Source("page.pdf", data[:second] + b"/Type /Pane" + data[second + 11 :]), "pdf")
    assert "get a new copy" in str(error.value)


def file_of_lines(lines: list[tuple[str, int, int, int]], *, in_matrix: bool) -> bytes:
    """A PDF file of one page with lines: text, print size, left, baseline. The size is in the matrix, or the font's."""
    shown = [
        f"/F1 1 Tf {size} 0 0 {size} {left} {baseline} Tm ({text}) Tj"
        if in_matrix
        else f"/F1 {size} Tf 1 0 0 1 {left} {baseline} Tm ({text}) Tj"
        for text, size, left, baseline in lines
    ]
    content = f"BT {' '.join(shown)} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    file, starts = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        starts.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    trailer = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(file)
    return file + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


@pytest.mark.parametrize("in_matrix", [False, True])
def test_the_print_size_may_be_in_the_text_matrix(in_matrix: bool) -> None:
    lines = [
        (
            "MS VERA. I have come down to the old quay this morning to tell you what the council has",
            12,
            108,
            700,
        ),
        (
            "decided about the ferry, and I will be as brief as I can, since the tide will not wait for",
            12,
            72,
            672,
        ),
        ("any of us.1 We go on.", 12, 72, 644),
        (
            "MR OLDE. Then let me ask the one thing that all of us in this hall would like to know by",
            12,
            108,
            616,
        ),
        ("now: who pays for it?", 12, 72, 588),
        ("1 The speaker meant the evening tide.", 8, 72, 80),
    ]
    rows = read_document(Source("x", file_of_lines(lines, in_matrix=in_matrix)))[1].rows
    filled = [row for row in rows if row.content]
    assert [row.content.split()[0] for row in filled] == ["MS", "MR", "1"]
    assert [row.kind for row in filled] == [None, None, LineKind.FOOTNOTE]
    assert [filled[0].text[mark.start : mark.end] for mark in filled[0].marks] == ["1"]


def test_a_number_stays_with_what_it_counts() -> None:
    pages = [
        page("We have lost a great many ships and"),
        page("2000000 tons of goods over the years", "and I am sorry to say that it goes on."),
    ]
    rows = layout([[*pages[0]], [*pages[1]]])
    assert len(texts(rows)) == 1


def test_running_heads_that_change_but_count_the_pages_and_a_number_above_a_stamp() -> None:
    def one(number: int) -> list[PageLine]:
        head = line(f"{12 + number} The Harbour | Part {'ABC'[number % 3]}", 760)
        if number % 2:
            head = line(f"The Road {12 + number}", 760)
        text = [
            line(f"We are on page {word * (number + 1)}.", 700 - 40 * at) for at, word in enumerate("abcdef")
        ]
        return [head, *text, line(str(number + 1), 40), line(f"HARB-{number:07}", 20)]

    rows = layout([one(number) for number in range(5)])
    spoken = [row.content for row in rows if row.content and row.kind is None]
    assert spoken == [f"We are on page {word * count}." for count in range(1, 6) for word in "abcdef"]


def test_chinese_and_japanese_lines_are_joined_without_a_blank() -> None:
    first = "それから、道路について申し上げますと、五月に開く予定であり、それまでに工事を終える見込みで"
    (row,) = [row for row in layout([page(first, "ございます。")]) if row.content]
    assert row.content == f"{first}ございます。"
