"""A review while it is open: the session, the recording with its waveform, and the work in the background."""

from __future__ import annotations

import asyncio
import os
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import encode
from asdelivered.align.document.event import event_of
from asdelivered.align.document.quotes import IndexedAlignment
from asdelivered.align.document.recording_file import HashCheck, find_recording, open_aligned
from asdelivered.base.counting import counted
from asdelivered.base.errors import AsdeliveredError
from asdelivered.clips.find import CHANGED, QuoteOrigin
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import EditSource, as_edit_source
from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.one_sound import plays_as_heard, write_with_one_sound
from asdelivered.media.sound import describe
from asdelivered.review.background import STOPPED, BackgroundWork, Job
from asdelivered.review.clip_list import ClipCutter, SelectedClip
from asdelivered.review.errors import ReviewError
from asdelivered.review.page_json import line_for_page, own_words_for_page, regions_for_page, state_for_page
from asdelivered.review.peaks import BUCKET_MS, peaks_of
from asdelivered.review.quotes import QuoteFinder, indexed_as
from asdelivered.review.remarks import Remark
from asdelivered.review.session import RealignmentResult, Session, review_file
from asdelivered.review.tasks import align_between_pins
from asdelivered.subtitles.editing.edits_file import edits_beside

Refresh = Callable[[Path], tuple[tuple[Path, ...], tuple[str, ...]]]
"""Makes the captions of an alignment again where they are older; returns their paths, and remarks."""


