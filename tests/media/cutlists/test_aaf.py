"""Edits for Avid, read back by pyaaf2 and by OpenTimelineIO's adapter."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import opentimelineio as otio
import pytest

aaf2 = pytest.importorskip("aaf2", reason="the extra clips is not installed")
from asdelivered.media.cutlists.aaf import to_aaf  # noqa: E402
from asdelivered.media.edit import Clip, CutList, events  # noqa: E402
from asdelivered.media.edit_source import EditSource  # noqa: E402
from asdelivered.media.recording import AudioStream, Recording, VideoStream  # noqa: E402
from asdelivered.media.timecode import FrameRate  # noqa: E402

NTSC = Fraction(30_000, 1001)
TRACKS = (
    AudioStream(1, "pcm_s24le", 48_000, 2, "deu", 1, 0),
    AudioStream(2, "pcm_s24le", 48_000, 1, None, 2, 2),
)
SOURCE = EditSource(
    recording=Recording(
        Path("/recordings/Größe, town hall.mxf"),
        240_006,
        0,
        TRACKS[1],
        VideoStream(0, "mpeg2video", 1440, 1080, NTSC, NTSC, Fraction(0), Fraction(4, 3)),
        "10:00:00;00",
        tracks=TRACKS,
    ),
    rate=FrameRate(NTSC, drop=True),
    first=1_078_920,
    start=Fraction(0),
    frames=7193,
)
CUTS = CutList(
    "Two quotes",
    SOURCE,
    (
        Clip("Moss: “Später.”", 4000 / NTSC, 4222 / NTSC, "Moss", "Später.", ("mid-sentence",)),
        Clip("Reed", 100 / NTSC, 250 / NTSC, None, "Now."),
    ),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("aaf") / "cuts.aaf"
    path.write_bytes(to_aaf(CUTS))
    return path


def test_pyaaf2_finds_source_timecode_handles_and_markers(written):
    with aaf2.open(str(written)) as file:
        (edit,) = file.content.toplevel()
        (master,) = file.content.mastermobs()
        assert edit.name == "Two quotes"
        slots = {slot.name or slot.slot_id: slot for slot in edit.slots}
        clips = list(slots["V1"].segment.components)
        assert [(clip.start, clip.length) for clip in clips] == [(4000, 222), (100, 150)]
        for clip in clips:
            # The master clip is the whole recording: all of it is handles.
            assert clip.mob.mob_id == master.mob_id
            assert (clip.slot.segment.start, clip.slot.segment.length) == (0, 7193)
            file_mob = clip.slot.segment.mob
            assert file_mob.descriptor["Locator"].value[0]["URLString"].value == SOURCE.path.as_uri()
        tape = clips[0].slot.segment.mob.slot_at(1).segment.mob
        timecode = next(slot.segment for slot in tape.slots if slot.media_kind == "Timecode")
        assert (timecode.start, timecode.fps, timecode.drop) == (1_078_920, 30, True)
        (markers,) = (slot for slot in edit.slots if isinstance(slot, aaf2.mobslots.EventMobSlot))
        assert [
            (marker["Position"].value, marker["Comment"].value, marker["CommentMarkerUser"].value)
            for marker in markers.segment.components
        ] == [(0, "Moss: “Später.” | mid-sentence", "Moss"), (222, "Reed", "")]


def test_opentimelineio_plays_the_same_frames_and_mutes_what_is_not_heard(written):
    pytest.importorskip("otio_aaf_adapter", reason="the reader of AAF is not installed")
    timeline = otio.adapters.read_from_file(str(written))
    assert timeline.global_start_time.value == 107_892
    tracks = {track.name: list(track.find_clips()) for track in timeline.tracks}
    assert {name: {clip.enabled for clip in clips} for name, clips in tracks.items()} == {
        "V1": {True},
        "A1 deu": {False},
        "A2 deu": {False},
        "A3": {True},
    }
    for clips in tracks.values():
        assert [(clip.source_range.start_time.value, clip.source_range.duration.value) for clip in clips] == [
            (SOURCE.first + event.source_in, event.source_out - event.source_in) for event in events(CUTS)
        ]
        assert {clip.media_reference.target_url for clip in clips} == {SOURCE.path.as_uri()}
        assert {clip.media_reference.available_range.start_time.value for clip in clips} == {SOURCE.first}


def test_the_same_list_is_the_same_file_and_sound_alone_has_no_picture(written):
    assert to_aaf(CUTS) == written.read_bytes()
    recording = replace(SOURCE.recording, video=None)
    with aaf2.open(_saved(written.with_name("sound.aaf"), replace(SOURCE, recording=recording))) as file:
        (edit,) = file.content.toplevel()
        assert [slot.media_kind for slot in edit.slots][:4] == ["Sound", "Sound", "Sound", "Timecode"]


def _saved(path: Path, source: EditSource) -> str:
    path.write_bytes(to_aaf(replace(CUTS, source=source)))
    return str(path)
