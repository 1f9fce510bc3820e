"""Short events cut out of recordings whose truth is known: consecutive lines with their sound."""

from __future__ import annotations

import csv
import functools
import json
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording

RATE = 16_000
MARGIN = 0.4
"""Seconds of sound before the first line and after the last."""


@dataclass(frozen=True)
class Excerpt:
    """A transcript and a recording, and how many seconds of which source they contain."""

    name: str
    transcript: Path
    recording: Path
    language: str
    source: str
    seconds: float


def make_excerpts(
    truths: Sequence[Path], folder: Path, lengths: Sequence[float], seed: int = 1
) -> list[Excerpt]:
    """Write an excerpt of about each of these lengths, in seconds, into `folder`, and list them in `jobs.csv`.

    `truths` are `.truth.json` files next to their recordings, used in turn, with lines chosen at random.
    """
    random = Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    made = [
        _excerpt(truths[number % len(truths)], folder / f"event{number:03}", length, random)
        for number, length in enumerate(lengths)
    ]
    write_table(made, folder / "jobs.csv")
    return made


def write_table(excerpts: Sequence[Excerpt], path: Path) -> None:
    """Write a table of jobs."""
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["name", "transcript", "recording", "language"])
        table.writerows([one.name, one.transcript.name, one.recording.name, one.language] for one in excerpts)


def _excerpt(truth: Path, path: Path, length: float, random: Random) -> Excerpt:
    lines = json.loads(truth.read_text())["lines"]
    timed = [at for at, line in enumerate(lines) if line["spoken"]]
    able = [at for at in timed if lines[timed[-1]]["end"] - lines[at]["start"] >= length] or timed[:1]
    first = random.choice(able)
    start = lines[first]["start"]
    last = next((at for at in timed if at >= first and lines[at]["end"] - start >= length), timed[-1])
    name = truth.name.removesuffix(".truth.json")
    sound = _sound(truth.with_name(f"{name}.opus"))
    begin, end = max(0.0, start - MARGIN), lines[last]["end"] + MARGIN
    samples = sound[int(begin * RATE) : int(end * RATE)]
    recording, transcript = path.with_suffix(".wav"), path.with_suffix(".txt")
    with wave.open(str(recording), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    transcript.write_text("".join(f"{line['text']}\n" for line in lines[first : last + 1]))
    language = "de" if "-de-" in name else "en"
    return Excerpt(path.name, transcript, recording, language, name, len(samples) / RATE)


@functools.lru_cache(maxsize=8)
def _sound(path: Path) -> NDArray[np.int16]:
    """Return the whole recording as int16 samples (samples,) at 16 kHz: an hour is 115 MB."""
    return np.concatenate(list(decode_speech(open_recording(path))))
