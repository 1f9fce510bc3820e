"""The outcome of a job, and the record by which a finished job is recognised in a later run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from asdelivered.base.reading import DAMAGE

RECORD = "job.json"
"""In the folder of a finished job: its inputs, settings and cost."""
LOG = "log.txt"
"""Beside it: the output of the program."""


class State(StrEnum):
    """How a job ended."""

    DONE = "done"
    KEPT = "kept"
    """An earlier run did it, with the same inputs, settings and version."""
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """How a job ended, and why it failed. Times in seconds, peak `memory` in bytes, `files` in the job's folder.

    `where` is the machine that did it; `attempts` counts the attempts in this run.
    """

    name: str
    state: State
    reason: str | None = None
    attempts: int = 1
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    where: str = ""
    files: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {**asdict(self), "files": list(self.files), "state": self.state.value}


@dataclass(frozen=True)
class Inputs:
    """What a result depends on: the SHA-256 of both inputs, the settings, the version of the program.

    The marks are those of remote files (`locations.mark_of`).
    """

    transcript: str
    recording: str
    settings: tuple[str, ...]
    version: str
    transcript_mark: str | None = None
    recording_mark: str | None = None

    @property
    def key(self) -> tuple[str, str, tuple[str, ...], str]:
        """Inputs with the same key give the same result."""
        return self.transcript, self.recording, self.settings, self.version


def write_record(folder: Path, inputs: Inputs, outcome: Outcome) -> None:
    """Write into a job's folder what its result depends on. Raises OSError."""
    data = {"inputs": asdict(inputs), "outcome": outcome.to_json()}
    (folder / RECORD).write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8")


def read_record(folder: Path) -> tuple[Inputs, Outcome] | None:
    """Return what `write_record` wrote, if all the files that it names are there; else None."""
    try:
        data = json.loads((folder / RECORD).read_text("utf-8"))
        inputs, outcome = data["inputs"], data["outcome"]
        made = Inputs(**{**inputs, "settings": tuple(inputs["settings"])})
        ended = Outcome(**{**outcome, "files": tuple(outcome["files"]), "state": State(outcome["state"])})
    except (OSError, *DAMAGE, TypeError, AttributeError):
        return None  # no record, or not one of ours: the job is done again
    return (made, ended) if all((folder / name).is_file() for name in ended.files) else None
