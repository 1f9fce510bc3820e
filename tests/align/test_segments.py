"""Segments: nothing lost, nothing twice, and no cut where something was not made out."""

import random
from dataclasses import dataclass, replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.anchors import Anchor, Anchors
from asdelivered.align.segments import cut_segments, split_where_crowded
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.align.values.section import Section, split_at_cuts

SECOND = 100


@dataclass(frozen=True)
class Event:
    """A text whose tokens have none to three words, and what was heard of it; `said` is per word of the text."""

    owners: list[int]
    tokens: int
    heard: list[RecognisedWord]
    runs: list[Anchor]
    frames: int


def make_event(rng: random.Random, tokens: int, silent: float, missed: float) -> Event:
    owners = [
        token
        for token in range(tokens)
        for _ in range(0 if rng.random() < silent else rng.choices([1, 2, 3], [20, 3, 1])[0])
    ]
    heard: list[RecognisedWord] = []
    runs: list[Anchor] = []
    now = rng.randint(0, 500)
    word = 0
    while word < len(owners):
        if rng.random() < missed:
            gap = rng.randint(1, 30)
            word += gap
            now += 30 * gap
            continue
        length = min(rng.randint(2, 60), len(owners) - word)
        runs.append(Anchor(len(heard), word, length))
        for _ in range(length):
            now += rng.choice([0, 0, 0, 5, 40])
            duration = rng.randint(5, 50)
            heard.append(RecognisedWord("word", now, now + duration))
            now += duration
        word += length
    return Event(owners, tokens, heard, runs, now + rng.randint(10, 500))


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 2**32),
    st.integers(1, 400),
    st.sampled_from([0.0, 0.1, 0.5]),
    st.sampled_from([0.0, 0.3, 1.0]),
)
def test_every_token_and_frame_is_somewhere_and_every_token_kept_once(
    seed: int, tokens: int, silent: float, missed: float
) -> None:
    event = make_event(random.Random(seed), tokens, silent, missed)
    segments = cut_segments(
        event.runs, event.heard, event.owners, [Section(0, event.tokens, 0, event.frames)]
    )
    kept = [token for each in segments for token in range(each.keep_first, each.keep_last)]
    assert kept == list(range(tokens))
    assert segments[0].start == segments[0].first == 0
    assert segments[-1].end == event.frames
    assert segments[-1].last == tokens
    with_words = set(event.owners)
    for segment in segments:
        assert 0 <= segment.start < segment.end <= event.frames
    for left, right in pairwise(segments):
        # They share the two tokens on either side of the cut, both of which were heard, and no more.
        cut = left.keep_last
        assert right.keep_first == cut
        assert (left.last, right.first) == (cut + 1, cut - 1)
        assert {cut - 1, cut} <= with_words
        assert left.start <= right.start < left.end <= right.end
    # What was heard of a token lies within the frames of its segment.
    for run in event.runs:
        for offset in range(run.length):
            token, word = event.owners[run.text + offset], event.heard[run.recognised + offset]
            (home,) = [each for each in segments if each.keep_first <= token < each.keep_last]
            if home.first < token < home.last - 1:
                assert home.start <= word.start
                assert word.end <= home.end


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 400), st.sampled_from([0.0, 0.3]), st.sampled_from([1, 30, 150]))
def test_a_token_is_in_its_segment_though_times_were_rough(
    seed: int, tokens: int, missed: float, rough: int
) -> None:
    rng = random.Random(seed)
    event = make_event(rng, tokens, 0.1, missed)
    # Off by as much as may be, each word for itself, and still in order.
    starts = sorted(max(0, word.start + rng.randint(-rough, rough)) for word in event.heard)
    ends = sorted(max(1, word.end + rng.randint(-rough, rough)) for word in event.heard)
    heard = [RecognisedWord("word", *sorted(span)) for span in zip(starts, ends, strict=True)]
    stretch = Section(0, event.tokens, 0, event.frames)
    segments = cut_segments(event.runs, heard, event.owners, [stretch], rough)
    assert [token for each in segments for token in range(each.keep_first, each.keep_last)] == [
        *range(tokens)
    ]
    for run in event.runs:
        for offset in range(run.length):
            token, said = event.owners[run.text + offset], event.heard[run.recognised + offset]
            (home,) = [each for each in segments if each.keep_first <= token < each.keep_last]
            assert home.start <= said.start
            assert said.end <= home.end


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32), st.integers(200, 800))
def test_a_text_that_was_heard_well_is_cut_every_8_to_20_s(seed: int, tokens: int) -> None:
    event = make_event(random.Random(seed), tokens, 0.0, 0.0)
    segments = cut_segments(
        event.runs, event.heard, event.owners, [Section(0, event.tokens, 0, event.frames)]
    )
    starts, ends = {}, {}
    for word, token in zip(event.heard, event.owners, strict=True):
        starts.setdefault(token, word.start)
        ends[token] = word.end
    for segment in segments[1:-1]:
        before, after = segment.keep_first - 1, segment.keep_last
        # A cut is somewhere between two tokens; segments overlap by those on either side of it.
        assert starts[after] - ends[before] >= 8 * SECOND
        assert ends[after - 1] - starts[before + 1] <= 20 * SECOND
        assert starts[before] - 5 <= segment.start
        assert segment.end <= ends[after] + 5


