"""Scripts without blanks between words: a sentence is one word of the page, and is heard phrase by phrase."""

from dataclasses import replace

import numpy as np
import pytest

from asdelivered.align.aligner import align
from asdelivered.align.document.alignment import AlignedWord, Alignment, Phrase, Status
from asdelivered.align.document.alignment_json import from_json, to_json
from asdelivered.align.document.pins import Pin
from asdelivered.align.engines.aeneas import read_aloud
from asdelivered.align.errors import AlignError
from asdelivered.align.pinning import find_pinned
from asdelivered.align.realignment import align_again
from asdelivered.align.script import write_script
from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan
from asdelivered.media.recording import Recording, open_recording
from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.read import parse_transcript

RATE = 16_000
PAGE = (
    "各位来宾，女士们，先生们，大家早上好。感谢大家今天来到这里参加我们的会议。",
    "去年冬天对我们的港口来说非常困难。五个星期里我们遇到了三次大风暴。",
    "首先，我们要重建北码头，让它更高更宽。谢谢大家，下面请记者提问。",
)


@pytest.fixture(scope="module")
def transcript() -> Transcript:
    return parse_transcript("\n\n".join(PAGE), path="page.txt", sha256="0" * 64, language="zh")


@pytest.fixture(scope="module")
def said() -> tuple[np.ndarray, list[tuple[float, float]]]:
    """The page read by espeak-ng, in a quiet room, and the seconds of each line."""
    noise = np.random.default_rng(1)
    pieces = [noise.normal(0, 3, RATE)]
    times = []
    for line in PAGE:
        sound, _ = read_aloud("zh", [[line]])
        loud = np.flatnonzero(np.abs(sound) > 60)
        voice = sound[loud[0] : loud[-1] + 1].astype(np.float64)
        start = sum(map(len, pieces)) / RATE
        times.append((start, start + len(voice) / RATE))
        pieces += [voice * 2000.0 / np.sqrt(np.mean(voice**2)), noise.normal(0, 3, round(0.8 * RATE))]
    return np.clip(np.concatenate(pieces), -32768, 32767).astype(np.int16), times


@pytest.fixture(scope="module")
def recording(said, write_tracks, make_track, tmp_path_factory) -> Recording:
    path = tmp_path_factory.mktemp("chinese") / "event.mka"
    return open_recording(write_tracks(path, [make_track(said[0][:, None], None)], False))


@pytest.fixture(scope="module")
def alignment(transcript: Transcript, recording: Recording) -> Alignment:
    return align(transcript, recording, 2)


def test_each_line_is_where_it_is_said(alignment: Alignment, said) -> None:
    for line, (start, end) in zip(alignment.lines, said[1], strict=True):
        assert line.status is Status.MATCHED
        assert line.span is not None
        assert abs(line.span.start / 1000 - start) < 0.2
        assert abs(line.span.end / 1000 - end) < 0.2
        # It stays one word, as it is on the page.
        assert [word.text for word in line.words] == [line.text]
        assert line.words[0].span is not None
        assert line.span.overlap(line.words[0].span) > 0.9 * line.span.duration
    assert [line.text for line in alignment.lines] == list(PAGE)
    assert alignment.untranscribed == ()


def test_a_pin_of_the_word_holds_its_first_and_its_last_phrase(
    alignment: Alignment, transcript: Transcript, recording: Recording
) -> None:
    line = alignment.lines[1]
    assert line.span is not None
    pin = Pin(line.id, line.text, word=1, start=line.span.start + 50, end=line.span.end - 50)
    script = write_script(transcript)
    resolved = find_pinned([pin], script)
    numbers = [number for number, token in enumerate(script.tokens) if token.line == 1]
    assert resolved.starts == {numbers[0]: pin.start}
    assert resolved.ends == {numbers[-1]: pin.end}
    again = align_again(alignment, transcript, recording, [pin], 2, Observer())
    assert again.lines[1].words[0].span is not None
    assert (again.lines[1].words[0].span.start, again.lines[1].words[0].span.end) == (pin.start, pin.end)
    for number in (0, 2):
        assert again.lines[number].span == alignment.lines[number].span
    with pytest.raises(AlignError, match="which has 1 word"):
        find_pinned([Pin(line.id, line.text, word=2, start=1000)], script)


def test_each_phrase_has_its_time(alignment: Alignment) -> None:
    for line in alignment.lines:
        assert line.span is not None
        (word,) = line.words
        phrases = word.timed_phrases
        assert len(phrases) > 10
        assert "".join(phrase.text for phrase in phrases) == line.text
        # Sentences are said as fast as their characters are many, and a pause stands between the two.
        (middle,) = [phrase for phrase in phrases[:-1] if phrase.text.endswith("。")]
        assert 0.3 < (middle.span.end - line.span.start) / line.span.duration < 0.7
    assert from_json(to_json(alignment)) == rounded(alignment)


def rounded(alignment: Alignment) -> Alignment:
    """Return an alignment as its document has it."""
    lines = tuple(
        replace(
            line,
            confidence=round(line.confidence or 0.0, 3),
            words=tuple(replace(word, confidence=round(word.confidence or 0.0, 3)) for word in line.words),
        )
        for line in alignment.lines
    )
    return replace(alignment, lines=lines)


def test_phrases_of_a_word_that_was_moved_or_changed_count_for_nothing() -> None:
    phrases = (Phrase("我们", TimeSpan(100, 300)), Phrase("今天。", TimeSpan(400, 700)))
    word = AlignedWord("我们今天。", Status.MATCHED, TimeSpan(100, 700), 0.9, phrases)
    assert word.timed_phrases == phrases
    for changed in (
        replace(word, text="我们明天。"),
        replace(word, span=TimeSpan(200, 800)),
        replace(word, span=None, confidence=None, status=Status.UNSPOKEN),
        replace(word, phrases=phrases[::-1]),
    ):
        assert changed.timed_phrases == ()
