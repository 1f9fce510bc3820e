"""Lists of the programs of sound and news: read back by readers of our own, written from the formats' documentation."""

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import HealthCheck, given, settings

from asdelivered.media.cutlists.ale import to_ale
from asdelivered.media.cutlists.chapters import chapters_of
from asdelivered.media.cutlists.fcpxml import to_fcpxml
from asdelivered.media.cutlists.ffmetadata import to_ffmetadata
from asdelivered.media.cutlists.hindenburg import to_hindenburg
from asdelivered.media.cutlists.markers.audition import to_audition
from asdelivered.media.cutlists.markers.pro_tools import to_pro_tools
from asdelivered.media.cutlists.markers.reaper import to_reaper
from asdelivered.media.cutlists.podcast_chapters import to_podcast_chapters
from asdelivered.media.cutlists.vegas import to_vegas
from asdelivered.media.edit import CutList, events
from asdelivered.media.text import ascii_line
from asdelivered.media.timecode import from_label

some = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def in_time(cuts: CutList) -> list:
    return sorted(cuts.clips, key=lambda clip: clip.start)


def seconds(clock: str) -> float:
    total = 0.0
    for part in clock.split(":"):
        total = total * 60 + float(part)
    return total


def test_avid_reads_frames_and_tracks(any_cuts):
    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        heading, rest = to_ale(cuts).decode().split("\n\nColumn\n")
        columns, data = rest.split("\n\nData\n")
        rows = [dict(zip(columns.split("\t"), row.split("\t"), strict=True)) for row in data.splitlines()]
        rate, first = cuts.source.rate, cuts.source.first
        assert f"FPS\t{str(rate).split()[0]}" in heading.splitlines()
        assert [row["Name"] for row in rows] == [clip.name for clip in cuts.clips]
        assert [(from_label(row["Start"], rate), from_label(row["End"], rate)) for row in rows] == [
            (first + event.source_in, first + event.source_out) for event in events(cuts)
        ]
        tracks = ("V" if cuts.source.size else "") + ("A1A2" if cuts.source.channels == 2 else "A1")
        assert {row["Tracks"] for row in rows} == {tracks}

    check()


def test_vegas_plays_the_same_frames_on_both_tracks(any_cuts):
    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        heading, *lines = to_vegas(cuts).decode().split("\r\n")[:-1]
        fields = heading.replace('"', "").split(";")
        rows = [
            dict(zip(fields, line.split("; "), strict=True)) for line in lines if "a, b=c; #1" not in line
        ]
        frame = 1000 / float(cuts.source.rate.fps)
        for kind in {row["MediaType"] for row in rows}:
            own = [row for row in rows if row["MediaType"] == kind]
            for row, event in zip(own, events(cuts), strict=True):
                assert float(row["StartTime"]) == pytest.approx(event.record_in * frame, abs=1e-3)
                assert float(row["StreamStart"]) == pytest.approx(event.source_in * frame, abs=1e-3)
                length = (event.source_out - event.source_in) * frame
                assert float(row["Length"]) == pytest.approx(length, abs=1e-3)

    check()


def midi_markers(data: bytes) -> Iterator[tuple[Fraction, str]]:
    """The markers of a MIDI file, each with its seconds."""
    assert data[:8] == b"MThd\0\0\0\x06"
    ticks, at, tempo = int.from_bytes(data[12:14], "big"), 22, 500_000
    now = Fraction(0)
    assert int.from_bytes(data[18:22], "big") == len(data) - 22

    def length(at: int) -> tuple[int, int]:
        number = 0
        while True:
            number = number << 7 | data[at] & 0x7F
            at += 1
            if data[at - 1] < 0x80:
                return number, at

    while at < len(data):
        delay, at = length(at)
        kind = data[at + 1]
        size, at = length(at + 2)
        now += Fraction(delay * tempo, ticks * 1_000_000)
        if kind == 0x51:
            tempo = int.from_bytes(data[at : at + size], "big")
        elif kind == 0x06:
            yield now, data[at : at + size].decode("ascii")
        at += size


