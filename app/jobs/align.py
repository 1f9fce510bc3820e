"""Alignment from files to files."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path
from typing import Any

from asdelivered.align.aligner import align
from asdelivered.align.document.alignment import Alignment, Settled, is_missing
from asdelivered.align.document.alignment_json import load, save, to_json
from asdelivered.align.document.coverage import account, outside
from asdelivered.align.document.pins import Pin, read_pins
from asdelivered.align.document.sources import stated_from
from asdelivered.align.engines.engine import Engine, EngineOptions
from asdelivered.align.engines.group import EngineGroup
from asdelivered.align.engines.selection import EngineRequest, build_engine
from asdelivered.align.realignment import align_again
from asdelivered.align.script import write_script
from asdelivered.align.tracks.choice import ChosenSound, TextToPlace, choose_sounds
from asdelivered.app.errors import AppError, StoppedError, TextsFailedError, UnexplainedError
from asdelivered.app.jobs.output import OutputFiles, files_in, staged, writing_to
from asdelivered.app.jobs.reading import ReadingOptions, read
from asdelivered.base.delivery import Origin, deliver, relative_to
from asdelivered.base.errors import AsdeliveredError
from asdelivered.base.files import sha256_of
from asdelivered.base.processes import cores
from asdelivered.base.progress import Observer
from asdelivered.base.timeline import stage
from asdelivered.media.recording import Recording, open_recording
from asdelivered.media.sound import AUTO, sound_of, wanted_sound
from asdelivered.subtitles.cueing.utterances import in_order
from asdelivered.subtitles.cues import DEFAULT, captions_of
from asdelivered.subtitles.delivery import with_captions
from asdelivered.subtitles.editing.cue_edit import CueEdit
from asdelivered.subtitles.editing.edits_file import edits_beside, edits_in, edits_path
from asdelivered.subtitles.editing.fitting import edits_told, fit_edits, numbered
from asdelivered.subtitles.write import write_captions
from asdelivered.transcripts.languages.detection import detect_language
from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.source import STANDARD_INPUT

__all__ = [
    "AlignRequest",
    "EngineOptions",
    "EngineRequest",
    "Failure",
    "ReadingOptions",
    "Summary",
    "align_files",
    "align_texts",
    "check_explained",
]

NAME_OF_STANDARD_INPUT = "transcript"
"""The stem of the files made from a transcript without a name."""


@dataclass(frozen=True)
class AlignRequest:
    """A transcript ("-" is standard input), its recording, and the folder for the files.

    Without `pins`, those of an earlier review beside the output are kept. `earlier` is an alignment of the same
    recording: whatever has not changed since is kept. `jobs` is the number of worker processes, None for one per core.
    `sound` is the audio track or channel to align. With `force`, files that a person changed make way, and are kept
    beside the new ones.
    """

    transcript: Path
    recording: Path
    folder: Path
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    engines: EngineRequest = field(default_factory=EngineRequest)
    pins: Path | None = None
    earlier: Path | None = None
    jobs: int | None = None
    force: bool = False
    sound: str = AUTO

    @property
    def stem(self) -> str:
        """What the names of its files begin with."""
        return NAME_OF_STANDARD_INPUT if self.transcript == STANDARD_INPUT else self.transcript.stem

    def options(self) -> tuple[str, ...]:
        """Return the options by which a command in the output's folder aligns as this request does."""
        engines, reading = self.engines, self.reading
        given = {
            "--engine": ",".join(engines.names),
            "--model": engines.options.model,
            "--language": reading.language,
            "--from": reading.format,
            "--speakers": reading.speakers and relative_to(reading.speakers, self.folder),
            "--unspoken": reading.unspoken,
            "--pins": self.pins and relative_to(self.pins, self.folder),
            "--sound": self.sound,
        }
        words = [
            word
            for option, value in given.items()
            if value not in (None, "auto")
            for word in (option, str(value))
        ]
        if engines.fallback is not None:
            words.append("--fallback" if engines.fallback else "--no-fallback")
        return tuple(words)


