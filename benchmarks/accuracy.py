"""Run the program on events whose times are all known, and print how accurate it was and what it cost.

    python benchmarks/accuracy.py CORPUS [NAME ...] [--with aeneas-60] [--markdown docs/benchmarks/accuracy.md]
    python benchmarks/accuracy.py CORPUS [NAME ...] --engines sphinx,aeneas,sphinx+aeneas,aeneas@300

An event is NAME.opus with NAME.truth.json; without a NAME, all events of CORPUS. Its transcript is NAME.txt next to
them, or else the page in ../seed. `--with aeneas-60` runs aeneas with a DTW margin of 60 s on the same events, in the
environment that benchmarks/aeneas_env.sh creates; `--with pocketsphinx` runs PocketSphinx's own forced alignment of the
whole text with the whole recording, and `pocketsphinx-60` the same in slices of 60 s. `--engines` runs each of the
named engines in turn instead of the program's default; sphinx+aeneas is `--engine sphinx,aeneas`, and aeneas@300 has
a pin, taken from the truth, on a line every 300 s.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shlex
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from measure import CommandError, measure
from report import Run, event_tables, summary_table
from scoring import MismatchError, score

from asdelivered.align.engines import known_engines

BENCHMARKS = Path(__file__).resolve().parent
REPOSITORY = BENCHMARKS.parent
CORPUS = Path(os.environ.get("ASDELIVERED_CORPUS", REPOSITORY.parent / "shared" / "corpus"))
AENEAS = REPOSITORY / ".venv-aeneas" / "bin" / "python"
ISO_639_3 = {"de": "deu", "en": "eng", "es": "spa", "fr": "fra"}
"""aeneas's names for the languages of the corpus."""

OURS = "asdelivered"


class BenchmarkError(Exception):
    """The request cannot be run; the message says what is missing."""


@dataclass(frozen=True)
class Event:
    """A recording, its transcript, and what was said when; `language` is an ISO 639-1 code."""

    name: str
    recording: Path
    transcript: Path
    truth: dict[str, Any]
    language: str


def find_event(corpus: Path, name: str, transcripts: dict[str, Path]) -> Event:
    """Return the event of that name. Raises BenchmarkError if one of its files is missing."""
    recording, answers = corpus / f"{name}.opus", corpus / f"{name}.truth.json"
    beside, pages = corpus / f"{name}.txt", sorted((corpus.parent / "seed").glob("*.txt"))
    if name not in transcripts and not beside.exists() and len(pages) != 1:
        where = f"{beside} is missing, and {corpus.parent / 'seed'} has {len(pages)} pages"
        raise BenchmarkError(f"{name}: which is its transcript? {where}; give --transcript {name}=PATH")
    transcript = transcripts.get(name) or (beside if beside.exists() else pages[0])
    for file in (recording, answers, transcript):
        if not file.is_file():
            raise BenchmarkError(f"{name}: there is no {file}")
    truth = json.loads(answers.read_text())
    named = re.match("real-([a-z]{2})-", name)
    stated = truth.get("language") or truth.get("about", {}).get("language")
    language = stated or (named[1] if named else "en")
    return Event(name, recording, transcript, truth, language)


def _ours(event: Event, folder: Path, program: str) -> list[str | Path]:
    """Return the command that a person would type; `program` is OURS, or ENGINE+ENGINE@SECONDS."""
    asdelivered = Path(sys.executable).with_name("asdelivered")
    command: list[str | Path] = [
        asdelivered,
        "align",
        event.transcript,
        event.recording,
        "-o",
        folder,
        "--no-cache",
    ]
    command += ["--language", event.language]
    if program != OURS:
        engines, _, seconds = program.partition("@")
        command += ["--engine", engines.replace("+", ",")]
        if seconds:
            pins = folder / "pins.json"
            pins.write_text(
                json.dumps({"schema": "asdelivered/pins", "version": 1, "pins": pins_of(event, int(seconds))})
            )
            command += ["--pins", pins]
    return command


def pins_of(event: Event, every: int) -> list[dict[str, Any]]:
    """Return pins on line starts, one every `every` seconds, only on lines whose text is unique."""
    pins: list[dict[str, Any]] = []
    counts = Counter(line["text"] for line in event.truth["lines"])
    for line in event.truth["lines"]:
        if line["spoken"] and line["start"] >= every * (len(pins) + 1) and counts[line["text"]] == 1:
            pins.append({"line": "?", "text": line["text"], "start": round(line["start"], 3)})
    return pins


