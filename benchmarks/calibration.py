"""Does a confidence mean what it says? Plot it against the share of words whose time is right.

    python benchmarks/accuracy.py CORPUS --keep KEPT
    python benchmarks/calibration.py CORPUS KEPT [--ways OUT] [--plot docs/benchmarks/calibration.svg] [--markdown FILE]
    python benchmarks/calibration.py --stress STRESSED [--markdown FILE]

KEPT is what `accuracy.py --keep` wrote, OUT what `ways.py` did, STRESSED what `stress.py --keep` did: nothing is
aligned again. Each of the two commands writes its own part of FILE, and keeps the other. A word is right if its start
is within 100 ms, a line if both its edges are within 200 ms. The real recordings have no word times: there, the judge
is PocketSphinx's own forced alignment of each line within its true span. It has the same acoustic model as the
program, so it may share its errors within a line, but it knows from the truth where each line is.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import matplotlib
import numpy as np
import typer
from accuracy import CORPUS, OURS, Event, find_event
from plot_accuracy import COLOURS, DASHES, NAMES, set_style
from report import NOTHING, percent, table
from run_pocketsphinx import RATE, force, make_decoder, spoken_lines
from scoring import SURE, stated_and_right
from ways import EVENTS_AS_THEY_ARE, HARD

from asdelivered.align.acoustic.features import FRAME_MS, LOUDNESS, frames_of
from asdelivered.align.acoustic.room import LEAST_ABOVE, Levels, plain_levels
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording

matplotlib.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0001)
"""Edges of the confidence bins; the last one includes 1."""
FEWEST = 20
"""Words that a bin must have to be drawn."""

LINE_EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 1.0001)
"""Edges of the bins of lines; the last one includes 1."""
FEWEST_LINES = 8
FAR = 0.2
"""Seconds by which no edge of a line may be off for it to be right."""

Words = list[tuple[float, bool]]


@dataclass(frozen=True)
class JudgedLine:
    """The confidence of a line with a time, and by how many seconds its worse edge is off: inf if nobody said it.

    It is off in `silence` if nothing can be heard between where its edges are said to be and where they are.
    """

    confidence: float
    off: float
    silence: bool


Lines = list[JudgedLine]
LONGEST_CLICK = 30
"""Milliseconds of sound that may be between two places of an edge for there to be silence between them."""


def with_word_times(event: Event) -> dict[str, Any]:
    """Return an event's truth; if it has no word times, they come from forced alignment within each true line."""
    lines = event.truth["lines"]
    if any(line["sentences"] for line in lines):
        return event.truth
    samples = np.concatenate([block.reshape(-1) for block in decode_speech(open_recording(event.recording))])
    decoder = make_decoder()
    return event.truth | {"lines": [_with_words(line, samples, decoder, event.language) for line in lines]}


def _with_words(line: dict[str, Any], samples: Any, decoder: Any, language: str) -> dict[str, Any]:
    if not line["spoken"]:
        return line
    tokens = line["text"].split()
    forms, sounds = spoken_lines(tokens, language)
    piece = samples[round(line["start"] * RATE) : round(line["end"] * RATE)]
    try:
        spans = iter(force(decoder, piece, [word for form in forms for word in form], sounds))
    except RuntimeError:
        spans = iter(())
    words: list[list[Any]] = []
    for token, form in zip(tokens, forms, strict=True):
        of_it = [span for span in (next(spans, None) for _ in form) if span]
        # A word that the judge can't place is not scored, like a word without a sound.
        start, end = (line["start"] + of_it[0][0], line["start"] + of_it[-1][1]) if of_it else (None, None)
        words.append([token, start, end])
    return line | {"sentences": [{"words": words}]}


def table_row(name: str, words: Words) -> list[str]:
    """Return the row of a recording."""
    sure = [right for stated, right in words if stated >= SURE]
    bins = [[right for stated, right in words if low <= stated < high] for low, high in pairwise(EDGES)]
    of_bins = [percent(sum(one) / len(one)) if len(one) >= FEWEST else NOTHING for one in bins]
    right = percent(sum(sure) / len(sure)) if sure else NOTHING
    return [NAMES.get(name, name), str(len(words)), percent(len(sure) / len(words)), right, *of_bins]


