"""What is to be checked first, and why: each planted oddness is found, and what is only figures is not odd."""

from dataclasses import replace

from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Status, without_times
from asdelivered.base.span import TimeSpan
from asdelivered.review.doubt import WORTH_A_LOOK, doubt_of, usual_rates


def line(text: str, milliseconds: int = 400, confidence: float = 0.98) -> AlignedLine:
    """A line whose words take so long each."""
    words = tuple(
        AlignedWord(word, Status.MATCHED, TimeSpan(at * milliseconds, (at + 1) * milliseconds), confidence)
        for at, word in enumerate(text.split())
    )
    span = TimeSpan(0, len(words) * milliseconds)
    return AlignedLine("L1", "T1", "Reed", text, Status.MATCHED, span, confidence, words)


USUAL = line("every fishing boat keeps its place here")
RATES = usual_rates([USUAL] * 6)


def test_a_line_that_was_heard_well_is_not_doubted():
    assert doubt_of(USUAL, RATES).size < WORTH_A_LOOK


def test_each_oddness_is_told():
    for odd, reason in (
        (without_times(USUAL), "not heard"),
        (replace(USUAL, status=Status.INTERPOLATED, confidence=0.3), "time only guessed from its neighbours"),
        (replace(USUAL, confidence=0.4), "low confidence, 0.40"),
        (line(USUAL.text, 1200), "oddly slow"),
        (line(USUAL.text, 130), "oddly fast"),
    ):
        doubt = doubt_of(odd, RATES)
        assert doubt.size >= WORTH_A_LOOK, reason
        assert doubt.reasons[0].startswith(reason)


def test_figures_are_longer_than_they_look():
    assert doubt_of(line("over Crimea back in 2014", 1000), RATES).size >= WORTH_A_LOOK
    slow_figure = line("Crimea and Georgia in 2014")
    words = (*slow_figure.words[:-1], replace(slow_figure.words[-1], span=TimeSpan(1600, 4200)))
    assert doubt_of(replace(slow_figure, words=words, span=TimeSpan(0, 4200)), RATES).size < WORTH_A_LOOK


def test_a_dash_alone_is_nothing_to_doubt():
    assert doubt_of(without_times(line("–")), RATES).reasons == ()
