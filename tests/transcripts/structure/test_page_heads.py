"""Running heads in rows of their own are furniture, and numbers that go on without them are not."""

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.document import text_rows
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.page_heads import find_page_heads


def printed(first: int, pages: int, *, head: str = "QUAY COUNCIL") -> str:
    """Return a text of pages: a left page has its number above its head, a right page below."""
    paragraphs = "".join(f"We have mended the wall by the water, part {part}.\n\n" for part in range(6))
    heads = [
        f"{page}\n{head}\n" if page % 2 == 0 else f"{head}\n{page}\n" for page in range(first, first + pages)
    ]
    return "QUAY COUNCIL\n\n" + 2 * paragraphs + "".join(f"{rows}\n{paragraphs}" for rows in heads)


def found(text: str) -> list[str]:
    rows = text_rows(text)
    kinds = find_page_heads(rows)
    assert set(kinds.values()) <= {LineKind.FURNITURE}
    return [rows[number].content for number in sorted(kinds)]


@given(st.integers(2, 900), st.integers(4, 9))
def test_heads_on_left_and_right_pages(first: int, pages: int) -> None:
    numbers = [str(page) for page in range(first, first + pages)]
    assert sorted(found(printed(first, pages))) == sorted([*numbers, *["QUAY COUNCIL"] * pages])


def test_the_title_above_the_first_page_stays() -> None:
    assert 0 not in find_page_heads(text_rows(printed(2, 5)))


def test_numbers_without_heads_are_items() -> None:
    items = "".join(
        f"{item}\nThe wall by {name}\nIt was mended.\nYes.\nSo.\nGood.\n"
        for item, name in enumerate("ABCDEFG", 1)
    )
    assert found(items) == []


def test_three_pages_prove_nothing() -> None:
    assert found(printed(2, 3)) == []