def test_a_cut_is_at_the_longest_pause() -> None:
    heard = [RecognisedWord("word", at * 50, at * 50 + 50) for at in range(60)]
    later = [RecognisedWord("word", word.start + 80, word.end + 80) for word in heard[25:]]
    words = [*heard[:25], *later]
    segments = cut_segments([Anchor(0, 0, 60)], words, list(range(60)), [Section(0, 60, 0, 3_200)])
    assert [each.keep_first for each in segments][:2] == [0, 25]


def test_no_cut_next_to_what_was_not_made_out() -> None:
    """Every second token has no words, as [inaudible] has none: there is nowhere to cut."""
    heard = [RecognisedWord("word", at * 50, at * 50 + 40) for at in range(100)]
    owners = [2 * at for at in range(100)]
    (segment,) = cut_segments([Anchor(0, 0, 100)], heard, owners, [Section(0, 200, 0, 5_000)])
    assert (segment.first, segment.last, segment.start, segment.end) == (0, 200, 0, 5_000)


def test_no_cut_inside_a_token_of_several_words() -> None:
    heard = [RecognisedWord("word", at * 50, at * 50 + 40) for at in range(100)]
    (segment,) = cut_segments([Anchor(0, 0, 100)], heard, [0] * 100, [Section(0, 1, 0, 5_000)])
    assert (segment.keep_first, segment.keep_last) == (0, 1)


def test_without_anchors_all_is_one_segment() -> None:
    (segment,) = cut_segments([], [], list(range(9)), [Section(0, 9, 0, 700)])
    assert (segment.first, segment.last, segment.start, segment.end) == (0, 9, 0, 700)


def test_no_segment_reaches_over_a_pin() -> None:
    words = [RecognisedWord("word", 50 * at, 50 * at + 30) for at in range(200)]
    stretches = split_at_cuts([(40, 1_990), (150, 7_600)], 200, 10_000)
    assert stretches == [
        Section(0, 40, 0, 1_990),
        Section(40, 150, 1_990, 7_600),
        Section(150, 200, 7_600, 10_000),
    ]
    for stretch in stretches:
        segments = cut_segments([Anchor(0, 0, 200)], words, list(range(200)), [stretch])
        assert segments[0].keep_first == stretch.first
        assert segments[-1].keep_last == stretch.last
        for segment in segments:
            assert stretch.first <= segment.first < segment.last <= stretch.last
            assert stretch.start <= segment.start < segment.end <= stretch.end


