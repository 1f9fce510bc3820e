"""Have Flite read the example's page aloud, and record when each word is heard.

    python examples/make_example.py

reads harbour.txt and writes harbour.opus and harbour.truth.json next to it. Besides what asdelivered itself installs,
it needs libflite and its voices (Debian: apt install libflite1). The same page always gives the same
recording, so the result is kept in the repository, and nobody needs Flite to run the demo.

Each sentence is synthesised separately; Flite says when each of its words starts and ends, to the sample. To
be like a real event, the recording opens with a welcome that is not on the page, leaves out one line of the
page, says a name too softly to be heard where the page has [inaudible], and has quiet room noise.
"""

from __future__ import annotations

import ctypes
import json
import re
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float64]
"""Mono audio, -1 to 1."""

HERE = Path(__file__).resolve().parent
RATE = 16_000
SPEECH_LEVEL = 10 ** (-20 / 20)
ROOM_LEVEL = 10 ** (-52 / 20)
INAUDIBLE_LEVEL = 10 ** (-34 / 20)

REED = "Westhaven Harbour Commissioner Anna Reed"
MOSS = "Daniel Moss, Editor Westhaven Gazette"
AUDIENCE = "Question from the audience"
VOICES = {REED: "slt", MOSS: "rms", AUDIENCE: "awb"}

WELCOME = (
    "Good morning, ladies and gentlemen.",
    "Please find a seat, the coffee will still be warm afterwards.",
    "Here is our harbour commissioner.",
)
LEFT_OUT = "We can be proud of them."
HIDDEN_NAME = "Peter Hale"
SAID = {
    "–": "",
    "40%": "forty percent",
    "$24": "twenty four",
    "million": "million dollars",
    "2027": "twenty twenty seven",
    "7": "seven",
    "8": "eight",
    "1842.": "eighteen forty two.",
    "6": "six",
    "[inaudible]": HIDDEN_NAME,
}
"""What is said for a token of the page, if that is not the token itself."""

Word = tuple[str, float | None, float | None]
"""A token of the page, and its start and end in seconds; None if it has no sound."""


class Flite:
    """Flite's voices, through its C library.

    Raises OSError where libflite or one of the voices is not installed.
    """

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
        for name in ("libflite_cmulex.so.1", "libflite_usenglish.so.1"):
            ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
        pointer, text = ctypes.c_void_p, ctypes.c_char_p
        for name, result, arguments in (
            ("flite_synth_text", pointer, (text, pointer)),
            ("utt_wave", pointer, (pointer,)),
            ("utt_relation", pointer, (pointer, text)),
            ("relation_head", pointer, (pointer,)),
            ("item_next", pointer, (pointer,)),
            ("ffeature_float", ctypes.c_float, (pointer, text)),
            ("ffeature_string", text, (pointer, text)),
            ("delete_utterance", None, (pointer,)),
        ):
            function = getattr(self._library, name)
            function.restype, function.argtypes = result, arguments
        self._library.flite_init()
        self._voices: dict[str, int] = {}

    def say(self, voice: str, words: str) -> tuple[Samples, list[tuple[float, float]]]:
        """Synthesise `words`; return the samples at RATE and the (start, end) of each word, in seconds."""
        library = self._library
        utterance = library.flite_synth_text(words.encode(), self._voice(voice))
        wave = _Wave.from_address(library.utt_wave(utterance))
        if wave.sample_rate != RATE:
            raise ValueError(f"voice {voice} has {wave.sample_rate} samples a second, not {RATE}")
        samples = np.ctypeslib.as_array(wave.samples, (wave.num_samples,)).astype(np.float64) / 32768
        spans: list[tuple[float, float]] = []
        token = library.relation_head(library.utt_relation(utterance, b"Token"))
        while token:
            start = library.ffeature_float(
                token, b"daughter1.R:SylStructure.daughter1.daughter1.R:Segment.p.end"
            )
            end = library.ffeature_float(token, b"daughtern.R:SylStructure.daughtern.daughtern.R:Segment.end")
            spans.append((start, end))
            token = library.item_next(token)
        library.delete_utterance(utterance)
        return samples, spans

    def _voice(self, name: str) -> int:
        if name not in self._voices:
            register = getattr(ctypes.CDLL(f"libflite_cmu_us_{name}.so.1"), f"register_cmu_us_{name}")
            register.restype, register.argtypes = ctypes.c_void_p, (ctypes.c_char_p,)
            self._voices[name] = register(None)
        return self._voices[name]


class _Wave(ctypes.Structure):
    """The header of Flite's cst_wave."""

    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


