"""Anchors: a hearing with a known history is made of a text, and the history is asked back."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.anchors import Anchor, Anchors, anchor, find_anchors, line_starts
from asdelivered.align.script import write_script
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.transcripts.model import Transcript

VOCABULARY = 4_000


def draw(rng: random.Random, count: int) -> list[str]:
    """Words with the frequencies of speech: the n-th word of the vocabulary comes up about 1 / n of the time."""
    return [f"w{int(VOCABULARY ** rng.random())}" for _ in range(count)]


def make_text(rng: random.Random, length: int) -> list[str]:
    """A text in which whole passages come back, word for word."""
    refrains = [draw(rng, rng.randint(6, 30)) for _ in range(6)]
    text: list[str] = []
    while len(text) < length:
        text += draw(rng, rng.randint(20, 200))
        if rng.random() < 0.3:
            text += rng.choice(refrains)
    return text[:length]


def hear(rng: random.Random, text: list[str], errors: float) -> tuple[list[str], list[int | None]]:
    """What a poor recogniser makes of the text; and for each word heard the place it was said from.

    A share `errors` of the words is left out, as many are replaced, and half as many put in. Passages are dropped,
    said twice, and there are others that the text lacks.
    """
    heard: list[str] = []
    places: list[int | None] = []
    at = 0
    while at < len(text):
        event = rng.random()
        if event < 0.002:
            at += rng.randint(5, 60)
            continue
        if event < 0.004:
            foreign = draw(rng, rng.randint(5, 60))
            heard += foreign
            places += [None] * len(foreign)
        elif event < 0.005 and at > 20:
            again = rng.randint(5, 20)
            heard += text[at - again : at]
            places += range(at - again, at)
        error = rng.random() / errors
        if error < 1:
            at += 1
            continue
        if error < 2:
            heard += draw(rng, 1)
            places.append(at if heard[-1] == text[at] else None)
            at += 1
            continue
        if error < 2.5:
            heard += draw(rng, 1)
            places.append(None)
        heard.append(text[at])
        places.append(at)
        at += 1
    return heard, places


def pairs(runs: list[Anchor]) -> Iterator[tuple[int, int]]:
    for run in runs:
        for offset in range(run.length):
            yield run.recognised + offset, run.text + offset


def check_runs(text: list[str], heard: list[str], runs: list[Anchor]) -> None:
    for run in runs:
        assert run.length > 0
        assert (
            heard[run.recognised : run.recognised + run.length]
            == text[run.text : run.text + run.length]
            != []
        )
    for before, after in pairwise(runs):
        assert before.recognised + before.length <= after.recognised
        assert before.text + before.length <= after.text


@given(
    st.lists(st.sampled_from("abcdefgh"), max_size=60), st.lists(st.sampled_from("abcdefghx"), max_size=60)
)
def test_runs_are_common_and_go_forward_whatever_is_heard(text: list[str], heard: list[str]) -> None:
    check_runs(text, heard, find_anchors(text, heard))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 1200), st.floats(0.01, 0.3))
def test_runs_are_common_and_go_forward_in_a_planted_hearing(seed: int, length: int, errors: float) -> None:
    rng = random.Random(seed)
    text = make_text(rng, length)
    heard, _ = hear(rng, text, errors)
    check_runs(text, heard, find_anchors(text, heard))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.integers(1500, 3000))
def test_anchors_lie_where_the_words_were_said_from(seed: int, length: int) -> None:
    rng = random.Random(seed)
    text = make_text(rng, length)
    heard, places = hear(rng, text, 0.08)
    found = list(pairs(find_anchors(text, heard)))
    right = sum(places[at] == place for at, place in found)
    assert right >= 0.98 * len(found)
    # Far off is worse than a neighbour taken for a word: a jump takes all that follows with it.
    far = sum((said := places[at]) is not None and abs(said - place) > 100 for at, place in found)
    assert far <= 0.002 * len(found)
    assert len(found) >= 0.8 * sum(place is not None for place in places)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_hour_of_speech_is_anchored_in_seconds(seed: int, slowness: Callable[[], float]) -> None:
    rng = random.Random(seed)
    text = make_text(rng, 10_000)
    heard, places = hear(rng, text, 0.08)
    began = time.process_time()
    runs = find_anchors(text, heard)
    assert time.process_time() - began < 5 * slowness()
    check_runs(text, heard, runs)
    found = list(pairs(runs))
    right = sum(places[at] == place for at, place in found)
    assert right >= 0.99 * len(found)
    assert right >= 0.9 * sum(place is not None for place in places)


def test_a_perfect_hearing_is_one_run() -> None:
    text = make_text(random.Random(4), 3_000)
    assert find_anchors(text, text) == [Anchor(0, 0, 3_000)]


def test_another_event_in_the_same_words_is_hardly_anchored() -> None:
    text = make_text(random.Random(5), 10_000)
    other, _ = hear(random.Random(6), make_text(random.Random(7), 10_000), 0.08)
    assert sum(run.length for run in find_anchors(text, other)) <= 30


def test_another_event_in_other_words_is_not_anchored() -> None:
    text = make_text(random.Random(5), 2_000)
    assert find_anchors(text, [word.upper() for word in text]) == []


@pytest.mark.parametrize(("text", "heard"), [("", ""), ("", "one two"), ("one two", ""), ("one", "one")])
def test_too_little_to_go_by_is_no_anchor(text: str, heard: str) -> None:
    assert find_anchors(text.split(), heard.split()) == []


REFRAIN = ["we", "can", "do", "it", "again"]


def refrain_text() -> tuple[list[str], list[int]]:
    """A text that says the same sentence three times, 80 words apart; and where."""
    rng = random.Random(8)
    text: list[str] = []
    starts = []
    for _ in range(3):
        text += [f"word{rng.randrange(10**6)}" for _ in range(80)]
        starts.append(len(text))
        text += REFRAIN
    return text + [f"word{rng.randrange(10**6)}" for _ in range(80)], starts


@pytest.mark.parametrize("said", [0, 1, 2])
def test_a_repeated_sentence_is_taken_where_its_neighbours_are(said: int) -> None:
    text, starts = refrain_text()
    # Of the three only one was said, and the words next to it were not made out.
    first, last = starts[said], starts[said] + len(REFRAIN)
    heard = [
        *text[first - 40 : first - 3],
        *["mumble"] * 3,
        *REFRAIN,
        *["mumble"] * 3,
        *text[last + 3 : last + 40],
    ]
    refrain = dict(pairs(find_anchors(text, heard)))
    assert [refrain.get(40 + offset) for offset in range(5)] in ([*range(first, last)], [None] * 5)


def test_a_repeated_sentence_said_each_time_keeps_its_order() -> None:
    text, _ = refrain_text()
    assert find_anchors(text, text) == [Anchor(0, 0, len(text))]


def test_a_sentence_said_once_more_than_written_moves_nothing_else() -> None:
    text, starts = refrain_text()
    extra = starts[1] + len(REFRAIN)
    heard = [*text[:extra], *REFRAIN, *text[extra:]]
    for at, place in pairs(find_anchors(text, heard)):
        if not extra - 5 <= at < extra + 5:
            assert place == (at if at < extra else at - 5)


def test_common_words_alone_are_no_anchor() -> None:
    text = ["of", "the"] * 500
    assert find_anchors(text, ["of", "the"] * 500) == []


def test_work_stays_small_where_one_passage_fills_the_text(slowness: Callable[[], float]) -> None:
    text = make_text(random.Random(9), 125) * 40
    began = time.process_time()
    check_runs(text, text, find_anchors(text, text))
    assert time.process_time() - began < 5 * slowness()


SPEECH = [f"word{number}" for number in range(60)]


@pytest.mark.parametrize(
    "flaws", [[(0, 5), (1, 40), (2, 20)], [(0, 50), (1, 3), (2, 30)], [(0, 5), (0, 40), (2, 20)]]
)
def test_of_a_speech_heard_three_times_one_is_taken_as_a_whole(flaws: list[tuple[int, int]]) -> None:
    """Each copy but for a word or two that were not made out: together, parts of two would have one word more."""
    copies = [list(SPEECH) for _ in range(3)]
    for copy, place in flaws:
        copies[copy][place] = "mumble"
    asides = [f"aside{number}" for number in range(80)]
    heard = [*copies[0], *asides, *copies[1], *asides, *copies[2]]
    found = find_anchors(SPEECH, heard)
    assert found[-1].recognised + found[-1].length - found[0].recognised <= len(SPEECH)
    assert sum(run.length for run in found) >= len(SPEECH) - 2


def test_what_is_said_after_an_hour_of_something_else_is_still_anchored() -> None:
    heard = [*SPEECH[:40], *(f"aside{number}" for number in range(10_000)), *SPEECH[40:]]
    assert find_anchors(SPEECH, heard) == [Anchor(0, 0, 40), Anchor(10_040, 40, 20)]


def test_the_end_of_an_excerpt_is_not_put_together_from_all_over_the_text() -> None:
    """Its last two words were misheard; with them, what comes before stands in three places further on."""
    said = ["can", "do", "this", "we", "have", "done", "it", "before", "we"]
    text = [*SPEECH, *said, "can", "again"]
    for number, elsewhere in enumerate((said[1:3], said[3:6], [*said[6:], "have", "to"], ["come"])):
        text += [*draw(random.Random(number), 900), *elsewhere]
    found = find_anchors(text, [*SPEECH, *said[1:], "have", "to"])
    assert found[1] == Anchor(60, 61, 8)


def test_no_anchor_reaches_over_what_is_heard_for_long_between_two_words() -> None:
    assert find_anchors(SPEECH, SPEECH, {40}) == [Anchor(0, 0, 40), Anchor(40, 40, 20)]
    # Two words alone, on the far side, weigh too little to be an anchor among so few.
    assert find_anchors(SPEECH, SPEECH, {58}) == [Anchor(0, 0, 58)]


def test_lines_begin_about_where_their_first_anchored_word_was_recognised(harbour: Transcript) -> None:
    script = write_script(harbour)
    heard = [RecognisedWord(word, 30 * at, 30 * at + 25) for at, word in enumerate(script.words)]
    lost = script.lines[5][1].id
    kept = [
        word
        for word, owner in zip(heard, script.owners, strict=True)
        if script.lines[script.tokens[owner].line][1].id != lost
    ]
    starts = line_starts(script, anchor(script, kept, 0))
    assert lost not in starts
    for token_of, word in zip(script.owners, heard, strict=True):
        line = script.lines[script.tokens[token_of].line][1].id
        if line in starts:
            assert starts[line] <= 10 * word.start
    assert len(starts) > len(script.lines) * 0.9
    assert sorted(starts.values()) == [*starts.values()]


@pytest.mark.parametrize(("time_error", "spoken"), [(0, [10, 11, 12, 15, 16]), (200, [])])
def test_somebody_speaks_where_a_word_of_an_anchor_was_recognised(time_error: int, spoken: list[int]) -> None:
    words = tuple(
        RecognisedWord(word, start, end)
        for word, start, end in [("um", 2, 5), ("harbour", 10, 13), ("master", 15, 17), ("oh", 18, 20)]
    )
    anchors = Anchors(words, (Anchor(recognised=1, text=0, length=2),), time_error)
    assert anchors.spoken(30).nonzero()[0].tolist() == spoken


def test_a_token_was_heard_where_all_of_its_words_were_within_an_anchor(harbour: Transcript) -> None:
    script = write_script(harbour)
    words = tuple(
        RecognisedWord(word, 40 * at, 40 * at + 30) for at, word in enumerate(script.words) if at < 60
    )
    anchors = Anchors(words, (Anchor(0, 0, 20), Anchor(30, 30, 30)), 0)
    assert max(Counter(script.owners[:60]).values()) > 1
    heard = anchors.heard(script)
    assert len(heard) == len(script.tokens)
    for token, span in enumerate(heard):
        own = [at for at, owner in enumerate(script.owners[:60]) if owner == token]
        # The first and the last words of an anchor may be there by chance.
        known = own and all(2 < at < 17 or 32 < at < 57 for at in own)
        assert span == ((40 * own[0], 40 * own[-1] + 30) if known else None)


def test_nothing_was_heard_where_times_are_guessed(harbour: Transcript) -> None:
    script = write_script(harbour)
    words = tuple(RecognisedWord(word, 40 * at, 40 * at + 30) for at, word in enumerate(script.words))
    assert set(Anchors(words, (Anchor(0, 0, len(words)),), 200).heard(script)) == {None}
