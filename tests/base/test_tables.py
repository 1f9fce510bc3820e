import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.errors import UsageError
from asdelivered.base.tables import read_table, table_text

CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=8
)


@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1)
    ),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    file = io.StringIO()
    file.write(f"sep={delimiter}\r\n")
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    found = read_table(file.getvalue(), "a.csv", UsageError)
    assert [cells for _, cells in found] == rows
    assert [number for number, _ in found] == list(range(2, len(rows) + 2))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_of_the_first_line(delimiter: str) -> None:
    text = f"name{delimiter}url\r\n\r\na b{delimiter}x,;y \r\n"
    rows = read_table(text.replace("x,;y", '"x,;y"'), "a.csv", UsageError)
    assert rows == [(1, ["name", "url"]), (3, ["a b", "x,;y"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    assert table_text("Grüße;1".encode(encoding), "a.csv", UsageError) == "Grüße;1"


def test_what_is_no_table_is_named_with_its_line() -> None:
    with pytest.raises(UsageError, match=r"a\.csv: it is not UTF-8: save it as UTF-8"):
        table_text("Grüße".encode("cp1252"), "a.csv", UsageError)
    with pytest.raises(UsageError, match=r"a\.csv: line 2: not a table"):
        read_table(f"a,b\n{'x' * 200_000},c\n", "a.csv", UsageError)
