"""Does a long recording cost more per hour than a short one, or give worse results?

    python benchmarks/length.py CORPUS [--hours 0.5 --hours 1 ...] [--markdown docs/benchmarks/length.md]

The recordings are the two events of the corpus in alternation, cut at a line near the requested length; their
transcripts are the lines, repeated as they are, so every sentence occurs many times.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import av
import typer
from accuracy import OURS, Event, machine, run
from report import Run, percent, table

EVENTS = ("event-clean", "event-hall")


def make_long(corpus: Path, folder: Path, hours: float) -> Event:
    """Write a recording of about `hours`, its transcript and its truth to `folder`."""
    name = f"hours-{hours:g}"
    lines: list[dict[str, Any]] = []
    unscripted: list[list[Any]] = []
    recording = folder / f"{name}.opus"
    start = 0.0
    with av.open(str(recording), "w") as output:
        stream = None
        while start < 3600 * hours:
            event = EVENTS[len(lines) > 0 and lines[-1]["event"] == EVENTS[0]]
            truth = json.loads((corpus / f"{event}.truth.json").read_text())
            spoken = [line for line in truth["lines"] if line["spoken"]]
            room = 3600 * hours - start
            # The cut is in the pause after the first line that reaches beyond the length.
            last = next((at for at, line in enumerate(spoken) if line["end"] > room), len(spoken) - 1)
            end = (
                truth["duration"]
                if last + 1 == len(spoken)
                else (spoken[last]["end"] + spoken[last + 1]["start"]) / 2
            )
            kept = truth["lines"][: truth["lines"].index(spoken[last]) + 1]
            lines += [_shifted(line, start) | {"event": event} for line in kept]
            unscripted += [[a + start, b + start, text] for a, b, text in truth["unscripted"] if b <= end]
            with av.open(str(corpus / f"{event}.opus")) as source:
                stream = stream or output.add_stream_from_template(source.streams.audio[0])
                first = None
                for packet in source.demux(source.streams.audio[0]):
                    if (
                        packet.pts is None
                        or packet.time_base is None
                        or float(packet.pts * packet.time_base) >= end
                    ):
                        continue
                    first = packet.pts if first is None else first
                    packet.pts = packet.dts = packet.pts - first + round(start / packet.time_base)
                    packet.stream = stream
                    output.mux(packet)
            start += end
    transcript = folder / f"{name}.txt"
    transcript.write_text("".join(f"{line['text']}\n" for line in lines))
    truth = {"lines": lines, "unscripted": unscripted, "sounds": [], "duration": start}
    return Event(name, recording, transcript, truth, "en")


def _shifted(line: dict[str, Any], by: float) -> dict[str, Any]:
    def moved(second: float | None) -> float | None:
        return None if second is None else second + by

    sentences = [
        sentence | {"words": [[text, moved(a), moved(b)] for text, a, b in sentence["words"]]}
        for sentence in line["sentences"]
    ]
    return line | {"start": moved(line["start"]), "end": moved(line["end"]), "sentences": sentences}


HEAD = ["hours", "program", "line starts ≤ 100 ms", "line ends ≤ 100 ms", "word starts ≤ 50 ms", "missed", "ghosts",
        "wall s", "processor s", "× real time", "peak MB"]  # fmt: skip


def row(run: Run) -> list[str]:
    """Return the row of a run."""
    lines, words = run.score.lines, run.score.words
    return [
        f"{run.seconds / 3600:.2f}", run.program, percent(lines.starts.within[1]), percent(lines.ends.within[1]),
        percent(words.starts.within[0] if words else None), f"{lines.missed} of {lines.spoken}",
        f"{lines.ghosts} of {lines.unspoken}", f"{run.cost.wall:.0f}", f"{run.cost.cpu:.0f}", f"{run.speed:.1f}",
        f"{run.cost.peak / 1e6:.0f}",
    ]  # fmt: skip


def main(
    corpus: Annotated[Path, typer.Argument(help="The folder with both events.")],
    hours: Annotated[list[float], typer.Option(help="A length; may be repeated.")] = [0.5, 1, 2, 4, 6],  # noqa: B006
    markdown: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write the table there.")] = None,
) -> None:
    """Measure time, memory and accuracy over the length of a recording."""
    started = machine()
    command = "python benchmarks/length.py CORPUS " + " ".join(f"--hours {length:g}" for length in hours)
    rows = []
    with tempfile.TemporaryDirectory(prefix="asdelivered-benchmark-") as temporary:
        folder = Path(temporary)
        for length in hours:
            rows.append(row(run(make_long(corpus, folder, length), OURS, folder / f"{length:g}")))
            typer.echo(table(HEAD, rows[-1:]))
            # After each, because the longest take hours.
            if markdown:
                markdown.write_text(page(command, started, rows))


HOW_TO_READ = """\
The two events of the corpus in alternation, with their texts. Processor time shows the growth;
wall time and speed suffer from whatever else the machine does. "Ghosts" are lines that nobody spoke but
that got a time; memory is the peak of all processes together."""


def page(command: str, started: str, rows: Sequence[Sequence[str]]) -> str:
    """Return the document with the rows that `command` made."""
    return (
        f"# Long recordings\n\nWritten by `{command}`.\n\n{started}\n\n{HOW_TO_READ}\n\n{table(HEAD, rows)}\n"
    )


if __name__ == "__main__":
    typer.run(main)
