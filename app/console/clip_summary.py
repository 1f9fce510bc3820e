"""What came of clips, for people: the clips on stdout, what to look at and what failed on stderr."""

from __future__ import annotations

from asdelivered.app.console.text import messages, plain, results
from asdelivered.base.clocks import clock, shortened
from asdelivered.clips.clipper import ClipReport

LONGEST = 72
"""Characters of a quote that are shown."""


def print_report(report: ClipReport, quiet: bool = False) -> None:
    """Print the clips and their files, unless `quiet`; on stderr what failed, and remarks."""
    if not quiet:
        console = results()
        for number, planned in enumerate(report.clips, start=1):
            clip = planned.clip
            console.print(
                plain(
                    f"{number}. {clock(round(clip.start * 1000))} to {clock(round(clip.end * 1000))}  "
                    f"{shortened(clip.name, LONGEST)}"
                )
            )
            for note in clip.notes:
                console.print(plain(f"   {note}"))
        if report.files or report.lists:
            console.print("Files written:")
        for path in (*report.files, *report.lists):
            console.print(plain(f"  {path}"))
    for remark in report.remarks:
        messages().print(plain(f"asdelivered: {remark}"))
    for failure in report.failures:
        wanted = failure.request
        quote = f" “{shortened(wanted.text, LONGEST)}”:" if wanted.text else ""
        messages().print(plain(f"asdelivered: {wanted.where}:{quote} {failure.reason}"))
    if report.failures:
        messages().print(
            f"asdelivered: {_counted(len(report.clips), 'clip')} made, {_counted(len(report.failures), 'failure')}"
        )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
