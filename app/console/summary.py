"""An alignment's closing summary, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from asdelivered.app.console.tables import print_facts
from asdelivered.app.console.text import print_result
from asdelivered.base.clocks import clock, shortened
from asdelivered.base.counting import counted

if TYPE_CHECKING:
    from asdelivered.align.document.alignment import AlignedLine
    from asdelivered.app.jobs.align import Summary
    from asdelivered.base.span import TimeSpan

LONGEST_LIST = 20
"""Items of a list that are shown; the alignment has them all."""
_SETTLED = {"spoken": "spoken", "unspoken": "not spoken", "label": "a label"}
"""What the recording showed, for people."""
LONGEST_TEXT = 72
"""Characters of a line that are shown."""


def print_summary(summary: Summary) -> None:
    """Print the closing table, and below it what did not match."""
    # The models take a moment to load, and --help does not need them.
    from asdelivered.align.document.alignment import Settled, is_missing
    from asdelivered.align.document.coverage import outside

    alignment = summary.alignment
    untimed = [line for line in alignment.lines if is_missing(line)]
    spoken = [line for line in alignment.lines if line.settled is not Settled.UNSPOKEN]
    cut = outside(alignment.lines, alignment.recording.duration)
    found = " (found in the text; --language sets another)" if summary.language_found else ""
    facts = [
        ("Lines timed", f"{len(spoken) - len(untimed)} of {len(spoken)}"),
        ("Lines without times", str(len(untimed))),
        *(
            [("Of these, cut off", f"{len(cut)}, before the recording begins or after its end")]
            if cut
            else []
        ),
        ("Speech not in the text", _amount(alignment.untranscribed)),
        ("Language", alignment.transcript.language + found),
    ]
    for kind in ("music", "applause"):
        spans = tuple(sound.span for sound in alignment.sounds if sound.kind == kind)
        if spans:
            facts.append((kind.capitalize(), _amount(spans)))
    if alignment.recording.sound is not None or summary.why_sound:
        from asdelivered.media.sound import describe  # which loads FFmpeg's libraries

        taken = describe(alignment.recording.sound) if alignment.recording.sound else ""
        facts.append(("Sound", ": ".join(filter(None, (taken, summary.why_sound)))))
    facts.append(("Recording", clock(alignment.recording.duration)))
    facts.append(("Speed", f"{summary.speed:.1f} s of sound per second ({summary.seconds:.1f} s in all)"))
    drafts = {draft.span: f"  ? {shortened(draft.text, LONGEST_TEXT)}" for draft in alignment.drafts}
    # A path inside a cell would be broken into lines, and could not be copied: files are listed below.
    print_facts(facts)
    _print_list(
        "Lines without times, not heard where they should be:",
        [*_missing(untimed, cut)],
    )
    _print_list(
        "In doubt on the page, and settled by the recording:",
        [*_settled(alignment.lines)],
    )
    _print_list(
        "Speech not in the text:",
        [
            f"{clock(span.start)} to {clock(span.end)}{drafts.get(span, '')}"
            for span in alignment.untranscribed
        ],
    )
    if drafts:
        print_result("What follows a question mark is a recogniser's draft, and no part of the transcript.")
    files = summary.files
    _print_list("Files written:", [str(files.alignment), str(files.srt), str(files.vtt)])


def _missing(lines: Sequence[AlignedLine], cut: frozenset[str]) -> Iterator[str]:
    """Yield the text of each line, and of those that the recording cuts off, which may be hundreds, the first."""
    for is_cut, run in groupby(lines, lambda line: line.id in cut):
        first, *more = (shortened(line.text, LONGEST_TEXT) for line in run)
        if is_cut and more:
            yield f"{first} (and {len(more)} more that are cut off)"
        else:
            yield from (first, *more)


def _settled(lines: Sequence[AlignedLine]) -> Iterator[str]:
    """Yield what the recording showed of each run of lines that were in doubt and turned out the same."""
    for settled, run in groupby(lines, lambda line: line.settled):
        if settled:
            first, *more = run
            others = f" (and {len(more)} more)" if more else ""
            yield f"{_SETTLED[settled]:<12}{shortened(first.text, LONGEST_TEXT)}{others}"


def _amount(spans: tuple[TimeSpan, ...]) -> str:
    if not spans:
        return "none"
    seconds = sum(span.duration for span in spans) / 1000
    return f"{seconds:.1f} s in {counted(len(spans), 'stretch', 'stretches')}"


def _print_list(title: str, items: list[str]) -> None:
    if not items:
        return
    print_result(title)
    for item in items[:LONGEST_LIST]:
        print_result(f"  {item}")
    if len(items) > LONGEST_LIST:
        print_result(f"  and {len(items) - LONGEST_LIST} more, all in the .alignment.json file")
