"""The benchmark that anyone can run: its events are exact, and any aligner's times are scored by one rule."""

import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from open_benchmark import aligner_of, curves, page, run
from open_events import Clip, FetchError, espoken, make_event, make_events, recorded
from stress import VARIANTS, name_of

from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording

AS_IT_IS = next(at for at, variant in enumerate(VARIANTS) if name_of(variant) == "as it is")


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quarter of a minute of a made voice."""
    (truth,) = make_events(tmp_path_factory.mktemp("events"), 25, 5, False, ["fr"])
    return truth


def test_an_event_has_lines_that_were_not_said_and_speech_that_the_text_lacks(event: Path) -> None:
    truth = json.loads(event.read_text("utf-8"))
    texts = event.with_name("voice-fr.txt").read_text("utf-8").split("\n\n")[:-1]
    assert texts == [line["text"] for line in truth["lines"]]
    said = [(line["start"], line["end"]) for line in truth["lines"] if line["spoken"]]
    assert len(said) < len(texts)
    extra = [(start, end) for start, end, _ in truth["unscripted"]]
    sound = np.concatenate(list(decode_speech(open_recording(event.with_name("voice-fr.opus")))))
    levels = np.abs(sound.astype(np.float64))
    for start, end in [*said, *extra]:
        inside = levels[round(16_000 * start) : round(16_000 * end)].mean()
        assert inside > 5 * levels[round(16_000 * (end + 0.05)) : round(16_000 * (end + 0.15))].mean()


def test_the_times_that_any_aligner_wrote_are_scored(event: Path, tmp_path: Path) -> None:
    lines = json.loads(event.read_text("utf-8"))["lines"]
    times, made = tmp_path / "times", tmp_path / "made"
    times.mkdir()
    perfect = [[line["start"], line["end"], 0.99] for line in lines]
    late = [[row[0] + 0.15 if row[0] else "", row[1], 0.99] for row in perfect]
    found = {}
    for name, rows in (("perfect", perfect), ("late", late), ("nothing", None)):
        if rows is not None:
            with (times / "voice-fr-as_it_is.csv").open("w", newline="") as file:
                csv.writer(file).writerows(rows)
        folder = times if rows is not None else tmp_path / "empty"
        found |= run([event], [AS_IT_IS], [aligner_of(f"{name}={folder}")], made, 60, 5)
    perfect_score, late_score = found["perfect"][0].score, found["late"][0].score
    assert perfect_score is not None
    assert late_score is not None
    assert perfect_score.starts.within == (1, 1, 1, 1)
    assert late_score.starts.within == (0, 0, 1, 1)
    assert late_score.ends.within == (1, 1, 1, 1)
    assert (perfect_score.missed, perfect_score.ghosts) == (0, 0)
    assert found["nothing"][0].score is None
    made_page = page(found, "python benchmarks/open_benchmark.py OUT")
    assert "| voice-fr | as it is | 100.0 % | 100.0 % |" in made_page
    assert "| voice-fr | as it is | refused |" in made_page
    assert [(one["event"], one["program"]) for one in curves(found)] == [
        ("voice-fr", "perfect"),
        ("voice-fr", "late"),
    ]


def test_recordings_are_known_by_their_hash(tmp_path: Path) -> None:
    clip = espoken("en", 1)[0]
    source = make_event(tmp_path, "one", "en", [clip, Clip("And that is all.", clip.sound)], 1)
    sound = source.with_name("one.opus")
    (tmp_path / "prompts.txt").write_text("one|What is said.\n", "utf-8")
    hashes = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (sound, tmp_path / "prompts.txt")
    }
    listed = {
        "address": f"{tmp_path.as_uri()}/",
        "prompts": "prompts.txt",
        "prompts_sha256": hashes["prompts.txt"],
        "pattern": r"(?P<clip>\w+)\|(?P<text>.*)",
        "clips": {"one.opus": hashes["one.opus"]},
    }
    assert [one.text for one in recorded(listed, tmp_path / "kept")] == ["What is said."]
    listed["clips"] = {"one.opus": "0" * 64}
    with pytest.raises(FetchError, match="not the file"):
        recorded(listed, tmp_path / "kept")
    listed["clips"] = {"two.opus": "0" * 64}
    with pytest.raises(FetchError, match="--no-network"):
        recorded(listed, tmp_path / "kept")
