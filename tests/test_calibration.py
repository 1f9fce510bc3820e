"""The page on confidence: each command writes its own part and keeps the other, and lines under stress are counted."""

import json

import numpy as np
import pytest
import typer
from calibration import LINE_HEAD, UNDER_STRESS_HEAD, stress_part, with_part
from floors import RATE
from hypothesis import given
from hypothesis import strategies as st
from stress import write_sound

bodies = st.text("ab|-# .", max_size=40).map(lambda text: f"text{text}".strip())


@given(bodies, bodies, bodies)
def test_each_command_writes_its_own_part_and_keeps_the_other(one, other, third):
    first, stress, newer = f"# Page\n\n{one}\n", f"{UNDER_STRESS_HEAD}\n\n{other}\n", f"# Page\n\n{third}\n"
    both = with_part(with_part("", first, None), None, stress)
    assert both == first + "\n" + stress
    assert with_part(both, newer, None) == newer + "\n" + stress
    assert with_part(both, None, stress) == both


def test_lines_under_stress_are_counted_by_variant(tmp_path):
    spans = [(1.0, 1.8), (2.6, 3.3), (4.0, 5.1)] * 4
    truth = [{"text": "Hum.", "spoken": True, "start": start, "end": end} for start, end in spans]
    found = [
        {"text": "Hum.", "start": start + 0.3 * (number == 0), "end": end + 0.01, "confidence": 0.95}
        for number, (start, end) in enumerate(spans)
    ]
    write_sound(tmp_path / "hums-gate.flac", np.random.default_rng(1).normal(0, 900, (6 * RATE, 1)))
    (tmp_path / "hums-gate.truth.json").write_text(json.dumps({"variant": "gate", "lines": truth}))
    (tmp_path / "hums-gate").mkdir()
    (tmp_path / "hums-gate" / "hums-gate.alignment.json").write_text(json.dumps({"lines": found}))
    rows, part = stress_part(tmp_path)
    assert part.endswith(rows + "\n")
    cells = [cell.strip() for cell in rows.splitlines()[-1].strip("|").split("|")]
    row = dict(zip(LINE_HEAD, cells, strict=True))
    assert (row["sound"], row["lines timed"]) == ("gate", "12")
    assert row["0.9 to 1"] == "91.6 % of 12"
    assert row["0.9 and more, but wrong"] == "1"


def test_a_folder_without_alignments_is_refused(tmp_path):
    with pytest.raises(typer.BadParameter, match=r"no alignment of stress\.py"):
        stress_part(tmp_path)
