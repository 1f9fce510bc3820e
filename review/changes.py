"""What an edit changed: the lines before and after it, so that it can be undone and redone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from asdelivered.align.document.alignment import AlignedLine, Sound, SoundKind
from asdelivered.align.document.alignment_json import line_from_json, line_to_json
from asdelivered.align.document.pins import Pin, pin_from_json, pin_to_json
from asdelivered.base.span import TimeSpan

T = TypeVar("T")


@dataclass(frozen=True)
class LineState:
    """A line, and the pin that a person set on it, if any."""

    line: AlignedLine
    pin: Pin | None


@dataclass(frozen=True)
class Selection:
    """Selected words: from number `first` of the line `first_line` up to and including number `last` of `last_line`.

    Both count from 0.
    """

    first_line: str
    first: int
    last_line: str
    last: int


@dataclass(frozen=True)
class Regions:
    """What is heard in the recording and is not in the text: untranscribed speech, applause, music."""

    untranscribed: tuple[TimeSpan, ...]
    sounds: tuple[Sound, ...]


@dataclass(frozen=True)
class Change:
    """One edit. `kind` says which: accept, nudge, unspoken, clear, clip, align.

    `lines` are pairs of before and after; so are `clips` and `regions` where the edit changed them. `pending` are the
    lines that were edited while they were being aligned again, and so still need it.
    """

    kind: str
    lines: tuple[tuple[LineState, LineState], ...] = ()
    clips: tuple[tuple[Selection, ...], tuple[Selection, ...]] | None = None
    regions: tuple[Regions, Regions] | None = None
    pending: frozenset[str] = frozenset()


def change_to_json(change: Change) -> dict[str, Any]:
    """Return a change as an entry of the journal."""
    entry: dict[str, Any] = {"do": change.kind}
    if change.lines:
        entry["lines"] = [[_state_to_json(state) for state in pair] for pair in change.lines]
    if change.clips is not None:
        entry["clips"] = [[selection_to_json(words) for words in clips] for clips in change.clips]
    if change.regions is not None:
        entry["regions"] = [_regions_to_json(regions) for regions in change.regions]
    if change.pending:
        entry["pending"] = sorted(change.pending)
    return entry


def change_from_json(entry: dict[str, Any]) -> Change:
    """Return the change of a journal entry. Raises KeyError, TypeError, ValueError or AlignError where it isn't one."""
    lines = tuple(_pair([_state(state) for state in pair]) for pair in entry.get("lines", ()))
    clips = regions = None
    if "clips" in entry:
        clips = _pair([tuple(selection_from_json(words) for words in clips) for clips in entry["clips"]])
    if "regions" in entry:
        regions = _pair([_regions(one) for one in entry["regions"]])
    return Change(str(entry["do"]), lines, clips, regions, frozenset(entry.get("pending", ())))


def selection_to_json(words: Selection) -> list[str | int]:
    """Return a selection as [first line, first word, last line, last word]."""
    return [words.first_line, words.first, words.last_line, words.last]


def selection_from_json(data: list[Any]) -> Selection:
    """Return the selection of `selection_to_json`. Raises ValueError or TypeError where it isn't one."""
    first_line, first, last_line, last = data
    return Selection(str(first_line), int(first), str(last_line), int(last))


def _pair(items: Sequence[T]) -> tuple[T, T]:
    before, after = items
    return before, after


def _state_to_json(state: LineState) -> dict[str, Any]:
    return {"line": line_to_json(state.line), "pin": state.pin and pin_to_json(state.pin)}


def _state(data: dict[str, Any]) -> LineState:
    return LineState(line_from_json(data["line"], ""), data["pin"] and pin_from_json(data["pin"]))


def _regions_to_json(regions: Regions) -> dict[str, Any]:
    return {
        "untranscribed": [[span.start, span.end] for span in regions.untranscribed],
        "sounds": [[sound.kind.value, sound.span.start, sound.span.end] for sound in regions.sounds],
    }


def _regions(data: dict[str, Any]) -> Regions:
    return Regions(
        tuple(TimeSpan(*span) for span in data["untranscribed"]),
        tuple(Sound(SoundKind(kind), TimeSpan(start, end)) for kind, start, end in data["sounds"]),
    )