def _aeneas(event: Event, folder: Path, margin: str) -> list[str | Path]:
    """Return the command that runs aeneas on the plain lines of the text, without the rest of the page."""
    lines = folder / "lines.txt"
    lines.write_text("".join(f"{line['text']}\n" for line in event.truth["lines"]))
    out = folder / f"{event.name}.alignment.json"
    language = ISO_639_3.get(event.language, event.language)
    return [AENEAS, BENCHMARKS / "run_aeneas.py", lines, event.recording, out, language, margin]


def _pocketsphinx(event: Event, folder: Path, seconds: str) -> list[str | Path]:
    """Return the command of PocketSphinx's own alignment of the plain lines, in slices of `seconds` (0: as a whole)."""
    lines = folder / "lines.txt"
    lines.write_text("".join(f"{line['text']}\n" for line in event.truth["lines"]))
    out = folder / f"{event.name}.alignment.json"
    return [
        sys.executable,
        BENCHMARKS / "run_pocketsphinx.py",
        lines,
        event.recording,
        out,
        event.language,
        seconds,
    ]


def run(event: Event, program: str, folder: Path) -> Run:
    """Run a program on an event and score what it wrote to `folder`.

    Raises CommandError if it fails, BenchmarkError if it writes no alignment, MismatchError if that has another text.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.alignment.json"):
        old.unlink()
    cost = measure(command_of(event, program, folder), folder / "log.txt")
    written = list(folder.glob("*.alignment.json"))
    if len(written) != 1:
        raise BenchmarkError(f"{len(written)} alignments were written to {folder}, not one")
    alignment = json.loads(written[0].read_text())
    return Run(event.name, program, event.truth["duration"], score(event.truth, alignment), cost)


def command_of(event: Event, program: str, folder: Path) -> list[str]:
    """Return the command that aligns an event with our program, or one of the others; it writes to `folder`."""
    if margin := other(program, "aeneas"):
        command = _aeneas(event, folder, margin)
    elif seconds := other(program, "pocketsphinx"):
        command = _pocketsphinx(event, folder, seconds)
    else:
        command = _ours(event, folder, program)
    return [str(part) for part in command]


def other(program: str, name: str) -> str | None:
    """Return 60 for `name-60`, 0 for plain `pocketsphinx`, and None for anything else."""
    named = re.fullmatch(f"{name}-([1-9][0-9]*)", program)
    return named[1] if named else "0" if program == name == "pocketsphinx" else None


def check_programs(ours: Sequence[str], others: Sequence[str]) -> None:
    """Raise BenchmarkError if one of them can't be run."""
    for program in ours:
        named = re.fullmatch(r"([a-z]+(?:\+[a-z]+)*)(@[1-9][0-9]*)?", program)
        if not named or not {*named[1].split("+")} <= {OURS, *known_engines()}:
            raise BenchmarkError(
                f"--engines {program}: give names of engines, such as sphinx,aeneas,sphinx+aeneas,aeneas@300"
            )
    for program in others:
        if not other(program, "aeneas") and not other(program, "pocketsphinx"):
            raise BenchmarkError(
                f"--with {program}: give aeneas-SECONDS, the margin of its DTW, such as aeneas-60, or pocketsphinx,"
                " or pocketsphinx-SECONDS, the length of its slices"
            )
        if other(program, "aeneas") and not AENEAS.exists():
            raise BenchmarkError(
                f"--with {program}: run benchmarks/aeneas_env.sh first, which makes its environment"
            )


HOW_TO_READ = """\
Shares are of all spoken lines or words (one without a time is a miss) unless the row says "timed", and are rounded
down. An edge is a start or an end; "bias" is the median error, positive if late. "Missed" are spoken lines
without a time, "ghosts" are lines that nobody spoke but that got one. Tokens without a sound, such as a dash, are not
scored. "Unscripted" is the share, by duration, of the speech missing from the text that was reported as such;
"false s" are the seconds reported that are not such speech. Memory is the peak of all processes together, sampled
every 0.1 s; 1 MB is 10⁶ bytes. aeneas gets only the lines, times every one of them, and gives no word times.
PocketSphinx also gets only the lines, with numbers spelt out and phones for every word; "pocketsphinx" is one search
of the whole text over the whole recording, for at most 25 minutes of a core, and "pocketsphinx-60" searches slices of
60 s, each with its share of the text."""