def anchored(*runs: tuple[Anchor, int]) -> Anchors:
    """Anchors whose every word takes 0.3 s; each run starts at a frame of its own."""
    words = [
        RecognisedWord("word", start + 30 * at, start + 30 * at + 30)
        for run, start in runs
        for at in range(run.length)
    ]
    return Anchors(tuple(words), tuple(run for run, _ in runs), 0)


def test_text_for_which_there_is_no_time_is_split_off() -> None:
    owners = list(range(300))
    # 100 words are anchored, then 150 have one second, then 50 are anchored again.
    anchors = anchored((Anchor(0, 0, 100), 0), (Anchor(100, 250, 50), 3_100))
    parts = split_where_crowded(anchors, owners, Section(0, 300, 0, 4_600))
    assert parts == [
        Section(0, 100, 0, 3_025),
        Section(100, 250, 3_025, 3_075),
        Section(250, 300, 3_075, 4_600),
    ]


def test_text_said_once_and_written_twice_has_no_second_place() -> None:
    anchors = anchored((Anchor(0, 0, 100), 50))
    parts = split_where_crowded(anchors, list(range(200)), Section(0, 200, 0, 3_110))
    assert parts == [Section(0, 100, 0, 3_070), Section(100, 200, 3_070, 3_110)]


def test_text_that_may_have_been_said_is_not_split_off() -> None:
    owners = list(range(300))
    unhurried = anchored((Anchor(0, 0, 100), 0), (Anchor(100, 250, 50), 3_000 + 150 * 10))
    few = anchored((Anchor(0, 0, 100), 0), (Anchor(100, 110, 190), 3_010))
    for anchors in (unhurried, few):
        assert len(split_where_crowded(anchors, owners, Section(0, 300, 0, 9_000))) == 1


def test_an_engine_without_times_of_its_own_splits_nothing_off() -> None:
    precise = anchored((Anchor(0, 0, 100), 0), (Anchor(100, 250, 50), 3_100))
    rough = replace(precise, time_error=200)
    assert len(split_where_crowded(rough, list(range(300)), Section(0, 300, 0, 4_600))) == 1


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 600), st.sampled_from([0.1, 0.4]), st.integers(1, 40))
def test_sections_split_off_cover_all_and_keep_anchored_words(
    seed: int, tokens: int, missed: float, faster: int
) -> None:
    event = make_event(random.Random(seed), tokens, 0.1, missed)
    # So much faster than it was said that there is no time for some of what was missed.
    heard = [
        RecognisedWord(word.word, word.start // faster, max(word.end // faster, word.start // faster + 1))
        for word in event.heard
    ]
    whole = Section(0, event.tokens, 0, event.frames // faster + 1)
    parts = split_where_crowded(Anchors(tuple(heard), tuple(event.runs), 0), event.owners, whole)
    assert (parts[0].first, parts[0].start) == (whole.first, whole.start)
    assert (parts[-1].last, parts[-1].end) == (whole.last, whole.end)
    assert all((before.last, before.end) == (after.first, after.start) for before, after in pairwise(parts))
    assert all(part.first < part.last and part.start <= part.end for part in parts)
    for run in event.runs:
        first, last = event.owners[run.text], event.owners[run.text + run.length - 1]
        assert any(part.first <= first and last < part.last for part in parts)


def test_no_cut_parts_a_token_of_several_words_whose_end_was_not_recognised() -> None:
    # Each third token has three words ("25%"); of the last one of the run only the first word was recognised.
    owners = [token for token in range(200) for _ in range(3 if token % 3 == 2 else 1)]
    length = owners.index(98) + 1
    found = anchored(
        (Anchor(0, 0, length), 0), (Anchor(length, length + 2, len(owners) - length - 2), 30 * length)
    )
    ends = {at: found.words[word].end for word, at in enumerate(owners[:length])}
    cuts = cut_segments(found.runs, found.words, owners, [Section(0, 200, 0, 30 * len(owners))])
    assert len(cuts) > 5
    for piece in cuts[:-1]:
        assert piece.last != 99
        if piece.last < 99:
            assert piece.end >= ends[piece.last - 1]
