"""What is to be done: pairs of a transcript and a recording, from a table, a list or a folder."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from pathvalidate import sanitize_filename

from asdelivered.align.document.alignment import path_problem
from asdelivered.batch.errors import BatchError
from asdelivered.batch.places import is_remote, list_files, name_of, read_bytes, size_of

TRANSCRIPTS = ("txt", "html", "htm", "docx", "pdf", "md", "srt", "vtt", "ass", "ttml")
"""Endings of transcripts in a folder of pairs; of several with one name the first of these is taken."""
RECORDINGS = (
    *("mp4", "mov", "mkv", "mxf", "webm", "avi", "ts", "m4v"),
    *("wav", "flac", "mp3", "m4a", "aac", "ogg", "opus", "wma", "aiff"),
)
"""Endings of recordings in a folder of pairs, as above."""
MOST_BYTES = 256 << 20
"""Of a table or list of jobs."""


@dataclass(frozen=True)
class Job:
    """One event to align. `transcript` and `recording` are paths or addresses; `name` is that of its folder.

    `language` is an ISO 639 code, None where it is to be found in the text. `problem` says why it can't be done.
    """

    name: str
    transcript: str
    recording: str
    language: str | None = None
    problem: str | None = None


def read_jobs(place: str) -> tuple[Job, ...]:
    """Read jobs from a CSV or JSONL file or a folder, on this machine or at an address that fsspec opens.

    A file has the columns (or keys) transcript and recording, and perhaps name and language; its paths count from its
    own folder. In a folder files of the same name belong together. A row that isn't whole is a job with a problem.
    Raises BatchError where nothing can be read there, or no job is in it.
    """
    ending = PurePosixPath(place).suffix.lower()
    if ending in (".csv", ".tsv"):
        jobs = list(_table(_text(place), place))
    elif ending in (".jsonl", ".ndjson"):
        jobs = list(_list(_text(place), place))
    else:
        jobs = list(_pairs(list_files(place)))
    if not jobs:
        raise BatchError(f"{place}: there is no job in it: see `asdelivered batch --help`")
    return _with_names(jobs)


def longest_first(jobs: Sequence[Job]) -> tuple[Job, ...]:
    """Return jobs by the size of their recordings, the largest first, so that none is begun when others are all done.

    Those whose size is not known come last, as they came.
    """
    return tuple(sorted(jobs, key=lambda job: -size_of(job.recording)))


def _text(place: str) -> str:
    try:
        return read_bytes(place, MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BatchError(f"{place}: it is not UTF-8: save it as UTF-8") from error


def _table(text: str, place: str) -> Iterator[Job]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    if not {"transcript", "recording"} <= set(rows.fieldnames or ()):
        raise BatchError(f"{place}: its first line must name the columns transcript and recording")
    try:
        for row in rows:
            yield _job({key: value for key, value in row.items() if key}, place, f"line {rows.line_num}")
    except csv.Error as error:
        raise BatchError(f"{place}: line {rows.line_num}: {error}") from error


def _list(text: str, place: str) -> Iterator[Job]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Job(f"line {number}", "", "", problem=f"{place}: line {number} is not JSON: {error}")
            continue
        if isinstance(row, dict):
            yield _job(row, place, f"line {number}")
        else:
            yield Job(f"line {number}", "", "", problem=f"{place}: line {number} is not an object")


def _job(row: dict[str, object], place: str, where: str) -> Job:
    values = {key: value.strip() for key, value in row.items() if isinstance(value, str)}
    transcript, recording = (_from(place, values.get(key, "")) for key in ("transcript", "recording"))
    missing = [key for key in ("transcript", "recording") if not values.get(key)]
    problem = f"{place}: {where} has no {' and no '.join(missing)}" if missing else None
    name = values.get("name") or PurePosixPath(name_of(transcript)).stem or where
    return Job(name, transcript, recording, values.get("language") or None, problem)


def _from(place: str, path: str) -> str:
    """Return a path that counts from the folder of the file that names it."""
    if not path or is_remote(path) or Path(path).is_absolute():
        return path
    return f"{place.rpartition('/')[0]}/{path}" if "/" in place else path


def _pairs(files: Sequence[str]) -> Iterator[Job]:
    """Yield a job for each recording, and for each transcript without one."""
    found: dict[str, dict[str, str]] = {}
    for file in files:
        stem, _, ending = file.rpartition(".")
        if ending.lower() in TRANSCRIPTS + RECORDINGS:
            found.setdefault(stem, {})[ending.lower()] = file
    for stem, by_ending in sorted(found.items()):
        transcript = next((by_ending[one] for one in TRANSCRIPTS if one in by_ending), "")
        recording = next((by_ending[one] for one in RECORDINGS if one in by_ending), "")
        problem = None
        if not transcript:
            problem = f"{recording}: there is no transcript of that name beside it"
        elif not recording:
            problem = f"{transcript}: there is no recording of that name beside it"
        yield Job(PurePosixPath(stem).name, transcript, recording, problem=problem)


def _with_names(jobs: Iterable[Job]) -> tuple[Job, ...]:
    """Give each job a name that can be a folder's and that no other has, and the same each time."""
    taken: set[str] = set()
    named = []
    for job in jobs:
        # Bytes of a file's name that are no UTF-8 have no place in a text.
        text = os.fsencode(job.name.lstrip(".")).decode("utf-8", "replace")
        name = sanitize_filename(text, replacement_text="_", max_len=120) or "job"
        if name.casefold() in taken:
            name += f"-{sha256(f'{job.transcript} {job.recording}'.encode(errors='replace')).hexdigest()[:8]}"
        while name.casefold() in taken:
            name += "-again"
        taken.add(name.casefold())
        named.append(
            replace(job, name=name, problem=job.problem or _odd(job.transcript) or _odd(job.recording))
        )
    return tuple(named)


def _odd(path: str) -> str | None:
    """Say why there can be no alignment of a file with this name, if so."""
    if "\0" in path:
        return f"{path!r} is no path: it has a zero byte"
    return path_problem(path)
