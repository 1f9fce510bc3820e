"""Where the time of an alignment goes, and how it compares with other programs and with decoding alone.

    python benchmarks/speed.py CORPUS [NAME ...] [--runs 5] [--with aeneas-60] [--markdown docs/benchmarks/speed.md]

First each event is aligned in this one process, in one thread, and every stage is timed and its work counted. Then the
whole programs run in turn, as often as `--runs` says, so that whatever else the machine does falls on all of them; the
tables have the medians. Without NAME it is event-clean. Only ratios of one run mean much on a machine that is shared.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Annotated, Any
from unittest.mock import patch

import numpy as np
import typer
from accuracy import CORPUS, OURS, BenchmarkError, Event, check_programs, command_of, find_event, machine
from measure import CommandError, Times, measure, timed
from numpy.typing import NDArray
from report import table
from threadpoolctl import threadpool_limits

from asdelivered.align import pipeline, placement
from asdelivered.align.acoustic import acoustic_model, forced_alignment
from asdelivered.align.acoustic.viterbi import Search
from asdelivered.align.engines import make_engine, sphinx
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.job import Job
from asdelivered.align.preparation import prepare
from asdelivered.align.values.recording_part import RecordingPart
from asdelivered.base.progress import Observer
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording
from asdelivered.media.speech import SpeechDetector
from asdelivered.transcripts.read import read_transcript

NAMES = ("event-clean",)
OTHER = "everything else"


@dataclass
class Stages:
    """Processor seconds and work of each stage; a stage within another counts for itself alone."""

    seconds: dict[str, float] = field(default_factory=dict)
    work: dict[str, int] = field(default_factory=dict)
    _inside: list[float] = field(default_factory=list)

    def timed(
        self, stage: str, function: Callable[..., Any], size: Callable[..., int] | None = None
    ) -> Callable[..., Any]:
        """Return `function`, timed as that stage; `size` of its arguments is how much work a call is."""

        def call(*arguments: Any, **named: Any) -> Any:
            started = time.process_time()
            self._inside.append(0.0)
            try:
                return function(*arguments, **named)
            finally:
                spent = time.process_time() - started
                self.seconds[stage] = self.seconds.get(stage, 0.0) + spent - self._inside.pop()
                if self._inside:
                    self._inside[-1] += spent
                if size:
                    self.work[stage] = self.work.get(stage, 0) + size(*arguments, **named)

        return call

    def each(self, stage: str, function: Callable[..., Iterable[Any]]) -> Callable[..., Iterator[Any]]:
        """Return the generator `function`, with the making of each item timed as that stage."""

        def items(*arguments: Any) -> Iterator[Any]:
            source = iter(function(*arguments))
            following = self.timed(stage, lambda: next(source, None))
            while (item := following()) is not None:
                yield item

        return items


class InTurn(Executor):
    """Does each call at once, in this thread."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Call the function, and return a future that is done."""
        future: Future[Any] = Future()
        future.set_result(function(*arguments, **named))
        return future


def _codebooks(
    model: acoustic_model.AcousticModel,
    features: NDArray[np.float32],
    senones: NDArray[np.int32],
    wanted: NDArray[np.bool_] | None = None,
) -> int:
    """Return how many codebooks are worked out, times frames."""
    used = np.unique(model.codebooks[senones])
    return len(features) * len(used) if wanted is None else int(wanted[used].sum())


def _cells(search: Search) -> int:
    """Return how many states of words are searched, times frames."""
    return sum(
        len(window.scores) * len(search.network.part(window.first, window.last).senones)
        for window in search.windows
    )


def profile(event: Event) -> Stages:
    """Align an event in this process, in one thread, and return what each stage took."""
    stages = Stages()
    seams: list[tuple[Any, str, Callable[..., Any]]] = [
        (RecordingPart, "decode", stages.each("decoding", RecordingPart.decode)),
        (SpeechDetector, "add", stages.timed("speech detector", SpeechDetector.add)),
        (
            sphinx,
            "recognise_chunk",
            stages.timed("recognition", sphinx.recognise_chunk, lambda files, cepstra, careful: len(cepstra)),
        ),
        (
            acoustic_model.AcousticModel,
            "scores",
            stages.timed(
                "scores of senones",
                acoustic_model.AcousticModel.scores,
                _codebooks,
            ),
        ),
        (
            forced_alignment,
            "best_paths",
            stages.timed(
                "Viterbi search",
                forced_alignment.best_paths,
                lambda searches, *rest: sum(map(_cells, searches)),
            ),
        ),
        (pipeline, "adapt", stages.timed("adaptation", pipeline.adapt)),
        (pipeline, "anchor", stages.timed("anchors", pipeline.anchor)),
        (placement, "_sounds", stages.timed("normalisation", placement._sounds)),
    ]
    recording = open_recording(event.recording)
    with threadpool_limits(1), tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        for owner, name, timed in seams:
            stack.enter_context(patch.object(owner, name, timed))
        transcript = read_transcript(event.transcript, event.language)
        prepared = prepare(transcript, recording, (), Observer())
        part = RecordingPart(recording)
        job = Job(prepared.script, event.language, prepared.pins, part, InTurn(), Path(folder), Observer())
        started = time.process_time()
        pipeline.align_text(make_engine("sphinx", EngineOptions()), job)
        stages.seconds[OTHER] = time.process_time() - started - sum(stages.seconds.values())
    return stages


