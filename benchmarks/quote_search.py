"""How well and how fast a quote is found: `python benchmarks/quote_search.py PAGE [--other TEXT ...]`.

Quotes are drawn from the page and mangled at random. Lines of other texts, which are not on the page, show how often
something absent is found.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Annotated

import typer
from mangling import MangledQuote, mangle, respell, say_numbers

from asdelivered.transcripts.quoting.search import QuoteIndex, QuoteMatch, find_quote, index_tokens
from asdelivered.transcripts.read import read_transcript

NEAR = 2
"""Tokens by which each end of the span may be off: an error there can't be distinguished from the text."""


@dataclass(frozen=True)
class Findings:
    """How many of `quotes` quotes were found in the right place first, and processor time in seconds."""

    quotes: int
    right: int
    exact: int
    nothing: int
    slowest: float
    total: float


def is_right(match: QuoteMatch, quote: MangledQuote) -> bool:
    """Return whether a match is the span that the quote was drawn from."""
    return abs(match.first - quote.first) <= NEAR and abs(match.last - quote.last) <= NEAR


def search(index: QuoteIndex, quotes: Iterable[MangledQuote]) -> Findings:
    """Search for each quote, and count."""
    seconds: list[float] = []
    right = exact = nothing = 0
    for quote in quotes:
        began = time.process_time()
        found = find_quote(index, quote.text)
        seconds.append(time.process_time() - began)
        nothing += not found
        right += bool(found) and is_right(found[0], quote)
        exact += bool(found) and (found[0].first, found[0].last) == (quote.first, quote.last)
    return Findings(len(seconds), right, exact, nothing, max(seconds), sum(seconds))


def false_finds(index: QuoteIndex, sentences: Iterable[str]) -> list[str]:
    """Return the sentences for which something was found."""
    return [sentence for sentence in sentences if find_quote(index, sentence)]


def spoken_tokens(page: Path) -> list[str]:
    """Return the tokens of all spoken lines of a page."""
    return [token.text for _, line in read_transcript(page).spoken_lines() for token in line.tokens]


def ten_hours(tokens: Sequence[str], random: Random, words: int = 84_000) -> list[str]:
    """Return a long text: `tokens`, then their clauses in other orders, as a long event repeats itself."""
    long = list(tokens)
    clauses = [list(tokens[at : at + 4]) for at in range(0, len(tokens), 4)]
    while len(long) < words:
        random.shuffle(clauses)
        long += [word for clause in clauses for word in clause]
    return long[:words]


def main(
    page: Path,
    other: Annotated[
        list[Path] | None, typer.Option(help="A text, a sentence a line, that is not in it.")
    ] = None,
    quotes: int = 500,
    seed: int = 1,
    language: str = "en",
) -> None:
    """Print the figures for a page."""
    random = Random(seed)
    tokens = spoken_tokens(page)
    index = index_tokens(tokens, language)
    for shortest, longest in ((8, 30), (5, 7), (3, 4)):
        drawn = [mangle(random, tokens, shortest, longest) for _ in range(quotes)]
        found = search(index, drawn)
        print(
            f"{found.quotes} quotes of {shortest} to {longest} words in {len(tokens)}: "
            f"right {found.right / found.quotes:.1%}, exact {found.exact / found.quotes:.1%}, "
            f"nothing found {found.nothing}; {_times(found)}"
        )
        for spoilt in range(4):
            of_these = search(index, [quote for quote in drawn if quote.spoilt == spoilt])
            print(
                f"  {spoilt} words changed: right {of_these.right / of_these.quotes:.1%} of {of_these.quotes}, "
                f"nothing found {of_these.nothing}"
            )
    spelt = [quote for _ in range(quotes) if (quote := respell(random, tokens)) is not None]
    found = search(index, spelt)
    print(
        f"{found.quotes} quotes spelt differently: right {found.right / found.quotes:.1%}, "
        f"exact {found.exact / found.quotes:.1%}; {_times(found)}"
    )
    drawn = (say_numbers(random, tokens, language) for _ in range(1000 * quotes))
    said = [quote for quote, _ in zip(filter(None, drawn), range(quotes), strict=False)]
    if said:
        found = search(index, said)
        print(
            f"{found.quotes} quotes with numbers in words: right {found.right / found.quotes:.1%}, "
            f"exact {found.exact / found.quotes:.1%}; {_times(found)}"
        )
    for file in other or []:
        sentences = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        wrong = false_finds(index, sentences)
        print(
            f"{len(sentences)} sentences of {file.name}: {len(wrong)} found although absent",
            *wrong,
            sep="\n  ",
        )
    long = ten_hours(tokens, random)
    began = time.process_time()
    found = search(index_tokens(long, language), [mangle(random, tokens) for _ in range(1000)])
    print(f"{len(long)} words, 1000 quotes: {time.process_time() - began:.1f} s in all; {_times(found)}")


def _times(found: Findings) -> str:
    return f"mean {found.total / found.quotes * 1000:.1f} ms, slowest {found.slowest * 1000:.1f} ms"


if __name__ == "__main__":
    typer.run(main)
