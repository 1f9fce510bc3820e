"""Captions by hand: every word stays, once and in order, and what a person asked for is what is shown."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    Draft,
    EngineInfo,
    RecordingSource,
    Settled,
    Status,
    TranscriptSource,
)
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cueing.frame_clock import Clock
from asdelivered.subtitles.cueing.shifting import shifted
from asdelivered.subtitles.cueing.utterances import in_order, utterances
from asdelivered.subtitles.cues import Labels, cues
from asdelivered.subtitles.editing.cue_edit import CueEdit
from asdelivered.subtitles.editing.edits_file import (
    CaptionEdits,
    decoded_edits,
    edits_beside,
    edits_path,
    encoded_edits,
)
from asdelivered.subtitles.editing.fitting import fit_edits, numbered
from asdelivered.subtitles.editing.operations import (
    at_times,
    earlier_edit,
    merge,
    replaced,
    split,
    with_line_break,
)
from asdelivered.subtitles.editing.own_words import OwnWords, with_own_words
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Cue
from asdelivered.subtitles.style_file import named_style

NETFLIX = named_style("netflix")


def aligned(*texts: str, each: int = 320, speakers: str = "", language: str = "en") -> Alignment:
    """Lines said one after the other; a line that begins with "(" was not said; `speakers` has a letter for each."""
    lines, at = [], 1000
    for number, text in enumerate(texts):
        spoken = not text.startswith("(")
        words = []
        for word in text.split():
            span = TimeSpan(at, at + each - 40) if spoken else None
            words.append(AlignedWord(word, Status.MATCHED, span, 1.0 if span else None))
            at += each if spoken else 0
        at += 300
        said = [word.span for word in words if word.span]
        whole = TimeSpan(said[0].start, said[-1].end) if said else None
        speaker = speakers[number] if speakers else "A"
        lines.append(
            AlignedLine(f"L{number}", speaker, speaker, text, Status.MATCHED, whole, 1.0, tuple(words))
        )
    return Alignment(
        TranscriptSource("page.txt", "0" * 64, None, language),
        RecordingSource("event.opus", "0" * 64, at + 5000),
        EngineInfo("none", "0", {}),
        tuple(lines),
        (),
        "2026-11-24T10:00:00+00:00",
    )


TEXT = (
    "Thank you all for coming to the harbour on this cold morning, when the gates were to be closed.",
    "We kept them open, and we can do it again next year and in the year after that.",
    "(no one says this)",
    "The council has heard you, and it has changed its mind about the lights on the pier.",
)
SPEECH = aligned(*TEXT)


def words_of(made: tuple[Cue, ...]) -> list[str]:
    return [word for cue in made for line in cue.lines for word in line.split()]


@settings(max_examples=30)
@given(st.data())
def test_whatever_is_done_by_hand_no_word_is_lost_and_the_rest_stays(data: st.DataObject) -> None:
    words, edits = numbered(SPEECH.lines), ()
    plain = cues(SPEECH, NETFLIX)
    for _ in range(data.draw(st.integers(1, 4))):
        before = cues(SPEECH, NETFLIX, edits=edits)
        at = data.draw(st.integers(0, len(before) - 1))
        cue, last = before[at], before[at].words[-1][1]
        old = earlier_edit(cue, edits, words)
        number = data.draw(st.integers(cue.words[0][0], last - 1))
        try:
            match data.draw(st.sampled_from(["break", "split", "merge", "times", "reset"])):
                case "break":
                    new = (with_line_break(cue, number, words, NETFLIX, old),)
                case "split":
                    new = split(cue, number, words, NETFLIX, "en", old)
                case "merge":
                    assume(at + 1 < len(before))
                    other = before[at + 1]
                    both = (old, earlier_edit(other, edits, words))
                    new = (merge(cue, other, words, NETFLIX, "en", both),)
                    last = other.words[-1][1]
                case "times":
                    by = data.draw(st.integers(-3000, 3000))
                    span = TimeSpan(max(0, cue.span.start + by), max(1, cue.span.end + by))
                    new = (at_times(cue, span, words, NETFLIX, old),)
                case _:
                    new = ()
        except SubtitleError:
            assume(False)
        edits = replaced(edits, "netflix", cue.words[0][0], last, new, words)
        after = cues(SPEECH, NETFLIX, edits=edits)
        assert words_of(after) == words_of(plain)
        assert all(one.span.end <= two.span.start for one, two in pairwise(after))
        assert all(one.span.duration > 0 for one in after)
        fitted = fit_edits(edits, words)
        assert not fitted.lost
        shown = {one.words: one.lines for one in after if one.by_hand}
        assert shown == {one.lines: one.edit.lines for one in fitted.fitted}
        elsewhere = {
            one.words for one in before if not (one.words[0][0] < last and cue.words[0][0] < one.words[-1][1])
        }
        assert new == () or elsewhere <= {one.words for one in after}
    assert decoded_edits(encoded_edits(CaptionEdits(edits)), Path("x")).cues == edits


def test_a_break_a_split_a_merge_and_a_time_are_as_asked() -> None:
    words, first = numbered(SPEECH.lines), cues(SPEECH, NETFLIX)[0]
    at = first.words[0][0] + 2
    broken = with_line_break(first, at, words, NETFLIX, None)
    edits = replaced((), "netflix", 0, first.words[-1][1], (broken,), words)
    changed = cues(SPEECH, NETFLIX, edits=edits)[0]
    assert changed.lines[0] == "Thank you"
    assert changed.span == first.span
    assert with_line_break(changed, at, words, NETFLIX, broken).lines == (" ".join(first.lines),)
    upper, lower = split(changed, at, words, NETFLIX, "en", broken)
    edits = replaced(edits, "netflix", 0, first.words[-1][1], (upper, lower), words)
    one, two = cues(SPEECH, NETFLIX, edits=edits)[:2]
    assert one.text == "Thank you"
    assert [*one.lines, *two.lines] != first.lines
    whole = merge(one, two, words, NETFLIX, "en", (upper, lower))
    edits = replaced(edits, "netflix", 0, two.words[-1][1], (whole,), words)
    assert edits == (whole,)
    assert cues(SPEECH, NETFLIX, edits=edits)[0].lines == first.lines
    later = at_times(first, TimeSpan(first.span.start + 240, first.span.end), words, NETFLIX, None)
    assert (later.start, later.end) == (240, None)
    assert cues(SPEECH, NETFLIX, edits=(later,))[0].span == TimeSpan(first.span.start + 240, first.span.end)


def test_edits_follow_their_words_to_a_new_alignment_and_those_without_are_named() -> None:
    first = cues(SPEECH, NETFLIX)[0]
    edit = with_line_break(first, 2, numbered(SPEECH.lines), NETFLIX, None)
    edit = replace(edit, start=100)
    moved = aligned("A line that was added.", *TEXT, each=280)
    found = fit_edits((edit,), numbered(moved.lines))
    assert found.fitted[0].first == 5
    cue = next(one for one in cues(moved, NETFLIX, edits=(edit,)) if one.by_hand)
    assert cue.lines == edit.lines
    assert cue.speech is not None
    assert cue.span.start == cue.speech.start + 100
    other = aligned("Thanks to all of you for coming.", *TEXT[1:])
    assert fit_edits((edit,), numbered(other.lines)).lost == (edit,)
    assert not any(one.by_hand for one in cues(other, NETFLIX, edits=(edit,)))
    twice = aligned("A line.", TEXT[0], TEXT[0])
    assert fit_edits(
        (replace(edit, line="L9"),), numbered(twice.lines)
    ).lost  # which of the two it was nobody knows
    silent = aligned(f"({TEXT[0]}", *TEXT[1:])
    assert fit_edits(
        (replace(edit, lines=(f"({edit.lines[0]}", *edit.lines[1:])),), numbered(silent.lines)
    ).lost


def test_two_speakers_never_share_a_caption_by_hand() -> None:
    talk = aligned("Are the gates open today?", "Yes, they are open.", speakers="AB")
    words, (one, two) = numbered(talk.lines), cues(talk, NETFLIX)
    with pytest.raises(SubtitleError, match="two speakers"):
        merge(one, two, words, NETFLIX, "en", (None, None))
    both = CueEdit("netflix", "L0", 0, ("Are the gates open today? Yes, they are open.",))
    assert fit_edits((both,), words).lost == (both,)


def test_a_pause_does_not_part_what_a_person_joined() -> None:
    talk = aligned("We kept", "the gates open.")
    lines = [talk.lines[0], replace(talk.lines[1])]
    late = tuple(replace(word, span=word.span and word.span.later(4000)) for word in lines[1].words)
    talk = replace(
        talk,
        lines=(lines[0], replace(lines[1], words=late, span=lines[1].span and lines[1].span.later(4000))),
    )
    one, two = cues(talk, NETFLIX)
    joined = merge(one, two, numbered(talk.lines), NETFLIX, "en", (None, None))
    assert [cue.text for cue in cues(talk, NETFLIX, edits=(joined,))] == ["We kept the gates open."]


@pytest.mark.parametrize("labels", [*Labels])
def test_sounds_in_brackets_stay_whole_in_edits(labels: Labels) -> None:
    talk = aligned("Thank you all. (loud applause and cheers) We can do it again, and we will.")
    words, made = numbered(talk.lines), cues(talk, NETFLIX, labels=labels)
    for number in range(1, made[0].words[-1][1]):
        edit = with_line_break(made[0], number, words, NETFLIX, None)
        after = cues(talk, NETFLIX, labels=labels, edits=(edit,))
        assert words_of(after) == words_of(made)
        assert after[0].by_hand


def test_chinese_breaks_between_words() -> None:
    talk = aligned("我们今天在港口见面因为大门应该关闭但是我们让它们开着", language="zh", each=6000)
    style = NETFLIX.in_language("zh")
    words, first = numbered(talk.lines), cues(talk, style)[0]
    edit = with_line_break(first, first.words[0][0] + 2, words, style, None)
    assert cues(talk, style, edits=(edit,))[0].lines[0] == "我们今天"


spans = st.lists(st.integers(1, 3000), min_size=2, max_size=12).map(
    lambda steps: [
        TimeSpan(sum(steps[:at]), sum(steps[: at + 1])) for at in range(0, len(steps) - 1, 2) if steps[at]
    ]
)


@given(spans, st.data())
def test_moved_cues_keep_their_order_and_the_times_that_have_room(
    made: list[TimeSpan], data: st.DataObject
) -> None:
    wanted = data.draw(
        st.dictionaries(
            st.integers(0, len(made) - 1),
            st.tuples(st.integers(0, 40_000), st.integers(1, 4000)).map(
                lambda t: TimeSpan(t[0], t[0] + t[1])
            ),
        )
    )
    after = shifted(made, wanted, 60_000, 84, Clock())
    assert len(after) == len(made)
    assert all(one.end <= two.start for one, two in pairwise(after))
    assert all(one.duration > 0 for one in after)
    if len(wanted) == 1:
        ((number, span),) = wanted.items()
        low = made[number - 1].end + 84 if number else 0
        high = made[number + 1].start - 84 if number + 1 < len(made) else 60_000
        if low <= span.start and span.end <= high and span.duration >= 200:
            assert after == [*made[:number], span, *made[number + 1 :]]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"schema": 1}', b"\xff", b'{"cues": [' + b"[" * 100_000])
def test_a_damaged_file_is_named(content: bytes, tmp_path: Path) -> None:
    alignment = tmp_path / "talk.alignment.json"
    assert edits_beside(alignment) == CaptionEdits()
    edits_path(alignment).write_bytes(content)
    with pytest.raises(SubtitleError, match=r"talk\.caption-edits\.json"):
        edits_beside(alignment)


def test_words_are_numbered_alike_behind_a_label_that_nobody_said_and_on_channels_of_their_own() -> None:
    first, second, *rest = SPEECH.lines
    label = [replace(word, status=Status.UNSPOKEN, span=None) for word in first.words[:2]]
    first = replace(first, settled=Settled.LABEL, words=(*label, *first.words[2:]))
    lines = in_order([replace(line, channel=1) for line in (second, first, *rest)])
    assert lines[0].id == "L0"
    units = numbered(lines).units
    said = [word for one in utterances(lines, 3000) for word in one.words]
    assert [units[word.numbers[0]].text for word in said] == [word.text for word in said]
    assert said[0].numbers == (2, 3)


def test_own_words_are_shown_where_the_text_lacks_them_and_nowhere_else() -> None:
    gap = TimeSpan(40_000, 44_000)
    talk = replace(
        SPEECH,
        untranscribed=(gap, TimeSpan(50_000, 52_000)),
        drafts=(Draft(gap, "what about the poor", 0.5), Draft(TimeSpan(50_000, 52_000), "thank you", 0.4)),
    )
    own = OwnWords(TimeSpan(40_100, 43_900), "What about the port?")
    shown, homeless = with_own_words(talk, (own,), drafts=False)
    assert [cue.text for cue in cues(shown, NETFLIX, drafts=True)][-1] == "[What about the port?]"
    both, _ = with_own_words(talk, (own,), drafts=True)
    assert [cue.text for cue in cues(both, NETFLIX, drafts=True)][-2:] == [
        "[What about the port?]",
        "[? thank you]",
    ]
    ignored, _ = with_own_words(talk, (replace(own, text=""),), drafts=True)
    assert [cue.text for cue in cues(ignored, NETFLIX, drafts=True)][-1] == "[? thank you]"
    assert "[?" not in " ".join(cue.text for cue in cues(ignored, NETFLIX, drafts=True)[:-1])
    assert homeless == ()
    assert with_own_words(replace(talk, untranscribed=()), (own,), drafts=True)[1] == (own,)
    kept = decoded_edits(encoded_edits(CaptionEdits((), (own,))), Path("x"))
    assert kept.heard == (own,)
