"""Gaps that one engine leaves, filled by the next where that is right, on the bundled example."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pytest
from note_taker import NoteTaker

from asdelivered.align.document.alignment import AlignedLine
from asdelivered.align.engines.engine import Chunk, Engine, EngineOptions, RecognitionTask
from asdelivered.align.engines.group import EngineGroup, Fallback
from asdelivered.align.engines.sphinx import Sphinx
from asdelivered.align.errors import AlignError
from asdelivered.align.fallback import find_gaps
from asdelivered.align.job import Job
from asdelivered.align.pinning import NO_PINS, ResolvedPins
from asdelivered.align.pipeline import Pass, align_text, fill_gaps, run_pass, time_lines
from asdelivered.align.placement import Placement
from asdelivered.align.script import Script, ScriptToken, write_script
from asdelivered.align.untranscribed import find_untranscribed
from asdelivered.align.values.recognised_word import RecognisedWord
from asdelivered.align.values.recording_part import RecordingPart
from asdelivered.base.processes import processes
from asdelivered.base.progress import Observer
from asdelivered.base.span import TimeSpan
from asdelivered.media.recording import Recording
from asdelivered.transcripts.model import Transcript
from asdelivered.transcripts.read import parse_transcript

from .made_engine import MadeEngine

GAP = range(8, 12)
"""The lines that are taken out again of what was found; one of them was never said."""


@dataclass(frozen=True)
class Heard:
    """A job and its pass by the embedded engine, without the lines of the gap."""

    job: Job
    result: Pass


@pytest.fixture(scope="module")
def heard(harbour: Transcript, harbour_sound: Recording, tmp_path_factory: Any) -> Iterator[Heard]:
    script = write_script(harbour)
    sound = RecordingPart(harbour_sound)
    with processes(2) as pool:
        job = Job(script, "en", NO_PINS, sound, pool, tmp_path_factory.mktemp("work"), Observer())
        result = run_pass(Sphinx(EngineOptions()), job)
        assert result is not None
        whole = result.placement
        inside = [at for at, token in enumerate(script.tokens) if token.line in GAP]
        places = [place for at in inside if (place := whole.tokens[at])]
        tokens = tuple(None if at in inside else place for at, place in enumerate(whole.tokens))
        garbage = tuple(sorted([*whole.garbage, *((place.start, place.end) for place in places)]))
        yield Heard(job, with_placement(job, result, replace(whole, tokens=tokens, garbage=garbage)))


def with_placement(job: Job, result: Pass, placement: Placement) -> Pass:
    return replace(result, placement=placement, lines=time_lines(job, result.recognition, placement))


@dataclass
class Everything(MadeEngine):
    """An engine that hears nothing: it lays all of the text over all of the sound, as aeneas does."""

    name: str = "everything"
    wants_samples: bool = True
    time_error: int = 150
    seconds: float = 0.0

    def recognise(
        self, task: RecognitionTask, chunks: Iterable[Chunk], careful: bool
    ) -> Iterator[list[RecognisedWord]]:
        kept = list(chunks)
        assert all(len(chunk.samples) == 160 * len(chunk.frames) for chunk in kept)
        self.seconds += sum(len(chunk.frames) for chunk in kept) / 100
        words = [word for token in task.script.tokens for word in token.spoken]
        begin, end = kept[0].start, kept[-1].start + len(kept[-1].frames)
        each = (end - begin) / len(words)
        starts = [begin + round(each * at) for at in range(len(words) + 1)]
        for chunk in kept:
            yield [
                RecognisedWord(word, start - chunk.start, stop - chunk.start)
                for word, (start, stop) in zip(words, pairwise(starts), strict=True)
                if chunk.start <= start < chunk.start + len(chunk.frames)
            ]


def filled(heard: Heard, engine: Engine) -> tuple[tuple[AlignedLine, ...], tuple[AlignedLine, ...]]:
    """The lines before, and after `engine` was tried in their gaps."""
    after = fill_gaps(heard.job, heard.result, "sphinx", [Fallback("everything", lambda: engine)])
    return heard.result.lines, after.lines


def test_a_gap_is_filled_where_its_text_is_said_and_nothing_else_is_touched(
    heard: Heard, harbour_truth: dict[str, Any]
) -> None:
    engine = Everything()
    before, after = filled(heard, engine)
    assert all(before[number].span is None for number in GAP)
    for number in GAP:
        line, true = after[number], harbour_truth["lines"][number]
        if not true["spoken"]:
            assert (line.span, line.engine) == (None, None)
            continue
        assert line.engine == "everything"
        assert line.span is not None
        assert abs(line.span.start - 1000 * true["start"]) <= 100
        assert abs(line.span.end - 1000 * true["end"]) <= 100
    others = [number for number in range(len(after)) if number not in range(GAP[0] - 1, GAP[-1] + 2)]
    assert [after[number] for number in others] == [before[number] for number in others]
    spans = [line.span for line in after if line.span]
    assert all(one.end <= two.start for one, two in pairwise(spans))
    # It listened to the gap alone.
    length = harbour_truth["lines"][GAP[-1] + 1]["start"] - harbour_truth["lines"][GAP[0] - 1]["end"]
    assert engine.seconds <= length + 1


def test_text_of_something_else_stays_without_a_time(heard: Heard) -> None:
    other = parse_transcript(
        "Photosynthesis converts sunlight into chemical energy inside chloroplasts.\n"
        "Enzymes then assemble glucose molecules from carbon dioxide.\n"
        "Mitochondria release that stored potential through oxidative phosphorylation.\n"
        "Every membrane regulates which ions cross it.\n",
        path="biology.txt",
        sha256="0" * 64,
        language="en",
    )
    strange = write_script(other)
    own = heard.job.script
    first = next(at for at, token in enumerate(own.tokens) if token.line == GAP[0])
    last = next(at for at, token in enumerate(own.tokens) if token.line > GAP[-1])
    moved: tuple[ScriptToken, ...] = tuple(
        replace(token, line=token.line + GAP[0]) for token in strange.tokens if token.line < len(GAP)
    )
    assert len({token.line for token in moved}) == len(GAP)
    tokens = own.tokens
    script = Script(
        (*own.lines[: GAP[0]], *strange.lines[: len(GAP)], *own.lines[GAP[-1] + 1 :]),
        (*tokens[:first], *moved, *tokens[last:]),
        own.lexicon | strange.lexicon,
    )
    placed = heard.result.placement
    placement = replace(
        placed,
        tokens=(*placed.tokens[:first], *[None] * len(moved), *placed.tokens[last:]),
        anchored=(*placed.anchored[:first], *[False] * len(moved), *placed.anchored[last:]),
    )
    engine = Everything()
    job = replace(heard.job, script=script)
    _, after = filled(Heard(job, with_placement(job, heard.result, placement)), engine)
    assert engine.seconds > 10
    assert [after[number].span for number in GAP] == [None] * len(GAP)


def unwanted() -> Engine:
    raise AssertionError("there is no gap for it")


def test_where_nobody_speaks_no_engine_is_asked(heard: Heard) -> None:
    silent = replace(heard.result, recognition=replace(heard.result.recognition, speech=()))
    after = fill_gaps(heard.job, silent, "sphinx", [Fallback("unwanted", unwanted)])
    assert after.lines == heard.result.lines


def test_what_a_person_said_was_not_spoken_is_no_gap(heard: Heard, harbour_sound: Recording) -> None:
    script, recognition, lines = heard.job.script, heard.result.recognition, heard.result.lines
    garbage = heard.result.placement.garbage
    speech = find_untranscribed(garbage, recognition.speech, lines, recognition.loudness)
    duration = harbour_sound.duration
    (gap,) = find_gaps(script, lines, speech, NO_PINS, duration)
    assert {token.line for token in script.tokens[gap.first : gap.last]} == {*GAP}
    assert find_gaps(script, lines, speech, ResolvedPins({}, {}, frozenset(GAP)), duration) == []


class Counted(Sequence[TimeSpan]):
    """Counts how often it is gone through."""

    def __init__(self, spans: Sequence[TimeSpan]) -> None:
        self.spans = spans
        self.times = 0

    def __len__(self) -> int:
        return len(self.spans)

    def __getitem__(self, at: Any) -> Any:
        return self.spans[at]

    def __iter__(self) -> Iterator[TimeSpan]:
        self.times += 1
        return iter(self.spans)


def test_the_speech_is_gone_through_once_for_each_gap(heard: Heard, harbour_sound: Recording) -> None:
    speech = Counted(heard.result.recognition.speech)
    gaps = find_gaps(heard.job.script, heard.result.lines, speech, NO_PINS, harbour_sound.duration)
    assert len(gaps) <= speech.times <= 3


def broken() -> Engine:
    raise AlignError("its model is half downloaded")


def test_an_engine_that_cannot_run_is_passed_over_and_told(heard: Heard) -> None:
    fallbacks = [Fallback("broken", broken), Fallback("everything", Everything)]
    diary = NoteTaker()
    after = fill_gaps(replace(heard.job, observer=diary), heard.result, "sphinx", fallbacks)
    assert diary.notes == ["the engine broken fills no gaps: its model is half downloaded"]
    assert [after.lines[number].engine for number in GAP].count("everything") == len(GAP) - 1


def faulty() -> Engine:
    raise IndexError("index 1720 is out of bounds")


def test_an_engine_with_a_fault_loses_nothing_of_what_was_found(heard: Heard) -> None:
    diary = NoteTaker()
    after = fill_gaps(
        replace(heard.job, observer=diary), heard.result, "sphinx", [Fallback("faulty", faulty)]
    )
    assert after == heard.result
    assert diary.notes == [
        "the engine faulty fills no gaps, because it has a fault: IndexError: index 1720 is out of bounds"
    ]


@pytest.mark.parametrize("longer", [0, 40, 900])
def test_a_gap_at_the_end_of_a_recording_that_outlasts_its_sound(heard: Heard, longer: int) -> None:
    """The container states when the picture ends; the sound may end before that."""
    script, whole = heard.job.script, heard.result.placement
    last = max(token.line for token in script.tokens)
    inside = [at for at, token in enumerate(script.tokens) if token.line > last - 3]
    places = [place for at in inside if (place := whole.tokens[at])]
    assert places
    tokens = tuple(None if at in inside else place for at, place in enumerate(whole.tokens))
    garbage = tuple(sorted([*whole.garbage, *((place.start, place.end) for place in places)]))
    recording = heard.job.sound.recording
    job = replace(heard.job, sound=RecordingPart(replace(recording, duration=recording.duration + longer)))
    result = with_placement(job, heard.result, replace(whole, tokens=tokens, garbage=garbage))
    after = fill_gaps(job, result, "sphinx", [Fallback("everything", Everything)])
    assert all(line.span is None for line in result.lines[last - 2 :])
    assert [line.engine for line in after.lines[last - 2 :] if line.span] == ["everything"] * 3


@dataclass
class Deaf(Everything):
    """An engine that recognises nothing."""

    name: str = "deaf"
    wants_samples: bool = False

    def recognise(
        self, task: RecognitionTask, chunks: Iterable[Chunk], careful: bool
    ) -> Iterator[list[RecognisedWord]]:
        for _ in chunks:
            yield []


def test_a_fallback_has_its_turn_on_the_whole_before_the_recording_is_refused(
    heard: Heard, harbour_truth: dict[str, Any]
) -> None:
    diary = NoteTaker()
    fallbacks = (Fallback("broken", broken), Fallback("everything", Everything), Fallback("faulty", faulty))
    text = align_text(EngineGroup((Deaf(),), fallbacks), replace(heard.job, observer=diary))
    assert text.asked == ("deaf", "everything")
    timed = [line for line in text.lines if line.span]
    assert len(timed) >= 0.5 * len(harbour_truth["lines"])
    assert {line.engine for line in timed} == {"everything"}
    assert diary.notes[:2] == [
        "the engine broken can't listen: its model is half downloaded",
        "nobody but the engine everything found the text in the recording",
    ]


def test_a_text_too_short_to_be_checked_is_not_given_to_an_engine_that_only_guesses(heard: Heard) -> None:
    words = parse_transcript("Thank you.\n", path="short.txt", sha256="0" * 64, language="en")
    job = replace(heard.job, script=write_script(words))
    text = align_text(EngineGroup((Deaf(),), (Fallback("everything", Everything),)), job)
    assert (text.lines, text.asked) == ((), ("deaf",))
