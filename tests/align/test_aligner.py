"""The main job on the bundled example, against the exact truth."""

import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from asdelivered.align.aligner import align
from asdelivered.align.document.alignment import Alignment, Status
from asdelivered.align.errors import AlignError
from asdelivered.base.progress import Observer
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import Recording, open_recording
from asdelivered.transcripts.model import LineKind, Transcript
from asdelivered.transcripts.read import parse_transcript


class Diary(Observer):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, float]] = []

    def started(self, step: str, total: float) -> None:
        self.told.append(("started", step, total))

    def advanced(self, step: str, done: float) -> None:
        self.told.append(("advanced", step, done))

    def finished(self, step: str) -> None:
        self.told.append(("finished", step, 0.0))


@pytest.fixture(scope="module")
def diary() -> Diary:
    return Diary()


@pytest.fixture(scope="module")
def alignment(harbour: Transcript, harbour_sound: Recording, diary: Diary) -> Alignment:
    return align(harbour, harbour_sound, 2, diary)


def lines_of(alignment: Alignment, truth: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    yield from zip(alignment.lines, truth["lines"], strict=True)


def test_every_line_begins_and_ends_where_it_does(
    alignment: Alignment, harbour_truth: dict[str, Any]
) -> None:
    off = {}
    for line, true in lines_of(alignment, harbour_truth):
        assert line.text == true["text"]
        if true["spoken"]:
            assert line.span is not None, line.text
            start, end = line.span.start - 1000 * true["start"], line.span.end - 1000 * true["end"]
            if max(abs(start), abs(end)) > 100:
                off[line.text] = (round(start), round(end))
    assert off == {}


def test_the_line_that_was_not_said_has_no_time(alignment: Alignment, harbour_truth: dict[str, Any]) -> None:
    unsaid = [line for line, true in lines_of(alignment, harbour_truth) if not true["spoken"]]
    assert [line.text for line in unsaid] == ["We can be proud of them."]
    assert [(line.status, line.span, line.confidence) for line in unsaid] == [(Status.UNSPOKEN, None, None)]


def test_most_words_begin_where_they_do(alignment: Alignment, harbour_truth: dict[str, Any]) -> None:
    off: list[float] = []
    for line, true in lines_of(alignment, harbour_truth):
        said = [word for sentence in true["sentences"] for word in sentence["words"]]
        for word, (text, start, _) in zip(line.words, said, strict=bool(true["spoken"])):
            assert word.text == text
            if start is not None and word.status is Status.MATCHED:
                off.append(abs(word.span.start - 1000 * start))
    assert len(off) > 300
    assert np.mean(np.array(off) <= 50) >= 0.9
    assert np.mean(np.array(off) <= 200) >= 0.99


def test_what_is_inaudible_lies_between_its_neighbours(alignment: Alignment) -> None:
    (line,) = [line for line in alignment.lines if "[inaudible]" in line.text]
    at = [word.text for word in line.words].index("[inaudible]")
    before, word, after = (line.words[place].span for place in (at - 1, at, at + 1))
    assert before is not None
    assert word is not None
    assert after is not None
    assert (word.start, word.end) == (before.end, after.start)
    assert line.words[at].status is Status.INTERPOLATED


def test_words_go_forward_and_null_has_no_confidence(alignment: Alignment) -> None:
    before = 0
    for line in alignment.lines:
        for word in line.words:
            assert (word.span is None) == (word.confidence is None) == (word.status is Status.UNSPOKEN)
            if word.span is not None:
                assert before <= word.span.start < word.span.end <= alignment.recording.duration
                before = word.span.end


def test_what_was_said_beside_the_page_is_untranscribed(
    alignment: Alignment, harbour_truth: dict[str, Any]
) -> None:
    found = np.zeros(alignment.recording.duration, bool)
    for span in alignment.untranscribed:
        found[span.start : span.end] = True
    beside = np.zeros_like(found)
    for start, end, _ in harbour_truth["unscripted"]:
        beside[round(1000 * start) : round(1000 * end)] = True
    assert found[beside].mean() >= 0.95
    # And hardly anything of the page is.
    page = np.zeros_like(found)
    for line in harbour_truth["lines"]:
        if line["spoken"] and "[inaudible]" not in line["text"]:
            page[round(1000 * line["start"]) : round(1000 * line["end"])] = True
    assert found[page].mean() <= 0.01


def test_the_document_names_what_was_aligned(
    alignment: Alignment, harbour: Transcript, harbour_sound: Recording
) -> None:
    assert alignment.transcript.sha256 == harbour.sha256
    assert alignment.recording.duration == harbour_sound.duration
    assert alignment.engine.name == "sphinx"
    assert [line.id for line in alignment.lines] == [line.id for _, line in harbour.spoken_lines()]
    assert [line.speaker for line in alignment.lines] == [turn.speaker for turn, _ in harbour.spoken_lines()]


@pytest.mark.usefixtures("alignment")
def test_the_observer_hears_of_each_step_in_order(diary: Diary, harbour_sound: Recording) -> None:
    seconds = harbour_sound.duration / 1000
    for step in ("listening", "aligning"):
        told = [(kind, amount) for kind, name, amount in diary.told if name == step]
        kinds = [kind for kind, _ in told]
        assert kinds == ["started", *["advanced"] * (len(kinds) - 2), "finished"]
        done = [amount for _, amount in told[1:-1]]
        assert done == sorted(done)
        assert done[-1] == pytest.approx(seconds, abs=0.5)
        assert told[0][1] == pytest.approx(seconds, abs=0.5)


def test_the_number_of_processes_changes_nothing(
    alignment: Alignment, harbour: Transcript, harbour_sound: Recording
) -> None:
    alone = align(harbour, harbour_sound, 1, Observer())
    assert replace(alone, created=alignment.created) == alignment


def write_wave(path: Path, samples: NDArray[np.int16]) -> Recording:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(samples.tobytes())
    return open_recording(path)


def test_a_page_of_something_else_is_refused(harbour_sound: Recording, tmp_path: Path) -> None:
    samples = np.concatenate(list(decode_speech(harbour_sound)))[12 * 16_000 : 42 * 16_000]
    text = (
        "Photosynthesis converts sunlight into chemical energy inside chloroplasts.\n"
        "Enzymes then assemble glucose molecules from carbon dioxide.\n"
        "Mitochondria release that stored potential through oxidative phosphorylation.\n"
    )
    page = parse_transcript(text, path="biology.txt", sha256="0" * 64, language="en")
    with pytest.raises(AlignError, match=r"next to nothing of biology\.txt is heard in .*speech\.wav"):
        align(page, write_wave(tmp_path / "speech.wav", samples), 2, Observer())


@pytest.mark.parametrize(
    ("sound", "says"),
    [
        (
            np.zeros(12 * 16_000),
            r"silence\.wav is silent \(none of its samples is other than zero\): check the mic",
        ),
        (
            np.random.default_rng(1).uniform(-8, 8, 12 * 16_000),
            r"is silent \(its loudest sound is at -7\d dBFS\)",
        ),
        (
            np.sin(np.arange(12 * 16_000) / 50) * 8000,
            r"nobody is heard speaking in .*silence\.wav \(its loudest sound is at -12 dBFS\)",
        ),
    ],
    ids=["zeros", "noise of a dead microphone", "a tone"],
)
def test_silence_is_refused_with_its_level(
    harbour: Transcript, tmp_path: Path, sound: NDArray[np.float64], says: str
) -> None:
    recording = write_wave(tmp_path / "silence.wav", sound.astype(np.int16))
    with pytest.raises(AlignError, match=says):
        align(harbour, recording, 1, Observer())


def test_a_language_that_nobody_speaks_is_refused(harbour: Transcript, harbour_sound: Recording) -> None:
    assert any(line.kind is LineKind.SPOKEN for turn in harbour.turns for line in turn.lines)
    with pytest.raises(AlignError, match="no language"):
        align(replace(harbour, language="zz-zz"), harbour_sound, 1, Observer())
