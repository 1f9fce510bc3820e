"""The costs of lines for many cues at once are those of each cue by itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.subtitles.cueing.breaks import Break
from asdelivered.subtitles.cueing.line_layout import LineCosts
from asdelivered.subtitles.cueing.units import Unit
from asdelivered.subtitles.style_file import named_style

UNITS = st.builds(Unit, st.integers(1, 50).map("x".__mul__), st.booleans())


@given(
    st.lists(st.tuples(UNITS, st.sampled_from(Break)), min_size=1, max_size=40),
    st.sampled_from(["netflix", "dcmp", "vertical"]),
    st.sampled_from(["", "RUTTE:", "(A rather long name)"]),
    st.integers(1, 9),
)
def test_many_cues_cost_what_each_of_them_costs(
    words: list[tuple[Unit, Break]], style: str, label: str, at_once: int
) -> None:
    units = [unit for unit, _ in words]
    costs = LineCosts(units, label, [level for _, level in words[:-1]], named_style(style))
    sizes = costs.most_words()
    assert len(sizes) == len(units)
    for begin in range(0, len(units), at_once):
        end = min(begin + at_once, len(units))
        found = costs.of_many(begin, end, max(sizes[begin:end]))
        for first, row in zip(range(begin, end), found, strict=True):
            alone = [costs.best(first, first + size) for size in range(1, sizes[first] + 1)]
            expected = [np.inf if one is None else one[0] for one in alone]
            assert row[: sizes[first]].tolist() == pytest.approx(expected)


@given(st.lists(st.tuples(UNITS, st.sampled_from(Break)), min_size=1, max_size=14))
def test_no_other_two_lines_are_cheaper(words: list[tuple[Unit, Break]]) -> None:
    units = [unit for unit, _ in words]
    costs = LineCosts(units, "", [level for _, level in words[:-1]], named_style("dcmp"))
    best = costs.best(0, len(units))
    longest = max(len(unit.text) for unit in units)
    if best is None or longest > costs.width:
        return
    assert best[0] == pytest.approx(costs.of_lines(best[1]))
    for middle in range(1, len(units)):
        lines = costs.offsets[middle] - costs.blanks[middle], costs.offsets[-1] - costs.offsets[middle] - 1
        if max(lines) <= costs.width and best[1]:
            assert costs.of_lines([middle]) >= best[0] - 1e-9
