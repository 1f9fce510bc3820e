"""How to cite a quote: who said it, when and where, and the hashes of the files to check it against."""

from __future__ import annotations

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.event import Event
from asdelivered.align.document.quotes import Quote
from asdelivered.base.clocks import exact_clock

UNKNOWN = "Speaker unknown"
"""What stands in the place of a name that the page does not have."""


def citation(quote: Quote, alignment: Alignment, event: Event, timecode: tuple[str, str] | None) -> str:
    """Return the lines of text that cite a quote; they leave out what isn't known.

    Where the speaker changes within it, the words of each stand on a line of their own with the name.
    """
    when = f"{event.date.day} {event.date:%B %Y}" if event.date else ""
    shared = len(quote.turns) > 1
    said = "" if shared else ", ".join(quote.speakers)
    at = ", ".join(part for part in (said, event.title, event.occasion, when) if part)
    lines = (
        [f"“{words}” — {name or UNKNOWN}" for name, words in quote.turns] if shared else [f"“{quote.text}”"]
    )
    lines.append(at if shared else f"— {at}" if at else "")
    if quote.span is not None:
        place = f"{exact_clock(quote.span.start)} to {exact_clock(quote.span.end)}"
        lines.append(f"Recording: {place}{f', timecode {timecode[0]} to {timecode[1]}' if timecode else ''}")
    lines += [
        f"SHA-256 of the recording: {alignment.recording.sha256}",
        f"SHA-256 of the transcript: {alignment.transcript.sha256}",
    ]
    return "\n".join(line for line in lines if line)
