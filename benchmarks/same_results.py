"""Do two versions of the program give the same bytes? A redesign must not change one result.

    python benchmarks/same_results.py make PROGRAM CORPUS BEFORE      with the program as it was
    python benchmarks/same_results.py make PROGRAM CORPUS AFTER       with the program as it is
    python benchmarks/same_results.py compare BEFORE AFTER

PROGRAM is an installed command, such as `.venv/bin/asdelivered`. It makes: the alignment and captions of each event of
the corpus; from each alignment captions in every format and three styles, checks of these, quotes found and clipped
into every cut-list, and the published page; and a reading of each page of the tests. Both folders must lie side by
side, since a document states its recording by the path from its own folder.
"""

from __future__ import annotations

import filecmp
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

REPOSITORY = Path(__file__).resolve().parent.parent
STYLES = ("netflix", "bbc", "dcmp")
FORMATS = "srt,vtt,chapters,ttml,ebu-tt-d,itt,ass,scc,stl,lrc,json,textgrid,ctm,audacity,txt,speakers,html"
LISTS = [
    ".edl",
    ".otio",
    ".fcpxml",
    ".xml",
    ".premiere.xml",
    ".resolve.edl",
    ".mlt",
    ".txt",
    ".csv",
    ".json",
    ".losslesscut.csv",
    ".mpv.edl",
    ".ffmetadata",
    ".youtube.txt",
    ".ffconcat",
    ".m3u",
    ".m3u8",
]
EVERY = 31
"""Of the lines of an event, each of so many is sought as a quote."""

program = typer.Typer()


@program.command()
def make(command: Path, corpus: Path, folder: Path) -> None:
    """Make all results of a program, in a new folder."""
    folder.mkdir(parents=True)
    pages = sorted((REPOSITORY / "tests" / "transcripts").glob("pages/*"))
    pages += sorted((REPOSITORY / "tests" / "transcripts" / "by_hand").glob("*.*"))
    for page in pages:
        for options in (("--json",), ("--lines",)):
            run(command, ("transcript", page, *options), folder / f"pages/{page.name}{options[0]}.txt")
    for truth in sorted(corpus.glob("*.truth.json")):
        results_of(command, corpus, truth.name.removesuffix(".truth.json"), folder)


def results_of(command: Path, corpus: Path, name: str, folder: Path) -> None:
    """Make the results of one event."""
    typer.echo(name)
    own = corpus / f"{name}.txt"
    page = own if own.exists() else next((corpus.parent / "seed").glob("*.txt"))
    run(command, ("align", page, corpus / f"{name}.opus", "-o", folder / name, "--no-cache"))
    (alignment,) = (folder / name).glob("*.alignment.json")
    for style in STYLES:
        made = folder / name / style
        # A style that a format can't hold is refused; then the others of that call are missing in both versions.
        for form in FORMATS.split(","):
            run(
                command,
                ("captions", alignment, "--style", style, "--format", form, "-o", made),
                made / f"{form}.said",
            )
        for captions in sorted(made.glob("*.[svte]*[tl]")):
            run(
                command, ("check", captions, "--style", style, "--json"), made / f"{captions.name}.check.json"
            )
    lines = [line["text"] for line in json.loads(alignment.read_text("utf-8"))["lines"]]
    quotes = [" ".join(text.split()[:9]) for text in lines[::EVERY]]
    lists = [part for ending in LISTS for part in ("--to", folder / name / f"cuts{ending}")]
    wanted = [part for quote in quotes for part in ("--quote", quote)]
    run(command, ("clip", alignment, *wanted, *lists, "--json"), folder / name / "clips.said")
    for number, quote in enumerate(quotes):
        run(command, ("find", quote, alignment, "--json"), folder / name / f"found-{number}.said")
    run(command, ("page", alignment, "-o", folder / name / "page.html"))


def run(command: Path, arguments: tuple[str | Path, ...], said: Path | None = None) -> None:
    """Run the program; what it prints, and its exit code, go to the file `said`."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "COLUMNS": "120"}
    done = subprocess.run(
        [command, *arguments], capture_output=True, env=environment, check=False, stdin=subprocess.DEVNULL
    )
    if said is None and done.returncode:
        sys.exit(done.stderr.decode())
    if said is not None:
        said.parent.mkdir(parents=True, exist_ok=True)
        said.write_bytes(done.stdout + f"exit {done.returncode}\n".encode())


@program.command()
def compare(
    before: Annotated[Path, typer.Argument(help="What one version made.")],
    after: Annotated[Path, typer.Argument(help="What the other one made.")],
) -> None:
    """Name each file that differs or is missing; exit code 1 where there is one."""
    names = {path.relative_to(side) for side in (before, after) for path in side.rglob("*") if path.is_file()}
    differing = []
    for name in sorted(names):
        both = (before / name).is_file() and (after / name).is_file()
        # Printed text may name the folder it was made in.
        if both and filecmp.cmp(before / name, after / name, shallow=False):
            continue
        if both and name.suffix == ".said" and without_folder(before, name) == without_folder(after, name):
            continue
        differing.append(name)
    for name in differing:
        typer.echo(f"differs: {name}")
    typer.echo(f"{len(names)} files, {len(differing)} differ")
    raise typer.Exit(bool(differing))


def without_folder(folder: Path, name: Path) -> bytes:
    """Return what a file says, without the name of the folder that it lies in."""
    return (folder / name).read_bytes().replace(str(folder).encode(), b"")


if __name__ == "__main__":
    program()
