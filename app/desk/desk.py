"""The desk while it is open: the library, the work in progress, and the reviews that somebody looks at."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from asdelivered.app.desk.caption_view import CaptionView
from asdelivered.app.desk.disk import Disk
from asdelivered.app.desk.event_file import Stage, as_noted, with_stage, write_notes
from asdelivered.app.desk.event_library import SPEAKERS, Event, Library
from asdelivered.app.desk.exports import Export, alignment_of, corrections_in, corrections_of, speaker_lines
from asdelivered.app.desk.models import Models, installed
from asdelivered.app.desk.search import LibrarySearch
from asdelivered.app.desk.sounds import sounds_of
from asdelivered.app.desk.uploads import Uploads
from asdelivered.app.desk.work_queue import Task, WorkQueue
from asdelivered.app.errors import AppError
from asdelivered.app.jobs.reel import ReelQuote, make_reel
from asdelivered.app.jobs.status import made_files, refresh
from asdelivered.app.jobs.transcript import show_transcript
from asdelivered.base.delivery import put
from asdelivered.base.ledger import is_stale, read_ledger
from asdelivered.base.processes import cores
from asdelivered.media.recording import open_recording
from asdelivered.media.sound import AUTO, wanted_sound
from asdelivered.review.background import STOPPED, Job
from asdelivered.review.review import Review
from asdelivered.review.session import review_file
from asdelivered.transcripts.structure.corrections import parse_speakers

FILES = 500
"""Files of an event that are listed."""
REEL = "reel"
"""What the work on a reel is called in the queue, in the place of an event."""
REELS = "reels"
"""The folder of reels in the library."""
MOST_QUOTES = 200


class Desk:
    """What the server serves. Only the thread of the event loop calls its methods.

    `cache` is the folder of recognised words, None for none. The library is closed with it. Raises OSError.
    """

    def __init__(self, library: Library, cache: Path | None) -> None:
        self.event_library = library
        self.uploads = Uploads(self.event_library.folder)
        self.disk = Disk([Path.home(), self.event_library.folder])
        self.queue = WorkQueue()
        self.models = Models(self.queue)
        self.search = LibrarySearch(self.event_library)
        self.cache = cache
        self._reviews: dict[str, Review] = {}
        self._saved: dict[str, int] = {}
        """The version of each review that was saved last."""
        self._results: dict[str, list[dict[str, Any]]] = {}
        self._captions: dict[str, CaptionView] = {}
        self._reel: dict[str, Any] = {"error": "", "remarks": []}
        self._unwritten: dict[str, tuple[Stage | None, str]] = {}
        """Where alignments stand whose notes could not be written, and why they failed: the disk was full."""
        for event in self.event_library.mark_interrupted():
            self._unwritten[event.key] = (Stage.STOPPED, "")

    def state(self) -> dict[str, Any]:
        """Return the library and the work in progress, for the page."""
        return {
            "folder": str(self.event_library.folder),
            "events": [self.event_state(event) for event in self.event_library.events()],
            "work": self.queue.state(),
        }

    def is_busy(self) -> bool:
        """Return whether something is at work that would have to be begun again if the desk ended."""
        return bool(self.queue.state()) or any(one.work.progress for one in self._reviews.values())

    def event_state(self, event: Event) -> dict[str, Any]:
        """Return what the list shows of an event."""
        noted = (event.notes.stage, event.notes.message) if event.notes else (None, "")
        stage, message = self._unwritten.get(event.key, noted)
        aligned = event.alignment.is_file()
        return {
            "key": event.key,
            "title": event.title,
            "date": event.notes.date if event.notes else "",
            "name": event.stem,
            "folder": str(event.folder),
            "stage": stage or ("aligned" if aligned else "new"),
            "aligned": aligned,
            "message": event.problem or message,
            "recording": event.recording.name if event.recording else "",
            "recording_gone": str(event.recording)
            if event.recording and not event.recording.is_file()
            else "",
            "has_page": event.page is not None,
            "own": event.notes is not None,
        }

    def details(self, event: Event) -> dict[str, Any]:
        """Return an event with its files and what was made since the desk was opened."""
        return {
            **self.event_state(event),
            "files": self.files(event),
            "results": self._results.get(event.key, []),
            "outdated": self._is_outdated(event),
        }

    @staticmethod
    def _is_outdated(event: Event) -> bool:
        """Return whether the page, what was corrected of it, the sound or the recording are others than were aligned.

        A recording so large that it takes long to compare is left to the review.
        """
        entry = read_ledger(event.folder).get(event.alignment.name)
        if entry is None or not event.alignment.is_file():
            return False
        corrected = event.notes is not None and corrections_in(entry.command) != corrections_of(event)
        small = replace(entry, sources=tuple(one for one in entry.sources if not one.size))
        return corrected or is_stale(small, event.alignment)

    def files(self, event: Event) -> list[str]:
        """Return the files that were made of an event, by their paths from its folder."""
        made = [one.path for one in made_files(event.folder)]
        clips = [path for folder in event.folder.glob("clips *") for path in folder.glob("*")]
        found = {path.relative_to(event.folder).as_posix() for path in (*made, *clips) if path.is_file()}
        return sorted(name for name in found if not name.rpartition("/")[2].startswith("."))[:FILES]

    def understood(self, event: Event) -> dict[str, Any]:
        """Return how the page of an event is read. Raises AppError where it has none, TranscriptError."""
        if event.page is None:
            raise AppError("nobody noted which page this alignment was made of")
        shown = show_transcript(event.page, event.reading())
        return {
            **shown.to_json(),
            "format_name": shown.format_name,
            "roles": shown.words_by_role(),
            "unspoken_texts": [*(event.notes.unspoken if event.notes else ())],
            "given_language": event.notes.language if event.notes else None,
            "sounds": self.sounds(event),
            "sound": event.notes.sound if event.notes else AUTO,
            "has_model": bool(installed()),
            "version": event.reading_version(),
        }

    def sounds(self, event: Event) -> list[dict[str, Any]]:
        """Return the sounds of an event's recording to choose from; none where there is no choice, or no recording."""
        if event.recording is None or not event.recording.is_file():
            return []
        return sounds_of(open_recording(event.recording))

    def correct(
        self,
        event: Event,
        language: str | None,
        unspoken: tuple[str, ...],
        rows: list[dict[str, Any]],
        sound: str = AUTO,
        version: str | None = None,
    ) -> None:
        """Keep corrections to how a page is read, and which sound is aligned: the speakers as `--speakers` takes them.

        `version` is that of the corrections which the person saw. Raises AppError, where there are others by now, too,
        TranscriptError, OSError: then everything is as before.
        """
        if version not in (None, event.reading_version()):
            raise AppError(
                "the text was corrected in another window meanwhile: open this view again to see how, then correct it"
            )
        notes = event.notes
        if notes is None:
            raise AppError(
                "this event was aligned by a command: correct it with --speakers and --unspoken there"
            )
        if event.recording is not None and event.recording.is_file():
            wanted_sound(open_recording(event.recording), sound)
        text = speaker_lines(rows)
        if rows and (event.reading().speakers or text != self._speakers_of_page(event)):
            parse_speakers(text, SPEAKERS)
            put(event.folder / SPEAKERS, text.encode())
        kept = replace(notes, language=language, unspoken=unspoken, sound=sound)
        shown = show_transcript(event.page or event.folder, replace(event, notes=kept).reading()).transcript
        date = shown.date.isoformat() if shown.date else ""
        write_notes(event.folder, replace(kept, title=shown.title or "", date=date))

    @staticmethod
    def _speakers_of_page(event: Event) -> str:
        """Return the speakers as the page has them, in the words of a file of corrections."""
        read = show_transcript(event.page or event.folder, event.reading()).to_json()
        return speaker_lines([speaker for speaker in read["speakers"] if speaker["labels"]])

    def relink(self, event: Event, recording: Path) -> None:
        """Note where the recording of an event is now. Raises AppError, MediaError: it is none, or at work; OSError."""
        if event.notes is None:
            raise AppError("this event was not added here: put its recording back where it was")
        if any(task["event"] == event.key for task in self.queue.state()):
            raise AppError("the event is being worked on: stop that first")
        open_recording(recording)
        write_notes(event.folder, replace(event.notes, recording=as_noted(recording, event.folder)))
        self.close_review(event.key)

    def align(self, event: Event) -> None:
        """Begin to align an event, or wait for what runs. Raises AppError, OSError."""
        if self.queue.has(event.key, "align"):
            raise AppError("the event is being aligned already")
        export = alignment_of(event, self.cache)

        def began() -> None:
            self._note(event, Stage.WORKING)

        def failed(reason: str) -> None:
            if reason == STOPPED:
                self._note(event, Stage.STOPPED)
            else:
                self._note(event, Stage.FAILED, reason)

        def ended(result: dict[str, Any]) -> None:
            self._note(event, None)
            self._show(event, export, result)

        with_stage(event.folder, Stage.WAITING)
        self._unwritten.pop(event.key, None)
        self.close_review(event.key)
        job = Job(export.kind, export.function, export.arguments)
        self.queue.add(Task(event.key, job, export.command, began, ended, failed))

    def export(self, event: Event, export: Export) -> None:
        """Begin to make something of an alignment. Raises AppError: there is none yet, or the same is being made."""
        if not event.alignment.is_file():
            raise AppError("align the event first")

        def ended(result: dict[str, Any]) -> None:
            self._show(event, export, result)

        def failed(reason: str) -> None:
            self._show(event, export, {"files": [], "remarks": [], "error": reason})

        job = Job(export.kind, export.function, export.arguments)
        self.queue.add(Task(event.key, job, export.command, ended=ended, failed=failed))

    def remove(self, event: Event) -> str:
        """Put an event aside; return the name by which the library restores it. Raises AppError, OSError."""
        if any(task["event"] == event.key for task in self.queue.state()):
            raise AppError("the event is being worked on: stop that first")
        self.close_review(event.key)
        self._captions.pop(event.key, None)
        return self.event_library.remove(event)

    def make_reel(self, quotes: list[dict[str, Any]], now: datetime) -> None:
        """Begin to make one film of quotes of several events. Raises AppError: there are none, or one is being made."""
        if not 0 < len(quotes) <= MOST_QUOTES:
            raise AppError(f"a reel has 1 to {MOST_QUOTES} quotes: choose others")
        chosen = []
        for quote in quotes:
            event = self.event_library.event(str(quote["key"]))
            recording = event.recording_file()
            if recording is None:
                raise AppError(
                    f"the recording of {event.title} is not where it was: take its quotes out of the reel"
                )
            chosen.append(
                ReelQuote(event.alignment, recording, str(quote["text"]), round(1000 * float(quote["start"])))
            )
        target = self.event_library.folder / REELS / f"reel {now:%Y-%m-%d %H.%M.%S}.mp4"

        def ended(remarks: tuple[str, ...]) -> None:
            self._reel = {"error": "", "remarks": [*remarks]}

        def failed(reason: str) -> None:
            self._reel = {"error": "" if reason == STOPPED else reason, "remarks": []}

        job = Job(REEL, make_reel, (tuple(chosen), target))
        self.queue.add(Task(REEL, job, (), ended=ended, failed=failed))
        self._reel = {"error": "", "remarks": []}

    def reel_state(self) -> dict[str, Any]:
        """Return the reels in the library, the newest first, and what came of the last one."""
        films = (self.event_library.folder / REELS).glob("*.mp4")
        names = sorted((path.name for path in films if not path.name.startswith(".")), reverse=True)
        return {**self._reel, "files": names[:FILES]}

    def reel_file(self, name: str) -> Path:
        """Return where a reel is. Raises AppError where there is none of that name."""
        if name not in self.reel_state()["files"]:
            raise AppError("there is no such reel")
        return self.event_library.folder / REELS / name

    def review(self, event: Event) -> Review:
        """Return the review of an event, opened if need be. Raises AppError, ReviewError, AlignError, MediaError."""
        if event.key not in self._reviews:
            if not event.alignment.is_file():
                raise AppError("align the event first")
            if self.queue.has(event.key, "align"):
                raise AppError("the event is being aligned: review it afterwards")
            review = Review(event.alignment, event.recording_file(), None, cores(), refresh=refresh)
            review.home = f"../../../#/event/{event.key}/times"
            review.start_checks()
            self._reviews[event.key] = review
        return self._reviews[event.key]

    async def keep_edits(self, event: Event) -> None:
        """Save the edits of an event's review, so that what is made next has them.

        Raises AlignError, MediaError, ReviewError: they stay in the journal.
        """
        journal = review_file(event.alignment, ".review.jsonl")
        if not event.alignment.is_file() or not journal.is_file() or self.queue.has(event.key, "align"):
            return
        review = self.review(event)
        seen = self._saved.get(event.key, -1 if review.session.can_undo else review.session.version)
        if review.session.version != seen:
            self._saved[event.key] = review.session.version
            await review.save()

    def captions(self, event: Event) -> CaptionView:
        """Return the view of an event's captions. Raises AppError: it has no alignment; AlignError, SubtitleError."""
        if not event.alignment.is_file():
            raise AppError("align the event first")
        if event.key not in self._captions:
            self._captions[event.key] = CaptionView(event.alignment)
        return self._captions[event.key]

    def close_review(self, key: str) -> None:
        """Close the review of an event, if it is open; every edit is on the disk already."""
        review = self._reviews.pop(key, None)
        self._saved.pop(key, None)
        if review is not None:
            review.close()

    def close(self) -> None:
        """Stop all work and close all files; an alignment that ran is noted as stopped."""
        self.queue.close()
        for key in [*self._reviews]:
            self.close_review(key)
        try:
            self.event_library.mark_interrupted()
        finally:
            self.event_library.close()

    def _note(self, event: Event, stage: Stage | None, message: str = "") -> None:
        """Note where the alignment of an event stands; where its notes can't be written, until the desk is closed."""
        try:
            with_stage(event.folder, stage, message)
        except (AppError, OSError):
            self._unwritten[event.key] = (stage, message)
        else:
            self._unwritten.pop(event.key, None)

    def _show(self, event: Event, export: Export, result: dict[str, Any]) -> None:
        shown = {
            "kind": export.kind,
            "command": shlex.join(("asdelivered", *export.command)),
            "files": [self._shown_path(path, event) for path in result.get("files", [])],
            "remarks": result.get("remarks", []),
            "error": result.get("error", ""),
            "summary": {
                name: result[name] for name in ("lines", "lines_timed", "wall_seconds") if name in result
            },
        }
        self._results.setdefault(event.key, []).insert(0, shown)
        del self._results[event.key][20:]

    @staticmethod
    def _shown_path(path: str, event: Event) -> str:
        whole = Path(path)
        return whole.relative_to(event.folder).as_posix() if whole.is_relative_to(event.folder) else path
