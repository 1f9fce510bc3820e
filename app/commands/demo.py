"""`asdelivered demo`: alignment of the example that comes with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from asdelivered.app.commands.options import ForceOption, OutputOption
from asdelivered.app.console.counting import counting
from asdelivered.app.console.hints import suggest
from asdelivered.app.console.progress import progress
from asdelivered.app.console.summary import print_summary
from asdelivered.app.console.text import print_result

FIRST_CUES = 5


def demo(
    folder: OutputOption = Path("asdelivered-demo"),
    archive: Annotated[
        bool, typer.Option("--archive", help="Make an archive of it, too, and a site to look at.")
    ] = False,
    force: ForceOption = False,
) -> None:
    """Align the bundled example.

    Shows the files and the first captions. The example is a short event with three voices, 2 minutes 24 seconds. Its
    page and recording are put beside the results, so that you can try the other commands on them.
    """
    from asdelivered.app.jobs.demo import align_example

    with progress() as observer:
        summary = align_example(folder, observer, force)
    print_summary(summary)
    print_result(f"The first captions of {summary.files.srt.name}:")
    print_result()
    cues = summary.files.srt.read_text(encoding="utf-8").split("\n\n")[:FIRST_CUES]
    for line in "\n\n".join(cues).split("\n"):
        print_result(line)
    if archive:
        from asdelivered.app.jobs.demo import archive_example

        made = archive_example(summary.files.alignment, counting, force)
        port = urlsplit(made.address).port
        print_result()
        print_result(f"Archive: {made.database}: asdelivered archive serve {made.database}")
        print_result(f"Site: {made.site}: python -m http.server -d {made.site} {port}, then {made.address}")
    suggest("demo", "Next: asdelivered align PAGE RECORDING -o DIR, with an event of your own")
