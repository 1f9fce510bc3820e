"""What is placed goes forward, and no more is given up for it than must be."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.acoustic.forced_alignment import AlignedToken
from asdelivered.align.acoustic.monotonic import keep_monotonic

PLACES = st.lists(
    st.none()
    | st.builds(
        lambda start, size: AlignedToken(start, start + size, 0.0), st.integers(0, 12), st.integers(1, 4)
    ),
    max_size=8,
)


def goes_forward(tokens: list[AlignedToken | None]) -> bool:
    return all(one.end <= other.start for one, other in pairwise([token for token in tokens if token]))


@given(PLACES)
def test_as_many_stay_as_can(tokens: list[AlignedToken | None]) -> None:
    kept = keep_monotonic(tokens)
    assert len(kept) == len(tokens)
    assert goes_forward(kept)
    assert all(one is None or one == token for one, token in zip(kept, tokens, strict=True))
    placed = [token for token in tokens if token]
    most = max(
        size
        for size in range(len(placed) + 1)
        for some in combinations(placed, size)
        if goes_forward([*some])
    )
    assert sum(token is not None for token in kept) == most


def test_what_goes_forward_stays_whole() -> None:
    tokens = [AlignedToken(0, 5, -1.0), None, AlignedToken(5, 6, 0.5), AlignedToken(40, 90, -3.0)]
    assert keep_monotonic(tokens) == tokens
    assert keep_monotonic([]) == []
