"""Which sound each of several texts takes: one of its own where there are enough."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.tracks.placing import Candidate, place_texts
from asdelivered.media.sound import SoundChoice

LEFT, RIGHT, SECOND = SoundChoice(1, 1), SoundChoice(1, 2), SoundChoice(2)


def candidates(shares: dict[SoundChoice, float], tagged: int = 0) -> list[Candidate]:
    return [Candidate(choice, share, share, choice.track == tagged) for choice, share in shares.items()]


def choices(*texts: list[Candidate], taken: SoundChoice | None = None) -> list[SoundChoice]:
    placed = place_texts(dict(enumerate(texts)), {99: taken} if taken else {})
    return [placed[number].choice for number in range(len(texts))]


def test_the_surest_comes_first_and_the_other_has_what_is_left():
    first = candidates({LEFT: 0.5, RIGHT: 0.4})
    second = candidates({LEFT: 0.9, RIGHT: 0.3})
    assert choices(first, second) == [RIGHT, LEFT]


def test_a_channel_in_which_the_floor_is_faintly_heard_is_left_to_the_interpreter():
    floor = candidates({LEFT: 0.9, RIGHT: 0.3})
    interpreter = candidates({LEFT: 0.0, RIGHT: 0.5})
    assert choices(floor, interpreter) == [LEFT, RIGHT]


def test_a_text_on_two_channels_has_both_and_the_other_the_other_track():
    panel = candidates({LEFT: 0.5, RIGHT: 0.4, SECOND: 0.0})
    interpreter = candidates({LEFT: 0.0, RIGHT: 0.05, SECOND: 0.4})
    placed = place_texts({0: panel, 1: interpreter}, {})
    assert placed[0].choice == SoundChoice(1)
    assert placed[0].channels == (LEFT, RIGHT)
    assert placed[1].choice == SECOND


def test_what_is_heard_nowhere_has_what_the_others_leave():
    floor = candidates({LEFT: 0.9, RIGHT: 0.0, SECOND: 0.0})
    unheard = candidates({LEFT: 0.1, RIGHT: 0.12, SECOND: 0.02})
    assert choices(floor, unheard) == [LEFT, RIGHT]
    assert choices(floor, candidates({LEFT: 0.1, RIGHT: 0.12, SECOND: 0.02}, tagged=2)) == [LEFT, SECOND]
    assert choices(unheard, taken=LEFT) == [RIGHT]


def test_two_texts_share_a_sound_where_the_second_is_heard_nowhere_else():
    statement = candidates({LEFT: 0.9, RIGHT: 0.0})
    questions = candidates({LEFT: 0.7, RIGHT: 0.05})
    placed = place_texts({0: statement, 1: questions}, {})
    assert [placed[0].choice, placed[1].choice] == [LEFT, LEFT]
    assert "another text has it, too" in placed[1].why
    assert choices(statement, candidates({LEFT: 0.7, RIGHT: 0.2})) == [LEFT, LEFT]


shares = st.lists(st.sampled_from([0.0, 0.05, 0.1, 0.2, 0.4, 0.8]), min_size=4, max_size=4)


@given(st.lists(shares, min_size=1, max_size=5))
def test_each_text_has_a_sound_and_none_is_shared_that_need_not_be(texts: list[list[float]]):
    sounds = [SoundChoice(number) for number in (1, 2, 3, 4)]
    given_texts = {
        number: candidates(dict(zip(sounds, own, strict=True))) for number, own in enumerate(texts)
    }
    placed = place_texts(given_texts, {})
    assert placed.keys() == given_texts.keys()
    for one, other in combinations(placed, 2):
        if placed[one].choice == placed[other].choice:
            shared = placed[one].choice
            free = {*sounds} - {found.choice for found in placed.values()}
            # One of the two fits it much better than whatever is free, or nothing is.
            assert not free or any(
                next(own.share for own in given_texts[text] if own.choice == shared)
                > 2 * max(own.share for own in given_texts[text] if own.choice in free)
                for text in (one, other)
            )
