"""Print paragraphs in columns, as official records do: the file draws its lines in the order asked for."""

from dataclasses import dataclass
from pathlib import Path

import font_roboto
from fpdf import FPDF

FONTS = Path(font_roboto.__file__).parent / "files"
LEFT, TOP, WIDTH, BOTTOM = 20.0, 25.0, 170.0, 270.0


@dataclass(frozen=True)
class Look:
    """How a page is set: lengths in millimetres, print size in points."""

    columns: int = 2
    order: str = "columns"
    """Of drawing: "columns", "rows" (a row of all columns at a time), or "backwards"."""
    size: float = 10
    gutter: float = 6
    indent: float = 0
    gap: float = 0
    """Between paragraphs."""
    shift: float = 0
    """By which each column stands lower than the one before it."""
    justified: bool = False
    notes: bool = False


@dataclass(frozen=True)
class Piece:
    text: str
    left: float
    baseline: float
    size: float
    bold: bool = False
    width: float | None = None
    """Of the line where it is justified."""


def note(column: int) -> str:
    return f"{column + 1} What stands below this column in small print."


def print_columns(title: str, paragraphs: list[str], look: Look, file: Path) -> None:
    """Write a PDF file with a title over all columns, running heads and page numbers."""
    pdf = FPDF()
    pdf.set_auto_page_break(False)
    for style, name in (("", "Regular"), ("B", "Bold")):
        pdf.add_font("Roboto", style, FONTS / f"Roboto-{name}.ttf")
    for number, pieces in enumerate(_pages(pdf, title, paragraphs, look)):
        pdf.add_page()
        pdf.set_font("Roboto", "", 8)
        pdf.text(LEFT, 14, "Official Report")
        pdf.text(LEFT + WIDTH - 25, 14, "Third Session")
        pdf.text(105, 287, f"{number + 100}")
        for piece in _drawn(pieces, look.order):
            _draw(pdf, piece)
    pdf.output(str(file))


def _pages(pdf: FPDF, title: str, paragraphs: list[str], look: Look) -> list[list[Piece]]:
    width = (WIDTH - look.gutter * (look.columns - 1)) / look.columns
    step = look.size * 0.42
    pages = [[Piece(title, LEFT, TOP, 20, bold=True)]]
    column, top, down = 0, TOP + 12, TOP + 12
    for paragraph in paragraphs:
        lines = _wrapped(pdf, paragraph, width, look)
        for number, text in enumerate(lines):
            if down > BOTTOM - 14 * look.notes:
                column += 1
                if column == look.columns:
                    pages.append([])
                    column, top = 0, TOP
                down = top + look.shift * column
            left = LEFT + column * (width + look.gutter) + look.indent * (number == 0)
            room = width - look.indent * (number == 0)
            spread = room if look.justified and number < len(lines) - 1 else None
            pages[-1].append(Piece(text, left, down, look.size, width=spread))
            down += step
        down += look.gap
    for each in range(look.columns if look.notes else 0):
        pages[0].append(Piece(note(each), LEFT + each * (width + look.gutter), BOTTOM - 6, 7))
    return pages


def _wrapped(pdf: FPDF, paragraph: str, width: float, look: Look) -> list[str]:
    pdf.set_font("Roboto", "", look.size)
    lines: list[list[str]] = [[]]
    for word in paragraph.split():
        room = width - look.indent * (len(lines) == 1)
        if lines[-1] and pdf.get_string_width(" ".join([*lines[-1], word])) > room:
            lines.append([])
        lines[-1].append(word)
    return [" ".join(line) for line in lines]


def _drawn(pieces: list[Piece], order: str) -> list[Piece]:
    if order == "rows":
        return sorted(pieces, key=lambda piece: (round(piece.baseline, 1), piece.left))
    return sorted(pieces, key=lambda piece: -piece.left) if order == "backwards" else pieces


def _draw(pdf: FPDF, piece: Piece) -> None:
    pdf.set_font("Roboto", "B" if piece.bold else "", piece.size)
    words = piece.text.split()
    if piece.width is None or len(words) == 1:
        pdf.text(piece.left, piece.baseline, piece.text)
        return
    widths = [pdf.get_string_width(word) for word in words]
    space = (piece.width - sum(widths)) / (len(words) - 1)
    left = piece.left
    for word, width in zip(words, widths, strict=True):
        pdf.text(left, piece.baseline, word)
        left += width + space
