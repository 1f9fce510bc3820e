"""What was heard is remembered by its hash, survives a torn line, and takes no more room than it may."""

import os
from pathlib import Path

import pytest

from asdelivered.align.aligner import align
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.engines.recognition_cache import RecognitionCache
from asdelivered.align.engines.sphinx import Sphinx
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.base.progress import Observer
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript

WORDS = [RecognisedWord("harbour", 3, 40), RecognisedWord("é", 41, 52)]


def test_what_was_put_is_there_for_the_next(tmp_path: Path) -> None:
    first = RecognitionCache(tmp_path / "cache", "aa")
    assert first.get("s1") is None
    first.put("s1", WORDS)
    first.put("s2", [])
    second = RecognitionCache(tmp_path / "cache", "aa")
    assert second.get("s1") == WORDS
    assert second.get("s2") == []
    assert RecognitionCache(tmp_path / "cache", "bb").get("s1") is None


@pytest.mark.parametrize(
    "torn", [b'{"sound": "s2", "wor', b"\xff\x00", b"[1]\n", b'{"sound": "s2", "words": [["a"]]}\n']
)
def test_half_a_line_costs_only_itself(tmp_path: Path, torn: bytes) -> None:
    RecognitionCache(tmp_path, "aa").put("s1", WORDS)
    with (tmp_path / "aa.jsonl").open("ab") as file:
        file.write(torn)
    after = RecognitionCache(tmp_path, "aa")
    assert after.get("s2") is None
    after.put("s3", WORDS)
    again = RecognitionCache(tmp_path, "aa")
    assert again.get("s1") == again.get("s3") == WORDS


def test_the_files_used_least_lately_go(tmp_path: Path) -> None:
    for age, model in enumerate(["new", "middle", "old"]):
        RecognitionCache(tmp_path, model).put("s", WORDS)
        os.utime(tmp_path / f"{model}.jsonl", (1_000 - age, 1_000 - age))
    size = (tmp_path / "new.jsonl").stat().st_size
    assert RecognitionCache(tmp_path, "middle", most_bytes=2 * size + 9).get("s") == WORDS
    assert sorted(path.name for path in tmp_path.iterdir()) == ["middle.jsonl", "new.jsonl"]
    assert RecognitionCache(tmp_path, "middle", most_bytes=size + 9).get("s") == WORDS
    assert [path.name for path in tmp_path.iterdir()] == ["middle.jsonl"]


def test_a_folder_that_cannot_be_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    memory = RecognitionCache(tmp_path / "file" / "cache", "aa")
    memory.put("s1", WORDS)
    assert memory.get("s2") is None


def test_the_second_run_hears_nothing_and_finds_the_same(
    harbour: Transcript, harbour_sound: Recording, tmp_path: Path
) -> None:
    first = align(harbour, harbour_sound, 2, Observer(), Sphinx(EngineOptions(cache=tmp_path)))
    (kept,) = tmp_path.iterdir()
    written = kept.read_bytes()
    second = align(harbour, harbour_sound, 1, Observer(), Sphinx(EngineOptions(cache=tmp_path)))
    assert second.lines == first.lines
    assert second.untranscribed == first.untranscribed
    # Whatever is heard is written, so that nothing was.
    assert kept.read_bytes() == written