def page(runs: Sequence[Run], command: str, started: str) -> str:
    """Return the document with the runs that `command` made."""
    events = dict.fromkeys(run.event for run in runs)
    tables = [f"## {name}\n\n{event_tables([run for run in runs if run.event == name])}" for name in events]
    head = ["# How near, how fast", f"Written by `{command}`.", started, HOW_TO_READ, summary_table(runs)]
    return "\n\n".join([*head, *tables]) + "\n"


def machine() -> str:
    """Return a sentence on where and when this runs: timings mean nothing without it."""
    load = os.getloadavg()[0]
    # How many numbers an instruction takes makes a third of an alignment up to twice as fast.
    vectors = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    return (
        f"asdelivered {version('asdelivered')}, {datetime.now(UTC):%Y-%m-%d}: {len(os.sched_getaffinity(0))} cores"
        f" ({', '.join([platform.machine(), *vectors[-1:]])}), Python {platform.python_version()}, {platform.system()}"
        f" {platform.release().split('-')[0]}; load before the first run {load:.1f}."
    )


def parse_transcripts(options: Sequence[str]) -> dict[str, Path]:
    """Return the path for each name in options NAME=PATH. Raises BenchmarkError if one has another form."""
    pairs = [option.partition("=") for option in options]
    for name, _, path in pairs:
        if not name or not path:
            raise BenchmarkError(f"--transcript {name}: give NAME=PATH")
    return {name: Path(path) for name, _, path in pairs}


def main(
    corpus: Annotated[Path, typer.Argument(help="The folder of NAME.opus and NAME.truth.json.")] = CORPUS,
    names: Annotated[
        list[str] | None, typer.Argument(help="The events; all of them if none is named.")
    ] = None,
    others: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="PROGRAM", help="aeneas-SECONDS, pocketsphinx[-SECONDS]."),
    ] = None,
    engines: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Run ours with each of these engines in turn.")
    ] = None,
    transcript: Annotated[
        list[str] | None, typer.Option(metavar="NAME=PATH", help="The transcript of an event.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the tables there, too.")
    ] = None,
    as_json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures there, as JSON.")
    ] = None,
    keep: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep what the programs write: DIR/NAME/PROGRAM.")
    ] = None,
) -> None:
    """Run the program on events whose times are all known, and print how accurate it was and what it cost."""
    command = shlex.join(["python", "benchmarks/accuracy.py", *sys.argv[1:]])
    try:
        found = names or sorted(file.name.removesuffix(".truth.json") for file in corpus.glob("*.truth.json"))
        if not found:
            raise BenchmarkError(f"{corpus}: there is no NAME.truth.json in it; give the folder of a corpus")
        ours = engines.split(",") if engines else [OURS]
        check_programs(ours, others or [])
        paths = parse_transcripts(transcript or [])
        events = [find_event(corpus, name, paths) for name in found]
    except BenchmarkError as error:
        typer.echo(f"accuracy.py: {error}", err=True)
        raise typer.Exit(2) from error
    started = machine()
    with tempfile.TemporaryDirectory(prefix="asdelivered-benchmark-") as folder:
        runs, whole = run_all(events, [*ours, *(others or [])], keep or Path(folder))
    typer.echo(summary_table(runs) if runs else "Nothing was scored.")
    if as_json:
        as_json.write_text(json.dumps([asdict(run) | {"speed": run.speed} for run in runs], indent=2) + "\n")
    if not whole:
        raise typer.Exit(1)
    # A page without some of the events would look complete.
    if markdown:
        markdown.parent.mkdir(parents=True, exist_ok=True)
        markdown.write_text(page(runs, command, started))


def run_all(events: Sequence[Event], programs: Sequence[str], folder: Path) -> tuple[list[Run], bool]:
    """Run all programs on all events and print the tables of each; also return whether all succeeded."""
    runs: list[Run] = []
    whole = True
    for event in events:
        of_it: list[Run] = []
        for program in programs:
            typer.echo(f"{event.name}: {program} ...", err=True)
            try:
                of_it.append(run(event, program, folder / event.name / program))
            except (CommandError, BenchmarkError, MismatchError) as error:
                whole = False
                typer.echo(f"accuracy.py: {event.name}: {program}: {error}", err=True)
        if of_it:
            typer.echo(f"\n## {event.name}\n\n{event_tables(of_it)}\n")
        runs += of_it
    return runs, whole


if __name__ == "__main__":
    typer.run(main)
