"""The words of a caption in its file, between its markup: where their lines break, and where a caption is cut.

Places among the words are counted in characters that are seen and no white space, which no markup changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from asdelivered.subtitles.patching.place import CannotPatchError


class Piece(Enum):
    """What a piece of a caption's text is."""

    WORD = auto()
    BLANK = auto()
    BREAK = auto()
    OPENING = auto()
    """A tag that a later one closes."""
    CLOSING = auto()
    STANDING = auto()
    """Markup that holds until the end: an override of ASS."""
    MARK = auto()
    """Any other markup, which is seen as nothing."""


@dataclass(frozen=True)
class Token:
    """A piece of a caption's text as it is in the file, and how many characters of it are seen."""

    kind: Piece
    text: str
    size: int = 0


@dataclass(frozen=True)
class Markup:
    """How a format writes a caption's text: `tokens` parts it, `line_break` is what it has between lines."""

    tokens: Callable[[str], list[Token]]
    line_break: str
    closing: Callable[[str], str] = str
    """Return the tag that closes an opening one."""
    reopened: Callable[[str], str] = str
    """Return an opening tag as it is repeated when a caption is cut."""
    tied: re.Pattern[str] | None = None
    """Markup whose times belong to the whole caption, so that it cannot be cut."""


def size_of(text: str) -> int:
    """Return how many characters of a text are no white space."""
    return sum(not letter.isspace() for letter in text)


def relined(tokens: Sequence[Token], ends: Collection[int], markup: Markup) -> list[Token]:
    """Return the tokens with line breaks after so many characters, and nowhere else."""
    made: list[Token] = []
    for run, count, inside in _runs(tokens):
        if run[0].kind is Piece.WORD:
            made += run
            continue
        wanted = count in ends and inside
        has = any(token.kind is Piece.BREAK for token in run)
        if not inside or wanted == has:
            made += run
        elif wanted:
            made += _with_break(run, markup.line_break)
        else:
            made += _without_break(run)
    return _between(made, ends, Token(Piece.BREAK, markup.line_break))


def cut(tokens: Sequence[Token], ends: Sequence[int], markup: Markup) -> list[list[Token]]:
    """Return the tokens as several captions, cut after so many characters; each has the markup that holds in it.

    Raises CannotPatchError: its markup has times of its own, or a cut would part a word.
    """
    whole = "".join(token.text for token in tokens if token.kind is not Piece.WORD)
    if markup.tied is not None and markup.tied.search(whole):
        raise CannotPatchError("it moves or fades, and would have to be split")
    parts: list[list[Token]] = [[]]
    open_tags: list[Token] = []
    standing: list[Token] = []
    for run, count, inside in _runs(_between(tokens, ends, Token(Piece.MARK, ""))):
        cutting = inside and run[0].kind is not Piece.WORD and count in ends
        if cutting:
            run = [token for token in run if token.kind not in (Piece.BLANK, Piece.BREAK)]
            closing = [token for token in run if token.kind is Piece.CLOSING]
            parts[-1] += closing
            _follow(closing, open_tags, standing)
            parts[-1] += [Token(Piece.CLOSING, markup.closing(tag.text)) for tag in reversed(open_tags)]
            parts.append([*standing, *(replace(tag, text=markup.reopened(tag.text)) for tag in open_tags)])
            run = [token for token in run if token.kind is not Piece.CLOSING]
        parts[-1] += run
        _follow(run, open_tags, standing)
    if len(parts) != len(ends) + 1:
        raise CannotPatchError("it would have to be split inside a word")
    return parts


def _follow(run: Sequence[Token], open_tags: list[Token], standing: list[Token]) -> None:
    for token in run:
        if token.kind is Piece.OPENING:
            open_tags.append(token)
        elif token.kind is Piece.CLOSING and open_tags:
            open_tags.pop()
        elif token.kind is Piece.STANDING:
            standing.append(token)


def _runs(tokens: Sequence[Token]) -> list[tuple[list[Token], int, bool]]:
    """Return runs of words and of what is between them, the characters before each, and whether words surround it."""
    total = sum(token.size for token in tokens)
    runs: list[tuple[list[Token], int, bool]] = []
    count = 0
    for token in tokens:
        is_word = token.kind is Piece.WORD
        if runs and (runs[-1][0][0].kind is Piece.WORD) == is_word:
            runs[-1][0].append(token)
        else:
            runs.append(([token], count, 0 < count < total))
        count += token.size
    return runs


def _with_break(run: Sequence[Token], line_break: str) -> list[Token]:
    blanks = [at for at, token in enumerate(run) if token.kind is Piece.BLANK]
    if not blanks:
        at = next((at for at, token in enumerate(run) if token.kind is not Piece.CLOSING), len(run))
        return [*run[:at], Token(Piece.BREAK, line_break), *run[at:]]
    return [
        Token(Piece.BREAK, line_break) if at == blanks[0] else token
        for at, token in enumerate(run)
        if at == blanks[0] or token.kind is not Piece.BLANK
    ]


def _without_break(run: Sequence[Token]) -> list[Token]:
    made = []
    blank = any(token.kind is Piece.BLANK for token in run)
    for token in run:
        if token.kind is not Piece.BREAK:
            made.append(token)
        elif not blank:
            made.append(Token(Piece.BLANK, " "))
            blank = True
    return made


def _between(tokens: Sequence[Token], ends: Collection[int], between: Token) -> list[Token]:
    """Return the tokens with one more at each place where no blank stands, as in Chinese."""
    made: list[Token] = []
    count = 0
    for at, token in enumerate(tokens):
        made.append(token)
        count += token.size
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.size and count in ends and following is not None and following.kind is Piece.WORD:
            made.append(between)
    return made
