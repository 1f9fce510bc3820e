"""The words of a rendered clip, looked for by the embedded recogniser where their energy alone would prove too little.

A clip that sounds like the recording has the words that were aligned, unless the recording is another copy than the
one that was aligned: a proxy, or a dub whose speech begins and ends at the same times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import numpy as np

from asdelivered.align.acoustic.features import CEPSTRA, frames_of
from asdelivered.align.anchors import find_anchors
from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.transcript import transcript_of
from asdelivered.align.engines.sphinx import SphinxFiles, is_installed, recognise_chunk, write_files
from asdelivered.align.errors import AlignError
from asdelivered.align.script import Script, write_script
from asdelivered.base.span import TimeSpan
from asdelivered.clips.plan import clip_span
from asdelivered.media.decode import decode_speech
from asdelivered.media.edit import Clip
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import Recording, open_recording
from asdelivered.media.rendering.proof import ClipProof
from asdelivered.media.sound import SoundChoice, hearing

SURE = 0.9
"""Correlation with the recording from which on a clip is its sound; what codecs leave of speech is more alike."""
LONGEST = 60_000
"""Milliseconds of a clip that are listened to."""
WINDOW = 15_000
"""Milliseconds that are recognised at once."""
AROUND = 45_000
"""Milliseconds of the recording, around a clip in which too little is heard, that are listened to then."""
LEAST_WORDS = 6
"""Words that must be heard in another place, or on another track, to prove that the clip is wrong."""
LEAST_HEARD = 0.1
"""Share of a clip's words below which what lies around it is listened to, too."""
SURELY = 0.18
"""Share of the recognised words that must be the event's to be more than chance."""
OUTWEIGHS = 3
"""How many times more words must be heard there than in the clip's own place."""


@dataclass(frozen=True)
class _Fit:
    """Of the words that were recognised, how many are those that should be there, and how many the event's others."""

    recognised: int
    here: int
    elsewhere: int


class Listener:
    """Looks for the words of an event in clips of a recording of it; the recogniser's files are in `folder`."""

    def __init__(self, alignment: Alignment, recording: Recording, folder: Path) -> None:
        self._alignment = alignment
        self._recording = recording
        self._folder = folder

    def check(
        self, clip: Clip, proof: ClipProof, path: Path, at: Fraction, is_same_recording: bool
    ) -> ClipProof:
        """Return the proof of a clip with the words that were heard in it, where its sound alone is not enough.

        The clip begins `at` seconds of its file. Raises MediaError where other words are there, or its
        words on another track. Without PocketSphinx nothing is listened to.
        """
        if not is_installed():
            return proof
        if not proof.words or (is_same_recording and proof.match is not None and proof.match >= SURE):
            return proof
        made = open_recording(path)
        begin, whole = round(at * 1000), clip_span(clip)
        try:
            heard = self._fit(made, TimeSpan(begin, begin + whole.duration), whole).here
            if heard < LEAST_HEARD * proof.words or not heard:
                self._check_around(whole, path)
        except AlignError:
            return proof  # a language that can't be pronounced
        return replace(proof, heard=heard)

    def _check_around(self, span: TimeSpan, path: Path) -> None:
        """Raise MediaError where, around a clip, other words of the event are heard, or its words on another track.

        That nothing is heard proves nothing: a telephone and an echoing room, or a language far from the recogniser's,
        leave it little.
        """
        more = max(0, AROUND - span.duration) // 2
        around = TimeSpan(max(0, span.start - more), min(self._recording.duration, span.end + more))
        here = self._fit(self._recording, around, around)
        if here.elsewhere >= max(LEAST_WORDS, SURELY * here.recognised, OUTWEIGHS * here.here):
            raise MediaError(
                f"{path.name} is not kept: other words of the event are heard there ({here.elsewhere} of "
                f"{here.recognised}); check that {self._recording.path.name} runs as the recording that was aligned"
            )
        for track in self._recording.tracks:
            if track.track == self._recording.audio.track:
                continue
            other = self._fit(hearing(self._recording, SoundChoice(track.track)), around, around)
            if other.here >= max(LEAST_WORDS, SURELY * other.recognised, OUTWEIGHS * here.here):
                raise MediaError(
                    f"{path.name} is not kept: its words are heard on track {track.track} of "
                    f"{self._recording.path.name}, and not on track {self._recording.audio.track}, which was taken: "
                    f"align it anew with --sound {track.track}"
                )

    def _fit(self, recording: Recording, span: TimeSpan, said: TimeSpan) -> _Fit:
        """Return what is heard in a span of a recording, where the alignment's words of the span `said` should be."""
        end = min(span.end, recording.duration, span.start + LONGEST)
        recognised = [
            word for window in _windows(span.start, end) for word in self._recognised(recording, window)
        ]
        owners, heard = self._script.owners, set[int]()
        for run in find_anchors(self._script.words, recognised):
            heard.update(owners[run.text : run.text + run.length])
        here = len(heard & self._said(said))
        return _Fit(len(recognised), here, len(heard) - here)

    def _said(self, span: TimeSpan) -> set[int]:
        """Return the numbers of the tokens that were said within a span."""
        lines = self._alignment.lines
        times = [lines[token.line].words[token.word].span for token in self._script.tokens]
        return {
            number
            for number, time in enumerate(times)
            if time is not None and span.start <= time.start and time.end <= span.end
        }

    def _recognised(self, recording: Recording, window: TimeSpan) -> Sequence[str]:
        frames = [*frames_of(decode_speech(recording, window))]
        if not frames:
            return ()
        cepstra = np.concatenate(frames)[:, :CEPSTRA]
        return [word.word for word in recognise_chunk(self._files, cepstra, careful=True)]

    @cached_property
    def _script(self) -> Script:
        return write_script(transcript_of(self._alignment))

    @cached_property
    def _files(self) -> SphinxFiles:
        return write_files(self._script.sentences, self._script.lexicon, self._folder)


def _windows(start: int, end: int) -> Iterator[TimeSpan]:
    for begin in range(start, end, WINDOW):
        yield TimeSpan(begin, min(end, begin + WINDOW))
