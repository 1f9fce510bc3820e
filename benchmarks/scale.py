"""What a year's or a parliament's worth of events costs, and how long a cluster takes for it.

    python benchmarks/scale.py measure FOLDER TRUTH [TRUTH ...]   a batch of excerpts; its figures go to scale.json
    python benchmarks/scale.py simulate                           the tables of docs/scale.md, from scale.json

The simulation models what `batch` and Dask do, and no more: a worker takes the next job, fetches its recording over a
shared link, works on it alone, and takes another. If a worker is lost, its job goes back to the others. The cost of a
job is drawn from the measurements, per hour of sound.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sysconfig
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Annotated, Any

import numpy as np
import simpy
import typer
from accuracy import machine
from excerpts import make_excerpts

from asdelivered.batch.outcome import RECORD

MEASURED = Path(__file__).resolve().with_name("scale.json")
HOURS = 50_000
"""Hours of sound: a parliament's plenary and committees over 20 years."""
MEDIAN_HOURS, SPREAD, LONGEST = 1.2, 0.8, 12.0
"""Hours per event: log-normal with this median and spread of the logarithm, 1.6 on average; cut off at the longest."""
LINE = 125e6
"""Bytes per second of the link to the storage: 1 Gbit/s."""
SOUND, VIDEO = 60e6, 2e9
"""Bytes per hour: of sound alone, of video at 4.5 Mbit/s."""

app = typer.Typer(add_completion=False)


@dataclass(frozen=True)
class Work:
    """A job: seconds of a core, bytes to fetch."""

    seconds: float
    bytes: float = 0.0


@dataclass(frozen=True)
class Trouble:
    """Each worker is lost once in `every` seconds on average, and replaced after `repair` seconds.

    The share `slow` of the workers takes twice as long for everything.
    """

    every: float = math.inf
    repair: float = 600.0
    slow: float = 0.0


@dataclass(frozen=True)
class Run:
    """The outcome: seconds until the last job was done; the share of them in which workers worked, or waited for the
    link; seconds of work lost, and in how many jobs; seconds in which not all workers had a job.
    """

    took: float
    busy: float
    waiting: float
    lost: float
    again: int
    tail: float


class Cluster:
    """A simulated cluster with jobs to do, in the given order."""

    def __init__(
        self, jobs: Sequence[Work], workers: int, line: float, trouble: Trouble, random: Random
    ) -> None:
        self._env = simpy.Environment()
        self._jobs: simpy.Store = simpy.PriorityStore(self._env)
        for number, job in enumerate(jobs):
            self._jobs.put(simpy.PriorityItem(number, job))
        self._line, self._speed = simpy.Resource(self._env), line
        self._left, self._done = len(jobs), self._env.event()
        self._random, self._trouble = random, trouble
        self._worked = self._waited = self._lost = 0.0
        self._again = 0
        self._ran_dry: float | None = None
        for number in range(workers):
            slowness = 2.0 if number < trouble.slow * workers else 1.0
            worker = self._env.process(self._work(slowness))
            if trouble.every < math.inf:
                self._env.process(self._lose(worker))
        self._workers = workers

    def run(self) -> Run:
        """Run all jobs."""
        self._env.run(until=self._done)
        took = self._env.now
        whole = took * self._workers
        tail = took - (self._ran_dry if self._ran_dry is not None else took)
        return Run(took, self._worked / whole, self._waited / whole, self._lost, self._again, tail)

    def _work(self, slowness: float) -> Generator[simpy.Event, Any, None]:
        while True:
            if not self._jobs.items and self._ran_dry is None:
                self._ran_dry = self._env.now
            wanted = self._jobs.get()
            item, began = None, 0.0
            try:
                item = yield wanted
                began = self._env.now
                yield from self._bring(item.item)
                self._waited += self._env.now - began
                yield self._env.timeout(item.item.seconds * slowness)
            except simpy.Interrupt:
                wanted.cancel()
                if item is not None:
                    self._lost += self._env.now - began
                    self._again += 1
                    self._jobs.put(item)  # it keeps its number, so it is next
                yield from self._repaired()
                continue
            self._worked += item.item.seconds * slowness
            self._left -= 1
            if not self._left:
                self._done.succeed()

    def _bring(self, job: Work) -> Generator[simpy.Event, Any, None]:
        if job.bytes:
            with self._line.request() as turn:
                yield turn
                yield self._env.timeout(job.bytes / self._speed)

    def _repaired(self) -> Generator[simpy.Event, Any, None]:
        until = self._env.now + self._trouble.repair
        while self._env.now < until:
            try:
                yield self._env.timeout(until - self._env.now)
            except simpy.Interrupt:
                continue  # it is lost already

    def _lose(self, worker: simpy.Process) -> Generator[simpy.Event, Any, None]:
        while True:
            yield self._env.timeout(self._random.expovariate(1 / self._trouble.every))
            worker.interrupt()


