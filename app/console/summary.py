"""An alignment's closing summary, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asdelivered.app.console.tables import print_facts
from asdelivered.app.console.text import print_result
from asdelivered.base.clocks import clock, shortened

if TYPE_CHECKING:
    from asdelivered.app.jobs.align import Summary
    from asdelivered.base.span import TimeSpan

LONGEST_LIST = 20
"""Items of a list that are shown; the alignment has them all."""
LONGEST_TEXT = 72
"""Characters of a line that are shown."""


def print_summary(summary: Summary) -> None:
    """Print the closing table, and below it what did not match."""
    alignment = summary.alignment
    untimed = [line for line in alignment.lines if line.span is None]
    timed = len(alignment.lines) - len(untimed)
    found = " (found in the text; --language sets another)" if summary.language_found else ""
    facts = [
        ("Lines timed", f"{timed} of {len(alignment.lines)}"),
        ("Lines without times", str(len(untimed))),
        ("Speech not in the text", _amount(alignment.untranscribed)),
        ("Language", alignment.transcript.language + found),
    ]
    for kind in ("music", "applause"):
        spans = tuple(sound.span for sound in alignment.sounds if sound.kind == kind)
        if spans:
            facts.append((kind.capitalize(), _amount(spans)))
    if alignment.recording.sound is not None:
        from asdelivered.media.sound import describe  # which loads FFmpeg's libraries

        facts.append(("Sound", describe(alignment.recording.sound)))
    facts.append(("Recording", clock(alignment.recording.duration)))
    facts.append(("Speed", f"{summary.speed:.1f} s of sound per second ({summary.seconds:.1f} s in all)"))
    drafts = {draft.span: f"  ? {shortened(draft.text, LONGEST_TEXT)}" for draft in alignment.drafts}
    # A path inside a cell would be broken into lines, and could not be copied: files are listed below.
    print_facts(facts)
    _print_list(
        "Lines without times, not heard where they should be:",
        [shortened(line.text, LONGEST_TEXT) for line in untimed],
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


def _amount(spans: tuple[TimeSpan, ...]) -> str:
    if not spans:
        return "none"
    seconds = sum(span.duration for span in spans) / 1000
    return f"{seconds:.1f} s in {len(spans)} {'stretch' if len(spans) == 1 else 'stretches'}"


def _print_list(title: str, items: list[str]) -> None:
    if not items:
        return
    print_result(title)
    for item in items[:LONGEST_LIST]:
        print_result(f"  {item}")
    if len(items) > LONGEST_LIST:
        print_result(f"  and {len(items) - LONGEST_LIST} more, all in the .alignment.json file")
