"""`asdelivered demo`: the main job on the example that comes with the program."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.base.errors import OutputError
from asdelivered.base.processes import cores

FIRST_CUES = 5
PAGE, RECORDING = "harbour.txt", "harbour.opus"


def demo(
    folder: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="The folder to write to; made if it is missing."),
    ] = Path("asdelivered-demo"),
) -> None:
    """Align the bundled example.

    Shows the files made and the first captions. The example is a short event, 2 minutes 24 seconds with three voices;
    its page and recording are put beside what is made of them, to try the other commands on.
    """
    from asdelivered.align.engines.selection import EngineRequest
    from asdelivered.app.console.hints import suggest
    from asdelivered.app.console.summary import print_summary
    from asdelivered.app.console.text import plain, results
    from asdelivered.app.jobs.align import align_files
    from asdelivered.base.files import write_whole

    example = files("asdelivered.examples")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (PAGE, RECORDING):
            write_whole(folder / name, (example / name).read_bytes())
    except OSError as error:
        raise OutputError(folder, error.strerror or str(error)) from error
    summary = align_files(
        folder / PAGE, folder / RECORDING, folder, "en", cores(), EngineRequest(("sphinx",))
    )
    console = results()
    print_summary(summary, console)
    console.print(f"The first captions of {summary.files.srt.name}:\n")
    cues = summary.files.srt.read_text(encoding="utf-8").split("\n\n")[:FIRST_CUES]
    for line in "\n\n".join(cues).split("\n"):
        console.print(plain(line))
    suggest("demo", "Next: asdelivered align PAGE RECORDING -o DIR, with an event of your own")
