"""Pinned times put in their place, to the millisecond, and what lies around them out of their way."""

from __future__ import annotations

from dataclasses import replace

from asdelivered.align.document.alignment import Status
from asdelivered.align.document.pins import Fixed
from asdelivered.align.timed_token import Timed, unspoken
from asdelivered.base.span import TimeSpan

_PHONE = 80
"""Milliseconds that a phone is given in a word that was not found."""
_SHORTEST = 10


def keep_fixed(timed: list[Timed], spans: dict[int, TimeSpan], fixed: Fixed) -> None:
    """Move the tokens of `timed`, and the spans of lines by their number, to where `fixed` has them.

    A pinned token is matched, with a confidence of 1. What crosses a pin is cut there.
    """
    cuts: list[tuple[int, int]] = []
    for token in sorted({*fixed.starts, *fixed.ends}):
        timed[token] = pinned = _pinned(timed, token, fixed)
        if pinned.span is not None:
            cuts += [(token, pinned.span.start), (token + 1, pinned.span.end)]
    for cut, moment in cuts:
        for at in range(cut - 1, -1, -1):
            span = timed[at].span
            if span is not None:
                if span.end <= moment:
                    break
                timed[at] = _kept(timed[at], span.start, moment)
        for at in range(cut, len(timed)):
            span = timed[at].span
            if span is not None:
                if span.start >= moment:
                    break
                timed[at] = _kept(timed[at], moment, span.end)
    _cover(timed, spans, fixed)


def _pinned(timed: list[Timed], token: int, fixed: Fixed) -> Timed:
    """The token where it is pinned. An end that is not pinned stays, or follows from its phones and neighbours."""
    entry = timed[token]
    usual = _PHONE * max(1, sum(map(len, entry.token.pronunciations[0])) if entry.token.pronunciations else 1)
    start, end = fixed.starts.get(token), fixed.ends.get(token)
    if start is None:
        assert end is not None
        found = entry.span.start if entry.span and entry.span.start < end - _SHORTEST else end - usual
        before = next((other.span.end for other in reversed(timed[:token]) if other.span), 0)
        start = max(found, before) if before < end - _SHORTEST else max(0, end - _SHORTEST)
    elif end is None:
        found = entry.span.end if entry.span and entry.span.end > start + _SHORTEST else start + usual
        after = next((other.span.start for other in timed[token + 1 :] if other.span), found)
        end = min(found, after) if after > start + _SHORTEST else start + _SHORTEST
    return Timed(entry.token, Status.MATCHED, TimeSpan(start, end), 1.0)


def _kept(entry: Timed, start: int, end: int) -> Timed:
    return replace(entry, span=TimeSpan(start, end)) if start < end else unspoken(entry.token)


def _cover(timed: list[Timed], spans: dict[int, TimeSpan], fixed: Fixed) -> None:
    """Let each line reach over its words, and not beyond a pin."""
    found: dict[int, list[int]] = {}
    for at, entry in enumerate(timed):
        if entry.span is not None:
            found.setdefault(entry.token.line, []).append(at)
    for line in [line for line in spans if line not in found]:
        del spans[line]
    for line, places in found.items():
        first, last = timed[places[0]].span, timed[places[-1]].span
        assert first is not None
        assert last is not None
        before = max((moment for cut, moment in fixed.cuts if cut <= places[0]), default=0)
        wide = spans.get(line, TimeSpan(first.start, last.end))
        after = min((moment for cut, moment in fixed.cuts if cut > places[-1]), default=wide.end)
        spans[line] = TimeSpan(min(first.start, max(wide.start, before)), max(last.end, min(wide.end, after)))
