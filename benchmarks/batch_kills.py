"""A batch of real alignments: killed again and again, and run by one worker and by two.

    python benchmarks/batch_kills.py kill FOLDER [TRUTH ...]
    python benchmarks/batch_kills.py workers FOLDER [TRUTH ...]

`kill`: some of the jobs are broken, each in a different way. The batch runs once undisturbed, and once with SIGKILLs at
random moments, each followed by a restart. The results and the reasons for failures must be the same, and no finished
job may be repeated. `workers`: one worker and two do the same jobs in turn. Each run has its own cache, so nothing
has been recognised before.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Annotated, Any

import psutil
import typer
from accuracy import machine
from excerpts import Excerpt, make_excerpts

from asdelivered.batch.outcome import RECORD

COMMAND = Path(sysconfig.get_path("scripts")) / "asdelivered"
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ROUNDS = 3
"""Rounds in which one worker and two take turns."""


app = typer.Typer(add_completion=False)


class WrongError(Exception):
    """The batch broke a promise."""


def break_some(folder: Path, names: list[str]) -> None:
    """Damage a file of each of these jobs, each in a different way."""
    ways = (
        lambda text, sound: sound.unlink(),
        lambda text, sound: text.unlink(),
        lambda text, sound: sound.write_bytes(b""),
        lambda text, sound: text.write_bytes(b""),
        lambda text, sound: sound.write_bytes(os.urandom(5000)),
        lambda text, sound: text.write_bytes(os.urandom(5000)),
        lambda text, sound: sound.write_bytes(text.read_bytes()),
        lambda text, sound: (sound.unlink(), sound.mkdir()),
        lambda text, sound: sound.write_bytes(sound.read_bytes()[:44]),
        lambda text, sound: text.write_text("* * *\n"),
    )
    for number, name in enumerate(names):
        ways[number % len(ways)](folder / f"{name}.txt", folder / f"{name}.wav")


def start(table: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start a batch."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(out.with_name(f"{out.name}.cache"))}
    with out.with_name(f"{out.name}.log").open("ab") as log:
        return subprocess.Popen(
            [COMMAND, "batch", table, "-o", out, "--jobs", str(workers)],
            env=environment,
            stdout=log,
            stderr=log,
        )


def results(folder: Path) -> dict[str, bytes]:
    """Return all results by path, without the time at which each alignment was made."""
    found = {}
    for path in sorted(folder.glob("*/*")):
        if path.parent.name == "failed" or path.name in (RECORD, "log.txt"):
            continue
        data = path.read_bytes()
        if path.name.endswith(".alignment.json"):
            data = json.dumps({**json.loads(data), "created": ""}).encode()
        found[str(path.relative_to(folder))] = data
    return found


def records(folder: Path) -> dict[str, int]:
    """Return the time stamp of each finished job's record, which only a repetition would change."""
    return {path.parent.name: path.stat().st_mtime_ns for path in folder.glob(f"*/{RECORD}")}


def journal(folder: Path) -> list[dict[str, Any]]:
    """Return the batch's journal, line by line."""
    with suppress(FileNotFoundError):
        return [json.loads(line) for line in (folder / "journal.jsonl").read_text().splitlines()]
    return []


def kill_often(table: Path, out: Path, workers: int, kills: int, seconds: float, random: Random) -> list[int]:
    """Run a batch and kill it `kills` times at random moments; return the number of jobs done at each kill."""
    done: list[int] = []
    finished: dict[str, int] = {}
    moments = sorted(random.uniform(0.02, 0.95) * seconds for _ in range(kills))
    for moment in [b - a for a, b in zip([0.0, *moments], moments, strict=False)]:
        process = start(table, out, workers)
        with suppress(subprocess.TimeoutExpired):
            process.wait(moment)
            raise WrongError("it ended before it could be killed: give it more jobs")
        process.send_signal(signal.SIGKILL)
        process.wait()
        while any(
            str(out) in " ".join(one.info["cmdline"] or ()) for one in psutil.process_iter(["cmdline"])
        ):
            time.sleep(0.05)
        now = records(out)
        if any(now.get(name) != stamp for name, stamp in finished.items()):
            raise WrongError("what had finished was done again")
        finished = now
        done.append(len(now))
    start(table, out, workers).wait()
    now = records(out)
    if any(now.get(name) != stamp for name, stamp in finished.items()):
        raise WrongError("what had finished was done again")
    return done


def throughput(folder: Path, table: Path) -> Iterator[tuple[float, float]]:
    """Yield, round by round, the jobs per minute of one worker and of two."""
    count = len(table.read_text().splitlines()) - 1
    for number in range(ROUNDS):
        rates = []
        for workers in (1, 2):
            out = folder / f"round{number}-{workers}"
            began = time.perf_counter()
            if start(table, out, workers).wait():
                raise WrongError(f"{out} failed")
            rates.append(60 * count / (time.perf_counter() - began))
        yield rates[0], rates[1]


