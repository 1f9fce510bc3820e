"""Where captions break a style, for people."""

from __future__ import annotations

from rich import box
from rich.table import Table

from asdelivered.app.console.tables import results
from asdelivered.app.console.text import print_result
from asdelivered.app.jobs.check import CheckResult
from asdelivered.base.clocks import clock

LONGEST_TABLE = 200
"""Violations that the table shows; the other reports have them all."""


def print_violations(found: CheckResult) -> None:
    """Print a row for each violation, where the guide has each broken rule, and the count."""
    if found.violations:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for heading in ("cue", "time", "", "rule", "measured, and the limit"):
            table.add_column(heading, overflow="fold", no_wrap=not heading.startswith("measured"))
        sources = dict.fromkeys(violation.source for violation in found.violations)
        footnotes = {source: number for number, source in enumerate(sources, start=1)}
        for violation in found.violations[:LONGEST_TABLE]:
            line = f" (line {violation.line})" if violation.line else ""
            table.add_row(
                str(violation.cue),
                clock(violation.span.start),
                violation.severity.value,
                f"{violation.rule} [{footnotes[violation.source]}]",
                f"{violation.measured}{line}, {violation.limit}",
            )
        results().print(table)
        if len(found.violations) > LONGEST_TABLE:
            print_result(f"and {len(found.violations) - LONGEST_TABLE} more: --json has them all")
        for source, number in footnotes.items():
            print_result(f"[{number}] {source}")
    warnings = len(found.violations) - found.errors
    print_result(f"{found.style.title}: {found.cues} captions, {found.errors} errors, {warnings} warnings")
