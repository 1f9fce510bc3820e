"""Pages in many styles are read as somebody took them who wrote it down beforehand (by_hand/README.md)."""

from pathlib import Path

import pytest
from by_hand_pages import AS_PRINTED, PAGES, expected, fits, read_words, source

from asdelivered.transcripts.read import read_transcript


@pytest.mark.parametrize("page", [*PAGES, *AS_PRINTED], ids=lambda page: page.stem)
def test_a_page_is_read_as_a_person_takes_it(page: Path, tmp_path: Path) -> None:
    file = tmp_path / page.name
    file.write_text(source(page), encoding="utf-8")
    read, wanted = read_words(read_transcript(file)), expected(page)
    assert [word.text for word in read] == [word.text for word in wanted]
    wrong = [(one, other) for one, other in zip(read, wanted, strict=True) if not fits(one, other)]
    assert wrong == []
