"""Cues hold every word that was timed, once and in order, and keep to the style wherever time allows."""

import itertools
import pickle
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    EngineInfo,
    RecordingSource,
    Status,
    TranscriptSource,
)
from asdelivered.base.span import TimeSpan
from asdelivered.subtitles.cueing.timing import REACH
from asdelivered.subtitles.cues import DEFAULT, Labels, Video, cues
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.lengths import is_wide
from asdelivered.subtitles.model import Captions, Cue, word_by_word
from asdelivered.subtitles.style import Kind, Rule, Severity, Style
from asdelivered.subtitles.style_file import named_style, style_names

GAP, LEAST, MOST = 84, 834, 7_000
"""What the default style asks for, milliseconds: 2 frames of 24, 5/6 s, 7 s."""

Timed = tuple[str, int | None, int | None]
"""A word, its start and its end in milliseconds."""


def line(
    words: Sequence[Timed], speaker: str | None = "A", turn: str = "1", spoken: bool = True
) -> AlignedLine:
    """A line, from its first to its last timed word; not in the recording where `spoken` is false."""
    spans = [None if a is None or b is None else TimeSpan(a, b) for _, a, b in words]
    known = [span for span in spans if span is not None]
    span = TimeSpan(known[0].start, max(known[-1].end, known[0].start)) if known and spoken else None
    status = Status.MATCHED if spoken else Status.UNSPOKEN
    return AlignedLine(
        id="1",
        turn=turn,
        speaker=speaker,
        text=" ".join(word for word, _, _ in words),
        status=status,
        span=span,
        confidence=None if span is None else 1.0,
        words=tuple(
            AlignedWord(text, status, where if spoken else None, 1.0 if where and spoken else None)
            for (text, _, _), where in zip(words, spans, strict=True)
        ),
    )


def said(text: str, start: int, each: int = 300, pauses: dict[str, int] | None = None) -> list[Timed]:
    """Words said one after the other, `each` ms long, with a pause in ms after those named in `pauses`."""
    words: list[Timed] = []
    for word in text.split():
        words.append((word, start, start + each))
        start += each + (pauses or {}).get(word, 0)
    return words


def alignment(*lines: AlignedLine, duration: int = 3_600_000, language: str = "en") -> Alignment:
    return Alignment(
        TranscriptSource("page.txt", "0" * 64, None, language),
        RecordingSource("event.opus", "0" * 64, duration),
        EngineInfo("none", "0", {}),
        lines,
        (),
        "2026-11-24T10:00:00+00:00",
    )


def rule(kind: Kind, limit: float) -> Rule:
    return Rule(kind, Fraction(limit), Severity.ERROR, "the house's guide, 1")


def texts(made: Sequence[Cue]) -> list[tuple[str, ...]]:
    return [cue.lines for cue in made]


def words_of(made: Sequence[Cue]) -> list[str]:
    return [word for cue in made for text in cue.lines for word in text.split()]


