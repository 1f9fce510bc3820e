"""The benchmark's own arithmetic, on answers that are planted."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure import CommandError, Cost, Times, measure, timed
from report import percent, table
from run_pocketsphinx import shares, spoken_lines
from scoring import (
    CURVE,
    FoundItem,
    MismatchError,
    TrueItem,
    check_text,
    score,
    score_level,
    score_unscripted,
    shared_seconds,
    union,
)

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
EXAMPLES = BENCHMARKS.parent / "examples"


def test_untimed_item_is_a_miss_not_an_item_less() -> None:
    truth = [TrueItem(name, (at, at + 1)) for name, at in (("a", 1), ("b", 2), ("c", 3), ("d", 4))]
    found = [
        FoundItem("a", (1.04, 1.9)),
        FoundItem("b", (1.9, 3.3)),
        FoundItem("c", None),
        FoundItem("d", (4.6, 5.01)),
    ]
    level = score_level(truth, found)
    assert (level.spoken, level.missed, level.unspoken, level.ghosts) == (4, 1, 0, 0)
    assert level.starts.within == (1 / 4, 2 / 4, 2 / 4, 2 / 4)
    assert level.starts.timed_within == (1 / 3, 2 / 3, 2 / 3, 2 / 3)
    assert level.ends.within == (1 / 4, 2 / 4, 2 / 4, 3 / 4)
    assert level.starts.bias == pytest.approx(0.04)
    assert level.starts.worst == pytest.approx(0.6)
    assert level.ends.bias == pytest.approx(0.01)


def test_edge_on_the_tolerance_is_within() -> None:
    level = score_level([TrueItem("a", (0.8, 1.0))], [FoundItem("a", (0.9, 1.2))])
    assert level.starts.within == (0, 1, 1, 1)
    assert level.ends.within == (0, 0, 1, 1)


def test_unspoken_item_with_a_time_is_a_ghost_and_in_no_share() -> None:
    truth = [TrueItem("a", (1, 2)), TrueItem("b", None), TrueItem("c", None), TrueItem("–", None, True)]
    found = [FoundItem("a", (1, 2)), FoundItem("b", (2, 3)), FoundItem("c", None), FoundItem("–", (2, 3))]
    level = score_level(truth, found)
    assert (level.spoken, level.missed, level.unspoken, level.ghosts) == (1, 0, 2, 1)
    assert level.starts.within == level.ends.within == (1, 1, 1, 1)


def test_nothing_timed_has_no_errors_and_no_share() -> None:
    level = score_level([TrueItem("a", (1, 2))], [FoundItem("a", None)])
    assert level.missed == 1
    assert level.starts.within == level.starts.timed_within == (0, 0, 0, 0)
    assert level.starts.bias is level.starts.p95 is level.starts.worst is level.sure is None


def test_sure_items_are_right_only_where_both_edges_are() -> None:
    truth = [TrueItem(name, (at, at + 1)) for name, at in (("a", 1), ("b", 2), ("c", 3))] + [
        TrueItem("x", None)
    ]
    found = [
        FoundItem("a", (1.1, 2.1), 0.9),
        FoundItem("b", (2.0, 3.2), 1.0),
        FoundItem("c", (9.0, 9.1), 0.89),
        FoundItem("x", (8.0, 8.1), 0.95),
    ]
    sure = score_level(truth, found).sure
    assert sure is not None
    assert (sure.share, sure.right) == (1.0, pytest.approx(1 / 3))


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (["one", "too"], "item 2 of 2 is 'two', but the alignment has 'too'"),
        (["one"], "the truth has 2 items, the alignment 1"),
        (["one", "two", "three"], "the truth has 2 items, the alignment 3"),
    ],
)
def test_another_text_is_refused(found: list[str], message: str) -> None:
    with pytest.raises(MismatchError, match=message):
        check_text(["one", "two"], found)


def test_unscripted_speech_is_scored_by_duration() -> None:
    scored = score_unscripted(
        unscripted=[(0, 2), (10, 14)],
        reported=[(1, 3), (3, 4), (10, 14), (20, 21)],
        lines=[(3.5, 9), (14, 19)],
    )
    assert scored.seconds == pytest.approx(6)
    assert scored.found == pytest.approx(5 / 6)
    assert scored.false == pytest.approx(3)
    assert scored.false_over_text == pytest.approx(0.5)


def test_no_unscripted_speech_has_no_share() -> None:
    scored = score_unscripted([], [(1, 2)], [(0, 5)])
    assert (scored.seconds, scored.found, scored.false, scored.false_over_text) == (0, None, 1, 1)


tenths = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


@given(tenths, tenths)
def test_shared_seconds_are_those_counted_one_by_one(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    def seconds(spans: list[tuple[int, int]]) -> set[int]:
        return {second for start, end in spans for second in range(start, end)}

    assert shared_seconds(union(one), union(other)) == len(seconds(one) & seconds(other))
    joined = union(one)
    assert all(a[0] < a[1] < b[0] for a, b in pairwise(joined))


TRUTH = {
    "lines": [
        {
            "text": "Yes – we can.",
            "spoken": True,
            "start": 1.0,
            "end": 2.0,
            "sentences": [
                {"words": [["Yes", 1.0, 1.3], ["–", None, None], ["we", 1.4, 1.6], ["can.", 1.6, 2.0]]}
            ],
        },
        {"text": "No one.", "spoken": False, "start": None, "end": None, "sentences": []},
    ],
    "unscripted": [[3.0, 4.0, "Good morning."]],
}


def alignment() -> dict[str, list[dict[str, object]]]:
    def item(
        text: str, start: float | None, end: float | None, confidence: float | None
    ) -> dict[str, object]:
        return {"text": text, "start": start, "end": end, "confidence": confidence}

    said = [item("Yes", 1.0, 1.3, 0.99), item("–", 1.3, 1.4, 0.5), item("we", None, None, None)]
    said.append(item("can.", 1.58, 2.0, 0.95))
    unsaid = [item("No", 5.0, 5.1, 0.2), item("one.", None, None, None)]
    return {
        "lines": [
            item("Yes – we can.", 1.0, 2.0, 0.95) | {"words": said},
            item("No one.", None, None, None) | {"words": unsaid},
        ],
        "untranscribed": [{"start": 3.5, "end": 4.5}],
    }


def test_alignment_document_is_scored_on_every_level() -> None:
    scored = score(TRUTH, alignment())
    assert (scored.lines.spoken, scored.lines.unspoken, scored.lines.ghosts) == (1, 1, 0)
    assert scored.words is not None
    assert (scored.words.spoken, scored.words.missed) == (3, 1)
    assert (scored.words.unspoken, scored.words.ghosts) == (2, 1)
    assert scored.words.starts.within[0] == pytest.approx(2 / 3)
    assert scored.words.sure is not None
    assert (scored.words.sure.share, scored.words.sure.right) == (pytest.approx(2 / 3), 1)
    assert scored.unscripted is not None
    assert (scored.unscripted.found, scored.unscripted.false) == (0.5, 0.5)


def test_alignment_of_lines_alone_is_scored_as_far_as_it_goes() -> None:
    lines = [{"text": line["text"], "start": 1.0, "end": 2.5} for line in alignment()["lines"]]
    scored = score(TRUTH, {"lines": lines})
    assert (scored.lines.ghosts, scored.lines.ends.within) == (1, (0, 0, 0, 1))
    assert scored.words is scored.unscripted is scored.lines.sure is None


def test_truth_without_word_times_has_no_word_score() -> None:
    truth = {"lines": [{**line, "sentences": []} for line in TRUTH["lines"]], "unscripted": []}
    assert score(truth, alignment()).words is None


def test_truth_without_the_times_of_a_spoken_line_is_refused() -> None:
    lines = [{**line, "start": None, "end": None} for line in TRUTH["lines"]]
    with pytest.raises(MismatchError, match=r"the truth does not say when 'Yes – we can\.' was spoken"):
        score({**TRUTH, "lines": lines}, alignment())


def test_table_is_aligned_and_percentages_are_never_flattered() -> None:
    assert table(["a", "bb", "c"], [["xx", "y", "1.5"]]) == (
        "| a  | bb |   c |\n| -- | -- | --: |\n| xx | y  | 1.5 |"
    )
    assert [percent(share) for share in (0.9799, 0.98, 1.0, 0.0, None)] == [
        "97.9 %",
        "98.0 %",
        "100.0 %",
        "0.0 %",
        "–",
    ]


SHARING = """
import os, time
data = bytearray(os.urandom(1)) * 100_000_000
children = []
for _ in range(2):
    child = os.fork()
    if child == 0:
        time.sleep(0.6)
        os._exit(0)
    children.append(child)
