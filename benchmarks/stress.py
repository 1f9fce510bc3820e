"""Stress the aligner: make variants of events whose times are known, align them, and print what became of the lines.

    python benchmarks/stress.py examples/harbour.truth.json MORE.truth.json ... [--only gate] [--seconds 120]
        [--seed 5] [--markdown docs/benchmarks/stress.md] [--keep FOLDER] [--most 40]

What is in FOLDER is not aligned again: so a long run may be made in pieces, of `--most` alignments each, and goes on
where it was; the page is written once all is there. With each recording lies its truth, which calibration.py reads.

Beside each NAME.truth.json must be NAME.opus. Of an event the lines that end within the first `--seconds` are taken.
Each variant changes the sound as recordings in the world are changed, and the truth with it. The same seed gives the
same sound. An edge is a start or an end of a line; a line that nobody said and that got a time is a ghost; a line
with a confidence of 0.9 and more and an edge more than 0.2 s off is overconfident. Where something is heard twice,
either time is right.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import av
import av.error
import av.filter
import numpy as np
import typer
from floors import RATE, Floats, Samples, ducked, gated, underscored, zeroed
from make_variants import band, pink
from scoring import SURE, FoundItem, LevelScore, Span, TrueItem, score_level

from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording

AFTER = 0.5
"""Seconds that are kept after the last line."""
FAR = 0.2
"""Seconds by which an edge of a line with a high confidence may be off."""
SILENCE = 60
"""Seconds of the long silence."""
TEMPO = 1.25

HEAD = (
    "| event | variant | starts ≤ 100 ms | ≤ 200 ms | ends ≤ 100 ms | ≤ 200 ms | missed | ghosts | overconfident |",
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
)

Times = Callable[[float], float]


@dataclass(frozen=True)
class Stressed:
    """A changed sound (samples, channels), and where the times of the event are in it: once, or in each copy."""

    sound: Floats
    times: tuple[Times, ...]


@dataclass(frozen=True)
class Source:
    """The part of an event that is changed: its sound (samples,), its lines as in the truth, their samples."""

    name: str
    language: str
    sound: Floats
    lines: tuple[dict[str, Any], ...]

    @property
    def spoken(self) -> list[Samples]:
        """The samples [start, end) of the lines that were said."""
        return [
            (round(line["start"] * RATE), round(line["end"] * RATE)) for line in self.lines if line["spoken"]
        ]


@dataclass(frozen=True)
class Outcome:
    """How the lines of a variant of an event were found; `score` is None where the aligner refused it."""

    event: str
    variant: str
    score: LevelScore | None
    overconfident: int = 0


def _same(time: float) -> float:
    return time


def _mono(sound: Floats, *times: Times) -> Stressed:
    return Stressed(sound[:, None], times or (_same,))


def _loud_as(sound: Floats, like: Floats, under: float) -> Floats:
    """Return a sound that is `under` dB quieter than another."""
    powers = (float(np.sqrt(np.mean(np.square(one)))) + 1e-9 for one in (like, sound))
    return np.asarray(sound * (next(powers) / next(powers)) * 10.0 ** (-under / 20.0))


def _inserted(sound: Floats, at: int, piece: Floats) -> tuple[Floats, Times]:
    start, length = at / RATE, len(piece) / RATE
    # What begins where something is put in begins after it; what ends there ends before.
    return np.concatenate([sound[:at], piece, sound[at:]]), lambda time: time + length * (time > start - 1e-4)


def as_it_is(source: Source, chance: np.random.Generator) -> Stressed:
    """The sound as it is."""
    del chance
    return _mono(source.sound)


def gate(source: Source, chance: np.random.Generator) -> Stressed:
    """A noise gate that shuts between the lines."""
    return _mono(gated(source.sound, source.spoken, chance))


def zeros(source: Source, chance: np.random.Generator) -> Stressed:
    """Digital silence in the middle of each pause."""
    return _mono(zeroed(source.sound, source.spoken, chance))


def ducked_music(source: Source, chance: np.random.Generator) -> Stressed:
    """Music that is turned down while somebody speaks."""
    return _mono(ducked(source.sound, source.spoken, chance))


def steady_music(source: Source, chance: np.random.Generator) -> Stressed:
    """Music 6 dB under the speech."""
    return _mono(underscored(source.sound, source.spoken, chance))


def inverted_channel(source: Source, chance: np.random.Generator) -> Stressed:
    """Stereo whose right channel is the negative of the left."""
    del chance
    return Stressed(np.stack([source.sound, -source.sound], axis=1), (_same,))


def two_channels(source: Source, chance: np.random.Generator) -> Stressed:
    """Other speech, played backwards, on the left; the event on the right."""
    del chance
    return Stressed(np.stack([source.sound[::-1], source.sound], axis=1), (_same,))


def loop(source: Source, chance: np.random.Generator) -> Stressed:
    """All of it twice, one after the other."""
    del chance
    length = len(source.sound) / RATE
    return _mono(np.concatenate([source.sound, source.sound]), _same, lambda time: time + length)


def dropouts(source: Source, chance: np.random.Generator) -> Stressed:
    """Lost packets: every 4 s, on average, 60 to 250 ms of nothing."""
    sound = source.sound.copy()
    for start in chance.integers(0, len(sound), len(sound) // RATE // 4):
        sound[start : start + round(chance.uniform(0.06, 0.25) * RATE)] = 0.0
    return _mono(sound)


def restarts(source: Source, chance: np.random.Generator) -> Stressed:
    """Every fifth line is begun twice: its first 0.6 s, a pause, and all of it."""
    sound = source.sound
    moved: list[Times] = []
    for start, end in reversed(source.spoken[2::5]):
        begun = sound[start : min(end, start + round(0.6 * RATE))]
        pause = np.zeros(round(chance.uniform(0.2, 0.5) * RATE))
        sound, times = _inserted(sound, start, np.concatenate([begun, pause]))
        moved.append(times)

    def all_moved(time: float) -> float:
        for times in moved:  # from the last place to the first, so that each counts on the event's own clock
            time = times(time)
        return time

    return _mono(sound, all_moved)


def long_silence(source: Source, chance: np.random.Generator) -> Stressed:
    """A minute of room noise in the pause in the middle."""
    _, before = source.spoken[len(source.spoken) // 2 - 1]
    after, _ = source.spoken[len(source.spoken) // 2]
    noise = _loud_as(pink(chance, SILENCE * RATE), source.sound, 50)
    return _mono(*_inserted(source.sound, (before + after) // 2, noise))


def tempo(source: Source, chance: np.random.Generator) -> Stressed:
    """A quarter faster, at the same pitch."""
    del chance
    graph = av.filter.Graph()
    given = graph.add_abuffer(sample_rate=RATE, format="flt", layout="mono", time_base=None)
    faster = graph.add("atempo", str(TEMPO))
    end = graph.add("abuffersink")
    given.link_to(faster)
    faster.link_to(end)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(source.sound.astype(np.float32)[None], "flt", "mono")
    frame.sample_rate = RATE
    graph.push(frame)
    graph.push(None)
    pieces = []
    while True:
        try:
            pieces.append(graph.pull().to_ndarray().reshape(-1))
        except (av.error.EOFError, av.error.BlockingIOError):
            break
    return _mono(np.concatenate(pieces).astype(np.float64), lambda time: time / TEMPO)


def telephone(source: Source, chance: np.random.Generator) -> Stressed:
    """300 to 3400 Hz, with noise 15 dB under the speech."""
    return _mono(band(source.sound + _loud_as(pink(chance, len(source.sound)), source.sound, 15)))


def competing_talker(source: Source, chance: np.random.Generator) -> Stressed:
    """Somebody else, played backwards, 10 dB under the speech."""
    del chance
    return _mono(source.sound + _loud_as(source.sound[::-1], source.sound, 10))


def voice_below(source: Source, chance: np.random.Generator) -> Stressed:
    """Somebody else, played backwards, 18 dB under the speech, as the floor is heard below an interpreter."""
    del chance
    return _mono(source.sound + _loud_as(source.sound[::-1], source.sound, 18))


def old_disc(source: Source, chance: np.random.Generator) -> Stressed:
    """Eight ticks a second, and hiss 30 dB under the speech."""
    sound = source.sound + _loud_as(pink(chance, len(source.sound)), source.sound, 30)
    loud = float(np.abs(source.sound).max())
    ticks = chance.integers(0, len(sound), 8 * len(sound) // RATE)
    sound[ticks] += chance.uniform(-0.7, 0.7, len(ticks)) * loud
    return _mono(sound)


VARIANTS: tuple[Callable[[Source, np.random.Generator], Stressed], ...] = (
    as_it_is,
    gate,
    zeros,
    ducked_music,
    steady_music,
    inverted_channel,
    two_channels,
    loop,
    dropouts,
    restarts,
    long_silence,
    tempo,
    telephone,
    competing_talker,
    voice_below,
    old_disc,
)


def name_of(variant: Callable[[Source, np.random.Generator], Stressed]) -> str:
    """Return what the table calls a variant."""
    return variant.__name__.replace("_", " ")


def read_source(path: Path, seconds: float) -> Source:
    """Return the beginning of the event whose truth is at `path`."""
    truth = json.loads(path.read_text("utf-8"))
    name = path.name.removesuffix(".truth.json")
    lines = [line for line in truth["lines"] if (line["end"] or 0.0) <= seconds]
    while lines and not lines[-1]["spoken"]:
        lines.pop()
    if not lines:
        raise typer.BadParameter(f"no line of {name} ends within {seconds:g} s: give more --seconds")
    length = round((lines[-1]["end"] + AFTER) * RATE)
    sound = np.concatenate(list(decode_speech(open_recording(path.with_name(f"{name}.opus")))))[:length]
    language = truth.get("language") or truth.get("about", {}).get("language") or "en"
    return Source(name, language, sound.astype(np.float64), tuple(lines))


def write_variant(source: Source, number: int, seed: int, folder: Path) -> tuple[str, Stressed]:
    """Write the recording (.flac) and the text (.txt) of a variant of an event; return its name, and what it is."""
    variant = VARIANTS[number]
    stressed = variant(source, np.random.default_rng([seed, number]))
    name = f"{source.name}-{variant.__name__}"
    write_sound(folder / f"{name}.flac", stressed.sound)
    text = "".join(f"{line['text']}\n\n" for line in source.lines)
    (folder / f"{name}.txt").write_text(text, "utf-8")
    return name, stressed


def name_in(folder: Path, source: Source, number: int) -> Path:
    """Return the path, without a suffix, of what is made of a variant of an event in `folder`."""
    return folder / f"{source.name}-{VARIANTS[number].__name__}"


def is_made(folder: Path, source: Source, number: int) -> bool:
    """Tell whether a variant of an event was aligned in `folder`, or refused."""
    made = name_in(folder, source, number)
    return (made / f"{made.name}.alignment.json").is_file() or made.with_suffix(".refused").is_file()


def run(source: Source, number: int, seed: int, folder: Path) -> Outcome:
    """Make a variant of an event in `folder`, align it as a person would, and score its lines.

    Where `folder` has the alignment, that is scored.
    """
    variant = VARIANTS[number]
    if is_made(folder, source, number):
        return outcome_in(folder, source, number, variant(source, np.random.default_rng([seed, number])))
    name, stressed = write_variant(source, number, seed, folder)
    if len(stressed.times) == 1:
        truth = {"variant": name_of(variant), "lines": moved_lines(source, stressed.times[0])}
        (folder / f"{name}.truth.json").write_text(json.dumps(truth, indent=1), "utf-8")
    recording, text = folder / f"{name}.flac", folder / f"{name}.txt"
    program = Path(sys.executable).with_name("asdelivered")
    command = [program, "align", text, recording, "-o", folder / name, "--no-cache"]
    ended = subprocess.run(
        [*map(str, command), "--language", source.language, "--unspoken", "^$"],
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        if ended.returncode != 1 or "asdelivered: " not in ended.stderr:
            raise RuntimeError(f"asdelivered failed on {recording}:\n{ended.stderr}")
        typer.echo(ended.stderr, err=True)
        name_in(folder, source, number).with_suffix(".refused").write_text(ended.stderr, "utf-8")
    return outcome_in(folder, source, number, stressed)


def moved_lines(source: Source, moved: Times) -> list[dict[str, Any]]:
    """Return the lines of an event on the clock of a variant, in which each is heard once."""
    return [
        {**line, "start": _moved_in(line["start"], 1e-3, moved), "end": _moved_in(line["end"], -1e-3, moved)}
        if line["spoken"]
        else line
        for line in source.lines
    ]


def _moved_in(edge: float, inward: float, moved: Times) -> float:
    """Return where an edge of a line is: on the side of its line of what is put in there, a hair `inward`."""
    return moved(edge + inward) - inward


def outcome_in(folder: Path, source: Source, number: int, stressed: Stressed) -> Outcome:
    """Return the outcome of a variant of an event, `stressed`, from what was written to `folder`."""
    made = name_in(folder, source, number)
    variant = name_of(VARIANTS[number])
    if made.with_suffix(".refused").is_file():
        return Outcome(source.name, variant, None)
    alignment = json.loads((made / f"{made.name}.alignment.json").read_text("utf-8"))
    return scored(source, variant, stressed.times, alignment)


def scored(source: Source, variant: str, times: Sequence[Times], alignment: dict[str, Any]) -> Outcome:
    """Score the lines of an alignment against the truth, moved to where the variant has it."""
    truth, found, overconfident = [], [], 0
    for line, got in zip(source.lines, alignment["lines"], strict=True):
        span = None if got["start"] is None else (got["start"], got["end"])
        true = _nearest(line, times, span)
        truth.append(TrueItem(line["text"], true))
        sure = got.get("confidence")
        found.append(FoundItem(got["text"], span, sure))
        off = true is None or (span is not None and max(abs(span[0] - true[0]), abs(span[1] - true[1])) > FAR)
        overconfident += span is not None and (sure or 0.0) >= SURE and off
    return Outcome(source.name, variant, score_level(truth, found), overconfident)


def _nearest(line: dict[str, Any], times: Sequence[Times], found: Span | None) -> Span | None:
    """Return where a line was said: of several copies the one nearest to where it was found."""
    if not line["spoken"]:
        return None
    copies = [
        (_moved_in(line["start"], 1e-3, moved), _moved_in(line["end"], -1e-3, moved)) for moved in times
    ]
    return copies[0] if found is None else min(copies, key=lambda copy: abs(copy[0] - found[0]))


def write_sound(path: Path, sound: Floats) -> None:
    """Write a sound (samples, channels) with sample rate RATE as FLAC."""
    samples = np.clip(np.rint(sound), -32768, 32767).astype(np.int16)
    layout = "mono" if samples.shape[1] == 1 else "stereo"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=RATE, layout=layout)
        for start in range(0, len(samples), 4096):
            piece = np.ascontiguousarray(samples[start : start + 4096])
            frame = av.AudioFrame.from_ndarray(piece.reshape(1, -1), "s16", layout)
            frame.sample_rate, frame.pts = RATE, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the outcomes as a table in Markdown."""
    return "\n".join([*HEAD, *rows_of(outcomes)]) + "\n"