def cluster(
    jobs: Sequence[Work], workers: int, line: float = LINE, trouble: Trouble = Trouble(), seed: int = 1
) -> Run:
    """Return the outcome of these jobs on `workers` workers."""
    return Cluster(jobs, workers, line, trouble, Random(seed)).run()


def longest_first(jobs: Iterable[Work]) -> list[Work]:
    """Return jobs in the order of `batch`: by the size of the recording, which is a good measure of the work."""
    return sorted(jobs, key=lambda job: -job.seconds)


@app.command()
def measure(
    folder: Annotated[Path, typer.Argument(help="A folder with room: 500 MB.")],
    truths: Annotated[list[Path], typer.Argument(help=".truth.json files beside their recordings.")],
    count: int = 30,
    seed: int = 7,
) -> None:
    """Align excerpts of half a minute to a quarter of an hour, one after the other, and record the cost of each."""
    random = Random(seed)
    lengths = [min(900.0, max(40.0, random.lognormvariate(5.0, 0.7))) for _ in range(count)]
    excerpts = make_excerpts(truths, folder / "in", lengths, seed)
    started = machine()
    command = Path(sysconfig.get_path("scripts")) / "asdelivered"
    out = folder / "out"
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    subprocess.run(
        [command, "batch", folder / "in" / "jobs.csv", "-o", out, "--jobs", "1"], env=environment, check=False
    )
    jobs = []
    for excerpt in excerpts:
        files = [*(out / excerpt.name).glob("*")]
        if not files:
            continue
        outcome = json.loads((out / excerpt.name / RECORD).read_text())["outcome"]
        jobs.append(
            {
                "source": excerpt.source,
                "sound": round(excerpt.seconds, 1),
                "processor": outcome["cpu"],
                "memory": outcome["memory"],
                "bytes": sum(file.stat().st_size for file in files),
            }
        )
    MEASURED.write_text(json.dumps({"machine": started, "jobs": jobs}, indent=1) + "\n")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table with numbers aligned right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


@dataclass(frozen=True)
class Costs:
    """Seconds of a core: to start a job, and per hour of sound for each measured job."""

    begin: float
    hourly: tuple[float, ...]


def costs_of(jobs: Sequence[dict[str, Any]]) -> Costs:
    """Return the cost of jobs by least squares: a constant to start, and a cost per second for each recording."""
    sources = sorted({job["source"] for job in jobs})
    sound = np.array([job["sound"] for job in jobs])
    processor = np.array([job["processor"] for job in jobs])
    of_source = np.array([[job["source"] == source for source in sources] for job in jobs])
    begin = float(np.linalg.lstsq(np.c_[np.ones(len(jobs)), of_source * sound[:, None]], processor)[0][0])
    return Costs(begin, tuple((3600 * (processor - begin) / sound).tolist()))


def events(hours: float, costs: Costs, random: Random) -> list[Work]:
    """Return events that total `hours`, with sound only."""
    made: list[Work] = []
    total = 0.0
    while total < hours:
        length = min(LONGEST, random.lognormvariate(math.log(MEDIAN_HOURS), SPREAD))
        total += length
        made.append(Work(costs.begin + length * random.choice(costs.hourly), length * SOUND))
    return made


