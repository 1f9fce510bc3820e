"""The jobs of a batch: pairs of a transcript and a recording, from a table, a list or a folder."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path, PurePosixPath

from asdelivered.align.document.alignment import path_problem
from asdelivered.base.ledger import EXAMPLE, read_ledger
from asdelivered.base.names import folded, portable_name
from asdelivered.base.tables import read_table, table_text
from asdelivered.batch.errors import BatchError
from asdelivered.batch.locations import is_remote, list_files, name_of, read_bytes, size_of
from asdelivered.media.endings import RECORDING_ENDINGS
from asdelivered.transcripts.endings import TRANSCRIPT_ENDINGS

RESERVED = frozenset({"journal.jsonl", "report.json", "report.html", "failed"})
"""What a batch writes beside the folders of its jobs, which so cannot have these names."""
_HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Halves of surrogate pairs that do not stand for a byte of a file's name."""
MOST_BYTES = 256 << 20
"""The most bytes that a table or list of jobs may have."""


@dataclass(frozen=True)
class Job:
    """One event to align. `transcript` and `recording` are locations; `name` is the name of its folder.

    `language` is an ISO 639 code; None: detect it in the text. `sound` is the audio track or channel to align, as
    `asdelivered align --sound` takes it; None: the one that the text fits. `problem` says why the job cannot be done.
    """

    name: str
    transcript: str
    recording: str
    language: str | None = None
    problem: str | None = None
    sound: str | None = None

    @cached_property
    def recording_size(self) -> int:
        """Bytes of the recording; 0 if it is missing, or not on this machine."""
        return size_of(self.recording)


def read_jobs(location: str) -> tuple[Job, ...]:
    """Read jobs from a CSV or JSONL file or a folder, on this machine or at an address that fsspec opens.

    A file has the columns (or keys) transcript and recording, and optionally name, language and sound; its paths are
    relative to its own folder. In a folder, files with the same name belong together. An incomplete row is a job with a
    problem.
    Raises BatchError where nothing can be read, or there is no job.
    """
    ending = PurePosixPath(location).suffix.lower()
    if ending in (".csv", ".tsv"):
        jobs = list(_table(_text(location), location))
    elif ending in (".jsonl", ".ndjson"):
        jobs = list(_list(_text(location), location))
    else:
        jobs = list(_pairs(list_files(location)))
    if not jobs:
        raise BatchError(f"{location}: there is no job in it: see `asdelivered batch --help`")
    return _with_names(jobs)


def longest_first(jobs: Sequence[Job]) -> tuple[Job, ...]:
    """Return jobs by the size of their recordings, the largest first, so that no long job is left over at the end.

    Jobs of unknown size come last, in their own order.
    """
    return tuple(sorted(jobs, key=lambda job: -job.recording_size))


def _text(location: str) -> str:
    return table_text(read_bytes(location, MOST_BYTES), location, BatchError)


def _table(text: str, location: str) -> Iterator[Job]:
    rows = read_table(text, location, BatchError, strict=True)
    names = [cell.casefold() for cell in rows[0][1]] if rows else []
    if not {"transcript", "recording"} <= set(names):
        raise BatchError(f"{location}: its first line must name the columns transcript and recording")
    for number, cells in rows[1:]:
        yield _job(dict(zip(names, cells, strict=False)), location, f"line {number}")


def _list(text: str, location: str) -> Iterator[Job]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Job(f"line {number}", "", "", problem=f"{location}: line {number} is not JSON: {error}")
            continue
        if isinstance(row, dict):
            yield _job(row, location, f"line {number}")
        else:
            yield Job(f"line {number}", "", "", problem=f"{location}: line {number} is not an object")


def _job(row: Mapping[str, object], location: str, where: str) -> Job:
    values = {key: value.strip() for key, value in row.items() if isinstance(value, str)}
    transcript, recording = (_resolved(location, values.get(key, "")) for key in ("transcript", "recording"))
    missing = [key for key in ("transcript", "recording") if not values.get(key)]
    problem = f"{location}: {where} has no {' and no '.join(missing)}" if missing else None
    name = values.get("name") or PurePosixPath(name_of(transcript)).stem or where
    language, sound = (values.get(key) or None for key in ("language", "sound"))
    return Job(name, transcript, recording, language, problem, sound)


def _resolved(location: str, path: str) -> str:
    """Return a location from a table, where a path is relative to the table's own folder."""
    if not path or is_remote(path) or Path(path).is_absolute():
        return path
    if is_remote(location):
        return f"{location.rpartition('/')[0]}/{path}"
    return str(Path(location).parent / path)


def _pairs(files: Sequence[str]) -> Iterator[Job]:
    """Yield a job for each recording, and for each transcript without one, but for what the program itself wrote."""
    found: dict[str, dict[str, str]] = {}
    ours = cache(read_ledger)
    for file in files:
        stem, dot, letters = file.rpartition(".")
        ending = (dot + letters).lower()
        if ending not in TRANSCRIPT_ENDINGS + RECORDING_ENDINGS:
            continue
        # What the program wrote, such as the captions and the reports of an earlier batch, is nobody's transcript.
        entry = None if is_remote(file) else ours(Path(file).parent).get(Path(file).name)
        if entry is None or entry.command == EXAMPLE:
            found.setdefault(stem, {})[ending] = file
    for stem, by_ending in sorted(found.items()):
        transcript = next((by_ending[one] for one in TRANSCRIPT_ENDINGS if one in by_ending), "")
        recording = next((by_ending[one] for one in RECORDING_ENDINGS if one in by_ending), "")
        problem = None
        if not transcript:
            problem = f"{recording}: there is no transcript of that name beside it"
        elif not recording:
            problem = f"{transcript}: there is no recording of that name beside it"
        yield Job(PurePosixPath(stem).name, transcript, recording, problem=problem)


def _with_names(jobs: Iterable[Job]) -> tuple[Job, ...]:
    """Give each job a unique name that a folder can have, and that is the same in each run."""
    taken = set(RESERVED)
    again: Counter[str] = Counter()
    named = []
    for job in jobs:
        name = portable_name(job.name, default="job")
        if folded(name) in taken:
            name += f"-{sha256(f'{job.transcript} {job.recording}'.encode(errors='replace')).hexdigest()[:8]}"
        base = name
        while folded(name) in taken:
            again[base] += 1
            name = f"{base}-again" if again[base] == 1 else f"{base}-again-{again[base]}"
        taken.add(folded(name))
        named.append(
            replace(
                job,
                name=name,
                problem=job.problem or _name_problem(job.transcript) or _name_problem(job.recording),
            )
        )
    return tuple(named)


def _name_problem(path: str) -> str | None:
    """Return why a file with this name cannot be aligned; None if it can."""
    if "\0" in path:
        return f"{path!r} is no path: it has a zero byte"
    if _HALVES.search(path):
        return f"{path!r} is no path: it has half a surrogate pair, which is no character"
    return path_problem(path)
