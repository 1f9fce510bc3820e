"""Measures for clips of a movie with a burned-in timecode: its picture, its sound and the times of the words."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import opentimelineio as otio
from numpy.typing import NDArray

SPARE = 0.030
"""Seconds of room that a clip must have before its first and after its last word."""
AROUND = 12
"""How many source frames on each side of the in-point a clip's first picture is compared with."""
MOST_DELAY = 0.05
"""Seconds by which the sound is shifted to find the best fit."""

Word = tuple[str, float, float]


@dataclass(frozen=True)
class Planted:
    """A quote, and which words of the truth it consists of, in spoken order."""

    text: str
    first: int
    last: int


@dataclass(frozen=True)
class Measured:
    """The measurements of one clip.

    off: frames between the first picture and the one that the list names. delay: seconds by which the sound is late.
    before, after: seconds of room before the first word and after the last. heard: other words whose centre is in the
    clip. possible: whether any frames leave the words their room and keep out the centres of all other words.
    """

    quote: str
    off: int
    delay: float
    before: float
    after: float
    heard: tuple[str, ...]
    possible: bool

    @property
    def whole(self) -> bool:
        """Whether its words have their room, and no other word is heard."""
        return self.before >= SPARE and self.after >= SPARE and not self.heard


def spoken_words(truth: Path, until: float) -> list[list[list[Word]]]:
    """Return the words that end before `until` seconds, with their times, by line and by sentence."""
    lines = [line for line in json.loads(truth.read_text("utf-8"))["lines"] if line["spoken"]]
    kept = [
        [[tuple(word) for word in sentence["words"] if word[1] is not None] for sentence in line["sentences"]]
        for line in lines
        if line["end"] < until
    ]
    return kept


def sentence_quotes(lines: Sequence[Sequence[Sequence[Word]]], count: int, seed: int) -> list[Planted]:
    """Return quotes of one to three whole sentences of a line, at least four words each, none said twice."""
    spans = []
    at = 0
    for line in lines:
        edges = [at]
        for sentence in line:
            edges.append(edges[-1] + len(sentence))
        spans += [(first, last) for first in edges[:-1] for last in edges if first < last <= first + 1000]
        at = edges[-1]
    return _chosen(lines, [span for span in spans if 4 <= span[1] - span[0] <= 60], count, seed)


def word_quotes(lines: Sequence[Sequence[Sequence[Word]]], count: int, seed: int) -> list[Planted]:
    """Return quotes of five to twenty words of a line, beginning and ending anywhere, none said twice."""
    spans = []
    at = 0
    for line in lines:
        end = at + sum(map(len, line))
        spans += [
            (first, last) for first in range(at, end) for last in range(first + 5, min(end, first + 20) + 1)
        ]
        at = end
    return _chosen(lines, spans, count, seed)


def _chosen(
    lines: Sequence[Sequence[Sequence[Word]]], spans: list[tuple[int, int]], count: int, seed: int
) -> list[Planted]:
    words = [word[0] for line in lines for sentence in line for word in sentence]
    whole = f" {_plain(' '.join(words))} "
    chosen = []
    for first, last in random.Random(seed).sample(spans, len(spans)):
        text = " ".join(words[first:last])
        if whole.count(f" {_plain(text)} ") == 1:
            chosen.append(Planted(text, first, last))
            if len(chosen) == count:
                break
    return chosen


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def measure(
    movie: Path, edl: Path, clips: Sequence[Path], words: Sequence[Word], quotes: Sequence[Planted]
) -> Iterator[Measured]:
    """Measure clips of a movie against a cut-list in the same order, and against the words' true times."""
    with av.open(str(movie)) as container:
        stream = container.streams.video[0]
        fps = Fraction(stream.average_rate or 0)
        label = stream.metadata["timecode"]
    start = otio.opentime.from_timecode(label, float(fps)).value
    timeline = otio.adapters.read_from_file(str(edl), rate=float(fps))
    events = [clip.source_range for clip in timeline.video_tracks()[0].find_clips()]
    for clip, event, quote in zip(clips, events, quotes, strict=True):
        first = round(event.start_time.value - start)
        begin, end = Fraction(first) / fps, Fraction(first + round(event.duration.value)) / fps
        yield Measured(
            quote.text,
            _shown(clip, movie, first, fps) - first,
            _delay(clip, movie, float(begin), float(end)),
            words[quote.first][1] - float(begin),
            float(end) - words[quote.last - 1][2],
            tuple(_heard(words, quote, float(begin), float(end))),
            _is_possible(words, quote, fps),
        )


