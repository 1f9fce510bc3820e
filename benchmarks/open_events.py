"""Events that anyone can make: an official text that differs from what is said, and the exact time of each line.

The voices are espeak-ng's, which reads pages of tests/transcripts; and, where there is a network, people's: recordings
in the public domain, by address and hash, as open_recordings.toml lists them. OUT/NAME.opus, .txt and .truth.json have
the form that accuracy.py reads. The same seed gives the same event.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from floors import RATE, Floats
from make_variants import levelled, pink, tone, write

from asdelivered.align.engines.aeneas import read_aloud
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording
from asdelivered.transcripts.model import TokenKind
from asdelivered.transcripts.read import read_transcript

BENCHMARKS = Path(__file__).resolve().parent
PAGES = BENCHMARKS.parent / "tests" / "transcripts" / "pages"
RECORDINGS = BENCHMARKS / "open_recordings.toml"
LANGUAGES = ("en", "de", "fr", "es")
UNSPOKEN, UNSCRIPTED = 9, 7
"""One line in so many is in the text and not said; one in so many is said and not in the text."""
NOISE = 30
"""Decibels by which the noise of the room lies under the speech."""
WINDOW = RATE // 50
SILENT = 35
"""Decibels below the loudest 20 ms of a clip at which its line begins and ends."""


@dataclass(frozen=True)
class Clip:
    """A line as it is said: its text, and its sound (samples,), trimmed to the line's first and last sound."""

    text: str
    sound: Floats


class FetchError(Exception):
    """A recording can't be fetched, or is another one than it was."""


def make_events(
    out: Path, seconds: float, seed: int, network: bool, languages: Sequence[str] = LANGUAGES
) -> Iterator[Path]:
    """Write the events to `out`, and yield the path of each one's truth. Raises FetchError.

    A made voice reads for so many seconds, if the pages are long enough; recordings of people are taken whole.
    """
    out.mkdir(parents=True, exist_ok=True)
    for language in languages:
        yield make_event(out, f"voice-{language}", language, espoken(language, seconds), seed)
    if not network:
        return
    for name, listed in tomllib.loads(RECORDINGS.read_text("utf-8")).items():
        yield make_event(out, name, listed["language"], recorded(listed, out / "fetched" / name), seed)


def espoken(language: str, seconds: float) -> list[Clip]:
    """Return so many seconds of lines of the pages in a language, each as espeak-ng reads it, numbers and all."""
    found: list[Clip] = []
    pages = [page for page in map(read_transcript, sorted(PAGES.iterdir())) if page.language == language]
    for line in (line for page in pages for turn in page.turns for line in turn.lines):
        if sum(len(clip.sound) for clip in found) > seconds * RATE:
            break
        words = [token.text for token in line.tokens if token.kind is TokenKind.WORD]
        sound, _ = read_aloud(language, [words] if words else [])
        if np.abs(sound).max(initial=0) > 0:
            found.append(Clip(line.text, trimmed(sound.astype(np.float64))))
    return found


def recorded(listed: dict[str, Any], folder: Path) -> list[Clip]:
    """Return the clips of a list of recordings, which are kept in `folder`. Raises FetchError."""
    folder.mkdir(parents=True, exist_ok=True)
    prompts = fetched(listed["address"], listed["prompts"], listed["prompts_sha256"], folder)
    found = (re.search(listed["pattern"], line) for line in prompts.read_text("utf-8").splitlines())
    texts = [(one["clip"], one["text"]) for one in found if one]
    clips = []
    for name, sha256 in listed["clips"].items():
        path = fetched(listed["address"], name, sha256, folder)
        text = next(
            (text for clip, text in texts if path.stem == clip or path.stem.startswith(f"{clip}_")), None
        )
        if text is None:
            raise FetchError(f"{listed['prompts']} does not say what {name} says")
        sound = np.concatenate(list(decode_speech(open_recording(path)))).astype(np.float64)
        clips.append(Clip(text, trimmed(sound)))
    return clips


def fetched(address: str, name: str, sha256: str, folder: Path) -> Path:
    """Return where a file is that was fetched, once, from an address. Raises FetchError."""
    path = folder / Path(name).name
    if not path.is_file():
        try:
            with urllib.request.urlopen(address + name, timeout=60) as answer:
                path.write_bytes(answer.read())
        except (urllib.error.URLError, OSError) as error:
            raise FetchError(
                f"{address}{name} can't be fetched ({error}): --no-network does without"
            ) from error
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise FetchError(f"{path} is not the file that {RECORDINGS.name} lists: delete it and try again")
    return path


def trimmed(sound: Floats) -> Floats:
    """Return the samples from the first to the last 20 ms that are loud enough to be the line's."""
    whole = sound[: len(sound) // WINDOW * WINDOW].reshape(-1, WINDOW)
    powers = np.square(whole - whole.mean(axis=1, keepdims=True)).mean(axis=1)
    loud = np.flatnonzero(powers > powers.max() * 10.0 ** (-SILENT / 10))
    return sound[loud[0] * WINDOW : (loud[-1] + 1) * WINDOW]


def make_event(out: Path, name: str, language: str, clips: Sequence[Clip], seed: int) -> Path:
    """Join clips to an event; some lines are not said, and something is said that the text lacks."""
    chance = np.random.default_rng(seed)
    scripted, extra = (
        clips[: -max(1, len(clips) // UNSCRIPTED)],
        [*clips[-max(1, len(clips) // UNSCRIPTED) :]],
    )
    pieces = [tone(chance, 1.0)]
    lines: list[dict[str, Any]] = []
    unscripted: list[tuple[float, float, str]] = []
    at = len(pieces[0])

    def say(clip: Clip) -> tuple[float, float]:
        nonlocal at
        pause = tone(chance, chance.uniform(0.2, 1.5))
        pieces.extend((levelled(clip.sound), pause))
        start = at
        at += len(clip.sound) + len(pause)
        return start / RATE, (start + len(clip.sound)) / RATE

    for number, clip in enumerate(scripted, start=1):
        spoken = number % UNSPOKEN != 0
        start, end = say(clip) if spoken else (None, None)
        lines.append({"text": clip.text, "spoken": spoken, "start": start, "end": end, "sentences": []})
        if number % UNSCRIPTED == 0 and extra:
            ad_lib = extra.pop(0)
            unscripted.append((*say(ad_lib), ad_lib.text))
    sound = np.concatenate(pieces)
    level = float(np.sqrt(np.mean(np.square(sound))))
    sound += pink(chance, len(sound)) * level * 10.0 ** (-NOISE / 20)
    write(out / f"{name}.opus", sound)
    (out / f"{name}.txt").write_text("".join(f"{clip.text}\n\n" for clip in scripted), "utf-8")
    truth = {
        "lines": [{"speaker": "", **line} for line in lines],
        "unscripted": unscripted,
        "sounds": [],
        "duration": len(sound) / RATE,
        "about": {"language": language},
    }
    path = out / f"{name}.truth.json"
    path.write_text(json.dumps(truth, ensure_ascii=False, indent=1), "utf-8")
    return path
