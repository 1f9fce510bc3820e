"""Measure clips of fifty random quotes from each movie of the corpus, and how long a thousand quotes take.

python benchmarks/clips.py [--count 50] [CORPUS]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import imageio_ffmpeg
import typer
from clip_measures import Measured, measure, sentence_quotes, spoken_words, word_quotes
from truth_alignment import truth_alignment

from asdelivered.align.document.alignment import AlignedLine, Alignment
from asdelivered.align.document.alignment_json import save
from asdelivered.align.document.quotes import find_quotes, index_alignment
from asdelivered.base.span import TimeSpan
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.cut_points import QuoteTiming, cut_points
from asdelivered.media.cutlists import FORMATS
from asdelivered.media.edit import Clip, CutList
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.encoding import CaptionedClip, Rendering
from asdelivered.media.rendering.formats import media_format
from asdelivered.media.rendering.render import render_clip

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
MOVIES = {"excerpt-25fps-tc10h.mp4": ("event-clean", 299.0), "excerpt-2997df-tc1h.mov": ("event-hall", 239.0)}
SEED = 2026


def clips_of(movie: Path, truth: Path, until: float, kind: str, count: int) -> list[Measured]:
    """Make clips of random quotes with the command, and measure them."""
    lines = spoken_words(truth, until)
    words = [word for line in lines for sentence in line for word in sentence]
    quotes = (sentence_quotes if kind == "sentences" else word_quotes)(lines, count, SEED)
    with tempfile.TemporaryDirectory(prefix="asdelivered-clips-") as name:
        folder = Path(name)
        alignment, edl = folder / "event.alignment.json", folder / "cuts.edl"
        save(truth_alignment(truth, movie, truth), alignment)
        asked = [argument for quote in quotes for argument in ("--quote", quote.text)]
        program = Path(sys.executable).with_name("asdelivered")
        options = ["--to", edl, "--render", folder / "clips", "--captions", "none", "--json"]
        run = subprocess.run(
            [program, "clip", alignment, *asked, *options], capture_output=True, text=True, check=True
        )
        made = [Path(one["files"][0]) for one in json.loads(run.stdout)["clips"]]
        return list(measure(movie, edl, made, words, quotes))


def row(name: str, kind: str, made: Sequence[Measured]) -> str:
    """Return a row of the table."""
    possible = [one for one in made if one.possible]
    cells = (
        name,
        kind,
        f"{sum(one.off == 0 for one in made)} of {len(made)}",
        f"{max(abs(one.delay) for one in made) * 1000:.1f} ms",
        f"{min(min(one.before, one.after) for one in made) * 1000:.0f} ms",
        f"{sum(one.whole for one in made)} of {len(made)}",
        f"{sum(one.whole for one in possible)} of {len(possible)}",
    )
    return f"| {' | '.join(cells)} |"


def longer(alignment: Alignment, times: int) -> Alignment:
    """Return an event `times` as long, with its lines repeated."""
    length = alignment.recording.duration
    lines = [_later(line, number, number * length) for number in range(times) for line in alignment.lines]
    return replace(
        alignment, lines=tuple(lines), recording=replace(alignment.recording, duration=times * length)
    )


def _later(line: AlignedLine, number: int, offset: int) -> AlignedLine:
    def moved(span: TimeSpan | None) -> TimeSpan | None:
        return TimeSpan(span.start + offset, span.end + offset) if span else None

    words = tuple(replace(word, span=moved(word.span)) for word in line.words)
    return replace(line, id=f"{line.id}-{number}", span=moved(line.span), words=words)


def thousand(corpus: Path) -> str:
    """Return how long it takes to find 1,000 quotes in 10 hours and to write their cut-lists."""
    truth = corpus / "event-clean.truth.json"
    movie = open_recording(corpus / "excerpt-25fps-tc10h.mp4")
    alignment = longer(truth_alignment(truth, corpus / "event-clean.opus", truth), 11)
    lines = spoken_words(truth, 1e9)
    quotes = (word_quotes(lines, 1000, SEED) + sentence_quotes(lines, 1000, SEED))[:1000]
    begin = time.process_time()
    indexed = index_alignment(alignment)
    found = [places[0] for quote in quotes if (places := find_quotes(indexed, quote.text))]
    searched = time.process_time() - begin
    source = replace(as_edit_source(movie), frames=11 * 3600 * 25)
    spans = [one.span for one in found if one.span]
    clips = tuple(_clip(span, number) for number, span in enumerate(spans))
    begin = time.process_time()
    for known in FORMATS:
        known.write(CutList("a", source, clips))
    written = time.process_time() - begin
    return (
        f"{len(found)} of {len(quotes)} quotes in {alignment.recording.duration / 3_600_000:.1f} hours "
        f"({len(indexed.words)} words): found in {searched:.2f} s, with indexing; lists of them in all "
        f"{len(FORMATS)} formats written in {written:.2f} s (processor time)."
    )


def five_hours(corpus: Path) -> str:
    """Return how long a clip takes at the start of a five-hour movie, and at its end."""
    movie = corpus / "excerpt-25fps-tc10h.mp4"
    said = []
    with tempfile.TemporaryDirectory(prefix="asdelivered-clips-") as name:
        folder = Path(name)
        script, long = folder / "parts.ffconcat", folder / "long.mp4"
        script.write_text("ffconcat version 1.0\n" + f"file '{movie.resolve()}'\n" * 61)
        joined = [
            "-f",
            "concat",
            "-safe",
            "0",
            "-i",
            script,
            "-map",
            "0:v",
            "-map",
            "0:a",
            "-codec",
            "copy",
            long,
        ]
        subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *joined], check=True)
        source = as_edit_source(open_recording(long))
        for start in (22, 22 + 60 * 300):
            span = TimeSpan(start * 1000 + 520, start * 1000 + 7520)
            begin = time.perf_counter()
            with open_audio(source.recording) as reader:
                first, last = cut_points(reader, source, QuoteTiming(span, None, None))
            part = CaptionedClip(Clip("a", first.time, last.time))
            render_clip(source, part, folder / "clip.mp4", Rendering(media_format("mp4")))
            said.append(f"{time.perf_counter() - begin:.1f} s at {start} s")
    hours = source.recording.duration / 3_600_000
    return f"A clip of 7 s from a movie of {hours:.1f} hours, cut and rendered: {', '.join(said)}."


def _clip(span: TimeSpan, number: int) -> Clip:
    return Clip(f"clip {number}", Fraction(span.start, 1000), Fraction(span.end + 40, 1000))


def main(
    corpus: Annotated[Path, typer.Argument(help="The folder of the corpus.")] = CORPUS,
    count: Annotated[int, typer.Option(help="Quotes of each kind and movie.")] = 50,
) -> None:
    """Print the table of docs/clips.md."""
    heads = (
        "movie",
        "quotes",
        "first picture right",
        "sound off, at most",
        "least room",
        "whole",
        "of the possible",
    )
    typer.echo(f"| {' | '.join(heads)} |")
    typer.echo("| --- | --- | --- | --- | --- | --- | --- |")
    for name, (event, until) in MOVIES.items():
        for kind in ("sentences", "words"):
            typer.echo(
                row(name, kind, clips_of(corpus / name, corpus / f"{event}.truth.json", until, kind, count))
            )
    typer.echo(f"\n{thousand(corpus)}\n\n{five_hours(corpus)}")


if __name__ == "__main__":
    typer.run(main)
