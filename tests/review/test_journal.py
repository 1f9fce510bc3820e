"""A journal that was damaged: the line is named, and nothing is guessed."""

import json
from pathlib import Path

import pytest

from asdelivered.review.errors import ReviewError
from asdelivered.review.journal import SCHEMA, VERSION, open_journal

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
        open_journal(path, SHA256)


def test_nesting_without_end(tmp_path: Path) -> None:
    path = tmp_path / "talk.review.jsonl"
    path.write_text(HEAD + DEEP + "\n" + '{"do": "undo"}\n')
    with pytest.raises(ReviewError, match="damaged at line 2"):
        open_journal(path, SHA256)
    # A last line that is no entry was cut off when the program ended.
    path.write_text(HEAD + DEEP + "\n")
    journal, replay, notes = open_journal(path, SHA256)
    journal.close()
    assert (replay.done, len(notes)) == ((), 1)
    assert path.read_text() == HEAD
