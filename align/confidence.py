"""Confidence: how likely each token stands where it was placed; text that was not spoken has none, and no time.

The evidence for a token is how well its sound fits compared with the tokens of this recording that were recognised, how
well its neighbours fit, whether it was recognised itself, and how much of the text around it found a place.
docs/decisions says what the weights were fitted on and how well they work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS, moment_of
from asdelivered.align.acoustic.forced_alignment import AlignedToken
from asdelivered.align.document.alignment import Status
from asdelivered.align.pinning import ResolvedPins
from asdelivered.align.placement import Placement
from asdelivered.align.script import Script, ScriptToken
from asdelivered.align.values.timed_token import TimedToken, unspoken
from asdelivered.base.span import TimeSpan

Floats = NDArray[np.float64]

_AROUND = 5
"""Tokens on either side that count as neighbours."""
_BIAS = 3.0
_WEIGHTS = np.array([0.5, 0.8, 1.5, 3.0])
_MOST, _LEAST = 0.99, 0.01
_FEW_HEARD = 0.1
"""Of the words with a place, the share that must have been recognised there for any to be sure: strong accents under
music have 0.26, a telephone in a room that echoes 0.02 to 0.04."""
_MOST_UNHEARD = 0.75
"""The confidence of any word, at most, where fewer were recognised: there, true text that lies seconds from its own
sound, and text that nobody said, fit as well as what is right. Of 23 lines with 0.9 and more, 6 were wrong."""

_SHORT_PHRASE = 4
_BREATH = 60 // FRAME_MS
"""Frames between two words said in one breath, at most."""
_TORN = 10_000 // FRAME_MS
_BELOW_TYPICAL = 2.6
"""How much worse than is typical of its recording a phrase that was spoken may fit."""
_LEAST_FIT = -3.75
_LEAST_FIT_EVER = -4.4
"""The mean fit that a phrase must have is between these: true text has -0.5 in clear speech, -2 where it is accented or
over a telephone; text that is not there has -4 to -6. See docs/decisions."""
_LEAST_FIT_OF_WORD = -6.0
_MISSING = 3.5
"""What a phrase without any of its words would lose of its fit; with some missing, it loses that share of it."""
_LONG_PHRASE = 5
"""Words, at least: of four, one that was recognised stays."""
_STRAY = 0.25
"""The share of a long phrase, at most, that is no part of it that was said: a neighbour's words, or chance. Of 5,700
lines in 262 alignments, most of hard sound, five had no more: unspoken ones, and some that began elsewhere."""


def judge(script: Script, placement: Placement, pins: ResolvedPins) -> list[TimedToken]:
    """Return each token with its time and confidence; a phrase that was not spoken has none, unless it is pinned."""
    tokens = list(placement.tokens)
    least = least_fit(tokens)
    phrases = phrases_of(script.tokens, tokens)
    chance = _by_chance(phrases, placement)
    for start, end in phrases:
        if any(at in pins.starts or at in pins.ends for at in range(start, end)):
            continue
        first, last = _with_missing(script.tokens, placement.tokens, start, end)
        phrase = [placement.tokens[at] for at in range(first, last) if script.tokens[at].pronunciations]
        if (start, end) in chance or not was_spoken(phrase, least):
            tokens[start:end] = [None] * (end - start)
        tokens[start:end] = in_one_piece(tokens[start:end], placement.anchored[start:end])
    judged = zip(script.tokens, tokens, confidences(tokens, placement.anchored), strict=True)
    return [
        TimedToken(token, Status.MATCHED, _time_span(aligned), confidence) if aligned else unspoken(token)
        for token, aligned, confidence in judged
    ]


def least_fit(tokens: Sequence[AlignedToken | None]) -> float:
    """Return the mean fit that a phrase must have to count as spoken, in a recording with these `tokens`."""
    fits = [token.fit for token in tokens if token is not None]
    typical = float(np.median(fits)) if fits else 0.0
    return float(np.clip(typical - _BELOW_TYPICAL, _LEAST_FIT_EVER, _LEAST_FIT))


def was_spoken(phrase: Sequence[AlignedToken | None], least: float) -> bool:
    """Tell whether a phrase was spoken, from the places of its sounding words; `least` is from `least_fit`."""
    placed = [token for token in phrase if token is not None]
    if not placed or (len(phrase) >= _LONG_PHRASE and len(placed) <= _STRAY * len(phrase)):
        return False
    frames = sum(token.end - token.start for token in placed)
    # One word said quite differently says little about the others.
    fit = sum(max(token.fit, _LEAST_FIT_OF_WORD) * (token.end - token.start) for token in placed) / frames
    return fit - _MISSING * (1.0 - len(placed) / len(phrase)) >= least


def _by_chance(phrases: Sequence[tuple[int, int]], placement: Placement) -> set[tuple[int, int]]:
    """Return the phrases of which the few words placed are what a long text always has for some sound.

    None of those was recognised, half of the phrase or more is missing, and the text just before and after it was not
    said either, but for such phrases.
    """
    weak = {
        (start, end)
        for start, end in phrases
        if 2 * sum(map(bool, placement.tokens[start:end])) <= end - start
        and not any(placement.anchored[start:end])
    }
    said = np.array([token is not None for token in placement.tokens], bool)
    for start, end in weak:
        said[start:end] = False
    near = _around(said.astype(float))
    return {(start, end) for start, end in weak if near[start] == near[end - 1] == 0}


def in_one_piece(
    phrase: Sequence[AlignedToken | None], anchored: Sequence[bool]
) -> list[AlignedToken | None]:
    """Return the tokens of a phrase without those that lie ten seconds or more from most of them.

    Nobody pauses for so long within a sentence: what is left of it was found in the sound of something else. It stays
    if any of it was recognised, for there are interruptions. `anchored` says so of each token.
    """
    pieces: list[list[int]] = []
    end: int | None = None
    for at, token in enumerate(phrase):
        if token is None:
            continue
        if end is None or token.start - end >= _TORN:
            pieces.append([])
        pieces[-1].append(at)
        end = token.end
    most = max(pieces, key=len, default=[])
    kept = {at for piece in pieces if piece is most or any(anchored[at] for at in piece) for at in piece}
    return [token if at in kept else None for at, token in enumerate(phrase)]


def confidences(tokens: Sequence[AlignedToken | None], anchored: Sequence[bool]) -> list[float | None]:
    """Return how likely each token stands where it was placed, 0 to 1; None where it has no place.

    `anchored` says of each token whether it was recognised within an anchor. How well a token fits says little where
    next to none were.
    """
    evidence = gather_evidence(tokens, anchored)
    odds = 1.0 / (1.0 + np.exp(-(_BIAS + evidence @ _WEIGHTS)))
    heard = [anchor for token, anchor in zip(tokens, anchored, strict=True) if token is not None]
    most = _MOST if sum(heard) >= _FEW_HEARD * len(heard) else _MOST_UNHEARD
    return [
        None if token is None else float(np.clip(chance, _LEAST, most))
        for token, chance in zip(tokens, odds, strict=True)
    ]


def gather_evidence(tokens: Sequence[AlignedToken | None], anchored: Sequence[bool]) -> Floats:
    """Return the evidence (tokens, 4): own fit, neighbours' fit, anchored, and the share placed around it, less one."""
    placed = np.array([token is not None for token in tokens], bool)
    fits = np.array([token.fit if token else 0.0 for token in tokens])
    recognised = np.array(anchored, bool) & placed
    typical = float(np.median(fits[recognised])) if recognised.any() else 0.0
    own = np.where(placed, np.clip(fits - typical, -8.0, 2.0), 0.0)
    lengths = np.array([token.end - token.start if token else 0 for token in tokens], float)
    near_fit = _around(own * lengths) / np.maximum(_around(lengths), 1.0)
    share = _around(placed.astype(float)) / _around(np.ones(len(tokens)))
    return np.stack([own, near_fit, recognised.astype(float), share - 1.0], axis=1)


