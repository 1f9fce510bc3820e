"""A day of speech is captioned while one fetches coffee, and twice as much takes twice as long."""

import random
import time
import tracemalloc
from cProfile import Profile
from pstats import Stats

from HanTa.HanoverTagger import HanoverTagger
from test_cues import alignment, line

from asdelivered.align.document.alignment import AlignedLine, Alignment
from asdelivered.subtitles.cues import cues


def words_of(text: str) -> list[str]:
    return text.split()


SYLLABLES = words_of("ba co di fu ga he ji ko lu ma ne po qui ra so tu ve wi xa yo zu ment tion ing ed")
COMMON = words_of(
    "the a of to in and that is was we you they it for on with as but because which not have will"
)


def talk(words: int, seed: int) -> Alignment:
    """Random speech: half of it common words, the rest made up, so that no tagger has seen it; 160 words a minute."""
    random.seed(seed)
    clock, lines = 0, []
    made: list[tuple[str, int | None, int | None]] = []
    total = 0
    while total < words:
        text = (
            random.choice(COMMON)
            if random.random() < 0.5
            else "".join(random.choices(SYLLABLES, k=random.randint(1, 4)))
        )
        total += 1
        ends = random.random()
        text += "." if ends < 0.06 else "," if ends < 0.12 else ""
        length = random.randint(120, 500)
        made.append((text, clock, clock + length))
        clock += length + (600 if ends < 0.06 else 0)
        if ends < 0.02 or total == words:
            lines.append(_line(made, len(lines)))
            made = []
    return alignment(*lines, duration=clock + 1000)


def _line(words: list[tuple[str, int | None, int | None]], number: int) -> AlignedLine:
    return line(words, turn=str(number // 5))


def processor_time(words: int, seed: int) -> float:
    event = talk(words, seed)
    began = time.process_time()
    made = cues(event)
    taken = time.process_time() - began
    assert sum(len(text.split()) for cue in made for text in cue.lines) == words
    return taken


def library_time(words: int, seed: int) -> float:
    """Return the processor seconds in which the tagger's library itself, with its own searches, tags such speech."""
    event = talk(words, seed)
    tagger = HanoverTagger("morphmodel_en.pgz")
    began = time.process_time()
    for spoken in event.lines:
        tagger.tag_sent([word.text for word in spoken.words])
    return time.process_time() - began


def calls_for(words: int) -> int:
    """Return how many calls it takes to caption such speech."""
    event = talk(words, words)
    with Profile() as profile:
        cues(event)
    return Stats(profile).total_calls  # type: ignore[attr-defined]


def test_captions_of_twice_as_many_words_take_twice_as_many_calls() -> None:
    processor_time(1_000, 0)  # the tagger loads
    assert calls_for(8_000) < 2.4 * calls_for(4_000)


def test_captions_take_less_time_than_the_library_takes_to_tag_the_words() -> None:
    """With more unknown words than any speech has; the best of three pairs, since a machine does other things, too.

    The models are larger than what a processor keeps at hand, and how quick memory is differs most. Measured: 0.55 to
    0.67, and 5 to 9 s for a hundred thousand words; with those of real speech it is about three.
    """
    processor_time(1_000, 0)  # the tagger loads
    pairs = [(processor_time(5_000, seed), library_time(1_000, seed)) for seed in (1, 2, 3)]
    assert min(ours / 5 / library for ours, library in pairs) < 0.9


def test_a_word_longer_than_a_line_costs_no_memory() -> None:
    """What a cue may hold is looked at, however long one word is: not every run of words."""
    words: list[tuple[str, int | None, int | None]] = [("a", 100 * at, 100 * at + 90) for at in range(3_000)]
    words[1_500] = ("x" * 90, 150_000, 150_090)
    event = alignment(line(words, turn="1"), duration=400_000)
    cues(alignment(line(words[:10], turn="1")))  # the tagger loads
    tracemalloc.start()
    try:
        made = cues(event)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sum(len(text.split()) for cue in made for text in cue.lines) == 3_000
    assert peak < 60 << 20
