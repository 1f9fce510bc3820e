"""How loud a recording is at its loudest, and if anybody speaks in it: for who has to say why nothing was heard."""

from __future__ import annotations

import math
from dataclasses import dataclass

from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import Recording
from asdelivered.media.speech import SpeechDetector, speech_spans

SILENT = -60.0
"""dBFS. A dead microphone or a closed fader leaves less than this at its peaks, and quiet speech has more."""


@dataclass(frozen=True)
class Loudest:
    """The level of the loudest sample in dB of full scale (dBFS; None: all are zero), and if there is speech."""

    level: float | None
    speech: bool

    @property
    def silent(self) -> bool:
        """Whether nothing can be heard in it, however far it is turned up."""
        return self.level is None or self.level < SILENT


def measure_loudest(recording: Recording) -> Loudest:
    """Decode the sound of a recording that was chosen, and return what is loudest in it. Raises MediaError."""
    detector = SpeechDetector()
    peak = 0
    for block in decode_speech(recording):
        peak = max(peak, int(block.max()), -int(block.min()))
        detector.add(block)
    speech = bool(speech_spans(detector.probabilities(), recording.duration))
    return Loudest(20 * math.log10(peak / 32768) if peak else None, speech)
