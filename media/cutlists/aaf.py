"""Advanced Authoring Format (.aaf), which Avid Media Composer, Pro Tools, Premiere Pro and DaVinci Resolve read.

After AMWA, "AAF Edit Protocol": the edit (composition) refers to the recording's master clip, which refers to the file,
and that to a tape with the recording's own timecode. The master clip covers the whole recording, so each clip has
handles as long as there is material. A marker at the start of each clip holds its words and notes, by its speaker.
"""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from asdelivered.base.extras import Extra, needs
from asdelivered.media.cutlists.edl import RECORD_START, reel
from asdelivered.media.edit import CutList, EditEvent, events
from asdelivered.media.edit_source import EditSource
from asdelivered.media.timecode import from_label

PICTURE, SOUND = "picture", "sound"
MARKER_TRACK = 1000
"""The number of the markers' slot, far above those of pictures and sounds."""
_UNDATED = datetime(2000, 1, 1)
"""The same list is the same file, whenever it is written."""

Container: TypeAlias = Any
"""A file of pyaaf2, which has no types."""
Mob: TypeAlias = Any
"""A "material object" of it: an edit, a master clip, a file or a tape."""


def to_aaf(cuts: CutList) -> bytes:
    """Return an edit with a track of picture and one for each channel of the recording, starting at 01:00:00:00.

    A channel that is not heard has its clips, too, muted as Avid mutes clips. Raises MissingExtraError.
    """
    with needs(Extra.CLIPS, "an edit for Avid (.aaf)"):
        import aaf2
    with tempfile.TemporaryDirectory(prefix="asdelivered-aaf-") as folder:
        path = Path(folder) / "cuts.aaf"
        with aaf2.open(str(path), "w") as file:
            _fill(file, cuts)
        return path.read_bytes()


def _fill(file: Container, cuts: CutList) -> None:
    source, placed = cuts.source, [*events(cuts)]
    _sign(file)
    tape = _add(file, file.create.SourceMob(), reel(source.path.stem), _id(source, "tape"))
    tape.descriptor = file.create.TapeDescriptor()
    essence = _add(file, file.create.SourceMob(), source.path.name, _id(source, "file"))
    essence.descriptor = _description(file, source)
    master = _add(file, file.create.MasterMob(), source.path.stem, _id(source, "master"))
    edit = _add(file, file.create.CompositionMob(), cuts.title, _id(source, _digest(cuts)))
    edit.usage = "Usage_TopLevel"
    for number, track in enumerate(_tracks(source), start=1):
        _chain(file, (tape, essence, master), number, track, source)
        _cut(file, edit, master, number, track, placed)
    _timecode(file, tape, source.first, source.frames, source)
    begin = from_label(RECORD_START, source.rate)
    _timecode(file, edit, begin, _length(placed), source)
    _markers(file, edit, placed, source)
    for mob in file.content.mobs:
        mob["LastModified"].value = mob["CreationTime"].value = _UNDATED


@dataclass(frozen=True)
class _Track:
    """A track of the edit: the picture, or a channel of the sound; `number` counts each kind from 1."""

    kind: str
    number: int
    name: str
    is_heard: bool = True


def _tracks(source: EditSource) -> Iterator[_Track]:
    if source.size:
        yield _Track(PICTURE, 1, "V1")
    languages = [track.language for track in source.tracks for _ in range(track.channels)]
    for number, (channel, language) in enumerate(zip(source.all_channels, languages, strict=True), start=1):
        name = f"A{number} {language or ''}".strip()
        yield _Track(SOUND, number, name, channel in source.heard_channels)


def _add(file: Container, mob: Mob, name: str, identity: uuid.UUID) -> Mob:
    from aaf2.mobid import MobID

    mob.name = name
    mob.mob_id = MobID(f"urn:smpte:umid:060a2b34.01010105.01010f20.13000000.{_grouped(identity)}")
    file.content.mobs.append(mob)
    return mob


def _grouped(identity: uuid.UUID) -> str:
    text = identity.hex
    return ".".join(text[at : at + 8] for at in range(0, 32, 8))