def decoding_alone(event: Event) -> float:
    """Return the processor seconds in which one thread decodes the sound: no aligner can take less."""
    started = time.process_time()
    with threadpool_limits(1):
        for _ in decode_speech(open_recording(event.recording)):
            pass
    return time.process_time() - started


@dataclass
class Program:
    """What a whole program takes: its runs, and bytes of memory at the peak of one more."""

    runs: list[Times]
    peak: int


def in_turn(event: Event, programs: Sequence[str], runs: int, folder: Path) -> dict[str, Program]:
    """Run each program once to measure its memory, and then `runs` times, one after the other each time."""
    found: dict[str, Program] = {}
    for number in range(runs + 1):
        for program in programs:
            what = f"run {number} of {runs}" if number else "memory"
            typer.echo(f"{event.name}: {program}, {what} ...", err=True)
            place = folder / f"{event.name}-{program}-{number}"
            place.mkdir()
            command, log = command_of(event, program, place), place / "log.txt"
            if number:
                found[program].runs.append(timed(command, log))
            else:
                found[program] = Program([], measure(command, log).peak)
    return found


WORK = {
    "recognition": "frames heard",
    "scores of senones": "codebooks of Gaussians, times frames",
    "Viterbi search": "states searched, times frames",
}


def stage_table(stages: Stages, alone: float) -> str:
    """Return the table of the stages, the longest first."""
    whole = sum(stages.seconds.values())
    rows = [
        [name, f"{stages.work[name]:,} {WORK[name]}" if name in stages.work else "", f"{seconds:.1f}",
         f"{100 * seconds / whole:.0f} %", f"{seconds / alone:.2f}"]
        for name, seconds in sorted(stages.seconds.items(), key=lambda pair: -pair[1])
    ]  # fmt: skip
    rows.append(["all stages", "", f"{whole:.1f}", "100 %", f"{whole / alone:.2f}"])
    return table(["stage", "work", "processor s", "share", "of decoding alone"], rows)


def program_table(programs: dict[str, Program], seconds: float, alone: float) -> str:
    """Return the table of whole programs, by the medians of their runs."""
    rows = []
    for name, program in programs.items():
        wall, processor = median(run.wall for run in program.runs), median(run.cpu for run in program.runs)
        rows.append(
            [name, str(len(program.runs)), f"{wall:.1f}", f"{processor:.1f}", f"{wall / alone:.2f}",
             f"{seconds / wall:.0f}", f"{program.peak / 1e6:.0f}"]
        )  # fmt: skip
    head = ["program", "runs", "wall s", "processor s", "wall, of decoding alone", "× real time", "peak MB"]
    return table(head, rows)


HOW_TO_READ = """\
The first table of each event is one alignment in one process and one thread: processor seconds by stage, and how much
work that was. The second has the whole programs, each in processes of its own, run in turn; medians. Memory is from a
run before these: to count it takes those time that keep all cores busy, and others none. "Of decoding alone" compares
with the processor time in which one thread decodes the sound. Seconds differ from machine to machine,
and by half on one that is shared; ratios within one run do not differ as much, and the work does not differ at all:
`tests/align/test_work.py` keeps watch over that."""


def main(
    corpus: Annotated[Path, typer.Argument(help="The folder of NAME.opus and NAME.truth.json.")] = CORPUS,
    names: Annotated[list[str] | None, typer.Argument(help="The events; without one, event-clean.")] = None,
    runs: Annotated[int, typer.Option(min=0, help="How often each program runs; 0: stages only.")] = 5,
    others: Annotated[
        list[str] | None, typer.Option("--with", metavar="PROGRAM", help="aeneas-SECONDS, pocketsphinx.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the tables there.")
    ] = None,
) -> None:
    """Measure where the time of an alignment goes, and how long whole programs take."""
    command = " ".join(["python benchmarks/speed.py CORPUS", *(names or []), f"--runs {runs}"])
    command += "".join(f" --with {other}" for other in others or [])
    parts = ["# Where the time goes", f"Written by `{command}`.", machine(), HOW_TO_READ]
    try:
        check_programs([OURS], others or [])
        events = [find_event(corpus, name, {}) for name in names or NAMES]
        with tempfile.TemporaryDirectory(prefix="asdelivered-benchmark-") as folder:
            for event in events:
                seconds = float(event.truth["duration"])
                alone = median(decoding_alone(event) for _ in range(3))
                parts += [f"## {event.name}, {seconds:,.0f} s", stage_table(profile(event), alone)]
                typer.echo("\n\n".join(parts[-2:]))
                if runs:
                    programs = in_turn(event, [OURS, *(others or [])], runs, Path(folder))
                    parts.append(program_table(programs, seconds, alone))
                    typer.echo(parts[-1])
    except (BenchmarkError, CommandError) as error:
        typer.echo(f"speed.py: {error}", err=True)
        sys.exit(2)
    if markdown:
        markdown.parent.mkdir(parents=True, exist_ok=True)
        markdown.write_text("\n\n".join(parts) + "\n")


if __name__ == "__main__":
    typer.run(main)
