"""Whether a text and a recording belong together, by planted anchors."""

import pytest

from asdelivered.align.anchors import Anchor, Anchors
from asdelivered.align.pipeline import _belong_together
from asdelivered.align.script import write_script
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.transcripts.read import parse_transcript

WORDS = 400


@pytest.mark.parametrize(
    ("lengths", "belong"),
    [
        ((30, 20), True),
        ((6,) * 9, True),  # in pieces, but a good part
        ((24,), True),  # a quote within a long programme
        ((8, 9, 6), False),
        ((6, 3, 3, 3, 4, 5, 6, 5), False),  # what is made up over a bad line
        ((), False),
    ],
)
def test_long_anchors_or_many_prove_that_the_text_was_said(lengths: tuple[int, ...], belong: bool) -> None:
    text = " ".join(["harbour"] * WORDS)
    script = write_script(parse_transcript(text, path="page.txt", sha256="", language="en"))
    heard = tuple(RecognisedWord("harbour", 30 * at, 30 * at + 20) for at in range(WORDS))
    starts = [sum(lengths[:at]) for at in range(len(lengths))]
    runs = tuple(Anchor(start, start, length) for start, length in zip(starts, lengths, strict=True))
    assert _belong_together(script, Anchors(heard, runs, 0)) is belong