def rows_of(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the rows of the table."""
    rows = []
    for one in outcomes:
        score = one.score
        if score is None:
            rows.append(f"| {one.event} | {one.variant} | refused | | | | | | |")
            continue
        shares = (*score.starts.within[1:3], *score.ends.within[1:3])
        rows.append(
            f"| {one.event} | {one.variant} | {' | '.join(f'{int(1000 * share) / 10:.1f} %' for share in shares)} "
            f"| {score.missed} of {score.spoken} | {score.ghosts} of {score.unspoken} | {one.overconfident} |"
        )
    return rows


def page(outcomes: Sequence[Outcome], seconds: float, seed: int, only: Sequence[str]) -> str:
    """Return the page of documentation that shows the outcomes, of the variants `only` if there are any."""
    told = [
        f"- **{name_of(variant)}**: {(variant.__doc__ or '').strip()}"
        for variant in VARIANTS
        if not only or name_of(variant) in only
    ]
    options = "".join(f'--only "{name}" ' for name in only)
    events = " ".join(f"{name}.truth.json" for name in dict.fromkeys(one.event for one in outcomes))
    return (
        "# Under stress\n\n"
        f"Written by\n\n    python benchmarks/stress.py {events} \\\n"
        f"        {options}--seconds {seconds:g} --seed {seed} --keep KEPT --markdown docs/benchmarks/stress.md\n\n"
        "Each event is changed as recordings in the world are changed, and aligned with the default engine. Shares "
        "are\nof all spoken lines, rounded down; a missed line is in none of them. A ghost is a line that nobody "
        "said and that got a time;\nan overconfident line has a confidence of 0.9 and more and an edge more "
        "than 0.2 s off.\n"
        "Where something is heard twice, either time is right.\n\n"
        + "\n".join(told)
        + f"\n\n{table(outcomes)}"
    )


def main(
    truths: Annotated[list[Path], typer.Argument(help="The truths, each beside its recording.")],
    only: Annotated[
        list[str] | None, typer.Option(help="A variant, by its name; all if none is named.")
    ] = None,
    seconds: Annotated[float, typer.Option(help="How much of each event is taken.")] = 120.0,
    seed: Annotated[int, typer.Option(help="The same seed gives the same sound.")] = 5,
    markdown: Annotated[Path | None, typer.Option(help="The page to write.")] = None,
    keep: Annotated[Path | None, typer.Option(help="The folder that keeps all that is made.")] = None,
    most: Annotated[int, typer.Option(help="Alignments after which to stop, for now.")] = 1_000_000,
) -> None:
    """Stress the aligner with variants of events whose times are known."""
    outcomes = []
    made = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for path in truths:
            source = read_source(path, seconds)
            for number, variant in enumerate(VARIANTS):
                if not only or name_of(variant) in only:
                    made += not is_made(folder, source, number)
                    if made > most:
                        typer.echo(f"{most} alignments are made; the same command makes the others")
                        raise typer.Exit(1)
                    outcomes.append(run(source, number, seed, folder))
                    typer.echo(table(outcomes[-1:]).splitlines()[-1])
    typer.echo(table(outcomes))
    if markdown:
        markdown.write_text(page(outcomes, seconds, seed, only or ()), "utf-8")


if __name__ == "__main__":
    typer.run(main)
