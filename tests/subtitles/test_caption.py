"""Captions of an alignment in one call."""

from pathlib import Path

import pytest

from asdelivered.align import Alignment, load
from asdelivered.subtitles import SubtitleError, caption, find_style, read_captions

SAMPLE = Path(__file__).parent / "goldens" / "sample.alignment.json"


@pytest.fixture(scope="module")
def alignment() -> Alignment:
    return load(str(SAMPLE))


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.srt", "srt"), ("a.b.VTT", "vtt"), ("a.ebu-tt-d.xml", "ebu-tt-d"), ("a.ttml", "ttml")],
)
def test_the_ending_tells_the_format(tmp_path: Path, alignment: Alignment, name: str, format: str) -> None:
    made = caption(alignment, str(tmp_path / name), style="bbc")
    read, found = read_captions(tmp_path / name)
    assert found == format
    assert len(read.cues) == len(made.cues) > 0


def test_a_named_format_is_taken_whatever_the_ending(tmp_path: Path, alignment: Alignment) -> None:
    caption(alignment, tmp_path / "captions.out", style=find_style("netflix"), format="vtt")
    assert (tmp_path / "captions.out").read_bytes().startswith(b"WEBVTT")


def test_an_unknown_ending_is_told_with_the_known_ones(tmp_path: Path, alignment: Alignment) -> None:
    with pytest.raises(SubtitleError, match=r"'captions\.out' names no format .*\.srt"):
        caption(alignment, tmp_path / "captions.out")
    assert not list(tmp_path.iterdir())
