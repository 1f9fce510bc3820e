"""The tables of the benchmark, in Markdown that is legible as plain text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from measure import Cost
from scoring import SURE, SURE_TOLERANCE, TOLERANCES, EdgeScore, LevelScore, Score

NOTHING = "–"


@dataclass(frozen=True)
class Run:
    """One program's run on one event; `seconds` is the length of the recording."""

    event: str
    program: str
    seconds: float
    score: Score
    cost: Cost

    @property
    def speed(self) -> float:
        """Seconds of recording per second of work."""
        return self.seconds / self.cost.wall


def summary_table(runs: Sequence[Run]) -> str:
    """Return the table of all runs, one row each."""
    head = ["event", "program"]
    head += [f"line starts ≤ {_milliseconds(tolerance)}" for tolerance in (0.05, 0.1, 0.2)]
    head += ["line ends ≤ 100 ms", "word starts ≤ 50 ms", "missed", "ghosts", "unscripted", "false s"]
    head += ["× real time", "peak MB"]
    return table(head, [_summary_row(run) for run in runs])


def event_tables(runs: Sequence[Run]) -> str:
    """Return the tables of one event's runs: the accuracy of each edge, and the rest."""
    return f"{_edge_table(runs)}\n\n{_rest_table(runs)}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table with aligned columns: the first two left, the others right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        padded = [
            cell.ljust(width) if number < 2 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
        ]
        return f"| {' | '.join(padded)} |"

    rule = ["-" * width if number < 2 else "-" * (width - 1) + ":" for number, width in enumerate(widths)]
    return "\n".join([line(head), line(rule), *map(line, rows)])


def percent(share: float | None) -> str:
    """Return a share as a percentage, rounded down: 97.96 % is not 98.0 %."""
    return NOTHING if share is None else f"{math.floor(share * 1000 + 1e-9) / 10:.1f} %"


def _summary_row(run: Run) -> list[str]:
    lines, words, unscripted = run.score.lines, run.score.words, run.score.unscripted
    return [
        run.event,
        run.program,
        *(percent(share) for share in lines.starts.within[:3]),
        percent(lines.ends.within[1]),
        percent(words.starts.within[0] if words else None),
        f"{lines.missed} of {lines.spoken}",
        f"{lines.ghosts} of {lines.unspoken}",
        percent(unscripted.found if unscripted else None),
        f"{unscripted.false:.1f}" if unscripted else NOTHING,
        f"{run.speed:.1f}",
        f"{run.cost.peak / 1e6:.0f}",
    ]


def _edge_table(runs: Sequence[Run]) -> str:
    head = ["edge", "program", "of", *(f"≤ {_milliseconds(tolerance)}" for tolerance in TOLERANCES)]
    head += ["bias ms", "p95 ms", "worst s"]
    rows = []
    for name, level, edge in (
        (f"{level} {edge}", level, edge) for level in ("line", "word") for edge in ("starts", "ends")
    ):
        for run in runs:
            scored = run.score.lines if level == "line" else run.score.words
            if scored is not None:
                rows += _edge_rows(
                    name, run.program, scored, scored.starts if edge == "starts" else scored.ends
                )
    return table(head, rows)


def _edge_rows(name: str, program: str, level: LevelScore, edge: EdgeScore) -> list[list[str]]:
    errors = [NOTHING] * 3
    if edge.bias is not None and edge.p95 is not None and edge.worst is not None:
        errors = [f"{edge.bias * 1000:+.0f}", f"{edge.p95 * 1000:.0f}", f"{edge.worst:.2f}"]
    return [
        [name, program, f"spoken {level.spoken}", *map(percent, edge.within), "", "", ""],
        [name, program, f"timed {level.spoken - level.missed}", *map(percent, edge.timed_within), *errors],
    ]


def _rest_table(runs: Sequence[Run]) -> str:
    head = ["what", "unit", *(run.program for run in runs)]
    columns = [_rest(run) for run in runs]
    return table(head, [[*what, *(column[what] for column in columns)] for what in columns[0]])


def _rest(run: Run) -> dict[tuple[str, str], str]:
    """Return the remaining figures of a run, by name and unit."""
    lines, words, unscripted, cost = run.score.lines, run.score.words, run.score.unscripted, run.cost
    # The real recordings have no word times: there, the confidence of lines is checked.
    level = "lines" if words is None else "words"
    sure = (lines if words is None else words).sure
    near = _milliseconds(SURE_TOLERANCE)
    return {
        ("spoken lines without a time", "lines"): f"{lines.missed} of {lines.spoken}",
        ("unspoken lines given a time", "lines"): f"{lines.ghosts} of {lines.unspoken}",
        ("spoken words without a time", "words"): f"{words.missed} of {words.spoken}" if words else NOTHING,
        ("unspoken words given a time", "words"): f"{words.ghosts} of {words.unspoken}" if words else NOTHING,
        ("unscripted speech", "s"): f"{unscripted.seconds:.1f}" if unscripted else NOTHING,
        ("of it, reported", "share"): percent(unscripted.found if unscripted else None),
        ("reported where there is none", "s"): f"{unscripted.false:.1f}" if unscripted else NOTHING,
        ("of that, over lines of the text", "s"): f"{unscripted.false_over_text:.1f}"
        if unscripted
        else NOTHING,
        (f"given a confidence of {SURE} and more", "share"): f"{percent(sure.share)} of {level}"
        if sure
        else NOTHING,
        (f"of these, both edges ≤ {near}", "share"): percent(sure.right if sure else None),
        ("wall time", "s"): f"{cost.wall:.1f}",
        ("processor time", "s"): f"{cost.cpu:.1f}",
        ("speed", "× real time"): f"{run.speed:.1f}",
        ("peak memory, all processes (PSS)", "MB"): f"{cost.peak / 1e6:.0f}",
        ("the same, shared pages counted for each (RSS)", "MB"): f"{cost.peak_rss / 1e6:.0f}",
    }


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
