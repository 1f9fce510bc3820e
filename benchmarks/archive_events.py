"""Random events for an archive: any number of them, no sentence twice, the same number always the same event.

Words are as frequent as in a real language (Zipf's law): the commonest are English, the others are made of syllables,
and each event has words of its own subject. Some formulas occur in many events.
"""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    EngineInfo,
    RecordingSource,
    Status,
    TranscriptSource,
)
from asdelivered.align.document.alignment_json import to_json
from asdelivered.archive.event import EventInfo
from asdelivered.base.span import TimeSpan

WORDS = 8000
"""Words per event."""
_VOCABULARY = 40_000
_COMMON = """
the of and to in that is we for it this are be have with as on not our they will but was you i by at from an which
has all can their or what who more one there if been do so would about must its also when people these no out us them
time new now than only up how some into very just because make other many should those need first over work country
year world may well years even way last say today before while most where between both through every state am take
again such here against government were same part being under know law right great two think any good come help did
want within cannot still since keep support future like together never after already together members president
"""
_FORMULAS = ("Thank you very much.", "I now give the floor to the next speaker.", "We can do it again.")
_SYLLABLES = tuple("".join(pair) for pair in itertools.product("bdfgklmnprstvz", "aeiou"))


@functools.cache
def vocabulary() -> tuple[np.ndarray, np.ndarray]:
    """Return the words, the commonest first, and the cumulative sums of their frequencies."""
    random = Random(9)
    words: list[str] = list(dict.fromkeys(_COMMON.split()))
    known = set(words)
    while len(words) < _VOCABULARY:
        word = (
            "".join(random.choices(_SYLLABLES, k=random.choice((2, 2, 3, 3, 4))))
            + random.choice("nrst ").strip()
        )
        if word not in known:
            known.add(word)
            words.append(word)
    shares = 1 / (np.arange(len(words)) + 2.7)
    return np.array(words), np.cumsum(shares / shares.sum())


def make_event(number: int, words: int = WORDS) -> tuple[Alignment, EventInfo]:
    """Return the event with this number; it has at least `words` words."""
    random = np.random.default_rng(number)
    names = [f"Speaker {random.integers(2000)}" for _ in range(3)]
    tokens = iter(_tokens(random, words))
    lines: list[AlignedLine] = []
    count, clock, turn, speaker = 0, 1000, 0, names[0]
    while count < words:
        if random.random() < 0.15:
            turn, speaker = turn + 1, names[int(random.integers(3))]
        text = " ".join(_sentence(random, tokens) for _ in range(int(random.integers(1, 3))))
        if random.random() < 0.01:
            text = _FORMULAS[int(random.integers(len(_FORMULAS)))]
        line, clock = _line(len(lines), turn, speaker, text, clock, random)
        count += len(line.words)
        lines.append(line)
    alignment = Alignment(
        TranscriptSource(f"page-{number}.txt", f"{number:064x}", f"Event {number}", "en"),
        RecordingSource(f"recording-{number}.opus", f"{number + 2**40:064x}", clock + 1000),
        EngineInfo("made up", "1", {}),
        tuple(lines),
        (),
        "2026-11-24T10:00:00+00:00",
    )
    day = date(2005, 1, 1) + timedelta(days=number % 7300)
    return alignment, EventInfo(event_name(number), f"Event {number}", date=day)


def event_name(number: int) -> str:
    """Return the name of the event with this number."""
    return f"event-{number:05}"


def write_event(number: int, folder: Path, words: int = WORDS) -> Path:
    """Write the event with this number as an alignment file, and return its path."""
    alignment, info = make_event(number, words)
    path = folder / f"{info.name}.alignment.json"
    path.write_text(json.dumps(to_json(alignment), ensure_ascii=False), "utf-8")
    return path


def _tokens(random: np.random.Generator, words: int) -> list[str]:
    """Return words of a language, every fifth of them about the event's own subject."""
    known, sums = vocabulary()
    count = 2 * words + 200
    chosen = np.minimum(np.searchsorted(sums, random.random(count)), len(known) - 1)
    subject = random.integers(150, len(known), 300)
    own = random.random(count) < 0.2
    chosen[own] = subject[(300 * random.random(own.sum()) ** 2).astype(int)]
    return known[chosen].tolist()


def _sentence(random: np.random.Generator, tokens: Iterator[str]) -> str:
    words = list(itertools.islice(tokens, int(random.integers(6, 28))))
    if len(words) > 12:
        words[len(words) // 2] += ","
    return " ".join(words).capitalize() + "."


def _line(
    number: int, turn: int, speaker: str, text: str, clock: int, random: np.random.Generator
) -> tuple[AlignedLine, int]:
    tokens = text.split()
    lengths = random.integers(120, 520, len(tokens))
    ends = clock + np.cumsum(lengths)
    confidences = (random.integers(500, 1000, len(tokens)) / 1000).tolist()
    words = tuple(
        AlignedWord(token, Status.MATCHED, TimeSpan(int(end - length), int(end)), confidence)
        for token, end, length, confidence in zip(tokens, ends, lengths, confidences, strict=True)
    )
    span = TimeSpan(clock, int(ends[-1]))
    line = AlignedLine(
        f"L{number:04}",
        f"T{turn:03}",
        speaker,
        text,
        Status.MATCHED,
        span,
        round(sum(confidences) / len(tokens), 3),
        words,
    )
    return line, int(ends[-1]) + int(random.integers(100, 900))
