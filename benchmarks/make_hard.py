"""Make hard sound of any event whose times are known: behind a telephone, in a room that echoes, in noise.

    python benchmarks/make_hard.py CORPUS OUT [NAME ...] [--seconds 220] [--seed 21] [--decoys 0.1]
    python benchmarks/make_hard.py CORPUS OUT NAME --room 0.5 --noise 15 --no-telephone

Of each NAME.opus with NAME.truth.json it takes the lines that end within the first `--seconds`, makes their sound
hard, and writes hard-NAME.opus, .txt and .truth.json to OUT, in the form that accuracy.py reads. `--decoys` adds text
that nobody says, lines of the event from after that time: so large a share of the lines. The same seed gives the same
files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from accuracy import find_event
from make_variants import RATE, Floats, band, convolved, pink, write

from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording

AFTER = 0.5
"""Seconds that are kept after the last line."""


@dataclass(frozen=True)
class Hardness:
    """What is done to the sound, and how many lines of the text are decoys."""

    reverberation: float
    noise: float
    telephone: bool
    seconds: float
    decoys: float
    seed: int


def make_hard(corpus: Path, name: str, hardness: Hardness, out: Path) -> Path:
    """Write the recording, the transcript and the truth of the hard variant of an event; return the recording."""
    event = find_event(corpus, name, {})
    chance = np.random.default_rng(hardness.seed)
    lines = event.truth["lines"]
    kept = [line for line in lines if (line["end"] or 0.0) <= hardness.seconds]
    while kept and not kept[-1]["spoken"]:
        kept.pop()
    later = [line for line in lines if (line["start"] or 0.0) > hardness.seconds]
    length = kept[-1]["end"] + AFTER
    sound = np.concatenate(list(decode_speech(open_recording(event.recording))))[: round(length * RATE)]
    path = out / f"hard-{name}.opus"
    write(path, harden(sound.astype(np.float64), hardness, chance))
    text = with_decoys(kept, later, hardness.decoys, chance)
    truth = {
        "lines": text,
        "unscripted": [span for span in event.truth["unscripted"] if span[1] <= length],
        "sounds": [span for span in event.truth["sounds"] if span[2] <= length],
        "duration": len(sound) / RATE,
        "about": {"language": event.language, "hard": vars(hardness)},
    }
    path.with_suffix(".txt").write_text("".join(f"{line['text']}\n" for line in text))
    path.with_suffix(".truth.json").write_text(json.dumps(truth, indent=1))
    return path


def harden(sound: Floats, hardness: Hardness, chance: np.random.Generator) -> Floats:
    """Return a sound as it comes from a far microphone in a room, over a telephone.

    The echo is as strong as what comes straight, and the noise is measured within the telephone's band: what lies
    beside it would make the figure look better than the sound is.
    """
    length = round(hardness.reverberation * RATE)
    if length:
        echo = chance.normal(size=length) * 10.0 ** (-3.0 * np.arange(length) / length)
        echo /= np.sqrt(np.sum(echo**2))
        echo[0] = 1.0
        sound = convolved(sound, echo)
    noise = pink(chance, len(sound))
    if hardness.telephone:
        sound, noise = band(sound), band(noise)
    power = np.sqrt(np.mean(sound**2) / np.mean(noise**2))
    return np.asarray(sound + noise * power * 10.0 ** (-hardness.noise / 20.0))


def with_decoys(
    lines: list[dict[str, Any]], later: list[dict[str, Any]], share: float, chance: np.random.Generator
) -> list[dict[str, Any]]:
    """Return `lines` with some of the `later` ones among them as not spoken: so large a share of the `lines`."""
    chosen = chance.permutation(len(later))[: round(share * len(lines))].tolist()
    text = list(lines)
    for number in chosen:
        decoy = {**later[number], "spoken": False, "start": None, "end": None}
        text.insert(int(chance.integers(0, len(text) + 1)), decoy)
    return text


def main(
    corpus: Annotated[Path, typer.Argument(help="The folder of NAME.opus and NAME.truth.json.")],
    out: Annotated[Path, typer.Argument(help="The folder to write to; made if it is missing.")],
    names: Annotated[list[str] | None, typer.Argument(help="The events; all if none is named.")] = None,
    room: Annotated[float, typer.Option(help="Seconds until an echo is 60 dB down.")] = 0.9,
    noise: Annotated[float, typer.Option(help="Decibels that speech stands above the noise.")] = 10.0,
    telephone: Annotated[bool, typer.Option(help="Leave nothing below 300 Hz and above 3400 Hz.")] = True,
    seconds: Annotated[float, typer.Option(help="How much of the event to take.")] = 220.0,
    decoys: Annotated[float, typer.Option(help="Lines that nobody says, a share of the spoken ones.")] = 0.0,
    seed: Annotated[int, typer.Option(help="Of the noise, the room and the choice of decoys.")] = 21,
) -> None:
    """Make hard sound of events whose times are known."""
    out.mkdir(parents=True, exist_ok=True)
    hardness = Hardness(room, noise, telephone, seconds, decoys, seed)
    for name in names or sorted(
        file.name.removesuffix(".truth.json") for file in corpus.glob("*.truth.json")
    ):
        typer.echo(make_hard(corpus, name, hardness, out))


if __name__ == "__main__":
    typer.run(main)
