"""`asdelivered demo`: the main job on the example that comes with the program."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from asdelivered.align.cores import cores

FIRST_CUES = 5


def demo(
    folder: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="DIR", help="The folder to write to; made if it is missing."),
    ] = Path("asdelivered-demo"),
) -> None:
    """Align the bundled example.

    Shows the files made and the first captions.
    The example is a short event with its page: 2 minutes 24 seconds, three voices.
    """
    from asdelivered.align.engines.engine import EngineOptions
    from asdelivered.align.engines.sphinx import Sphinx
    from asdelivered.app.hints import suggest
    from asdelivered.app.main_job import align_files
    from asdelivered.app.summary import print_summary
    from asdelivered.app.text import plain, results

    example = files("asdelivered.examples")
    with (
        as_file(example / "harbour.txt") as transcript,
        as_file(example / "harbour.opus") as recording,
    ):
        summary = align_files(transcript, recording, folder, "en", cores(), Sphinx(EngineOptions()))
    console = results()
    print_summary(summary, console)
    console.print(f"The first captions of {summary.files.srt.name}:\n")
    cues = summary.files.srt.read_text(encoding="utf-8").split("\n\n")[:FIRST_CUES]
    for line in "\n\n".join(cues).split("\n"):
        console.print(plain(line))
    suggest("demo", "Next: asdelivered align PAGE RECORDING -o DIR, with an event of your own")
