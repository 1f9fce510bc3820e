"""A benchmark that anyone can run: long recordings against texts that differ from them, for any aligner.

    python benchmarks/open_benchmark.py OUT [--no-network] [--aligner asdelivered] [--aligner aeneas-60]
        [--aligner NAME=FOLDER] [--only gate] [--seconds 90] [--seed 5] [--markdown PAGE.md] [--plot PLOT.svg]

It makes events (open_events.py) and their variants (stress.py), has each aligner align them, scores the lines, and
writes a table and a plot. OUT/variants has each NAME.flac and NAME.txt, a line of the text in a paragraph. NAME=FOLDER
is any other aligner: FOLDER/NAME.csv must have a row for each line of the text, in order, with start and end in seconds
(both empty where it was not said) and, if it likes, a confidence from 0 to 1; what has no CSV yet counts as refused.
So run it once to make the recordings, align them, and run it again.
"""

from __future__ import annotations

import csv
import json
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from accuracy import AENEAS, BENCHMARKS, ISO_639_3
from measure import CommandError, measure
from open_events import LANGUAGES, FetchError, make_events
from plot_accuracy import draw
from stress import (
    HEAD,
    VARIANTS,
    Outcome,
    Source,
    Stressed,
    name_of,
    read_source,
    rows_of,
    scored,
    write_variant,
)

INTRO = """\
Long recordings against texts that differ from what was said: one line in nine was not said, and one in seven
that was said is not in the text. Anyone can make it. The voices are espeak-ng's, which comes with the program
and reads pages of its tests; with a network, there are two readers too, whose recordings are in the public
domain and are fetched by address and hash (`benchmarks/open_recordings.toml`). Line times are exact: each line
is trimmed to its own sound before they are joined with a quiet room between them. The same seed gives the same
sound.

    python benchmarks/open_benchmark.py OUT                         # this program
    python benchmarks/open_benchmark.py OUT --aligner mine=TIMES    # any other: a CSV for each recording
    python benchmarks/open_benchmark.py OUT --aligner asdelivered --aligner aeneas-60 --plot plot.svg

`OUT/variants` has each recording as NAME.flac and its text as NAME.txt, a paragraph for each line. Another
aligner's `TIMES/NAME.csv` has a row for each paragraph, in order: start and end in seconds, both empty where it
was not said, and a confidence from 0 to 1 if there is one. Run it once to make the recordings, align them, and
run it again."""

RULE = """\
An edge is the start or the end of a line. Shares are of all lines that were said, rounded down: a line without a time
is missed, and in none of them. A ghost is a line that nobody said and that got a time; an overconfident line has a
confidence of 0.9 or more and an edge more than 0.2 s off, or nobody said it. Aligners that give no confidence have
none. Where something is heard twice, either time is right. Refused: the aligner gave no result."""

Found = list[dict[str, Any]]
"""What an aligner gives of each line: text, start, end (None: not said) and, if it has one, confidence."""
Align = Callable[[Source, str, Path], Found | None]
"""Aligns the variant of this name in a folder; None where it refuses."""


@dataclass(frozen=True)
class Aligner:
    """An aligner by its name in the table."""

    name: str
    align: Align


def asdelivered(source: Source, name: str, folder: Path) -> Found | None:
    """Align as a person would, with the default engine."""
    program = Path(sys.executable).with_name("asdelivered")
    out = folder / "asdelivered"
    command = [program, "align", folder / f"{name}.txt", folder / f"{name}.flac", "-o", out, "--no-cache"]
    command += ["--language", source.language, "--unspoken", "^$"]
    return _lines_of(command, out / f"{name}.alignment.json", folder / "log.txt")


def aeneas(margin: str) -> Align:
    """Return how aeneas aligns, with a margin of its DTW in seconds: every line gets a time."""

    def align(source: Source, name: str, folder: Path) -> Found | None:
        lines, out = folder / "lines.txt", folder / f"{name}.aeneas.json"
        lines.write_text("".join(f"{line['text']}\n" for line in source.lines), "utf-8")
        language = ISO_639_3.get(source.language, source.language)
        command = [
            AENEAS,
            BENCHMARKS / "run_aeneas.py",
            lines,
            folder / f"{name}.flac",
            out,
            language,
            margin,
        ]
        return _lines_of(command, out, folder / "log.txt")

    return align


def from_csv(times: Path) -> Align:
    """Return how times are read that any aligner wrote: start, end and, if it likes, confidence, a row for a line."""

    def align(source: Source, name: str, folder: Path) -> Found | None:
        del folder
        path = times / f"{name}.csv"
        if not path.is_file():
            return None
        with path.open(encoding="utf-8", newline="") as file:
            rows = [
                [float(cell) if cell.strip() else None for cell in row] for row in csv.reader(file) if row
            ]
        if len(rows) != len(source.lines):
            raise typer.BadParameter(f"{path} has {len(rows)} rows, and the text {len(source.lines)} lines")
        return [
            {"text": line["text"], "start": start, "end": end, "confidence": sure[0] if sure else None}
            for line, (start, end, *sure) in zip(source.lines, rows, strict=True)
        ]

    return align


def _lines_of(command: Sequence[str | Path], made: Path, log: Path) -> Found | None:
    made.unlink(missing_ok=True)
    try:
        measure([str(part) for part in command], log)
    except CommandError as error:
        typer.echo(str(error), err=True)
        return None
    lines: Found = json.loads(made.read_text("utf-8"))["lines"]
    return lines


