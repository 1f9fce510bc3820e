"""How well a text fits a sound: the share of the words recognised in samples of it that are runs of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from asdelivered.align.acoustic.features import CEPSTRA, frames_of
from asdelivered.align.anchors import find_anchors
from asdelivered.align.engines.sphinx import recognise_chunk, write_files
from asdelivered.align.script import Script
from asdelivered.base.span import TimeSpan
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import Recording


@dataclass(frozen=True)
class Fit:
    """Of the `words` recognised in samples of a sound, how many are `anchored` in the text."""

    words: int
    anchored: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.anchored / max(1, self.words)


class TextFinder:
    """Looks for a text in samples of sounds, with the embedded recogniser, carefully; its files are in `folder`."""

    def __init__(self, script: Script, folder: Path) -> None:
        self._script = script
        self._files = write_files(script.sentences, script.lexicon, folder)

    def fit(self, recording: Recording, windows: Sequence[TimeSpan]) -> Fit:
        """Return how well the text fits what is heard of a recording in these windows. Raises MediaError."""
        words = anchored = 0
        for window in windows:
            frames = [*frames_of(decode_speech(recording, window))]
            if not frames:
                continue
            cepstra = np.concatenate(frames)[:, :CEPSTRA]
            recognised = [word.word for word in recognise_chunk(self._files, cepstra, True)]
            runs = find_anchors(self._script.words, recognised)
            words += len(recognised)
            anchored += sum(run.length for run in runs)
        return Fit(words, anchored)
