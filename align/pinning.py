"""Pinning: the pins of a document resolved to the tokens of a script, and tokens moved to where they are pinned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz, process

from asdelivered.align.document.alignment import Status
from asdelivered.align.document.pins import Pin
from asdelivered.align.errors import AlignError
from asdelivered.align.script import Script
from asdelivered.align.values.timed_token import TimedToken, timed_by_line, unspoken
from asdelivered.base.counting import counted
from asdelivered.base.span import TimeSpan

ALIKE = 80
"""How like the pin's text an edited line must be, in per cent."""
_PHONE = 80
"""Milliseconds that a phone is given in a word that was not found."""
_SHORTEST = 10


@dataclass(frozen=True)
class ResolvedPins:
    """Pins on the tokens of a script: milliseconds by token number, and the lines that nobody said.

    `lost` are the pins whose line is no longer in the transcript.
    """

    starts: Mapping[int, int]
    ends: Mapping[int, int]
    unspoken: frozenset[int]
    lost: tuple[Pin, ...] = ()

    @property
    def cuts(self) -> list[tuple[int, int]]:
        """Where pins cut the text and the recording: (token, millisecond) in order, the first token after the cut."""
        return sorted([*self.starts.items(), *((token + 1, end) for token, end in self.ends.items())])


NO_PINS = ResolvedPins({}, {}, frozenset())


def resolve_pins(pins: Sequence[Pin], script: Script) -> ResolvedPins:
    """Find the tokens that `pins` belong to, which must be in order: see `find_pinned`, and `check_order`."""
    resolved = find_pinned(pins, script)
    check_order(resolved, script)
    return resolved


def find_pinned(pins: Sequence[Pin], script: Script) -> ResolvedPins:
    """Find the tokens that `pins` belong to.

    A pin's line is the one with its text; if there are several, the one with its id, or else the next after it. If
    there is none, it is the line whose text is most alike. Raises AlignError where a line has no such word.
    """
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    unspoken: set[int] = set()
    lost: list[Pin] = []
    tokens: list[list[int]] = [[] for _ in script.lines]
    for number, token in enumerate(script.tokens):
        tokens[token.line].append(number)
    numbers = {line.id: number for number, (_, line) in enumerate(script.lines)}
    texts = [line.text for _, line in script.lines]
    for pin in pins:
        line = _find(pin, script, numbers, texts)
        if line is None:
            lost.append(pin)
            continue
        if pin.unspoken:
            unspoken.add(line)
            continue
        sounding = [at for at in tokens[line] if script.tokens[at].pronunciations]
        if pin.word is not None:
            count = len(script.lines[line][1].tokens)
            if pin.word > count:
                raise AlignError(
                    f"a pin is of word {pin.word} of {pin.line}, which has {counted(count, 'word')}"
                )
            # A word of a script without blanks has several tokens.
            sounding = [at for at in tokens[line] if script.tokens[at].word == pin.word - 1]
        if not sounding:
            raise AlignError(f"a pin gives {pin.line} a time, in which there is nothing to be heard")
        if pin.start is not None:
            starts[sounding[0]] = pin.start
        if pin.end is not None:
            ends[sounding[-1]] = pin.end
    return ResolvedPins(starts, ends, frozenset(unspoken), tuple(lost))


