"""The transcript as the aligner sees it: one row of tokens, each with the ways it may sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from asdelivered.align.acoustic.acoustic_model import Pronunciation
from asdelivered.align.acoustic.lexicon import Phones, pronounce
from asdelivered.align.acoustic.network import Joint, Slot
from asdelivered.align.errors import AlignError
from asdelivered.transcripts.languages.lines import line_languages
from asdelivered.transcripts.model import Line, SpokenForm, Token, TokenKind, Transcript, Turn
from asdelivered.transcripts.spoken.unspaced import words_of

_MOST_WAYS = 8
"""Ways to say one token: more would only add rare readings, at a cost in time."""
_SHORT_LINE = 4
"""Words from which on a line is more than a piece of a phrase, as on a teleprompter."""
_PAUSE_AFTER = re.compile(r"[.,;:!?…–—،，、。！？；：؛؟۔।-]\W*$")
_PHRASE_END = re.compile(r"[.;:!?…。！？；：؛؟۔।]\W*$")


@dataclass(frozen=True, slots=True)
class ScriptToken:
    """A token of a spoken line: `line` and `word` say where it stands, `spoken` is its likeliest words.

    A word of a script without blanks, which may be a whole sentence, has a token for each of its phrases.
    """

    line: int
    word: int
    kind: TokenKind
    spoken: SpokenForm
    pronunciations: tuple[Pronunciation, ...]
    joint: Joint
    """How it is joined to the last token before it that makes a sound."""
    ends_phrase: bool
    goes_on: bool = False
    """It begins a line in which the sentence of the line before goes on."""
    may_be_label: bool = False
    """The page leaves in doubt whether it is part of a label before speech."""
    phrase: str | None = None
    """Its text, where it is but a part of its word."""


@dataclass(frozen=True)
class Script:
    """All lines that are or may be spoken, and their tokens in order.

    `lexicon` has each of their words that can be pronounced.
    """

    lines: tuple[tuple[Turn, Line], ...]
    tokens: tuple[ScriptToken, ...]
    lexicon: dict[str, tuple[Phones, ...]]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The likeliest words of all tokens, in order."""
        return tuple(word for token in self.tokens for word in token.spoken)

    @cached_property
    def owners(self) -> tuple[int, ...]:
        """The number of the token that each of the `words` belongs to."""
        return tuple(number for number, token in enumerate(self.tokens) for _ in token.spoken)

    @property
    def slots(self) -> list[Slot | None]:
        """What the forced alignment needs to know of each token; None for one that makes no sound."""
        return [
            Slot(token.pronunciations, token.joint) if token.pronunciations else None for token in self.tokens
        ]

    @property
    def sentences(self) -> list[SpokenForm]:
        """The likeliest words of each line, to make a language model from."""
        words: list[list[str]] = [[] for _ in self.lines]
        for token in self.tokens:
            words[token.line].extend(token.spoken)
        return [tuple(line) for line in words if line]


def write_script(transcript: Transcript) -> Script:
    """Lay out the lines of a transcript that are or may be spoken.

    A line in another language than most may be said in either way: names and quotes keep the accent of the speaker.
    Raises AlignError for a language that can't be pronounced.
    """
    lines = tuple(transcript.lines_to_align())
    languages = line_languages([line.text for _, line in lines], transcript.language)
    main = pronounce(_words_of(line for _, line in lines), transcript.language)
    lexicons = {transcript.language: main}
    for language in sorted({*languages} - {transcript.language}):
        own = [line for (_, line), code in zip(lines, languages, strict=True) if code == language]
        lexicons[language] = _either(_other_ways(own, language), main)
    lexicon: dict[str, tuple[Phones, ...]] = {}
    for one in lexicons.values():
        lexicon = _either(lexicon, one)
    tokens = []
    joint = Joint.PHRASE
    for number, (turn, line) in enumerate(lines):
        own_lexicon = lexicons[languages[number]]
        goes_on = number > 0 and _goes_on(lines[number - 1], (turn, line))
        if not goes_on or min(len(lines[number - 1][1].tokens), len(line.tokens)) >= _SHORT_LINE:
            joint = Joint.PHRASE
        elif joint is Joint.WORD:
            joint = Joint.PAUSE
        for position, token in enumerate(line.tokens):
            parts = phrases_of(token)
            for count, part in enumerate(parts, start=1):
                ways = _pronunciations(part, own_lexicon)
                spoken = tuple(word for word in part.spoken[0] if word in own_lexicon) if ways else ()
                tokens.append(
                    ScriptToken(
                        number,
                        position,
                        token.kind,
                        spoken,
                        ways,
                        joint,
                        count == len(parts) and bool(_PHRASE_END.search(token.text)),
                        goes_on=goes_on and position == 0 and count == 1,
                        may_be_label=position < line.optional < len(line.tokens),
                        phrase="".join(part.spoken[0]) if len(parts) > 1 else None,
                    )
                )
                joint = _joint_after(part, Joint.WORD if ways else joint)
    return Script(lines, tuple(tokens), lexicon)


def _goes_on(before: tuple[Turn, Line], after: tuple[Turn, Line]) -> bool:
    """Tell whether the sentence of a line goes on in the one after it.

    Both have one speaker, and are both in doubt or neither.
    """
    (turn, line), (next_turn, next_line) = before, after
    whole = [one.optional in (0, len(one.tokens)) for one in (line, next_line)]
    return (
        turn.id == next_turn.id
        and all(whole)
        and bool(line.optional) == bool(next_line.optional)
        and bool(line.tokens)
        and not _PHRASE_END.search(line.tokens[-1].text)
    )


def phrases_of(token: Token) -> tuple[Token, ...]:
    """Return the phrases of a token of a script without blanks, each a token; any other token has one, itself.

    Between what punctuation parts there may be a pause, as after a comma.
    """
    if len(token.spoken) != 1:
        return (token,)
    stretches = [words_of(word) for word in token.spoken[0]]
    if all(len(parts) == 1 for parts in stretches):
        return (token,)
    found = [
        Token(f"{part}," if number == len(parts) else part, token.kind, ((part,),))
        for parts in stretches
        for number, part in enumerate(parts, start=1)
    ]
    return (*found[:-1], replace(found[-1], text=token.text))


def _words_of(lines: Iterable[Line]) -> Iterator[str]:
    return (
        word
        for line in lines
        for token in line.tokens
        for part in phrases_of(token)
        for form in part.spoken
        for word in form
    )


def _other_ways(lines: Sequence[Line], language: str) -> dict[str, tuple[Phones, ...]]:
    """Return how the words of lines sound in their language; nothing where espeak-ng does not speak it."""
    try:
        return pronounce(_words_of(lines), language)
    except AlignError:
        return {}


def _either(
    first: Mapping[str, tuple[Phones, ...]], second: Mapping[str, tuple[Phones, ...]]
) -> dict[str, tuple[Phones, ...]]:
    """Return the ways to say each word of two lexicons, those of the first before those of the second."""
    return {
        word: tuple(dict.fromkeys((*first.get(word, ()), *second.get(word, ()))))
        for word in {**first, **second}
    }


def _joint_after(token: Token, before: Joint) -> Joint:
    """Return the joint after `token`; `before` is the one that stands before it, where it makes no sound itself."""
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
