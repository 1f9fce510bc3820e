"""Alignment from files to files."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from asdelivered.align.aligner import align
from asdelivered.align.document.alignment import Alignment, Settled, is_missing
from asdelivered.align.document.alignment_json import load, save, to_json
from asdelivered.align.document.coverage import account
from asdelivered.align.document.pins import Pin, read_pins
from asdelivered.align.document.sources import stated_from
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.engines.selection import EngineRequest, build_engine
from asdelivered.align.realignment import align_again
from asdelivered.app.errors import AppError, StoppedError, UnexplainedError
from asdelivered.app.jobs.output import OutputFiles, files_in, staged, writing_to
from asdelivered.app.jobs.reading import ReadingOptions, read
from asdelivered.base.delivery import Origin, deliver, relative_to
from asdelivered.base.files import sha256_of
from asdelivered.base.processes import cores
from asdelivered.base.progress import Observer
from asdelivered.base.timeline import stage
from asdelivered.media.recording import open_recording
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
    "ReadingOptions",
    "Summary",
    "align_files",
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


@dataclass(frozen=True)
class Summary:
    """An alignment, the files that it was written to, and the seconds that it all took.

    `language_found`: nobody gave the language, so it was found in the text.
    """

    alignment: Alignment
    files: OutputFiles
    seconds: float
    language_found: bool = False

    @property
    def speed(self) -> float:
        """Seconds of sound aligned per second."""
        return self.alignment.recording.duration / 1000 / max(self.seconds, 0.001)

    def to_json(self) -> dict[str, Any]:
        """Return the summary as JSON values; times in seconds."""
        alignment = self.alignment
        untimed = [line for line in alignment.lines if is_missing(line)]
        spoken = sum(line.settled is not Settled.UNSPOKEN for line in alignment.lines)
        document = to_json(alignment)
        return {
            "lines": spoken,
            "lines_timed": spoken - len(untimed),
            "lines_without_times": [
                {"id": line.id, "speaker": line.speaker, "text": line.text} for line in untimed
            ],
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
    began = time.monotonic()
    with stage("reading the transcript"):
        transcript = read(request.transcript, request.reading)
    with stage("opening the recording"):
        recording = open_recording(request.recording)
    wanted = wanted_sound(recording, request.sound)  # a wrong one is told before the long work
    earlier = load(request.earlier) if request.earlier else None
    if earlier and wanted and wanted != (earlier.recording.sound or sound_of(recording)):
        raise AppError(
            f"{request.earlier} is an alignment of another sound than --sound {request.sound}: align without --since"
        )
    engine, note = build_engine(request.engines, transcript.language)
    doubt = _language_doubt(transcript, request.reading.language)
    jobs = request.jobs or cores()
    piped = request.transcript == STANDARD_INPUT
    files = files_in(request.folder, NAME_OF_STANDARD_INPUT if piped else request.transcript.stem)
    given = (request.transcript, request.recording, request.pins)
    inputs = [path for path in given if path and path != STANDARD_INPUT]
    pins, kept = _pins(request, files)
    edits = edits_in(DEFAULT.name, edits_beside(files.alignment))
    try:
        with staged(files, inputs, request.force) as staging:
            for remark in filter(None, (doubt, note, kept)):
                observer.noted(remark)
            if earlier is None:
                alignment = align(transcript, recording, jobs, observer, engine, pins, sound=request.sound)
            else:
                alignment = align_again(earlier, transcript, recording, pins, jobs, observer, engine=engine)
            alignment = stated_from(alignment, request.folder)
            found = fit_edits(edits, numbered(in_order(alignment.lines)))
            for remark in edits_told(found, edits_path(files.alignment).name):
                observer.noted(remark)
            with stage("captions and files"), writing_to(request.folder):
                _write_files(alignment, staging, edits)
                _deliver(request, alignment, staging, files)
    except KeyboardInterrupt as interrupt:
        raise StoppedError from interrupt
    return Summary(alignment, files, time.monotonic() - began, request.reading.language is None)


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