FolderArgument = Annotated[Path, typer.Argument(help="A folder with room: 500 MB. Emptied first.")]
TruthsArgument = Annotated[
    list[Path] | None,
    typer.Argument(help=".truth.json files beside their recordings.  [default: the example's]"),
]


SecondsOption = Annotated[
    float,
    typer.Option(help="Seconds of sound per job, give or take a quarter, before its last line is completed."),
]


def begin(
    folder: Path, truths: list[Path] | None, jobs: int, seconds: float, random: Random
) -> list[Excerpt]:
    """Make the jobs, and print what they are."""
    shutil.rmtree(folder, ignore_errors=True)
    lengths = [random.uniform(0.75 * seconds, 1.25 * seconds) for _ in range(jobs)]
    excerpts = make_excerpts(truths or [*EXAMPLES.glob("*.truth.json")], folder / "in", lengths)
    sources = ", ".join(dict.fromkeys(one.source for one in excerpts))
    seconds = sum(one.seconds for one in excerpts) / len(excerpts)
    typer.echo(f"{machine()}\n\n{jobs} jobs of {seconds:.1f} s on average, cut from {sources}.\n")
    return excerpts


@app.command()
def kill(
    folder: FolderArgument,
    truths: TruthsArgument = None,
    jobs: int = 200,
    broken: int = 10,
    kills: int = 5,
    workers: int = 2,
    seconds: SecondsOption = 4.8,
    seed: int = 1,
) -> None:
    """Print the outcome of a batch that was killed, as Markdown."""
    random = Random(seed)
    excerpts = begin(folder, truths, jobs, seconds, random)
    spoilt = sorted(random.sample([one.name for one in excerpts], broken))
    table = folder / "in" / "jobs.csv"
    break_some(folder / "in", spoilt)
    began = time.perf_counter()
    start(table, folder / "undisturbed", workers).wait()
    took = time.perf_counter() - began
    undisturbed = folder / "undisturbed"
    done = kill_often(table, folder / "killed", workers, kills, took, random)
    ended = journal(folder / "killed")
    names = [one["name"] for one in ended if one["state"] == "done"]
    reasons = {one["name"]: one["reason"] for one in ended if one["state"] == "failed"}
    expected = {one["name"]: one["reason"] for one in journal(undisturbed) if one["state"] == "failed"}
    same = results(folder / "killed") == results(undisturbed)
    report = json.loads((undisturbed / "report.json").read_text())
    cpu = sum(one["cpu"] for one in report["outcomes"])
    typer.echo(f"- undisturbed, {workers} workers: {took:.0f} s wall-clock time, {cpu:.0f} s processor time")
    typer.echo(f"- killed {kills} times, with {', '.join(map(str, done))} jobs finished")
    typer.echo(
        f"- results: {len(records(folder / 'killed'))}, the same as undisturbed: {'yes' if same else 'NO'}"
    )
    typer.echo(
        f"- reasons: {len(reasons)}, the same as undisturbed: {'yes' if reasons == expected else 'NO'}"
    )
    typer.echo(f"- finished jobs repeated: {len(names) - len(set(names))}")
    left = [*(folder / "killed").glob(".asdelivered-*")]
    typer.echo(f"- unfinished work left behind: {len(left)}\n")
    typer.echo("| a broken job | its reason |\n| --- | --- |")
    for name in spoilt:
        typer.echo(f"| {name} | {reasons.get(name, 'NONE').replace(f'{folder}/', '')} |")
    others = sorted(set(reasons) - set(spoilt))
    for name in others:
        typer.echo(f"| {name}, not broken on purpose | {reasons[name].replace(f'{folder}/', '')} |")
    again = len(names) != len(set(names))
    if not same or reasons != expected or not set(spoilt) <= set(reasons) or again or left:
        raise WrongError("the killed batch gave other results than the undisturbed one")


@app.command()
def workers(
    folder: FolderArgument,
    truths: TruthsArgument = None,
    jobs: int = 20,
    seconds: SecondsOption = 4.8,
    seed: int = 1,
) -> None:
    """Print how much a second worker helps, as Markdown."""
    begin(folder, truths, jobs, seconds, Random(seed))
    typer.echo("| round | one worker, jobs a minute | two workers | ratio |\n| --- | ---: | ---: | ---: |")
    for number, (one, two) in enumerate(throughput(folder, folder / "in" / "jobs.csv"), 1):
        typer.echo(f"| {number} | {one:.1f} | {two:.1f} | {two / one:.2f} |")


if __name__ == "__main__":
    app()
