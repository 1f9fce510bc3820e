"""The files of an alignment are found from wherever its document lies and whoever looks."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from asdelivered.align.document.alignment import Alignment, EngineInfo, RecordingSource, TranscriptSource
from asdelivered.align.document.sources import find_source, stated_from


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the two files, which is the present one."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    Path("talk.txt").write_text("Hello.")
    Path("talk.wav").write_bytes(b"sound")
    return Path()


def alignment(transcript: str, recording: str) -> Alignment:
    return Alignment(
        transcript=TranscriptSource(transcript, "0", None, "en"),
        recording=RecordingSource(recording, "1", 1000),
        engine=EngineInfo("sphinx", "1", {}),
        lines=(),
        untranscribed=(),
        sounds=(),
        created="",
    )


@pytest.mark.parametrize("folder", [".", "out", "a/b", "../there"])
def test_paths_lead_from_the_folder_of_the_document(folder: str, here: Path, tmp_path: Path) -> None:
    Path(folder).mkdir(parents=True, exist_ok=True)
    stated = stated_from(alignment("talk.txt", "talk.wav"), Path(folder))
    assert (Path(folder) / stated.recording.path).samefile("talk.wav")
    assert (Path(folder) / stated.transcript.path).samefile("talk.txt")
    document = Path(folder).absolute() / "talk.alignment.json"
    os.chdir(tmp_path)
    found = find_source(stated.recording.path, document)
    assert found is not None
    assert found.read_bytes() == b"sound"


def test_a_path_in_the_same_folder_is_a_name(here: Path) -> None:
    stated = stated_from(alignment("./talk.txt", "talk.wav"), here)
    assert (stated.transcript.path, stated.recording.path) == ("talk.txt", "talk.wav")


def test_a_folder_that_is_a_link(here: Path, tmp_path: Path) -> None:
    (tmp_path / "far" / "away").mkdir(parents=True)
    Path("link").symlink_to(tmp_path / "far" / "away")
    stated = stated_from(alignment("talk.txt", "talk.wav"), Path("link"))
    assert (Path("link") / stated.recording.path).samefile("talk.wav")


def test_what_is_no_file_here_stays(here: Path, tmp_path: Path) -> None:
    whole = str(tmp_path / "talk.wav")
    for path in ("-", "https://example.org/talk.wav", whole):
        assert stated_from(alignment(path, path), Path("out")).recording.path == path


def test_a_document_of_before_and_one_that_was_moved(here: Path, tmp_path: Path) -> None:
    document = tmp_path / "elsewhere" / "talk.alignment.json"
    # Its path led from the present folder.
    assert find_source("talk.wav", document) == Path("talk.wav")
    # The recording lies beside it now.
    document.parent.mkdir()
    (document.parent / "talk.wav").write_bytes(b"moved")
    found = find_source("../gone/talk.wav", document)
    assert found is not None
    assert found.read_bytes() == b"moved"
    assert find_source("../gone/other.wav", document) is None


def test_everything_else_is_as_it_was(here: Path) -> None:
    before = alignment("talk.txt", "talk.wav")
    after = stated_from(before, Path("out"))
    assert replace(after, transcript=before.transcript, recording=before.recording) == before
