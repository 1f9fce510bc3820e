"""What the editors' formats say, read back: by OpenTimelineIO where it is right, else by readers of our own.

OpenTimelineIO's FCPXML reader (1.0.0 of its adapter) takes 1001/30000s for 29 frames a second, and cuts off what
floating point made of whole frames, so it is asked at whole rates only and may be a frame early.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import opentimelineio as otio
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from asdelivered.media.cutlists.edl import to_edl
from asdelivered.media.cutlists.fcp7 import to_fcp7
from asdelivered.media.cutlists.fcpxml import to_fcpxml
from asdelivered.media.cutlists.markers.premiere import to_premiere_markers
from asdelivered.media.cutlists.markers.resolve import to_resolve_markers
from asdelivered.media.cutlists.mlt import to_mlt
from asdelivered.media.cutlists.otio import to_otio
from asdelivered.media.edit import Clip, CutList, events
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.recording import AudioStream, Recording, VideoStream
from asdelivered.media.timecode import from_label

Ranges = list[tuple[int, int]]
"""First frame, counted from timecode 00:00:00:00, and length of each clip."""
some = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def expected(cuts: CutList) -> Ranges:
    first = cuts.source.first
    return [(first + event.source_in, event.source_out - event.source_in) for event in events(cuts)]


def ranges(timeline: otio.schema.Timeline, kind: str) -> Ranges:
    """The source ranges of the first track of a kind."""
    track = next(track for track in timeline.tracks if track.kind == kind)
    found = [clip.source_range for clip in track.find_clips()]
    assert all(
        value == round(value) for span in found for value in (span.start_time.value, span.duration.value)
    )
    return [(round(span.start_time.value), round(span.duration.value)) for span in found]


def kind_of(cuts: CutList) -> str:
    return otio.schema.TrackKind.Video if cuts.source.size else otio.schema.TrackKind.Audio


def read_with_otio(data: bytes, adapter: str, **options: Any) -> otio.schema.Timeline:
    read = otio.adapters.read_from_string(data.decode(), adapter, **options)
    if isinstance(read, otio.schema.Timeline):
        return read
    return read.find_children(descended_from_type=otio.schema.Timeline)[0]


def read_edl(data: bytes, cuts: CutList) -> Ranges:
    """Event lines by their columns; record times are checked to run on from 01:00:00:00."""
    rate = cuts.source.rate
    lines = data.decode("ascii").split("\r\n")
    assert lines[0].startswith("TITLE: ")
    assert len(lines[0]) <= 77
    assert lines[1] == f"FCM: {'DROP FRAME' if rate.drop else 'NON-DROP FRAME'}"
    found = []
    record = from_label("01:00:00:00", rate)
    for number, line in enumerate((line for line in lines if line[:3].isdigit()), start=1):
        event = re.fullmatch(
            r"(\d{3})  ([A-Z0-9_]{1,8}) +(A|AA|B|AA/V) +C +(.{11}) (.{11}) (.{11}) (.{11})", line
        )
        assert event is not None, line
        assert int(event[1]) == number
        assert all((";" in event[group]) == rate.drop for group in (4, 5, 6, 7))
        start, end, record_in, record_out = (from_label(event[group], rate) for group in (4, 5, 6, 7))
        assert record_in == record
        assert record_out - record_in == end - start
        record = record_out
        found.append((start, end - start))
    return found


def read_fcpxml(data: bytes, cuts: CutList) -> Ranges:
    """Clips of the spine, in frames of the format's frameDuration; offsets are checked to run on."""
    root = Xml.fromstring(data)
    frame = seconds(element(root, "resources/format").get("frameDuration"))
    assert 1 / frame == cuts.source.rate.fps
    asset = element(root, "resources/asset")
    begin = seconds(asset.get("start"))
    end = begin + seconds(asset.get("duration"))
    found = []
    at = Fraction(0)
    for clip in root.iter("asset-clip"):
        start, duration = seconds(clip.get("start")), seconds(clip.get("duration"))
        assert begin <= start < start + duration <= end
        assert seconds(clip.get("offset")) == at
        assert clip.get("tcFormat") == ("DF" if cuts.source.rate.drop else "NDF")
        at += duration
        assert (start / frame).denominator == (duration / frame).denominator == 1
        found.append((int(start / frame), int(duration / frame)))
    assert seconds(element(root, ".//sequence").get("duration")) == at
    return found


