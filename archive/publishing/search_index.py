"""The search of a published site, for any web server: an inverted index in small JSON files that search.js reads.

    search/index.json      the number of lines, where each event and each year begins, and where each file of terms does
    search/terms-N.json    a shard: terms in alphabetical order, each with the lines that have it
    search/words-N.json    all words in alphabetical order, for those that are misspelt
    search/events-N.json   ten events: page, title, day, recording, speakers, first lines of text files, turns
    events/NAME/text-N.json  lines of an event: text, speaker, start and end in ms, and the id on its page

Lines are counted over the whole site, those of the latest event first. A term is a word without accents, case and
punctuation, an emoji, or a pair of short words, which tell "we can do it" from lines that have all four words
somewhere. The lines of a term are counted from one another, in base 36, at most the latest 2,000 of them, after their
full number. A speaker is a term, too, whose lines are ranges. The alphabet is that of JavaScript, by UTF-16.
"""

from __future__ import annotations

import itertools
import json
import operator
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from asdelivered.align.document.alignment import AlignedLine, Alignment, is_missing
from asdelivered.archive.event import StoredEvent
from asdelivered.archive.publishing.anchors import line_anchors
from asdelivered.archive.publishing.pages import day

FOLDER = "search"
MOST_LINES = 2000
"""The latest lines that have a term, at most so many."""
SHORT = 4
"""Letters of a word that makes a pair with a short neighbour."""
SHARD = 6000
"""Bytes of a shard, unless there would be more than `MOST_SHARDS`."""
MOST_SHARDS = 4000
TEXT = 3000
"""Characters of a file with lines."""
WORDS = 6000
"""Characters of a file with words."""
EVENTS_PER_FILE = 10
LONGEST_TERM = 40
NAMES = re.compile(r"(?:terms|words|events|text)-\d+\.json|index\.json")
"""Names of files of the index."""

# Scripts that put no space between words: each of their characters is a word, and so is a picture.
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"
_TOKEN = re.compile(rf"[{_CJK}{_EMOJI}]|[^\s{_CJK}{_EMOJI}]+")
_PICTURE = re.compile(f"[{_EMOJI}]")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class SearchIndex:
    """Collects the events of a site, the latest first, and then makes the files of its index."""

    def __init__(self) -> None:
        self._lines = 0
        self._starts: list[int] = []
        self._events: list[list[Any]] = []
        self._postings: dict[str, array[int]] = {}
        self._counts: dict[str, int] = {}
        self._speakers: dict[str, list[tuple[int, int]]] = {}

    def add(self, event: StoredEvent, place: str, alignment: Alignment, url: str | None) -> dict[str, bytes]:
        """Add the next event; return the files with its lines, by name, for its folder.

        `place` is the address of its page from the root of the site; `url` the recording's, if a page can play it.
        """
        start = self._lines
        speakers = [*dict.fromkeys(line.speaker for line in alignment.lines if line.speaker)]
        for number, line in enumerate(alignment.lines, start):
            for term in set(terms_of(line.text)):
                count = self._counts[term] = self._counts.get(term, 0) + 1
                if count <= MOST_LINES:
                    self._postings.setdefault(term, array("I")).append(number)
        self._add_speakers(alignment.lines, start)
        files, firsts = _texts(alignment.lines, speakers)
        info = event.info
        turns = _turns(alignment.lines, speakers)
        self._events.append([place, info.title or info.name, day(info), url, speakers, firsts, turns])
        self._starts.append(start)
        self._lines += len(alignment.lines)
        return files

    def _add_speakers(self, lines: Sequence[AlignedLine], start: int) -> None:
        at = start
        for speaker, own in itertools.groupby(line.speaker for line in lines):
            length = sum(1 for _ in own)
            if speaker:
                self._speakers.setdefault(speaker, []).append((at, length))
            at += length

    def files(self) -> dict[str, bytes]:
        """Return the files of the folder of the index, by name."""
        rows = [(term, self._of_term(term)) for term in self._postings]
        rows += [(f"@{name}", _ranges(ranges)) for name, ranges in self._speakers.items()]
        rows.sort(key=lambda row: _alphabetical(row[0]))
        shards = [*_sharded(rows)]
        words = [*_parted([term for term, _ in rows if " " not in term and not term.startswith("@")])]
        events = [
            self._events[at : at + EVENTS_PER_FILE] for at in range(0, len(self._events), EVENTS_PER_FILE)
        ]
        index = {
            "version": 2,
            "lines": self._lines,
            "starts": _gaps(self._starts),
            "years": self._years(),
            "shards": _openings([(shard[0][0], shard[-1][0]) for shard in shards]),
            "words": _openings([(some[0], some[-1]) for some in words]),
            "per_file": EVENTS_PER_FILE,
        }
        return {
            "index.json": _json(index),
            **{f"terms-{number}.json": _json(dict(shard)) for number, shard in enumerate(shards)},
            **{f"words-{number}.json": _json(some) for number, some in enumerate(words)},
            **{f"events-{number}.json": _json(some) for number, some in enumerate(events)},
        }

    def _years(self) -> list[tuple[str, int]]:
        """Return each year ("": no date) with the number of its first event."""
        years = [event[2][:4] for event in self._events]
        return [
            (year, number) for number, year in enumerate(years) if number == 0 or years[number - 1] != year
        ]

    def _of_term(self, term: str) -> str:
        return f"{_base36(self._counts[term])}:{_gaps(self._postings[term])}"


