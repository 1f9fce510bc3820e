"""Drafts among the captions: only if asked for, each cue marked, the official words as they were."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    Draft,
    EngineInfo,
    RecordingSource,
    Status,
    TranscriptSource,
)
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cues import DEFAULT, Labels, cues
from asdelivered.subtitles.style_file import named_style, style_names

MARKED = re.compile(r"\[\? .*\]", re.DOTALL)


def line(turn: str, speaker: str, *words: tuple[str, int]) -> AlignedLine:
    """A line of words, each with its start, 300 ms long."""
    spans = [TimeSpan(start, start + 300) for _, start in words]
    return AlignedLine(
        turn,
        turn,
        speaker,
        " ".join(text for text, _ in words),
        Status.MATCHED,
        TimeSpan(spans[0].start, spans[-1].end),
        1.0,
        tuple(
            AlignedWord(text, Status.MATCHED, span, 1.0) for (text, _), span in zip(words, spans, strict=True)
        ),
    )


def event(*drafts: Draft) -> Alignment:
    """Two lines with time for a draft before, inside the first, and after."""
    opened = ["We", "opened", "the", "harbour", "in", "spring,", "and", "then", "it", "rained."]
    starts = [10_000, 10_300, 10_600, 10_900, 11_200, 11_500, 13_000, 13_300, 13_600, 13_900]
    thanks = ["Thank", "you", "all", "for", "coming."]
    return Alignment(
        TranscriptSource("page.txt", "0" * 64, None, "en"),
        RecordingSource("event.opus", "0" * 64, 120_000),
        EngineInfo("none", "0", {}),
        (
            line("1", "A", *zip(opened, starts, strict=True)),
            line("2", "B", *((word, 20_000 + 300 * at) for at, word in enumerate(thanks))),
        ),
        tuple(draft.span for draft in drafts),
        "2026-11-24T10:00:00+00:00",
        drafts=drafts,
    )


GREETING = Draft(TimeSpan(1_000, 3_000), "Good morning.", 0.7)
ASIDE = Draft(TimeSpan(11_900, 12_900), "Louder!", 0.4)
LONG = Draft(TimeSpan(30_000, 44_000), " ".join(["and so we went on to the other end of the quay"] * 4), 0.6)


def test_drafts_are_captioned_only_if_asked_for() -> None:
    found = event(GREETING, ASIDE, LONG)
    assert cues(found) == cues(event())
    shown = cues(found, drafts=True)
    drafts = [cue for cue in shown if MARKED.fullmatch(cue.text)]
    assert drafts[0].lines == ("[? Good morning.]",)
    assert drafts[0].span.overlap(GREETING.span) > 1_900
    assert drafts[1].lines == ("[? Louder!]",)
    assert shown.index(drafts[1]) == 2  # a cue of the first line on each side
    assert len(drafts) > 3
    assert " ".join(cue.text[3:-1].replace("\n", " ") for cue in drafts[2:]) == LONG.text
    assert all(cue.speaker is None for cue in drafts)


@pytest.mark.parametrize("name", style_names())
def test_marked_lines_keep_to_the_style(name: str) -> None:
    style = named_style(name)
    shown = cues(event(GREETING, ASIDE, LONG), style, labels=Labels.ALL, drafts=True)
    marked = [cue for cue in shown if MARKED.fullmatch(cue.text)]
    assert sum(len(cue.text) - 4 for cue in marked) > len(LONG.text)
    assert all(len(line) <= style.max_line_length for cue in marked for line in cue.lines)
    assert all(len(cue.lines) <= style.max_lines for cue in marked)


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 60_000), st.integers(500, 9_000), st.sampled_from(["Yes.", "今日は。", " "])
        ),
        max_size=4,
    )
)
def test_no_official_word_is_lost_or_moved(stretches: list[tuple[int, int, str]]) -> None:
    drafts = [Draft(TimeSpan(start, start + long), text, 0.5) for start, long, text in stretches]
    shown = cues(event(*drafts), DEFAULT, drafts=True)
    official = [cue for cue in shown if not MARKED.fullmatch(cue.text)]
    assert [word for cue in official for word in cue.text.split()] == [
        word for cue in cues(event()) for word in cue.text.split()
    ]
    said = "".join(cue.text[3:-1] for cue in shown if cue not in official)
    assert sorted("".join(said.split())) == sorted("".join(text.strip() for _, _, text in stretches))
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(shown))
