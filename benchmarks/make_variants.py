"""Make harder recordings from a corpus, so that nothing is tuned to its few recordings.

    python benchmarks/make_variants.py CORPUS OUT [NAME ...]

Each variant takes the lines of some recordings, shuffles them, leaves some out of the text and others out of the
sound, joins them with pauses, and adds a room, a telephone band or noise to the whole. OUT/NAME.opus,
.txt and .truth.json have the form that accuracy.py reads. The same seed gives the same variant.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import av
import numpy as np
import typer
from floors import RATE, Floats, Samples, ducked, gated, pumped, stepped, underscored, zeroed

from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording


@dataclass(frozen=True)
class Variant:
    """A variant: from which recordings it is made, and how; in seconds, decibels and shares of the lines."""

    sources: tuple[str, ...]
    language: str = "en"
    lines: int = 120
    unscripted: float = 0.0
    """Share of the lines that are said but not in the text."""
    unspoken: float = 0.0
    """Share of the lines that are in the text but not said."""
    reverberation: float = 0.0
    """Seconds until the echo has decayed by 60 dB."""
    noise: float | None = None
    """Signal-to-noise ratio, in decibels."""
    telephone: bool = False
    """Whether only 300 to 3400 Hz remain."""
    floor: Callable[[Floats, Sequence[Samples], np.random.Generator], Floats] | None = None
    """What lies under and between the lines."""
    pause: tuple[float, float] = (0.12, 1.2)
    """The least and the most seconds between two lines."""
    seed: int = 1


def _floored(
    source: str, floor: Callable[[Floats, Sequence[Samples], np.random.Generator], Floats], seed: int
) -> Variant:
    """Forty lines of a recording with pauses of up to 2 s, and a floor that is not the same throughout."""
    language = source.split("-")[1]
    return Variant((source,), language, lines=40, floor=floor, pause=(0.2, 2.0), seed=seed)


def _later(
    source: str, floor: Callable[[Floats, Sequence[Samples], np.random.Generator], Floats], seed: int
) -> Variant:
    """The same with thirty other lines and other pauses."""
    return replace(_floored(source, floor, seed), lines=30, pause=(0.25, 1.6))


VARIANTS: dict[str, Variant] = {
    "phone-kathleen": Variant(("real-en-kathleen",), telephone=True, noise=18, seed=2),
    "noise-kathleen": Variant(("real-en-kathleen",), noise=8, unscripted=0.1, unspoken=0.05, seed=3),
    "room-ocean": Variant(("real-en-ocean",), reverberation=0.5, noise=25, seed=4),
    "loose-ocean": Variant(("real-en-ocean",), unscripted=0.1, unspoken=0.1, noise=30, seed=5),
    "loose-both": Variant(
        ("real-en-kathleen", "real-en-ocean"), lines=160, unscripted=0.15, unspoken=0.1, noise=15, seed=6
    ),
    "room-both": Variant(
        ("real-en-kathleen", "real-en-ocean"),
        lines=160,
        unscripted=0.08,
        unspoken=0.08,
        reverberation=0.4,
        noise=20,
        seed=7,
    ),
    "loose-kerstin": Variant(
        ("real-de-kerstin",), "de", lines=100, unscripted=0.1, unspoken=0.1, noise=20, seed=8
    ),
    "phone-kerstin": Variant(("real-de-kerstin",), "de", lines=100, telephone=True, noise=20, seed=9),
    "room-kerstin": Variant(
        ("real-de-kerstin",), "de", lines=100, unspoken=0.05, reverberation=0.6, noise=25, seed=10
    ),
    "gated-kathleen": _floored("real-en-kathleen", gated, 11),
    "gated-kerstin": _floored("real-de-kerstin", gated, 12),
    "zeroed-kerstin": _floored("real-de-kerstin", zeroed, 13),
    "zeroed-ocean": _floored("real-en-ocean", zeroed, 14),
    "stepped-kathleen": _floored("real-en-kathleen", stepped, 15),
    "stepped-ocean": _floored("real-en-ocean", stepped, 16),
    "pumped-kathleen": _floored("real-en-kathleen", pumped, 17),
    "pumped-kerstin": _floored("real-de-kerstin", pumped, 18),
    "ducked-kathleen": _floored("real-en-kathleen", ducked, 19),
    "ducked-kerstin": _floored("real-de-kerstin", ducked, 20),
    "underscored-kathleen": _floored("real-en-kathleen", underscored, 21),
    "underscored-kerstin": _floored("real-de-kerstin", underscored, 22),
    # Made after the settings were chosen, to see whether they hold.
    "later-gated-ocean": _later("real-en-ocean", gated, 101),
    "later-zeroed-kathleen": _later("real-en-kathleen", zeroed, 102),
    "later-stepped-kerstin": _later("real-de-kerstin", stepped, 103),
    "later-pumped-ocean": _later("real-en-ocean", pumped, 104),
    "later-ducked-ocean": _later("real-en-ocean", ducked, 105),
    "later-underscored-kathleen": _later("real-en-kathleen", underscored, 106),
}


@dataclass(frozen=True)
class _Said:
    text: str
    samples: Floats


def make(corpus: Path, name: str, variant: Variant, out: Path) -> None:
    """Write the recording, the transcript and the truth of a variant."""
    chance = np.random.default_rng(variant.seed)
    pool = [said for source in variant.sources for said in _lines(corpus, source)]
    chosen = [pool[at] for at in chance.permutation(len(pool))[: variant.lines]]
    fate = chance.random(len(chosen)).tolist()
    pieces: list[Floats] = [tone(chance, 1.0)]
    lines: list[dict[str, Any]] = []
    unscripted: list[tuple[float, float, str]] = []
    said_at: list[Samples] = []
    at = len(pieces[0])
    for said, draw in zip(chosen, fate, strict=True):
        spoken = draw >= variant.unspoken
        scripted = draw < 1 - variant.unscripted
        start, end = at / RATE, (at + len(said.samples)) / RATE
        if scripted:
            line = {"speaker": "", "text": said.text, "spoken": spoken, "sentences": []}
            lines.append(line | {"start": start if spoken else None, "end": end if spoken else None})
        else:
            unscripted.append((start, end, said.text))
        if spoken:
            pause = tone(chance, chance.uniform(*variant.pause))
            pieces += [said.samples, pause]
            said_at.append((at, at + len(said.samples)))
            at += len(said.samples) + len(pause)
    sound = treat(np.concatenate(pieces), variant, chance)
    if variant.floor:
        sound = variant.floor(sound, said_at, chance)
    truth = {
        "lines": lines,
        "unscripted": unscripted,
        "sounds": [],
        "duration": len(sound) / RATE,
        "about": {"language": variant.language, "variant": name},
    }
    write(out / f"{name}.opus", sound)
    (out / f"{name}.txt").write_text("".join(f"{line['text']}\n" for line in lines))
    (out / f"{name}.truth.json").write_text(json.dumps(truth, indent=1))


def _lines(corpus: Path, source: str) -> list[_Said]:
    truth = json.loads((corpus / f"{source}.truth.json").read_text())
    blocks = decode_speech(open_recording(corpus / f"{source}.opus"))
    sound = np.concatenate(list(blocks)).astype(np.float64)
    cut = [(line["text"], round(line["start"] * RATE), round(line["end"] * RATE)) for line in truth["lines"]]
    # All speakers at about the same level, as a sound engineer would set them.
    return [_Said(text, levelled(sound[start:end])) for text, start, end in cut]


def levelled(samples: Floats) -> Floats:
    """Return samples normalised to the common loudness."""
    return np.asarray(samples * (2000.0 / (np.sqrt(np.mean(samples**2)) + 1.0)))


def tone(chance: np.random.Generator, seconds: float) -> Floats:
    """Return the sound of a quiet room."""
    return chance.normal(0.0, 2.0, round(seconds * RATE))


def treat(sound: Floats, variant: Variant, chance: np.random.Generator) -> Floats:
    """Apply the room, the noise and the telephone band of a variant to a sound."""
    if variant.reverberation:
        length = round(variant.reverberation * RATE)
        echo = chance.normal(size=length) * 10.0 ** (-3.0 * np.arange(length) / length)
        echo *= 0.5 / np.sqrt(np.sum(echo**2))
        echo[0] = 1.0
        sound = convolved(sound, echo)
    if variant.noise is not None:
        speech = np.sqrt(np.mean(sound**2))
        sound = sound + pink(chance, len(sound)) * speech * 10.0 ** (-variant.noise / 20.0)
    if variant.telephone:
        sound = band(sound)
    return sound


def band(sound: Floats) -> Floats:
    """Return what a telephone lets through: 300 to 3400 Hz."""
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    spectrum[(hertz < 300) | (hertz > 3400)] = 0
    return np.asarray(np.fft.irfft(spectrum, len(sound)))


def convolved(sound: Floats, response: Floats) -> Floats:
    """Return a sound as it is in a room of this impulse response."""
    size = 1 << (len(sound) + len(response)).bit_length()
    product = np.fft.rfft(sound, size) * np.fft.rfft(response, size)
    return np.asarray(np.fft.irfft(product, size)[: len(sound)])


def pink(chance: np.random.Generator, length: int) -> Floats:
    """Return noise of power 1 that falls by 3 dB per octave."""
    spectrum = np.fft.rfft(chance.normal(size=length))
    spectrum /= np.sqrt(np.maximum(1, np.arange(len(spectrum))))
    noise = np.fft.irfft(spectrum, length)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)))


def write(path: Path, sound: Floats) -> None:
    """Write a sound with sample rate RATE as Opus."""
    samples = np.clip(sound, -32768, 32767).astype(np.int16)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libopus", rate=48_000, layout="mono", bit_rate=32_000)
        resampler = av.AudioResampler("s16", "mono", 48_000)
        frame = av.AudioFrame.from_ndarray(samples[None], "s16", "mono")
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        for part in resampler.resample(frame) + resampler.resample(None):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))


def main(
    corpus: Annotated[Path, typer.Argument(help="The folder of NAME.opus and NAME.truth.json.")],
    out: Annotated[Path, typer.Argument(help="The folder to write to; made if it is missing.")],
    names: Annotated[list[str] | None, typer.Argument(help="The variants; all if none is named.")] = None,
) -> None:
    """Make harder recordings from a corpus."""
    out.mkdir(parents=True, exist_ok=True)
    for name in names or VARIANTS:
        make(corpus, name, VARIANTS[name], out)
        typer.echo(out / f"{name}.opus")


if __name__ == "__main__":
    typer.run(main)
