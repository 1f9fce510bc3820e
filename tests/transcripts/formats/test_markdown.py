"""Markdown: the text as it is shown."""

import pytest

from asdelivered.transcripts.document import Document, Style
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.source import Source


def document(text: str) -> Document:
    return read_document(Source("page.md", text.encode()), "md")[1]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("One  \ntwo\\\nthree\nfour", ["One", "two", "three", "four"]),
        (
            "A [link](http://x.y 'title'), `code`, <b>tags</b> &amp; ![image](i.png)",
            ["A link, code, tags & "],
        ),
        ("1945. That was the year.\n\n2. Second.", ["1945. That was the year.", "2. Second."]),
        ("- one\n- two", ["one", "two"]),
        ("> quoted\n> lines", ["quoted", "lines"]),
        ("    indented\n", ["indented"]),
        ("| a | b |\n|---|---|\n| c | d |", ["a", "b", "c", "d"]),
        ("\\*not emphasis\\* 5 \\< 6", ["*not emphasis* 5 < 6"]),
        ("one<br>two", ["one", "two"]),
        ("<div>\nblock\n</div>", ["block"]),
    ],
)
def test_text_is_what_is_shown(text: str, rows: list[str]) -> None:
    assert [row.text.removesuffix("\n") for row in document(text).rows if row.content] == rows


def test_looks() -> None:
    (row,) = document("a **bold** *italic* ~~struck~~ note[^1]").rows
    found = {(mark.style, row.text[mark.start : mark.end]) for mark in row.marks}
    assert found == {
        (Style.BOLD, "bold"),
        (Style.ITALIC, "italic"),
        (Style.STRUCK, "struck"),
        (Style.UNSPOKEN, "[^1]"),
    }


def test_headings_rules_and_front_matter() -> None:
    page = document(
        "---\ntitle: 'A Speech'\ndate: 2024-12-12\nlang: en\n---\n# One\n\nTwo\n---\n\nThank you.\n---\n\n***\n"
    )
    assert (page.title, str(page.date), page.language) == ("A Speech", "2024-12-12", "en")
    assert [(row.content, row.heading, row.kind) for row in page.rows if row.content][5:] == [
        ("One", 1, None),
        ("Two", 2, None),
        ("Thank you.", 0, None),
        ("---", 0, LineKind.SEPARATOR),
        ("***", 0, LineKind.SEPARATOR),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# Title\n\nText.", "md"),
        ("**Ann:** Hello.\n\n**Bob:** Hi.\n\n**Ann:** So.\n", "md"),
        ("Ann: *Hello*.\nBob: 5 * 3 * 2.\n", "txt"),
        ("A line.\n***\nAnother.\n---\nThird.\n---\nFourth.\n---\n", "txt"),
        ("- a\n- b\n", "txt"),
        ("#1 is first.\n", "txt"),
        (">> MAYOR: Hello.\n>> CLERK: Here.\n>> MAYOR: So.\n", "txt"),
    ],
)
def test_markdown_and_plain_text_are_told_apart(text: str, name: str) -> None:
    assert read_document(Source("page", text.encode()))[0] == name


def test_the_fields_above_the_text_make_it_markdown() -> None:
    page = (
        "---\ntitle: 'The Ferry'\ntranscript_by: somebody\ndate: 2027-04-10\ntags:\n- ferry\nlinks:\n"
        "  - title: A plan\n    url: https://example.org\n---\n\nVera Olde: 00:00:16\n\nWelcome.\n\n"
        "Tom Lund: 00:00:20\n\nHello.\n"
    )
    form, read = read_document(Source("page", page.encode()))
    assert (form, read.title, str(read.date)) == ("md", "The Ferry", "2027-04-10")
    above = page.partition("---\n\n")[0].count("\n") + 1
    assert [row.kind for row in read.rows[:above]] == [LineKind.METADATA] * above
    assert [row.content for row in read.rows[above:] if row.content][1] == "Welcome."
