"""Tables of turns: who speaks in one cell, what is said in another; and tables that are none."""

import html
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest

from asdelivered.transcripts.formats.turn_tables import Turns, find_turns
from asdelivered.transcripts.model import LineKind, Transcript
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.structure.corrections import Corrections

SPEECH = (
    "Good morning, and thank you for having us here in the town hall.",
    "Thank you. It is a pleasure to see you all.",
    "What do you plan for the harbour?",
    "We keep it open. That is what we promised, and we will do it.",
    "Thank you.",
)
PAIRS = {
    "codes": ("P1", "I"),
    "small letters": ("interviewer", "participant"),
    "offices": ("Chair of the meeting of the committee", "Ms R. Weber (Harbour Office)"),
    "names": ("Rosa Weber:", "Jan Smit:"),
    "one name": ("Rosa Weber", ""),
}


def table(first: str, second: str, *, header: bool = False, times: bool = False) -> list[list[str]]:
    names = [first, second] * 3
    rows = [[name, text] for name, text in zip(names, SPEECH, strict=False)]
    rows = [["Speaker", "Text"], *rows] if header else rows
    return [[f"00:00:{10 * at:02}", *row] for at, row in enumerate(rows)] if times else rows


def as_html(rows: Sequence[Sequence[str]], path: Path) -> Transcript:
    cells = "".join(
        "<tr>" + "".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in row) + "</tr>" for row in rows
    )
    path.write_text(f"<!doctype html><h1>An interview</h1><table><tbody>{cells}</tbody></table>")
    return read_transcript(path)


def as_docx(rows: Sequence[Sequence[str]], path: Path) -> Transcript:
    word = docx.Document()
    word.add_heading("An interview", 0)
    grid = word.add_table(len(rows), len(rows[0]))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            grid.cell(row, column).text = cell
    saved = io.BytesIO()
    word.save(saved)
    path.write_bytes(saved.getvalue())
    return read_transcript(path)


@pytest.mark.parametrize("read", [as_html, as_docx])
@pytest.mark.parametrize("times", [False, True])
@pytest.mark.parametrize("header", [False, True])
@pytest.mark.parametrize("pair", PAIRS)
def test_each_row_is_a_turn(
    pair: str,
    header: bool,
    times: bool,
    read: Callable[[Sequence[Sequence[str]], Path], Transcript],
    tmp_path: Path,
) -> None:
    first, second = PAIRS[pair]
    page = read(table(first, second, header=header, times=times), tmp_path / "page")
    spoken = [(turn.speaker, line.text) for turn, line in page.spoken_lines()]
    names = [first.rstrip(":"), second.rstrip(":") or first] * 3
    assert spoken == list(zip(names, SPEECH, strict=False))


def test_what_a_person_calls_no_label_is_speech(tmp_path: Path) -> None:
    path = tmp_path / "page"
    as_html(table("P1", "I"), path)
    page = read_transcript(path, corrections=Corrections(never=frozenset({"i"})))
    assert [line.text for _, line in page.spoken_lines()].count("I") == 2


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (table("P1", "I"), Turns(0, 0)),
        (table("P1", "I", header=True, times=True), Turns(1, 1)),
        # A glossary, an agenda, two languages side by side, too few rows, a list of who sits where.
        ([[f"word {at}", "what it means, told at some length"] for at in range(9)], None),
        ([[f"{at}:00", f"Item {at}", "What is on then, told at length"] for at in range(9)], None),
        ([["This is said in one language here.", "Dies wird in einer Sprache gesagt."]] * 5, None),
        (table("P1", "I")[:2], None),
        ([["Rosa Weber", "Room 1"], ["Jan Smit", "Room 2"], ["Rosa Weber", "Room 3"]], None),
        ([], None),
        ([["alone"]], None),
    ],
)
def test_what_is_a_table_of_turns(rows: list[list[str]], found: Turns | None) -> None:
    assert find_turns(rows) == found


def test_the_cells_that_are_no_speech_keep_their_kinds(tmp_path: Path) -> None:
    page = as_docx(table("P1", "I", header=True, times=True), tmp_path / "page")
    kinds = {line.text: line.kind for turn in page.turns for line in turn.lines if line.text}
    assert kinds["Speaker"] is kinds["Text"] is kinds["00:00:10"] is LineKind.METADATA
    assert kinds["P1"] is LineKind.SPEAKER
