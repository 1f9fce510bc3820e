"""A batch. It may be stopped and started again at any time; each job is done once."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asdelivered.base.delivery import remove_leftovers
from asdelivered.base.files import check_room
from asdelivered.base.locks import try_lock
from asdelivered.base.scratch import remove_abandoned
from asdelivered.base.system import BINARY
from asdelivered.batch.errors import BatchError
from asdelivered.batch.job import BatchSettings
from asdelivered.batch.jobs import Job, longest_first
from asdelivered.batch.outcome import Outcome, State
from asdelivered.batch.runners import Runner

JOURNAL = "journal.jsonl"
"""In the folder of results: a line for each job that was done or failed, in any run."""
LOCK = ".lock"
_SPARE = 1 << 20
"""Bytes that must fit into the folder before the jobs begin."""


@dataclass(frozen=True)
class BatchResult:
    """The outcome of each job, in the order of the jobs; `seconds` are wall-clock time, `began` is ISO 8601."""

    outcomes: tuple[Outcome, ...]
    seconds: float
    began: str

    def of(self, state: State) -> tuple[Outcome, ...]:
        """Return the outcomes with this state."""
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
    jobs: Sequence[Job],
    settings: BatchSettings,
    runner: Runner,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
) -> BatchResult:
    """Do jobs, the longest first, and call `on_outcome` as each one ends.

    Results of an earlier run are kept; what it left unfinished is removed and started again. Raises BatchError where
    the folder of results cannot be written to, or another batch is writing to it.
    """
    began, when = time.monotonic(), datetime.now(UTC).isoformat(timespec="seconds")
    found: dict[str, Outcome] = {}
    try:
        with _locked(settings.folder):
            remove_abandoned(settings.folder)
            for job in jobs:  # one that is kept has no delivery that would do it
                remove_leftovers(settings.folder / job.name)
            for outcome in runner(longest_first(jobs), settings):
                found[outcome.name] = outcome
                if outcome.state is not State.KEPT:
                    _add_to_journal(settings.folder, outcome)
                on_outcome(outcome)
    except OSError as error:
        raise BatchError(
            f"{settings.folder}: the results cannot be written there: {error.strerror or error}; "
            "what is done is kept, start the batch again once that is fixed"
        ) from error
    return BatchResult(tuple(found[job.name] for job in jobs), time.monotonic() - began, when)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Lock other batches out of the folder. The lock ends with the process, however that ends."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise BatchError(f"{folder} is a file: give a folder for the results") from error
    check_room(folder, _SPARE)
    lock = try_lock(folder / LOCK)
    if lock is None:
        raise BatchError(f"{folder}: another batch is writing its results there")
    try:
        yield
    finally:
        lock.release()


def _add_to_journal(folder: Path, outcome: Outcome) -> None:
    """Add a line to the journal, in a single write."""
    line = json.dumps(
        {"at": datetime.now(UTC).isoformat(timespec="seconds"), **outcome.to_json()}, ensure_ascii=False
    )
    descriptor = os.open(folder / JOURNAL, os.O_WRONLY | os.O_APPEND | os.O_CREAT | BINARY, 0o666)
    try:
        os.write(descriptor, f"{line}\n".encode(errors="replace"))
    finally:
        os.close(descriptor)
