"""The words of an alignment to be captioned: each with a time, in utterances of one speaker without a long pause."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise

from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Phrase, without_label
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
    numbers: tuple[int, int] = (-1, -1)
    """Its number among all units of the alignment, and one past its last: a sound in brackets has several."""


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
    count = 0

    def close() -> None:
        if words and turn is not None:
            found.append(Utterance(turn[1], turn[0], tuple(words)))
        words.clear()

    for line in lines:
        said = without_label(line)
        count += _parts_in(line.words[: len(line.words) - len(said.words)])
        placed = _placed(said)
        if not placed:
            close()
            turn = None
            count += _parts_in(said.words)
            continue
        for number, word in enumerate(placed, start=count):
            start = max(word.start, latest.start)
            end = max(word.end, start)
            if turn != (line.turn, line.speaker) or start - latest.end >= longest_pause:
                close()
                turn = (line.turn, line.speaker)
            # Between the lines of a text in Chinese or Japanese stands no blank.
            glued = word.glued or (bool(words) and word.opens_line and joins(words[-1].text, word.text))
            words.append(replace(word, start=start, end=end, glued=glued, numbers=(number, number + 1)))
            latest = TimeSpan(start, max(end, latest.end))
        count += len(placed)
    close()
    return found


def in_order(lines: Sequence[AlignedLine]) -> Sequence[AlignedLine]:
    """Return the lines in the order in which they begin, where speakers have a channel each; else as they are.

    A line without a time stays behind the one before it.
    """
    if all(line.channel is None for line in lines):
        return lines
    starts: list[int] = []
    for line in lines:
        starts.append(line.span.start if line.span else starts[-1] if starts else 0)
    return [
        line
        for _, _, line in sorted(zip(starts, range(len(lines)), lines, strict=True), key=lambda one: one[:2])
    ]


def _parts_in(words: Iterable[AlignedWord]) -> int:
    return sum(len(parts_of(word.text)) for word in words)


def joined(said: Sequence[Utterance], ranges: Sequence[tuple[int, int]]) -> list[Utterance]:
    """Return the utterances, those of a turn joined that share a range of words, by number, which is not to be cut."""
    made: list[Utterance] = []
    for one in said:
        start = one.words[0].numbers[0]
        if (
            made
            and made[-1].turn == one.turn
            and made[-1].speaker == one.speaker
            and any(first < start < last for first, last in ranges)
        ):
            made[-1] = replace(made[-1], words=(*made[-1].words, *one.words))
        else:
            made.append(one)
    return made


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
    words = [
        part
        for word, source in zip(words, line.words, strict=True)
        for part in _parts(word, source.timed_phrases)
    ]
    return [replace(words[0], opens_line=True), *words[1:]]


def _parts(word: SpokenWord, phrases: Sequence[Phrase]) -> list[SpokenWord]:
    """Return the parts of a word between which a line may break; they share its time by its phrases and by lengths."""
    texts = parts_of(word.text)
    if len(texts) == 1:
        return [word]
    sizes = list(accumulate(map(len, texts), initial=0))
    ends = list(accumulate((len(one.text) for one in phrases), initial=0))[1:]
    if not phrases:
        phrases, ends = [Phrase(word.text, TimeSpan(word.start, word.end))], [len(word.text)]

    def moment(number: int, place: int) -> int:
        """Return when the characters up to a place, which is in the phrase of this number or at its end, were said."""
        said = phrases[number]
        return said.span.start + said.span.duration * (place - ends[number] + len(said.text)) // len(
            said.text
        )

    return [
        SpokenWord(
            text,
            moment(bisect_right(ends, begin), begin),
            moment(bisect_left(ends, end), end),
            glued=number > 0,
        )
        for number, (text, (begin, end)) in enumerate(zip(texts, pairwise(sizes), strict=True))
    ]


def _next_starts(line: AlignedLine, end: int) -> list[int]:
    """Return for each word when the next word with a time, from it on, begins; `end` where there is none."""
    starts = [end]
    for word in reversed(line.words):
        starts.append(starts[-1] if word.span is None else word.span.start)
    return starts[:0:-1]
