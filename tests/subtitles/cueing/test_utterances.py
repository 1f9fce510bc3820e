"""The words of an alignment to be captioned: in scripts without blanks, parts that have the times of their phrases."""

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Phrase, Status
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cueing.units import parts_of
from asdelivered.subtitles.cueing.utterances import SpokenWord, utterances

TEXT = "我们今天讨论经济问题，谢谢大家。"
SAID = ("我们", "今天讨论", "经济问题，", "谢谢大家。")


def spoken(phrases: tuple[Phrase, ...], span: TimeSpan) -> tuple[SpokenWord, ...]:
    word = AlignedWord(TEXT, Status.MATCHED, span, 0.9, phrases)
    line = AlignedLine("L1", "T1", None, TEXT, Status.MATCHED, span, 0.9, (word,))
    (said,) = utterances([line], 1_000_000)
    return said.words


def test_what_comes_after_a_pause_begins_after_it() -> None:
    spans = (TimeSpan(0, 400), TimeSpan(400, 1200), TimeSpan(1200, 2000), TimeSpan(5000, 6000))
    words = spoken(tuple(map(Phrase, SAID, spans)), TimeSpan(0, 6000))
    assert tuple(word.text for word in words) == parts_of(TEXT)
    starts = {word.text: word.start for word in words}
    assert starts["我们"] == 0
    assert starts["经济"] == 1200
    assert starts["谢谢"] == 5000
    assert max(word.end for word in words if word.start < 5000) == 2000


def test_without_phrases_the_parts_share_the_time() -> None:
    words = spoken((), TimeSpan(0, 1600))
    assert [(word.start, word.end) for word in words] == [
        (100 * begin, 100 * end) for begin, end in pairwise(accumulate(map(len, parts_of(TEXT)), initial=0))
    ]


@given(st.lists(st.integers(0, 10_000), min_size=8, max_size=8).map(sorted))
def test_whatever_the_times_they_go_forward_within_the_word(times: list[int]) -> None:
    spans = [TimeSpan(start, end) for start, end in zip(times[::2], times[1::2], strict=True)]
    words = spoken(tuple(map(Phrase, SAID, spans)), TimeSpan(times[0], times[-1]))
    assert "".join(word.text for word in words) == TEXT
    edges = [edge for word in words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert (edges[0], edges[-1]) == (times[0], times[-1])
