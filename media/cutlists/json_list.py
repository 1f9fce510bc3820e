"""The whole cut-list as JSON (.json), for programs."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from asdelivered.media.cutlists.edl import RECORD_START
from asdelivered.media.edit import CutList, EditEvent, events
from asdelivered.media.edit_source import EditSource
from asdelivered.media.timecode import from_label, to_label


def to_json(cuts: CutList) -> bytes:
    """Return the list as JSON: seconds with three decimals, frames counted from the recording's first, timecodes."""
    data = {
        "schema": "asdelivered/cut-list",
        "version": 1,
        "title": cuts.title,
        "recording": _recording(cuts.source),
        "clips": [_clip(event, cuts.source) for event in events(cuts)],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _recording(source: EditSource) -> dict[str, Any]:
    return {
        "path": str(source.path),
        "frame_rate": str(source.rate.fps),
        "drop_frame": source.rate.drop,
        "timecode": to_label(source.first, source.rate),
        "frames": source.frames,
        "picture": source.size and _picture(source.size, source.pixel_aspect),
        "sound": {"channels": source.channels, "sample_rate": source.sample_rate, **_choice(source)},
    }


def _choice(source: EditSource) -> dict[str, Any]:
    """Say which track and channel is heard, both counted from 1, where it is not all of the file's sound."""
    if source.hears_all:
        return {}
    channel = source.recording.channel
    return {"track": source.recording.audio.track, "channel": None if channel is None else channel + 1}


def _picture(size: tuple[int, int], pixel_aspect: Fraction) -> dict[str, Any]:
    described: dict[str, Any] = {"width": size[0], "height": size[1]}
    return described if pixel_aspect == 1 else {**described, "pixel_aspect": str(pixel_aspect)}


def _clip(event: EditEvent, source: EditSource) -> dict[str, Any]:
    clip = event.clip
    record = from_label(RECORD_START, source.rate)
    return {
        "name": clip.name,
        "speaker": clip.speaker,
        "quote": clip.text,
        "start": round(float(clip.start), 3),
        "end": round(float(clip.end), 3),
        "frames": {"in": event.source_in, "out": event.source_out},
        "source": _labels(source.first, event.source_in, event.source_out, source),
        "record": _labels(record, event.record_in, event.record_out, source),
        "file": clip.file and str(clip.file),
        "notes": list(clip.notes),
    }


def _labels(first: int, start: int, end: int, source: EditSource) -> dict[str, str]:
    return {"in": to_label(first + start, source.rate), "out": to_label(first + end, source.rate)}
