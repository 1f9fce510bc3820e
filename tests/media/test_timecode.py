import itertools
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.media.timecode import (
    FrameRate,
    TimecodeError,
    frame_at,
    from_label,
    is_drop_label,
    named_rate,
    seconds_at,
    to_label,
)

NTSC = Fraction(1000, 1001)
RATES = [
    FrameRate(24 * NTSC),
    FrameRate(Fraction(24)),
    FrameRate(Fraction(25)),
    FrameRate(30 * NTSC),
    FrameRate(30 * NTSC, drop=True),
    FrameRate(Fraction(30)),
    FrameRate(Fraction(50)),
    FrameRate(60 * NTSC),
    FrameRate(60 * NTSC, drop=True),
    FrameRate(Fraction(60)),
]
HOURS = [86_400, 86_400, 90_000, 108_000, 107_892, 108_000, 180_000, 216_000, 215_784, 216_000]
"""Frames of an hour of labels."""
every_rate = pytest.mark.parametrize("rate", RATES, ids=str)


def minutes(rate: FrameRate) -> Iterator[tuple[int, list[str]]]:
    """Each minute of a day: its first frame, and the labels that it has, counted by hand from the standard."""
    whole = round(rate.fps)
    first = 0
    for hour, minute in itertools.product(range(24), range(60)):
        left_out = {30: 2, 60: 4}[whole] if rate.drop and minute % 10 else 0
        counted = [(second, frame) for second in (0, 1, 30, 59) for frame in range(whole)][left_out:]
        separator = ";" if rate.drop else ":"
        yield first, [f"{hour:02}:{minute:02}:{second:02}{separator}{frame:02}" for second, frame in counted]
        first += 60 * whole - left_out


@pytest.mark.parametrize(
    ("fps", "frame", "label"),
    [
        (30, 0, "00:00:00;00"),
        (30, 1799, "00:00:59;29"),
        (30, 1800, "00:01:00;02"),
        (30, 3597, "00:01:59;29"),
        (30, 3598, "00:02:00;02"),
        (30, 17981, "00:09:59;29"),
        (30, 17982, "00:10:00;00"),
        (30, 19781, "00:10:59;29"),
        (30, 19782, "00:11:00;02"),
        (30, 107_892, "01:00:00;00"),
        (30, 1_078_920, "10:00:00;00"),
        (30, 2_589_407, "23:59:59;29"),
        (60, 3599, "00:00:59;59"),
        (60, 3600, "00:01:00;04"),
        (60, 35_963, "00:09:59;59"),
        (60, 35_964, "00:10:00;00"),
        (60, 215_784, "01:00:00;00"),
        (60, 5_178_815, "23:59:59;59"),
    ],
)
def test_known_drop_frame_labels(fps, frame, label):
    rate = FrameRate(fps * NTSC, drop=True)
    assert to_label(frame, rate) == label
    assert from_label(label, rate) == frame


@pytest.mark.parametrize(("rate", "an_hour"), list(zip(RATES, HOURS, strict=True)), ids=str)
def test_an_hour_of_labels(rate, an_hour):
    assert to_label(an_hour, rate) == f"01:00:00{';' if rate.drop else ':'}00"
    assert rate.frames_a_day == 24 * an_hour
    assert to_label(rate.frames_a_day, rate) == to_label(0, rate)


@every_rate
def test_labels_of_a_day_run_on_without_a_hole(rate):
    """The frames at both ends of each of the 1,440 minutes: labels are left out nowhere else."""
    days = list(minutes(rate))
    ends = [first for first, _ in days[1:]] + [rate.frames_a_day]
    for (first, labels), end in zip(days, ends, strict=True):
        for number in range(6):
            assert to_label(first + number, rate) == labels[number]
            assert from_label(labels[number], rate) == first + number
            assert to_label(end - 1 - number, rate) == labels[-1 - number]
            assert from_label(labels[-1 - number], rate) == end - 1 - number


