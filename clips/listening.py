"""The words of a rendered clip, looked for by the embedded recogniser where their energy alone would prove too little.

A clip that sounds like the recording has the words that were aligned, unless the recording is another copy than the
one that was aligned: a proxy, or a dub whose speech begins and ends at the same times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import numpy as np

from asdelivered.align.acoustic.features import CEPSTRA, frames_of
from asdelivered.align.anchors import find_anchors
from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.transcript import transcript_of
from asdelivered.align.engines.sphinx import LanguageFiles, recognise_chunk, write_language
from asdelivered.align.errors import AlignError
from asdelivered.align.script import Script, write_script
from asdelivered.base.span import TimeSpan
from asdelivered.clips.plan import clip_span
from asdelivered.media.decode import decode_speech
from asdelivered.media.edit import Clip
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import Recording, open_recording
from asdelivered.media.rendering.proof import ClipProof

SURE = 0.9
"""Correlation with the recording from which on a clip is its sound; what codecs leave of speech is more alike."""
LONGEST = 60_000
"""Milliseconds of a clip that are listened to."""
WINDOW = 15_000
"""Milliseconds that are recognised at once."""
LEAST_WORDS = 6
"""Words from which on too few that are heard tell something: a shorter clip may be missed by chance."""
LEAST_HEARD = 0.1
"""Share of its words that must be heard. Of speech over a telephone, by a foreign voice, 0.28 and more are."""


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

        The clip begins `at` seconds of its file. Raises MediaError, a sentence, where its words aren't there.
        """
        if not proof.words or (is_same_recording and proof.match is not None and proof.match >= SURE):
            return proof
        made = open_recording(path)
        begin, whole = round(at * 1000), clip_span(clip)
        try:
            heard = self._heard(made, TimeSpan(begin, begin + whole.duration), whole)
            around = self._around(whole)
            near = heard if around == whole else self._heard(self._recording, around, around)
        except AlignError:
            return proof  # a language that can't be pronounced
        said = len(self._said(around))
        if said >= LEAST_WORDS and near < LEAST_HEARD * said:
            raise MediaError(
                f"{path.name} is not kept: {near or 'none'} of the {said} words that were said there "
                f"{'are' if near > 1 else 'is'} heard; check that {self._recording.path.name} runs as the recording "
                "that was aligned, and plays the same sound"
            )
        return replace(proof, heard=heard)

    def _around(self, span: TimeSpan) -> TimeSpan:
        """Return a clip's span or, where it has few words, what lies around it, too."""
        if len(self._said(span)) >= LEAST_WORDS:
            return span
        more = max(0, (WINDOW - span.duration) // 2)
        return TimeSpan(max(0, span.start - more), min(self._recording.duration, span.end + more))

    def _heard(self, recording: Recording, span: TimeSpan, said: TimeSpan) -> int:
        """Return how many of the words that were `said` in a span of the alignment are heard in one of a recording."""
        end = min(span.end, recording.duration, span.start + LONGEST)
        recognised = [
            word for window in _windows(span.start, end) for word in self._recognised(recording, window)
        ]
        owners, heard = self._script.owners, set[int]()
        for run in find_anchors(self._script.words, recognised):
            heard.update(owners[run.text : run.text + run.length])
        return len(heard & self._said(said))

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
    def _files(self) -> LanguageFiles:
        return write_language(self._script.sentences, self._script.lexicon, self._folder)


def _windows(start: int, end: int) -> Iterator[TimeSpan]:
    for begin in range(start, end, WINDOW):
        yield TimeSpan(begin, min(end, begin + WINDOW))
