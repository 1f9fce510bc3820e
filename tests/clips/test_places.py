"""Which passage is meant: by words, time, speaker, number, or lines."""

import itertools
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.clips import EditOptions, QuoteRequest, clip, parse_quotes, read_quote_list
from asdelivered.clips.errors import ClipError
from asdelivered.clips.times import parse_range, parse_time
from asdelivered.clips.wording import around_omissions, in_quotation_marks
from asdelivered.media.edit_source import EditSource
from asdelivered.media.recording import AudioStream, Recording, VideoStream
from asdelivered.media.timecode import FrameRate, to_label

FPS = Fraction(30_000, 1001)
SOURCE = EditSource(
    recording=Recording(
        Path("/a.mov"),
        600_000,
        0,
        AudioStream(1, "aac", 48_000, 1, None),
        VideoStream(0, "h264", 64, 64, FPS, FPS, Fraction(0)),
        "10:00:00;00",
    ),
    rate=FrameRate(FPS, drop=True),
    first=1_078_920,
    start=Fraction(0),
    frames=17_982,
)
words = st.lists(st.from_regex(r"[a-zäöü]{1,8}", fullmatch=True), min_size=1, max_size=5).map(" ".join)


def only(harbour: Path, **asked):
    report = clip(harbour, [QuoteRequest(asked.pop("text", ""), "here", **asked)])
    assert report.failures == (), report.failures
    return report.clips


def reason(harbour: Path, **asked) -> str:
    report = clip(harbour, [QuoteRequest(asked.pop("text", ""), "here", **asked)])
    return report.failures[0].reason


def test_who_said_it_may_stand_in_the_quote(harbour):
    (one,) = only(harbour, text="“Every one of them,” the Commissioner said.")
    assert one.clip.text == "Every one of them."
    (one,) = only(harbour, text='"Our crews cleared the channel," Reed said, "in nine days."')
    assert one.clip.text == "Our crews cleared the channel in nine days."


def test_one_of_several_places_is_chosen(harbour):
    starts = [float(only(harbour, text="Thank you", nth=nth)[0].clip.start) for nth in (1, 2, 3, 4)]
    assert starts == sorted(starts)
    assert len(set(starts)) == 4
    (by_time,) = only(harbour, text="Thank you", start="1:24")
    assert float(by_time.clip.start) == starts[1]
    (by_speaker,) = only(harbour, text="Thank you", speaker="moss")
    assert float(by_speaker.clip.start) == starts[2]
    assert not any("said 4 times" in note for note in by_speaker.clip.notes)
    assert "said 4 times, not 5" in reason(harbour, text="Thank you", nth=5)
    assert "Smith did not say it; it was said by Westhaven" in reason(
        harbour, text="Thank you", speaker="Smith"
    )


def test_times_are_cut_as_they_are_given(harbour):
    (one,) = only(harbour, start="0:01:13.5", end="0:01:15", name="mine")
    assert (one.clip.start, one.clip.end, one.clip.name) == (Fraction(147, 2), 75, "mine")
    assert one.clip.text == "Every one of them."
    (wide,) = clip(
        harbour, [QuoteRequest("", "", start="73.5", end="75")], edit=EditOptions(handles=500)
    ).clips
    assert (wide.clip.start, wide.clip.end) == (73, Fraction(151, 2))
    (line,) = only(harbour, start="0:01:14")
    assert line.clip.text == "Every one of them."
    assert "runs backwards" in reason(harbour, start="2:00", end="1:00")
    assert "lies outside the recording" in reason(harbour, start="59:00", end="59:10")
    assert "is no time" in reason(harbour, start="soon")


def test_lines_are_cut_from_the_first_to_the_last(harbour):
    (one,) = only(harbour, lines="L0003-L0004")
    assert one.clip.text.startswith("Three storms in five weeks. The old north pier")
    assert "there is no line L9999" in reason(harbour, lines="L9999")
    assert "run backwards" in reason(harbour, lines="L0004-L0003")


