"""The pages of by_hand/, spaced, marked up and encoded in other ways: the same words are said by the same people.

What cannot be seen, or is only set otherwise, may change nothing. Where a sign of the labels is taken away, such as
their place in the line, some pages do not show enough any more; how many may fail is written beside each way.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from by_hand_pages import PAGES, Word, expected, fits, read_words, shown_rows, source
from perturbations import MARKED_UP, PLAIN, WEB, comparable

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.read import read_transcript

MAY_FAIL = {
    "txt": {
        "double-spaced": 5,
        "a tab after the label": 1,
        "typographic quotes": 1,
        "labels on their own line": 22,
        "no blank lines": 6,
    },
    "web": {
        "paragraphs": 8,
        "bold labels": 15,
        "bold labels, the colon outside": 15,
        "bold labels by style": 15,
        "labels as paragraphs": 25,
        "line breaks": 5,
        "two line breaks": 8,
        "nested boxes": 8,
        "a table for layout": 8,
        "one table": 11,
        "a list": 8,
    },
    "html": {"no bold": 11},
}
"""Pages that may be read otherwise, by the form and what is done to it; none where it is not named."""


def is_read_alike(page: Path, file: Path) -> bool:
    """Whether a changed page still has the words of the original, said by the same people."""
    try:
        read = read_words(read_transcript(file))
    except TranscriptError:
        return False
    said, wanted = _compared(read), _compared(expected(page))
    return [word.text for word in said] == [word.text for word in wanted] and all(map(fits, said, wanted))


def _compared(words: list[Word]) -> list[Word]:
    return [Word(text, word.who) for word in words if (text := comparable(word.text))]


def failed(change: Callable[[Path], str], ending: str, form: str, tmp_path: Path) -> list[str]:
    """The pages of the ending that are read otherwise once they have been changed and saved in a form."""
    file = tmp_path / f"page.{form}"
    found = []
    for page in PAGES:
        if page.suffix == ending:
            file.write_bytes(change(page).encode())
            if not is_read_alike(page, file):
                found.append(page.name)
    return found


@pytest.mark.corpus
@pytest.mark.parametrize("name", PLAIN)
def test_plain_text(name: str, tmp_path: Path) -> None:
    lost = failed(lambda page: PLAIN[name](shown_rows(page)), ".txt", "txt", tmp_path)
    assert len(lost) <= MAY_FAIL["txt"].get(name, 0), lost


@pytest.mark.corpus
@pytest.mark.parametrize("name", WEB)
def test_plain_text_as_a_web_page(name: str, tmp_path: Path) -> None:
    lost = failed(lambda page: WEB[name](shown_rows(page)), ".txt", "html", tmp_path)
    assert len(lost) <= MAY_FAIL["web"].get(name, 0), lost


@pytest.mark.corpus
@pytest.mark.parametrize("name", MARKED_UP)
def test_a_web_page(name: str, tmp_path: Path) -> None:
    lost = failed(lambda page: MARKED_UP[name](source(page)), ".html", "html", tmp_path)
    assert len(lost) <= MAY_FAIL["html"].get(name, 0), lost
