"""Each rule finds what breaks it, measures it, and says where the guide has it; at the limit nothing is found."""

import json
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.checking.check import check
from asdelivered.subtitles.checking.fix import fix
from asdelivered.subtitles.checking.report import to_json, to_junit, to_sarif
from asdelivered.subtitles.cues import Video
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.lengths import is_wide
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style import Kind, Severity
from asdelivered.subtitles.style_file import named_style

NETFLIX, BBC, DCMP = named_style("netflix"), named_style("bbc"), named_style("dcmp")


def cue(start: int, end: int, *lines: str, **more: str) -> Cue:
    return Cue(TimeSpan(start, end), None, lines or ("Yes, we can.",), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bad", "good", "rule", "measured", "limit"),
    [
        ([cue(0, 5000, "x" * 43)], [cue(0, 5000, "x" * 42)], "line-length", "43 characters", "at most 42"),
        (
            [cue(0, 5000, "a", "b", "c")],
            [cue(0, 5000, "Here are some more words than one", "line of a caption can hold.")],
            "lines",
            "3 lines",
            "at most 2",
        ),
        (
            [cue(0, 1000, "x" * 21)],
            [cue(0, 1000, "x" * 20)],
            "characters-per-second",
            "21.0 characters a second",
            "at most 20",
        ),
        ([cue(0, 832, "Yes.")], [cue(0, 833, "Yes.")], "min-duration", "0.832 s", "at least 5/6 s"),
        ([cue(0, 7002)], [cue(0, 7001)], "max-duration", "7.002 s", "at most 7 s"),
        ([cue(0, 1000), cue(1082, 2000)], [cue(0, 1000), cue(1083, 2000)], "min-gap", "0.082 s", "at least 2 frames"),
        (
            [cue(0, 1000), cue(1125, 2000)],
            [cue(0, 1000), cue(1084, 2000)],
            "short-gap",
            "a gap of 0.125 s",
            "none but 0.083 s, or at least 0.5 s",
        ),
        (
            [cue(0, 1000), cue(1458, 2400)],
            [cue(0, 1000), cue(1500, 2400)],
            "short-gap",
            "a gap of 0.458 s",
            "none but 0.083 s, or at least 0.5 s",
        ),
        (
            [cue(0, 1000), cue(900, 2000)],
            [cue(0, 1000), cue(1084, 2000)],
            "overlap",
            "0.100 s over the next",
            "captions in one place follow each other",
        ),
        ([cue(0, 1000, " ")], [cue(0, 1000, "a")], "empty", "no text", "a caption has some"),
    ],
)  # fmt: skip
def test_netflix(bad: list[Cue], good: list[Cue], rule: str, measured: str, limit: str) -> None:
    (found,) = check(bad, NETFLIX)
    assert (found.rule, found.measured, found.limit, found.severity) == (
        rule,
        measured,
        limit,
        Severity.ERROR,
    )
    assert found.cue == 1
    assert found.source
    assert check(good, NETFLIX) == ()


def test_bbc() -> None:
    words = ("one two three four five", "six seven eight nine ten")
    (error, warning) = check([cue(0, 2900, *words)], BBC)
    assert (error.rule, error.measured, error.severity) == ("word-time", "0.290 s a word", Severity.ERROR)
    assert error.source == "4.1 Target minimum timing"
    assert (warning.rule, warning.measured, warning.severity) == (
        "words-per-minute",
        "207 words a minute",
        Severity.WARNING,
    )
    assert [found.rule for found in check([cue(0, 3100, *words)], BBC)] == ["words-per-minute"]
    assert check([cue(0, 3334, *words)], BBC) == ()
    (gap,) = check([cue(0, 2000), cue(2900, 5000)], BBC)
    assert (gap.rule, gap.limit) == ("short-gap", "none, or at least 1 s")
    assert check([cue(0, 2000), cue(2000, 4000, "We will."), cue(5000, 7000)], BBC) == ()


def test_dcmp() -> None:
    fast = "one two three four"
    assert [found.rule for found in check([cue(0, 1000, fast)], DCMP)] == [
        "min-duration",
        "words-per-minute",
        "words-per-minute",
    ]
    assert check([cue(0, 1500, fast)], DCMP) == ()


def test_a_label_is_read_too() -> None:
    assert check([cue(0, 1000, "x" * 18)], NETFLIX) == ()
    (found,) = check([cue(0, 1000, "x" * 18, label="ROSA:")], NETFLIX)
    assert found.rule == "characters-per-second"


def test_frames_are_those_of_the_video() -> None:
    two = [cue(0, 1000), cue(1067, 2000)]
    assert [found.rule for found in check(two, NETFLIX)] == ["min-gap"]
    assert check(two, NETFLIX, Video(Fraction(30))) == ()


