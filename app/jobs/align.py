"""The main job from files to files."""

from __future__ import annotations

import time
from pathlib import Path

from asdelivered.align.aligner import align
from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import load, save
from asdelivered.align.document.pins import read_pins
from asdelivered.align.document.sources import stated_from
from asdelivered.align.engines.selection import EngineRequest, build_engine
from asdelivered.align.errors import AlignError
from asdelivered.align.realignment import align_again
from asdelivered.app.console.progress import progress
from asdelivered.app.console.summary import Summary
from asdelivered.app.errors import StoppedError
from asdelivered.app.jobs.output import OutputFiles, files_in, staged
from asdelivered.base.errors import OutputError
from asdelivered.media.recording import open_recording
from asdelivered.subtitles.captions import Captions
from asdelivered.subtitles.cues import cues
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.write import write_captions
from asdelivered.transcripts.read import read_transcript
from asdelivered.transcripts.source import STANDARD_INPUT
from asdelivered.transcripts.structure.corrections import Corrections

NAME_OF_STANDARD_INPUT = "transcript"
"""What the files are called that are made of a transcript without a name."""


def align_files(
    transcript_path: Path,
    recording_path: Path,
    folder: Path,
    language: str | None,
    jobs: int,
    request: EngineRequest,
    format: str | None = None,
    pins_path: Path | None = None,
    corrections: Corrections | None = None,
    earlier_path: Path | None = None,
) -> Summary:
    """Align a transcript with its recording and write the files into `folder`, with progress on stderr.

    `request` says which engine hears it. `transcript_path` may be "-" for standard input. Without a `language` or a
    `format` it is found in the text; `corrections` are those of a person. Of an alignment of the same recording at
    `earlier_path` all is kept that has not changed.

    Raises TranscriptError, MediaError, AlignError, SubtitleError or AppError; then no file was written.
    """
    began = time.monotonic()
    transcript = read_transcript(transcript_path, language, format, corrections)
    recording = open_recording(recording_path)
    pins = read_pins(pins_path) if pins_path else ()
    earlier = load(earlier_path) if earlier_path else None
    engine, told = build_engine(request, transcript.language)
    piped = transcript_path == STANDARD_INPUT
    files = files_in(folder, NAME_OF_STANDARD_INPUT if piped else transcript_path.stem)
    inputs = [
        path for path in (transcript_path, recording_path, pins_path) if path and path != STANDARD_INPUT
    ]
    try:
        with staged(files, tuple(inputs)) as staging:
            with progress() as observer:
                if told:
                    observer.noted(told)
                if earlier is None:
                    alignment = align(transcript, recording, jobs, observer, engine, pins)
                else:
                    alignment = align_again(
                        earlier, transcript, recording, pins, jobs, observer, engine=engine
                    )
            alignment = stated_from(alignment, folder)
            write_files(alignment, staging, folder)
    except KeyboardInterrupt as interrupt:
        raise StoppedError from interrupt
    return Summary(alignment, files, time.monotonic() - began, language is None)


def write_files(alignment: Alignment, staging: OutputFiles, folder: Path) -> None:
    """Write the alignment and its captions to `staging`, which stands in for the output folder `folder`.

    Raises OutputError where the disk is full; AlignError or SubtitleError where there is nothing to write.
    """
    try:
        save(alignment, staging.alignment)
        captions = Captions(
            cues(alignment), alignment.transcript.language, alignment.transcript.title or "", alignment
        )
        write_captions(captions, staging.srt, "srt")
        write_captions(captions, staging.vtt, "vtt")
    except (AlignError, SubtitleError) as error:
        if isinstance(error.__cause__, OSError):  # the user knows the folder by its own name
            raise OutputError(folder, error.__cause__.strerror or str(error.__cause__)) from error
        raise
