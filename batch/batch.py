"""A whole batch: stopped and started again at will, each job done once, one report at the end."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asdelivered.base.scratch import HIDDEN, remove_abandoned
from asdelivered.batch.errors import BatchError
from asdelivered.batch.job import Task
from asdelivered.batch.jobs import Job, longest_first
from asdelivered.batch.outcome import Outcome, State
from asdelivered.batch.runners import Runner

JOURNAL = "journal.jsonl"
"""In the folder of results: a line for each job that was done or failed, in any run."""
LOCK = ".lock"


@dataclass(frozen=True)
class BatchResult:
    """What came of a batch: an outcome for each job, in the order of the jobs; `seconds` on the clock."""

    outcomes: tuple[Outcome, ...]
    seconds: float
    began: str

    def of(self, state: State) -> tuple[Outcome, ...]:
        """The jobs that ended like this."""
        return tuple(outcome for outcome in self.outcomes if outcome.state is state)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        counts = {state.value: len(self.of(state)) for state in State}
        return {
            "began": self.began,
            "seconds": round(self.seconds, 3),
            "jobs": len(self.outcomes),
            **counts,
            "outcomes": [outcome.to_json() for outcome in self.outcomes],
        }


def run_batch(
    jobs: Sequence[Job], task: Task, runner: Runner, told: Callable[[Outcome], None] = lambda outcome: None
) -> BatchResult:
    """Do jobs, the longest first, and tell of each as it ends.

    What was done in an earlier run is kept, what was not finished then is removed and begun anew. Raises BatchError
    where the folder of results can't be written to, or another batch is writing to it.
    """
    began, when = time.monotonic(), datetime.now(UTC).isoformat(timespec="seconds")
    found: dict[str, Outcome] = {}
    try:
        with _locked(task.folder):
            remove_abandoned(task.folder, HIDDEN)
            for outcome in runner(longest_first(jobs), task):
                found[outcome.name] = outcome
                if outcome.state is not State.KEPT:
                    _write_down(task.folder, outcome)
                told(outcome)
    except OSError as error:
        raise BatchError(
            f"{task.folder}: the results cannot be written there: {error.strerror or error}; "
            "what is done is kept, start the batch again when that is mended"
        ) from error
    return BatchResult(tuple(found[job.name] for job in jobs), time.monotonic() - began, when)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other batches out of the folder. The lock goes with the process, however that ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise BatchError(f"{folder} is a file: give a folder for the results") from error
    with (folder / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BatchError(f"{folder}: another batch is writing its results there") from error
        yield


def _write_down(folder: Path, outcome: Outcome) -> None:
    """Add a line to the journal, in one piece."""
    line = json.dumps(
        {"at": datetime.now(UTC).isoformat(timespec="seconds"), **outcome.to_json()}, ensure_ascii=False
    )
    descriptor = os.open(folder / JOURNAL, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        os.write(descriptor, f"{line}\n".encode(errors="replace"))
    finally:
        os.close(descriptor)