def phrases_of(tokens: Sequence[ScriptToken], placed: Sequence[AlignedToken | None]) -> list[tuple[int, int]]:
    """Return [start, end) of each phrase: a line, or a sentence of it, of four words or more where there are.

    A line of fewer words that is a piece of a sentence makes a phrase with the one that it goes on in, or that goes on
    in it, where the two were said in one breath, by where their tokens are `placed`: a word or two alone say little.
    What may be a label is a phrase of its own.
    """
    phrases: list[tuple[int, int]] = []
    for start, end in _pieces(tokens):
        open_end = bool(phrases) and _goes_on(tokens, placed, start)
        if open_end and min(end - start, phrases[-1][1] - phrases[-1][0]) < _SHORT_PHRASE:
            phrases[-1] = (phrases[-1][0], end)
        else:
            phrases.append((start, end))
    return phrases


def _with_missing(
    tokens: Sequence[ScriptToken], placed: Sequence[AlignedToken | None], start: int, end: int
) -> tuple[int, int]:
    """Return [start, end) of a phrase; one of few words with those of its sentence beside it that have no place.

    Lines of a word or two don't part what was found of a sentence from what is missing of it.
    """
    if end - start >= _SHORT_PHRASE:
        return start, end
    first, last = start, end
    while first > start - _SHORT_PHRASE and tokens[first].goes_on and placed[first - 1] is None:
        first -= 1
    while last < min(len(tokens), end + _SHORT_PHRASE) and tokens[last].goes_on and placed[last] is None:
        last += 1
    return first, last


def _pieces(tokens: Sequence[ScriptToken]) -> Iterator[tuple[int, int]]:
    """Yield [start, end) of each line, or sentence of it, and of each possible label."""
    start = 0
    for at, token in enumerate(tokens):
        last = at + 1 == len(tokens) or tokens[at + 1].line != token.line
        last = last or tokens[at + 1].may_be_label != token.may_be_label
        if last or (token.ends_phrase and at + 1 - start >= _SHORT_PHRASE):
            yield start, at + 1
            start = at + 1


def _goes_on(tokens: Sequence[ScriptToken], placed: Sequence[AlignedToken | None], at: int) -> bool:
    """Tell whether a token begins a line in which the sentence of the line before goes on, in one breath."""
    before, after = placed[at - 1], placed[at]
    return bool(tokens[at].goes_on and before and after and after.start - before.end <= _BREATH)


def _time_span(token: AlignedToken) -> TimeSpan:
    return TimeSpan(moment_of(token.start), moment_of(token.end))


def _around(values: Floats) -> Floats:
    sums = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    return np.asarray(sums[np.minimum(at + _AROUND + 1, len(values))] - sums[np.maximum(at - _AROUND, 0)])
