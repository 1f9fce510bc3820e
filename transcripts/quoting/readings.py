"""The readings of a quote: its words, and what may stand for them in the text, as a lattice.

A number may be written or said, a contraction may be long or short, one word may be two, and what the quoter put in
(an attribution, a label, words in brackets) may be left out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from asdelivered.transcripts.languages import rules_of
from asdelivered.transcripts.quoting.contractions import AMBIGUOUS, CONTRACTIONS, german_long_forms
from asdelivered.transcripts.quoting.phrases import SAID_OTHERWISE, Phrases, Words, spoken_words
from asdelivered.transcripts.quoting.words import comparable_words, split_word

START = -1
"""In place of a word: the beginning of the quote."""

_ELLIPSIS = re.compile(r"[\[(<{]\s*(?:\.{2,}|…)\s*[\])>}]|\.{2,}|…|(?<=\s)(?:\.\s){2,}\.?")
_SIC = re.compile(r"\[(?:sic|!|\?)\]", re.IGNORECASE)
_LETTERS_IN_BRACKETS = re.compile(r"(?<=\w)\[(\w+)\]|\[(\w+)\](?=\w)")
_BRACKET = re.compile(r"\[[^\[\]]*\]")
_MARK = "\"“”„«»‘’'"
_BETWEEN = r"(?:[^\"“”„«»‘’'\n]|(?<=\w)['’](?=\w)){2,80}?"
"""What may stand between two quotations: no quotation mark, but apostrophes."""
_CLOSED = rf"(?:[,.;:!?–—-]\s?[{_MARK}]|[{_MARK}][,.;:!?]?)"
_ATTRIBUTIONS = (
    # "Every one of them," the Commissioner said, "is ready."
    re.compile(rf"{_CLOSED}(\s+{_BETWEEN}[,.:;–—-]\s*)(?=[{_MARK}])"),
    # The Commissioner said: "Every one of them is ready."
    re.compile(rf"^(\s*[^\s{_MARK}]{_BETWEEN}[,:]\s*)(?=[{_MARK}])"),
    # "Every one of them is ready," the Commissioner said.
    re.compile(rf"(?:[,!?–—-]\s?[{_MARK}]|[{_MARK}],)(\s+{_BETWEEN})$"),
)
_LABEL = re.compile(
    r"(?:^|(?<=[.!?…\"”»\n]\s)|(?<=\n))(?:[^\W\d_][\w.’'-]*\s){0,3}[^\W\d_][\w.’'-]*\s?:(?=\s)"
)
_DAY_ENDING = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
APOSTROPHE = re.compile(r"['’`´ʼ′]")
_WORD_AFTER = re.compile(r"\w")
_LEFT = 3
"""Tokens that a quote must have besides what the quoter put in."""
_MOST_EDGES = 6
"""Ways to read a token or a phrase."""


@dataclass(frozen=True)
class QuotedWord:
    """A word of a quote's lattice, for comparison.

    `before` are the words that may come right before it (`START` where it may be the first), `skipped` is how many
    words come before it at least. It stands for the quote's tokens from `first` up to, but not including, `last`.
    """

    text: str
    before: tuple[int, ...]
    skipped: int
    first: int
    last: int
    marked: bool
    """The quote marks that something is left out before it."""
    contracted: bool
    """It is a contraction of what was quoted: the same only where the text has an apostrophe."""


@dataclass(frozen=True)
class Reading:
    """A quote's tokens, and its lattice: words in an order in which each comes after those in its `before`.

    `last` are the words that may come last, `length` is how many words the shortest way has. `asides` are the runs of
    tokens that the quoter put in.
    """

    tokens: tuple[str, ...]
    words: tuple[QuotedWord, ...]
    last: tuple[int, ...]
    length: int
    asides: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Edge:
    """A way from one node to another; `first` and `last` are tokens, as in `QuotedWord`."""

    end: int
    words: Words
    first: int
    last: int
    contracted: bool = False


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int
    marked: bool


def read_quote(
    quote: str,
    vocabulary: Collection[str],
    follow: Callable[[str, str], bool],
    phrases: Phrases,
    language: str | None,
) -> Reading:
    """Return the readings of a quote that a text may have.

    `vocabulary` holds the text's words for comparison; `follow` says of two of them whether the second follows the
    first anywhere; `phrases` are the ways in which the text's words may be said, in its `language`.
    """
    text = _LETTERS_IN_BRACKETS.sub(lambda bracket: bracket[1] or bracket[2], _SIC.sub(" ", quote))
    tokens = _tokens(text)
    sounds = _sounds(tokens, language)
    nodes: list[int] = []
    """For each token the node where it begins; then the last node."""
    said: list[str] = []
    token_at: list[int] = []
    for place, forms in enumerate(sounds):
        nodes.append(len(said))
        said += forms[0] if forms else ()
        token_at += [place] * (len(forms[0]) if forms else 0)
    nodes.append(len(said))
    edges: list[dict[_Edge, None]] = [{} for _ in range(len(said) + 1)]
    for place, word in enumerate(said):
        edges[place][_Edge(place + 1, (word,), token_at[place], token_at[place] + 1)] = None
    for place, forms in enumerate(sounds):
        for form in forms[1:]:
            if form and all(word in vocabulary for word in form):
                edges[nodes[place]][_Edge(nodes[place + 1], form, place, place + 1)] = None
    for place, written in _dates(tokens, language):
        if all(word in vocabulary for word in written) and follow(*written):
            edges[nodes[place]][_Edge(nodes[place + 2], written, place, place + 2)] = None
    marked = {nodes[place] for place, token in enumerate(tokens) if token.marked}
    for start, edge in _phrase_edges(said, token_at, phrases):
        edges[start][edge] = None
    german = language is not None and language.partition("-")[0] == "de"
    for start, edge in _word_edges(said, token_at, marked, tokens, vocabulary, follow, german):
        edges[start][edge] = None
    asides = tuple(_asides(text, tokens))
    for first, last in asides:
        edges[nodes[first]][_Edge(nodes[last], (), first, last)] = None
        if tokens[first].text.startswith("["):
            marked.add(nodes[last])  # words in brackets may stand for others
    return _lattice(tuple(token.text for token in tokens), edges, marked, asides)


def _tokens(text: str) -> list[_Token]:
    """Return the tokens of a quote; an ellipsis is none, but marks the next token."""
    found: list[_Token] = []
    at, marked = 0, False
    for gap in [*_ELLIPSIS.finditer(text), None]:
        end = gap.start() if gap else len(text)
        for word in re.finditer(r"\S+", text[at:end]):
            found.append(_Token(word[0], at + word.start(), at + word.end(), marked and bool(found)))
            marked = marked and not comparable_words(word[0])
        at, marked = (gap.end() if gap else end), True
    return found


def _sounds(tokens: Sequence[_Token], language: str | None) -> list[tuple[Words, ...]]:
    """Return for each token the ways in which it may be compared: as it is said, likeliest first; then as written."""
    texts = [token.text for token in tokens]
    written: list[tuple[Words, ...]] = [(tuple(comparable_words(text)),) for text in texts]
    if language is None or not any(map(SAID_OTHERWISE.search, texts)):
        return written
    spoken = spoken_words(texts, language)
    return [
        tuple(dict.fromkeys([*forms, *plain])) if forms else plain
        for forms, plain in zip(spoken, written, strict=True)
    ]


def _dates(tokens: Sequence[_Token], language: str | None) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the place of each day beside a month, and the two the other way round: "March 1" is "1 March"."""
    months = rules_of(language).month_names if language is not None else frozenset()
    for place, (one, other) in enumerate(itertools.pairwise(tokens)):
        words = [_DAY_ENDING.sub("", token.text.lower()).strip(".,;:!?") for token in (one, other)]
        if any(word in months for word in words) and any(word.isdecimal() for word in words):
            first, second = (comparable_words(word) for word in words)
            if len(first) == len(second) == 1:
                yield place, (second[0], first[0])