def _heard(words: Sequence[Word], quote: Planted, begin: float, end: float) -> Iterator[str]:
    for place, (text, start, stop) in enumerate(words):
        if not quote.first <= place < quote.last and begin < (start + stop) / 2 < end:
            yield text


def _is_possible(words: Sequence[Word], quote: Planted, fps: Fraction) -> bool:
    """Return whether frames exist that leave both edge words their room without the centre of a neighbouring word."""
    first = float(np.floor((words[quote.first][1] - SPARE) * float(fps)) / float(fps))
    last = float(np.ceil((words[quote.last - 1][2] + SPARE) * float(fps)) / float(fps))
    before = words[quote.first - 1] if quote.first else ("", -1.0, -1.0)
    after = words[quote.last] if quote.last < len(words) else ("", 1e9, 1e9)
    return (before[1] + before[2]) / 2 <= first and last <= (after[1] + after[2]) / 2


def _shown(clip: Path, movie: Path, expected: int, fps: Fraction) -> int:
    """Return which frame of the movie a clip's first picture is: the most similar one."""
    with av.open(str(clip)) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="gray").astype(np.int16)
    alike: dict[int, float] = {}
    with av.open(str(movie)) as container:
        stream = container.streams.video[0]
        assert stream.time_base is not None
        container.seek(round(max(0, expected - AROUND) / fps / stream.time_base), stream=stream)
        for frame in container.decode(stream):
            assert frame.pts is not None
            number = round(frame.pts * stream.time_base * fps)
            if number > expected + AROUND:
                break
            if number >= expected - AROUND:
                alike[number] = float(
                    np.abs(frame.to_ndarray(format="gray").astype(np.int16) - picture).mean()
                )
    return min(alike, key=alike.__getitem__)


def _delay(clip: Path, movie: Path, begin: float, end: float) -> float:
    """Return by how many seconds a clip's sound lags the movie's, by cross-correlation."""
    here, rate = _sound(clip, 0.0, end - begin)
    there, same = _sound(movie, begin, end)
    assert rate == same
    length = min(len(here), len(there))
    here, there = here[:length], there[:length]
    size = 2 * length
    correlation = np.fft.irfft(np.fft.rfft(here, size) * np.conj(np.fft.rfft(there, size)), size)
    most = round(MOST_DELAY * rate)
    shifts = np.concatenate((correlation[-most:], correlation[: most + 1]))
    return float((int(np.argmax(shifts)) - most) / rate)


def _sound(path: Path, begin: float, end: float) -> tuple[NDArray[np.float64], int]:
    """Return the sound between two times, decoded from the start of the file, since seeking can't be trusted."""
    pieces: list[Any] = []
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        rate = stream.codec_context.sample_rate
        for frame in container.decode(stream):
            assert frame.time is not None
            if frame.time > end + 1:
                break
            if frame.time > begin - 1:
                pieces.append((frame.time, frame.to_ndarray().astype(np.float64).mean(axis=0)))
    sound = np.zeros(round((end - begin + 4) * rate))
    for time, samples in pieces:
        place = round((time - begin + 2) * rate)
        sound[max(0, place) : place + len(samples)] = samples[max(0, -place) : len(sound) - place]
    return sound[2 * rate : 2 * rate + round((end - begin) * rate)], rate
