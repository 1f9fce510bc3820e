"""Tables of turns: who speaks in one cell, what is said in another; and tables that are none."""

import html
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.formats.turn_tables import Turns, find_turns, is_list
from asdelivered.transcripts.model import LineKind, Transcript
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.source import Source
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
        (table("P1", "I", header=True, times=True), Turns(1, 1, frozenset({0}))),
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


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [[f"{at}.", f"Item {at}, which has a long name of some words", "Ms Weber"] for at in range(1, 5)],
            True,
        ),
        ([["When", "What"], ["9.00", "Opening"], ["9.30", "Harbour road"], ["Noon", "Lunch"]], True),
        ([["Rosa Weber", "Harbour Office"], ["Jan Smit", "Town Hall"], ["Ann Hill", "Port"]], True),
        # Text without full stops, by rows with a time or a number; speakers who speak again; sentences.
        ([[f"00:{at}0", "so we went down to the harbour that day"] for at in range(1, 5)], False),
        ([[f"{at}", "so we went down to the harbour that day"] for at in range(1, 5)], False),
        ([["Rosa", "Yes"], ["Jan", "No I don't"], ["Rosa", "Well"]], False),
        ([[f"{at}", "So it was."] for at in range(1, 5)], False),
        ([["1", "Opening"], ["2", "Harbour road"]], False),
        ([["alone"]] * 4, False),
        ([], False),
    ],
)
def test_what_is_a_list(rows: list[list[str]], expected: bool) -> None:
    assert is_list(rows) is expected


@pytest.mark.parametrize("read", [as_html, as_docx])
def test_numbers_of_turns_are_silent(
    read: Callable[[Sequence[Sequence[str]], Path], Transcript], tmp_path: Path
) -> None:
    turns = [[f"{at + 1}", *row] for at, row in enumerate(table("P1", "I"))]
    page = read(turns, tmp_path / "page")
    assert [(turn.speaker, line.text) for turn, line in page.spoken_lines()] == [
        (row[0], row[1]) for row in table("P1", "I")
    ]


def test_a_table_for_each_turn(tmp_path: Path) -> None:
    word = docx.Document()
    for row in table("Rosa Weber", "Jan Smit"):
        grid = word.add_table(1, 2)
        grid.cell(0, 0).text, grid.cell(0, 1).text = row
        word.add_paragraph()
    word.save(str(tmp_path / "page.docx"))
    page = read_transcript(tmp_path / "page.docx")
    assert [(turn.speaker, line.text) for turn, line in page.spoken_lines()] == [
        tuple(row) for row in table("Rosa Weber", "Jan Smit")
    ]


def test_a_cell_across_the_table_is_a_heading_or_speech(tmp_path: Path) -> None:
    rows = table("Rosa Weber", "Jan Smit")
    word = docx.Document()
    grid = word.add_table(0, 2)
    for at, row in enumerate(rows):
        if at in (0, 3):
            one, other = grid.add_row().cells
            one.merge(other).text = "The harbour road" if at else "They all rose, and then it began."
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    word.save(str(tmp_path / "page.docx"))
    kinds = {
        line.text: line.kind for turn in read_transcript(tmp_path / "page.docx").turns for line in turn.lines
    }
    assert kinds["The harbour road"] is LineKind.HEADING
    assert kinds["They all rose, and then it began."] is LineKind.SPOKEN


CELL = st.lists(st.sampled_from(["Rosa", "Jan", "1", "00:10", "said", "it.", "Harbour"]), max_size=9).map(
    " ".join
)


@settings(deadline=None, max_examples=50)
@given(
    rows=st.integers(1, 4).flatmap(
        lambda wide: st.lists(st.lists(CELL, min_size=wide, max_size=wide), max_size=8)
    )
)
def test_no_word_of_a_table_is_lost(rows: list[list[str]]) -> None:
    word = docx.Document()
    grid = word.add_table(len(rows), len(rows[0]) if rows else 1)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            grid.cell(row, column).text = text
    saved = io.BytesIO()
    word.save(saved)
    read = "".join(row.text for row in read_document(Source("page.docx", saved.getvalue()))[1].rows)
    assert read.split() == " ".join(cell for row in rows for cell in row).split()


def test_the_cells_that_are_no_speech_keep_their_kinds(tmp_path: Path) -> None:
    page = as_docx(table("P1", "I", header=True, times=True), tmp_path / "page")
    kinds = {line.text: line.kind for turn in page.turns for line in turn.lines if line.text}
    assert kinds["Speaker"] is kinds["Text"] is kinds["00:00:10"] is LineKind.METADATA
    assert kinds["P1"] is LineKind.SPEAKER


def test_headers_name_the_speakers_of_short_turns_and_who_speaks_once() -> None:
    table = [
        ["Time", "Speaker", "Text"],
        ["00:05", "AH", "Yes."],
        ["00:09", "TB", "When?"],
        ["00:11", "CD", "Soon."],
    ]
    turns = find_turns(table)
    assert turns is not None
    assert (turns.speakers, turns.first, turns.numbers) == (1, 1, frozenset({0}))


def test_short_sentences_are_speech_beside_names_that_return_and_an_agenda_is_none() -> None:
    turns = find_turns([["Ann", "Yes, we do."], ["Tom", "When?"], ["Ann", "Soon."]])
    assert turns is not None
    assert turns.speakers == 0
    agenda = [
        ["Time", "Speaker", "Content"],
        ["9:00", "Ann Hill", "The road"],
        ["9:30", "Tom Hale", "The port"],
    ]
    assert find_turns(agenda) is None