@app.command()
def simulate(seed: int = 1) -> None:
    """Print the tables."""
    data = json.loads(MEASURED.read_text())
    costs = costs_of(data["jobs"])
    typer.echo(f"{data['machine']}\n\n{_measured(data['jobs'])}")
    low, middle, high = np.quantile(costs.hourly, [0.1, 0.5, 0.9])
    typer.echo(
        f"\nAll {len(data['jobs'])} jobs: {costs.begin:.1f} core seconds to start, and {np.mean(costs.hourly):.0f} "
        f"per hour of sound (a tenth below {low:.0f}, half below {middle:.0f}, a tenth above {high:.0f}).\n"
    )
    if batch := data.get("batch"):
        run = cluster([Work(seconds) for seconds in batch["seconds"]], batch["workers"])
        typer.echo(
            f"A real batch of {len(batch['seconds'])} jobs on {batch['workers']} workers took {batch['took']:.0f} s; "
            f"simulated from the time that each of its jobs took: {run.took:.0f} s.\n"
        )
    random = Random(seed)
    many = events(HOURS, costs, random)
    total = sum(job.seconds for job in many)
    typer.echo(f"{HOURS:,} hours in {len(many):,} events: {total / 3600:,.0f} core hours.\n")
    typer.echo(_by_workers(many, total))
    typer.echo(f"\n{_by_order(costs, random)}")
    typer.echo(f"\n{_with_trouble(many, total)}")


def _measured(jobs: Sequence[dict[str, Any]]) -> str:
    by_source: dict[str, list[dict[str, Any]]] = {}
    for job in jobs:
        by_source.setdefault(job["source"], []).append(job)
    rows = [
        (
            source,
            len(own),
            f"{sum(job['sound'] for job in own) / 60:.0f}",
            f"{sum(job['processor'] for job in own):.0f}",
            f"{max(job['memory'] for job in own) / 2**20:.0f}",
            f"{3600 * sum(job['bytes'] for job in own) / sum(job['sound'] for job in own) / 1e6:.1f}",
        )
        for source, own in sorted(by_source.items())
    ]
    return table(
        ("excerpts of", "jobs", "minutes", "core seconds", "peak memory, MiB", "results, MB per hour"), rows
    )


def _by_workers(many: Sequence[Work], total: float) -> str:
    video = [Work(job.seconds, job.bytes / SOUND * VIDEO) for job in many]
    rows = []
    for workers in (1, 2, 8, 16, 32, 64, 128, 256, 512):
        sound_run, video_run = cluster(many, workers), cluster(video, workers)
        rows.append(
            (
                workers,
                f"{total / workers / 86400:.2f}",
                f"{sound_run.took / 86400:.2f}",
                f"{sound_run.busy:.0%}",
                f"{video_run.took / 86400:.2f}",
                f"{video_run.busy:.0%}",
            )
        )
    head = ("cores", "days without any loss", "days, sound", "busy", "days, video over 1 Gbit/s", "busy")
    return table(head, rows)


def _by_order(costs: Costs, random: Random) -> str:
    """Return how much the order of jobs matters, for several batch sizes and cores: means of up to 200 batches."""
    rows = []
    for count, workers in ((20, 8), (100, 8), (100, 32), (1000, 32), (1000, 128), (10_000, 128)):
        repeats = max(3, min(200, 20_000 // count))
        given: list[float] = []
        sorted_: list[float] = []
        for _ in range(repeats):
            batch = events(count * MEDIAN_HOURS * math.exp(SPREAD**2 / 2), costs, random)
            ideal = max(sum(job.seconds for job in batch) / workers, max(job.seconds for job in batch))
            given.append(cluster(batch, workers).took / ideal - 1)
            sorted_.append(cluster(longest_first(batch), workers).took / ideal - 1)
        rows.append((f"{count:,} on {workers}", f"+{np.mean(given):.1%}", f"+{np.mean(sorted_):.1%}"))
    return table(("events on cores", "as they come", "longest first"), rows)


def _with_trouble(many: Sequence[Work], total: float) -> str:
    day = 86400.0
    cases: Sequence[tuple[str, Trouble, Callable[[Iterable[Work]], list[Work]]]] = (
        ("nothing happens", Trouble(), list),
        ("each core is lost once a day, for 10 min", Trouble(every=day), list),
        ("once an hour, for 10 min", Trouble(every=day / 24), list),
        ("a tenth of the cores run at half speed", Trouble(slow=0.1), list),
        ("the same, longest first", Trouble(slow=0.1), longest_first),
    )
    rows = []
    for name, trouble, order in cases:
        run = cluster(order(many), 64, trouble=trouble)
        rows.append(
            (
                name,
                f"{run.took / day:.2f}",
                f"{run.again:,}",
                f"{run.lost / total:.1%}",
                f"{run.tail / 60:.0f}",
            )
        )
    head = (
        "64 cores",
        "days",
        "jobs repeated",
        "work lost",
        "minutes at the end with idle cores",
    )
    return table(head, rows)


if __name__ == "__main__":
    app()
