"""Clips that overlap become one, and a reel's captions follow its clips."""

import itertools
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asdelivered.align import Alignment, find_quotes, index_alignment
from asdelivered.clips.captions import clip_cues, reel_cues
from asdelivered.clips.order import in_time, merged
from asdelivered.clips.plan import QuotedClip
from asdelivered.media.edit import Clip
from asdelivered.subtitles import find_style

spans = st.lists(st.tuples(st.integers(20, 130), st.integers(1, 8)), min_size=1, max_size=6)


@pytest.fixture
def some_clip(alignment: Alignment) -> QuotedClip:
    quote = find_quotes(index_alignment(alignment), "we can do it again")[0]
    return QuotedClip(Clip("a clip", Fraction(0), Fraction(1)), quote)


def clips_at(some_clip: QuotedClip, spans) -> list[QuotedClip]:
    return [
        replace(
            some_clip,
            clip=Clip(f"clip {number}", Fraction(start), Fraction(start + length), notes=(f"note {number}",)),
        )
        for number, (start, length) in enumerate(spans)
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(spans)
def test_merged_clips_cover_the_same_time_and_never_touch(
    some_clip: QuotedClip, alignment: Alignment, spans
) -> None:
    clips = clips_at(some_clip, spans)
    made = merged(clips, alignment)
    covered = [(one.clip.start, one.clip.end) for one in in_time(made)]
    assert all(end < start for (_, end), (start, _) in pairwise(covered))
    for one in clips:
        assert any(start <= one.clip.start and one.clip.end <= end for start, end in covered)
    seconds = {second for start, length in spans for second in range(start, start + length)}
    assert sum(one.clip.duration for one in made) == len(seconds)
    assert {note for one in made for note in one.clip.notes} == {
        note for one in clips for note in one.clip.notes
    }


def test_a_merged_clip_stands_where_its_first_part_stood(some_clip: QuotedClip, alignment: Alignment) -> None:
    made = merged(clips_at(some_clip, [(90, 5), (30, 5), (92, 6)]), alignment)
    assert [(one.clip.name, one.clip.start, one.clip.end) for one in made] == [
        ("clip 0", 90, 98),
        ("clip 1", 30, 35),
    ]


def test_captions_of_a_reel_follow_its_clips(alignment: Alignment) -> None:
    style = find_style("netflix")
    clips = [
        Clip(name, Fraction(start), Fraction(start + 6)) for name, start in (("late", 80), ("early", 40))
    ]
    own = [clip_cues(alignment, clip, style) for clip in clips]
    reel = reel_cues(own, clips)
    assert all(own)
    assert [cue.shown for cue in reel] == [cue.shown for cues in own for cue in cues]
    assert [cue.span.start for cue in reel] == [
        cue.span.start + 6000 * number for number, cues in enumerate(own) for cue in cues
    ]
    assert [cue.span for cue in reel] == sorted((cue.span for cue in reel), key=lambda span: span.start)
    assert reel[-1].span.end <= 12_000


def test_a_clip_of_two_speakers_names_them_in_a_style_without_names(alignment: Alignment) -> None:
    style = find_style("netflix")
    first, second = next(
        (one, two)
        for one, two in itertools.pairwise(alignment.lines)
        if one.speaker != two.speaker and one.span and two.span
    )
    assert first.span is not None
    assert second.span is not None
    both = Clip("both", Fraction(first.span.start, 1000), Fraction(second.span.end, 1000))
    assert [cue.label for cue in clip_cues(alignment, both, style) if cue.label]
    alone = Clip("alone", Fraction(first.span.start, 1000), Fraction(first.span.end, 1000))
    assert not [cue.label for cue in clip_cues(alignment, alone, style) if cue.label]
