"""Quotes in a small event: two speakers, a line that was not spoken, words that were not heard."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from asdelivered.align.document.excerpt import excerpt
from asdelivered.align.document.quotes import Choice, Quote, find_quotes, index_alignment, nearest_quote
from asdelivered.base.span import TimeSpan

ROSA, MARK = "Rosa Balfour", "Mark Rutte"


def line(
    number: int, speaker: str | None, text: str, start: int | None, confidence: float = 0.95
) -> AlignedLine:
    """A line whose words last 200 ms and follow each other after 50 ms; a dash has no time."""
    words = []
    at = start
    for token in text.split():
        if at is None or token == "–":
            words.append(AlignedWord(token, Status.UNSPOKEN, None, None))
        else:
            words.append(AlignedWord(token, Status.MATCHED, TimeSpan(at, at + 200), confidence))
            at += 250
    spans = [word.span for word in words if word.span]
    span = TimeSpan(spans[0].start, spans[-1].end) if spans else None
    status = Status.MATCHED if span else Status.UNSPOKEN
    return AlignedLine(
        f"L{number}", f"T{number}", speaker, text, status, span, confidence if span else None, tuple(words)
    )


def event(*lines: AlignedLine, untranscribed: tuple[TimeSpan, ...] = ()) -> Alignment:
    return Alignment(
        TranscriptSource("page.txt", "a" * 64, "A title", "en"),
        RecordingSource("event.opus", "b" * 64, 60_000),
        EngineInfo("sphinx", "5.1.1", {}),
        lines,
        untranscribed,
        "2026-11-24T10:00:00+00:00",
    )


EVENT = event(
    line(1, ROSA, "Good morning. “It’s time,” she said – to shift gears now.", 1000),
    line(2, MARK, "Danger is moving towards us at full speed.", 10_000),
    line(3, MARK, "This sentence about zebras was never spoken aloud.", None),
    line(4, MARK, "We are not ready. Thank you.", 20_000, confidence=0.4),
    line(5, ROSA, "Thank you.", 30_000),
)


def one(quote: str, alignment: Alignment = EVENT) -> Quote:
    found = find_quotes(index_alignment(alignment), quote)
    assert found
    return found[0]


def test_exact_words_speaker_span_and_neighbours():
    quote = one("DANGER is moving toward us, at full speed")
    assert quote.text == "Danger is moving towards us at full speed."
    assert quote.speakers == (MARK,)
    assert quote.lines == ("L2",)
    assert quote.span == TimeSpan(10_000, 11_950)
    assert (quote.before, quote.after) == (TimeSpan(3250, 3450), TimeSpan(20_000, 20_200))
    assert quote.begins_sentence
    assert quote.ends_sentence
    assert quote.score > 0.8
    assert quote.confidence == pytest.approx(0.95)
    assert quote.edge_confidence == 0.95
    assert not quote.unheard


def test_across_lines_and_turns():
    quote = one("to shift gears now danger is moving")
    assert quote.text == "to shift gears now. Danger is moving"
    assert quote.speakers == (ROSA, MARK)
    assert quote.lines == ("L1", "L2")
    assert quote.span == TimeSpan(2500, 10_700)
    assert (quote.begins_sentence, quote.ends_sentence) == (False, False)


def test_a_sentence_may_begin_and_end_inside_a_line():
    assert one("it's time she said to shift gears now").begins_sentence
    quote = one("We are not ready")
    assert quote.begins_sentence
    assert quote.ends_sentence
    assert quote.edge_confidence == 0.4


def test_a_line_that_was_not_spoken_is_found_and_has_no_time():
    quote = one("this sentence about zebras was never spoken")
    assert (quote.span, quote.confidence, quote.edge_confidence, quote.before, quote.after) == (None,) * 5
    assert quote.unheard == 7


def test_words_that_were_not_heard_count_against_it_and_dashes_do_not():
    quote = one("full speed this sentence about zebras")
    assert quote.span == TimeSpan(11_500, 11_950)
    assert quote.unheard == 4
    assert quote.confidence == pytest.approx(0.95 * 2 / 6)
    assert one("she said – to shift gears").unheard == 0
    assert one("she said – to shift gears").confidence == pytest.approx(0.95)


def test_nothing_like_it_is_nothing():
    assert find_quotes(index_alignment(EVENT), "purple monkeys dishwasher keyboard violin") == ()
    assert find_quotes(index_alignment(EVENT), "…") == ()
    assert find_quotes(index_alignment(event()), "thank you") == ()


def test_all_places_of_a_phrase_those_that_were_heard_first():
    unheard = replace(EVENT, lines=(line(0, ROSA, "Thank you.", None), *EVENT.lines))
    found = find_quotes(index_alignment(unheard), "thank you")
    assert [quote.lines for quote in found] == [("L4",), ("L5",), ("L0",)]
    assert len(find_quotes(index_alignment(unheard), "thank you", limit=1)) == 1


def test_another_speaker_at_the_same_time_is_told():
    together = event(EVENT.lines[1], line(7, ROSA, "No no.", 11_000))
    assert one("danger is moving towards us at full speed", together).overlapped
    assert not one("danger is moving", together).overlapped
    same = event(EVENT.lines[1], line(7, MARK, "No no.", 11_000))
    assert not one("danger is moving towards us at full speed", same).overlapped


def test_on_channels_the_neighbours_are_the_nearest_in_time():
    first, second = line(1, None, "We agree on that.", 1_000), line(2, None, "Do we?", 1_200)
    later = line(3, None, "Yes we do.", 9_000)
    on = [replace(one, channel=channel) for one, channel in ((first, 1), (second, 2), (later, 1))]
    quote = one("do we", event(*on))
    assert quote.overlapped
    assert (quote.before, quote.after) == (TimeSpan(1_000, 1_200), TimeSpan(1_500, 1_700))
    alone = one("yes we do", event(*on))
    assert (alone.before, alone.after) == (TimeSpan(1_750, 1_950), None)
    assert not alone.overlapped


def test_speech_that_the_text_lacks_is_a_neighbour_or_an_interruption():
    beside = event(*EVENT.lines, untranscribed=(TimeSpan(9000, 9800), TimeSpan(12_100, 13_000)))
    quote = one("danger is moving towards us at full speed", beside)
    assert (quote.before, quote.after) == (TimeSpan(9000, 9800), TimeSpan(12_100, 13_000))
    assert not quote.interrupted
    within = event(*EVENT.lines, untranscribed=(TimeSpan(10_900, 11_200),))
    assert one("danger is moving towards us at full speed", within).interrupted


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_run_of_words_is_found_where_it_stands(data):
    """Planted: all words of the text differ, so each run has one place."""
    lengths = data.draw(st.lists(st.integers(1, 8), min_size=1, max_size=6))
    spelled = iter(spelling(number) for number in range(100))
    lines = [
        line(number, None, " ".join(next(spelled) for _ in range(length)), 5000 * number)
        for number, length in enumerate(lengths)
    ]
    indexed = index_alignment(event(*lines))
    first = data.draw(st.integers(0, sum(lengths) - 1))
    last = data.draw(st.integers(first + 1, sum(lengths)))
    words = indexed.words[first:last]
    quote = find_quotes(indexed, " ".join(word.text for word in words))[0]
    assert quote.text == " ".join(word.text for word in words)
    first_span, last_span = words[0].span, words[-1].span
    assert first_span is not None
    assert last_span is not None
    assert quote.span == TimeSpan(first_span.start, last_span.end)
    assert quote.score == 1


def spelling(number: int) -> str:
    """A word of letters, unlike any other."""
    return "".join(
        "bdfgklmnprstvz"[digit] + "aeiou"[digit % 5]
        for digit in (number // 10 + 1, number % 10, 3, number % 7)
    )


def test_an_excerpt_has_its_own_clock():
    part = excerpt(EVENT, TimeSpan(10_101, 21_001))
    assert [one.text for one in part.lines] == ["is moving towards us at full speed.", "We are not ready."]
    assert part.lines[0].words[0].span == TimeSpan(149, 349)
    assert part.lines[0].span == TimeSpan(149, 1849)
    assert part.recording.duration == 10_900
    assert part.transcript == EVENT.transcript


def test_an_excerpt_takes_its_sounds_and_extra_speech_along():
    applause = Sound(SoundKind.APPLAUSE, TimeSpan(12_000, 15_000))
    whole = replace(event(*EVENT.lines, untranscribed=(TimeSpan(9000, 10_500),)), sounds=(applause,))
    part = excerpt(whole, TimeSpan(10_000, 13_000))
    assert part.untranscribed == (TimeSpan(0, 500),)
    assert part.sounds == (Sound(SoundKind.APPLAUSE, TimeSpan(2000, 3000)),)


def test_an_excerpt_keeps_dashes_within_and_words_whose_middle_is_inside():
    part = excerpt(EVENT, TimeSpan(2150, 2650))
    assert part.lines[0].text == "said – to"
    assert part.lines[0].words[0].span == TimeSpan(100, 300)
    assert excerpt(EVENT, TimeSpan(40_000, 50_000)).lines == ()


@given(start=st.integers(0, 30_000), length=st.integers(0, 30_000))
def test_any_excerpt_lies_within_itself(start, length):
    part = excerpt(EVENT, TimeSpan(start, start + length))
    for one in part.lines:
        assert one.text.split() == [word.text for word in one.words]
        assert one.span is not None
        spans = [word.span for word in one.words if word.span]
        assert all(0 <= span.start <= span.end <= length for span in (one.span, *spans))
        assert spans[-1].end == one.span.end


def test_the_nearest_place_of_a_quote_that_is_not_surely_there():
    indexed, quote = index_alignment(EVENT), "danger never moved near people at speed"
    assert find_quotes(indexed, quote) == ()
    nearest = nearest_quote(indexed, quote)
    assert nearest is not None
    assert (nearest.text, nearest.speakers) == ("Danger is moving towards us at full speed.", (MARK,))
    assert nearest.score < 0.5
    assert nearest.differences
    assert nearest_quote(indexed, quote, Choice(speaker="Rosa")) is None
    assert nearest_quote(indexed, "purple elephants in the garden") is None
