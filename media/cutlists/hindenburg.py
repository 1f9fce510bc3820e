"""Session of Hindenburg (.nhsx): the clips on a track, one directly after the other.

The maker documents no format. This is what sessions that Hindenburg saved (Journalist Pro 1.10 and 1.15, PRO 2.05) and
what others found out about them have in common: times are H:MM:SS.mmm without leading parts that are zero, a time of
zero is left out, and a file is looked for beside the session.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from xml.etree import ElementTree as Xml
from xml.etree.ElementTree import Element, SubElement

from asdelivered.media.edit import Clip, CutList

TRACKS = 4
"""Tracks, and groups of the clipboard, that every session has."""


def to_hindenburg(cuts: CutList) -> bytes:
    """Return a session with a marker at the start of each clip that names it and what to check; in UTF-8."""
    source = cuts.source
    placed = [*_placed(cuts)]
    session = Element("Session", Samplerate=str(source.sample_rate))
    _add_time(session, "Time", placed[-1][2] if placed else 0)
    SubElement(session, "Info", Title=cuts.title)
    pool = SubElement(session, "AudioPool", Path="", Location=str(source.path.parent))
    file = SubElement(pool, "File", Id="1", Name=source.path.name)
    _add_time(file, "Duration", source.recording.duration)
    file.set("Channels", str(source.channels))
    SubElement(file, "MetaData", OriginalPath=str(source.path))
    tracks = SubElement(session, "Tracks")
    track = SubElement(tracks, "Track", Name="Clips")
    for clip, begin, end in placed:
        region = SubElement(track, "Region", Ref="1", Name=clip.name)
        _add_time(region, "Start", begin)
        _add_time(region, "Length", end - begin)
        _add_time(region, "Offset", round(clip.start * 1000))
    for number in range(2, TRACKS + 1):
        SubElement(tracks, "Track", Name=f"Track {number}")
    clipboard = SubElement(session, "Clipboard")
    for number in range(1, TRACKS + 1):
        SubElement(clipboard, "Group", Caption=f"Group {number}")
    markers = SubElement(session, "Markers")
    for number, (clip, begin, _) in enumerate(placed, start=1):
        checks = f" ({'; '.join(clip.notes)})" if clip.notes else ""
        marker = SubElement(markers, "Marker", Id=str(number), Name=f"{clip.name}{checks}")
        _add_time(marker, "Time", begin)
    Xml.indent(session)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(session, encoding="unicode")}\n'.encode()


def _placed(cuts: CutList) -> Iterator[tuple[Clip, int, int]]:
    """Yield each clip with its place on the track, in ms: regions touch, however their lengths are rounded."""
    at = Fraction(0)
    for clip in cuts.clips:
        yield clip, round(at * 1000), round((at + clip.duration) * 1000)
        at += clip.duration


def _add_time(element: Element, name: str, milliseconds: int) -> None:
    """Set an attribute to a time: "09.406", "01:11.521", "2:36:43.111"; zero is left out."""
    if not milliseconds:
        return
    hours, minutes = milliseconds // 3_600_000, milliseconds // 60_000 % 60
    text = f"{milliseconds // 1000 % 60:02}.{milliseconds % 1000:03}"
    if hours or minutes:
        text = f"{minutes:02}:{text}"
    element.set(name, f"{hours}:{text}" if hours else text)
