"""Labels whose paragraph style, or print, is that of labels alone."""

import io
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.styles.style import ParagraphStyle
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import Mark, Row, Style
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.structure.speakers.styled_labels import styled_labels

SPEECH = "Gràcies, presidenta. Avui parlem del port i de la gent que hi treballa, que no és poca."
SITTING = [
    ("heading", "Interpel·lació sobre el dragatge del port"),
    ("opening", "La presidenta"),
    ("body", "Bon dia a tothom. Comença la sessió."),
    ("name", "Mireia Olde i Reig"),
    ("body", SPEECH),
    ("body", "I no només del port."),
    ("name", "La presidenta"),
    ("body", "Gràcies. Té la paraula el conseller."),
    ("heading", "Debat"),
    ("name", "El conseller de Ports"),
    ("body", SPEECH),
    ("name", "La presidenta"),
    ("body", "Gràcies. Té la paraula la senyora Olde."),
    ("name", "Mireia Olde i Reig"),
    ("body", "És cert, i ho repeteixo."),
    ("name", "La presidenta"),
    ("body", "Ara votarem."),
]
LABELS = [text for style, text in SITTING if style in ("opening", "name")]


def rows_of(lines: list[tuple[str, str]]) -> list[Row]:
    return [row for style, text in lines for row in (Row(f"{text}\n", style=style), Row("\n"))]


def labels_of(rows: list[Row]) -> list[str | None]:
    return [label.speaker for _, label in sorted(styled_labels(rows, 0).items())]


def test_a_style_whose_rows_come_again_above_speech_is_that_of_labels() -> None:
    assert labels_of(rows_of(SITTING)) == LABELS


def test_print_will_do_where_styles_have_no_names() -> None:
    bold = [
        Row(f"{text}\n", marks=(Mark(0, len(text), Style.BOLD),)) if style == "name" else Row(f"{text}\n")
        for style, text in SITTING
    ]
    assert "Mireia Olde i Reig" in labels_of(bold)


def test_a_style_of_headings_is_none_of_labels() -> None:
    headings = [
        (style, text) for number in range(6) for style, text in [("head", f"Part {number}"), ("body", SPEECH)]
    ]
    assert labels_of(rows_of(headings)) == []


@pytest.mark.parametrize("again", ["Advertisement", "Applause", "Listen to this", "* * *", "12:30"])
def test_what_is_no_name_and_comes_again_alone_is_no_label(again: str) -> None:
    broken = [line for _ in range(6) for line in [("break", again), ("body", SPEECH)]]
    assert labels_of(rows_of(broken)) == []


def test_sentences_in_a_style_of_their_own_are_speech() -> None:
    quoted = [line for _ in range(6) for line in [("quote", "We stay."), ("body", SPEECH)]]
    assert labels_of(rows_of(quoted)) == []


@given(st.lists(st.tuples(st.sampled_from(["a", "b", ""]), st.text(max_size=30)), max_size=30))
def test_a_label_is_all_of_a_row_and_never_in_the_style_of_most_text(lines: list[tuple[str, str]]) -> None:
    rows = [Row(text.replace("\n", " ") + "\n", style=style) for style, text in lines]
    for number, label in styled_labels(rows, 0).items():
        assert label.length == len(rows[number].text)
        assert label.speaker
        assert label.speaker in rows[number].text


def test_a_word_document_with_styles_of_its_office(tmp_path: Path) -> None:
    word = docx.Document()
    for name in ("D/ Speaker", "D/ Speaker Opening", "D/ Text"):
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    heading = word.styles.add_style("D/ Title", WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(heading, ParagraphStyle)
    heading.base_style = word.styles["Heading 1"]
    styles = {"name": "D/ Speaker", "opening": "D/ Speaker Opening", "body": "D/ Text", "heading": "D/ Title"}
    for style, text in SITTING:
        word.add_paragraph(text, style=styles[style])
    saved = io.BytesIO()
    word.save(saved)
    (tmp_path / "sitting.docx").write_bytes(saved.getvalue())
    transcript = read_transcript(tmp_path / "sitting.docx")
    said = [turn for turn, _ in transcript.spoken_lines()]
    assert [turn.speaker for turn in transcript.turns if turn in said] == LABELS
    assert "Debat" not in {line.text for _, line in transcript.spoken_lines()}
