"""From a transcript and a recording to an alignment: the whole of the main job."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import UTC, datetime

from asdelivered.align.acoustic.plausibility import LEAST_TOKENS
from asdelivered.align.document.alignment import (
    Alignment,
    RecordingSource,
    chosen_sound,
    source_of,
)
from asdelivered.align.document.pins import Pin
from asdelivered.align.engines import make_engine
from asdelivered.align.engines.engine import Engine, EngineOptions
from asdelivered.align.engines.group import EngineGroup, info_of
from asdelivered.align.errors import AlignError
from asdelivered.align.job import Job
from asdelivered.align.lines import settle
from asdelivered.align.pinning import check_order
from asdelivered.align.pipeline import AlignedText, align_text
from asdelivered.align.preparation import Prepared, prepare
from asdelivered.align.tracks.channels import align_channels
from asdelivered.align.tracks.choice import ChosenSound, choose_sound
from asdelivered.align.values.recording_part import RecordingPart
from asdelivered.base.files import sha256_of
from asdelivered.base.processes import cores, processes
from asdelivered.base.progress import Observer
from asdelivered.base.scratch import scratch_folder
from asdelivered.base.span import TimeSpan
from asdelivered.base.timeline import stage
from asdelivered.media.loudest import measure_loudest
from asdelivered.media.recording import Recording, open_recording
from asdelivered.media.sound import AUTO, SoundChoice
from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.read import read_transcript

_LEAST_TIMED = 0.05
"""Share of the words that must get a time for the recording to be taken for the text's."""
_LEAST_SURE = 0.1
"""Share of a recording's speech that must be surely the text's, where it has less of the text than that: in excerpts
of 15 to 120 s it was 0.64 to 0.93, in speech of something else 0.03 at most."""
_SURE = 0.9
"""Confidence of words that are surely the text's."""


def align(
    transcript: Transcript | str | os.PathLike[str],
    recording: Recording | str | os.PathLike[str],
    jobs: int | None = None,
    observer: Observer | None = None,
    engine: Engine | EngineGroup | None = None,
    pins: Sequence[Pin] = (),
    sound: str | ChosenSound = AUTO,
) -> Alignment:
    """Align the spoken lines of `transcript` with `recording`, using `jobs` processes (None: one per core).

    Either may be a path; call `read_transcript` or `open_recording` yourself for control over how it is read.
    `observer` is notified of the progress. `engine` recognises the words (None: PocketSphinx, which is built in);
    with several engines, each line keeps the more confident result. Times fixed by `pins` are kept exactly; a pin
    whose line is no longer in the transcript is ignored. `sound` says which audio track or channel is heard, as the
    option --sound does ("2", "en", "left", "1:right", "mix"); "auto" takes the one that the text fits. Where the sounds
    of several texts were chosen together (`choose_sounds`), it is what was chosen for this one.

    Raises AlignError if the engine can't run, if nothing in the recording matches or if the language can't be
    pronounced; TranscriptError if the transcript can't be read; MediaError if the recording can't be opened, is
    cut off or is damaged, or lacks the sound.

    Examples:
        >>> from asdelivered.align import align
        >>> alignment = align("harbour.txt", "harbour.opus")
        >>> [line.text for line in alignment.lines if line.span is None]
        ['We can be proud of them.']

    """
    if not isinstance(transcript, Transcript):
        transcript = read_transcript(transcript)
    if not isinstance(recording, Recording):
        recording = open_recording(recording)
    observer = observer or Observer()
    # The workers start while the text is prepared.
    with processes(cores() if jobs is None else jobs) as pool:
        with stage("preparation"):
            prepared = prepare(transcript, recording, pins, observer)
        with stage("choice of the sound"):
            chosen = (
                sound
                if isinstance(sound, ChosenSound)
                else choose_sound(recording, sound, prepared.script, transcript.language, observer)
            )
        prepared = replace(prepared, recording=chosen.recording)
        engine = engine or make_engine("sphinx", EngineOptions())
        return align_prepared(prepared, engine, pool, observer, chosen.channels)


def align_prepared(
    prepared: Prepared,
    engine: Engine | EngineGroup,
    pool: Executor,
    observer: Observer,
    channels: Sequence[SoundChoice] = (),
) -> Alignment:
    """Align the whole of a transcript with the whole of its recording, in the processes of `pool`.

    Where its `channels` hold a speaker each, each is aligned by itself. Raises AlignError and MediaError.
    """
    transcript, recording = prepared.transcript, prepared.recording
    if not channels:
        check_order(prepared.pins, prepared.script)
    with scratch_folder() as folder:
        job = Job(
            prepared.script,
            transcript.language,
            prepared.pins,
            RecordingPart(recording),
            pool,
            folder,
            observer,
        )
        text = align_channels(engine, job, channels) if channels else align_text(engine, job)
    if not _belong_together(text):
        raise AlignError(_why_refused(prepared, text.asked))
    with stage("hash of the recording"):
        sha256 = sha256_of(recording.path)
    return Alignment(
        transcript=source_of(transcript),
        recording=RecordingSource(str(recording.path), sha256, recording.duration, chosen_sound(recording)),
        engine=info_of(engine),
        lines=settle(text.lines, prepared.script),
        untranscribed=text.untranscribed,
        sounds=text.sounds,
        created=timestamp(),
        drafts=text.drafts,
    )


def _why_refused(prepared: Prepared, asked: Sequence[str]) -> str:
    transcript, recording = prepared.transcript, prepared.recording
    words = len(prepared.script.words)
    engines = f"asked: {', '.join(asked)}"
    if words < LEAST_TOKENS:
        said = "one word" if words == 1 else f"{words} words"
        return (
            f"{transcript.path} is too short to be found in {recording.path} ({said}; {engines}): "
            "give more of the text, or pin its words (--pins)"
        )
    loudest = measure_loudest(recording)
    level = "none of its samples is other than zero" if loudest.level is None else ""
    level = level or f"its loudest sound is at {loudest.level:.0f} dBFS"
    if loudest.silent:
        return (
            f"{recording.path} is silent ({level}): check the microphone, the cables and the recorder's level, "
            "or choose another sound of it (--sound)"
        )
    if not loudest.speech:
        return (
            f"nobody is heard speaking in {recording.path} ({level}): "
            "check that it is the right recording, or choose another sound of it (--sound)"
        )
    return (
        f"next to nothing of {transcript.path} is heard in {recording.path} ({engines}): "
        "check that the two belong together, and that --language is right; another --engine may hear more"
    )


def timestamp() -> str:
    """Return the time now, or SOURCE_DATE_EPOCH if it is set (for reproducible output)."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(given), UTC) if given.isdecimal() else datetime.now(UTC)
    return moment.isoformat(timespec="seconds")


def _belong_together(text: AlignedText) -> bool:
    """Whether enough of the text has a time; or, in an excerpt of the event, enough of what is said is in the text."""
    words = [word for line in text.lines for word in line.words]
    if not words:
        return False
    if sum(word.span is not None for word in words) >= _LEAST_TIMED * len(words):
        return True
    sure = [word for word in words if word.confidence is not None and word.confidence >= _SURE]
    speech = _length(line.span for line in text.lines) + _length(text.untranscribed)
    return len(sure) >= LEAST_TOKENS and _length(word.span for word in sure) >= _LEAST_SURE * speech


def _length(spans: Iterable[TimeSpan | None]) -> int:
    return sum(span.duration for span in spans if span)
