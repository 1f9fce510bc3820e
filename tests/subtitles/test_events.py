"""Whole events under the guides: nothing to send back, and cues that end where a reader may rest.

The alignments here are made from the corpus' exact times, as a perfect engine would; that of an engine differs by some
milliseconds, and its captions are checked in tests/app.
"""

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from clauses import PUNCTUATION, ends_well
from guide_numbers import GUIDES, Shown, hurried, parse_srt
from line_ends import better, is_suspect

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    EngineInfo,
    RecordingSource,
    Sound,
    SoundKind,
    Status,
    TranscriptSource,
)
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.checking.check import check
from asdelivered.subtitles.checking.spoken_spans import spoken_spans
from asdelivered.subtitles.cues import PLAYER, Labels, cues
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.model import Captions, Cue
from asdelivered.subtitles.style import Kind, Severity, Speakers
from asdelivered.subtitles.style_file import named_style

pytestmark = pytest.mark.corpus

EVENTS = ("event-clean", "event-hall")
STYLES = tuple(GUIDES)


def milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def truth(path: Path) -> Alignment:
    """The alignment that the exact times of an event make."""
    data = json.loads(path.read_text("utf-8"))
    lines: list[AlignedLine] = []
    turn = 0
    for number, line in enumerate(data["lines"]):
        if lines and lines[-1].speaker != line["speaker"]:
            turn += 1
        timed = [word for sentence in line["sentences"] or [] for word in sentence["words"]]
        words = tuple(
            AlignedWord(text, Status.MATCHED, None, None)
            if start is None
            else AlignedWord(text, Status.MATCHED, TimeSpan(milliseconds(start), milliseconds(end)), 1.0)
            for text, start, end in timed
        )
        known = [word.span for word in words if word.span is not None]
        span = TimeSpan(known[0].start, known[-1].end) if known else None
        status = Status.MATCHED if span is not None else Status.UNSPOKEN
        lines.append(
            AlignedLine(
                str(number),
                str(turn),
                line["speaker"],
                " ".join(word.text for word in words),
                status,
                span,
                None if span is None else 1.0,
                words,
            )
        )
    return Alignment(
        TranscriptSource("page.txt", "0" * 64, None, "en"),
        RecordingSource("event.opus", "0" * 64, milliseconds(data["duration"])),
        EngineInfo("truth", "1", {}),
        tuple(lines),
        (),
        "2026-11-24T10:00:00+00:00",
        tuple(
            Sound(SoundKind(kind), TimeSpan(milliseconds(start), milliseconds(end)))
            for kind, start, end in data["sounds"]
            if kind in set(SoundKind)
        ),
    )


@pytest.fixture(scope="module")
def event(corpus: Path) -> Callable[[str], Alignment]:
    made: dict[str, Alignment] = {}

    def of(name: str) -> Alignment:
        if name not in made:
            made[name] = truth(corpus / f"{name}.truth.json")
        return made[name]

    return of


Made = Callable[[str, str], tuple[Cue, ...]]


@pytest.fixture(scope="module")
def made(event: Callable[[str], Alignment]) -> Made:
    done: dict[tuple[str, str], tuple[Cue, ...]] = {}

    def of(name: str, style: str) -> tuple[Cue, ...]:
        if (name, style) not in done:
            done[name, style] = cues(event(name), named_style(style))
        return done[name, style]

    return of


def shown(made: tuple[Cue, ...]) -> list[Shown]:
    return parse_srt(FORMATS["srt"].write(Captions(made)).decode())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", EVENTS)
def test_our_check_finds_no_error(
    name: str, style: str, made: Made, event: Callable[[str], Alignment]
) -> None:
    found = check(made(name, style), named_style(style), PLAYER, spoken_spans(made(name, style), event(name)))
    assert [violation for violation in found if violation.severity is Severity.ERROR] == []


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", EVENTS)
def test_a_check_of_its_own_finds_none_either(name: str, style: str, made: Made) -> None:
    assert GUIDES[style](shown(made(name, style))) == []


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", EVENTS)
def test_neither_does_it_with_speakers_and_sounds(
    name: str, style: str, event: Callable[[str], Alignment]
) -> None:
    labelled = cues(event(name), named_style(style), labels=Labels.ALL)
    assert any(cue.label for cue in labelled) or named_style(style).speakers is Speakers.NONE
    told = [cue for cue in labelled if cue.speaker is None and "applause" in cue.text.lower()]
    assert len(told) >= (5 if event(name).sounds else 0)
    assert GUIDES[style](shown(labelled)) == []


