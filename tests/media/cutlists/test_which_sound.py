"""Every editor's list plays the sound that is heard, and names the others no more than it must."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as Xml

import opentimelineio as otio
import pytest

from asdelivered.media.cutlists.edl import to_edl
from asdelivered.media.cutlists.fcp7 import to_fcp7
from asdelivered.media.cutlists.fcpxml import to_fcpxml
from asdelivered.media.cutlists.json_list import to_json
from asdelivered.media.cutlists.mlt import to_mlt
from asdelivered.media.cutlists.mpv import to_mpv
from asdelivered.media.cutlists.otio import to_otio
from asdelivered.media.edit import Clip, CutList
from asdelivered.media.edit_source import as_edit_source
from asdelivered.media.recording import AudioStream, Recording, VideoStream
from asdelivered.media.sound import SoundChoice, hearing

PICTURE = VideoStream(0, "h264", 640, 360, Fraction(25), Fraction(25), Fraction(0))
TRACKS = (
    AudioStream(1, "aac", 48_000, 2, "deu", 1, 0),
    AudioStream(3, "aac", 48_000, 2, "eng", 2, 2),
)
EVENT = Recording(Path("/event.mov"), 60_000, 0, TRACKS[0], PICTURE, None, tracks=TRACKS)


def cuts(track: int, channel: int | None = None, picture: bool = True) -> CutList:
    recording = hearing(EVENT if picture else replace(EVENT, video=None), SoundChoice(track, channel))
    return CutList("Cuts", as_edit_source(recording), (Clip("A clip", Fraction(1), Fraction(2)),))


@pytest.mark.parametrize(
    ("track", "channel", "heard"), [(1, None, [1, 2]), (2, None, [3, 4]), (2, 1, [3]), (1, 2, [2])]
)
def test_fcp7_counts_the_channels_of_all_tracks(track, channel, heard):
    root = Xml.fromstring(to_fcp7(cuts(track, channel)))
    items = root.findall(".//audio/track/clipitem")
    numbers = [int(item.findtext("sourcetrack/trackindex") or "") for item in items]
    assert numbers == [1, 2, 3, 4]
    switched_on = [
        number for number, item in zip(numbers, items, strict=True) if item.findtext("enabled") != "FALSE"
    ]
    assert switched_on == heard
    assert [one.text for one in root.iterfind(".//file/media/audio/channelcount")] == ["2", "2"]


@pytest.mark.parametrize(
    ("track", "channel", "switched"),
    [
        (1, None, {"1, 2": "1", "3, 4": "0"}),
        (2, None, {"1, 2": "0", "3, 4": "1"}),
        (2, 1, {"1, 2": "0", "3": "1", "4": "0"}),
    ],
)
def test_fcpxml_switches_the_other_channels_off(track, channel, switched):
    root = Xml.fromstring(to_fcpxml(cuts(track, channel)))
    sources = root.findall(".//asset-clip/audio-channel-source")
    assert {one.attrib["srcCh"]: one.attrib["enabled"] for one in sources} == switched
    clip = root.find(".//asset-clip")
    assert clip is not None
    heard = {one.attrib["role"] for one in sources if one.attrib["enabled"] == "1"}
    assert heard == {clip.attrib["audioRole"]}  # a role of its channels hides that of the clip
    asset = root.find(".//asset")
    assert asset is not None
    assert (asset.attrib["audioSources"], asset.attrib["audioChannels"]) == ("2", "4")


def test_mlt_plays_the_track_and_the_channel():
    def properties(data: bytes) -> dict[str, str]:
        return {one.attrib["name"]: one.text or "" for one in Xml.fromstring(data).iter("property")}

    assert properties(to_mlt(cuts(2)))["audio_index"] == "3"
    assert "mlt_service" not in properties(to_mlt(cuts(2)))
    right = properties(to_mlt(cuts(1, 2)))
    assert right["audio_index"] == "1"
    assert (right["mlt_service"], right["from"], right["to"]) == ("channelcopy", "1", "0")


def test_mlt_hides_the_other_tracks_below_the_one_that_is_heard():
    root = Xml.fromstring(to_mlt(cuts(2)))
    tracks = [(one.attrib["producer"], one.get("hide")) for one in root.iterfind("tractor/track")]
    assert tracks == [("cuts-1", "both"), ("cuts", None)]
    indices = {
        producer.attrib["id"]: producer.findtext("property[@name='audio_index']")
        for producer in root.iterfind("producer")
    }
    assert indices == {"recording-1": "1", "recording": "3"}


@pytest.mark.parametrize(
    ("track", "channel", "picture", "named", "further"),
    [
        (1, None, True, "AA/V", []),
        (1, None, False, "AA", []),
        (1, 1, True, "B", []),
        (1, 2, True, "A2/V", []),
        (2, None, True, "V", ["AUD  3    4"]),
        (2, 2, False, "NONE", ["AUD  4"]),
    ],
)
def test_edl_names_the_channels(track, channel, picture, named, further):
    lines = to_edl(cuts(track, channel, picture)).decode().split("\r\n")
    assert next(line for line in lines if line.startswith("001")).split()[2] == named
    assert [line for line in lines if line.startswith("AUD")] == further
    # The independent reader still finds the clip.
    timeline = otio.adapters.read_from_string("\n".join(lines), "cmx_3600", rate=25)
    assert len(list(timeline.find_clips())) >= 1


def test_otio_json_and_mpv_say_it():
    timeline = otio.adapters.read_from_string(to_otio(cuts(2, 1)).decode(), "otio_json")
    stated = [
        (clip.parent().name, clip.enabled, dict(clip.media_reference.metadata["asdelivered"]))
        for clip in timeline.find_clips()
    ]
    assert stated == [
        ("Video", True, {"audio_track": 2, "audio_channel": 1}),
        ("Audio 1 deu", False, {"audio_track": 1}),
        ("Audio 2 eng", True, {"audio_track": 2, "audio_channel": 1}),
    ]
    assert json.loads(to_json(cuts(2, 1)))["recording"]["sound"] == {
        "channels": 1,
        "sample_rate": 48_000,
        "track": 2,
        "channel": 1,
    }
    assert b"--aid=2" in to_mpv(cuts(2))


def test_a_file_with_one_sound_needs_no_choice():
    alone = replace(EVENT, tracks=TRACKS[:1])
    source = as_edit_source(alone)
    plain = CutList("Cuts", source, (Clip("A clip", Fraction(1), Fraction(2)),))
    for written in (to_fcpxml(plain), to_mlt(plain), to_otio(plain), to_mpv(plain), to_edl(plain)):
        assert not any(
            word in written for word in (b"audio_index", b"channel-source", b"audio_track", b"AUD")
        )


@pytest.mark.parametrize(("index", "stated"), [(0, None), (2, "2"), (5, "5")])
def test_melt_shows_the_picture_that_players_show(index, stated):
    """Stream 0 is another picture unless it is the one that is shown; stream 1 is sound."""
    shown = replace(EVENT, video=replace(PICTURE, index=index))
    root = Xml.fromstring(
        to_mlt(CutList("Cuts", as_edit_source(shown), (Clip("A clip", Fraction(1), Fraction(2)),)))
    )
    stream = root.find("producer[@id='recording']/property[@name='video_index']")
    assert (stream is None and stated is None) or (stream is not None and stream.text == stated)
