"""Percentiles, against NumPy's."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.acoustic.percentiles import percentiles

levels = st.lists(st.floats(-200.0, 200.0, width=32), min_size=1, max_size=60)


@given(levels, st.lists(st.floats(0.0, 100.0), min_size=1, max_size=4))
def test_they_are_those_of_another_program(values: list[float], shares: list[float]) -> None:
    of = np.array(values, np.float32)
    assert np.allclose(percentiles(of, *shares), np.percentile(of, shares), atol=1e-3)


def test_infinite_ones_are_kept() -> None:
    assert percentiles(np.array([-np.inf, -np.inf, 1.0]), 0, 50, 100) == [-np.inf, -np.inf, 1.0]


def test_of_nothing_there_are_none() -> None:
    assert np.isnan(percentiles(np.empty(0, np.float32), 25, 75)).all()