def element(root: Xml.Element, path: str) -> Xml.Element:
    found = root.find(path)
    assert found is not None, path
    return found


def text_of(root: Xml.Element, path: str) -> str:
    text = root.findtext(path)
    assert text is not None, path
    return text


def seconds(text: str | None) -> Fraction:
    assert text is not None
    assert re.fullmatch(r"\d+(/\d+)?s", text)
    return Fraction(text[:-1])


def read_fcp7(data: bytes, cuts: CutList) -> Ranges:
    """Clip items of each track, which must say the same; `in` counts from the file's own first frame."""
    root = Xml.fromstring(data)
    file = element(root, ".//file[name]")
    assert file.findtext("timecode/displayformat") == ("DF" if cuts.source.rate.drop else "NDF")
    first = int(text_of(file, "timecode/frame"))
    assert from_label(text_of(file, "timecode/string"), cuts.source.rate) == first
    for rate in root.iter("rate"):
        exact = Fraction(int(text_of(rate, "timebase"))) * (
            Fraction(1000, 1001) if rate.findtext("ntsc") == "TRUE" else 1
        )
        assert exact == cuts.source.rate.fps
    tracks = [
        [[int(text_of(item, name)) for name in ("in", "out", "start", "end")] for item in track]
        for track in root.iter("track")
    ]
    assert len(tracks) == bool(cuts.source.size) + cuts.source.channels
    assert all(track == tracks[0] for track in tracks)
    at = 0
    for start, end, record_in, record_out in tracks[0]:
        assert (record_in, record_out - record_in) == (at, end - start)
        at = record_out
    ids = {item.get("id") for item in root.iter("clipitem")}
    assert {link.findtext("linkclipref") for link in root.iter("link")} == ids
    return [(first + start, end - start) for start, end, _, _ in tracks[0]]


@pytest.mark.parametrize(
    ("write", "read"),
    [(to_edl, read_edl), (to_fcpxml, read_fcpxml), (to_fcp7, read_fcp7)],
    ids=["edl", "fcpxml", "fcp7"],
)
def test_source_ranges_to_the_frame(write: Callable, read: Callable, any_cuts):
    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        assert read(write(cuts), cuts) == expected(cuts)

    check()


def test_opentimelineio_reads_its_own_format(any_cuts):
    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        timeline = read_with_otio(to_otio(cuts), "otio_json")
        assert ranges(timeline, kind_of(cuts)) == expected(cuts)
        clips = list(timeline.find_clips())
        assert {clip.source_range.duration.rate for clip in clips} == {float(cuts.source.rate.fps)}
        assert [clip.name for clip in clips[-len(cuts.clips) :]] == [clip.name for clip in cuts.clips]
        assert timeline.global_start_time.value == from_label("01:00:00:00", cuts.source.rate)
        for clip in clips:
            have = clip.media_reference.available_range
            assert (have.start_time.value, have.duration.value) == (cuts.source.first, cuts.source.frames)

    check()


def test_opentimelineio_reads_the_edl(any_cuts):
    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        # Its reader has no drop-frame labels at 30 and 60.
        assume(not (cuts.source.rate.drop and cuts.source.rate.fps.denominator == 1))
        timeline = read_with_otio(to_edl(cuts), "cmx_3600", rate=float(cuts.source.rate.fps))
        assert ranges(timeline, kind_of(cuts)) == expected(cuts)

    check()


def test_opentimelineio_reads_fcp7_xml(any_cuts):
    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        assert ranges(read_with_otio(to_fcp7(cuts), "fcp_xml"), kind_of(cuts)) == expected(cuts)

    check()


def test_opentimelineio_reads_fcpxml_as_well_as_it_can(any_cuts):
    @some
    @given(cuts=any_cuts([Fraction(24), Fraction(25), Fraction(30)]).filter(lambda cuts: cuts.source.size))
    def check(cuts: CutList) -> None:
        found = ranges(read_with_otio(to_fcpxml(cuts), "fcpx_xml"), kind_of(cuts))
        assert len(found) == len(cuts.clips)
        for (start, length), (true_start, true_length) in zip(found, expected(cuts), strict=True):
            assert true_start - start in (0, 1)
            assert true_length - length in (0, 1)

    check()


