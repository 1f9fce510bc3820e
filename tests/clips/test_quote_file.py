"""Files of quotes: what a spreadsheet, an editor or a person writes is read as it was meant."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.clips.errors import ClipError
from asdelivered.clips.quote_file import LARGEST, QuoteRequest, read_quotes

cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30).map(str.strip)
words = st.lists(st.from_regex(r"[A-Za-zÄÖÜäöüß',]{1,9}", fullmatch=True), min_size=1, max_size=8).map(
    " ".join
)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=6), st.sampled_from(",;\t"))
def test_a_table_is_read_as_it_was_written(tmp_path_factory, rows, delimiter) -> None:
    path = tmp_path_factory.mktemp("table") / "quotes.csv"
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([("Name", "Quote"), *rows])
    path.write_bytes(file.getvalue().encode("utf-8-sig"))
    read = read_quotes(path)
    assert [(one.name or "", one.text) for one in read] == rows
    assert [one.where for one in read] == [f"{path}, line {number}" for number in range(2, len(rows) + 2)]


@given(st.lists(words, min_size=1, max_size=6), st.integers(0, 2))
def test_text_has_a_quote_a_line_and_blank_lines_count(tmp_path_factory, quotes, blank) -> None:
    path = tmp_path_factory.mktemp("text") / "quotes.txt"
    path.write_text("".join(f"{quote}\n" + "\n" * blank for quote in quotes), encoding="utf-8")
    expected = [
        QuoteRequest(quote, f"{path}, line {number * (blank + 1) + 1}") for number, quote in enumerate(quotes)
    ]
    assert [*read_quotes(path)] == expected


@given(st.lists(words, min_size=1, max_size=5))
def test_block_quotes_are_read_without_who_said_them(tmp_path_factory, quotes) -> None:
    path = tmp_path_factory.mktemp("markdown") / "article.md"
    path.write_text(
        "\n".join(f"Text before.\n\n> {quote}\n> — A speaker\n" for quote in quotes), encoding="utf-8"
    )
    assert [one.text for one in read_quotes(path)] == quotes


def test_marks_of_markdown_are_no_words(tmp_path: Path) -> None:
    path = tmp_path / "article.md"
    path.write_text("> We **can** do\n> it [again](https://example.org).\n")
    assert read_quotes(path)[0].text == "We can do it again."


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("quotes.txt", b"", "has no quotes"),
        ("quotes.md", b"No block quote.", "has no block quotes"),
        ("quotes.csv", b"a,b\n1,2\n", "has no column of quotes"),
        ("quotes.txt", b"a\0b", "is not text"),
        ("quotes.txt", b"x" * (LARGEST + 1), "quotes.txt"),
    ],
)
def test_what_is_no_list_of_quotes_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ClipError, match=message) as error:
        read_quotes(path)
    assert str(path) in str(error.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClipError):
        read_quotes(tmp_path / "nothing.txt")