class Review:
    """What the server serves. Only the thread of the event loop calls its methods.

    Raises ReviewError, AlignError or MediaError where the alignment, its journal or its recording can't be opened.
    """

    def __init__(
        self,
        path: Path,
        recording: Path | None,
        url: str | None,
        jobs: int,
        former: Path | None = None,
        refresh: Refresh | None = None,
    ) -> None:
        """Open a review.

        `former` is a journal that was put aside, whose edits are taken up; `refresh` makes again what was made of the
        alignment, after it was saved.
        """
        if path.is_symlink():  # the journal is that of the file itself, whatever leads to it
            path = Path(os.path.realpath(path))
        self.session = Session(path, former)
        try:
            alignment = self.session.alignment()
            file = find_recording(alignment, path, recording).absolute()
            self.source: EditSource = as_edit_source(open_aligned(alignment, file))
            self.peaks = peaks_of(self.source.recording, path.absolute().parent)
        except BaseException:
            self.session.close()
            raise
        self.opened = secrets.token_hex(8)
        """A name for this review, from when it was opened until it is closed."""
        self._notes = [Remark(note) for note in self.session.notes]
        self._other = abs(self.source.recording.duration - alignment.recording.duration) > CHANGED
        if self._other:
            text = f"{file.name} is not as long as the recording that was aligned: the times may not fit it."
            self._notes.append(Remark(text, "told_other_length", {"file": file.name}))
        if sound := alignment.recording.sound:
            text = f"What is heard here, and was aligned, is {describe(sound)} of the recording."
            self._notes.append(Remark(text, "told_sound", {"sound": describe(sound)}))
        video = self.source.recording.video
        counts = video or self.source.recording.timecode or self.source.recording.samples_since_midnight
        event = event_of(alignment, path)
        self.quotes = QuoteFinder(QuoteOrigin(event, file, self.source if counts else None, url))
        self.title = event.title or path.name.removesuffix(".alignment.json")
        self.cutter = ClipCutter(self.source)
        self.work = BackgroundWork()
        self.folder = review_file(path.absolute(), ".clips")
        self.rendered: tuple[Path, ...] = ()
        self.refused: frozenset[Clip] = frozenset()
        """Clips of which no file could be made and checked, so that no list has them either."""
        self.home = ""
        """The address of the page that led here, from this one's; "" where there is none."""
        self._jobs = jobs
        self._refresh = refresh
        self._changes: list[tuple[int, frozenset[str]]] = []
        self._index: tuple[int, IndexedAlignment] | None = None
        self._indexing, self._saving = asyncio.Lock(), asyncio.Lock()
        self._messages: list[Remark] = []
        self._regions = (0, self.session.regions)
        self._check: HashCheck | None = None
        self._copying = threading.Lock()
        self._played: Path | None = None

    @property
    def notes(self) -> list[str]:
        """What the person should know about the recording and the journal, a sentence each."""
        return [one.text for one in self._notes]

    @property
    def alignment(self) -> Alignment:
        """The alignment as it is now."""
        return self.session.alignment()

    def start_checks(self) -> None:
        """Begin to check that the recording is the one that was aligned, and to compute its waveform if need be."""
        self._check = HashCheck(self.source.path, self.alignment.recording.sha256)
        threading.Thread(target=self._compare, args=(self._check,), daemon=True).start()
        if not self.peaks.whole:
            threading.Thread(target=self._compute_peaks, daemon=True).start()

    def media_file(self) -> Path:
        """Return the file to play: the recording, or a copy with the sound that was aligned where players play another.

        The copy is made at the first call, and kept beside the waveform. Where it can't be made, a message says so.
        """
        recording = self.source.recording
        with self._copying:
            if self._played is None:
                self._played = recording.path
                if not plays_as_heard(recording):
                    copy = self.peaks.folder / f"heard{recording.path.suffix}"
                    try:
                        if not copy.exists():
                            write_with_one_sound(recording, copy)
                        self._played = copy
                    except (MediaError, OSError) as error:
                        self.show_message(
                            Remark(
                                f"The recording plays another sound than the one that was aligned: {error}"
                            )
                        )
            return self._played

    def page_data(self) -> dict[str, Any]:
        """Return all that the page needs to start."""
        alignment = self.alignment
        recording = self.source.recording
        return {
            "title": self.title,
            "home": self.home,
            "language": alignment.transcript.language,
            "duration": recording.duration,
            "video": recording.video is not None,
            "file": recording.path.name,
            "notes": self.notes,
            "noted": [one.coded() for one in self._notes],
            "buckets": BUCKET_MS,
            "lines": [line_for_page(self.session, line) for line in self.session.ids],
            **self.state_since(self.session.version),
            "regions": regions_for_page(alignment),
            "own_words": own_words_for_page(edits_beside(self.session.path).heard),
        }

    def state_since(self, since: int) -> dict[str, Any]:
        """Return the state, with the lines that changed after version `since`."""
        lines = frozenset().union(*(lines for version, lines in self._changes if version > since))
        progress = self.work.progress
        state: dict[str, Any] = {
            **state_for_page(self.session),
            "changed": [line_for_page(self.session, line) for line in lines],
            "work": progress
            and {"kind": progress.kind, "step": progress.step, "share": round(progress.share, 3)},
            "peaks": self.peaks.done,
            "messages": [one.text for one in self._messages[-3:]],
            "told": [one.coded() for one in self._messages[-3:]],
            "messages_count": len(self._messages),
            "files": [path.name for path in self.rendered],
            "opened": self.opened,
        }
        if self._regions[0] > since:
            state["regions"] = regions_for_page(self.alignment)
        return state

    def note_change(self, lines: frozenset[str]) -> None:
        """Note which lines an edit changed, for the pages that show them."""
        version, regions = self.session.version, self.session.regions
        self._changes.append((version, lines))
        if (
            regions != self._regions[1]
        ):  # sent only when they change: most edits don't, and ten hours have many
            self._regions = (version, regions)

    async def indexed(self) -> IndexedAlignment:
        """Return the alignment, indexed for finding quotes."""
        async with self._indexing:
            if self._index is None or self._index[0] != self.session.version:
                version, before = self.session.version, self._index[1] if self._index else None
                self._index = (version, await run_in_threadpool(indexed_as, self.alignment, before))
            return self._index[1]

    async def clips(self) -> tuple[SelectedClip, ...]:
        """Return the clip list, each clip cut in the pauses around it. Raises MediaError."""
        indexed = await self.indexed()
        selected = [(words, self.session.word_numbers(words)) for words in self.session.clips]
        return await run_in_threadpool(self.cutter.cut, indexed, selected)

    async def save(self) -> tuple[Path, ...]:
        """Write the alignment, its pins, and the captions made of it; return their paths.

        Edits that are made meanwhile are not in them.

        Raises AlignError or ReviewError: the old file is still there.
        """
        async with self._saving:
            unsaved = self.session.unsaved()
            content = await run_in_threadpool(encode, unsaved.alignment)
            self.session.record_save(unsaved, content)
            written: tuple[Path, ...] = await run_in_threadpool(self.session.write, unsaved, content)
            if self._refresh is None:
                return written
            refreshed, remarks = await run_in_threadpool(self._refresh, self.session.path)
            for remark in remarks:
                self.show_message(Remark(remark))
            return (*written, *refreshed)

    def start_realignment(self) -> None:
        """Begin to align again around the edits. Raises ReviewError: there are none, or other work is in progress."""
        request = self.session.realignment_request()
        if not self.session.lines_to_realign() and not request.anew:
            raise ReviewError("no line was moved since the last alignment: there is nothing to align again")
        seen = self.session.snapshot()

        def take(result: RealignmentResult) -> None:
            lines = self.session.apply_realignment(result, seen)
            self.note_change(lines)
            count = len(lines)
            text = f"Aligned again: {counted(count, 'line')} changed."
            self.show_message(Remark(text, "told_aligned", {"count": count}))

        self.start_work(Job("align", align_between_pins, (request, self.source.path, self._jobs)), take)

    def start_work(self, job: Job, take: Callable[[Any], None]) -> None:
        """Begin a job; this thread calls `take` with its result. Raises ReviewError while another is in progress."""
        loop = asyncio.get_running_loop()

        def ended(result: Any) -> None:
            loop.call_soon_threadsafe(self._end, take, result)

        def failed(reason: str) -> None:
            kind = "told_stopped" if reason == STOPPED else "told_nothing"
            message = Remark(f"Nothing was changed: {reason}", kind, {"reason": reason})
            loop.call_soon_threadsafe(self.show_message, message)

        self.work.start(job, ended, failed)

    def show_message(self, message: Remark) -> None:
        """Show a sentence on the page."""
        self._messages.append(message)

    def close(self) -> None:
        """Stop all work, and let others review the alignment."""
        self.work.stop()
        if self._check is not None:
            self._check.stop()
        self.session.close()

    def _end(self, take: Callable[[Any], None], result: Any) -> None:
        try:
            take(result)
        except AsdeliveredError as error:
            self.show_message(Remark(str(error)))

    def _compare(self, check: HashCheck) -> None:
        try:
            same = check.is_same()
        except AsdeliveredError as error:
            self.show_message(Remark(str(error)))
            return
        if not (same or check.stopped or self._other):
            name = self.source.path.name
            text = f"{name} is another file than the one that was aligned: see that the times fit it."
            note = Remark(text, "told_other_file", {"file": name})
            self._notes.append(note)
            self.show_message(note)

    def _compute_peaks(self) -> None:
        try:
            self.peaks.compute(self.source.recording)
        except (MediaError, OSError) as error:
            self.show_message(Remark(f"The waveform could not be made: {error}"))
        else:
            self.peaks.done = self.source.recording.duration
