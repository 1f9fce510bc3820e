"""Variants of the stress benchmark: each line is where its truth says, and the score counts what it says it counts."""

import numpy as np
import pytest
from floors import RATE
from stress import VARIANTS, Source, name_of, scored, table

ENDS = [(1.0, 1.8), (2.6, 3.3), (4.0, 5.1), (6.0, 6.5), (7.2, 8.0), (9.0, 9.7), (10.4, 11.0), (11.8, 12.9)]


@pytest.fixture(scope="module")
def source() -> Source:
    """Lines that are hums, each of its own pitch, in a quiet room."""
    sound = np.random.default_rng(1).normal(0, 2, 14 * RATE)
    lines = []
    for number, (start, end) in enumerate(ENDS):
        span = slice(round(start * RATE), round(end * RATE))
        sound[span] += 6000 * np.sin(2 * np.pi * (400 + 200 * number) * np.arange(len(sound[span])) / RATE)
        lines.append({"text": f"Line {number}.", "spoken": True, "start": start, "end": end})
    unspoken = {"text": "Never said.", "spoken": False, "start": None, "end": None}
    return Source("hums", "en", sound, (*lines, unspoken))


@pytest.mark.parametrize("variant", VARIANTS, ids=name_of)
def test_every_line_is_where_the_truth_says(variant, source):
    stressed = variant(source, np.random.default_rng(2))
    sound = stressed.sound[:, -1]
    for number, (start, end) in enumerate(ENDS):
        for moved in stressed.times:
            inside = sound[round(moved(start + 0.1) * RATE) : round(moved(end - 0.1) * RATE)]
            spectrum = np.abs(np.fft.rfft(inside * np.hanning(len(inside))))
            assert np.fft.rfftfreq(len(inside), 1 / RATE)[spectrum.argmax()] == pytest.approx(
                400 + 200 * number, abs=10
            )


@pytest.mark.parametrize("variant", VARIANTS, ids=name_of)
def test_the_same_seed_gives_the_same_sound(variant, source):
    one, other = (variant(source, np.random.default_rng(3)).sound for _ in range(2))
    assert np.array_equal(one, other)


def found(source: Source, spans: list) -> dict:
    return {
        "lines": [
            {
                "text": line["text"],
                "start": span and span[0],
                "end": span and span[1],
                "confidence": span and span[2],
            }
            for line, span in zip(source.lines, spans, strict=True)
        ]
    }


def test_the_score_counts_edges_misses_ghosts_and_confidence(source):
    spans: list[tuple[float, float, float] | None] = [(start, end, 0.95) for start, end in ENDS]
    spans[0] = (1.15, 1.8, 0.95)  # late by 150 ms
    spans[1] = (2.6, 3.6, 0.95)  # sure, and 300 ms off
    spans[2] = (4.0, 5.5, 0.5)  # far off, but not sure
    spans[3] = None
    outcome = scored(source, "as it is", (lambda time: time,), found(source, [*spans, (13.0, 13.5, 0.92)]))
    score = outcome.score
    assert score is not None
    assert (score.missed, score.spoken, score.ghosts, score.unspoken) == (1, 8, 1, 1)
    assert score.starts.within[1:3] == (6 / 8, 7 / 8)
    assert score.ends.within[1:3] == (5 / 8, 5 / 8)
    assert outcome.overconfident == 2
    assert "| hums | as it is | 75.0 % | 87.5 % | 62.5 % | 62.5 % | 1 of 8 | 1 of 1 | 2 |" in table([outcome])


def test_of_two_copies_either_is_right(source):
    times = (lambda time: time, lambda time: time + 14.0)
    spans = [(start + 14 * (at % 2), end + 14 * (at % 2), 0.95) for at, (start, end) in enumerate(ENDS)]
    score = scored(source, "loop", times, found(source, [*spans, None])).score
    assert score is not None
    assert score.starts.within[1] == score.ends.within[1] == 1.0