def lines_of(truth: dict[str, Any], alignment: dict[str, Any], recording: Path) -> Lines:
    """Return how sure the lines are that have a time, and how far off that is."""
    lines: Lines = []
    for true, line in zip(truth["lines"], alignment["lines"], strict=True):
        if line["start"] is None:
            continue
        edges = [sorted((line[side], true[side])) for side in ("start", "end")] if true["spoken"] else []
        far = [(start, end) for start, end in edges if end - start > FAR]
        off = max((end - start for start, end in edges), default=math.inf)
        sure_and_wrong = bool(far) and line["confidence"] >= SURE
        silence = sure_and_wrong and all(is_silent(levels_of(recording), *edge) for edge in far)
        lines.append(JudgedLine(line["confidence"], off, silence))
    return lines


@cache
def levels_of(recording: Path) -> Levels:
    """Return how loud a recording is."""
    frames = np.concatenate(list(frames_of(decode_speech(open_recording(recording)))))
    return plain_levels(frames[:, LOUDNESS])


def is_silent(levels: Levels, start: float, end: float) -> bool:
    """Tell whether next to nothing stands above the quietest moment nearby, from one second to another."""
    frames = slice(round(start * 1000) // FRAME_MS, round(end * 1000) // FRAME_MS)
    loud = levels.smooth[frames] >= levels.quietest[frames] + LEAST_ABOVE
    return int(loud.sum()) * FRAME_MS <= LONGEST_CLICK


def line_row(name: str, lines: Lines) -> list[str]:
    """Return the row of the lines of a recording, or of recordings of a kind."""
    shares = [
        f"{percent(sum(line.off <= FAR for line in one) / len(one))} of {len(one)}"
        if len(one) >= FEWEST_LINES
        else NOTHING
        for one in line_bins(lines)
    ]
    wrong = [line for line in lines if line.confidence >= SURE and line.off > FAR]
    return [name, str(len(lines)), *shares, str(len(wrong)), str(sum(line.silence for line in wrong))]


def line_bins(lines: Lines) -> list[Lines]:
    """Return the lines in bins of their confidence."""
    return [[line for line in lines if low <= line.confidence < high] for low, high in pairwise(LINE_EDGES)]


LINE_HEAD = ["sound", "lines timed"]
LINE_HEAD += [f"{low:g} to {min(high, 1):g}" for low, high in pairwise(LINE_EDGES)]
LINE_HEAD += ["0.9 and more, but wrong", "of these, in silence"]
HEAD = ["recording", "words timed", "given 0.9 and more", "of these, right"]
HEAD += [f"{low:g} to {min(high, 1):g}" for low, high in pairwise(EDGES)]


def draw(words: dict[str, Words], lines: dict[str, Lines], out: Path) -> None:
    """Write the plot: share right against confidence, and how often each occurs; words of each recording, lines of each
    kind of sound.
    """
    groups = [[name for name in words if real == name.startswith("real-")] for real in (False, True)]
    curves = [_curves_of_words({name: words[name] for name in group}) for group in groups if group]
    curves.append(_curves_of_lines(lines))
    set_style()
    figure, grid = plt.subplots(
        2, len(curves), figsize=(4.7 * len(curves), 5.6), height_ratios=(3, 1.3), sharex=True, squeeze=False
    )
    for column, of_it in enumerate(curves):
        _reliability(grid[0][column], of_it)
        _histogram(grid[1][column], of_it)
        what = (
            "lines with both edges within 200 ms"
            if of_it is curves[-1]
            else "words whose start is within 100 ms"
        )
        grid[0][column].set_ylabel(what)
    figure.supxlabel("stated confidence", fontsize=10)
    grid[1][0].set_ylabel("share of words")
    grid[1][-1].set_ylabel("share of lines")
    figure.tight_layout()
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, facecolor="white", dpi=144, metadata={"Date": None} if out.suffix == ".svg" else None)
    plt.close(figure)


@dataclass(frozen=True)
class Curve:
    """What is drawn of one kind: (stated, share right) of each bin, and all that is stated."""

    name: str
    points: list[tuple[float, float]]
    stated: list[float]


def _curves_of_words(words: dict[str, Words]) -> list[Curve]:
    return [
        _curve(
            NAMES.get(name, name),
            [[one for one in judged if low <= one[0] < high] for low, high in pairwise(EDGES)],
            FEWEST,
        )
        for name, judged in words.items()
    ]