def _id(source: EditSource, what: str) -> uuid.UUID:
    """Return the identity of a part: the same for the same recording, so that two edits share a master clip."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{source.path.as_uri()}#{source.first},{source.frames},{what}")


def _digest(cuts: CutList) -> str:
    return hashlib.sha256(repr((cuts.title, cuts.clips)).encode()).hexdigest()


def _description(file: Container, source: EditSource) -> Any:
    """Return what the file is, and where it lies."""
    parts = [file.create.SoundDescriptor() for _ in source.tracks]
    for part, track in zip(parts, source.tracks, strict=True):
        part["SampleRate"].value = part["AudioSamplingRate"].value = track.sample_rate
        part["Channels"].value, part["QuantizationBits"].value = track.channels, 16
        part["Length"].value = source.recording.duration * track.sample_rate // 1000
    if source.size:
        parts.insert(0, _picture_description(file, source))
    whole = file.create.MultipleDescriptor()
    whole["SampleRate"].value = _rate(source)
    whole["Length"].value = source.frames
    whole["FileDescriptors"].value = parts
    place = file.create.NetworkLocator()
    place["URLString"].value = source.path.as_uri()
    whole["Locator"].append(place)
    return whole


def _picture_description(file: Container, source: EditSource) -> Any:
    assert source.size is not None
    width, height = source.size
    shape = source.pixel_aspect * width / height
    picture = file.create.CDCIDescriptor()
    picture["SampleRate"].value, picture["Length"].value = _rate(source), source.frames
    picture["StoredWidth"].value, picture["StoredHeight"].value = width, height
    picture["ImageAspectRatio"].value = f"{shape.numerator}/{shape.denominator}"
    picture["FrameLayout"].value, picture["VideoLineMap"].value = "FullFrame", [0, 0]
    picture["ComponentWidth"].value, picture["HorizontalSubsampling"].value = 8, 2
    return picture


def _chain(
    file: Container, mobs: tuple[Mob, Mob, Mob], number: int, track: _Track, source: EditSource
) -> None:
    """Add a track, as slot `number`, to tape, file and master clip; each refers to the one before."""
    before: Mob | None = None
    for mob in mobs:
        slot = mob.create_timeline_slot(_rate(source), number)
        slot.segment = file.create.SourceClip(media_kind=track.kind)
        slot.segment.length, slot.segment.start = source.frames, 0
        if before is not None:
            slot.segment.mob, slot.segment.slot = before, before.slot_at(number)
        slot["PhysicalTrackNumber"].value = track.number
        before = mob


def _cut(
    file: Container, edit: Mob, master: Mob, number: int, track: _Track, placed: Sequence[EditEvent]
) -> None:
    """Add a track of the edit, as slot `number`, with its clips one after the other."""
    slot = edit.create_empty_sequence_slot(master.slot_at(number).edit_rate, number, track.kind)
    slot.name, slot["PhysicalTrackNumber"].value = track.name, track.number
    for event in placed:
        length = event.source_out - event.source_in
        clip = master.create_source_clip(number, event.source_in, length, track.kind)
        slot.segment.components.append(clip if track.is_heard else _muted(file, clip, track.kind, length))
    slot.segment.length = _length(placed)


def _length(placed: Sequence[EditEvent]) -> int:
    return placed[-1].record_out if placed else 0


def _muted(file: Container, clip: Any, kind: str, length: int) -> Any:
    """Return a clip as Avid stores one that is muted: as the alternative to silence."""
    muted = file.create.Selector(media_kind=kind, length=length)
    muted["Selected"].value = file.create.Filler(kind, length)
    muted["Alternates"].value = [clip]
    return muted


def _timecode(file: Container, mob: Mob, start: int, length: int, source: EditSource) -> None:
    slot = mob.create_timeline_slot(_rate(source))
    slot.segment = file.create.Timecode(source.rate.nominal, drop=source.rate.drop, length=max(1, length))
    slot.segment.start = start
    slot["PhysicalTrackNumber"].value = 1


def _markers(file: Container, edit: Mob, placed: Sequence[EditEvent], source: EditSource) -> None:
    slot = file.create.EventMobSlot()
    slot["EditRate"].value, slot["SlotID"].value = _rate(source), MARKER_TRACK
    slot["PhysicalTrackNumber"].value = 1
    sequence = file.create.Sequence(media_kind="DescriptiveMetadata")
    for event in placed:
        clip = event.clip
        marker = file.create.DescriptiveMarker()
        marker.media_kind = "DescriptiveMetadata"
        marker["Position"].value, marker["Length"].value = event.record_in, 1
        marker["Comment"].value = " | ".join((clip.name, *clip.notes))
        marker["CommentMarkerUser"].value = clip.speaker or ""
        marker["DescribedSlots"].value = {1}
        sequence.components.append(marker)
    slot.segment = sequence
    edit.slots.append(slot)


def _sign(file: Container) -> None:
    """Say what wrote the file, but not when, where and in which run."""
    file.header["LastModified"].value = _UNDATED
    for identification in file.header["IdentificationList"].value:
        for name in ("ProductName", "CompanyName", "Platform"):
            identification[name].value = "asdelivered"
        identification["Date"].value = _UNDATED
        identification["GenerationAUID"].value = uuid.UUID(int=0)


def _rate(source: EditSource) -> str:
    fps = source.rate.fps
    return f"{fps.numerator}/{fps.denominator}"
