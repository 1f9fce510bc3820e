"""A line of signs right below a heading makes it one in plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import text_rows
from asdelivered.transcripts.formats.underlines import mark_underlined
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import parse_transcript


@given(st.integers(4, 60), st.integers(-2, 2), st.sampled_from("=-~^*"))
def test_a_line_as_long_as_its_heading(length: int, off: int, sign: str) -> None:
    rows = mark_underlined(text_rows(f"{'a' * length}\n{sign * max(4, length + off)}\n\nGood morning.\n"))
    assert rows[0].heading == 1
    assert rows[1].kind is LineKind.SEPARATOR


@pytest.mark.parametrize(
    "text",
    [
        "A rule\n--------------------------------\n\nGood morning.\n",
        "We spoke of the quay\nand of the water\n----------------\n",
        "Short\n---\n",
        "Not one sign\n-=-=-=-=-=-=\n",
    ],
)
def test_other_lines_of_signs(text: str) -> None:
    assert not any(row.heading for row in mark_underlined(text_rows(text)))


def test_the_title_of_a_speech_and_its_date() -> None:
    transcript = parse_transcript(
        "Apertura del puerto nuevo\n-------------------------\n\n[Martes 11 de Mayo del 2027]\n\n"
        "Muy buenas tardes a todos y a todas. Hoy abrimos el puerto.\n\nMuchas gracias por venir.\n",
        path="",
        sha256="",
        language="es",
    )
    assert transcript.title == "Apertura del puerto nuevo"
    assert transcript.date is not None
    assert transcript.date.isoformat() == "2027-05-11"
    assert next(line.text for _, line in transcript.spoken_lines()).startswith("Muy buenas")
