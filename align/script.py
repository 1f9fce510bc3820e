"""The transcript as the aligner sees it: one row of tokens, each with the ways it may sound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from asdelivered.align.acoustic.lexicon import Phones, pronounce
from asdelivered.align.acoustic.network import Joint, Pronunciation
from asdelivered.transcripts.model import Line, SpokenForm, Token, TokenKind, Transcript, Turn

_MOST_WAYS = 8
"""Ways to say one token: beyond these, rarer readings only cost time."""
_PAUSE_AFTER = re.compile(r"[.,;:!?…–—-]\W*$")
_PHRASE_END = re.compile(r"[.;:!?…]\W*$")


@dataclass(frozen=True)
class ScriptToken:
    """A token of a spoken line: `line` and `word` say where it stands, `spoken` its likeliest words."""

    line: int
    word: int
    kind: TokenKind
    spoken: SpokenForm
    pronunciations: tuple[Pronunciation, ...]
    joint: Joint
    """How it is joined to the token before it that makes a sound."""
    ends_phrase: bool


@dataclass(frozen=True)
class Script:
    """All spoken lines, and their tokens in order. `lexicon` has every word of them that can be pronounced."""

    lines: tuple[tuple[Turn, Line], ...]
    tokens: tuple[ScriptToken, ...]
    lexicon: dict[str, tuple[Phones, ...]]

    @property
    def sentences(self) -> list[SpokenForm]:
        """The likeliest words of each line, for a language model."""
        words: list[list[str]] = [[] for _ in self.lines]
        for token in self.tokens:
            words[token.line].extend(token.spoken)
        return [tuple(line) for line in words if line]


def write_script(transcript: Transcript) -> Script:
    """Lay out the spoken lines of a transcript. Raises AlignError for a language that can't be pronounced."""
    lines = tuple(transcript.spoken_lines())
    lexicon = pronounce(
        (word for _, line in lines for token in line.tokens for form in token.spoken for word in form),
        transcript.language,
    )
    tokens = []
    for number, (_, line) in enumerate(lines):
        joint = Joint.PHRASE
        for position, token in enumerate(line.tokens):
            ways = _pronunciations(token, lexicon)
            spoken = tuple(word for word in token.spoken[0] if word in lexicon) if ways else ()
            tokens.append(
                ScriptToken(
                    number, position, token.kind, spoken, ways, joint, bool(_PHRASE_END.search(token.text))
                )
            )
            joint = _joint_after(token, Joint.WORD if ways else joint)
    return Script(lines, tuple(tokens), lexicon)


def _joint_after(token: Token, before: Joint) -> Joint:
    """What follows `token`; `before` is what already stood before it where it makes no sound itself."""
    if token.kind is TokenKind.UNKNOWN or before is Joint.UNKNOWN:
        return Joint.UNKNOWN
    if _PHRASE_END.search(token.text) or before is Joint.PHRASE:
        return Joint.PHRASE
    if _PAUSE_AFTER.search(token.text) or before is Joint.PAUSE:
        return Joint.PAUSE
    return Joint.WORD


def _pronunciations(token: Token, lexicon: dict[str, tuple[Phones, ...]]) -> tuple[Pronunciation, ...]:
    """Every alternative with every pronunciation of one of its words at a time, likeliest first."""
    ways: list[Pronunciation] = []
    for form in token.spoken:
        if all(word in lexicon for word in form):
            ways.extend(_sayings([lexicon[word] for word in form]))
    return tuple(dict.fromkeys(ways))[:_MOST_WAYS]


def _sayings(words: Sequence[tuple[Phones, ...]]) -> list[Pronunciation]:
    usual = tuple(choices[0] for choices in words)
    return [usual] + [
        (*usual[:at], choice, *usual[at + 1 :]) for at, choices in enumerate(words) for choice in choices[1:]
    ]
