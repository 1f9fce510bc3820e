"""MLT XML (.mlt), which melt plays and Kdenlive and Shotcut open (mltframework.org, "MLT XML").

`in` and `out` are frames counted from the recording's first; `out` is the last one shown. `audio_index` counts all
streams of the file. Its other audio tracks are tracks of their own, hidden below the one that is heard.
"""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree as Xml
from xml.etree.ElementTree import Element, SubElement

from asdelivered.media.cutlists.errors import CutListError
from asdelivered.media.edit import CutList, events
from asdelivered.media.edit_source import EditSource
from asdelivered.media.recording import opened

SOUND_ALONE = (1920, 1080)
"""Size of the edit's picture where the recording has none."""
_INEXACT = frozenset({"mpegts", "mpeg", "avi"})
"""Formats (FFmpeg's names) in which melt's seek, which is FFmpeg's, need not end at the frame that was asked for."""


def limit_of_mlt(source: EditSource) -> str | None:
    """Return a sentence where melt may play other frames of a recording than its list says.

    melt 7.12 began clips up to a whole group of pictures late in transport streams whose frames need no later ones, and
    two frames early in AVI with MP3 sound; in MP4, MOV, Matroska, WebM, MXF, FLV and WMV every frame was right. Its
    authors know (mltframework/mlt, issue 724).
    """
    if source.size is None:
        return None
    with opened(source.path) as container:
        if container.format.name not in _INEXACT:
            return None
    return (
        f"melt, Kdenlive and Shotcut may begin the clips of the .mlt at other frames, for {source.path.name} is in a "
        "format in which they can't seek exactly: convert it to MP4 first, or render the clips"
    )


def to_mlt(cuts: CutList) -> bytes:
    """Return a playlist in which the clips follow each other.

    Raises CutListError where the recording was joined from parts: melt finds nothing in those after the first.
    """
    source = cuts.source
    if source.recording.parts > 1:
        raise CutListError(
            f"{source.path} was joined from {source.recording.parts} parts, and melt, Kdenlive and Shotcut find "
            "nothing after the first: convert it first, or choose another list than .mlt"
        )
    width, height = source.size or SOUND_ALONE
    pixel, shown = source.pixel_aspect, source.pixel_aspect * Fraction(width, height)
    root = Element("mlt", LC_NUMERIC="C", title=cuts.title)
    SubElement(
        root,
        "profile",
        description="asdelivered",
        width=str(width),
        height=str(height),
        progressive="1",
        sample_aspect_num=str(pixel.numerator),
        sample_aspect_den=str(pixel.denominator),
        display_aspect_num=str(shown.numerator if pixel != 1 else width),
        display_aspect_den=str(shown.denominator if pixel != 1 else height),
        frame_rate_num=str(source.rate.fps.numerator),
        frame_rate_den=str(source.rate.fps.denominator),
        colorspace="709",
    )
    others = [] if source.hears_all else [track for track in source.tracks if track.index != _heard(source)]
    for track in others:
        producer = _producer(root, source, f"recording-{track.track}")
        for name, value in {"audio_index": track.index, "video_index": -1}.items():
            SubElement(producer, "property", name=name).text = str(value)
        _playlist(root, cuts, f"cuts-{track.track}", f"recording-{track.track}")
    recording = _producer(root, source, "recording")
    _picture(recording, source)
    _sound(recording, source)
    _playlist(root, cuts, "cuts", "recording")
    if others:
        tractor = SubElement(root, "tractor", id="edit")
        for track in others:
            SubElement(tractor, "track", producer=f"cuts-{track.track}", hide="both")
        SubElement(tractor, "track", producer="cuts")
    Xml.indent(root, "    ")
    body = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _producer(root: Element, source: EditSource, name: str) -> Element:
    producer = SubElement(root, "producer", {"id": name, "in": "0", "out": str(source.frames - 1)})
    SubElement(producer, "property", name="resource").text = str(source.path)
    return producer


def _playlist(root: Element, cuts: CutList, name: str, producer: str) -> None:
    playlist = SubElement(root, "playlist", id=name)
    for event in events(cuts):
        frames = {"in": str(event.source_in), "out": str(event.source_out - 1)}
        SubElement(playlist, "entry", {"producer": producer, **frames})


def _heard(source: EditSource) -> int:
    return source.recording.audio.index


def _picture(producer: Element, source: EditSource) -> None:
    """Say which picture is shown, where another stream than sound comes before it: melt takes the first."""
    video = source.recording.video
    if video is not None and video.index > sum(track.index < video.index for track in source.tracks):
        SubElement(producer, "property", name="video_index").text = str(video.index)


def _sound(producer: Element, source: EditSource) -> None:
    """Say which track and channel is heard, where that is not all; one channel plays on both sides."""
    if source.hears_all:
        return
    SubElement(producer, "property", name="audio_index").text = str(_heard(source))
    channel = source.recording.channel
    if channel is None:
        return
    for side in {0, 1} - {channel}:
        copied = SubElement(producer, "filter")
        for name, value in {"mlt_service": "channelcopy", "from": channel, "to": side}.items():
            SubElement(copied, "property", name=name).text = str(value)