_ITS_OWN: dict[str, Any] = {"reading": ReadingOptions(), "pins": None, "earlier": None, "sound": AUTO}
"""What a request says of its own text, where nobody says anything."""


@dataclass(frozen=True)
class Failure:
    """One of several texts that could not be aligned, and why."""

    transcript: Path
    error: AsdeliveredError

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {"transcript": str(self.transcript), "error": str(self.error)}


@dataclass(frozen=True)
class Summary:
    """An alignment, the files that it was written to, and the seconds that it all took.

    Of several texts, the first has the seconds of what is done for all. `language_found`: nobody gave the language, so
    it was found in the text. `why_sound` says why its sound was taken; it is empty where there was no choice.
    """

    alignment: Alignment
    files: OutputFiles
    seconds: float
    language_found: bool = False
    transcript: Path = STANDARD_INPUT
    why_sound: str = ""

    @property
    def speed(self) -> float:
        """Seconds of sound aligned per second."""
        return self.alignment.recording.duration / 1000 / max(self.seconds, 0.001)

    def to_json(self) -> dict[str, Any]:
        """Return the summary as JSON values; times in seconds."""
        alignment = self.alignment
        untimed = [line for line in alignment.lines if is_missing(line)]
        spoken = sum(line.settled is not Settled.UNSPOKEN for line in alignment.lines)
        cut = outside(alignment.lines, alignment.recording.duration)
        document = to_json(alignment)
        return {
            "transcript": str(self.transcript),
            "lines": spoken,
            "lines_timed": spoken - len(untimed),
            "lines_without_times": [
                {"id": line.id, "speaker": line.speaker, "text": line.text} for line in untimed
            ],
            "lines_outside_the_recording": [line.id for line in untimed if line.id in cut],
            "settled": [
                {"id": line.id, "speaker": line.speaker, "text": line.text, "as": line.settled}
                for line in alignment.lines
                if line.settled
            ],
            "untranscribed": document["untranscribed"],
            "untranscribed_seconds": sum(span.duration for span in alignment.untranscribed) / 1000,
            "language": alignment.transcript.language,
            "language_found": self.language_found,
            "sounds": [
                {"kind": sound.kind.value, "start": sound.span.start / 1000, "end": sound.span.end / 1000}
                for sound in alignment.sounds
            ],
            "unexplained_share": round(account(alignment).unexplained, 4),
            "sound": alignment.recording.sound and str(alignment.recording.sound),
            "sound_reason": self.why_sound,
            "recording_seconds": alignment.recording.duration / 1000,
            "wall_seconds": round(self.seconds, 3),
            "audio_seconds_per_wall_second": round(self.speed, 2),
            "files": {
                "alignment": str(self.files.alignment),
                "srt": str(self.files.srt),
                "vtt": str(self.files.vtt),
            },
        }


def align_files(request: AlignRequest, observer: Observer) -> Summary:
    """Align a transcript with its recording, and write the alignment and its captions.

    Raises TranscriptError, MediaError, AlignError, SubtitleError or AppError; then no file has been written.
    """
    (done,) = [one for one in align_texts(request, (), observer) if isinstance(one, Summary)]
    return done


