"""Captions are written whole or not at all, and never empty."""

from pathlib import Path

import pytest
from make_goldens import NARROW, sample

from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.model import Captions
from asdelivered.subtitles.write import write_captions


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_writes_what_the_format_gives(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"event.{name}"
    made = sample(name)
    write_captions(made, path, name)
    assert path.read_bytes() == FORMATS[name].write(made)
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_to_caption(tmp_path: Path) -> None:
    with pytest.raises(SubtitleError, match="there is nothing to caption"):
        write_captions(Captions(()), tmp_path / "event.srt", "srt")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(
        SubtitleError, match=r"^'sub' is not a format of captions: choose one of srt, vtt, chapters, "
    ):
        write_captions(sample("srt"), tmp_path / "event.sub", "sub")


def test_a_format_that_cannot_hold_them_says_so(tmp_path: Path) -> None:
    path = tmp_path / "event.scc"
    assert "scc" in NARROW
    with pytest.raises(
        SubtitleError, match=r"event.scc: not written: caption 2 is wider than the 32 characters"
    ):
        write_captions(sample("srt"), path, "scc")
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "event.srt"
    with pytest.raises(SubtitleError) as caught:
        write_captions(sample("srt"), path, "srt")
    assert str(caught.value) == f"{path}: the captions cannot be written: No such file or directory"