def _curves_of_lines(lines: dict[str, Lines]) -> list[Curve]:
    """Return a curve for the events, for those that were changed, for hard sound, and for recordings of others."""
    kinds: dict[str, Lines] = {}
    for name, judged in lines.items():
        if name == EVENTS_AS_THEY_ARE:
            continue
        kind = "the events" if name in {*NAMES.values()} else "hard sound" if name in HARD else name
        kind = (
            kind
            if kind in ("the events", "hard sound", "from the world")
            else "changed: music, talkers, gaps"
        )
        kinds.setdefault(kind, []).extend(judged)
    return [
        _curve(
            kind,
            [[(line.confidence, line.off <= FAR) for line in one] for one in line_bins(judged)],
            FEWEST_LINES,
        )
        for kind, judged in kinds.items()
    ]


def _curve(name: str, bins: list[Words], fewest: int) -> Curve:
    drawn = [one for one in bins if len(one) >= fewest]
    points = [
        (float(np.mean([stated for stated, _ in one])), 100 * float(np.mean([right for _, right in one])))
        for one in drawn
    ]
    return Curve(name, points, [stated for one in bins for stated, _ in one])


def _reliability(axes: Axes, curves: list[Curve]) -> None:
    axes.plot([0, 1], [0, 100], color="#8c959f", linewidth=1, label="as stated")
    for at, curve in enumerate(curves):
        axes.plot(
            [stated for stated, _ in curve.points], [right for _, right in curve.points],
            color=COLOURS[at], linestyle=DASHES[at], linewidth=1.8, marker="o", markersize=4.5,
            label=curve.name, clip_on=False,
        )  # fmt: skip
    axes.set(xlim=(0, 1), ylim=(0, 100))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{share:.0f} %"))
    axes.legend(frameon=False, fontsize=9, loc="lower right")
    _plain(axes)


def _histogram(axes: Axes, curves: list[Curve]) -> None:
    for at, curve in enumerate(curves):
        shares, edges = np.histogram(curve.stated, bins=20, range=(0, 1))
        axes.stairs(
            100 * shares / len(curve.stated), edges, color=COLOURS[at], linestyle=DASHES[at], linewidth=1.6
        )
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{share:.0f} %"))
    axes.set_ylim(0, None)
    _plain(axes)


def _plain(axes: Axes) -> None:
    axes.grid(color="#d0d7de", linewidth=0.7)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color("#8c959f")
    axes.tick_params(length=3, color="#8c959f", labelbottom=True)


HOW_TO_READ = """\
A word is right if it was spoken and its start is within 100 ms of the true one. Shares are rounded down; a bin with
fewer than 20 words is left out. Words without a time have no confidence and are not counted. The synthetic recordings
have exact word times. The real ones have none: they are judged by PocketSphinx's own forced alignment of each line
within its true span, which has the same acoustic model as the program and may share its errors within a line."""


OF_LINES = """\
Of lines, the same. A line is right if both its edges are within 200 ms of the true ones: the shares are of the
lines with such a confidence, then how many these are; a bin with fewer than 8 lines is left out. Below the events
are the kinds of sound of [the ways to align](ways.md), several short recordings each, by the default with Whisper
base. "In silence" are lines whose edge is off by nothing that can be heard: between where it is and where the truth has
it, the sound stands 3 dB above the quietest moment nearby for 30 ms at most."""


UNDER_STRESS_HEAD = "## Under stress"
UNDER_STRESS = """\
Lines under [stress](stress.md), by the program without a Whisper model, all events together; what is heard twice is
left out. The columns are those of the table above."""


def stress_part(stressed: Path) -> tuple[str, str]:
    """Return the table of the lines under stress, from the folder that stress.py kept, and the part of the page.

    Raises typer.BadParameter if nothing in the folder was aligned.
    """
    lines: dict[str, Lines] = {}
    events: dict[str, None] = {}
    for path in sorted(stressed.glob("*.truth.json")):
        name = path.name.removesuffix(".truth.json")
        written = stressed / name / f"{name}.alignment.json"
        if written.is_file():
            truth, alignment = json.loads(path.read_text()), json.loads(written.read_text())
            recording = stressed / f"{name}.flac"
            lines.setdefault(truth["variant"], []).extend(lines_of(truth, alignment, recording))
            events[name.rpartition("-")[0]] = None
    if not lines:
        raise typer.BadParameter(f"{stressed} has no alignment of stress.py --keep")
    rows = table(LINE_HEAD, [line_row(name, judged) for name, judged in lines.items()])
    made = "python benchmarks/calibration.py --stress STRESSED --markdown docs/benchmarks/calibration.md"
    told = f"Written by\n\n    {made}\n\nof what `stress.py --keep STRESSED` made of {', '.join(events)}."
    return rows, "\n\n".join([UNDER_STRESS_HEAD, told, UNDER_STRESS, rows]) + "\n"