def test_against_the_speech() -> None:
    early = [cue(1000, 3000)]
    (found,) = check(early, NETFLIX, spoken=[TimeSpan(1200, 2900)])
    assert (found.rule, found.measured) == ("early", "0.200 s before its speech")
    assert check(early, NETFLIX, spoken=[TimeSpan(1080, 2900)]) == ()
    (found,) = check(early, NETFLIX, spoken=[TimeSpan(900, 2900)])
    assert (found.rule, found.measured) == ("late", "0.100 s after its speech")
    (found,) = check(early, NETFLIX, spoken=[TimeSpan(1000, 2400)])
    assert (found.rule, found.measured, found.severity) == (
        "hang",
        "0.600 s after its speech",
        Severity.ERROR,
    )
    # It stays because it could not be read before, or because the next one follows.
    assert check([cue(1000, 1834)], NETFLIX, spoken=[TimeSpan(1000, 1100)]) == ()
    assert check([*early, cue(3084, 4000)], NETFLIX, spoken=[TimeSpan(1000, 2400), None]) == ()


def test_shot_changes() -> None:
    near = [cue(1200, 3000)]
    (found,) = check(near, NETFLIX, Video(shots=(1000,)))
    assert (found.rule, found.measured) == ("shot-change", "comes in +0.200 s from a shot change")
    assert check(near, NETFLIX, Video(shots=(1200,))) == ()
    assert check(near, NETFLIX, Video(shots=(600,))) == ()
    (found,) = check(near, NETFLIX, Video(shots=(3300,)))
    assert found.measured == "goes 0.300 s before a shot change"
    assert check([cue(1200, 3217)], NETFLIX, Video(shots=(3300,))) == ()
    assert [found.rule for found in check(near, NETFLIX, Video(shots=(2900,)))] == ["shot-change"]
    assert check(near, NETFLIX, Video(shots=(2900,)), [TimeSpan(1200, 2990)]) == ()


# --- mending ---


def test_lines_are_broken_anew() -> None:
    text = "We have come a long way since the war, and there is still a long way to go."
    fixed = fix([cue(0, 5000, text)], NETFLIX)
    assert fixed.cues == (
        cue(0, 5000, "We have come a long way since the war,", "and there is still a long way to go."),
    )
    assert fixed.changes == ("1 cue given new line breaks",)


def test_a_cue_that_holds_too_much_is_parted() -> None:
    text = "We have come a long way since the war, and there is still a long way to go, if we want to live in peace."
    fixed = fix([cue(0, 8000, text)], NETFLIX)
    assert len(fixed.cues) == 2
    assert " ".join(line for cue in fixed.cues for line in cue.lines) == text
    assert check(fixed.cues, NETFLIX) == ()
    assert fixed.changes[0] == "1 cue split"


def test_italics_go_with_their_words() -> None:
    marked = "We have come <i>a long way</i> since the war, and there is still a long way to go."
    broken = cue(0, 5000, "We have come a long way since the war, and there is still a long way to go.")
    fixed = fix([Cue(broken.span, None, broken.lines, marked=(marked,))], NETFLIX)
    assert fixed.cues[0].marked == (
        "We have come <i>a long way</i> since the war,",
        "and there is still a long way to go.",
    )


def test_two_speakers_are_parted_though_they_had_no_time() -> None:
    """Where nothing comes after it in its place, and not where the next one does."""
    lines = ("We never said", "that the harbour would close in the winter of this year.")
    both = Cue(TimeSpan(1000, 1300), None, lines, voices=("Anna", "Ben"))
    elsewhere = cue(4000, 6000, "Bonjour", settings="line:0")
    parted = fix([both, elsewhere], NETFLIX).cues
    assert [(part.speaker, part.lines) for part in parted] == [
        ("Anna", ("We never said",)),
        ("Ben", ("that the harbour would close", "in the winter of this year.")),
        (None, ("Bonjour",)),
    ]
    assert all(part.span.duration >= 834 for part in parted)
    crowded = fix([both, cue(1400, 6000, "Bonjour")], NETFLIX).cues
    assert [part.lines[0] for part in crowded][-1] == "Bonjour"
    assert len(crowded) == 2


def test_times_are_mended_and_what_is_right_stays() -> None:
    right = cue(20_000, 22_000)
    fixed = fix(
        [cue(0, 400, "No."), cue(3000, 5200, "Yes."), cue(5000, 6000, "Oh."), cue(6200, 8000), right], NETFLIX
    )
    assert check(fixed.cues, NETFLIX) == ()
    assert fixed.cues[0].span == TimeSpan(0, 834)
    assert fixed.cues[-1] == right
    assert fixed.changes == ("3 cues given new times",)


def test_empty_cues_go_and_order_is_restored() -> None:
    fixed = fix([cue(9000, 10_000, "Two."), cue(3000, 4000, ""), cue(0, 1000, "One.")], NETFLIX)
    assert [cue.lines for cue in fixed.cues] == [("One.",), ("Two.",)]
    assert fixed.changes == ("1 empty cue left out", "cues sorted by time")


def test_what_cannot_be_mended_is_left_and_found() -> None:
    fast = [cue(0, 500, "This is far too much to read in this time."), cue(600, 3000, "And on it goes.")]
    fixed = fix(fast, NETFLIX)
    assert [found.rule for found in check(fixed.cues, NETFLIX)] == ["characters-per-second"]