def align_texts(first: AlignRequest, also: Sequence[Path], observer: Observer) -> Iterator[Summary | Failure]:
    """Align a transcript, and others of the same recording, such as its interpretation; write the files of each.

    The sounds of all are chosen together, so that each has one of its own where there are enough. What the first
    request says of its text and its sound holds for the first alone; of the others all is found. What can be checked
    before the long work is checked for all of them: TranscriptError, MediaError, AlignError, SubtitleError or AppError
    are raised before a file is written. After that a text that fails does not stop the others; where all do, the error
    of the only one is raised, or TextsFailedError.
    """
    began = time.monotonic()
    requests = [first, *(replace(first, **_ITS_OWN, transcript=path) for path in also)]
    _check_names(requests)
    with stage("opening the recording"):
        recording = open_recording(first.recording)
    written: list[Path] = []
    failures: dict[Path, AsdeliveredError] = {}
    try:
        with ExitStack() as stack:
            ready = [stack.enter_context(_ready(request, recording)) for request in requests]
            for one, sound in zip(ready, _sounds(ready, recording), strict=True):
                named = observer if len(ready) == 1 else _OfText(one.request.transcript, observer)
                try:
                    alignment = _align(one, recording, sound, len(ready) > 1, named)
                except AsdeliveredError as error:
                    failures[one.request.transcript] = error
                    if len(failures) == len(ready):
                        raise error if len(ready) == 1 else TextsFailedError(failures) from error
                    yield Failure(one.request.transcript, error)
                else:
                    written.append(one.files.alignment)
                    yield Summary(
                        alignment,
                        one.files,
                        time.monotonic() - began,
                        language_found=one.request.reading.language is None,
                        transcript=one.request.transcript,
                        why_sound=sound.why if sound else "",
                    )
                began = time.monotonic()
    except KeyboardInterrupt as interrupt:
        raise StoppedError(written) from interrupt


@dataclass(frozen=True)
class _Ready:
    """A request of which all that can be known before the long work is known; its files go to `staging` first."""

    request: AlignRequest
    transcript: Transcript
    engine: Engine | EngineGroup
    files: OutputFiles
    staging: OutputFiles
    pins: tuple[Pin, ...]
    edits: Sequence[CueEdit]
    earlier: Alignment | None
    remarks: tuple[str, ...]


@contextmanager
def _ready(request: AlignRequest, recording: Recording) -> Iterator[_Ready]:
    with stage("reading the transcript"):
        transcript = read(request.transcript, request.reading)
    wanted = wanted_sound(recording, request.sound)  # a wrong one is told before the long work
    earlier = load(request.earlier) if request.earlier else None
    if earlier and wanted and wanted != (earlier.recording.sound or sound_of(recording)):
        raise AppError(
            f"{request.earlier} is an alignment of another sound than --sound {request.sound}: align without --since"
        )
    engine, note = build_engine(request.engines, transcript.language)
    doubt = _language_doubt(transcript, request.reading.language)
    files = files_in(request.folder, request.stem)
    given = (request.transcript, request.recording, request.pins)
    inputs = [path for path in given if path and path != STANDARD_INPUT]
    pins, kept = _pins(request, files)
    edits = edits_in(DEFAULT.name, edits_beside(files.alignment))
    remarks = tuple(filter(None, (doubt, note, kept)))
    with staged(files, inputs, request.force) as staging:
        yield _Ready(request, transcript, engine, files, staging, pins, edits, earlier, remarks)


def _sounds(ready: Sequence[_Ready], recording: Recording) -> Sequence[ChosenSound | None]:
    """Return the sound of each text, chosen together; None for a single one that has the sound of an earlier alignment.

    Raises AlignError and MediaError.
    """
    if len(ready) == 1 and ready[0].earlier:
        return [None]
    if len(recording.tracks) < 2 and recording.audio.channels < 2:
        return [ChosenSound(recording)] * len(ready)
    return choose_sounds(
        recording,
        [
            TextToPlace(
                write_script(one.transcript),
                one.transcript.language,
                str(one.earlier.recording.sound or sound_of(recording)) if one.earlier else one.request.sound,
            )
            for one in ready
        ],
    )


def _align(
    one: _Ready, recording: Recording, sound: ChosenSound | None, together: bool, observer: Observer
) -> Alignment:
    """Align a text and deliver its files. `together`: its sound was chosen with those of others."""
    request, jobs = one.request, one.request.jobs or cores()
    for remark in one.remarks:
        observer.noted(remark)
    if sound and sound.why:
        by_itself = "to take another, align this text by itself, with --sound"
        other = by_itself if together else "--sound takes another"
        observer.noted(f"{sound.told}; {other}")
    if one.earlier:
        alignment = align_again(
            one.earlier, one.transcript, recording, one.pins, jobs, observer, engine=one.engine
        )
    else:
        alignment = align(
            one.transcript, recording, jobs, observer, one.engine, one.pins, sound or request.sound
        )
    alignment = stated_from(alignment, request.folder)
    found = fit_edits(one.edits, numbered(in_order(alignment.lines)))
    for remark in edits_told(found, edits_path(one.files.alignment).name):
        observer.noted(remark)
    if together and sound and not sound.channels and not one.earlier:
        # By itself, the text might be given a sound that another has.
        request = replace(request, sound=str(sound_of(sound.recording)))
    with stage("captions and files"), writing_to(request.folder):
        _write_files(alignment, one.staging, one.edits)
        _deliver(request, alignment, one.staging, one.files)
    return alignment