def terms_of(text: str) -> Iterator[str]:
    """Yield the terms of a line: its words, and the pairs of its short words."""
    before = None
    for token in _TOKEN.findall(text):
        word = plain(token)
        if word:
            yield word
            if before is not None and len(before) <= SHORT and len(word) <= SHORT:
                yield f"{before} {word}"
            before = word


@lru_cache(maxsize=1 << 16)
def plain(token: str) -> str:
    """Return a word without accents, case and punctuation."""
    folded = unicodedata.normalize("NFKD", token).lower()
    letters = (char for char in folded if unicodedata.category(char)[0] in "LN" or _PICTURE.match(char))
    return "".join(letters)[:LONGEST_TERM]


def _texts(lines: Sequence[AlignedLine], speakers: Sequence[str]) -> tuple[dict[str, bytes], list[int]]:
    """Return the files with the lines of an event, and the number of the first line in each."""
    numbers = {speaker: number for number, speaker in enumerate(speakers)}
    rows = [
        [
            line.text,
            numbers[line.speaker] if line.speaker else None,
            *((line.span.start, line.span.end) if line.span else (None, None)),
            anchor,
            *([] if line.span or is_missing(line) else [1]),  # no speech, as the recording showed
        ]
        for line, anchor in zip(lines, line_anchors(lines), strict=True)
    ]
    firsts: list[int] = []
    size = TEXT
    for number, line in enumerate(lines):
        if size >= TEXT:
            firsts.append(number)
            size = 0
        size += len(line.text)
    ends = [*firsts[1:], len(rows)]
    files = {
        f"text-{number}.json": _json(rows[first:end])
        for number, (first, end) in enumerate(zip(firsts, ends, strict=False))
    }
    return files, firsts


def _turns(lines: Sequence[AlignedLine], speakers: Sequence[str]) -> str:
    """Return who says the lines of an event: speaker (empty: nobody named) and number of lines, in base 36."""
    numbers: dict[str | None, str] = {speaker: _base36(number) for number, speaker in enumerate(speakers)}
    return ",".join(
        f"{numbers.get(speaker, '')},{_base36(sum(1 for _ in own))}"
        for speaker, own in itertools.groupby(line.speaker for line in lines)
    )


def _sharded(rows: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Yield the rows in parts of nearly the same size."""
    most = max(SHARD, sum(len(term) + len(data) for term, data in rows) // MOST_SHARDS)
    shard: list[tuple[str, str]] = []
    size = 0
    for term, data in rows:
        if shard and size + len(data) > most:
            yield shard
            shard, size = [], 0
        shard.append((term, data))
        size += len(term) + len(data)
    if shard:
        yield shard


def _parted(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield the words in parts of nearly `WORDS` characters."""
    ends = itertools.accumulate(len(word) + 3 for word in words)
    for _, some in itertools.groupby(zip(words, ends, strict=True), lambda one: one[1] // WORDS):
        yield [word for word, _ in some]


def _openings(ends: Sequence[tuple[str, str]]) -> list[str]:
    """Return for each file, of which the first and the last term are given, what comes after all of the file before.

    It is as much of its first term as tells it from that.
    """
    befores = ["", *(last for _, last in ends)]
    return [
        first[: sum(itertools.takewhile(bool, map(operator.eq, before, first))) + 1]
        for before, (first, _) in zip(befores, ends, strict=False)
    ]


def _alphabetical(term: str) -> bytes:
    """Return a key for sorting terms as JavaScript compares them."""
    return term.encode("utf-16-be", "surrogatepass")


def _gaps(numbers: Iterable[int]) -> str:
    """Return ascending numbers, each as what it adds to the one before, in base 36."""
    return ",".join(_base36(b - a) for a, b in itertools.pairwise((0, *numbers)))


def _ranges(ranges: Sequence[tuple[int, int]]) -> str:
    """Return ranges of lines as the gap before each and its length, in base 36."""
    ends = [0, *(start + length for start, length in ranges)]
    return ",".join(
        f"{_base36(start - end)},{_base36(length)}"
        for end, (start, length) in zip(ends, ranges, strict=False)
    )


def _base36(number: int) -> str:
    digits = ""
    while number >= 36:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return _DIGITS[number] + digits


def _json(value: Mapping[str, Any] | Sequence[Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
