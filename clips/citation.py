"""How to cite a quote: who said it, when and where, and the hashes of the files to check it against."""

from __future__ import annotations

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.event import Event
from asdelivered.align.document.quotes import Quote
from asdelivered.base.clocks import exact_clock


def citation(quote: Quote, alignment: Alignment, event: Event, timecode: tuple[str, str] | None) -> str:
    """Return the lines of text that cite a quote; they leave out what isn't known."""
    said = ", ".join(quote.speakers)
    when = f"{event.date.day} {event.date:%B %Y}" if event.date else ""
    at = ", ".join(part for part in (said, event.title, event.occasion, when) if part)
    lines = [f"“{quote.text}”", f"— {at}" if at else ""]
    if quote.span is not None:
        place = f"{exact_clock(quote.span.start)} to {exact_clock(quote.span.end)}"
        lines.append(f"Recording: {place}{f', timecode {timecode[0]} to {timecode[1]}' if timecode else ''}")
    lines += [
        f"SHA-256 of the recording: {alignment.recording.sha256}",
        f"SHA-256 of the transcript: {alignment.transcript.sha256}",
    ]
    return "\n".join(line for line in lines if line)
