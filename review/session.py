"""A review in progress: the alignment, the pins that a person set, and the journal of every edit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from asdelivered.align.document.alignment import AlignedLine, Alignment
from asdelivered.align.document.alignment_json import decode, read_bytes
from asdelivered.align.document.coverage import outside
from asdelivered.align.document.pins import Pin, write_pins
from asdelivered.align.document.sources import stem_of
from asdelivered.base.clocks import shortened
from asdelivered.base.counting import counted
from asdelivered.base.delivery import Delivery, NotOursError, Origin, deliver
from asdelivered.base.files import sha256_of, write_whole
from asdelivered.base.ledger import read_ledger
from asdelivered.base.scratch import scratch_folder
from asdelivered.review.carrying import carry_over
from asdelivered.review.changes import Change, LineState, Regions, Selection
from asdelivered.review.doubt import usual_rates
from asdelivered.review.edits import EditError, accepted, as_pinned, moved, not_spoken
from asdelivered.review.errors import ReviewError
from asdelivered.review.journal import REDO, UNDO, former_edits, open_journal

MOST_CLIPS = 1000


@dataclass(frozen=True)
class RealignmentRequest:
    """What to align again.

    `before` is the alignment as it was last aligned, `pins` are those set since and before, `anew` the lines whose pin
    was removed, `edited` the lines edited since.
    """

    before: Alignment
    pins: tuple[Pin, ...]
    anew: frozenset[str]
    edited: frozenset[str]


@dataclass(frozen=True)
class RealignmentResult:
    """The lines that changed or were edited, and what is heard beside the text."""

    lines: tuple[AlignedLine, ...]
    regions: Regions


@dataclass(frozen=True)
class UnsavedReview:
    """What to write: the alignment and its pins after the first `entries` entries of the journal."""

    alignment: Alignment
    pins: tuple[Pin, ...]
    entries: int


class Session:
    """The state of a review. A method that changes it writes the journal first, and returns the ids of changed lines.

    It belongs to one thread. Raises AlignError or ReviewError where the alignment or its journal can't be opened.
    """

    def __init__(self, path: Path, former: Path | None = None) -> None:
        """Open the alignment at `path`; `former` is a journal that was put aside, whose edits are taken up."""
        self.path = path
        content = read_bytes(path)
        opened = decode(content, path)
        self._file = hashlib.sha256(content).hexdigest()
        """The hash of the alignment's file as this review knows it; `write` replaces no other file."""
        pins = review_file(path, ".pins.json")
        self._pins_file = sha256_of(pins) if pins.is_file() else None
        recording = opened.recording.sha256
        edits = former_edits(former, recording) if former is not None else ()
        journal = review_file(path, ".review.jsonl")
        self.journal, replay, self.notes = open_journal(journal, self._file, recording)
        self._opened = opened
        self._lines = list(opened.lines)
        self._numbers = {line.id: number for number, line in enumerate(opened.lines)}
        self._pins: dict[str, Pin] = {}
        self._regions = Regions(opened.untranscribed, opened.sounds)
        self._clips: tuple[Selection, ...] = ()
        self._done: list[Change] = []
        self._undone: list[Change] = [*replay.undone]
        self.version = 0
        """Counts the changes, so that the page knows what is new."""
        self.clips_version = 0
        """Counts the changes of the clip list, so that nobody replaces a list that they have not seen."""
        if len(self._numbers) != len(opened.lines):
            raise ReviewError(f"{path}: two lines have the same id, so their edits can't be told apart")
        try:
            self._restore(replay.done, replay.in_file)
        except KeyError as error:
            raise ReviewError(
                f"{self.journal.path} has edits of a line {error} that {path} lacks: move the journal away"
            ) from error
        self._carry_over(replay.former or edits)
        self.rates = usual_rates(self._lines)
        self.outside = outside(self._lines, opened.recording.duration)
        """The ids of the lines that are said before the recording begins, or after its end."""

    def _carry_over(self, former: tuple[Change, ...]) -> None:
        """Apply the edits of an earlier alignment, and note what became of them."""
        carried = carry_over(former, self._lines)
        if carried.change is not None:
            self._record(carried.change)
            self.notes += (
                f"Edits of {counted(len(carried.change.lines), 'line')} were applied to this alignment again.",
            )
        for line in carried.lost:
            self.notes += (f"An edit found no line with the words of {line.id}: {shortened(line.text, 60)}",)

    def _restore(self, done: tuple[Change, ...], in_file: tuple[Change, ...]) -> None:
        """Bring the alignment in the file to the last state in the journal."""
        for change in in_file:  # the file has their lines, but not their pins
            self._apply_pins_and_clips(change, after=True)
        common = 0
        while common < min(len(done), len(in_file)) and done[common] is in_file[common]:
            common += 1
        for change in reversed(in_file[common:]):
            self._apply(change, after=False)
        for change in done[common:]:
            self._apply(change, after=True)
        self._done = [*done]

    @property
    def clips(self) -> tuple[Selection, ...]:
        """The clip list."""
        return self._clips

    @property
    def regions(self) -> Regions:
        """What is heard beside the text, as of now."""
        return self._regions

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether the last step was an undo."""
        return bool(self._undone)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all lines, in order."""
        return tuple(self._numbers)

    @property
    def pins(self) -> tuple[Pin, ...]:
        """All pins, in the order of the text."""
        return tuple(self._pins[line] for line in sorted(self._pins, key=self._numbers.__getitem__))

    def state(self, line: str) -> LineState:
        """Return a line as it is now. Raises EditError where there is none of that id."""
        if line not in self._numbers:
            raise EditError(f"there is no line {line} in this alignment")
        return LineState(self._lines[self._numbers[line]], self._pins.get(line))

    def alignment(self) -> Alignment:
        """Return the alignment as it is now."""
        return replace(
            self._opened,
            lines=tuple(self._lines),
            untranscribed=self._regions.untranscribed,
            drafts=tuple(draft for draft in self._opened.drafts if draft.span in self._regions.untranscribed),
            sounds=self._regions.sounds,
        )

    def accept(self, line: str) -> frozenset[str]:
        """Keep a line as it is."""
        return self._pin("accept", line, accepted(self.state(line).line))

    def move(self, line: str, start: int, end: int) -> frozenset[str]:
        """Move a line to `start` to `end`, ms. Raises EditError where it can't be there."""
        if not 0 <= start < end <= self._opened.recording.duration:
            raise EditError(
                f"{line} can't be from {start / 1000:.3f} to {end / 1000:.3f} s: the recording runs from 0 to "
                f"{self._opened.recording.duration / 1000:.3f} s, and a line ends after it starts"
            )
        return self._pin("nudge", line, moved(self.state(line).line, start, end))

    def mark_unspoken(self, line: str) -> frozenset[str]:
        """Remove a line's times: nobody said it."""
        return self._pin("unspoken", line, not_spoken(self.state(line).line))

    def clear(self, line: str) -> frozenset[str]:
        """Remove a line's pin, and restore the times from the last alignment."""
        now = self.state(line)
        if now.pin is None:
            raise EditError(f"{line} has no pin to remove")
        before = self._as_last_aligned().get(line, now)
        return self._record(Change("clear", ((now, LineState(before.line, None)),)))

    def undo(self) -> frozenset[str]:
        """Undo the last edit. Raises EditError where there is none."""
        if not self._done:
            raise EditError("there is nothing to undo")
        self.journal.append_step(UNDO)
        change = self._done.pop()
        self._undone.append(change)
        return self._apply(change, after=False)

    def redo(self) -> frozenset[str]:
        """Redo the edit that was undone last. Raises EditError where there is none."""
        if not self._undone:
            raise EditError("there is nothing to redo")
        self.journal.append_step(REDO)
        change = self._undone.pop()
        self._done.append(change)
        return self._apply(change, after=True)

    def set_clips(self, clips: tuple[Selection, ...]) -> frozenset[str]:
        """Replace the clip list. Raises EditError where a clip names words that don't exist."""
        if len(clips) > MOST_CLIPS:
            raise EditError(f"a clip list has {MOST_CLIPS} clips at most")
        for words in clips:
            self.word_numbers(words)
        return self._record(Change("clip", clips=(self._clips, clips)))

    def word_numbers(self, words: Selection) -> tuple[int, int]:
        """Return the place of selected words among all words: the first, and one past the last. Raises EditError."""
        edges = []
        for line, word in ((words.first_line, words.first), (words.last_line, words.last)):
            if not 0 <= word < len(self.state(line).line.words):
                raise EditError(f"{line} has no word {word}")
            before = self._lines[: self._numbers[line]]
            edges.append(sum(len(one.words) for one in before) + word)
        if edges[1] < edges[0]:
            raise EditError("the last word stands before the first")
        return edges[0], edges[1] + 1

    def lines_to_realign(self) -> tuple[str, ...]:
        """Return the ids of lines whose times were edited since they were last aligned."""
        return tuple(
            line
            for line, before in self._as_last_aligned().items()
            if before.line.span != self.state(line).line.span
        )

    def realignment_request(self) -> RealignmentRequest:
        """Return what to align again."""
        before = self._as_last_aligned()
        lines = [before[line.id].line if line.id in before else line for line in self._lines]
        anew = {line for line, state in before.items() if state.pin is not None and line not in self._pins}
        whole = replace(self.alignment(), lines=tuple(lines))
        return RealignmentRequest(whole, self.pins, frozenset(anew), frozenset(before))

    def apply_realignment(self, result: RealignmentResult, seen: Mapping[str, LineState]) -> frozenset[str]:
        """Take over the new lines, except those edited since `seen`, the snapshot from when the alignment began."""
        pending = frozenset(line for line in self._numbers if self.state(line) != seen[line])
        states = [(self.state(line.id), line) for line in result.lines if line.id not in pending]
        pairs = tuple((now, LineState(line, now.pin)) for now, line in states if now.line != line)
        changed = None if result.regions == self._regions else (self._regions, result.regions)
        return self._record(Change("align", pairs, regions=changed, pending=pending))

    def snapshot(self) -> dict[str, LineState]:
        """Return all lines as they are now, by id."""
        return {line: self.state(line) for line in self._numbers}

    def unsaved(self) -> UnsavedReview:
        """Return what to write to save the review as it is now."""
        created = datetime.now(UTC).isoformat(timespec="seconds")
        return UnsavedReview(replace(self.alignment(), created=created), self.pins, self.journal.entries)

    def record_save(self, unsaved: UnsavedReview, content: bytes) -> None:
        """Record in the journal that `content`, the file of `unsaved`, is about to be written."""
        self.journal.append_save(hashlib.sha256(content).hexdigest(), unsaved.entries)

    def write(self, unsaved: UnsavedReview, content: bytes) -> tuple[Path, Path]:
        """Write the alignment and its pins, after `record_save`, and return their paths. Any thread may call this.

        Raises AlignError or ReviewError: the old file is still there.
        """
        pins = review_file(self.path, ".pins.json")
        entry = read_ledger(self.path.parent).get(self.path.name)
        origin = Origin(command=entry.command if entry else ())
        sources = {self.path.parent / one.path: one.sha256 for one in entry.sources} if entry else {}
        try:
            with scratch_folder(self.path.parent) as hidden:
                staged = [hidden / self.path.name, hidden / pins.name]
                write_whole(staged[0], content)
                write_pins(unsaved.pins, staged[1])
                deliver(
                    [
                        Delivery(self.path, staged[0], replace(origin, sources=sources), self._file),
                        Delivery(pins, staged[1], known=self._pins_file),
                    ]
                )
                self._file, self._pins_file = sha256_of(self.path), sha256_of(pins)
        except NotOursError as error:
            raise ReviewError(
                f"{error.path} was changed by another program since this review opened or saved it. Nothing was "
                "written: open the review again, and your edits are applied to the file as it is now"
            ) from error
        except OSError as error:
            raise ReviewError(
                f"{self.path} cannot be written ({error.strerror or error}): free some space and try again"
            ) from error
        return self.path, pins

    def close(self) -> None:
        """Close the journal, so that others can review the alignment."""
        self.journal.close()

    def _pin(self, kind: str, line: str, pin: Pin) -> frozenset[str]:
        now = self.state(line)
        self._check_order(line, pin)
        return self._record(Change(kind, ((now, LineState(as_pinned(now.line, pin), pin)),)))

    def _check_order(self, line: str, pin: Pin) -> None:
        """Raise EditError where a pin would overlap, or be on the wrong side of, the pin of another line."""
        if pin.start is None or pin.end is None:
            return
        place, channel = self._numbers[line], self.state(line).line.channel
        for other, fixed in self._pins.items():
            if fixed.start is None or fixed.end is None or other == line:
                continue
            if self.state(other).line.channel != channel:
                continue  # two who speak at once, each on a channel
            earlier = self._numbers[other] < place
            if (earlier and fixed.end > pin.start) or (not earlier and fixed.start < pin.end):
                raise EditError(
                    f"{line} can't be from {pin.start / 1000:.3f} to {pin.end / 1000:.3f} s: {other}, which stands "
                    f"{'before' if earlier else 'after'} it, is fixed from {fixed.start / 1000:.3f} to "
                    f"{fixed.end / 1000:.3f} s"
                )

    def _record(self, change: Change) -> frozenset[str]:
        self.journal.append(change)
        self._done.append(change)
        self._undone.clear()
        return self._apply(change, after=True)

    def _apply(self, change: Change, after: bool) -> frozenset[str]:
        for pair in change.lines:
            line = pair[after].line
            self._lines[self._numbers[line.id]] = line
        if change.regions is not None:
            self._regions = change.regions[after]
        self._apply_pins_and_clips(change, after)
        self.version += 1
        return frozenset(pair[after].line.id for pair in change.lines)

    def _apply_pins_and_clips(self, change: Change, after: bool) -> None:
        """Apply what an alignment's file does not hold: pins and clips."""
        for pair in change.lines:
            state = pair[after]
            if state.pin is None:
                self._pins.pop(state.line.id, None)
            else:
                self._pins[state.line.id] = state.pin
        if change.clips is not None:
            self._clips = change.clips[after]
            self.clips_version += 1

    def _as_last_aligned(self) -> dict[str, LineState]:
        """Return each line that was edited since it was last aligned, as it was then."""
        found: dict[str, LineState] = {}
        pending: set[str] | None = None
        for change in reversed(self._done):
            for before, _ in change.lines if change.kind != "align" else ():
                if pending is None or before.line.id in pending:
                    found[before.line.id] = before
            if change.kind == "align":
                pending = set(change.pending) if pending is None else pending & change.pending
        return found


def review_file(alignment: Path, ending: str) -> Path:
    """Return the path of a file beside an alignment: for talk.alignment.json it is "talk" with `ending`."""
    return alignment.with_name(f"{stem_of(alignment)}{ending}")
