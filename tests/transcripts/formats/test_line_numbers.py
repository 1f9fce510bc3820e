"""Numbers of lines at the left are seen and not heard; other numbers are kept."""

from asdelivered.transcripts.document import Style, text_rows
from asdelivered.transcripts.formats.line_numbers import mark_line_numbers


def marked(text: str) -> list[str]:
    rows = mark_line_numbers(text_rows(text))
    assert "".join(row.text for row in rows) == text
    return [row.text[start:end] for row in rows for start, end in row.marked(Style.UNSPOKEN)]


def test_numbers_of_lines() -> None:
    text = "".join(f"{number:2}   It is 12 o'clock, I said.\n" for number in range(1, 26))
    assert marked(text * 2) == [str(number) for number in range(1, 26)] * 2


def test_other_numbers() -> None:
    assert marked("12  soldiers came.\n" * 20) == []
    assert marked("".join(f"{number} reasons.\n" for number in range(1, 26))) == []
    assert marked("1   One.\n2   Two.\n") == []
    assert marked("") == []


def test_a_single_blank_behind_numbers_of_lines_in_which_sentences_go_on() -> None:
    text = "".join(
        f"{number} It was late when we left,\n{number + 1} and nobody said so.\n"
        for number in range(1, 25, 2)
    )
    assert marked(text) == [str(number) for number in range(1, 25)]
    assert marked("".join(f"{number} Item of the agenda\n" for number in range(1, 25))) == []
