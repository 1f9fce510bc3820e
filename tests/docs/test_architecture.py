"""The map for newcomers leads to files that are there."""

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PAGE = (REPOSITORY / "docs" / "architecture.md").read_text("utf-8")
MAP = PAGE.partition("## To change X, open Y")[2]
ROWS = [line for line in MAP.splitlines() if line.startswith("| ")][2:]


def test_there_are_at_least_ten_changes() -> None:
    assert len(ROWS) >= 10


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_every_file_on_the_map_is_there(row: str) -> None:
    """Each row names what to open and a test or benchmark to run; a name that ends in "/" is a folder."""
    _, change, to_open, then, _ = row.split("|")
    named = {cell: re.findall(r"`([\w./-]+)`", cell) for cell in (to_open, then)}
    assert all(named.values()), change
    for name in (*named[to_open], *named[then]):
        place = REPOSITORY / name
        assert place.is_dir() if name.endswith("/") else place.is_file(), name


def test_the_table_of_packages_has_every_package() -> None:
    table = PAGE.partition("| package |")[2].partition("\n\n")[0]
    packages = {link.name for link in (REPOSITORY / "src" / "asdelivered").iterdir() if link.is_symlink()}
    assert set(re.findall(r"^\| `(\w+)/`", table, re.MULTILINE)) == packages - {"examples"}
    for row in table.splitlines()[2:]:
        name, holds = row.split("|")[1:3]
        folder = REPOSITORY / name.strip(" `/")
        missing = [inner for inner in re.findall(r"`(\w+)/`", holds) if not (folder / inner).is_dir()]
        assert missing == [], name
