"""Plot the share of lines that begin within t of their true start, against t, as benchmarks/accuracy.py measured it.

    python benchmarks/plot_accuracy.py FIGURES.json PLOT.svg [--event event-hall ...] [--program aeneas-200 ...]

FIGURES.json is what `accuracy.py --json` wrote. There is a panel per event and a curve per program, in the order of the
file or of the options. The background is white, so that the plot is legible on a dark page too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import matplotlib
import typer
from scoring import CURVE

matplotlib.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7", "#56B4E9")
"""Okabe and Ito's palette, which colour-blind readers can distinguish; the first colour is always ours."""
DASHES: tuple[Any, ...] = (
    "-",
    (0, (5, 1.5)),
    (0, (1.5, 1.2)),
    (0, (7, 1.5, 1.5, 1.5)),
    (0, (3, 3)),
    (0, (1, 2)),
)
INK = "#24292f"
NAMES = {
    "event-clean": "An hour of clear speech (synthetic)",
    "event-hall": "The same text in a hall: echo, noise, ad-libs",
    "real-en-kathleen": "One reader, US English",
    "real-de-kerstin": "One reader, German",
    "real-en-ocean": "Many speakers, strong accent",
    "real-en-mixed-mismatch": "Both mixed, echo, noise, another text",
    "aeneas-60": "aeneas, margin 60 s",
    "aeneas-200": "aeneas, margin 200 s",
    "pocketsphinx": "PocketSphinx forced alignment",
}
TICKS = {0.01: "10 ms", 0.1: "0.1 s", 1: "1 s", 10: "10 s"}

Figures = Sequence[dict[str, Any]]


def set_style() -> None:
    """Make all plots look alike, with the same bytes each time."""
    plt.rcParams |= {
        "font.size": 10,
        "font.family": "sans-serif",
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "svg.fonttype": "path",
        "svg.hashsalt": "asdelivered",
    }


def draw(figures: Figures, events: Sequence[str], programs: Sequence[str], out: Path) -> None:
    """Write the plot to `out`, in the format of its ending. `figures` are those of `accuracy.py --json`."""
    columns = min(2, len(events))
    rows = -(-len(events) // columns)
    set_style()
    figure, grid = plt.subplots(
        rows, columns, figsize=(4.7 * columns, 2.75 * rows + 0.75), sharex=True, sharey=True, squeeze=False
    )
    for number, event in enumerate(events):
        axes = grid[number // columns][number % columns]
        curves = {
            run["program"]: run["score"]["lines"]["starts"]["curve"]
            for run in figures
            if run["event"] == event
        }
        panel(axes, NAMES.get(event, event), [curves.get(program) for program in programs])
    for unused in grid.flat[len(events) :]:
        unused.set_visible(False)
    handles = {
        program: Line2D([], [], color=COLOURS[at], linestyle=DASHES[at], linewidth=2.6 if at == 0 else 1.8)
        for at, program in enumerate(programs)
    }
    figure.legend(
        handles.values(),
        [NAMES.get(program, program) for program in handles],
        loc="upper center",
        ncols=min(4, len(handles)),
        frameon=False,
        handlelength=2.8,
        fontsize=10,
    )
    figure.supxlabel("t, how far the start may be off", fontsize=10)
    figure.supylabel("lines whose start is within t", fontsize=10)
    figure.tight_layout(rect=(0, 0, 1, 1 - 0.38 / figure.get_figheight()))
    out.parent.mkdir(parents=True, exist_ok=True)
    # Without a date, the same figures give the same bytes.
    figure.savefig(out, facecolor="white", dpi=144, metadata={"Date": None} if out.suffix == ".svg" else None)
    plt.close(figure)


def panel(axes: Axes, title: str, curves: Sequence[Sequence[float] | None]) -> None:
    """Draw the curves of one event, the first program on top; a curve is None if the program did not run."""
    for at, curve in reversed(list(enumerate(curves))):
        if curve is None:
            continue
        axes.plot(
            CURVE,
            [100 * share for share in curve],
            color=COLOURS[at],
            linestyle=DASHES[at],
            linewidth=2.6 if at == 0 else 1.8,
            clip_on=False,
        )
    axes.set_title(title, fontsize=10.5, loc="left", color=INK, fontweight="bold")
    axes.set_xscale("log")
    axes.set_xlim(0.01, 10)
    axes.set_ylim(0, 100)
    axes.xaxis.set_major_locator(FixedLocator(list(TICKS)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda second, _: TICKS.get(round(second, 4), "")))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_locator(FixedLocator([0, 25, 50, 75, 100]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{share:.0f} %"))
    axes.grid(color="#d0d7de", linewidth=0.7)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color("#8c959f")
    axes.tick_params(length=3, color="#8c959f", labelbottom=True, labelleft=True)


def main(
    figures: Annotated[Path, typer.Argument(help="What accuracy.py --json wrote.")],
    plot: Annotated[Path, typer.Argument(help="The file to write: .svg or .png.")],
    event: Annotated[list[str] | None, typer.Option(help="A panel; all of them if none is named.")] = None,
    program: Annotated[list[str] | None, typer.Option(help="A curve; all of them if none is named.")] = None,
) -> None:
    """Plot the share of lines whose start is within t, against t."""
    runs = json.loads(figures.read_text())
    missing = [name for name in event or () if name not in {run["event"] for run in runs}]
    missing += [name for name in program or () if name not in {run["program"] for run in runs}]
    if missing:
        typer.echo(f"plot_accuracy.py: {figures} has no {missing[0]}", err=True)
        raise typer.Exit(2)
    events = event or list(dict.fromkeys(run["event"] for run in runs))
    draw(runs, events, program or list(dict.fromkeys(run["program"] for run in runs)), plot)


if __name__ == "__main__":
    typer.run(main)
