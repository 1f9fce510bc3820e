"""Lines in doubt, looked for by a scorer that knows the truth of the bundled example, and by one that knows nothing."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

import numpy as np
import pytest
from note_taker import NoteTaker
from numpy.typing import NDArray

from asdelivered.align.confidence import judge
from asdelivered.align.document.alignment import AlignedLine
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.engines.group import ScorerChoice
from asdelivered.align.engines.scorer import Scorer, WordFit
from asdelivered.align.engines.sphinx import Sphinx
from asdelivered.align.errors import AlignError
from asdelivered.align.interpolation import interpolate
from asdelivered.align.job import Job
from asdelivered.align.pinning import NO_PINS, ResolvedPins
from asdelivered.align.pipeline import Pass, run_pass, score_lines, time_lines
from asdelivered.align.placement import Placement
from asdelivered.align.scoring.doubtful import score_doubtful
from asdelivered.align.script import write_script
from asdelivered.align.values.recording_part import RecordingPart
from asdelivered.align.values.timed_token import TimedToken
from asdelivered.base.processes import processes
from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript

SECOND = 16_000
GAP = range(8, 12)
"""Lines whose places are taken away; one of them was never said."""


@dataclass(frozen=True)
class Knowing:
    """Says where each word of the truth is, wherever the window is; other words are where the last one ended."""

    words: tuple[tuple[str, float, float], ...]
    sound: NDArray[np.int16]
    name: str = "knowing"
    longest: int = 28_000

    def listen(self, samples: NDArray[np.int16]) -> tuple[int, int]:
        """Find the window in the recording by its samples."""
        key = samples[: SECOND // 4].tobytes()
        whole = self.sound.tobytes()
        at = whole.find(key)
        return (at // 2 * 1000 // SECOND, len(samples) * 1000 // SECOND) if at >= 0 else (10**9, 28_000)

    def fit(self, heard: tuple[int, int], words: Sequence[str]) -> tuple[WordFit, ...]:
        start, length = heard
        inside = [word for word in self.words if start <= word[1] * 1000 and word[2] * 1000 <= start + length]
        same = SequenceMatcher(None, words, [word for word, _, _ in inside], autojunk=False)
        found = {
            block.a + number: inside[block.b + number]
            for block in same.get_matching_blocks()
            if block.size > 2 or len(words) <= 2
            for number in range(block.size)
        }
        fits, last = [], 0
        for number in range(len(words)):
            if number in found:
                _, begin, end = found[number]
                last = round(end * 1000) - start
                fits.append(WordFit(round(begin * 1000) - start, last, -1.0, 1))
            else:
                # What was not said is least likely where it is clear what was.
                fits.append(WordFit(last, last, -6.0 if found else -5.0, 1))
        return tuple(fits)


@dataclass(frozen=True)
class Deaf:
    """Finds all words equally likely everywhere."""

    name: str = "deaf"
    longest: int = 28_000

    def listen(self, samples: NDArray[np.int16]) -> int:
        return len(samples) * 1000 // SECOND

    def fit(self, heard: int, words: Sequence[str]) -> tuple[WordFit, ...]:
        edges = np.linspace(0, heard, len(words) + 1).astype(int).tolist()
        return tuple(WordFit(a, b, -3.0, 1) for a, b in itertools.pairwise(edges))


@dataclass(frozen=True)
class Heard:
    """A job, its pass by the embedded engine, and the scorer that knows better."""

    job: Job
    result: Pass
    knowing: Knowing


@pytest.fixture(scope="module")
def heard(
    harbour: Transcript, harbour_sound: Recording, harbour_truth: dict[str, Any], tmp_path_factory: Any
) -> Iterator[Heard]:
    script, sound = write_script(harbour), RecordingPart(harbour_sound)
    words = tuple(
        tuple(word)
        for line in harbour_truth["lines"]
        for sentence in line["sentences"]
        for word in sentence["words"]
        if word[1] is not None
    )
    samples = np.concatenate(list(sound.decode()))
    with processes(2) as pool:
        job = Job(script, "en", NO_PINS, sound, pool, tmp_path_factory.mktemp("work"), Observer())
        result = run_pass(Sphinx(EngineOptions()), job)
        assert result is not None
        yield Heard(job, result, Knowing(words, samples))


def without(heard: Heard, lines: Sequence[int]) -> Pass:
    """The pass without the places of some lines."""
    whole = heard.result.placement
    tokens = zip(heard.job.script.tokens, whole.tokens, strict=True)
    placement = replace(
        whole, tokens=tuple(None if token.line in lines else place for token, place in tokens)
    )
    return with_placement(heard, placement)


def with_placement(heard: Heard, placement: Placement) -> Pass:
    lines = time_lines(heard.job, heard.result.recognition, placement)
    return replace(heard.result, placement=placement, lines=lines)


def scored(heard: Heard, result: Pass, scorer: Scorer) -> tuple[AlignedLine, ...]:
    choice = ScorerChoice(scorer.name, "model", lambda language: scorer)
    return score_lines(heard.job, result, "sphinx", choice).lines


def assert_right(lines: Sequence[AlignedLine], truth: dict[str, Any]) -> None:
    for line, true in zip(lines, truth["lines"], strict=True):
        assert (line.span is not None) == true["spoken"], line.text
        if line.span is not None:
            assert line.span.start / 1000 == pytest.approx(true["start"], abs=0.2), line.text
            assert line.span.end / 1000 == pytest.approx(true["end"], abs=0.3), line.text


def test_lines_without_a_place_are_found_and_what_nobody_said_is_not(
    heard: Heard, harbour_truth: dict[str, Any]
) -> None:
    lines = scored(heard, without(heard, GAP), heard.knowing)
    assert_right(lines, harbour_truth)
    assert {line.engine for at, line in enumerate(lines) if at in GAP and line.span} == {"knowing"}
    assert all(line.engine is None for at, line in enumerate(lines) if at not in GAP)


def test_a_whole_text_of_which_nothing_was_recognised_is_found(
    heard: Heard, harbour_truth: dict[str, Any]
) -> None:
    everything = range(len(heard.job.script.lines))
    lines = scored(heard, without(heard, everything), heard.knowing)
    assert_right(lines, harbour_truth)
    assert all((line.confidence or 0) < 0.9 for line in lines)


def test_what_other_speech_makes_as_likely_was_not_said(heard: Heard) -> None:
    everything = range(len(heard.job.script.lines))
    assert all(line.span is None for line in scored(heard, without(heard, everything), Deaf()))


MOVED = 5
"""The line whose words are moved in time."""


def moved(heard: Heard, confidence: float) -> list[TimedToken]:
    """The tokens of the pass, those of one line 0.8 s too late, and as sure as that."""
    placement = heard.result.placement
    tokens = interpolate(judge(heard.job.script, placement, NO_PINS), placement.garbage)
    return [
        replace(
            entry,
            span=TimeSpan(entry.span.start + 800, entry.span.end + 800),
            confidence=confidence,
        )
        if entry.token.line == MOVED and entry.span
        else entry
        for entry in tokens
    ]


def looked_for(heard: Heard, tokens: Sequence[TimedToken], scorer: Scorer) -> list[TimedToken]:
    placement = heard.result.placement
    pinned = replace(heard.job, pins=ResolvedPins({}, {}, unspoken_lines(heard)))
    return score_doubtful(pinned, lambda: scorer, heard.result.recognition, tokens, placement.anchored)


def start_of(tokens: Sequence[TimedToken]) -> float:
    return next(entry.span.start for entry in tokens if entry.token.line == MOVED and entry.span) / 1000


def test_a_line_that_is_not_sure_moves_to_where_the_scorer_finds_all_of_it(
    heard: Heard, harbour_truth: dict[str, Any]
) -> None:
    true = harbour_truth["lines"][MOVED]["start"]
    before = moved(heard, 0.6)
    assert start_of(before) > true + 0.5
    after = looked_for(heard, before, heard.knowing)
    assert start_of(after) == pytest.approx(true, abs=0.1)
    others = [(one, other) for one, other in zip(before, after, strict=True) if one.token.line != MOVED]
    assert all(one.span == other.span for one, other in others)


def test_a_line_that_is_sure_stays(heard: Heard) -> None:
    tokens = moved(heard, 0.8)
    assert start_of(looked_for(heard, tokens, heard.knowing)) == start_of(tokens)


def test_a_line_that_is_not_sure_stays_where_the_scorer_cannot_tell(heard: Heard) -> None:
    tokens = moved(heard, 0.6)
    assert looked_for(heard, tokens, Deaf()) == tokens


@dataclass(frozen=True)
class Swallowing(Knowing):
    """Gives the first word of the line all of the four seconds before it."""

    first: str = ""

    def fit(self, heard: tuple[int, int], words: Sequence[str]) -> tuple[WordFit, ...]:
        fits = list(super().fit(heard, words))
        for at, word in enumerate(words):
            if word == self.first:
                fits[at] = replace(fits[at], start=max(0, fits[at].start - 4_000))
        return tuple(fits)


def test_a_scorer_with_a_word_that_swallows_what_comes_before_it_is_not_believed(heard: Heard) -> None:
    tokens = moved(heard, 0.6)
    knowing = heard.knowing
    second = heard.job.script.lines[MOVED][1].tokens[1].text
    scorer = Swallowing(knowing.words, knowing.sound, first=second)
    assert start_of(looked_for(heard, tokens, scorer)) == start_of(tokens)


def test_where_nothing_is_in_doubt_no_scorer_is_made(heard: Heard) -> None:
    def unwanted(language: str) -> Scorer:
        raise AssertionError("nothing is in doubt")

    choice = ScorerChoice("unwanted", "model", unwanted)
    sure = replace(heard, job=replace(heard.job, pins=ResolvedPins({}, {}, unspoken_lines(heard))))
    after = score_lines(sure.job, heard.result, "sphinx", choice)
    assert after.lines == heard.result.lines


def unspoken_lines(heard: Heard) -> frozenset[int]:
    return frozenset(at for at, line in enumerate(heard.result.lines) if line.span is None)


def test_a_scorer_that_fails_is_told_and_changes_nothing(heard: Heard) -> None:
    def missing(language: str) -> Scorer:
        raise AlignError("no such model")

    diary, gapped = NoteTaker(), without(heard, GAP)
    told = replace(heard.job, observer=diary)
    after = score_lines(told, gapped, "sphinx", ScorerChoice("missing", "model", missing))
    assert after == gapped
    assert diary.notes == ["missing can't look for lines in doubt: no such model"]