def _phrase_edges(
    said: Sequence[str], token_at: Sequence[int], phrases: Phrases
) -> Iterator[tuple[int, _Edge]]:
    """Yield the ways to read the quote's words as the text has them."""
    for start in range(len(said)):
        for length in range(1, min(phrases.longest, len(said) - start) + 1):
            words = tuple(said[start : start + length])
            first, last = token_at[start], token_at[start + length - 1] + 1
            for table, contracted in ((phrases.written, False), (phrases.contracted, True)):
                for other in table.get(words, ())[:_MOST_EDGES]:
                    yield start, _Edge(start + length, other, first, last, contracted)


def _word_edges(
    said: Sequence[str],
    token_at: Sequence[int],
    marked: Collection[int],
    tokens: Sequence[_Token],
    vocabulary: Collection[str],
    follow: Callable[[str, str], bool],
    german: bool,
) -> Iterator[tuple[int, _Edge]]:
    """Yield the ways to read two words as one, one as two, a contraction as what it stands for, a sign's name as none.

    "war time" is "wartime" where the text has no "war time", and vice versa.
    """
    for place, word in enumerate(said):
        token = token_at[place]
        after = said[place + 1] if place + 1 < len(said) and place + 1 not in marked else ""
        known = word in vocabulary
        if (
            after
            and word + after in vocabulary
            and not (known and after in vocabulary and follow(word, after))
        ):
            yield place, _Edge(place + 2, (word + after,), token, token_at[place + 1] + 1)
        if not known and word in _NAMED_SIGNS and len(said) > 1:
            yield place, _Edge(place + 1, (), token, token + 1)
        elif not known and (parts := split_word(word, vocabulary, follow)):
            yield place, _Edge(place + 1, parts, token, token + 1)
        if word in CONTRACTIONS and (word not in AMBIGUOUS or APOSTROPHE.search(tokens[token].text)):
            longs = CONTRACTIONS[word]
        else:
            longs = german_long_forms(tokens[token].text) if german else ()
        for parts in longs:
            if all(part in vocabulary for part in parts) and follow(parts[0], parts[-1]):
                yield place, _Edge(place + 1, parts, token, token + 1)


