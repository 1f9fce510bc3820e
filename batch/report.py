"""The report of a batch: as JSON for programs, as an HTML page for people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from pathlib import Path

from asdelivered.base.counting import counted
from asdelivered.base.delivery import put_all
from asdelivered.batch.batch import BatchResult
from asdelivered.batch.errors import BatchError
from asdelivered.batch.outcome import Outcome, State

JSON, PAGE = "report.json", "report.html"

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #ddd; vertical-align: top }}
td.n, th.n {{ text-align: right; font-variant-numeric: tabular-nums }}
.failed {{ color: #a11 }}
td {{ overflow-wrap: anywhere }}
</style></head><body>
<h1>{title}</h1>
<p>{summary}</p>
{failures}
<h2>All jobs</h2>
<table><thead><tr><th>Job</th><th>Outcome</th><th class="n">Seconds</th><th class="n">Processor</th>
<th class="n">Memory, MiB</th><th>Machine</th></tr></thead>
<tbody>
{rows}
</tbody></table>
</body></html>
"""


def write_report(result: BatchResult, folder: Path, force: bool = False) -> tuple[Path, Path]:
    """Write both reports into the folder of results, and return their paths. Raises BatchError and NotOursError."""
    json_file, page = reports_in(folder)
    text = json.dumps(result.to_json(), indent=2, ensure_ascii=False)
    files = {
        json_file: f"{text}\n".encode(errors="replace"),
        page: report_page(result).encode(errors="replace"),
    }
    try:
        put_all(files, force)
    except OSError as error:
        raise BatchError(f"{folder}: the report cannot be written: {error.strerror or error}") from error
    return json_file, page


def reports_in(folder: Path) -> tuple[Path, Path]:
    """Return the paths of the reports in a folder of results."""
    return folder / JSON, folder / PAGE


def report_page(result: BatchResult) -> str:
    """Return the report as an HTML page."""
    return _PAGE.format(
        title=escape(f"Batch of {result.began}"),
        summary=escape(summary_of(result)),
        failures=_failures(result.of(State.FAILED)),
        rows="\n".join(_row(outcome) for outcome in result.outcomes),
    )


def summary_of(result: BatchResult) -> str:
    """Return a sentence that sums up a batch."""
    done, kept, failed = (len(result.of(state)) for state in State)
    rate = done / max(result.seconds, 0.001) * 60
    jobs = counted(len(result.outcomes), "job")
    return f"{jobs}: {done} done ({rate:.1f} a minute), {kept} done before, {failed} failed"


def _failures(outcomes: Iterable[Outcome]) -> str:
    items = "\n".join(
        f"<tr><td>{escape(one.name)}</td><td>{escape(one.reason or '')}</td></tr>" for one in outcomes
    )
    if not items:
        return ""
    return f'<h2 class="failed">Failed</h2>\n<table><tbody>\n{items}\n</tbody></table>'


def _row(one: Outcome) -> str:
    style = ' class="failed"' if one.state is State.FAILED else ""
    cells = "".join(
        f'<td class="n">{value}</td>'
        for value in (f"{one.seconds:.1f}", f"{one.cpu:.1f}", f"{one.memory / 2**20:.0f}")
    )
    return (
        f"<tr><td>{escape(one.name)}</td><td{style}>{one.state}</td>{cells}<td>{escape(one.where)}</td></tr>"
    )
