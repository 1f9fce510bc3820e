"""The glossary's terms are those that the code and the other documents use."""

import re
from pathlib import Path

from asdelivered.align import Status

REPOSITORY = Path(__file__).resolve().parent.parent.parent
GLOSSARY = REPOSITORY / "docs" / "glossary.md"
PACKAGES = [link.resolve() for link in (REPOSITORY / "src" / "asdelivered").iterdir() if link.is_symlink()]


def rows() -> list[list[str]]:
    lines = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("| **")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def terms() -> list[str]:
    return [term for meanings in rows() for term in re.findall(r"\*\*(.+?)\*\*", meanings[0] + meanings[1])]


def test_every_term_has_a_meaning_and_stands_in_order() -> None:
    assert len(rows()) > 20
    assert all(len(row) == 3 and all(row) for row in rows())
    first = [row[0].strip("* ").casefold() for row in rows()]
    assert first == sorted(set(first))


def test_every_term_is_used() -> None:
    used = "\n".join(
        file.read_text("utf-8")
        for files in (
            *(package.rglob("*.py") for package in PACKAGES),
            (REPOSITORY / "docs").rglob("*.md"),
            [REPOSITORY / "README.md"],
        )
        for file in files
        if file != GLOSSARY
    )
    # "recognition passes", "forced-alignment", and a term that a line break divides.
    words = " ".join(re.sub(r"[-\s#]+", " ", used).casefold().split())
    unused = [
        term
        for term in terms()
        if not re.search(rf"\b{re.escape(term.casefold().replace('-', ' '))}(?:s|es)?\b", words)
    ]
    assert unused == []


def test_what_the_code_calls_a_status_is_in_the_glossary() -> None:
    (row,) = (row for row in rows() if row[0] == "**status**")
    assert set(re.findall(r"`(\w+)`", row[1])) == {status.value for status in Status}