_NAMED_SIGNS = frozenset(["dollar", "dollars", "euro", "euros", "pound", "pounds", "percent", "per", "cent"])
"""Words that a text may write as signs."""


def _asides(text: str, tokens: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    """Yield the runs of tokens that the quoter put in: attributions, labels, and words in brackets."""
    spans = [found.span(1) for pattern in _ATTRIBUTIONS for found in pattern.finditer(text)]
    spans += [found.span() for pattern in (_LABEL, _BRACKET) for found in pattern.finditer(text)]
    done = set()
    for start, end in sorted(spans):
        inside = [
            at
            for at, token in enumerate(tokens)
            if start <= token.start < end and not _WORD_AFTER.search(text, end, token.end)
        ]
        if inside and len(tokens) - len(inside) >= _LEFT and (run := (inside[0], inside[-1] + 1)) not in done:
            done.add(run)
            yield run


def _lattice(
    tokens: tuple[str, ...],
    edges: Sequence[Iterable[_Edge]],
    marked: Collection[int],
    asides: tuple[tuple[int, int], ...],
) -> Reading:
    """Return the words along the edges between nodes; all edges lead to later nodes."""
    ends: list[dict[int, None]] = [{} for _ in edges]
    """For each node the words that lead to it."""
    ends[0][START] = None
    depth = [0] + [len(edges) + 1000] * (len(edges) - 1)
    words: list[QuotedWord] = []
    for node, ways in enumerate(edges):
        for way in ways:
            before, skipped, gap = tuple(ends[node]), depth[node], node in marked
            for text in way.words:
                words.append(
                    QuotedWord(text, before, skipped, way.first, way.last, gap and node > 0, way.contracted)
                )
                before, skipped, gap = (len(words) - 1,), skipped + 1, False
            ends[way.end].update(dict.fromkeys(before))
            depth[way.end] = min(depth[way.end], skipped)
    last = tuple(end for end in ends[-1] if end != START)
    return Reading(tokens, tuple(words) if last else (), last, depth[-1], asides)