def same_words(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether these are the same words; a line may end between two full-width characters of one."""
    if any(is_wide(letter) for word in theirs for letter in word):
        return "".join(ours) == "".join(theirs)
    return list(ours) == list(theirs)


def timed_words(source: Alignment) -> list[str]:
    return [word.text for line in source.lines if line.span is not None for word in line.words]


def test_a_sentence_is_cut_at_its_clauses_and_phrases() -> None:
    words = said(
        "Thank you very much Rosa, and many thanks to Carnegie Europe "
        "for organising this event today in this spectacular venue.",
        800,
    )
    assert texts(cues(alignment(line(words)))) == [
        ("Thank you very much Rosa,", "and many thanks to Carnegie Europe"),
        ("for organising this event today", "in this spectacular venue."),
    ]


def test_what_fits_on_one_line_stays_on_one() -> None:
    words = said("It’s undoubtedly the worst in my lifetime.", 0)
    assert texts(cues(alignment(line(words)))) == [("It’s undoubtedly the worst in my lifetime.",)]


def test_no_line_ends_with_an_article_or_a_preposition_where_there_is_another_way() -> None:
    words = said(
        "We visited the big factory in the north of the Republic of the Congo with a friend of mine.", 0
    )
    for lines in texts(cues(alignment(line(words)))):
        for text in lines[:-1]:
            assert text.split()[-1] not in {"the", "in", "of", "with", "a"}


def test_a_cue_comes_in_with_its_first_word_and_stays_long_enough_to_read() -> None:
    fast = said("One billion people understand.", 10_000, each=100)
    (cue,) = cues(alignment(line(fast)))
    assert cue.span == TimeSpan(10_000, 11_500)  # 30 characters at 20 a second; they were said in 0.4 s


def test_a_short_cue_stays_the_shortest_duration_into_the_silence() -> None:
    (cue,) = cues(alignment(line([("No.", 5_000, 5_200)])))
    assert cue.span == TimeSpan(5_000, 5_834)  # 5/6 s, rounded up to the millisecond


def test_the_last_cue_ends_with_the_recording() -> None:
    (cue,) = cues(alignment(line([("No.", 5_000, 5_200)]), duration=5_400))
    assert cue.span.end == 5_400
    assert 5_000 - GAP - REACH <= cue.span.start <= 5_000


def test_a_speaker_who_cuts_in_is_shown_at_once_and_in_the_order_of_the_text() -> None:
    def two(start: int) -> list[TimeSpan]:
        who = line([("Because I", 1_000, 4_000)], "A", "1"), line([("No!", start, start + 2_000)], "B", "2")
        return [cue.span for cue in cues(alignment(*who))]

    assert two(3_000) == [TimeSpan(1_000, 3_000 - GAP), TimeSpan(3_000, 5_000)]
    assert two(500)[0].end <= two(500)[1].start


def test_speech_without_a_pause_leaves_the_gap_between_cues() -> None:
    first, second = cues(
        alignment(
            line([("Why?", 0, 2_000)], speaker="A"), line([("Because.", 2_000, 4_000)], speaker="B", turn="2")
        )
    )
    assert second.span.start == 2_000
    assert first.span.end == 2_000 - GAP


def test_a_gap_that_would_flicker_is_closed_and_a_longer_one_stays() -> None:
    first, second, third = cues(
        alignment(
            line([("Why?", 0, 2_000)], turn="1"),
            line([("Because.", 2_400, 4_000)], turn="2"),
            line([("Oh.", 4_501, 6_000)], turn="3"),
        )
    )
    assert first.span.end == 2_400 - GAP
    assert (second.span.end, third.span.start) == (4_000, 4_501)


def test_short_lines_close_together_share_a_cue_and_others_do_not() -> None:
    def two(pause: int) -> list[tuple[str, ...]]:
        first = said("Thank you.", 0)
        return texts(cues(alignment(line(first), line(said("Good morning.", 600 + pause)))))

    assert two(200) == [("Thank you. Good morning.",)]
    assert two(500) == [("Thank you.",), ("Good morning.",)]


def test_a_line_too_short_to_be_read_joins_the_next_even_over_a_pause() -> None:
    okay, rest = [("Okay.", 0, 300)], said("We are doing very well.", 600)
    assert texts(cues(alignment(line(okay), line(rest)))) == [("Okay. We are doing very well.",)]
    assert len(cues(alignment(line(okay), line(rest, "B", "2")))) == 2


def test_speakers_and_turns_never_share_a_cue() -> None:
    yes, no = said("Yes.", 0, each=100), said("No.", 120, each=100)
    assert len(cues(alignment(line(yes, "A", "1"), line(no, "B", "1")))) == 2
    assert len(cues(alignment(line(yes, "A", "1"), line(no, "A", "2")))) == 2
    assert [cue.speaker for cue in cues(alignment(line(yes, "A"), line(no, None, "2")))] == ["A", None]


def test_a_long_pause_parts_a_line_wherever_it_falls() -> None:
    words = said("We want to say that the answer is no.", 0, pauses={"the": DEFAULT.longest_pause})
    assert texts(cues(alignment(line(words)))) == [("We want to say that the",), ("answer is no.",)]


def test_a_line_longer_than_the_longest_duration_is_parted() -> None:
    made = cues(alignment(line(said("One two three four five six seven eight.", 0, each=1_500))))
    assert len(made) > 1
    assert all(cue.span.duration <= 7_000 for cue in made)


def test_a_word_that_takes_longer_than_a_cue_may_last() -> None:
    (cue,) = cues(alignment(line([("Ooooooh!", 1_000, 20_000)])))
    assert cue.span == TimeSpan(1_000, 8_000)


def test_lines_that_were_not_spoken_have_no_cue_and_part_the_others() -> None:
    made = cues(
        alignment(
            line(said("Yes.", 0)),
            line(said("We left this out.", 0), spoken=False),
            line(said("No.", 350)),
        )
    )
    assert texts(made) == [("Yes.",), ("No.",)]


def test_words_without_a_time_stand_with_their_neighbours() -> None:
    dash = [*said("We did it", 0), ("–", None, None), *said("and how we did it", 1_100)]
    assert texts(cues(alignment(line(dash)))) == [("We did it – and how we did it",)]
    unknown: list[Timed] = [
        ("[inaudible]", None, None),
        *said("from Jeunes", 2_000),
        ("[inaudible],", None, None),
    ]
    (cue,) = cues(alignment(line(unknown)))
    assert cue.lines == ("[inaudible] from Jeunes [inaudible],",)
    assert cue.span.start == 2_000


def test_a_dash_never_opens_a_line() -> None:
    words = said("This is the highest level of spending that we have had", 0)
    words += [("–", None, None), *said("and so it must remain from now on.", 4_500)]
    made = cues(alignment(line(words)))
    assert not any(text.startswith("–") for cue in made for text in cue.lines)


def test_a_line_whose_words_have_no_times_is_shared_out() -> None:
    text = "A line of which the engine knows where it stands, but of its words it does not know that at all."
    bare = line([(word, None, None) for word in text.split()])
    made = cues(
        alignment(replace(bare, status=Status.INTERPOLATED, span=TimeSpan(1_000, 7_600), confidence=0.5))
    )
    assert len(made) == 2
    assert made[0].span.start == 1_000
    assert 3_000 < made[1].span.start < 6_000
    assert words_of(made) == text.split()


def test_a_run_of_words_without_times_shares_the_silence_around_it() -> None:
    missing = [
        (word, None, None) for word in ("So what was skipped here is quite a bit of text. " * 6).split()
    ]
    made = cues(alignment(line([("Begin.", 0, 500), *missing, *said("And the end.", 20_000)])))
    assert all(cue.span.duration >= LEAST for cue in made)
    assert made[-1].span.start == 20_000


def test_dcmp_names_the_speaker_on_a_line_above_his_words() -> None:
    words = said("We want peace, and we will have it for all of us.", 1_000)
    made = cues(
        alignment(line(words, "Rosa Balfour", "1"), line(said("Yes.", 9_000), "Mark Rutte", "2")),
        named_style("dcmp"),
        labels=Labels.ALL,
    )
    assert [cue.shown for cue in made if cue.label] == [
        ("(Rosa Balfour)", "We want peace,"),
        ("(Mark Rutte)", "Yes."),
    ]
    assert all(len(cue.shown) <= 2 for cue in made)


def test_no_cue_begins_or_ends_with_a_leftover_where_there_is_another_way() -> None:
    words = said(
        "We bought ships, planes, tanks, etc. So it is crucial that we go on. Now we all know that.", 0
    )
    for lines in texts(cues(alignment(line(words)))):
        assert not lines[0].startswith("etc.")
        assert not lines[-1].endswith((" So", " Now"))


def test_a_word_longer_than_a_line_has_a_line_of_its_own() -> None:
    url = "https://www.nato.int/cps/en/natohq/opinions_231348.htm?selectedLocale=en"
    made = cues(alignment(line(said(f"You find it all at {url} from today.", 0, each=500))))
    assert (url,) in texts(made) or any(url in cue.lines for cue in made)
    assert words_of(made) == f"You find it all at {url} from today.".split()


def test_nothing_timed_makes_no_cues() -> None:
    assert cues(alignment()) == ()
    assert cues(alignment(line(said("Nothing of this.", 0), spoken=False))) == ()


def test_another_style_and_an_unknown_language() -> None:
    rules = (rule(Kind.LINES, 1), rule(Kind.LINE_LENGTH, 32))
    style = Style("house", "A house's", "", rules)
    text = "Der Haushalt wird sich in diesem Jahr, wenn nichts geschieht, noch einmal verdoppeln."
    made = cues(alignment(line(said(text, 0)), language="xx"), style)
    assert words_of(made) == text.split()
    assert all(len(cue.lines) == 1 and len(cue.lines[0]) <= 32 for cue in made)


def test_cues_pickle() -> None:
    made = cues(alignment(line(said("Thank you.", 0))))
    assert pickle.loads(pickle.dumps(made)) == made


WORDS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=14) | st.sampled_from(
    ["the", "of", "and", "yes.", "no,", "Mr.", "–", "[inaudible]", "x" * 42, "x" * 43, "y" * 90]
)
NARROW = WORDS.filter(lambda word: not any(map(is_wide, word)))
"""Words that no line parts."""


@st.composite
def events(draw: st.DrawFn, words_of_text: st.SearchStrategy[str] = WORDS) -> Alignment:
    """Lines as an engine that works leaves them: times run forward, some words and lines have none."""
    clock = draw(st.integers(0, 5_000))
    lines = []
    for _ in range(draw(st.integers(1, 6))):
        spoken = draw(st.integers(0, 5)) > 0
        words: list[Timed] = []
        for text in draw(st.lists(words_of_text, min_size=1, max_size=40)):
            if draw(st.integers(0, 9)) == 0:
                words.append((text, None, None))
                continue
            clock += draw(st.just(0) | st.integers(0, 800) | st.integers(0, 6_000))
            end = clock + draw(st.integers(1, 900) | st.integers(1, 9_000))
            words.append((text, clock, end))
            clock = end
        who = draw(st.sampled_from("AB"))
        lines.append(line(words, speaker=who, turn=who, spoken=spoken))
    return alignment(*lines, duration=clock + draw(st.integers(0, 3_000)))


@given(events())
def test_every_timed_word_is_shown_once_and_in_order(event: Alignment) -> None:
    assert same_words(words_of(cues(event)), timed_words(event))


@given(events())
def test_lines_fit(event: Alignment) -> None:
    for cue in cues(event):
        assert 1 <= len(cue.lines) <= 2
        assert all(len(text) <= 42 or " " not in text for text in cue.lines)


@given(events())
def test_cues_run_forward_with_a_gap_and_keep_their_durations(event: Alignment) -> None:
    made = cues(event)
    for cue, following in itertools.pairwise(made):
        room = following.span.start - cue.span.start
        assert room >= 1
        assert following.span.start - cue.span.end >= min(GAP, room - 1)
        assert cue.span.duration >= max(1, min(LEAST, room - GAP))
    assert all(1 <= cue.span.duration <= MOST for cue in made)
    for cue in made[-1:]:
        room = event.recording.duration - cue.span.start
        assert cue.span.duration >= min(LEAST, max(1, room))


@given(events(NARROW))
def test_cues_stand_with_their_words(event: Alignment) -> None:
    """One speaker each; in with the first word; there to the end of the last; no long pause inside."""
    shown = [(line.speaker, word) for line in event.lines if line.span is not None for word in line.words]
    # A cue may end between two full-width characters of one word.
    assume(not any(is_wide(letter) for _, word in shown for letter in word.text))
    made = cues(event)
    at = 0
    for number, cue in enumerate(made):
        count = len(words_of([cue]))
        speakers, words = zip(*shown[at : at + count], strict=True)
        at += count
        assert set(speakers) == {cue.speaker}
        spans = [word.span for word in words if word.span is not None]
        for before, after in itertools.pairwise(word.span for word in words):
            if before is not None and after is not None:
                assert after.start - before.end < DEFAULT.longest_pause
        first = words[0].span
        if first is not None and (at == count or shown[at - count - 1][1].span is not None):
            # Words without a time that crowd in before may push it, by a millisecond a cue. Two frames off are on time
            # by the guide; a little more is taken where nothing else gives time to read.
            push = sum(word.span is None for _, word in shown)
            assert first.start - GAP - REACH <= cue.span.start <= first.start + push + GAP + REACH
        if spans:
            latest = cue.span.start + MOST
            if number + 1 < len(made):
                latest = min(latest, made[number + 1].span.start - GAP)
            # By the least gap it may go sooner, where the gap would flicker and cannot be closed.
            assert cue.span.end >= min(spans[-1].end, latest) - GAP


@st.composite
def wrecks(draw: st.DrawFn) -> Alignment:
    """Documents that the schema allows and no engine should write: times back and forth, of no length."""
    times = st.none() | st.tuples(st.integers(0, 20_000), st.integers(0, 3_000))
    lines = []
    for _ in range(draw(st.integers(0, 5))):
        words = draw(st.lists(st.tuples(WORDS, times), min_size=1, max_size=15))
        spans = [None if time is None else TimeSpan(time[0], sum(time)) for _, time in words]
        where = draw(times)
        lines.append(
            AlignedLine(
                id="1",
                turn=draw(st.sampled_from("12")),
                speaker=draw(st.sampled_from(["A", None])),
                text=" ".join(text for text, _ in words),
                status=Status.PARTIAL,
                span=None if where is None else TimeSpan(where[0], sum(where)),
                confidence=None if where is None else 0.5,
                words=tuple(
                    AlignedWord(text, Status.MATCHED, span, None if span is None else 0.5)
                    for (text, _), span in zip(words, spans, strict=True)
                ),
            )
        )
    return alignment(*lines, duration=draw(st.integers(0, 20_000)))


@given(wrecks())
def test_a_wrong_alignment_still_gives_captions_that_can_be_written(event: Alignment) -> None:
    made = cues(event)
    assert same_words(words_of(made), timed_words(event))
    assert all(1 <= cue.span.duration <= MOST for cue in made)
    assert all(cue.span.end <= following.span.start for cue, following in itertools.pairwise(made))


@given(
    events(),
    st.sampled_from(style_names()),
    st.sampled_from([None, Fraction(25), Fraction(30000, 1001)]),
    st.sampled_from([Labels.NONE, *Labels, Labels.ALL]),
)
def test_every_style_keeps_the_words_and_never_overlaps(
    event: Alignment, name: str, rate: Fraction | None, labels: Labels
) -> None:
    style = replace(named_style(name), dialogue="")
    made = cues(event, style, Video(rate), labels)
    assert same_words(words_of(made), timed_words(event))
    assert all(cue.span.duration >= 1 for cue in made)
    assert all(before.span.end <= after.span.start for before, after in itertools.pairwise(made))
    for cue in made:
        assert len(cue.shown) <= style.max_lines
        # A word, or a label with a word, may be longer than a line; nothing else is.
        for number, text in enumerate(cue.shown):
            words = text.removeprefix(cue.label).split() if number == 0 else text.split()
            assert len(text) <= style.max_line_length or len(words) == 1


def test_a_label_stands_where_no_colour_tells_who_speaks() -> None:
    names = ["Anna Reed", "Ben Ash", "Cleo Day", "Dan Fox", "Eve Gray", "Finn Hall", "Anna Reed", "Ben Ash"]
    lines = [
        line(said("We will see what the winter brings us.", 4000 * at, 350), name, str(at))
        for at, name in enumerate(names)
    ]
    made = cues(alignment(*lines), named_style("bbc"), labels=Labels.NEEDED)
    assert [cue.label for cue in made] == ["", "", "", "", "EVE GRAY:", "FINN HALL:", "ANNA REED:", ""]
    plain = cues(alignment(*lines), named_style("netflix"), labels=Labels.SOUNDS)
    assert all(cue.label == "" for cue in plain)


@given(events(), st.sampled_from(["bbc", "dcmp", "netflix"]), st.sampled_from([Labels.NONE, Labels.ALL]))
def test_words_are_lit_in_their_order_and_within_their_cue(
    event: Alignment, name: str, labels: Labels
) -> None:
    for cue in cues(event, named_style(name), labels=labels):
        parts = word_by_word(cue)
        assert "".join(text for _, text in parts) == cue.text
        times = [time for time, _ in parts]
        assert times == sorted(times)
        assert cue.span.start <= times[0]
        assert times[-1] <= cue.span.end


def test_a_word_is_lit_when_it_is_said() -> None:
    made = cues(alignment(line(said("We will see what the winter brings us.", 1_000, 400), "Anna Reed")))
    captions = Captions(made, "en", highlighted=True)
    vtt, ass = (FORMATS[name].write(captions).decode() for name in ("vtt", "ass"))
    assert "<v Anna Reed>We <00:00:01.400>will <00:00:01.800>see" in vtt
    assert "::cue(:future)" in vtt
    assert r"{\k40}We {\k40}will {\k40}see" in ass
    for name, text in (("vtt", vtt), ("ass", ass)):
        read = FORMATS[name].read
        assert read is not None
        assert [cue.lines for cue in read(text.encode()).cues] == [cue.lines for cue in made]


def test_lines_on_channels_are_shown_in_the_order_in_which_they_begin() -> None:
    left = line(said("I said that we would wait for them.", 2000, 400), "A", "1")
    unheard = line([("Never", None, None)], "A", "1", spoken=False)
    right = line(said("Would we?", 1000), "B", "2")
    later = line(said("Yes.", 9000), "A", "3")
    on = [
        replace(one, channel=channel)
        for one, channel in zip((left, unheard, right, later), (1, None, 2, 1), strict=True)
    ]
    shown = cues(alignment(*on))
    assert [" ".join(cue.lines) for cue in shown] == [
        "Would we?",
        "I said that we would wait for them.",
        "Yes.",
    ]
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(shown))
