import csv
import json
import re
import runpy
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.media.cutlists import FORMATS, format_of
from asdelivered.media.cutlists.csv_table import to_csv
from asdelivered.media.cutlists.edl import reel, to_edl
from asdelivered.media.cutlists.errors import CutListError
from asdelivered.media.cutlists.ffconcat import to_concat
from asdelivered.media.cutlists.json_list import to_json
from asdelivered.media.cutlists.labels import to_labels
from asdelivered.media.cutlists.losslesscut import to_losslesscut
from asdelivered.media.cutlists.m3u import to_m3u
from asdelivered.media.cutlists.youtube import to_youtube
from asdelivered.media.edit import Clip, CutList

BINARY = {".protools.mid"}
BY_A_LIBRARY = {".aaf"}
"""Written by a library: half a megabyte, which test_aaf.py reads back."""
OURS = [known for known in FORMATS if known.ending not in BY_A_LIBRARY]
HERE = Path(__file__).parent
SAMPLE: CutList = runpy.run_path(str(HERE / "make_goldens.py"))["SAMPLE"]


@pytest.mark.parametrize("known", OURS, ids=lambda known: known.ending)
def test_golden(known):
    """After a change that is meant: python tests/media/cutlists/make_goldens.py, and read what changed."""
    made, golden = known.write(SAMPLE), (HERE / "goldens" / f"sample{known.ending}").read_bytes()
    if known.ending not in BINARY:
        assert made.decode() == golden.decode()  # whose difference a person can read
    assert made == golden


def test_every_golden_has_a_writer():
    endings = {path.name.removeprefix("sample") for path in (HERE / "goldens").iterdir()}
    assert endings == {known.ending for known in OURS}


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.ending)
def test_the_ending_of_a_file_name_asks_for_a_format(known):
    assert format_of(Path("a.b") / f"cuts{known.ending}") is known
    assert format_of(Path(f"CUTS{known.ending.upper()}")) is known


@pytest.mark.parametrize("name", ["cuts", "cuts.doc", ".edl.bak"])
def test_an_unknown_ending_is_told_with_those_there_are(name):
    with pytest.raises(CutListError, match=r"no format of cut-lists.*\.edl, .*\.fcpxml"):
        format_of(Path(name))


@pytest.mark.parametrize("known", OURS, ids=lambda known: known.ending)
def test_any_list_can_be_written(known, any_cuts):
    @settings(max_examples=20, deadline=None)
    @given(cuts=any_cuts())
    def check(cuts: CutList) -> None:
        try:
            made = known.write(cuts)
        except CutListError:
            assert known.ending == ".youtube.txt"
        else:
            assert known.ending in BINARY or made.decode().endswith("\n")

    check()


@given(stem=st.text(max_size=40))
def test_reel_names_are_those_that_tape_allows(stem):
    assert re.fullmatch("[A-Z0-9_]{1,8}", reel(stem))


def test_reel_names_people_can_read():
    assert [reel(stem) for stem in ("a001", "town hall 1", "Größe", "Зеленський", "!!!")] == [
        "A001",
        "TOWN_HAL",
        "GROSSE",
        "ZELENS_K",
        "AX",
    ]


def test_the_edl_is_ascii_and_lists_as_many_events_as_clips():
    many = replace(SAMPLE, clips=SAMPLE.clips * 400)
    lines = to_edl(many).decode("ascii").split("\r\n")
    numbers = [int(line.split()[0]) for line in lines if line[:3].isdigit()]
    assert numbers == list(range(1, 1201))


def test_csv_reads_back_with_the_exact_words():
    rows = list(csv.DictReader(to_csv(SAMPLE).decode().splitlines()))
    assert [row["quote"] for row in rows] == [
        "Time; to <shift> = now, & 7% more.",
        "'=HYPERLINK(1)",
        "'ja' | nein # \\ yes",
    ]
    assert [row["source_in"] for row in rows] == ["01:02:13;14", "01:00:03;10", "01:00:59;29"]
    assert [row["notes"] for row in rows] == ["the cut falls in the middle of a sentence", "", ""]


def test_json_has_seconds_frames_and_timecodes():
    data = json.loads(to_json(SAMPLE))
    assert data["recording"]["frame_rate"] == "30000/1001"
    assert data["recording"]["timecode"] == "01:00:00;00"
    first = data["clips"][0]
    assert (first["start"], first["end"]) == (133.467, 140.874)
    assert first["frames"] == {"in": 4000, "out": 4222}
    assert first["source"] == {"in": "01:02:13;14", "out": "01:02:20;26"}
    assert first["record"] == {"in": "01:00:00;00", "out": "01:00:07;12"}


def test_labels_and_segments_are_one_row_a_clip_in_the_given_order():
    labels = [line.split("\t") for line in to_labels(SAMPLE).decode().splitlines()]
    segments = list(csv.reader(to_losslesscut(SAMPLE).decode().splitlines()))
    assert [(float(start), float(end)) for start, end, _ in labels] == [
        (133.466667, 140.874067),
        (3.336667, 8.341667),
        (60.026633, 74.140733),
    ]
    assert [row[:2] for row in labels] == [row[:2] for row in segments]


def test_lists_of_rendered_clips_name_those_files(tmp_path):
    files = [tmp_path / f"it's {number}.mp4" for number in range(3)]
    cuts = replace(
        SAMPLE, clips=tuple(replace(clip, file=file) for clip, file in zip(SAMPLE.clips, files, strict=True))
    )
    concat = to_concat(cuts).decode().splitlines()
    assert concat == ["ffconcat version 1.0", *(f"file '{tmp_path}/it'\\''s {n}.mp4'" for n in range(3))]
    assert [line for line in to_m3u(cuts).decode().splitlines() if line[0] != "#"] == [
        file.as_uri() for file in files
    ]


def at(*seconds: float) -> CutList:
    clips = (Clip(f"at {start}", Fraction(start), Fraction(start) + 3) for start in seconds)
    return replace(SAMPLE, clips=tuple(clips))


def test_youtube_chapters_begin_at_zero_and_keep_ten_seconds():
    made = to_youtube(at(3700, 12, 65, 70.5, 74.5)).decode()
    assert made == "0:00 Start\n0:12 at 12\n1:05 at 65 / at 70.5 / at 74.5\n1:01:40 at 3700\n"
    assert to_youtube(at(3, 14, 26)).decode() == "0:00 at 3\n0:14 at 14\n0:26 at 26\n"


@pytest.mark.parametrize("seconds", [(), (30,), (4, 30), (4, 9, 30)])
def test_too_few_youtube_chapters(seconds):
    with pytest.raises(CutListError, match="3 or more"):
        to_youtube(at(*seconds))
