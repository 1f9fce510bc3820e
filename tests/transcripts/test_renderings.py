"""One text, whatever it comes as: the same turns and lines."""

from pathlib import Path

import pytest
from renderings import as_docx, as_html, as_markdown, as_pdf

from asdelivered.transcripts.model import LineKind, Transcript
from asdelivered.transcripts.read import read_transcript

PAGES = Path(__file__).parent / "pages"


def spoken(page: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, " ".join(line.text.split())) for turn, line in page.spoken_lines()]


def kinds(page: Transcript) -> list[tuple[LineKind, str]]:
    """What is not spoken and is of the text itself."""
    return [
        (line.kind, " ".join(line.text.split()))
        for turn in page.turns
        for line in turn.lines
        if line.kind not in (LineKind.SPOKEN, LineKind.BLANK, LineKind.FURNITURE)
    ]


def render(text: str, form: str, folder: Path) -> Path:
    path = folder / f"page.{form}"
    if form == "html":
        path.write_bytes(as_html(text))
    elif form == "md":
        path.write_bytes(as_markdown(text))
    elif form == "docx":
        as_docx(text, path)
    else:
        as_pdf(text, path, *PRINTS[form])
    return path


PRINTS = {"11pt": (11, 160), "9pt": (9, 120), "13pt": (13, 170)}


@pytest.mark.parametrize("form", ["html", "md", "docx", *PRINTS])
def test_the_seed_page(seed_page: Path, form: str, tmp_path: Path) -> None:
    original = read_transcript(seed_page)
    page = read_transcript(render(seed_page.read_text(encoding="utf-8"), form, tmp_path))
    assert len(spoken(original)) == 267
    assert spoken(page) == spoken(original)
    assert kinds(page) == kinds(original)
    assert (page.title, page.occasion, page.date) == (original.title, original.occasion, original.date)
    assert (page.place, page.delivery) == (original.place, original.delivery)


@pytest.mark.parametrize("form", ["html", "md", "docx", *PRINTS])
@pytest.mark.parametrize("name", ["hearing-en.txt", "plenary-de.txt", "press-fr.txt"])
def test_other_pages(name: str, form: str, tmp_path: Path) -> None:
    original = read_transcript(PAGES / name)
    page = read_transcript(render((PAGES / name).read_text(encoding="utf-8"), form, tmp_path))
    assert page.language == original.language == name[-6:-4]
    assert spoken(page) == spoken(original)
    assert page.date == original.date
