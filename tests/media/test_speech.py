import itertools
import json
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from asdelivered.base.processes import processes
from asdelivered.base.span import TimeSpan
from asdelivered.media.decode import decode_speech
from asdelivered.media.recording import open_recording
from asdelivered.media.speech import (
    WINDOW_MS,
    SpeechDetector,
    SpeechThresholds,
    speech_probabilities,
    speech_spans,
)

BARE = SpeechThresholds(onset=0.5, offset=0.3, min_speech=0, min_silence=0, padding=0)


def probabilities(*values):
    return np.array(values, dtype=np.float32)


def covered(spans, milliseconds):
    """The share of `milliseconds` (numbers) inside the spans."""
    edges = np.array([edge for span in spans for edge in (span.start, span.end)])
    return float(np.mean(np.searchsorted(edges, milliseconds, side="right") % 2))


def within(stretches):
    return np.concatenate([np.arange(round(start * 1000), round(end * 1000)) for start, end in stretches])


@pytest.fixture(scope="module")
def excerpt(corpus):
    """The first 240 s of an event in a hall, its probabilities, and what is heard when."""
    blocks = list(decode_speech(open_recording(corpus / "excerpt-2997df-tc1h.mov")))
    truth = json.loads((corpus / "event-hall.truth.json").read_text("utf-8"))
    return blocks, speech_probabilities(blocks), truth


def test_speech_is_found_and_music_and_applause_are_not(excerpt):
    _, found, truth = excerpt
    spans = speech_spans(found, 240_000)
    lines = [(line["start"], line["end"]) for line in truth["lines"] if line["spoken"] and line["end"] < 240]
    sounds = [(start, end) for kind, start, end in truth["sounds"] if end < 240]
    assert len(lines) > 10
    assert len(sounds) == 2
    assert covered(spans, within(lines)) > 0.94  # pauses within a line are no speech
    assert covered(spans, within(sounds)) < 0.05


def test_blocks_may_be_cut_anywhere(excerpt):
    blocks, _, _ = excerpt
    sound = np.concatenate(blocks[:3])
    whole = speech_probabilities([sound])
    rng = np.random.default_rng(1)
    cuts = np.sort(rng.integers(0, len(sound), 40))
    parts = speech_probabilities(np.split(sound, cuts))
    assert len(whole) == -(-len(sound) // 512)
    np.testing.assert_allclose(parts, whole, atol=1e-4)


@pytest.mark.parametrize("size", [160_000, 5_000, 400_000])
def test_other_processes_find_the_same_speech(size):
    rng = np.random.default_rng(2)
    sound = (rng.normal(0, 900, 900_000) * (rng.random(900_000) < 0.5)).astype(np.int16)
    alone = SpeechDetector()
    with processes(2) as pool:
        shared = SpeechDetector(pool)
        for start in range(0, len(sound), size):
            alone.add(sound[start : start + size])
            shared.add(sound[start : start + size])
            shared.advance()
        np.testing.assert_allclose(shared.probabilities(), alone.probabilities(), atol=1e-4)


def test_silence_is_no_speech():
    found = speech_probabilities([np.zeros(160_000, dtype=np.int16)])
    assert found.dtype == np.float32
    assert len(found) == 313
    assert speech_spans(found, 10_000) == ()


@pytest.mark.parametrize(("samples", "windows"), [(0, 0), (1, 1), (512, 1), (513, 2)])
def test_the_last_window_counts(samples, windows):
    assert len(speech_probabilities([np.zeros(samples, dtype=np.int16)])) == windows


def test_nothing_at_all():
    assert len(speech_probabilities([])) == 0
    assert speech_spans(probabilities(), 0) == ()


def test_the_recogniser_stays_unloaded():
    program = "import sys, numpy; from asdelivered.media.speech import speech_probabilities as found; "
    program += "found([numpy.zeros(512, numpy.int16)]); sys.exit('faster_whisper' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_hysteresis():
    found = probabilities(0.1, 0.4, 0.6, 0.4, 0.1, 0.4, 0.4, 0.1, 0.9)
    assert speech_spans(found, 9 * WINDOW_MS, BARE) == (
        TimeSpan(1 * WINDOW_MS, 4 * WINDOW_MS),
        TimeSpan(8 * WINDOW_MS, 9 * WINDOW_MS),
    )


def test_short_silences_are_bridged_and_short_speech_is_dropped():
    thresholds = SpeechThresholds(min_speech=100, min_silence=64, padding=0)
    found = probabilities(1, 1, 0, 1, 1, 0, 0, 1, 0, 0)
    assert speech_spans(found, 320, thresholds) == (TimeSpan(0, 160),)


def test_padding_stays_inside_the_recording():
    thresholds = SpeechThresholds(min_speech=0, min_silence=200, padding=100)
    found = probabilities(*[1] * 10)
    assert speech_spans(found, 310, thresholds) == (TimeSpan(0, 310),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"onset": 0.2, "offset": 0.3},
        {"onset": 1.1},
        {"offset": 0.0},
        {"min_speech": -1},
        {"padding": -1},
        {"padding": 200, "min_silence": 300},
    ],
)
def test_thresholds_out_of_range(wrong):
    with pytest.raises(ValueError, match=r"not|negative"):
        SpeechThresholds(**wrong)


@st.composite
def any_thresholds(draw):
    onset = draw(st.floats(0.1, 1.0))
    padding = draw(st.integers(0, 200))
    return SpeechThresholds(
        onset=onset,
        offset=draw(st.floats(0.05, onset)),
        min_speech=draw(st.integers(0, 300)),
        min_silence=2 * padding + draw(st.integers(0, 500)),
        padding=padding,
    )


@given(
    hnp.arrays(np.float32, st.integers(0, 200), elements=st.floats(0, 1, width=32)),
    st.integers(-40, 40),
    any_thresholds(),
)
def test_spans_are_in_order_apart_and_inside(found, odd, thresholds):
    duration = max(0, len(found) * WINDOW_MS + odd)
    spans = speech_spans(found, duration, thresholds)
    assert all(0 <= span.start < span.end <= duration for span in spans)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))


@given(hnp.arrays(np.float32, st.integers(1, 200), elements=st.floats(0, 1, width=32)), any_thresholds())
def test_speech_lies_in_a_span_and_silence_in_none(found, thresholds):
    """Without a least length of speech, every window at the onset is in; far from any, every one is out."""
    kept = SpeechThresholds(
        thresholds.onset, thresholds.offset, 0, thresholds.min_silence, thresholds.padding
    )
    spans = speech_spans(found, len(found) * WINDOW_MS, kept)
    middles = np.arange(len(found)) * WINDOW_MS + WINDOW_MS // 2
    for window in np.flatnonzero(found >= kept.onset):
        assert covered(spans, middles[window : window + 1]) == 1
    if not (found >= kept.onset).any():
        assert spans == ()
