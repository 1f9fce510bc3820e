"""OpenTimelineIO (.otio), which DaVinci Resolve, Premiere Pro (beta), Kdenlive, Nuke Studio and Hiero read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asdelivered.base.extras import Extra, needs
from asdelivered.media.cutlists.edl import RECORD_START
from asdelivered.media.edit import CutList, EditEvent, events
from asdelivered.media.edit_source import EditSource
from asdelivered.media.recording import AudioStream
from asdelivered.media.timecode import from_label

if TYPE_CHECKING:
    import opentimelineio as otio


def to_otio(cuts: CutList) -> bytes:
    """Return a timeline with a track of picture and one of sound, starting at 01:00:00:00. Raises MissingExtraError.

    A clip's source range is in the recording's own timecode, and so is the available range of the recording. Where not
    all of the file's sound is heard, each of its audio tracks has one, with the clips of the others switched off.
    """
    with needs(Extra.CLIPS, "a timeline of OpenTimelineIO (.otio)"):
        import opentimelineio as otio
    source = cuts.source
    timeline = otio.schema.Timeline(
        cuts.title,
        global_start_time=_time(from_label(RECORD_START, source.rate), source),
        metadata={"asdelivered": {"drop_frame": source.rate.drop}},
    )
    if source.size:
        timeline.tracks.append(_track(cuts, otio.schema.TrackKind.Video, source.recording.audio))
    for audio in (source.recording.audio,) if source.hears_all else source.tracks:
        timeline.tracks.append(_track(cuts, otio.schema.TrackKind.Audio, audio))
    text: str = timeline.to_json_string(4)
    return f"{text}\n".encode()


def _track(cuts: CutList, kind: str, audio: AudioStream) -> otio.schema.Track:
    import opentimelineio as otio

    source = cuts.source
    name = kind if source.hears_all or kind == otio.schema.TrackKind.Video else _name(audio)
    track = otio.schema.Track(name, kind=kind)
    track.extend([_clip(event, source, audio) for event in events(cuts)])
    return track


def _name(audio: AudioStream) -> str:
    return f"Audio {audio.track} {audio.language or ''}".strip()


def _clip(event: EditEvent, source: EditSource, audio: AudioStream) -> otio.schema.Clip:
    import opentimelineio as otio

    clip = otio.schema.Clip(
        event.clip.name,
        media_reference=otio.schema.ExternalReference(
            source.path.as_uri(),
            available_range=_range(0, source.frames, source),
            metadata=_sound(source, audio),
        ),
        source_range=_range(event.source_in, event.source_out, source),
        metadata={
            "asdelivered": {
                "speaker": event.clip.speaker or "",
                "quote": event.clip.text,
                "notes": list(event.clip.notes),
            }
        },
    )
    clip.enabled = audio.index == source.recording.audio.index
    return clip


def _sound(source: EditSource, audio: AudioStream) -> dict[str, dict[str, int]]:
    """Say which track and channel a clip plays, both counted from 1, where it is not all of the file's sound."""
    if source.hears_all:
        return {}
    channel = source.recording.channel if audio.index == source.recording.audio.index else None
    stated = {"audio_track": audio.track}
    return {"asdelivered": stated if channel is None else {**stated, "audio_channel": channel + 1}}


def _range(start: int, end: int, source: EditSource) -> otio.opentime.TimeRange:
    import opentimelineio as otio

    return otio.opentime.TimeRange(_time(source.first + start, source), _time(end - start, source))


def _time(frames: int, source: EditSource) -> otio.opentime.RationalTime:
    import opentimelineio as otio

    return otio.opentime.RationalTime(frames, float(source.rate.fps))
