"""Interpolation: words that were not found get the time between their neighbours, where that is the only explanation.

What was [inaudible] gets all of that time; of a few words in a row each gets a share by its phones.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from asdelivered.align.acoustic.features import FRAME_MS, moment_of
from asdelivered.align.acoustic.frame_spans import FrameSpan
from asdelivered.align.document.alignment import Status
from asdelivered.align.script import ScriptToken
from asdelivered.align.values.timed_token import TimedToken
from asdelivered.base.span import TimeSpan
from asdelivered.transcripts.model import TokenKind

_LEAST_UNKNOWN = 100
"""Milliseconds between its neighbours that something inaudible must have."""
_LEAST_FRAMES = 3
"""Frames per phone that a missing word must have between its neighbours to be taken for spoken."""
_MOST_GUESSED = 3
"""Words in a row that may be taken for spoken though none of them was found."""
_TOUCHING = 60
"""Milliseconds of silence that there may be between a word and the sound of its missing neighbour."""
_LONGEST_GUESS = 2000
_GUESSED = 0.3
"""The highest confidence of an interpolated time."""


def interpolate(tokens: Sequence[TimedToken], garbage: Sequence[FrameSpan]) -> list[TimedToken]:
    """Return `tokens` with times for those that were missed; `garbage` is the sound that no token explains."""
    result = list(tokens)
    timed = [at for at, entry in enumerate(tokens) if entry.span is not None]
    for before, after in pairwise(timed):
        if after > before + 1:
            result[before + 1 : after] = _fill(tokens[before : after + 1], garbage)
    return result


def _fill(tokens: Sequence[TimedToken], garbage: Sequence[FrameSpan]) -> list[TimedToken]:
    """Return the tokens between the first and the last one, which alone have times, with times where they get any."""
    before, *between, after = tokens
    unknown = [at for at, entry in enumerate(between) if entry.token.kind is TokenKind.UNKNOWN]
    words = [
        at for at, entry in enumerate(between) if entry.token.pronunciations and not entry.token.may_be_label
    ]
    lines = {between[at].token.line for at in (unknown or words)}
    assert before.span is not None
    assert after.span is not None
    # All of it must belong to one line, and other words of that line must have been found.
    if len(lines) != 1 or not lines & {before.token.line, after.token.line}:
        return between
    if unknown:
        # Something was said there, nobody knows what: words beside it that were not found stay without a time.
        missing, sizes, needed = unknown, [1] * len(unknown), _LEAST_UNKNOWN * len(unknown)
        start, end = before.span.end, after.span.start
    else:
        missing, sizes = words, [_phones(between[at].token) for at in words]
        needed = _LEAST_FRAMES * FRAME_MS * sum(sizes)
        if len(words) > _MOST_GUESSED:
            return between
        start, end = _unclaimed(before, after, lines.pop(), garbage)
    if end - start < needed:
        return between
    edges = [start + (end - start) * sum(sizes[:count]) // sum(sizes) for count in range(len(sizes) + 1)]
    confidence = min(before.confidence or 0.0, after.confidence or 0.0, _GUESSED)
    for at, edge, next_edge in zip(missing, edges[:-1], edges[1:], strict=True):
        span = TimeSpan(edge, next_edge)
        between[at] = TimedToken(between[at].token, Status.INTERPOLATED, span, confidence)
    return between


def _unclaimed(
    before: TimedToken, after: TimedToken, line: int, garbage: Sequence[FrameSpan]
) -> tuple[int, int]:
    """Return the milliseconds [start, end) of the sound between two tokens that may be words of `line`.

    Inside the line that is all the time between them, if half of it is garbage; at the line's start or end it is the
    garbage that touches the line. Where there is none, start and end are the same.
    """
    assert before.span is not None
    assert after.span is not None
    since, until = before.span.end, after.span.start
    sounds = [
        (max(since, moment_of(start)), min(until, moment_of(end)))
        for start, end in garbage
        if moment_of(start) < until and moment_of(end) > since
    ]
    if before.token.line == after.token.line:
        enough = sum(end - start for start, end in sounds) >= (until - since) / 2
        return (since, until) if enough else (since, since)
    for start, end in sounds:
        gap = until - end if after.token.line == line else start - since
        if gap <= _TOUCHING and end - start <= _LONGEST_GUESS:
            return start, end
    return since, since


def _phones(token: ScriptToken) -> int:
    """Return how many phones the token has."""
    return sum(len(word) for word in token.pronunciations[0])