def aligner_of(wanted: str) -> Aligner:
    """Return the aligner that a user asks for. Raises BadParameter where there is no such one, or it can't run."""
    name, given, folder = wanted.partition("=")
    if given:
        return Aligner(name, from_csv(Path(folder)))
    if wanted == "asdelivered":
        return Aligner(wanted, asdelivered)
    kind, _, margin = wanted.partition("-")
    if kind == "aeneas" and margin.isdecimal():
        if not AENEAS.exists():
            raise typer.BadParameter("aeneas has no environment yet: run benchmarks/aeneas_env.sh first")
        return Aligner(wanted, aeneas(margin))
    raise typer.BadParameter(f"{wanted}: give asdelivered, aeneas-SECONDS (its DTW's margin), or NAME=FOLDER")


def run(
    truths: Sequence[Path],
    variants: Sequence[int],
    aligners: Sequence[Aligner],
    folder: Path,
    seconds: float,
    seed: int,
) -> dict[str, list[Outcome]]:
    """Make the variants of each event, and return what each aligner made of them, by its name."""
    outcomes: dict[str, list[Outcome]] = {aligner.name: [] for aligner in aligners}
    folder.mkdir(parents=True, exist_ok=True)
    for truth in truths:
        source = read_source(truth, seconds)
        for number in variants:
            name, stressed = write_variant(source, number, seed, folder)
            for aligner in aligners:
                found = aligner.align(source, name, folder)
                outcomes[aligner.name].append(outcome_of(source, number, stressed, found))
                typer.echo(f"{aligner.name}: {rows_of(outcomes[aligner.name][-1:])[0]}")
    return outcomes


def outcome_of(source: Source, number: int, stressed: Stressed, found: Found | None) -> Outcome:
    """Score what an aligner found."""
    variant = name_of(VARIANTS[number])
    if found is None:
        return Outcome(source.name, variant, None)
    return scored(source, variant, stressed.times, {"lines": found})


def page(outcomes: dict[str, list[Outcome]], command: str) -> str:
    """Return the page with the table of each aligner, and the rule by which they are scored."""
    told = [f"- **{name_of(variant)}**: {(variant.__doc__ or '').strip()}" for variant in VARIANTS]
    parts = ["# The open benchmark", f"Written by `{command}`.", INTRO, RULE, "\n".join(told)]
    for name, found in outcomes.items():
        parts += [f"## {name}", "\n".join([*HEAD, *rows_of(found)])]
    return "\n\n".join(parts) + "\n"


def curves(outcomes: dict[str, list[Outcome]]) -> list[dict[str, Any]]:
    """Return, for each event and aligner, how many lines begin within each tolerance, in the mean of all variants."""
    figures = []
    for name, found in outcomes.items():
        for event in dict.fromkeys(one.event for one in found):
            own = [one.score for one in found if one.event == event]
            scores = [score.starts.curve for score in own if score is not None]
            if scores:
                curve = (np.sum(scores, axis=0) / len(own)).tolist()
                figures.append(
                    {"event": event, "program": name, "score": {"lines": {"starts": {"curve": curve}}}}
                )
    return figures


def main(
    out: Annotated[Path, typer.Argument(help="The folder for all that is made.")],
    network: Annotated[bool, typer.Option(help="Fetch the recordings of people, too.")] = True,
    aligner: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="asdelivered, aeneas-SECONDS, or NAME=FOLDER with a CSV each."),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="A variant, by its name; all if none is named.")
    ] = None,
    language: Annotated[list[str] | None, typer.Option(help="A language of the made voices.")] = None,
    seconds: Annotated[float, typer.Option(help="How much of each event is taken.")] = 90.0,
    seed: Annotated[int, typer.Option(help="The same seed gives the same sound.")] = 5,
    markdown: Annotated[Path | None, typer.Option(help="The page to write.")] = None,
    plot: Annotated[Path | None, typer.Option(help="The plot to write.")] = None,
) -> None:
    """Make the benchmark, and score aligners with it."""
    command = shlex.join(["python", "benchmarks/open_benchmark.py", *sys.argv[1:]])
    aligners = [aligner_of(one) for one in aligner or ["asdelivered"]]
    unknown = {*(only or [])} - {name_of(variant) for variant in VARIANTS}
    if unknown:
        raise typer.BadParameter(f"there is no variant {', '.join(sorted(unknown))}")
    variants = [at for at, variant in enumerate(VARIANTS) if not only or name_of(variant) in only]
    try:
        truths = list(make_events(out / "events", 1.5 * seconds, seed, network, language or LANGUAGES))
    except FetchError as error:
        typer.echo(f"open_benchmark.py: {error}", err=True)
        raise typer.Exit(1) from error
    outcomes = run(truths, variants, aligners, out / "variants", seconds, seed)
    made = page(outcomes, command)
    typer.echo(made)
    if markdown:
        markdown.write_text(made, "utf-8")
    figures = curves(outcomes)
    if plot and figures:
        events = list(dict.fromkeys(figure["event"] for figure in figures))
        draw(figures, events, [one.name for one in aligners], plot)


if __name__ == "__main__":
    typer.run(main)
