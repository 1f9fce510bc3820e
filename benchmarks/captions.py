"""How good captions are, and how fast they are written: `python benchmarks/captions.py ALIGNMENT...`.

For each alignment and style: what our check and an independent one find, how many cues end at punctuation or a clause
(judged by a second tagger), and how many could at most: an exhaustive search finds the fewest cues that must end
elsewhere if none holds more than the style allows. Then how many two-line cues break after a word that leans on the
next or leave one alone, and how many of them could be broken better. Then the time for a hundred thousand words.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "subtitles"))

from clauses import PUNCTUATION, ends_well
from guide_numbers import GUIDES, parse_srt
from line_ends import better, is_suspect
from test_speed import talk

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import load
from asdelivered.subtitles.checking.check import check
from asdelivered.subtitles.checking.spoken_spans import spoken_spans
from asdelivered.subtitles.cueing.breaks import break_levels
from asdelivered.subtitles.cueing.line_layout import lay_out
from asdelivered.subtitles.cueing.units import units_of
from asdelivered.subtitles.cueing.utterances import utterances
from asdelivered.subtitles.cues import PLAYER, cues
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.style import Severity, Style
from asdelivered.subtitles.style_file import named_style


def good_ends(made: tuple[Cue, ...]) -> tuple[float, float]:
    """Return the share of cues that end at punctuation, and at punctuation or before a clause."""
    parts = [" ".join(cue.lines).split() for cue in made]
    words = [word for part in parts for word in part]
    marked = good = at = 0
    for part in parts:
        at += len(part)
        marked += PUNCTUATION.search(part[-1]) is not None
        good += at == len(words) or ends_well(words[max(0, at - 8) : at], words[at : at + 20])
    return marked / len(parts), good / len(parts)


def fewest_bad_ends(alignment: Alignment, style: Style) -> int:
    """Return how many cues must end elsewhere, however the text is cut: by dynamic programming over all cuts."""
    total = 0
    for utterance in utterances(alignment.lines, style.longest_pause):
        texts = [word.text for word in utterance.words]
        count = len(texts)
        ends = range(1, count + 1)
        good = [at == count or ends_well(texts[max(0, at - 8) : at], texts[at : at + 20]) for at in ends]
        fewest = [0] + [count] * count
        for first in range(count):
            for last in range(first + 1, count + 1):
                words = utterance.words[first:last]
                if last - first > 1 and (
                    words[-1].end - words[0].start > style.max_duration
                    or lay_out(units_of(texts[first:last]), "", break_levels(texts[first:last], "xx"), style)
                    is None
                ):
                    break
                fewest[last] = min(fewest[last], fewest[first] + (not good[last - 1]))
        total += fewest[count]
    return total


def main(
    alignments: Annotated[list[Path], typer.Argument(help="Alignment files.")],
) -> None:
    """Print a Markdown table, and the time."""
    print(
        "| event | style | cues | errors, by our check and by the second | warnings | ends well | could "
        "| in-time within 84 ms | two-line cues with a suspect break, and with a better one that fits |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for path in alignments:
        alignment = load(path)
        for name, guide in GUIDES.items():
            style = named_style(name)
            made = cues(alignment, style)
            spoken = spoken_spans(made, alignment)
            found = check(made, style, PLAYER, spoken, alignment.transcript.language, verbatim=True)
            errors = sum(violation.severity is Severity.ERROR for violation in found)
            others = len(guide(parse_srt(FORMATS["srt"].write(Captions(made)).decode())))
            marked, good = good_ends(made)
            could = 1 - fewest_bad_ends(alignment, style) / len(made)
            near = [
                abs(cue.span.start - span.start) <= 84 for cue, span in zip(made, spoken, strict=True) if span
            ]
            suspect = [cue.lines for cue in made if is_suspect(cue.lines)]
            poor = sum(better(lines, style.max_line_length) is not None for lines in suspect)
            print(
                f"| {path.name.removesuffix('.alignment.json')} | {name} | {len(made)} | {errors}, {others} | "
                f"{len(found) - errors} | {100 * good:.1f} % ({100 * marked:.1f} % at punctuation) | "
                f"{100 * could:.1f} % | {100 * sum(near) / len(near):.1f} % | {len(suspect)}, {poor} |"
            )
    for words in (25_000, 50_000, 100_000):
        event = talk(words, words)
        began = time.process_time()
        made = cues(event)
        print(f"{words} words: {len(made)} cues in {time.process_time() - began:.1f} s of one core")


if __name__ == "__main__":
    typer.run(main)
