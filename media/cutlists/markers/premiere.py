"""Markers for Premiere Pro (.premiere.xml).

Premiere reads no lists of markers, but it reads the markers of a sequence that it imports as XML. So this is a sequence
of the whole recording, starting at the recording's own timecode.
"""

from __future__ import annotations

from xml.etree.ElementTree import SubElement

from asdelivered.media.cutlists.fcp7 import add_texts, document, sequence_of
from asdelivered.media.edit import Clip, CutList, EditEvent, events
from asdelivered.media.text import one_line
from asdelivered.media.timecode import seconds_at


def to_premiere_markers(cuts: CutList) -> bytes:
    """Return the sequence with a marker for each clip, in order of time; a marker is as long as its clip."""
    source = cuts.source
    end = source.start + seconds_at(source.frames, source.rate)
    whole = EditEvent(Clip(one_line(source.path.name), source.start, end), 0, source.frames, 0, source.frames)
    sequence = sequence_of(cuts.title, source, [whole], source.first)
    for event in sorted(events(cuts), key=lambda event: event.source_in):
        marker = SubElement(sequence, "marker")
        add_texts(marker, comment=event.clip.text, name=event.clip.name)
        add_texts(marker, **{"in": event.source_in, "out": event.source_out})
    return document(sequence)
