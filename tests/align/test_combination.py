"""Several engines' lines put together: the surer of each, forward, none overlapping."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.combination import Version, combine
from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Status
from asdelivered.base.span import TimeSpan

Found = tuple[int, int, float] | None


def line(number: int, found: Found, engine: str) -> AlignedLine:
    if found is None:
        word = AlignedWord("word", Status.UNSPOKEN, None, None)
        return AlignedLine(str(number), "1", None, "word", Status.UNSPOKEN, None, None, (word,))
    start, end, sure = found
    word = AlignedWord("word", Status.MATCHED, TimeSpan(start, end), sure)
    span = TimeSpan(start, end)
    return AlignedLine(str(number), "1", None, "word", Status.MATCHED, span, sure, (word,), engine)


def version(engine: str, *found: Found) -> Version:
    return Version(tuple(line(number, one, engine) for number, one in enumerate(found)), ())


def engines(combined: Version) -> list[str | None]:
    return [one.engine for one in combined.lines]


def test_the_surer_line_is_kept_and_of_equals_the_first() -> None:
    one = version("a", (0, 900, 0.9), (1000, 1900, 0.4), (2000, 2900, 0.7), None)
    other = version("b", (10, 910, 0.5), (1010, 1910, 0.8), (2000, 2900, 0.7), (3000, 3900, 0.1))
    assert engines(combine([one, other])) == ["a", "b", "a", "b"]


def test_lines_of_two_engines_that_overlap_are_not_both_kept() -> None:
    one = version("a", (0, 1500, 0.9), (1500, 3000, 0.5))
    other = version("b", (0, 1000, 0.6), (1000, 2000, 0.85))
    # 0.9 and 0.85 would overlap: both of b are surer together than both of a.
    assert engines(combine([one, other])) == ["b", "b"]
    # A line that would cross a surer one has no time at all rather than a wrong one.
    (first, second) = combine(
        [version("a", (5000, 6000, 0.9), None), version("b", None, (100, 900, 0.3))]
    ).lines
    assert first.span == TimeSpan(5000, 6000)
    assert (second.span, second.status, second.confidence, second.engine) == (
        None,
        Status.UNSPOKEN,
        None,
        None,
    )


def test_sound_is_unexplained_by_the_engine_whose_line_lies_there() -> None:
    one = Version(version("a", (0, 1000, 0.9), None).lines, ((20, 40), (200, 300)))
    other = Version(version("b", (0, 1000, 0.5), (2000, 2500, 0.8)).lines, ((50, 60), (150, 180)))
    assert combine([one, other]).garbage == ((20, 40), (150, 180), (250, 300))


SURE = st.integers(0, 1000).map(lambda number: number / 1000)


@st.composite
def versions(draw: st.DrawFn) -> list[Version]:
    count = draw(st.integers(0, 12))
    made = []
    for engine in "abc"[: draw(st.integers(1, 3))]:
        now = 0
        found: list[Found] = []
        for _ in range(count):
            now += draw(st.integers(0, 30))
            length = draw(st.integers(1, 30))
            found.append(draw(st.none() | st.just((now, now + length, draw(SURE)))))
            now += length
        made.append(version(engine, *found))
    return made


@given(versions())
def test_what_comes_out_goes_forward_and_is_no_less_sure_than_any_of_what_went_in(
    made: list[Version],
) -> None:
    combined = combine(made)
    timed = [one for one in combined.lines if one.span is not None]
    for before, after in pairwise(timed):
        assert before.span is not None
        assert after.span is not None
        assert before.span.end <= after.span.start
    for number, one in enumerate(combined.lines):
        assert one.id == str(number)
        assert one.span is None or one in [version.lines[number] for version in made]
    total = sum(one.confidence or 0.0 for one in combined.lines)
    assert all(total >= sum(one.confidence or 0.0 for one in each.lines) - 1e-3 for each in made)
    if len(made) == 1:
        assert combined.lines == made[0].lines
