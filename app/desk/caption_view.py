"""Captions as they will air, and what a person changes of them: the state behind the desk's view of them."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import load
from asdelivered.app.errors import AppError
from asdelivered.base.files import sha256_of
from asdelivered.base.span import TimeSpan
from asdelivered.review.captions import CaptionsPart, captions_at
from asdelivered.subtitles.checking.check import Violation
from asdelivered.subtitles.cueing.utterances import in_order
from asdelivered.subtitles.editing.cue_edit import CueEdit
from asdelivered.subtitles.editing.edits_file import (
    CaptionEdits,
    edits_beside,
    edits_in,
    edits_path,
    write_edits,
)
from asdelivered.subtitles.editing.fitting import NumberedWords, fit_edits, numbered
from asdelivered.subtitles.editing.operations import (
    at_times,
    earlier_edit,
    merge,
    replaced,
    split,
    with_line_break,
)
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style import Style
from asdelivered.subtitles.style_file import named_style

OUTDATED = (
    "the captions were changed meanwhile, in another window or by another alignment: here they are as they are now; "
    "do it again if it is still needed"
)
MOST_STEPS = 500
"""Steps that can be undone."""


@dataclass(frozen=True)
class CaptionChange:
    """What a person does to the cue whose first word has the number `first`; `moment` lies in it, milliseconds.

    `kind` is "break" or "split" before the word `at`, "merge" with the next cue, "times" (`start`, `end`), or "reset".
    """

    kind: str
    style: str
    moment: int
    first: int
    at: int = -1
    start: int = 0
    end: int = 0


class CaptionView:
    """The captions of one alignment, with the edits of its file. Any thread may call it.

    Raises AlignError, SubtitleError where one of the two can't be read.
    """

    def __init__(self, alignment: Path) -> None:
        self.path = alignment
        self._lock = threading.RLock()
        self._undo: list[CaptionEdits] = []
        self._redo: list[CaptionEdits] = []
        self._stamp: tuple[int, int] = (0, 0)
        self._file: str | None = ""
        self._edits = CaptionEdits()
        self._read()

    def part(self, style: str, moment: int) -> dict[str, Any]:
        """Return the captions around a moment (ms) in a style, and which edits no longer fit. Raises SubtitleError."""
        with self._lock:
            self._read()
            alignment, edits, words = self._alignment, edits_in(style, self._edits), self._words
            steps = {"undo": len(self._undo), "redo": len(self._redo), "version": self._version()}
        part = captions_at(alignment, named_style(style), moment, edits)
        return {
            "start": part.span.start,
            "end": part.span.end,
            "duration": alignment.recording.duration,
            "cues": [
                _cue_json(cue, problems, words)
                for cue, problems in zip(part.cues, part.problems, strict=True)
            ],
            "edits": len(edits),
            "lost": [edit.text for edit in fit_edits(edits, words).lost],
            **steps,
        }

    def change(self, wanted: CaptionChange, seen: str | None = None) -> None:
        """Do what a person wants, and write it. Raises SubtitleError, AppError, OSError: then all is as before.

        `seen`, here and below, is the version of the captions that the person saw: AppError where they are others now.
        """
        with self._lock:
            self._read(seen)
            style = named_style(wanted.style).in_language(self._alignment.transcript.language)
            own = edits_in(style.name, self._edits)
            part = captions_at(self._alignment, style, wanted.moment, own)
            at = next(
                (at for at, cue in enumerate(part.cues) if cue.words and cue.words[0][0] == wanted.first),
                None,
            )
            if at is None:
                raise AppError("the captions have changed meanwhile: choose the caption again")
            new, last = self._made(wanted, part, at, style, own)
            cues = replaced(self._edits.cues, style.name, wanted.first, last, new, self._words)
            edits = replace(self._edits, cues=cues)
            self._write(edits)
            self._undo = [*self._undo, self._edits][-MOST_STEPS:]
            self._redo = []
            self._edits = edits

    def undo(self, seen: str | None = None) -> None:
        """Undo the last change. Raises AppError: there is none; OSError."""
        with self._lock:
            self._read(seen)
            self._step(self._undo, self._redo, "there is nothing to undo")

    def redo(self, seen: str | None = None) -> None:
        """Redo the change that was undone last. Raises AppError: there is none; OSError."""
        with self._lock:
            self._read(seen)
            self._step(self._redo, self._undo, "there is nothing to redo")

    def forget(self, style: str, seen: str | None = None) -> None:
        """Remove the edits of a style that no longer fit. Raises AppError, OSError."""
        with self._lock:
            self._read(seen)
            lost = {*fit_edits(edits_in(style, self._edits), self._words).lost}
            edits = replace(self._edits, cues=tuple(edit for edit in self._edits.cues if edit not in lost))
            self._write(edits)
            self._undo.append(self._edits)
            self._redo, self._edits = [], edits

    def _made(
        self, wanted: CaptionChange, part: CaptionsPart, at: int, style: Style, own: tuple[CueEdit, ...]
    ) -> tuple[tuple[CueEdit, ...], int]:
        """Return the edits of a change, and where the words that they are about end."""
        cue, words, language = part.cues[at], self._words, self._alignment.transcript.language
        old, last = earlier_edit(cue, own, words), cue.words[-1][1]
        if wanted.kind == "break":
            return (with_line_break(cue, wanted.at, words, style, old),), last
        if wanted.kind == "split":
            return split(cue, wanted.at, words, style, language, old), last
        if wanted.kind == "times":
            if not 0 <= wanted.start < wanted.end:
                raise AppError("a caption ends after it begins")
            span = TimeSpan(wanted.start, wanted.end)
            return (at_times(cue, span, words, style, old),), last
        if wanted.kind == "reset":
            return (), last
        if wanted.kind != "merge":
            raise AppError("captions can be changed by break, split, merge, times and reset")
        following = next((one for one in part.cues[at + 1 :] if one.words), None)
        if following is None:
            raise AppError("there is no caption after this one")
        both = (old, earlier_edit(following, own, words))
        return (merge(cue, following, words, style, language, both),), following.words[-1][1]

    def _step(self, source: list[CaptionEdits], target: list[CaptionEdits], none: str) -> None:
        if not source:
            raise AppError(none)
        self._write(source[-1])
        target.append(self._edits)
        self._edits = source.pop()

    def _write(self, edits: CaptionEdits) -> None:
        """Write the edits unless another program has changed their file meanwhile. Raises NotOursError, OSError."""
        self._file = write_edits(self.path, edits, self._file)

    def _version(self) -> str:
        """Return a name for the captions as they are; it changes with every edit and every alignment."""
        return hashlib.sha256(f"{self._stamp} {self._file}".encode()).hexdigest()[:12]

    def _read(self, seen: str | None = None) -> None:
        """Read what is new of the alignment and the edits. Raises AppError where they are not as they were `seen`."""
        stat = self.path.stat()
        if (stamp := (stat.st_mtime_ns, stat.st_size)) != self._stamp:
            self._alignment: Alignment = load(self.path)
            self._words: NumberedWords = numbered(in_order(self._alignment.lines))
            self._stamp = stamp
        path = edits_path(self.path)
        file = sha256_of(path) if path.is_file() else None
        if file != self._file:
            self._edits = edits_beside(self.path)
            self._file, self._undo, self._redo = file, [], []
        if seen not in (None, self._version()):
            raise AppError(OUTDATED)


def _cue_json(cue: Cue, problems: tuple[Violation, ...], words: NumberedWords) -> dict[str, Any]:
    """Return a cue: times in milliseconds, and the words of each line with their numbers."""
    return {
        "start": cue.span.start,
        "end": cue.span.end,
        "shown": [*cue.shown],
        "top": cue.at_top,
        "speaker": cue.speaker,
        "words": [[first, [unit.text for unit in words.units[first:last]]] for first, last in cue.words],
        "by_hand": cue.by_hand,
        "problems": [
            {"text": found.message, "source": found.source, "severity": found.severity.value}
            for found in problems
        ],
    }
