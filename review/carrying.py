"""Edits that follow the text: those of an earlier alignment, applied to a new one of the same recording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from asdelivered.align.document.alignment import AlignedLine
from asdelivered.align.document.pins import Pin
from asdelivered.review.changes import Change, LineState, Selection
from asdelivered.review.edits import as_pinned


@dataclass(frozen=True)
class Carried:
    """The edit that does all of them again (None: there is nothing to do), and the lines that they were lost with."""

    change: Change | None
    lost: tuple[AlignedLine, ...]


def carry_over(former: Iterable[Change], lines: Sequence[AlignedLine]) -> Carried:
    """Return what is left of former edits in these `lines`, which are those of a new alignment.

    A pin goes to the line that has the same id and the same words, or else to the only line with the same words. The
    clip list is kept if every line that it names is as it was.
    """
    pinned: dict[str, LineState] = {}
    clips: tuple[Selection, ...] = ()
    texts: dict[str, str] = {}
    for change in former:
        for _, after in change.lines:
            pinned[after.line.id] = after
            texts[after.line.id] = after.line.text
        if change.clips is not None:
            clips = change.clips[1]
    now = {line.id: line for line in lines}
    pairs, lost = [], []
    for state in pinned.values():
        if state.pin is None:
            continue
        line = _same_words(state.line, now, lines)
        if line is None:
            lost.append(state.line)
        else:
            pairs.append((LineState(line, None), _pinned(line, state.pin)))
    kept = tuple(
        one for one in clips if all(_is_there(name, now, texts) for name in (one.first_line, one.last_line))
    )
    change = Change("carry", tuple(pairs), clips=((), kept) if kept else None)
    return Carried(change if pairs or kept else None, tuple(lost))


def _same_words(
    old: AlignedLine, now: Mapping[str, AlignedLine], lines: Sequence[AlignedLine]
) -> AlignedLine | None:
    if old.id in now and now[old.id].text == old.text:
        return now[old.id]
    alike = [line for line in lines if line.text == old.text]
    return alike[0] if len(alike) == 1 else None


def _pinned(line: AlignedLine, pin: Pin) -> LineState:
    own = replace(pin, line=line.id)
    return LineState(as_pinned(line, own), own)


def _is_there(line: str, now: Mapping[str, AlignedLine], texts: Mapping[str, str]) -> bool:
    return line in now and texts.get(line, now[line].text) == now[line].text