class _OfText(Observer):
    """Passes on what happens to one of several texts: notes say which."""

    def __init__(self, text: Path, observer: Observer) -> None:
        self._text = text
        self._observer = observer

    def started(self, step: str, total: float) -> None:
        self._observer.started(step, total)

    def advanced(self, step: str, done: float) -> None:
        self._observer.advanced(step, done)

    def finished(self, step: str) -> None:
        self._observer.finished(step)

    def found(self, starts: Mapping[str, int]) -> None:
        self._observer.found(starts)

    def noted(self, message: str) -> None:
        self._observer.noted(f"{self._text}: {message}")


def _check_names(requests: Sequence[AlignRequest]) -> None:
    """Raise AppError where two texts would have the same files, or another than the first is standard input."""
    texts: dict[str, Path] = {}
    for request in requests:
        if texts and request.transcript == STANDARD_INPUT:
            raise AppError("the transcript alone can come from standard input: give a file with --also")
        if request.stem in texts:
            raise AppError(
                f"{texts[request.stem]} and {request.transcript} would both be written as {request.stem}.srt: "
                "rename one of them"
            )
        texts[request.stem] = request.transcript


def _write_files(alignment: Alignment, files: OutputFiles, edits: Sequence[CueEdit]) -> None:
    save(alignment, files.alignment)
    captions = captions_of(alignment, edits=edits)
    write_captions(captions, files.srt, "srt")
    write_captions(captions, files.vtt, "vtt")


def _pins(request: AlignRequest, files: OutputFiles) -> tuple[tuple[Pin, ...], str]:
    """Return the pins to keep, and what to say of those that nobody asked for. Raises AlignError."""
    if request.pins is not None:
        return read_pins(request.pins), ""
    beside = files.srt.with_suffix(".pins.json")
    if not beside.is_file():
        return (), ""
    pins = read_pins(beside)
    return pins, f"the pins of {beside} are kept ({len(pins)}): move the file away to align without them"


def _deliver(request: AlignRequest, alignment: Alignment, staging: OutputFiles, files: OutputFiles) -> None:
    sources = {request.recording: alignment.recording.sha256}
    if request.transcript != STANDARD_INPUT:
        sources[request.transcript] = alignment.transcript.sha256
    if request.reading.speakers:
        sources[request.reading.speakers] = sha256_of(request.reading.speakers)
    names = [relative_to(path, request.folder) for path in (request.transcript, request.recording)]
    made = Origin(sources, ("align", *names, *request.options()))
    ready = dict(zip(astuple(files), astuple(staging), strict=True))
    deliver(with_captions(files.alignment, made, ready), request.force)


def _language_doubt(transcript: Transcript, given: str | None) -> str:
    """Return a sentence where the text reads as of another language than the one that the user gave; else ""."""
    if given is None:
        return ""
    text = " ".join(line.text for _, line in transcript.spoken_lines())
    found = detect_language(text, given)
    if found.partition("-")[0] == given.partition("-")[0]:
        return ""
    return (
        f"the text reads as {found}, and --language says {given}: without --language it is taken as it reads"
    )


def check_explained(alignment: Alignment, allowed: float) -> None:
    """Raise UnexplainedError if more than `allowed` per cent of the text or of the speech is unexplained."""
    found = account(alignment)
    if 100 * found.unexplained > allowed:
        raise UnexplainedError(100 * found.text, 100 * found.speech, allowed)