def test_what_a_quote_leaves_out_is_cut_out(harbour):
    parts = only(
        harbour, text="Our crews cleared the channel … against them […] what comes next", name="crews"
    )
    assert [one.clip.text for one in parts] == [
        "Our crews cleared the channel",
        "against them.",
        "what comes next.",
    ]
    assert [one.clip.name for one in parts] == ["crews (1 of 3)", "crews (2 of 3)", "crews (3 of 3)"]
    assert parts[1].clip.notes[0] == "part 2 of 3 of a quote that leaves something out"
    assert all(one.clip.end <= after.clip.start for one, after in itertools.pairwise(parts))
    (whole,) = only(harbour, text="Every one … of them.")
    assert whole.clip.text == "Every one of them."


def test_a_word_that_was_not_said_is_named(harbour):
    (one,) = only(harbour, text="we will rebuild the south pier, higher and wider than before")
    assert "“south” was asked for, “north” was said" in one.clip.notes
    (one,) = only(harbour, text="But we did wait for spring.")
    assert "“not” was said, and not asked for" in one.clip.notes
    (one,) = only(harbour, text="But we did not wait for spring.")
    assert one.clip.notes == ()


@given(first=words, second=words)
def test_parts_of_a_quote(first, second):
    assert in_quotation_marks(f"“{first},” she said.") == (f"{first},",)
    assert in_quotation_marks(f"«{first}», a-t-elle dit, «{second}»") == (first, second)
    assert in_quotation_marks(f"“{first}”") == in_quotation_marks(first) == ()
    for mark in ("…", "...", " [...] ", " (…) ", " [ … ] ", " . . . "):
        assert around_omissions(f"{first}{mark}{second}{mark}") == (first, second)
        assert around_omissions(f"{mark}{first}{mark}") == ()


@given(st.integers(0, 17_981))
def test_times_and_timecode_mean_the_same_moment(frame):
    label = to_label(SOURCE.first + frame, SOURCE.rate)
    assert parse_time(label, SOURCE) == frame / FPS
    seconds = frame // 30
    assert parse_time(f"{seconds // 60}:{seconds % 60:02}.5", SOURCE) == seconds + Fraction(1, 2)
    assert parse_time(f"0:{seconds // 60:02}:{seconds % 60:02}", SOURCE) == seconds
    assert parse_time(str(seconds), SOURCE) == seconds


def test_a_time_of_day_is_timecode_where_the_recording_is_shorter():
    assert float(parse_time("10:01:00", SOURCE)) == pytest.approx(60, abs=0.1)
    over_midnight = replace(SOURCE, first=SOURCE.rate.frames_a_day - 300)
    assert float(parse_time("00:00:10;00", over_midnight)) == pytest.approx(20, abs=0.1)
    assert parse_range("10:00:01;05 --> 10:00:02;00") == ("10:00:01;05", "10:00:02;00")
    for wrong in ("", "a-b-c"):
        with pytest.raises(ClipError, match="is no time"):
            parse_range(wrong)


def test_columns_are_read_and_others_named(tmp_path):
    table = tmp_path / "quotes.csv"
    table.write_text("Start;End;Speaker;Quote;Label;Mood;nth\n0:01;0:02;Reed;Thank you;thanks;glad;2\n")
    read = read_quote_list(table)
    assert read.requests == (
        QuoteRequest("Thank you", f"{table}, line 2", "thanks", "Reed", 2, "0:01", "0:02"),
    )
    assert read.remarks == (f"{table}: not used: the column Mood",)
    table.write_text("quote,nth\na,soon\n")
    with pytest.raises(ClipError, match="line 2: 'soon' is no number"):
        read_quote_list(table)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("start,end\n1,2\n", QuoteRequest("", "standard input, line 2", start="1", end="2")),
        ("> We can\n> do it.\n", QuoteRequest("We can do it.", "standard input, line 1")),
        ("We can, in time, do it.\n", QuoteRequest("We can, in time, do it.", "standard input, line 1")),
    ],
)
def test_standard_input_is_known_by_its_first_line(text, expected):
    assert parse_quotes(text.encode(), "standard input").requests == (expected,)
