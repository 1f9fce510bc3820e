"""Final Cut Pro 7 XML (.xml), which Premiere Pro, DaVinci Resolve and many others read.

After Apple, "Final Cut Pro XML Interchange Format", version 5. `in` and `out` are frames counted from the
recording's first, `start` and `end` frames of the edit; each channel has its own track. `sourcetrack` counts the
channels over all audio tracks of the file; where not all are heard, the clips of the others are switched off.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from xml.etree import ElementTree as Xml
from xml.etree.ElementTree import Element, SubElement

from asdelivered.media.cutlists.edl import RECORD_START
from asdelivered.media.edit import CutList, EditEvent, events
from asdelivered.media.edit_source import EditSource
from asdelivered.media.timecode import from_label, to_label

MOST_TRACKS = 8
"""The most tracks of sound where all channels are heard, even if the recording has more."""
WIDE = Fraction(6, 5)
"""Pixels of old television (0.9 to 1.1) are narrower than this; those of its wide pictures (1.2 to 1.5) are wider."""
HD_PIXELS = {"HD-(1440x1080)": Fraction(4, 3), "HD-(1280x1080)": Fraction(3, 2)}
"""Pixels of high definition, by their names in this format. 960 x 720 has pixels as wide as 1440 x 1080."""
FILE = "recording"
"""The id of the recording, which is described where it first appears."""


def to_fcp7(cuts: CutList) -> bytes:
    """Return a sequence in which the clips follow each other, starting at 01:00:00:00."""
    begin = from_label(RECORD_START, cuts.source.rate)
    return document(sequence_of(cuts.title, cuts.source, [*events(cuts)], begin))


def document(sequence: Element) -> bytes:
    """Return the file that holds a sequence."""
    root = Element("xmeml", version="5")
    root.append(sequence)
    Xml.indent(root, "    ")
    body = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n{body}\n'.encode()


def sequence_of(title: str, source: EditSource, placed: Sequence[EditEvent], begin: int) -> Element:
    """Return a sequence of clips whose first frame has the timecode of frame `begin`."""
    sequence = Element("sequence", id="sequence")
    add_texts(sequence, name=title, duration=placed[-1].record_out if placed else 0)
    _rate(sequence, source)
    _timecode(sequence, source, begin)
    media = SubElement(sequence, "media")
    if source.size:
        video = SubElement(media, "video")
        _picture(SubElement(video, "format"), source)
        track = SubElement(video, "track")
        for number, event in enumerate(placed):
            _item(track, source, event, number, "video", 0)
    audio = SubElement(media, "audio")
    for place in range(len(_channels(source))):
        track = SubElement(audio, "track")
        for number, event in enumerate(placed):
            _item(track, source, event, number, "audio", place)
    # The recording is described in full where it first appears, and only there.
    first = next(sequence.iter("file"), None)
    if first is not None:
        _file(first, source)
    return sequence


def _item(track: Element, source: EditSource, event: EditEvent, number: int, kind: str, place: int) -> None:
    item = SubElement(track, "clipitem", id=_id(kind, number, place))
    add_texts(item, name=event.clip.name, duration=source.frames)
    _rate(item, source)
    add_texts(item, start=event.record_in, end=event.record_out)
    add_texts(item, **{"in": event.source_in, "out": event.source_out})
    if kind == "audio" and _channels(source)[place] not in source.heard_channels:
        add_texts(item, enabled="FALSE")
    SubElement(item, "file", id=FILE)
    if kind == "audio":
        channel = _channels(source)[place]
        add_texts(SubElement(item, "sourcetrack"), mediatype="audio", trackindex=channel + 1)
    for other, track_number in _linked(source):
        link = SubElement(item, "link")
        add_texts(
            link,
            linkclipref=_id(other, number, track_number),
            mediatype=other,
            trackindex=track_number + 1,
            clipindex=number + 1,
        )
    note = " ".join((event.clip.text, *event.clip.notes)).strip()
    if note:
        add_texts(SubElement(item, "comments"), mastercomment1=note)


def _linked(source: EditSource) -> Iterable[tuple[str, int]]:
    """Yield the kind and number of each track that has a part of a clip."""
    if source.size:
        yield "video", 0
    for place in range(len(_channels(source))):
        yield "audio", place


def _id(kind: str, number: int, place: int) -> str:
    return f"{kind}-{number + 1}-{place + 1}"


def _file(file: Element, source: EditSource) -> None:
    add_texts(
        file,
        name=source.path.name,
        # Premiere and Final Cut need the host, which the URI of a local file may omit.
        pathurl=source.path.as_uri().replace("file://", "file://localhost", 1),
        duration=source.frames,
    )
    _rate(file, source)
    _timecode(file, source, source.first)
    media = SubElement(file, "media")
    if source.size:
        _picture(SubElement(media, "video"), source)
    for track in source.tracks:
        audio = SubElement(media, "audio")
        add_texts(SubElement(audio, "samplecharacteristics"), samplerate=track.sample_rate)
        add_texts(audio, channelcount=track.channels)


def _picture(parent: Element, source: EditSource) -> None:
    assert source.size is not None
    width, height = source.size
    characteristics = SubElement(parent, "samplecharacteristics")
    _rate(characteristics, source)
    add_texts(characteristics, width=width, height=height)
    if source.pixel_aspect != 1:
        name, anamorphic = _pixels(height, source.pixel_aspect)
        add_texts(characteristics, anamorphic="TRUE" if anamorphic else "FALSE", pixelaspectratio=name)


def _pixels(height: int, aspect: Fraction) -> tuple[str, bool]:
    """Return the name of pixels that are not square, and whether they are those of a wide picture of old television."""
    if height in (480, 486, 576):
        return ("PAL-601" if height == 576 else "NTSC-601"), aspect > WIDE
    known = min(HD_PIXELS, key=lambda name: abs(HD_PIXELS[name] - aspect))
    return (known if abs(HD_PIXELS[known] - aspect) < Fraction(1, 20) else "square"), False


def _timecode(parent: Element, source: EditSource, frame: int) -> None:
    timecode = SubElement(parent, "timecode")
    _rate(timecode, source)
    counting = "DF" if source.rate.drop else "NDF"
    add_texts(timecode, string=to_label(frame, source.rate), frame=frame, displayformat=counting)


def _rate(parent: Element, source: EditSource) -> None:
    ntsc = source.rate.fps.denominator == 1001
    add_texts(SubElement(parent, "rate"), timebase=source.rate.nominal, ntsc="TRUE" if ntsc else "FALSE")


def _channels(source: EditSource) -> Sequence[int]:
    """Return the channels that have a track, counted from 0 over all audio tracks of the file."""
    return source.heard_channels[:MOST_TRACKS] if source.hears_all else source.all_channels


def add_texts(parent: Element, **texts: str | int) -> None:
    """Add an element with a text for each name."""
    for name, text in texts.items():
        SubElement(parent, name).text = str(text)
