"""Times as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.clocks import exact_clock, read_clock


@given(st.integers(0, 359_999_999))
def test_a_time_that_was_written_is_read(milliseconds: int) -> None:
    assert read_clock(exact_clock(milliseconds)) == milliseconds


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [("0", 0), ("90", 90_000), ("1:30", 90_000), (" 75:00,5 ", 4_500_500), ("1:00:00", 3_600_000)],
)
def test_shorter_times(text: str, milliseconds: int) -> None:
    assert read_clock(text) == milliseconds


@pytest.mark.parametrize("text", ["", "soon", "-1", "1:60", "1:60:00", "1:2:3:4", "1:", "٣", "1.2345", "1h"])
def test_what_is_no_time(text: str) -> None:
    assert read_clock(text) is None
