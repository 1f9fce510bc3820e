"""Final Cut Pro XML 1.9 (.fcpxml), which Final Cut Pro X, DaVinci Resolve and converters read.

After Apple, "FCPXML Reference". All times are rational seconds in multiples of a frame; a clip's `start` is the
recording's own timecode, its `offset` the place in the edit. Each speaker is a keyword and a role; notes are markers.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml
from xml.etree.ElementTree import Element, SubElement

from asdelivered.media.edit import CutList, EditEvent, events
from asdelivered.media.edit_source import EditSource

VERSION = "1.9"
"""The first version with media-rep; Final Cut Pro 10.4.9 and Resolve 17 read it."""
SOUND_ALONE = (1920, 1080)
"""Size of the edit's picture where the recording has none: an edit must have one."""


def to_fcpxml(cuts: CutList) -> bytes:
    """Return an event with one project, in which the clips follow each other."""
    source = cuts.source
    root = Element("fcpxml", version=VERSION)
    _resources(SubElement(root, "resources"), source)
    event = SubElement(SubElement(root, "library"), "event", name=cuts.title)
    placed = list(events(cuts))
    sequence = SubElement(
        SubElement(event, "project", name=cuts.title),
        "sequence",
        format="format",
        duration=_time(placed[-1].record_out if placed else 0, source),
        tcStart="0s",
        tcFormat=_counting(source),
    )
    spine = SubElement(sequence, "spine")
    for place in placed:
        element = SubElement(
            spine,
            "asset-clip",
            ref="recording",
            name=place.clip.name,
            offset=_time(place.record_in, source),
            start=_time(source.first + place.source_in, source),
            duration=_time(place.source_out - place.source_in, source),
            tcFormat=_counting(source),
            audioRole=_role(place.clip.speaker),
        )
        if source.size:
            element.set("format", "format")
        note = " ".join((place.clip.text, *place.clip.notes)).strip()
        if note:
            SubElement(element, "note").text = note
        _markers(element, place, source)
        _channel_sources(element, source, _role(place.clip.speaker))
    Xml.indent(root, "    ")
    body = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n{body}\n'.encode()


def _markers(element: Element, place: EditEvent, source: EditSource) -> None:
    """Add a keyword for who speaks, over the whole clip, and a marker at its start for each thing to check."""
    clip = place.clip
    start = _time(source.first + place.source_in, source)
    length = _time(place.source_out - place.source_in, source)
    for note in clip.notes:
        SubElement(element, "marker", start=start, duration=_time(1, source), value=note or "note")
    if clip.speaker:
        SubElement(element, "keyword", start=start, duration=length, value=clip.speaker)


def _role(speaker: str | None) -> str:
    """Return the role of a speaker's sound, a subrole of dialogue: its name holds no dot, comma, or question mark."""
    plain = " ".join(re.sub(r"[.,?]", " ", speaker or "").split())
    return f"dialogue.{plain}" if plain else "dialogue"


def _resources(resources: Element, source: EditSource) -> None:
    width, height = source.size or SOUND_ALONE
    form = SubElement(
        resources,
        "format",
        id="format",
        frameDuration=_time(1, source),
        width=str(width),
        height=str(height),
    )
    if source.pixel_aspect != 1:
        form.set("paspH", str(source.pixel_aspect.numerator))
        form.set("paspV", str(source.pixel_aspect.denominator))
    asset = SubElement(
        resources,
        "asset",
        id="recording",
        name=source.path.stem,
        start=_time(source.first, source),
        duration=_time(source.frames, source),
        hasAudio="1",
        audioSources=str(len(source.tracks)),
        audioChannels=str(sum(track.channels for track in source.tracks)),
        audioRate=str(source.sample_rate),
    )
    if source.size:
        asset.set("hasVideo", "1")
        asset.set("videoSources", "1")
        asset.set("format", "format")
    SubElement(asset, "media-rep", kind="original-media", src=source.path.as_uri())


def _channel_sources(clip: Element, source: EditSource, role: str) -> None:
    """Say which of the file's channels a clip plays, where it is not all of them; the others stay, switched off.

    What is heard has the speaker's `role`.
    """
    if source.hears_all:
        return
    heard = source.heard_channels
    groups = [range(track.first_channel, track.first_channel + track.channels) for track in source.tracks]
    parts = [
        [channel for channel in group if (channel in heard) == on] for group in groups for on in (True, False)
    ]
    for part in filter(None, parts):
        SubElement(
            clip,
            "audio-channel-source",
            srcCh=", ".join(str(channel + 1) for channel in part),
            role=role if part[0] in heard else "dialogue",
            enabled="1" if part[0] in heard else "0",
        )


def _time(frames: int, source: EditSource) -> str:
    """Return frames as seconds, unreduced, so that readers see whole frames: "5005/30000s"."""
    fps = source.rate.fps
    return f"{frames * fps.denominator}/{fps.numerator}s" if frames else "0s"


def _counting(source: EditSource) -> str:
    return "DF" if source.rate.drop else "NDF"
