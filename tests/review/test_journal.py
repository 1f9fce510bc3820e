"""A journal that was damaged: the line is named, and nothing is guessed. One that is put aside is never stranded."""

import errno
import json
from pathlib import Path

import pytest

from asdelivered.review.errors import ReviewError
from asdelivered.review.journal import SCHEMA, VERSION, Replay, open_journal

SHA256 = "0" * 64
HEAD = json.dumps({"schema": SCHEMA, "version": VERSION, "alignment": SHA256}) + "\n"
DEEP = "[" * 200_000
LINE = """{"line": {"id": "L0001", "turn": "T001", "speaker": null, "text": "Yes", "status": "matched",
"start": TIME, "end": 2.0, "confidence": 1.0, "words": [{"text": "Yes", "status": "matched", "start": 1.0, "end": 2.0,
"confidence": 1.0}]}, "pin": {"line": "L0001", "start": TIME}}""".replace("\n", " ")


@pytest.mark.parametrize("time", ["Infinity", "1e999", "NaN", '"1"', "null", "[]"])
def test_a_time_that_is_none_damages_its_line(time: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.review.jsonl"
    edit = f'{{"do": "accept", "lines": [[{LINE.replace("TIME", "1.0")}, {LINE.replace("TIME", time)}]]}}\n'
    path.write_text(HEAD + edit)
    with pytest.raises(ReviewError, match="damaged at line 2"):
        open_journal(path, SHA256, SHA256)


def test_nesting_without_end(tmp_path: Path) -> None:
    path = tmp_path / "talk.review.jsonl"
    path.write_text(HEAD + DEEP + "\n" + '{"do": "undo"}\n')
    with pytest.raises(ReviewError, match="damaged at line 2"):
        open_journal(path, SHA256, SHA256)
    # A last line that is no entry was cut off when the program ended.
    path.write_text(HEAD + DEEP + "\n")
    journal, replay, notes = open_journal(path, SHA256, SHA256)
    journal.close()
    assert (replay.done, len(notes)) == ((), 1)
    assert path.read_text() == HEAD


def opened(path: Path, sha256: str) -> Replay:
    journal, replay, _ = open_journal(path, sha256, SHA256)
    journal.close()
    return replay


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A journal with an edit."""
    path = tmp_path / "talk.review.jsonl"
    line = LINE.replace("TIME", "1.0")
    path.write_text(f'{HEAD}{{"do": "accept", "lines": [[{line}, {line}]]}}\n')
    return path


def test_edits_are_taken_up_even_if_the_program_was_killed_before_it_could(edited: Path) -> None:
    for _ in range(2):
        assert len(opened(edited, "1" * 64).former) == 1
    journal, _, _ = open_journal(edited, "1" * 64, SHA256)
    journal.append_step("undo")
    journal.close()


@pytest.mark.parametrize("name", ["../talk.review.jsonl", "..", "", "\\u0000", "\\ud800"])
def test_a_head_names_no_file_elsewhere(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sub" / "talk.review.jsonl"
    path.parent.mkdir()
    (tmp_path / "talk.review.jsonl").write_text("not for this one")
    path.write_text(HEAD.replace("}", f', "former": "{name}"}}'))
    assert opened(path, SHA256).former == ()


def test_a_disk_that_is_full_leaves_the_journal_where_it_is(
    edited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = edited.read_bytes()

    def full(descriptor: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.write", full)
        with pytest.raises(ReviewError, match="No space left on device"):
            opened(edited, "1" * 64)
        with pytest.raises(ReviewError, match="No space left on device"):
            opened(edited.with_name("new.review.jsonl"), SHA256)
    assert [path.name for path in edited.parent.iterdir()] == [edited.name]
    assert edited.read_bytes() == before
    assert len(opened(edited, "1" * 64).former) == 1
