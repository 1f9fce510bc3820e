"""The ways to align, compared: accuracy and cost on plain, wild, changed and hard sound, in one table.

    python benchmarks/ways.py CORPUS WILD OUT [--seconds 60] [--seed 7] [--only asdelivered]
        [--markdown docs/benchmarks/ways.md]

OUT gets the recordings that are made (the beginning of events of CORPUS; the same with what stress.py and make_hard.py
do to it), what each way writes, OUT/KIND/kept/NAME/WAY, and the figures, OUT/ways.json: an interrupted run goes on
where it was. WILD has recordings in the same form, which are taken as they are. Whisper base must be installed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from accuracy import OURS, Event, find_event, machine
from make_hard import Hardness, make_hard
from make_variants import write
from measure import CommandError, measure
from report import NOTHING, percent, table
from scoring import score
from stress import competing_talker, dropouts, gate, name_of, read_source, steady_music

WAYS = {
    "sphinx": ("--engine", "sphinx"),
    OURS: ("--engine", "auto"),
    "whisper": ("--engine", "whisper", "--model", "base"),
    "aeneas": ("--engine", "aeneas"),
}
"""What each way adds to the command; ours is the default, with Whisper base for what is in doubt."""
EVENTS = ("real-en-kathleen", "real-de-kerstin", "real-en-ocean")
EVENTS_AS_THEY_ARE = "as it is"
STRESSED = (gate, dropouts, steady_music, competing_talker)
HARD = {
    "room 0.5 s, noise 15 dB": Hardness(0.5, 15.0, False, 0.0, 0.1, 0),
    "telephone, room 0.9 s, noise 10 dB": Hardness(0.9, 10.0, True, 0.0, 0.1, 0),
}
FEWEST = 3
"""Lines that a recording from the world must have: of one, a share says nothing."""
HEAD = ["sound", "recording", "way", "starts ≤ 100 ms", "≤ 200 ms", "≤ 500 ms", "ends ≤ 200 ms", "missed"]
HEAD += ["unspoken timed", "processor s a minute", "peak MB"]

HOW_TO_READ = """\
*as it is*: as recorded; *from the world*: recordings of other projects with their own truths, some of which have
margins; then the first event with a change of [the stress tests](stress.md); then hard sound as in [hard
sound](hard-sound.md), a tenth as many lines again that nobody says. Shares are of the spoken lines. *sphinx* is
the embedded engine alone, *auto with base* the default with Whisper base installed, *whisper* base
that hears and scores, *aeneas* that engine alone. Processor seconds are of the whole command, its start included."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Recording:
    """An event, what kind of sound it is, and the folder of what is made of it."""

    kind: str
    event: Event
    folder: Path


def recordings(corpus: Path, wild: Path, out: Path, seconds: float, seed: int) -> Iterator[Recording]:
    """Yield the recordings, those of each kind in a folder of their own; they are made where they are missing."""
    plain = Hardness(0.0, 60.0, False, seconds, 0.0, seed)
    yield from _hardened(EVENTS_AS_THEY_ARE, plain, corpus, out)
    for file in sorted(wild.glob("*.truth.json")):
        name = file.name.removesuffix(".truth.json")
        lines = json.loads(file.read_text())["lines"]
        if sum(line["spoken"] and line["start"] is not None for line in lines) >= FEWEST:
            yield Recording("from the world", find_event(wild, name, {}), out / "from the world")
    source = read_source(corpus / f"{EVENTS[0]}.truth.json", seconds)
    for variant in STRESSED:
        folder = out / name_of(variant)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / f"{EVENTS[0]}.truth.json").is_file():
            changed = variant(source, np.random.default_rng(seed))
            (moved,) = changed.times
            lines = [
                {**line, "start": moved(line["start"]), "end": moved(line["end"])} if line["spoken"] else line
                for line in source.lines
            ]
            write(folder / f"{EVENTS[0]}.opus", changed.sound[:, 0])
            (folder / f"{EVENTS[0]}.txt").write_text("".join(f"{line['text']}\n" for line in lines))
            truth = {"lines": lines, "unscripted": [], "sounds": [], "duration": len(changed.sound) / 16_000}
            (folder / f"{EVENTS[0]}.truth.json").write_text(json.dumps(truth))
        yield Recording(name_of(variant), find_event(folder, EVENTS[0], {}), folder)
    for kind, hard in HARD.items():
        own = Hardness(hard.reverberation, hard.noise, hard.telephone, seconds, hard.decoys, seed)
        yield from _hardened(kind, own, corpus, out)