def test_nothing_to_mend() -> None:
    assert fix([cue(0, 2000)], NETFLIX).changes == ()


WORDS = st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=9), min_size=1, max_size=30)


@st.composite
def files(draw: st.DrawFn) -> list[Cue]:
    made = []
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, 30_000))
        words = draw(WORDS)
        cut = draw(st.integers(1, len(words)))
        lines = tuple(" ".join(part) for part in (words[:cut], words[cut:]) if part)
        made.append(Cue(TimeSpan(start, start + draw(st.integers(0, 9_000))), None, lines))
    return made


@given(files(), st.sampled_from([NETFLIX, BBC, DCMP]))
def test_mending_keeps_the_words_and_never_overlaps(made: list[Cue], style: object) -> None:
    fixed = fix(made, style)  # type: ignore[arg-type]
    if fixed.changes:
        ordered = sorted(made, key=lambda cue: cue.span.start)
        before, after = (" ".join(" ".join(cue.lines) for cue in cues) for cues in (ordered, fixed.cues))
        # Between full-width characters the end of a line is no blank.
        wide = any(map(is_wide, before))
        assert (after.split() == before.split()) or (
            wide and "".join(after.split()) == "".join(before.split())
        )
        assert wide or after == before
    rules = {found.rule for found in check(fixed.cues, style)}  # type: ignore[arg-type]
    assert not rules & {"overlap", "empty", "lines", "line-length", "max-duration"}


# --- for programs ---

BAD = [cue(0, 100, "<Hello> & “goodbye”"), cue(5000, 5400)]


def test_json() -> None:
    found = json.loads(to_json("a b.srt", NETFLIX, 2, check(BAD, NETFLIX), {"fixed": []}))
    assert (found["errors"], found["warnings"], found["cues"], found["style"]) == (4, 0, 2, "netflix")
    assert found["violations"][0] == {
        "cue": 1,
        "line": None,
        "start": 0.0,
        "end": 0.1,
        "rule": "characters-per-second",
        "severity": "error",
        "measured": "190.0 characters a second",
        "limit": "at most 20",
        "source": "Timed Text Style Guide: English (USA), Reading Speed Limits, adult programs",
    }


def test_junit() -> None:
    root = ET.fromstring(to_junit("a<b>.srt", BBC, 2, check([*BAD, cue(9000, 9900)], BBC)))
    (suite,) = root
    assert suite.get("name") == "BBC Subtitle Guidelines: a<b>.srt"
    assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
    names = {case.get("name") for case in suite}
    assert {kind.value for kind in (Kind.WORD_TIME, Kind.LINES, Kind.SHORT_GAP)} <= names
    (failed,) = (case for case in suite if case.get("name") == "word-time")
    assert "cue 1 at 00:00:00.000: word-time: 0.050 s a word" in (failed[0].text or "")


def test_sarif() -> None:
    found = json.loads(to_sarif("cap tions.srt", NETFLIX, check(BAD, NETFLIX)))
    (run,) = found["runs"]
    assert found["version"] == "2.1.0"
    known = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    for result in run["results"]:
        assert result["ruleId"] in known
        assert result["level"] == "error"
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert place == "cap%20tions.srt"


# --- several places in the picture ---


def test_captions_in_different_places_may_be_shown_together() -> None:
    sign = cue(1000, 6000, "HARBOUR OFFICE", settings="line:0")
    said = [cue(1500, 3500, "Come in."), cue(3650, 5800, "The door is open.")]
    assert [found.rule for found in check([sign, *said], NETFLIX)] == ["short-gap"]
    fixed = fix([sign, *said], NETFLIX)
    assert fixed.cues[0] == sign
    assert check(fixed.cues, NETFLIX) == ()
    halves = [cue(1000, 3000, "Come", settings="line:79%"), cue(1000, 3000, "in.", settings="line:84%")]
    assert check(halves, NETFLIX) == ()
    assert fix(halves, NETFLIX).changes == ()


def test_captions_in_one_place_may_not() -> None:
    two = [cue(1000, 3000, settings="align:start line:0"), cue(2000, 4000, settings="line:0")]
    (found,) = check(two, NETFLIX)
    assert (found.rule, found.cue) == ("overlap", 1)


def test_regions_of_ttml_and_positions_of_ass_are_places() -> None:
    ttml = (
        b"<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p region='a' begin='1s' end='4s'>Left.</p>"
        b"<p region='b' begin='2s' end='5s'>Right.</p></div></body></tt>"
    )
    events = (
        "0:00:01.00,0:00:04.00,Default,,0,0,0,,Left.",
        "0:00:02.00,0:00:05.00,Default,,0,0,0,,{\\pos(1,1)}Right.",
    )
    ass = "[Script Info]\n\n[Events]\n" + "".join(f"Dialogue: 0,{event}\n" for event in events)
    for name, data in (("ttml", ttml), ("ass", ass.encode())):
        read = FORMATS[name].read
        assert read is not None
        cues = read(data).cues
        assert len(cues) == 2
        assert check(cues, NETFLIX) == ()