@every_rate
@given(data=st.data())
def test_any_frame_of_a_day_is_named_once(rate, data):
    frame = data.draw(st.integers(0, rate.frames_a_day - 1))
    label = to_label(frame, rate)
    assert from_label(label, rate) == frame
    assert is_drop_label(label) == rate.drop
    assert frame_at(seconds_at(frame, rate), rate) == frame
    assert to_label(frame + rate.frames_a_day, rate) == label


@every_rate
def test_drop_frame_stays_with_the_clock_and_the_rest_counts_frames(rate):
    hours = [from_label(f"{hour:02}:00:00:00", rate) for hour in range(24)]
    off = max(abs(seconds_at(frame, rate) - hour * 3600) for hour, frame in enumerate(hours))
    if rate.drop:
        assert off < Fraction(1, 10)
    else:
        assert off == 23 * 3600 * (rate.nominal / rate.fps - 1)


@given(rate=st.sampled_from(RATES), seconds=st.fractions(0, 100_000, max_denominator=10**6))
@settings(max_examples=300)
def test_the_nearest_frame_is_at_most_half_a_frame_away(rate, seconds):
    assert abs(seconds_at(frame_at(seconds, rate), rate) - seconds) <= Fraction(1, 2) / rate.fps


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("", "no timecode"),
        ("1:2:3:4", "no timecode"),
        ("24:00:00;00", "no timecode"),
        ("00:60:00;00", "no timecode"),
        ("00:00:60;00", "no timecode"),
        ("00:00:00;30", "frames run up to 29"),
        ("00:01:00;00", "does not exist in drop-frame"),
        ("00:01:00;01", "does not exist in drop-frame"),
        ("٠٠:00:00;00", "no timecode"),
        ("00:00:00;00 extra", "no timecode"),
    ],
)
def test_what_is_no_label(label, message):
    with pytest.raises(TimecodeError, match=message):
        from_label(label, FrameRate(30 * NTSC, drop=True))


def test_separators_that_recorders_write():
    rate = FrameRate(30 * NTSC, drop=True)
    for separator in ":;.,":
        assert from_label(f"01:00:00{separator}02", rate) == 107_894
    assert [is_drop_label(f"01:00:00{separator}02") for separator in ":;.,"] == [False, True, True, True]
    assert not is_drop_label("at noon")


@pytest.mark.parametrize("fps", [Fraction(0), Fraction(-25), Fraction(1, 2), Fraction(1000)])
def test_rates_that_cannot_be(fps):
    with pytest.raises(TimecodeError, match="no rate of timecode"):
        FrameRate(fps)


@pytest.mark.parametrize("fps", [Fraction(25), Fraction(24), 24 * NTSC, Fraction(2997, 100)])
def test_rates_without_drop_frame(fps):
    with pytest.raises(TimecodeError, match="no drop-frame"):
        FrameRate(fps, drop=True)


def test_rates_have_their_usual_names():
    assert [str(rate) for rate in RATES] == [
        "23.976",
        "24",
        "25",
        "29.97",
        "29.97 drop-frame",
        "30",
        "50",
        "59.94",
        "59.94 drop-frame",
        "60",
    ]


@pytest.mark.parametrize(
    ("fps", "frame", "label"), [(30, 1_793_106, "16:37:10;02"), (60, 3_586_212, "16:37:10;04")]
)
def test_cameras_that_drop_labels_at_whole_rates(fps, frame, label):
    rate = FrameRate(Fraction(fps), drop=True)
    assert (from_label(label, rate), to_label(frame, rate)) == (frame, label)
    assert str(rate) == f"{fps} drop-frame"


@pytest.mark.parametrize(
    ("name", "rate"),
    [
        ("25", Fraction(25)),
        ("25.000", Fraction(25)),
        ("23.976", Fraction(24_000, 1001)),
        ("29.970", Fraction(30_000, 1001)),
        ("30000/1001", Fraction(30_000, 1001)),
    ],
)
def test_a_rate_by_its_name(name: str, rate: Fraction) -> None:
    assert named_rate(name) == rate


@pytest.mark.parametrize("name", ["", "PAL", "1/0", "0", "-25", "1e9", "nan", "inf"])
def test_names_of_no_rate(name: str) -> None:
    with pytest.raises(TimecodeError, match="frame rate"):
        named_rate(name)