def test_markers_stand_at_the_clips(any_cuts):
    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        clips = in_time(cuts)
        for (at, name), clip in zip(midi_markers(to_pro_tools(cuts)), clips, strict=True):
            assert abs(at - clip.start) < Fraction(1, 10_000)
            assert name == ascii_line(clip.name, 120)
        rows = [*csv.reader(io.StringIO(to_reaper(cuts).decode(), newline=""))][1:]
        for row, clip in zip(rows, clips, strict=True):
            assert row[1].removeprefix("'") == clip.name.removeprefix("'")
            assert [seconds(time) for time in row[2:]] == pytest.approx(
                [float(clip.start), float(clip.end), float(clip.duration)], abs=6e-4
            )
        lines = to_audition(cuts).decode("utf-8-sig").split("\r\n")[1:-1]
        for line, clip in zip(lines, clips, strict=True):
            name, start, length, *_, text = line.split("\t")
            assert (name, text) == (clip.name, clip.text)
            assert (seconds(start), seconds(length)) == pytest.approx(
                (float(clip.start), float(clip.duration)), abs=6e-4
            )
        chapters = json.loads(to_podcast_chapters(cuts))["chapters"]
        starts = sorted({clip.start for clip in clips})
        assert [one["startTime"] for one in chapters] == pytest.approx([float(at) for at in starts], abs=6e-4)
        for clip in clips:
            assert clip.name in chapters[starts.index(clip.start)]["title"]
        ends = [one["endTime"] for one in chapters]
        assert all(end <= after["startTime"] for end, after in zip(ends, chapters[1:], strict=False))
        assert ends[-1] == pytest.approx(
            max(float(one.end) for one in clips if one.start == starts[-1]), abs=6e-4
        )
        written = [
            tuple(int(number) for number in re.findall(r"^(?:START|END)=(\d+)$", part, re.M))
            for part in to_ffmetadata(cuts).decode().split("[CHAPTER]")[1:]
        ]
        assert written == [(round(1000 * one.start), round(1000 * one.end)) for one in chapters_of(cuts)]

    check()


def test_final_cut_gets_speakers_as_keywords_and_roles_and_notes_as_markers(any_cuts):
    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        for element, clip in zip(Xml.fromstring(to_fcpxml(cuts)).iter("asset-clip"), cuts.clips, strict=True):
            keywords = [one.get("value") for one in element.findall("keyword")]
            assert keywords == ([clip.speaker] if clip.speaker else [])
            assert len(element.findall("marker")) == len(clip.notes)
            assert all(one.get("start") == element.get("start") for one in element if one.tag != "note")
            assert (element.get("audioRole") or "").split(".")[0] == "dialogue"
            assert (element.get("audioRole") or "").count(".") <= 1

    check()


def test_hindenburg_plays_the_clips_one_after_the_other(any_cuts):
    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        session = Xml.fromstring(to_hindenburg(cuts))
        (file,) = session.iterfind("AudioPool/File")
        assert file.attrib["Name"] == cuts.source.path.name
        track, *empty = session.iterfind("Tracks/Track")
        assert [len(other) for other in empty] == [0, 0, 0]
        at = 0.0
        marks = [*session.iterfind("Markers/Marker")]
        for region, mark, clip in zip(track, marks, cuts.clips, strict=True):
            assert region.attrib["Ref"] == file.attrib["Id"]
            start, length, offset = (seconds(region.get(name, "0")) for name in ("Start", "Length", "Offset"))
            assert start == pytest.approx(at, abs=1e-6)  # no hole, and nothing twice
            assert (offset, length) == pytest.approx((float(clip.start), float(clip.duration)), abs=1.1e-3)
            assert seconds(mark.get("Time", "0")) == start
            assert mark.attrib["Name"].startswith(clip.name)
            at = start + length
        assert seconds(session.get("Time", "0")) == pytest.approx(at, abs=1e-6)

    check()


def test_hindenburg_times_have_no_parts_that_are_zero(any_cuts):
    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        for region in Xml.fromstring(to_hindenburg(cuts)).iter("Region"):
            for time in (region.get(name) for name in ("Start", "Length", "Offset")):
                if time is not None:
                    shape = r"\d{2}\.\d{3}|\d{2}:\d{2}\.\d{3}|[1-9]\d*:\d{2}:\d{2}\.\d{3}"
                    assert re.fullmatch(shape, time)

    check()


DTD = "ASDELIVERED_FCPXML_DTD"
"""The path of Apple's FCPXMLv1_9.dtd."""
FINAL_CUT = Path(
    "/Applications/Final Cut Pro.app/Contents/Frameworks/Interchange.framework/Versions/A/Resources/FCPXMLv1_9.dtd"
)
"""Where Final Cut Pro has it."""


def test_fcpxml_is_valid_by_the_makers_own_definition(any_cuts):
    etree = pytest.importorskip("lxml.etree")
    path = Path(os.environ.get(DTD, FINAL_CUT))
    if not path.is_file():
        pytest.skip(f"{DTD} does not name Apple's FCPXMLv1_9.dtd, and Final Cut Pro is not installed")
    dtd = etree.DTD(str(path))

    @some
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        valid = dtd.validate(etree.fromstring(to_fcpxml(cuts)))
        assert valid, dtd.error_log

    check()
