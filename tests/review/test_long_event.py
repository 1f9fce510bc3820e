"""An hour and a half of speech in the review, as benchmarks/review.py measures ten: smooth, and small.

The limits are those of ten hours and 80,000 words. Tasks are measured by the processor's time, which other work on the
machine lengthens less than theirs on the clock.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from long_event import make_long_event
from review_measures import edit, find, measure, scroll, served, zoom

LONGEST_TASK = 100
"""Milliseconds."""
MOST_OF_TAB = 300
"""MB."""


def test_a_long_event_is_smooth_and_small(
    tmp_path: Path, chromium: Any, slowness: Callable[[], float]
) -> None:
    alignment = make_long_event(tmp_path, hours=1.5, words=12_000)
    with served(alignment) as (address, server, ready):
        found = measure(address, server, ready, chromium, 4, (scroll, edit, zoom, find))
    assert found.lines > 450
    longest = LONGEST_TASK * slowness()
    assert {one.name: task for one in found.stretches if (task := max(one.processor)) > longest} == {}
    assert [value for value in found.tab if value > MOST_OF_TAB] == []
    # After three rounds all that is loaded when it is first used has been.
    assert found.server[4] - found.server[3] < 15