def _hardened(kind: str, hardness: Hardness, corpus: Path, out: Path) -> Iterator[Recording]:
    folder = out / kind
    folder.mkdir(parents=True, exist_ok=True)
    for name in EVENTS:
        if not (folder / f"hard-{name}.truth.json").is_file():
            make_hard(corpus, name, hardness, folder)
        yield Recording(kind, find_event(folder, f"hard-{name}", {}), folder)


def run(recording: Recording, way: str) -> Row:
    """Align a recording in one way, as a person would, and return its figures; without them where it is refused."""
    event = recording.event
    folder = recording.folder / "kept" / event.name / way
    folder.mkdir(parents=True, exist_ok=True)
    program = Path(sys.executable).with_name("asdelivered")
    command = [program, "align", event.transcript, event.recording, "-o", folder, "--no-cache", "--force"]
    command += ["--language", event.language, *WAYS[way]]
    row: Row = {"sound": recording.kind, "recording": event.name.removeprefix("hard-"), "way": way}
    try:
        cost = measure([str(part) for part in command], folder / "log.txt")
    except CommandError as error:
        if "asdelivered: " not in str(error):
            raise
        return row
    (written,) = folder.glob("*.alignment.json")
    lines = score(event.truth, json.loads(written.read_text("utf-8"))).lines
    starts, ends = lines.starts.within, lines.ends.within
    return row | {
        "truth": str(event.recording.with_suffix(".truth.json").absolute()),
        "alignment": str(written.absolute()),
        "starts": [starts[1], starts[2], starts[3]],
        "ends": ends[2],
        "missed": [lines.missed, lines.spoken],
        "ghosts": [lines.ghosts, lines.unspoken],
        "cpu": cost.cpu * 60 / event.truth["duration"],
        "peak": cost.peak / 1e6,
    }


def cells(row: Row) -> list[str]:
    """Return a row of the table."""
    names = [row["sound"], row["recording"], "auto with base" if row["way"] == OURS else row["way"]]
    if "starts" not in row:
        return [*names, "refused", *[""] * (len(HEAD) - len(names) - 1)]
    missed, ghosts = (f"{count} of {of}" for count, of in (row["missed"], row["ghosts"]))
    return [
        *names,
        *map(percent, row["starts"]),
        percent(row["ends"]),
        missed,
        ghosts if row["ghosts"][1] else NOTHING,
        f"{row['cpu']:.1f}",
        f"{row['peak']:.0f}",
    ]


def in_order(rows: list[Row]) -> list[Row]:
    """Return the rows by recording, in the order in which these came first, and by way."""
    places = list(dict.fromkeys((row["sound"], row["recording"]) for row in rows))
    ways = list(WAYS)
    return sorted(
        rows, key=lambda row: (places.index((row["sound"], row["recording"])), ways.index(row["way"]))
    )


def page(rows: list[Row], seconds: float, seed: int) -> str:
    """Return the document."""
    return (
        "\n\n".join(
            [
                "# The ways to align, compared",
                f"Written by\n\n    python benchmarks/ways.py CORPUS WILD OUT --seconds {seconds:g} --seed {seed} "
                "--markdown docs/benchmarks/ways.md",
                f"The first {seconds:g} s of each event. {HOW_TO_READ} {machine()}",
                table(HEAD, [cells(row) for row in in_order(rows)]),
            ]
        )
        + "\n"
    )


def main(
    corpus: Annotated[Path, typer.Argument(help="The folder of NAME.opus and NAME.truth.json.")],
    wild: Annotated[Path, typer.Argument(help="Recordings that are taken as they are, in the same form.")],
    out: Annotated[Path, typer.Argument(help="The folder to write to.")],
    seconds: Annotated[float, typer.Option(help="How much of each event to take.")] = 60.0,
    seed: Annotated[int, typer.Option(help="Of the noise, the rooms and the choice of decoys.")] = 7,
    only: Annotated[
        list[str] | None, typer.Option(metavar="WAY", help="A way, by its name; all if none is named.")
    ] = None,
    markdown: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the table there, too.")] = None,
) -> None:
    """Align each recording in each way, and print one table."""
    file = out / "ways.json"
    rows: list[Row] = json.loads(file.read_text()) if file.is_file() else []
    for recording in recordings(corpus, wild, out, seconds, seed):
        for way in only or WAYS:
            name = recording.event.name.removeprefix("hard-")
            if any(
                (row["sound"], row["recording"], row["way"]) == (recording.kind, name, way) for row in rows
            ):
                continue
            rows.append(run(recording, way))
            file.write_text(json.dumps(rows, indent=1))
    typer.echo(table(HEAD, [cells(row) for row in in_order(rows)]))
    if markdown:
        markdown.write_text(page(rows, seconds, seed))


if __name__ == "__main__":
    typer.run(main)
