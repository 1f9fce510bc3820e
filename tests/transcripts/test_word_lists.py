"""Lists of words in TOML files: those of the package are read whole, and a wrong one is refused in words."""

from pathlib import Path

import pytest

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.word_lists import read_word_lists

ROOT = Path(__file__).resolve().parents[2] / "transcripts"


def test_a_list_is_a_text_or_a_table_of_texts(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text(
        'small = "a  an\\nthe"\n[roles]\nen = "mayor"\nde = "rat mayor"\n', "utf-8"
    )
    lists = read_word_lists(str(tmp_path / "words.py"))
    assert lists == {"small": {"a", "an", "the"}, "roles": {"mayor", "rat"}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("small = 1", "small must be words in quotation marks, or a table of such texts, not 1."),
        ('small = ["a", "an"]', "small must be words in quotation marks"),
        ("[small]\nen = 2", "not 2."),
        ("small", "is not TOML: Expected '=' after a key"),
    ],
)
def test_a_wrong_file_is_refused_in_words(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "words.toml").write_text(text, "utf-8")
    with pytest.raises(TranscriptError) as error:
        read_word_lists(str(tmp_path / "words.py"))
    assert str(tmp_path / "words.toml") in str(error.value)
    assert message in str(error.value)


def test_a_file_that_is_not_utf_8_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_bytes('small = "straße"'.encode("latin-1"))
    with pytest.raises(TranscriptError, match="is not TOML"):
        read_word_lists(str(tmp_path / "words.py"))


def test_every_list_of_words_belongs_to_a_module() -> None:
    files = [path for path in ROOT.rglob("*.toml") if len(path.stem) > 2]
    assert len(files) >= 7
    assert [path.name for path in files if not path.with_suffix(".py").is_file()] == []
