"""Quotes in an archive: right event and line first, nothing where nothing is. Figures: benchmarks/archive.py."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from archive_events import make_event
from mangling import WRONG_WORDS, mangle

from asdelivered.align.document.quotes import find_quotes
from asdelivered.archive.database import opened, reading
from asdelivered.archive.filters import Filters
from asdelivered.archive.search import ArchiveHit, find_in_archive
from asdelivered.base.span import TimeSpan

from .conftest import EVENTS, WORDS


@pytest.fixture
def find(big: Path) -> Iterator:
    with opened(big) as connection, reading(connection):
        yield lambda quote, limit=5, **filters: find_in_archive(connection, quote, limit, Filters(**filters))


def tokens_of(number: int) -> tuple[list[str], list[str]]:
    alignment, _ = make_event(number, WORDS)
    words = [(word.text, line.id) for line in alignment.lines for word in line.words]
    return [text for text, _ in words], [line for _, line in words]


def test_mangled_quotes_are_found_first(find) -> None:
    random = Random(4)
    right = 0
    for _ in range(150):
        number = random.randrange(EVENTS)
        tokens, lines = tokens_of(number)
        quote = mangle(random, tokens)
        hits: tuple[ArchiveHit, ...] = find(quote.text)
        if hits and hits[0].event.info.name == f"event-{number:05}":
            right += lines[quote.first] in hits[0].quote.lines
    assert right >= 148


def test_what_one_event_has_the_archive_has_and_nothing_else(find) -> None:
    """Quotes that are spoilt until hardly anything is left: `find` on the event's alignment is the judge."""
    random = Random(6)
    found, agreed = 0, 0
    for _ in range(150):
        number = random.randrange(EVENTS)
        alignment, info = make_event(number, WORDS)
        tokens = [word.text for line in alignment.lines for word in line.words]
        count = random.randint(3, 25)
        first = random.randrange(len(tokens) - count)
        spoilt = random.uniform(0, 0.75)
        quote = " ".join(
            random.choice((*WRONG_WORDS, token[1:] + "x")) if random.random() < spoilt else token
            for token in tokens[first : first + count]
        )
        alone = find_quotes(alignment, quote, 1)
        among = [hit.quote for hit in find(quote, 1, event=info.name) if hit.event.info == info]
        agreed += [one.lines for one in alone] == [one.lines for one in among]
        found += bool(alone)
        for one, other in zip(alone, among, strict=False):
            assert abs(one.score - other.score) < 0.02
    assert 50 < found < 140
    assert agreed >= 149


def test_exact_quotes_have_their_words_and_times(find) -> None:
    for number in (0, 99, EVENTS - 1):
        alignment, info = make_event(number, WORDS)
        line = next(line for line in alignment.lines if len(line.words) > 12)
        words = line.words[2:12]
        (hit,) = find(" ".join(word.text for word in words), 1)
        assert hit.event.info == info
        assert hit.quote.score == 1
        assert hit.quote.lines == (line.id,)
        first, last = words[0].span, words[-1].span
        assert first is not None
        assert last is not None
        assert hit.quote.span == TimeSpan(first.start, last.end)
        assert hit.quote.speakers == (line.speaker,)


def test_what_nobody_said_is_not_found(find) -> None:
    random = Random(5)
    found = 0
    for number in range(100):
        tokens, _ = tokens_of(10**6 + number)
        first = random.randrange(len(tokens) - 20)
        found += bool(find(" ".join(tokens[first : first + random.randint(8, 20)])))
    assert found <= 1
    assert find("–") == find("") == find("word " * 1001) == ()


def test_common_words_in_their_order_are_found(find) -> None:
    hits = find("we can do it again", 20)
    assert len(hits) == 20
    assert {hit.quote.text for hit in hits} <= {"We can do it again."}
    days = [hit.event.info.date for hit in hits]
    assert days == sorted(days, reverse=True)


def test_a_quote_over_the_edge_of_blocks_and_lines(find) -> None:
    tokens, _ = tokens_of(7)
    for first in range(50, 80, 5):
        (hit,) = find(" ".join(tokens[first : first + 30]), 1)
        assert (hit.event.info.name, hit.quote.score) == ("event-00007", 1)


def test_a_long_quote(find) -> None:
    tokens, _ = tokens_of(11)
    (hit,) = find(" ".join(tokens[100:700]), 1)
    assert hit.event.info.name == "event-00011"
    assert hit.quote.score > 0.99


@pytest.mark.parametrize("name", ["event-00003", "EVENT 3"])
def test_by_event(name: str, find) -> None:
    for hit in find("we can do it again", 50, event=name):
        assert hit.event.info.name in ("event-00003", *(f"event-{n:05}" for n in (*range(30, 40),)))
    tokens, _ = tokens_of(3)
    assert find(" ".join(tokens[:12]), event=name)
    assert not find(" ".join(tokens[:12]), event="event-00004")


def test_by_speaker(find) -> None:
    alignment, _ = make_event(5, WORDS)
    line = next(line for line in alignment.lines if len(line.words) > 12)
    quote = " ".join(word.text for word in line.words[:12])
    assert line.speaker is not None
    assert find(quote, speaker=line.speaker.upper())[0].quote.speakers == (line.speaker,)
    other = next(one.speaker for one in alignment.lines if one.speaker != line.speaker)
    assert find(quote, speaker=other) == ()
    assert find(quote, speaker="Nobody") == ()


def test_by_date(find) -> None:
    _, info = make_event(6, WORDS)
    tokens, _ = tokens_of(6)
    quote = " ".join(tokens[20:40])
    assert find(quote, since=info.date, until=info.date)
    assert not find(quote, until=date(2005, 1, 3))
    assert not find(quote, since=date(2025, 1, 1))
