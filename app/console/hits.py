"""The places where a quote was found, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asdelivered.app.console.text import print_message, print_result
from asdelivered.base.clocks import exact_clock, shortened

if TYPE_CHECKING:
    from asdelivered.clips.find import Hit
    from asdelivered.transcripts.quoting.differences import Difference

_WIDTH = 60
"""Characters of words that differ."""


def print_hit(hit: Hit, number: int) -> None:
    """Print when and by whom a quote was said, with a link and a citation."""
    quote = hit.quote
    where = _when(hit)
    confidence = "" if quote.confidence is None else f", confidence {quote.confidence:.2f}"
    print_result(f"{number}. {where}")
    if hit.event:
        print_result(f"   {hit.event}")
    for speaker, words in quote.turns:
        print_result(f"   {speaker or 'Speaker unknown'}: “{words}”")
    for one in quote.differences:
        print_result(f"   {_difference(one)}")
    print_result(f"   score {quote.score:.2f}{confidence}")
    if quote.span is not None and quote.unheard:
        print_result(f"   {quote.unheard} of its words were not heard")
    if hit.link:
        print_result(f"   {hit.link}")
    print_result()
    for line in hit.citation.splitlines():
        print_result(f"   | {line}")
    print_result()


def print_nearest(hit: Hit) -> None:
    """Print to stderr when and by whom the words were said that are nearest to a quote which was not found."""
    print_message(f"   {_when(hit)}")
    for speaker, words in hit.quote.turns:
        print_message(f"   {speaker or 'Speaker unknown'}: “{words}”")
    for one in hit.quote.differences:
        print_message(f"   {_difference(one)}")


def _when(hit: Hit) -> str:
    """Return in words when a quote was said."""
    span = hit.quote.span
    if span is None:
        return "not spoken in the recording"
    timecode = f"  ({hit.timecode[0]} to {hit.timecode[1]})" if hit.timecode else ""
    return f"{exact_clock(span.start)} to {exact_clock(span.end)}{timecode}"


def _difference(one: Difference) -> str:
    """Return in words how the quote differs from what was said."""
    quoted, said = shortened(one.quoted, _WIDTH), shortened(one.said, _WIDTH)
    if not one.said:
        return f"quoted, but not said: “{quoted}”"
    if not one.quoted:
        marked = one.kind.value == "omitted"
        return f"left out, as marked: “{said}”" if marked else f"said, but not quoted: “{said}”"
    return f"said “{said}”, quoted “{quoted}”"
