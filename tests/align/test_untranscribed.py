"""What was said that the text lacks: all of it, from onset to end, and no word of the text."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Status
from asdelivered.align.untranscribed import find_untranscribed
from asdelivered.base.span import TimeSpan

EVEN = np.zeros(4_000, np.float32)
"""A recording in which nothing stands out."""

Frames = tuple[int, int]


def timed_line(*spans: TimeSpan) -> AlignedLine:
    words = tuple(AlignedWord("word", Status.MATCHED, span, 0.9) for span in spans)
    return AlignedLine("1", "1", None, "word", Status.MATCHED, None, 0.9, words)


SPEECH = [TimeSpan(0, 10_000)]


@pytest.mark.parametrize(
    ("garbage", "speech", "expected"),
    [
        ([(100, 300)], SPEECH, [TimeSpan(1_000, 3_000)]),
        # Music is no speech.
        ([(100, 300)], [], []),
        ([(100, 300)], [TimeSpan(2_000, 9_000)], [TimeSpan(2_000, 3_000)]),
        # Less than half a second is no loss.
        ([(100, 149)], SPEECH, []),
        ([(100, 150)], SPEECH, [TimeSpan(1_000, 1_500)]),
        # A breath does not part what is said, a pause does.
        ([(100, 200), (240, 300)], SPEECH, [TimeSpan(1_000, 3_000)]),
        ([(100, 200), (241, 301)], SPEECH, [TimeSpan(1_000, 2_000), TimeSpan(2_410, 3_010)]),
        # What neighbouring segments both found is there once.
        ([(100, 200), (150, 300)], SPEECH, [TimeSpan(1_000, 3_000)]),
        ([], SPEECH, []),
        ([], [], []),
    ],
)
def test_untranscribed_is_speech_that_is_not_the_texts(
    garbage: list[Frames], speech: list[TimeSpan], expected: list[TimeSpan]
) -> None:
    assert find_untranscribed(garbage, speech, [], EVEN) == tuple(expected)


def test_no_word_lies_in_what_is_untranscribed() -> None:
    line = timed_line(TimeSpan(2_000, 2_100))
    assert find_untranscribed([(100, 400)], SPEECH, [line], EVEN) == (
        TimeSpan(1_000, 2_000),
        TimeSpan(2_100, 4_000),
    )


SPANS = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 120)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=6,
)


@given(SPANS, SPANS, SPANS)
def test_untranscribed_covers_all_that_lacks_words_and_nothing_else(
    garbage: list[Frames], speech: list[Frames], words: list[Frames]
) -> None:
    def frames(spans: list[Frames]) -> set[int]:
        return {frame for start, end in spans for frame in range(start, end)}

    def times(spans: list[Frames]) -> list[TimeSpan]:
        return [TimeSpan(start * 10, end * 10) for start, end in spans]

    found = find_untranscribed(garbage, times(speech), [timed_line(*times(words))], EVEN)
    covered = frames([(span.start // 10, span.end // 10) for span in found])
    lacking = (frames(garbage) & frames(speech)) - frames(words)
    assert not covered & frames(words)
    for before, after in pairwise(found):
        assert before.end < after.start
    for span in found:
        inside = frames([(span.start // 10, span.end // 10)])
        assert len(inside) >= 50
        # It begins and ends with what lacks, and holds no longer breath than 0.4 s.
        ordered = sorted(inside & lacking)
        assert ordered[0] == min(inside)
        assert ordered[-1] == max(inside)
        assert all(after - before - 1 <= 40 for before, after in pairwise(ordered))
    for frame in lacking - covered:
        # What is left over is short: half a second from it, something else begins.
        assert not set(range(frame, frame + 50)) <= lacking


def room_with(*sounds: tuple[int, int, float]) -> np.ndarray:
    """Loudness of a recording in whose frames [start, end) there is sound, so many dB above the room."""
    loudness = np.full(4_000, 45.0, np.float32)
    for start, end, above in sounds:
        loudness[start:end] = 45.0 + above
    return loudness


def test_what_is_said_between_two_lines_is_found_though_the_search_took_it_for_silence() -> None:
    lines = [spoken_line(100, 300), spoken_line(900, 1_100)]
    loudness = room_with((100, 300, 20), (400, 560, 20), (580, 700, 20), (900, 1_100, 20))
    (found,) = find_untranscribed([], [TimeSpan(1_000, 11_000)], lines, loudness)
    assert abs(found.start - 4_000) <= 30
    assert abs(found.end - 7_000) <= 30
    # Not where nobody speaks, nor what stays near the room's noise.
    assert find_untranscribed([], [TimeSpan(1_000, 3_000)], lines, loudness) == ()
    murmur = room_with((100, 300, 20), (400, 700, 4), (900, 1_100, 20))
    assert find_untranscribed([], [TimeSpan(1_000, 11_000)], lines, murmur) == ()


def test_it_reaches_to_where_its_sound_ends_and_not_into_a_line() -> None:
    line = spoken_line(500, 700)
    loudness = room_with((100, 330, 20), (400, 700, 20))
    first, second = find_untranscribed([(120, 300), (410, 490)], [TimeSpan(1_000, 7_000)], [line], loudness)
    assert abs(first.start - 1_000) <= 30
    assert abs(first.end - 3_300) <= 30
    assert abs(second.start - 4_000) <= 30
    assert 4_900 <= second.end <= 5_000


def spoken_line(start: int, end: int) -> AlignedLine:
    span = TimeSpan(start * 10, end * 10)
    return AlignedLine(
        "1", "1", None, "word", Status.MATCHED, span, 0.9, (AlignedWord("word", Status.MATCHED, span, 0.9),)
    )
