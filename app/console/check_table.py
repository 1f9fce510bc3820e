"""Where captions break a style, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asdelivered.app.console.tables import print_frameless_table
from asdelivered.app.console.text import print_result
from asdelivered.base.clocks import clock
from asdelivered.base.counting import counted

if TYPE_CHECKING:
    from asdelivered.app.jobs.check import CheckResult
    from asdelivered.subtitles.checking.check import Violation

LONGEST_TABLE = 200
"""Violations that the table shows; the other reports have them all."""


def print_violations(found: CheckResult) -> None:
    """Print a row for each violation, where the guide has each broken rule, and the count."""
    if found.violations:
        sources = dict.fromkeys(violation.source for violation in found.violations)
        footnotes = {source: number for number, source in enumerate(sources, start=1)}
        print_frameless_table(
            ("cue", "time", "", "rule", "measured, and the limit"),
            [_row(one, footnotes[one.source]) for one in found.violations[:LONGEST_TABLE]],
        )
        if len(found.violations) > LONGEST_TABLE:
            print_result(f"and {len(found.violations) - LONGEST_TABLE} more: --json has them all")
        for source, number in footnotes.items():
            print_result(f"[{number}] {source}")
    warnings = len(found.violations) - found.errors
    sums = (
        counted(found.cues, "caption"),
        counted(found.errors, "error"),
        counted(warnings, "warning"),
    )
    print_result(f"{found.style.title}: {', '.join(sums)}")


def _row(violation: Violation, footnote: int) -> tuple[str, ...]:
    line = f" (line {violation.line})" if violation.line else ""
    return (
        str(violation.cue),
        clock(violation.span.start),
        violation.severity.value,
        f"{violation.rule} [{footnote}]",
        f"{violation.measured}{line}, {violation.limit}",
    )
