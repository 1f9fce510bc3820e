"""Preparation: what is checked and worked out before any sound is decoded, for every alignment and realignment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asdelivered.align.document.alignment import path_problem
from asdelivered.align.document.pins import Pin
from asdelivered.align.errors import AlignError
from asdelivered.align.pinning import ResolvedPins, find_pinned
from asdelivered.align.script import Script, write_script
from asdelivered.base.progress import Observer
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript


@dataclass(frozen=True)
class Prepared:
    """A transcript and its recording, with the script to be aligned and the pins on its tokens."""

    transcript: Transcript
    recording: Recording
    script: Script
    pins: ResolvedPins


def prepare(
    transcript: Transcript, recording: Recording, pins: Sequence[Pin], observer: Observer
) -> Prepared:
    """Write the script of a transcript and resolve its pins; report those whose line is no longer in it.

    Raises AlignError where an alignment could not state a file's name, the language can't be pronounced, or a pin lies
    beyond the end of the recording. Whether the pins are in order depends on the sound: `check_order` tells.
    """
    for path in (transcript.path, str(recording.path)):
        if problem := path_problem(path):
            raise AlignError(problem)
    script = write_script(transcript)
    resolved = find_pinned(pins, script)
    for moment in (*resolved.starts.values(), *resolved.ends.values()):
        if moment > recording.duration:
            raise AlignError(
                f"a pin is at {moment / 1000:.3f} s, and {recording.path} ends at {recording.duration / 1000:.3f} s"
            )
    for pin in resolved.lost:
        observer.noted(f"a pin counts for nothing: its line {pin.line} is no longer in {transcript.path}")
    return Prepared(transcript, recording, script, resolved)
