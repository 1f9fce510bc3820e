"""What people give by mistake is named, with what to do instead."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from asdelivered.app.main import app

SRT = "1\n00:00:01,000 --> 00:00:02,000\nThank you very much.\n\n"


def said(code: int, *arguments: str | Path) -> str:
    """Return the sentence with which a command ends, with this exit code."""
    run = CliRunner().invoke(app, [*map(str, arguments)])
    assert run.exit_code == code, run.stderr
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    return " ".join(run.stderr.split())


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A file that begins as an alignment does."""
    path = tmp_path / "talk.alignment.json"
    path.write_text('{\n"schema": "asdelivered/alignment",\n"version": 1\n}\n')
    return path


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("align", "a.txt", "ADDRESS"), "download the recording first"),
        (("align", "ADDRESS", "a.opus"), "save the page in the browser"),
        (("transcript", "ADDRESS"), "save the page in the browser"),
        (("captions", "ADDRESS"), "give a file or folder on this machine"),
        (("captions", "a.alignment.json", "-o", "ADDRESS"), "give a file or folder on this machine"),
        (("find", "a quote", "ADDRESS"), "give a file or folder on this machine"),
        (("find", "a quote", "a.alignment.json", "--recording", "ADDRESS"), "download the recording first"),
        (("clip", "a.alignment.json", "--quote", "a", "--to", "ADDRESS"), "give a file or folder"),
        (("archive", "add", "a.db", "ADDRESS"), "give a file or folder"),
        (("review", "ADDRESS"), "give a file or folder"),
    ],
)
@pytest.mark.parametrize("address", ["https://www.example.org/watch?v=a", "HTTP://example.org/talk.m3u8"])
def test_an_address_is_no_file(arguments: tuple[str, ...], advice: str, address: str) -> None:
    told = said(2, *(address if one == "ADDRESS" else one for one in arguments))
    assert f"{address} is an address: {advice}" in told


def test_a_place_that_is_meant_to_be_an_address_may_be_one(made: Path) -> None:
    assert "is an address" not in said(1, "page", made, "--recording", "https://example.org/talk.mp4")


def test_a_transcript_where_an_alignment_is_meant(page: Path, tmp_path: Path) -> None:
    captions = tmp_path / "talk.srt"
    captions.write_text(SRT)
    for file, what in ((page, "a web page|plain text|Markdown"), (captions, "SubRip captions")):
        for command in (
            ("captions", file),
            ("find", "thank you", file),
            ("clip", file, "--quote", "thank you", "--to", tmp_path / "a.edl"),
            ("page", file),
            ("review", file, "--no-browser"),
        ):
            told = said(1, *command)
            assert f"make an alignment first: asdelivered align {file} RECORDING" in told
            assert any(f"not an alignment: it is {one}:" in told for one in what.split("|"))


def test_a_recording_where_another_file_is_meant(sound: Path) -> None:
    assert "give the .alignment.json that `asdelivered align` wrote" in said(1, "captions", sound)
    assert "is a recording, not text: give the file of the transcript" in said(1, "transcript", sound)
    assert "is a recording: give the file of the captions" in said(1, "check", sound)


def test_an_alignment_where_another_file_is_meant(made: Path, sound: Path) -> None:
    assert f"make captions of it first: asdelivered captions {made}" in said(1, "check", made)
    assert "is an alignment, not a transcript" in said(1, "align", made, sound)
    assert "is an alignment, not a transcript" in said(1, "transcript", made)


def test_arguments_in_the_wrong_order(made: Path, page: Path, sound: Path) -> None:
    told = said(1, "find", made, "we can do it again")
    assert f'the quote comes first, then the alignment: asdelivered find "we can do it again" {made}' in told
    told = said(1, "align", sound, page)
    assert f"the transcript comes first, then the recording: asdelivered align {page} {sound}" in told


def test_a_playlist_is_no_recording(page: Path, tmp_path: Path) -> None:
    playlist = tmp_path / "talk.m3u8"
    playlist.write_text("#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")
    assert "is a playlist of a stream (HLS), not a recording: download" in said(1, "align", page, playlist)
    assert "is a playlist, not text" in said(1, "transcript", playlist)