def test_premiere_markers_stand_at_the_clips_in_the_whole_recording(any_cuts):
    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        data = to_premiere_markers(cuts)
        first = cuts.source.first
        assert read_fcp7(data, cuts) == [(first, cuts.source.frames)]
        root = Xml.fromstring(data)
        assert int(text_of(root, "sequence/timecode/frame")) == first
        markers = [(int(text_of(m, "in")), int(text_of(m, "out"))) for m in root.iter("marker")]
        assert [(first + start, end - start) for start, end in markers] == sorted(
            expected(cuts), key=lambda span: span[0]
        )

    check()


def test_resolve_markers_stand_at_the_clips_timecode(any_cuts):
    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        lines = to_resolve_markers(cuts).decode().split("\n")
        at = [from_label(line.split()[4], cuts.source.rate) for line in lines if line[:3].isdigit()]
        marks = [line.split(" |") for line in lines if line.startswith(" |C:")]
        lengths = [int(mark[-1].removeprefix("D:")) for mark in marks]
        assert list(zip(at, lengths, strict=True)) == sorted(expected(cuts), key=lambda span: span[0])
        assert all(len(mark) == 4 for mark in marks)

    check()


@given(cuts=st.data())
@some
def test_titles_and_names_come_back_from_xml_as_they_were(any_cuts, cuts):
    made = cuts.draw(any_cuts())
    names = [clip.name for clip in made.clips]
    read = [clip.get("name") for clip in Xml.fromstring(to_fcpxml(made)).iter("asset-clip")]
    assert read == names
    root = Xml.fromstring(to_fcp7(made))
    track = next(root.iter("track"))
    assert [item.findtext("name") or "" for item in track] == names
    assert root.findtext("sequence/name") == made.title


@pytest.mark.parametrize(
    ("stored", "turned", "aspect", "expected"),
    [
        ((720, 576), False, Fraction(64, 45), (720, 576, "64/45", "16/9", "PAL-601", "TRUE")),
        ((720, 480), False, Fraction(8, 9), (720, 480, "8/9", "4/3", "NTSC-601", "FALSE")),
        ((1440, 1080), False, Fraction(4, 3), (1440, 1080, "4/3", "16/9", "HD-(1440x1080)", "FALSE")),
        ((1920, 1080), True, Fraction(1), (1080, 1920, "1", "9/16", None, None)),
    ],
)
def test_lists_say_how_the_picture_is_shown(stored, turned, aspect, expected):
    width, height, pixel, shown, name, anamorphic = expected
    fps = Fraction(25)
    video = VideoStream(
        0, "h264", stored[0], stored[1], fps, fps, Fraction(0), pixel_aspect=aspect, turned=turned
    )
    audio = AudioStream(1, "aac", 48_000, 2, None)
    recording = Recording(Path("/recordings/a.mov"), 8000, 0, audio, video, None)
    cuts = CutList("", as_edit_source(recording), (Clip("a", Fraction(1), Fraction(2)),))
    profile = Xml.fromstring(to_mlt(cuts)).find("profile")
    assert profile is not None
    assert (profile.get("width"), profile.get("height")) == (str(width), str(height))
    for what, wanted in (("sample", pixel), ("display", shown)):
        sides = (int(profile.get(f"{what}_aspect_{part}", "0")) for part in ("num", "den"))
        assert Fraction(*sides) == Fraction(wanted)
    form = Xml.fromstring(to_fcpxml(cuts)).find("resources/format")
    assert form is not None
    assert (form.get("width"), form.get("height")) == (str(width), str(height))
    assert Fraction(int(form.get("paspH", "1")), int(form.get("paspV", "1"))) == Fraction(pixel)
    for picture in Xml.fromstring(to_fcp7(cuts)).iter("samplecharacteristics"):
        if picture.find("width") is not None:
            assert (picture.findtext("width"), picture.findtext("height")) == (str(width), str(height))
            assert (picture.findtext("pixelaspectratio"), picture.findtext("anamorphic")) == (
                name,
                anamorphic,
            )
