"""faster-whisper for real with a model of random weights, and what is made of the words of a trained one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_whisper import write_tiny_whisper

from asdelivered.align.acoustic.features import FRAME_MS
from asdelivered.align.aligner import align
from asdelivered.align.anchors import find_anchors
from asdelivered.align.engines import make_engine
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.engines.whisper import believable, check_writable, rare_words, without_loops
from asdelivered.align.errors import AlignError
from asdelivered.align.script import write_script
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.base.progress import Observer
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_whisper(tmp_path_factory.mktemp("tiny"))


def test_the_nonsense_of_an_untrained_model_gives_no_times(
    tiny: Path, harbour: Transcript, harbour_sound: Recording
) -> None:
    engine = make_engine("whisper", EngineOptions(str(tiny)))
    assert engine.settings() == {"model": str(tiny), "device": "cpu", "compute_type": "int8_float32"}
    with pytest.raises(AlignError, match="next to nothing"):
        align(harbour, harbour_sound, 1, Observer(), engine)


@pytest.mark.parametrize(
    ("lacking", "message"),
    [
        ("model.bin", r"model\.bin is missing"),
        ("tokenizer.json", r"tokenizer\.json is missing"),
        ("config.json", r"config\.json is missing"),
    ],
)
def test_a_model_of_which_a_file_is_missing_is_refused(
    tiny: Path, tmp_path: Path, lacking: str, message: str
) -> None:
    folder = Path(shutil.copytree(tiny, tmp_path / "model"))
    (folder / lacking).unlink()
    with pytest.raises(AlignError, match=message):
        make_engine("whisper", EngineOptions(str(folder)))


@pytest.mark.parametrize("broken", ["model.bin", "tokenizer.json", "config.json", "preprocessor_config.json"])
def test_a_model_of_which_a_file_is_cut_short_is_refused(tiny: Path, tmp_path: Path, broken: str) -> None:
    folder = Path(shutil.copytree(tiny, tmp_path / "model"))
    whole = (folder / broken).read_bytes() if (folder / broken).exists() else b'{"feature_size": 80}'
    (folder / broken).write_bytes(whole[: min(5000, len(whole) // 2)])
    with pytest.raises(AlignError, match="again"):
        make_engine("whisper", EngineOptions(str(folder)))


def test_a_cache_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AlignError, match=r"no model can be put into .*: set HF_HOME"):
        check_writable(tmp_path / "file" / "hub")
    check_writable(tmp_path / "hub")
    assert list((tmp_path / "hub").iterdir()) == []


@pytest.mark.parametrize("config", ["{}", "[]", '{"lang_ids": [1]}'])
def test_a_model_that_is_none_of_whisper_is_refused(tiny: Path, tmp_path: Path, config: str) -> None:
    folder = Path(shutil.copytree(tiny, tmp_path / "model"))
    (folder / "config.json").write_text(config)
    with pytest.raises(AlignError, match=r"config\.json is not a Whisper's"):
        make_engine("whisper", EngineOptions(str(folder)))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (EngineOptions("./nowhere"), "no such folder"),
        (EngineOptions("a b/c?"), "can't be the name of a model"),
        (EngineOptions("gigantic"), "no model 'gigantic'.*large-v3"),
        (EngineOptions(compute_type="float8"), "can't compute with 'float8'.*int8"),
    ],
)
def test_what_is_not_there_is_told(options: EngineOptions, message: str) -> None:
    with pytest.raises(AlignError, match=message):
        make_engine("whisper", options)


@pytest.mark.skipif(ctranslate2.get_cuda_device_count() > 0, reason="this machine has a GPU")
def test_a_gpu_that_is_not_there_is_told(tiny: Path) -> None:
    with pytest.raises(AlignError, match="no GPU with CUDA"):
        make_engine("whisper", EngineOptions(str(tiny), device="cuda"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--model", "small"), "can't be downloaded"),
        (("--model", "TINY", "--language", "de"), "English alone"),
        (("--model", "TINY", "--language", "ia"), "knows no language 'ia'"),
        (("--model", "TINY", "--compute-type", "float8"), "can't compute"),
        (("--model", "./nowhere"), "no such folder"),
    ],
)
def test_the_command_tells_it_in_a_sentence(
    tiny: Path, tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    program = Path(sys.executable).with_name("asdelivered")
    given = [str(tiny) if option == "TINY" else option for option in options]
    run = subprocess.run(
        [
            program,
            "align",
            EXAMPLES / "harbour.txt",
            EXAMPLES / "harbour.opus",
            "--engine",
            "whisper",
            *given,
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "hub")},
    )
    told = " ".join(run.stderr.split())
    assert run.returncode == 1, told
    assert message in told
    assert "Traceback" not in told
    assert not list(tmp_path.glob("*.json"))


def words_of_truth(truth: dict[str, Any]) -> Iterator[tuple[str, float, float]]:
    for line in truth["lines"]:
        for sentence in line["sentences"]:
            for word, start, end in sentence["words"]:
                if start is not None:
                    yield word, start, end


@dataclass(frozen=True)
class Word:
    word: str
    start: float
    end: float


@dataclass(frozen=True)
class Segment:
    words: list[Word]
    avg_logprob: float
    compression_ratio: float = 1.5
    no_speech_prob: float = 0.1


def segment(words: list[tuple[str, float, float]], probability: float = -0.3) -> Segment:
    return Segment([Word(f" {word}", start, end) for word, start, end in words], probability)


def test_anchors_come_from_faulty_words_and_not_from_loops(
    harbour: Transcript, harbour_truth: dict[str, Any]
) -> None:
    said = list(words_of_truth(harbour_truth))
    faulty: list[tuple[str, float, float]] = []
    for at, (word, start, end) in enumerate(said):
        off = 0.3 if at % 2 else -0.3
        if at % 7 == 3 and faulty:
            merged, begin, _ = faulty.pop()
            faulty.append((f"{merged} {word}", begin, end + off))
        else:
            faulty.append((word, max(0.0, start + off), end + off))
    # Over the introduction, which the page lacks, a phrase of the page again and again.
    phrase = [word for word, _, _ in said[:6]]
    loop = [(word, 0.1 * at, 0.1 * at + 0.1) for at, word in enumerate(phrase * 6)]
    heard = believable([segment(loop), segment(faulty), segment([("thanks", 140.0, 141.0)], -2.0)], "en")
    script = write_script(harbour)
    owners = [number for number, token in enumerate(script.tokens) for _ in token.spoken]
    runs = find_anchors(
        [word for token in script.tokens for word in token.spoken], [word.word for word in heard]
    )
    anchored = sum(run.length for run in runs)
    assert anchored >= 0.8 * len(said)
    first = said[0][1] * 1000 / FRAME_MS
    assert all(heard[run.recognised].start >= first - 40 for run in runs)
    # What was anchored is where the truth has that word, as far as the faults allow.
    truth = iter(said)
    times = {}
    for number, token in enumerate(script.tokens):
        text = script.lines[token.line][1].tokens[token.word].text
        if token.spoken and harbour_truth["lines"][token.line]["spoken"]:
            for word, start, end in truth:
                if word == text:
                    times[number] = (start, end)
                    break
    off = [
        heard[run.recognised + at].start * FRAME_MS / 1000 - times[owners[run.text + at]][0]
        for run in runs
        for at in range(run.length)
        if owners[run.text + at] in times
    ]
    assert len(off) > 250
    assert np.percentile(np.abs(off), 95) < 1.0


def test_digits_become_the_words_that_are_said() -> None:
    heard = believable([segment([("$184", 1.0, 2.0), ("billion,", 2.0, 2.5), ("7%", 3.0, 3.4)])], "en")
    assert [word.word for word in heard][-2:] == ["seven", "percent"]
    assert "184" not in {word.word for word in heard}
    assert heard[0].start == 100
    assert all(before.start <= after.start for before, after in pairwise(heard))


def test_characters_of_a_script_without_blanks_become_the_phrases_of_the_text() -> None:
    said = [
        ("電", 1.0, 1.2),
        ("球", 1.2, 1.4),
        ("がとも", 1.4, 2.0),
        ("っていた。", 2.0, 3.0),
        ("hello", 4.0, 4.5),
    ]
    heard = believable([segment(said)], "ja")
    assert [word.word for word in heard] == ["電球が", "ともっていた", "hello"]
    assert [round(word.start * FRAME_MS / 1000, 1) for word in heard] == [1.0, 1.6, 4.0]
    assert [round(word.end * FRAME_MS / 1000, 1) for word in heard] == [1.6, 3.0, 4.5]


def test_what_was_only_guessed_is_left_out() -> None:
    guess = segment([("thank", 0.0, 0.5), ("you", 0.5, 1.0)])
    silent = replace(guess, no_speech_prob=0.9, avg_logprob=-1.2)
    squeezed = replace(guess, compression_ratio=3.0)
    assert believable([silent, squeezed], "en") == []
    assert len(believable([guess], "en")) == 2


@given(
    before=st.lists(st.integers(0, 400), max_size=8, unique=True),
    loop=st.lists(st.integers(500, 600), min_size=1, max_size=8, unique=True),
    times=st.integers(1, 9),
)
def test_loops_go_and_nothing_else(before: list[int], loop: list[int], times: int) -> None:
    said = before + loop * times
    words = [RecognisedWord(str(word), at, at + 1) for at, word in enumerate(said)]
    left = [word.word for word in without_loops(words)]
    assert left == [str(word) for word in (before if times >= 3 else said)]


def test_a_prompt_that_is_only_repeated_makes_no_find_anchors(harbour: Transcript) -> None:
    script = write_script(harbour)
    told = rare_words(script)
    assert told
    text = [word for token in script.tokens for word in token.spoken]
    assert find_anchors(text, told.lower().replace(",", "").split()) == []


@pytest.mark.weights
def test_a_trained_model_times_the_example(
    harbour: Transcript, harbour_sound: Recording, harbour_truth: dict[str, Any], tiny_english: str
) -> None:
    found = align(harbour, harbour_sound, 2, Observer(), make_engine("whisper", EngineOptions(tiny_english)))
    lines = zip(found.lines, harbour_truth["lines"], strict=True)
    near = [
        line.span is not None and abs(line.span.start / 1000 - true["start"]) <= 0.1
        for line, true in lines
        if true["spoken"]
    ]
    assert np.mean(near) >= 0.95
