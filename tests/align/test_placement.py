"""The text put in its place by what an engine says of it, however rough that is, on the bundled example."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.aligner import align
from asdelivered.align.document.alignment import Alignment
from asdelivered.align.engines.engine import Chunk, RecognitionTask
from asdelivered.align.placement import SoughtText, batches_of, places_around
from asdelivered.align.segments import Segment
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.base.progress import Observer
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript

from .made_engine import MadeEngine


@dataclass
class Told(MadeEngine):
    """An engine that is told when each line begins and ends, in ms, and says all of it `late` frames too late."""

    lines: list[tuple[int, int] | None]
    late: int
    time_error: int
    name: str = "told"
    wants_samples: bool = False

    def recognise(
        self, task: RecognitionTask, chunks: Iterable[Chunk], careful: bool
    ) -> Iterator[list[RecognisedWord]]:
        words = [] if careful else sorted(self._words(task), key=lambda word: word.start)
        for chunk in chunks:
            end = chunk.start + len(chunk.frames)
            yield [
                RecognisedWord(word.word, word.start - chunk.start, word.end - chunk.start)
                for word in words
                if chunk.start <= word.start < end
            ]

    def _words(self, task: RecognitionTask) -> Iterator[RecognisedWord]:
        for number, span in enumerate(self.lines):
            said = [word for token in task.script.tokens if token.line == number for word in token.spoken]
            if span:
                edges = np.linspace(*span, len(said) + 1).astype(int) // 10 + self.late
                for word, start, end in zip(said, edges[:-1], edges[1:], strict=True):
                    yield RecognisedWord(word, int(start), int(end))


def spans(truth: dict[str, Any]) -> list[tuple[int, int] | None]:
    return [
        (round(1000 * line["start"]), round(1000 * line["end"])) if line["spoken"] else None
        for line in truth["lines"]
    ]


def near(found: Alignment, truth: dict[str, Any]) -> float:
    """Return the share of the spoken lines that begin within 100 ms of the truth."""
    pairs = [(line.span, true) for line, true in zip(found.lines, spans(truth), strict=True) if true]
    return float(np.mean([span is not None and abs(span.start - true[0]) <= 100 for span, true in pairs]))


def test_times_that_are_off_by_as_much_as_the_engine_says_are_as_good_as_any(
    harbour: Transcript, harbour_sound: Recording, harbour_truth: dict[str, Any]
) -> None:
    found = align(harbour, harbour_sound, 2, Observer(), Told(spans(harbour_truth), 140, 150))
    assert near(found, harbour_truth) >= 0.95


def test_times_that_are_wrong_altogether_give_none_that_go_back(
    harbour: Transcript, harbour_sound: Recording, harbour_truth: dict[str, Any]
) -> None:
    """The second half of the lines is said to be where the first half is, and none of that is believed."""
    true = spans(harbour_truth)
    half = len(true) // 2
    wrong: list[tuple[int, int] | None] = [
        *true[:half],
        *(span and (span[0] - 60_000, span[1] - 60_000) for span in true[half:]),
    ]
    found = align(harbour, harbour_sound, 2, Observer(), Told(wrong, 0, 150))
    words = [word.span for line in found.lines for word in line.words if word.span]
    assert all(one.end <= other.start for one, other in pairwise(words))
    lines = [line.span for line in found.lines if line.span]
    assert all(one.end <= other.start for one, other in pairwise(lines))


def text_of(number: int, frames: int, tokens: int) -> SoughtText:
    """Return a segment whose tokens may be anywhere in it."""
    segment = Segment(
        number, number + tokens, number, number + tokens, 10_000 * number, 10_000 * number + frames
    )
    return SoughtText(segment, tuple(range(number, number + tokens)), ((0, frames),) * tokens)


@given(
    st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 90)), max_size=60),
    st.integers(1, 16),
)
def test_every_segment_is_in_one_batch_with_others_of_its_length(
    sizes: list[tuple[int, int]], workers: int
) -> None:
    texts = [text_of(number, *size) for number, size in enumerate(sizes)]
    batches = batches_of(texts, workers)
    assert sorted((one for batch in batches for one in batch), key=lambda one: one.segment.start) == texts
    lengths = [text.frames for batch in batches for text in batch]
    assert lengths == sorted(lengths, reverse=True)
    assert len(batches) >= min(2 * workers, len(texts))
    assert all(batches)


def test_long_segments_with_much_text_are_searched_alone() -> None:
    texts = [text_of(number, 60_000, 2_000) for number in range(40)]
    assert [len(batch) for batch in batches_of(texts, 2)] == [1] * 40


WHOLE = Segment(0, 5, 0, 5, 1_000, 2_000)


def test_a_token_is_looked_for_where_it_was_heard_and_others_between_those() -> None:
    heard = [None, (1_100, 1_150), None, None, (1_400, 1_450)]
    found = places_around(WHOLE, heard, 25)
    assert found == ((0, 125), (75, 175), (125, 425), (125, 425), (375, 475))


def test_a_token_heard_outside_its_segment_is_looked_for_in_all_of_it() -> None:
    assert places_around(WHOLE, [None, (900, 1_010), (1_990, 2_030)], 25) == ((0, 1_000),) * 3


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60), st.booleans()), max_size=30),
    st.integers(0, 80),
)
def test_places_never_go_back_and_lie_in_the_segment(words: list[tuple[int, int, bool]], reach: int) -> None:
    heard: list[tuple[int, int] | None] = []
    at = 950
    for gap, length, known in words:
        heard.append((at + gap, at + gap + length) if known else None)
        at += gap + length
    found = places_around(WHOLE, heard, reach)
    assert len(found) == len(heard)
    for place, span in zip(found, heard, strict=True):
        assert 0 <= place[0] <= place[1] <= 1_000
        if span and span[0] >= 1_000 and span[1] <= 2_000:
            assert place[0] <= span[0] - 1_000 < span[1] - 1_000 <= place[1]
    for one, other in pairwise(found):
        assert one[0] <= other[0]
        assert one[1] <= other[1]


@given(
    st.lists(st.none() | st.tuples(st.integers(900, 2_100), st.integers(-30, 90)), max_size=20),
    st.integers(0, 80),
)
def test_places_never_go_back_though_what_was_heard_does(
    words: list[tuple[int, int] | None], reach: int
) -> None:
    heard = [word and (word[0], word[0] + word[1]) for word in words]
    found = places_around(WHOLE, heard, reach)
    for place, span in zip(found, heard, strict=True):
        assert place[0] <= place[1]
        if span and 1_000 <= span[0] <= span[1] <= 2_000:
            assert place[0] <= span[0] - 1_000
            assert span[1] - 1_000 <= place[1]
    for one, other in pairwise(found):
        assert one[0] <= other[0]
        assert one[1] <= other[1]
