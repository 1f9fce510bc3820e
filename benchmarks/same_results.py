"""Do two versions of the program give the same results, byte for byte? A refactoring must not change any.

    python benchmarks/same_results.py make PROGRAM CORPUS BEFORE      with the old version
    python benchmarks/same_results.py make PROGRAM CORPUS AFTER       with the new version
    python benchmarks/same_results.py compare BEFORE AFTER

PROGRAM is an installed command, such as `.venv/bin/asdelivered`. `make` reads each page of the tests. For each event
of the corpus it makes the alignment and, from that, captions in every format and three styles, checks of these
captions, quotes found and clipped into every cut-list, and the published page.

Both folders must have the same parent folder, because an alignment names its recording by a relative path.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from accuracy import BenchmarkError, find_event

PAGES = Path(__file__).resolve().parent.parent / "tests" / "transcripts"
STYLES = ("netflix", "bbc", "dcmp")
FORMATS = (
    *("srt", "vtt", "chapters", "ttml", "ebu-tt-d", "itt", "ass", "scc", "stl", "lrc", "json"),
    *("sbv", "textgrid", "ctm", "audacity", "txt", "speakers", "html"),
    *("eaf", "exmaralda", "rttm", "tei", "akn", "words", "docx"),
)
CHECKED = {".srt", ".vtt", ".ttml", ".xml", ".stl", ".txt"}
"""Endings of the caption files that are also checked."""
LISTS = (
    *(".edl", ".otio", ".fcpxml", ".xml", ".premiere.xml", ".resolve.edl", ".mlt", ".txt", ".csv", ".json"),
    *(".aaf", ".ale", ".vegas.txt", ".protools.mid", ".reaper.csv", ".audition.csv", ".chapters.json"),
    *(".losslesscut.csv", ".mpv.edl", ".ffmetadata", ".youtube.txt", ".ffconcat", ".m3u", ".m3u8", ".nhsx"),
)
EVERY = 31
"""Every so many lines of an event, the beginning of a line serves as a quote."""
WORDS = 9
"""Words of a quote."""

app = typer.Typer()


@app.command()
def make(
    program: Annotated[Path, typer.Argument(help="The installed command.")],
    corpus: Annotated[Path, typer.Argument(help="The folder of NAME.opus and NAME.truth.json.")],
    folder: Annotated[Path, typer.Argument(help="A new folder for the results.")],
) -> None:
    """Make all results of one version."""
    names = [truth.name.removesuffix(".truth.json") for truth in sorted(corpus.glob("*.truth.json"))]
    if not names:
        _fail(f"{corpus}: there is no NAME.truth.json in it; give the folder of a corpus")
    if folder.exists():
        _fail(f"{folder} exists: give a new folder")
    for page in (*sorted(PAGES.glob("pages/*")), *sorted(PAGES.glob("by_hand/*.*"))):
        for option in ("--json", "--lines"):
            output = folder / "pages" / f"{page.name}{option}.txt"
            _run(program, "transcript", page, option, output=output)
    for name in names:
        typer.echo(name)
        make_event(program, corpus, name, folder / name)


def make_event(program: Path, corpus: Path, name: str, folder: Path) -> None:
    """Make the results of one event in `folder`."""
    try:
        event = find_event(corpus, name, {})
    except BenchmarkError as error:
        _fail(str(error))
    _run(program, "align", event.transcript, event.recording, "-o", folder, "--no-cache")
    (alignment,) = folder.glob("*.alignment.json")
    for style in STYLES:
        make_captions(program, alignment, style, folder / style)
    lines = [line["text"] for line in json.loads(alignment.read_text("utf-8"))["lines"]]
    quotes = [" ".join(text.split()[:WORDS]) for text in lines[::EVERY]]
    for number, quote in enumerate(quotes):
        _run(program, "find", quote, alignment, "--json", output=folder / f"found-{number}.said")
    asked = [word for quote in quotes for word in ("--quote", quote)]
    lists = [word for ending in LISTS for word in ("--to", folder / f"cuts{ending}")]
    _run(program, "clip", alignment, *asked, *lists, "--json", output=folder / "clips.said")
    _run(program, "page", alignment, "-o", folder / "page.html")


def make_captions(program: Path, alignment: Path, style: str, folder: Path) -> None:
    """Write the captions of an alignment in every format of one style, and check those that can be read."""
    for name in FORMATS:
        # One format per call: if a format can't hold the style's captions, the others are still written.
        options = ("--style", style, "--format", name, "-o", folder)
        _run(program, "captions", alignment, *options, output=folder / f"{name}.said")
    for captions in sorted(folder.iterdir()):
        if captions.suffix in CHECKED:
            output = folder / f"{captions.name}.check.json"
            _run(program, "check", captions, "--style", style, "--json", output=output)


def _run(program: Path, *arguments: str | Path, output: Path | None = None) -> None:
    """Run the program; write what it prints, and its exit code, to `output`. Without `output` it must not fail."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "COLUMNS": "120"}
    done = subprocess.run(
        [program, *arguments], capture_output=True, env=environment, check=False, stdin=subprocess.DEVNULL
    )
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(done.stdout + f"exit {done.returncode}\n".encode())
    elif done.returncode:
        _fail(f"{arguments[0]} failed:\n{done.stderr.decode(errors='replace')}")


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="The results of one version.")],
    after: Annotated[Path, typer.Argument(help="The results of the other.")],
) -> None:
    """Name each file that differs or is missing; exit code 1 if there is one, 2 if there is nothing to compare."""
    names = {file.relative_to(side) for side in (before, after) for file in side.rglob("*") if file.is_file()}
    if not names:
        _fail(f"there are no files in {before} and {after}: run `make` first")
    differing = differences(before, after, sorted(names))
    for difference in differing:
        typer.echo(difference)
    typer.echo(f"{len(names)} files, {len(differing)} differ")
    raise typer.Exit(bool(differing))


def differences(before: Path, after: Path, names: Sequence[Path]) -> list[str]:
    """Return a line for each of these files that is in one folder only, or has other contents in the other."""
    found = []
    for name in names:
        missing = [side for side in (before, after) if not (side / name).is_file()]
        if missing:
            found.append(f"{name} is missing in {missing[0]}")
        elif _contents(before, name) != _contents(after, name):
            found.append(f"{name} differs")
    return found


def _contents(folder: Path, name: Path) -> bytes:
    """Return a file's contents without the path of `folder`, which some results name."""
    contents = (folder / name).read_bytes()
    for place in (folder.resolve(), folder.absolute(), folder):
        contents = contents.replace(f"{place}/".encode(), b"")
    return contents


def _fail(message: str) -> NoReturn:
    typer.echo(f"same_results.py: {message}", err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    app()
