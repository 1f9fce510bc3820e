"""Captions are written whole or not at all, and never empty."""

from pathlib import Path

import pytest
from make_goldens import NARROW, sample
from test_cues import alignment, line, said

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.read import read_captions
from asdelivered.subtitles.write import caption, refitted, write_captions


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
    word = "x" * 33
    with pytest.raises(
        SubtitleError,
        match=rf"event.scc: not written: caption 1 has a line of 33 characters, and SCC holds 32: '{word}'",
    ):
        write_captions(Captions((Cue(TimeSpan(0, 4000), None, (f"One {word}",)),)), path, "scc")
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "event.srt"
    with pytest.raises(SubtitleError) as caught:
        write_captions(sample("srt"), path, "srt")
    assert str(caught.value) == f"{path}: the captions cannot be written: No such file or directory"


WIDE = " ".join(f"These are {number} words of a sentence that runs on for a while," for number in range(30))


@pytest.mark.parametrize("style", ["netflix", "bbc", "youtube"])
@pytest.mark.parametrize(("name", "width"), [("scc", 32), ("stl", 40)])
def test_a_format_of_short_lines_gets_short_lines(name: str, width: int, style: str, tmp_path: Path) -> None:
    event = alignment(line(said(WIDE, 1_000)))
    path = tmp_path / f"event.{name}"
    caption(event, path, style=style, labels=False)
    read = read_captions(path)[0].cues
    assert max(len(text) for cue in read for text in cue.lines) <= width
    assert " ".join(text for cue in read for text in cue.lines).split() == WIDE.split()


def test_captions_too_wide_for_a_format_are_laid_out_anew() -> None:
    cue = Cue(
        TimeSpan(0, 6_000),
        "A",
        ("We have seen all of this happen", "in the last three years of the long war."),
    )
    short = Cue(TimeSpan(7_000, 9_000), "A", ("Yes.",))
    made, what = refitted(Captions((cue, short), "en"), FORMATS["scc"])
    assert what == "1 caption laid out anew for lines of 32 characters"
    assert made.cues[-1] == short
    assert all(len(text) <= 32 for one in made.cues for text in one.lines)
    assert " ".join(made.cues[0].lines + made.cues[1].lines).split() == " ".join(cue.lines).split()
    assert (made.cues[0].span.start, made.cues[-2].span.end) == (0, 6_000)
    assert refitted(made, FORMATS["scc"]) == (made, "")
    assert refitted(made, FORMATS["srt"]) == (made, "")