def _find(pin: Pin, script: Script, numbers: Mapping[str, int], texts: Sequence[str]) -> int | None:
    """Return the number of the pin's line; `numbers` are those of all lines by id, `texts` what they say."""
    if pin.text is None:
        return numbers.get(pin.line)
    same = [number for number, text in enumerate(texts) if text == pin.text]
    if numbers.get(pin.line) in same:
        return numbers[pin.line]
    if same:
        return next((at for at in same if script.lines[at][1].id > pin.line), same[-1])
    alike = process.extractOne(pin.text, texts, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return alike[2] if alike else None


def check_order(pins: ResolvedPins, script: Script) -> None:
    """Raise AlignError where a pin lies before one of an earlier word, or in a line that is pinned as unspoken.

    Lines on channels of their own may overlap, so each channel's pins are checked by themselves.
    """

    def line_of(token: int) -> str:
        return script.lines[script.tokens[token].line][1].id

    for token in (*pins.starts, *pins.ends):
        if script.tokens[token].line in pins.unspoken:
            raise AlignError(f"the pins contradict each other: {line_of(token)} has a time and is unspoken")
    moments = [(token, 0, time) for token, time in pins.starts.items()]
    moments += [(token, 1, time) for token, time in pins.ends.items()]
    for (before, _, earlier), (after, _, later) in pairwise(sorted(moments)):
        if later < earlier:
            raise AlignError(
                f"the pins contradict each other: {line_of(after)} at {later / 1000:.3f} s stands after "
                f"{line_of(before)} at {earlier / 1000:.3f} s"
            )


def apply_pins(
    tokens: Sequence[TimedToken], spans: Mapping[int, TimeSpan], pins: ResolvedPins
) -> tuple[list[TimedToken], dict[int, TimeSpan]]:
    """Return the tokens, and the spans of lines by number, with all that is pinned where it is pinned.

    A pinned token is matched, with a confidence of 1. What crosses a pin is cut there.
    """
    result = list(tokens)
    if not pins.cuts:
        return result, dict(spans)
    cuts: list[tuple[int, int]] = []
    for token in sorted({*pins.starts, *pins.ends}):
        result[token] = pinned = _pinned(result, token, pins)
        if pinned.span is not None:
            cuts += [(token, pinned.span.start), (token + 1, pinned.span.end)]
    for cut, moment in cuts:
        for at in range(cut - 1, -1, -1):
            span = result[at].span
            if span is not None:
                if span.end <= moment:
                    break
                result[at] = _kept(result[at], span.start, moment)
        for at in range(cut, len(result)):
            span = result[at].span
            if span is not None:
                if span.start >= moment:
                    break
                result[at] = _kept(result[at], moment, span.end)
    return result, _covering(result, spans, pins)


def _pinned(tokens: Sequence[TimedToken], token: int, pins: ResolvedPins) -> TimedToken:
    """Return the token where it is pinned; an end that is not pinned stays, or follows from phones and neighbours."""
    entry = tokens[token]
    usual = _PHONE * max(1, sum(map(len, entry.token.pronunciations[0])) if entry.token.pronunciations else 1)
    start, end = pins.starts.get(token), pins.ends.get(token)
    if start is None:
        assert end is not None
        found = entry.span.start if entry.span and entry.span.start < end - _SHORTEST else end - usual
        before = next((other.span.end for other in reversed(tokens[:token]) if other.span), 0)
        start = max(found, before) if before < end - _SHORTEST else max(0, end - _SHORTEST)
    elif end is None:
        found = entry.span.end if entry.span and entry.span.end > start + _SHORTEST else start + usual
        after = next((other.span.start for other in tokens[token + 1 :] if other.span), found)
        end = min(found, after) if after > start + _SHORTEST else start + _SHORTEST
    return TimedToken(entry.token, Status.MATCHED, TimeSpan(start, end), 1.0)


def _kept(entry: TimedToken, start: int, end: int) -> TimedToken:
    return replace(entry, span=TimeSpan(start, end)) if start < end else unspoken(entry.token)


def _covering(
    tokens: Sequence[TimedToken], spans: Mapping[int, TimeSpan], pins: ResolvedPins
) -> dict[int, TimeSpan]:
    """Return the span of each line with a time: it covers its words, and does not cross a pin."""
    covering: dict[int, TimeSpan] = {}
    for line, places in timed_by_line(tokens).items():
        first, last = tokens[places[0]].span, tokens[places[-1]].span
        assert first is not None
        assert last is not None
        before = max((moment for cut, moment in pins.cuts if cut <= places[0]), default=0)
        wide = spans.get(line, TimeSpan(first.start, last.end))
        after = min((moment for cut, moment in pins.cuts if cut > places[-1]), default=wide.end)
        start, end = min(first.start, max(wide.start, before)), max(last.end, min(wide.end, after))
        covering[line] = TimeSpan(start, end)
    return covering
