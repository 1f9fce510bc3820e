"""The words of an alignment to be captioned: each with a time, in utterances of one speaker without a long pause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from asdelivered.align.document.alignment import AlignedLine
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cueing.units import joins, parts_of

UNTIMED_SPEED = 20
"""Characters a second at which words without a time go by."""


@dataclass(frozen=True)
class SpokenWord:
    """A word to show, milliseconds; `opens_line` where a line of the transcript begins."""

    text: str
    start: int
    end: int
    opens_line: bool = False
    glued: bool = False
    """Whether it follows the word before without a blank, as in Chinese."""


@dataclass(frozen=True)
class Utterance:
    """What one speaker says in one go."""

    speaker: str | None
    turn: str
    words: tuple[SpokenWord, ...]


def utterances(lines: Sequence[AlignedLine], longest_pause: int) -> list[Utterance]:
    """Return the utterances of the lines that have a time: cut at new turns, at unspoken lines, at long pauses.

    `longest_pause` is in milliseconds. Times never go back: speakers interrupt each other, captions do not.
    """
    found: list[Utterance] = []
    words: list[SpokenWord] = []
    turn: tuple[str, str | None] | None = None
    latest = TimeSpan(0, 0)

    def close() -> None:
        if words and turn is not None:
            found.append(Utterance(turn[1], turn[0], tuple(words)))
        words.clear()

    for line in lines:
        placed = _placed(line)
        if not placed:
            close()
            turn = None
            continue
        for word in placed:
            start = max(word.start, latest.start)
            end = max(word.end, start)
            if turn != (line.turn, line.speaker) or start - latest.end >= longest_pause:
                close()
                turn = (line.turn, line.speaker)
            # Between the lines of a text in Chinese or Japanese stands no blank.
            glued = word.glued or (bool(words) and word.opens_line and joins(words[-1].text, word.text))
            words.append(replace(word, start=start, end=end, glued=glued))
            latest = TimeSpan(start, max(end, latest.end))
    close()
    return found


def _placed(line: AlignedLine) -> list[SpokenWord]:
    """Return the line's words, each with a time; none where the line has no time.

    Words without a time follow the word before them as fast as they can be read, or faster where the next word
    comes sooner; the pause after a dash stays a pause. Where no word has a time, the words share the line's.
    """
    if line.span is None or not line.words:
        return []
    known = [word.span for word in line.words if word.span is not None]
    begin, end = (known[0].start, known[-1].end) if known else (line.span.start, line.span.end)
    following = _next_starts(line, end)
    words: list[SpokenWord] = []
    for timed, group in groupby(line.words, lambda word: word.span is not None):
        if timed:
            words += [
                SpokenWord(word.text, word.span.start, word.span.end)
                for word in group
                if word.span is not None
            ]
            continue
        texts = [word.text for word in group]
        start = words[-1].end if words else begin
        sizes = list(accumulate((len(text) + 1 for text in texts), initial=0))
        room = max(0, following[len(words)] - start)
        if known:
            room = min(room, 1000 * sizes[-1] // UNTIMED_SPEED)
        bounds = [start + room * size // sizes[-1] for size in sizes]
        words += [SpokenWord(text, *times) for text, times in zip(texts, pairwise(bounds), strict=True)]
    words = [part for word in words for part in _parts(word)]
    return [replace(words[0], opens_line=True), *words[1:]]


def _parts(word: SpokenWord) -> list[SpokenWord]:
    """Return the parts of a word between which a line may break; they share its time by their lengths."""
    texts = parts_of(word.text)
    if len(texts) == 1:
        return [word]
    sizes = list(accumulate(map(len, texts), initial=0))
    bounds = [word.start + (word.end - word.start) * size // sizes[-1] for size in sizes]
    return [
        SpokenWord(text, *times, glued=number > 0)
        for number, (text, times) in enumerate(zip(texts, pairwise(bounds), strict=True))
    ]


def _next_starts(line: AlignedLine, end: int) -> list[int]:
    """Return for each word when the next word with a time, from it on, begins; `end` where there is none."""
    starts = [end]
    for word in reversed(line.words):
        starts.append(starts[-1] if word.span is None else word.span.start)
    return starts[:0:-1]