@pytest.mark.parametrize(("style", "rate"), [("bbc", 180), ("dcmp", 160)])
@pytest.mark.parametrize("name", EVENTS)
def test_who_is_faster_than_a_guide_recommends_had_no_more_time(
    name: str, style: str, rate: int, made: Made
) -> None:
    """The speech itself is faster: the next cue follows at once, but for a few that hang as long as they can."""
    cues_shown = shown(made(name, style))
    assert len(hurried(cues_shown, rate)) <= 0.02 * len(cues_shown)


@pytest.mark.parametrize(
    ("style", "least"),
    # What is missing to all of them are places where no clause begins for longer than a cue may hold. With lines of 32
    # characters that is every twelfth cue: an exhaustive search finds no more than 94 of 100 (benchmarks/captions.py).
    [("netflix", 0.97), ("bbc", 0.955), ("dcmp", 0.91)],
)
@pytest.mark.parametrize("name", EVENTS)
def test_cues_end_at_punctuation_or_where_a_clause_begins(
    name: str, style: str, least: float, made: Made
) -> None:
    parts = [" ".join(cue.lines).split() for cue in made(name, style)]
    words = [word for part in parts for word in part]
    good = at = 0
    for part in parts:
        at += len(part)
        good += at == len(words) or ends_well(words[:at][-8:], words[at : at + 20])
    assert good >= least * len(parts)


@pytest.mark.parametrize(("style", "most"), [("netflix", 1), ("bbc", 3), ("dcmp", 5)])
@pytest.mark.parametrize("name", EVENTS)
def test_lines_end_where_a_subtitler_would_end_them(name: str, style: str, most: int, made: Made) -> None:
    """But for so few cues of hundreds, and some of those are right: "he was spot on / on forcing us"."""
    width = named_style(style).max_line_length
    suspect = [cue.lines for cue in made(name, style) if is_suspect(cue.lines)]
    assert sum(better(lines, width) is not None for lines in suspect) <= most


@pytest.mark.parametrize("style", STYLES)
def test_our_check_has_nothing_against_our_lines(
    style: str, made: Made, event: Callable[[str], Alignment]
) -> None:
    found = check(made("event-clean", style), named_style(style), language="en")
    assert {violation.rule for violation in found}.isdisjoint({Kind.LINE_BREAK, Kind.NEW_SENTENCE})


def test_the_judge_of_lines_can_say_no(made: Made) -> None:
    """Break in the middle instead: a sixth of the cues end a line on a word that leans on the next."""
    halved = []
    for cue in made("event-clean", "netflix"):
        words = " ".join(cue.lines).split()
        if len(cue.lines) == 2:
            halved.append([" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])])
    assert sum(is_suspect(lines) for lines in halved) > len(halved) / 6


@pytest.mark.parametrize("name", EVENTS)
def test_most_cues_come_in_with_their_speech(
    name: str, made: Made, event: Callable[[str], Alignment]
) -> None:
    """Within Netflix' two frames, all within a quarter second more; out within half a second."""
    found = made(name, "netflix")
    pairs = [
        (cue, span)
        for cue, span in zip(found, spoken_spans(found, event(name)), strict=True)
        if span is not None
    ]
    assert len(pairs) == len(found)
    shifts = [abs(cue.span.start - span.start) for cue, span in pairs]
    assert sum(shift <= 84 for shift in shifts) >= 0.9 * len(shifts)
    assert max(shifts) <= 84 + 250
    following = [after.span.start for _, after in pairwise(found)] + [1 << 40]
    for (cue, span), after in zip(pairs, following, strict=True):
        # A cue stays longer than that only to close a gap, or because it would be too short to be read.
        hangs = cue.span.end - span.end > 500
        assert (
            not hangs or after - cue.span.end <= 84 or cue.span.duration <= max(834, 50 * len(cue.text)) + 1
        )


@pytest.mark.parametrize("style", STYLES)
def test_every_word_is_there(style: str, made: Made, event: Callable[[str], Alignment]) -> None:
    for name in EVENTS:
        spoken = [word.text for line in event(name).lines if line.span is not None for word in line.words]
        assert " ".join(" ".join(cue.lines) for cue in made(name, style)) == " ".join(spoken)


def test_the_judge_of_clauses_can_say_no(made: Made) -> None:
    """Cut every seven words instead, as chopping would: most cues end in the midst of something."""
    words = " ".join(" ".join(cue.lines) for cue in made("event-clean", "netflix")).split()
    good = sum(ends_well(words[max(0, at - 8) : at], words[at : at + 20]) for at in range(7, len(words), 7))
    assert good < 0.4 * (len(words) // 7)
    punctuated = sum(PUNCTUATION.search(word) is not None for word in words)
    assert punctuated > 0.1 * len(words)


def test_limits_are_those_of_the_guides() -> None:
    """Netflix' numbers in its style are those that the other checker has."""
    style = named_style("netflix")
    assert (style.max_lines, style.max_line_length) == (2, 42)
    assert style.limit(Kind.CHARACTERS) == 20