class Tape:
    """The recording as it grows. Times are seconds from its start."""

    def __init__(self, flite: Flite, seed: int) -> None:
        self._flite = flite
        self._random = np.random.default_rng(seed)
        self._parts: list[Samples] = []
        self._length = 0
        self.sounds: list[tuple[str, float, float]] = []

    @property
    def duration(self) -> float:
        """Seconds so far."""
        return self._length / RATE

    def pause(self, shortest: float, longest: float) -> None:
        """Add silence of `shortest` to `longest` seconds."""
        self._add(np.zeros(int(RATE * self._random.uniform(shortest, longest))))

    def speak(self, voice: str, sentence: str) -> list[Word]:
        """Add a sentence of the page, and return its tokens with their times."""
        tokens = sentence.split()
        said = [SAID.get(token, token) for token in tokens]
        samples, spans = self._flite.say(voice, " ".join(said).replace("’", "'"))
        if len(spans) != len(" ".join(said).split()):
            raise ValueError(f"Flite reads other tokens than the page has: {sentence!r}")
        samples = samples * (SPEECH_LEVEL / np.sqrt(np.mean(samples**2)))
        words: list[Word] = []
        left = iter(spans)
        for token, heard in zip(tokens, said, strict=True):
            mine = [next(left) for _ in heard.split()]
            if not mine:
                words.append((token, None, None))
                continue
            start, end = mine[0][0], mine[-1][1]
            if token.startswith("["):
                samples[int(start * RATE) : int(end * RATE)] *= INAUDIBLE_LEVEL / SPEECH_LEVEL
                self.sounds.append(("inaudible", self._clock(start), self._clock(end)))
                words.append((token, None, None))
            else:
                words.append((token, self._clock(start), self._clock(end)))
        self._add(samples)
        return words

    def mixed(self) -> Samples:
        """Return the whole recording over pink room noise, below full scale."""
        spectrum = np.fft.rfft(self._random.standard_normal(self._length))
        spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
        spectrum[0] = 0
        noise = np.fft.irfft(spectrum, self._length)
        mix = np.concatenate(self._parts) + noise * (ROOM_LEVEL / np.sqrt(np.mean(noise**2)))
        return np.asarray(np.clip(mix, -0.98, 0.98), dtype=np.float64)

    def _clock(self, seconds: float) -> float:
        return round(self.duration + seconds, 4)

    def _add(self, samples: Samples) -> None:
        self._parts.append(samples)
        self._length += len(samples)


def page_turns(page: str) -> list[tuple[str, list[str]]]:
    """Return the speakers of the example's page in order, each with the lines spoken; only works for this page."""
    turns: list[tuple[str, list[str]]] = [(REED, [])]
    for line in map(str.strip, page.partition("(As delivered)")[2].splitlines()):
        if line in VOICES:
            turns.append((line, []))
        elif line and line != "***":
            turns[-1][1].append(line)
    return turns


def voiced_line(tape: Tape, speaker: str, text: str) -> dict[str, object]:
    """Record one line, sentence by sentence, and return its truth."""
    line: dict[str, object] = {"speaker": speaker, "text": text, "spoken": text != LEFT_OUT}
    sentences = []
    if text != LEFT_OUT:
        for sentence in re.split(r"(?<=[.!?]) ", text):
            words = tape.speak(VOICES[speaker], sentence)
            heard = [(start, end) for _, start, end in words if start is not None and end is not None]
            sentences.append({"text": sentence, "start": heard[0][0], "end": heard[-1][1], "words": words})
            tape.pause(0.15, 0.45)
    line["sentences"] = sentences
    line["start"] = sentences[0]["start"] if sentences else None
    line["end"] = sentences[-1]["end"] if sentences else None
    return line


def write_opus(path: Path, samples: Samples) -> None:
    """Write mono samples at RATE as Opus, 32 kbit/s, in an Ogg file."""
    with av.open(str(path), "w", format="ogg", container_options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libopus", rate=RATE, options={"b": "32k", "application": "voip"})
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        block = np.asarray(np.round(samples * 32767), dtype=np.int16)[np.newaxis]
        frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), 0
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)


def main() -> None:
    """Make the recording and its truth."""
    tape = Tape(Flite(), seed=1842)
    tape.pause(0.8, 0.8)
    unscripted = []
    for sentence in WELCOME:
        words = tape.speak(VOICES[MOSS], sentence)
        unscripted.append((words[0][1], words[-1][2], sentence))
        tape.pause(0.3, 0.6)
    lines = []
    for speaker, texts in page_turns((HERE / "harbour.txt").read_text(encoding="utf-8")):
        tape.pause(0.6, 1.0)
        for text in texts:
            lines.append(voiced_line(tape, speaker, text))
            tape.pause(0.1, 0.5)
    tape.pause(0.8, 0.8)
    truth = {
        "lines": lines,
        "unscripted": unscripted,
        "sounds": tape.sounds,
        "duration": round(tape.duration, 4),
    }
    write_opus(HERE / "harbour.opus", tape.mixed())
    text = json.dumps(truth, ensure_ascii=False, indent=1)
    (HERE / "harbour.truth.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