for child in children:
    os.waitpid(child, 0)
"""


def test_pages_that_processes_share_count_once(tmp_path: Path) -> None:
    cost = measure([sys.executable, "-c", SHARING], tmp_path / "log")
    assert 100e6 < cost.peak < 160e6
    assert cost.peak_rss > 300e6
    assert 0.6 < cost.wall < 30


@pytest.mark.parametrize("run", [measure, timed])
def test_time_of_children_is_counted(run: Callable[[list[str], Path], Cost | Times], tmp_path: Path) -> None:
    work = "import time\nwhile time.process_time() < 0.5: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"
    assert 0.5 <= run([sys.executable, "-c", parent], tmp_path / "log").cpu < 5


@pytest.mark.parametrize("run", [measure, timed])
def test_failing_command_tells_what_it_printed(
    run: Callable[[list[str], Path], object], tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="ended with exit code 3:\nno such thing"):
        run([sys.executable, "-c", "print('no such thing'); raise SystemExit(3)"], tmp_path / "log")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{empty}"], "there is no NAME.truth.json in it"),
        (["{empty}", "meeting"], "give --transcript meeting=PATH"),
        (["{empty}", "meeting", "--transcript", "meeting"], "give NAME=PATH"),
        (["{empty}", "meeting", "--with", "aeneas"], "give aeneas-SECONDS"),
    ],
)
def test_what_cannot_be_run_is_told_in_a_sentence(tmp_path: Path, arguments: list[str], message: str) -> None:
    words = [argument.format(empty=tmp_path) for argument in arguments]
    command = [sys.executable, str(BENCHMARKS / "accuracy.py"), *words]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_an_event_is_run_scored_and_written_down(tmp_path: Path) -> None:
    examples = BENCHMARKS.parent / "examples"
    for name in ("harbour.opus", "harbour.txt", "harbour.truth.json"):
        (tmp_path / name).symlink_to(examples / name)
    command = [
        sys.executable,
        str(BENCHMARKS / "accuracy.py"),
        str(tmp_path),
        "--markdown",
        str(tmp_path / "a.md"),
    ]
    command += ["--json", str(tmp_path / "a.json")]
    run = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "80"}
    )
    assert run.returncode == 0, run.stderr
    (figures,) = json.loads((tmp_path / "a.json").read_text())
    assert figures["event"] == "harbour"
    assert figures["score"]["lines"]["starts"]["within"][2] > 0.9
    assert figures["cost"]["peak"] > 50e6
    page = (tmp_path / "a.md").read_text()
    assert page.startswith("# How near, how fast\n")
    assert "## harbour" in page


def test_engines_run_side_by_side_and_with_pins(tmp_path: Path) -> None:
    examples = BENCHMARKS.parent / "examples"
    for name in ("harbour.opus", "harbour.txt", "harbour.truth.json"):
        (tmp_path / name).symlink_to(examples / name)
    arguments = [
        tmp_path,
        "--engines",
        "sphinx@60",
        "--json",
        tmp_path / "a.json",
        "--keep",
        tmp_path / "kept",
    ]
    command = [sys.executable, BENCHMARKS / "accuracy.py", *arguments]
    run = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    (figures,) = json.loads((tmp_path / "a.json").read_text())
    assert figures["program"] == "sphinx@60"
    made = json.loads((tmp_path / "kept/harbour/sphinx@60/harbour.alignment.json").read_text())
    assert made["engine"]["name"] == "sphinx"
    pins = json.loads((tmp_path / "kept/harbour/sphinx@60/pins.json").read_text())["pins"]
    assert [pin["start"] // 60 for pin in pins] == [1, 2]
    starts = {line["text"]: line["start"] for line in made["lines"]}
    assert all(starts[pin["text"]] == pin["start"] for pin in pins)


def test_an_engine_that_is_unknown_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.truth.json").write_text("{}")
    command = [sys.executable, str(BENCHMARKS / "accuracy.py"), str(tmp_path), "--engines", "sphinx,ear"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "names of engines" in run.stderr


def test_curve_is_of_all_spoken_and_never_falls() -> None:
    truth = [TrueItem(name, (at, at + 1)) for name, at in (("a", 1), ("b", 3), ("c", 5), ("d", 7))]
    found = [
        FoundItem("a", (1.02, 2)),
        FoundItem("b", (3.5, 4)),
        FoundItem("c", None),
        FoundItem("d", (27, 28)),
    ]
    curve = score_level(truth, found).starts.curve
    assert len(curve) == len(CURVE)
    assert (curve[0], curve[-1]) == (0, 2 / 4)
    assert all(before <= after for before, after in pairwise(curve))
    assert curve[CURVE.index(0.1)] == 1 / 4


FEW_WORDS = ["so we can do it again", "seven percent of 10,000"]


def test_slices_share_the_text_out_by_letters() -> None:
    lines, sounds = spoken_lines(FEW_WORDS, "en")
    assert lines[1] == ["seven", "percent", "of", "ten", "thousand"]
    assert set(sounds) == {word for line in lines for word in line}
    number = shares(lines, 2)
    assert number == sorted(number)
    assert number.index(1) in (6, 7)


def test_pocketsphinx_aligns_what_it_is_given(tmp_path: Path) -> None:
    truth = json.loads((EXAMPLES / "harbour.truth.json").read_text())
    lines = [line["text"] for line in truth["lines"] if line["spoken"]]
    (tmp_path / "lines.txt").write_text("".join(f"{line}\n" for line in lines))
    script, out = BENCHMARKS / "run_pocketsphinx.py", tmp_path / "out.json"
    command = [sys.executable, script, tmp_path / "lines.txt", EXAMPLES / "harbour.opus", out, "en", "0"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found = json.loads(out.read_text())["lines"]
    assert [line["text"] for line in found] == lines
    assert all(line["start"] < line["end"] for line in found)
    # It has to put the speech before the text somewhere, and comes to itself only when that is over.
    starts = [line["start"] for line in truth["lines"] if line["spoken"]]
    off = [abs(line["start"] - start) for line, start in zip(found, starts, strict=True)]
    assert sum(error < 0.2 for error in off) >= len(off) / 3


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_plot_is_drawn_and_small(tmp_path: Path, ending: str) -> None:
    curve = [at / (len(CURVE) - 1) for at in range(len(CURVE))]
    runs = [
        {"event": event, "program": program, "score": {"lines": {"starts": {"curve": curve}}}}
        for event in ("event-clean", "event-hall", "meeting")
        for program in ("asdelivered", "aeneas-200")
    ]
    (tmp_path / "figures.json").write_text(json.dumps(runs))
    script, plot = BENCHMARKS / "plot_accuracy.py", tmp_path / f"plot.{ending}"
    command = [sys.executable, script, tmp_path / "figures.json", plot, "--event", "meeting"]
    assert subprocess.run(command, check=False).returncode == 0
    assert 1_000 < plot.stat().st_size < 200_000
    unknown = subprocess.run([*command, "--program", "word"], capture_output=True, text=True, check=False)
    assert unknown.returncode == 2
    assert "has no word" in unknown.stderr
