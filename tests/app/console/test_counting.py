"""The time left follows from how much work is done, not from how many pieces, nor from what was done before."""

import re
import time

import pytest

from asdelivered.app.console.counting import counting


def test_time_left_is_that_of_the_work_left(capsys: pytest.CaptureFixture[str]) -> None:
    with counting("aligning", 4, 1100) as count:
        count("", 100, skipped=True)  # it took no time
        time.sleep(0.2)
        count("", 800)
        count("a note", 100)
        count("", 100)
    lines = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"aligning: 1 of 4, 0\.0 a minute", lines[0])
    left = re.fullmatch(r"aligning: 2 of 4, \S+ a minute, 0:00:00\.(\d) left", lines[1])
    assert left is not None
    assert left[1] in "012"  # 200 of 800, in 0.2 s; by the number of pieces it would be 0.4
    assert lines[2] == "a note"
    assert re.fullmatch(r"aligning: 4 of 4, \S+ a minute", lines[-1])


def test_pieces_without_a_size(capsys: pytest.CaptureFixture[str]) -> None:
    with counting("adding", 20) as count:
        for _ in range(20):
            count("")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[4].startswith("adding: 10 of 20, ")
    assert lines[4].endswith(" left")
