"""aeneas for real on the bundled example, and what surrounds it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.align.acoustic.features import SAMPLE_RATE
from asdelivered.align.aligner import align
from asdelivered.align.document.alignment import Status
from asdelivered.align.engines import make_engine
from asdelivered.align.engines.aeneas import read_aloud, warp, warping_shift, why_missing
from asdelivered.align.engines.engine import EngineOptions
from asdelivered.align.errors import AlignError
from asdelivered.base.progress import Observer
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.read import parse_transcript

needs_aeneas = pytest.mark.skipif(bool(why_missing()), reason=why_missing() or "aeneas is here")


@needs_aeneas
def test_the_example_is_timed_where_it_is_said(
    harbour: Transcript, harbour_sound: Recording, harbour_truth: dict[str, Any]
) -> None:
    found = align(harbour, harbour_sound, 2, Observer(), make_engine("aeneas", EngineOptions()))
    assert found.engine.name == "aeneas"
    lines = list(zip(found.lines, harbour_truth["lines"], strict=True))
    assert [line.status for line, true in lines if not true["spoken"]] == [Status.UNSPOKEN]
    near = [
        line.span is not None and abs(line.span.start / 1000 - true["start"]) <= 0.1
        for line, true in lines
        if true["spoken"]
    ]
    assert np.mean(near) >= 0.95


BIOLOGY = (
    "Photosynthesis converts sunlight into chemical energy inside chloroplasts.",
    "Enzymes then assemble glucose molecules from carbon dioxide.",
    "Mitochondria release that stored potential through oxidative phosphorylation.",
    "Every membrane regulates which ions may cross it, and when.",
    "A nucleus keeps the genome wound around millions of proteins.",
    "Before a cell divides, both strands are copied letter by letter.",
    "Errors are found and mended by a whole family of enzymes.",
    "What they overlook is passed on, and now and then it is of use.",
    "Selection acts on organisms, yet it is molecules that are inherited.",
    "Bacteria exchange rings of genetic material with their neighbours.",
    "Viruses carry no metabolism of their own, and borrow that of a host.",
    "Fungi digest their food outside of the body before they absorb it.",
)


def page_of(lines: Sequence[str], name: str) -> Transcript:
    return parse_transcript("\n".join(lines), path=name, sha256="0" * 64, language="en")


@needs_aeneas
def test_a_text_of_something_else_is_refused(harbour_sound: Recording) -> None:
    with pytest.raises(AlignError, match=r"next to nothing of biology\.txt is heard"):
        align(
            page_of(BIOLOGY * 2, "biology.txt"),
            harbour_sound,
            2,
            Observer(),
            make_engine("aeneas", EngineOptions()),
        )


@needs_aeneas
def test_what_was_made_up_in_the_middle_has_no_times(
    harbour_sound: Recording, harbour_truth: dict[str, Any]
) -> None:
    true = harbour_truth["lines"]
    texts = [line["text"] for line in true]
    page = page_of([*texts[:14], *BIOLOGY, *texts[14:]], "page.txt")
    found = align(page, harbour_sound, 2, Observer(), make_engine("aeneas", EngineOptions()))
    assert [line.text.strip() for line in found.lines[14:26]] == list(BIOLOGY)
    words = [word for line in found.lines[14:26] for word in line.words]
    assert np.mean([word.span is not None for word in words]) < 0.05
    kept = zip([*found.lines[:14], *found.lines[26:]], true, strict=True)
    off = [abs(line.span.start / 1000 - one["start"]) for line, one in kept if line.span and one["spoken"]]
    # The warping does not always find back after so much of it; then there are no times either, and none is wrong.
    assert len(off) >= 0.4 * len(true)
    assert np.mean(np.array(off) <= 0.1) >= 0.95


@needs_aeneas
def test_text_lies_on_its_own_sound_in_the_middle_of_silence() -> None:
    lines = [("the", "harbour", "is", "open"), ("ships", "may", "enter", "from", "the", "north")]
    spoken, starts = read_aloud("en", lines)
    quiet = np.zeros(5 * SAMPLE_RATE, np.int16)
    words = warp("en", lines, np.concatenate([quiet, spoken, quiet]))
    assert [word.word for word in words] == [word for line in lines for word in line]
    off = [word.start / 100 - 5 - start for word, start in zip(words, starts, strict=True)]
    assert max(map(abs, off)) < 0.3


def test_each_word_begins_after_the_one_before_it() -> None:
    spoken, starts = read_aloud("de", [("guten", "morgen"), ("willkommen",)])
    assert len(starts) == 3
    assert starts[0] == 0.0 < starts[1] < starts[2] < len(spoken) / SAMPLE_RATE
    assert 1.0 < len(spoken) / SAMPLE_RATE < 4.0


@given(seconds=st.floats(0.1, 50_000), reading=st.floats(0.1, 50_000), memory=st.floats(1e6, 1e9))
def test_the_memory_of_the_warping_is_bounded(seconds: float, reading: float, memory: float) -> None:
    shift = warping_shift(seconds, reading, memory)
    assert shift >= 0.04
    assert (seconds / shift) * (min(400.0, reading) / shift) * 8 <= memory
