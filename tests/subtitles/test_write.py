"""Captions are written whole or not at all, and never empty."""

from pathlib import Path

import pytest

from asdelivered.media.span import TimeSpan
from asdelivered.subtitles.cues import Cue
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import WRITERS
from asdelivered.subtitles.write import write_captions

MADE = (Cue(TimeSpan(0, 1000), "A", ("Hello", "there.")),)


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_writes_what_the_format_gives(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"event.{name}"
    write_captions(MADE, path, name)
    assert path.read_bytes() == WRITERS[name](MADE)
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_to_caption(tmp_path: Path) -> None:
    with pytest.raises(SubtitleError, match="there is nothing to caption"):
        write_captions((), tmp_path / "event.srt", "srt")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SubtitleError, match=r"^'sub' is not a format of captions: choose one of srt, vtt$"):
        write_captions(MADE, tmp_path / "event.sub", "sub")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "event.srt"
    with pytest.raises(SubtitleError) as caught:
        write_captions(MADE, path, "srt")
    assert str(caught.value) == f"{path}: the captions cannot be written: No such file or directory"