def with_part(old: str, first: str | None, stress: str | None) -> str:
    """Return a page of two parts, the `first` and that of lines under `stress`: the `old` one's where it is None."""
    kept, _, kept_stress = old.partition("\n## ")
    head = first if first is not None else kept
    tail = stress if stress is not None else kept_stress and f"## {kept_stress}"
    return "\n\n".join(part.strip("\n") for part in (head, tail) if part) + "\n"


def page(words: dict[str, Words], lines: dict[str, Lines], plot: str | None) -> str:
    """Return the document with the words of each recording, and the lines of each and of each kind of sound."""
    rows = [table_row(name, judged) for name, judged in words.items()]
    made = (
        "python benchmarks/accuracy.py CORPUS --keep KEPT\n"
        "    python benchmarks/calibration.py CORPUS KEPT --plot docs/benchmarks/calibration.svg"
        " --ways OUT --markdown docs/benchmarks/calibration.md"
    )
    head = ["# What a confidence means", f"Written by\n\n    {made}", HOW_TO_READ]
    if plot:
        head.append(
            "![Stated confidence against the share of words that are right, and how often each confidence is given]"
            f"({plot})"
        )
    line_rows = [line_row(name, judged) for name, judged in lines.items()]
    return "\n\n".join([*head, table(HEAD, rows), OF_LINES, table(LINE_HEAD, line_rows)]) + "\n"


def main(
    corpus: Annotated[Path, typer.Argument(help="The folder of NAME.opus and NAME.truth.json.")] = CORPUS,
    kept: Annotated[Path, typer.Argument(help="What accuracy.py --keep wrote.")] = Path("kept"),
    ways: Annotated[Path | None, typer.Option(metavar="OUT", help="What ways.py wrote.")] = None,
    stress: Annotated[
        Path | None, typer.Option(metavar="STRESSED", help="What stress.py --keep wrote: only its part.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it there, .svg or .png.")] = None,
    markdown: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the table there, too.")] = None,
) -> None:
    """Compare each word's stated confidence with how often such words are right."""
    old = markdown.read_text() if markdown and markdown.is_file() else ""
    if stress:
        rows, part = stress_part(stress)
        typer.echo(rows)
        if markdown:
            markdown.write_text(with_part(old, None, part))
        return
    words: dict[str, Words] = {}
    lines: dict[str, Lines] = {}
    for written in sorted(kept.glob(f"*/{OURS}/*.alignment.json")):
        name = written.parent.parent.name
        truth = with_word_times(find_event(corpus, name, {}))
        alignment = json.loads(written.read_text())
        words[name] = stated_and_right(truth, alignment)
        lines[NAMES.get(name, name)] = lines_of(truth, alignment, corpus / f"{name}.opus")
    for row in json.loads((ways / "ways.json").read_text()) if ways else ():
        if row["way"] == OURS and "alignment" in row:
            truth, alignment = (json.loads(Path(row[one]).read_text()) for one in ("truth", "alignment"))
            recording = Path(row["truth"].removesuffix(".truth.json") + ".opus")
            lines.setdefault(row["sound"], []).extend(lines_of(truth, alignment, recording))
    if not words:
        typer.echo(f"calibration.py: {kept} has no NAME/{OURS}/*.alignment.json", err=True)
        raise typer.Exit(2)
    typer.echo(table(HEAD, [table_row(name, judged) for name, judged in words.items()]))
    typer.echo(table(LINE_HEAD, [line_row(name, judged) for name, judged in lines.items()]))
    if plot:
        draw(words, lines, plot)
    if markdown:
        markdown.write_text(with_part(old, page(words, lines, plot.name if plot else None), None))


if __name__ == "__main__":
    typer.run(main)
